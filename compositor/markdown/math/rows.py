r"""TeX with numbered rows -> where each row is: `\label` in the rows of `align`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from compositor.markdown.math.drawing import size_of
from compositor.markdown.math.source import Unreadable
from compositor.markdown.math.tex_marks import label_of

_ENVIRONMENT = re.compile(
    r"\s*\\begin\s*\{(?P<name>align|flalign|alignat|xalignat|gather|eqnarray)\}(?:\s*\{\d+\})?(?P<rows>.*)"
    r"\\end\s*\{(?P=name)\}\s*",
    re.DOTALL,
)
"""Environments whose rows are numbered in LaTeX."""
_TAG = re.compile(r"\\tag\*?\s*\{([^{}\\]*)\}")
_SAID = re.compile(r"\\label\s*\{[^{}]*\}|\\tag\*?\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])|(?<!\\)&")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be referred to: its id, its TeX, the number from its author, and where its middle is."""

    id: str
    tex: str
    tag: str
    middle: float
    """As a fraction of the height of the formula, from its top."""


def labelled_rows(tex: str) -> tuple[Row, ...]:
    """Return the rows with a label; none if there are fewer than two, since the label is then that of the formula."""
    found = _ENVIRONMENT.fullmatch(tex)
    rows = list(_split(found["rows"])) if found else []
    names = [label_of(row) for row in rows]
    if sum(map(bool, names)) < 2:
        return ()
    bare = [_SAID.sub("", row).strip() for row in rows]
    tags = [match[1].strip() if (match := _TAG.search(row)) else "" for row in rows]
    made = zip(names, bare, tags, _middles(bare), strict=True)
    return tuple(Row(name, row, tag, middle) for name, row, tag, middle in made if name)


def _split(rows: str) -> Iterator[str]:
    """Split at `\\\\` outside all braces and environments."""
    depth = last = 0
    for match in re.finditer(r"\\(?:begin|end)(?![A-Za-z])|\\\\(?:\s*\[[^\]]*\])?|\\.|[{}]", rows, re.DOTALL):
        depth += {"\\begin": 1, "{": 1, "\\end": -1, "}": -1}.get(match[0], 0)
        if not depth and match[0].startswith("\\\\"):
            yield rows[last : match.start()]
            last = match.end()
    if rows[last:].strip():
        yield rows[last:]


def _middles(rows: Sequence[str]) -> list[float]:
    """Return where the middle of each row is; the distance of rows is their height."""
    heights = [_height(row) for row in rows]
    whole = sum(heights)
    return [(below - height / 2) / whole for below, height in zip(accumulate(heights), heights, strict=True)]


def _height(row: str) -> float:
    try:
        return size_of(row)[1] + 0.4
    except Unreadable:
        return 2.0
