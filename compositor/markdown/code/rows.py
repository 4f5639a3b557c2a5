"""Lines of a listing on a screen: each has its newline in it, says how far in it begins, and knows a comment behind it.

A page may be too narrow for a line. Where it is broken is for the reading system; how far in it goes on, and that a
comment behind code goes on the next line as a whole, for the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from compositor.markdown.code.highlighting import Piece

STEP, DEEPEST = 4, 4
"""Columns of a step inwards, and how many steps are told apart: further in there is no room on a phone."""
COMMENT = "c"
Insertion = tuple[int, str]


def in_rows(added: Iterable[Insertion], found: Sequence[Piece], lines: Sequence[str]) -> list[Insertion]:
    """What stands between the letters of a listing, and the rows and remarks round it, each at its offset."""
    starts = [0, *accumulate(len(text) + 1 for text in lines)]
    end = starts[-1] - 1
    ranked: list[tuple[int, int, str]] = []
    for line, text in enumerate(lines):
        ranked.append((starts[line], 1, f'<span class="{_name(text)}">'))
        ranked.append((end, 4, "</span>") if line + 1 == len(lines) else (starts[line + 1], 0, "</span>"))
    for start, stop in _remarks(found, lines, starts):
        ranked += [(start, 2, '<span class="remark">'), (stop, 2, "</span>")]
    ranked += [(at, 3, tag) for at, tag in added]
    return [(at, tag) for at, _, tag in sorted(ranked, key=lambda one: one[:2])]


def _name(text: str) -> str:
    steps = min((len(text) - len(text.lstrip())) // STEP, DEEPEST) if text.strip() else 0
    return f"row in-{steps}" if steps else "row"


def _remarks(found: Iterable[Piece], lines: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a comment begins that ends a line with something else before it, and where it ends."""
    offset, line = 0, 0
    for name, text in found:
        while starts[line + 1] <= offset:
            line += 1
        stop = starts[line] + len(lines[line])
        if name == COMMENT and offset + len(text) >= stop and lines[line][: offset - starts[line]].strip():
            yield offset, stop
        offset += len(text)
