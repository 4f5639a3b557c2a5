"""Lines of a listing on a screen: each contains its newline, its indent, and the position of its comment.

A page may be too narrow for a line. The reading system decides where it breaks; the style sheet decides how far the
rest is indented, and that a comment after code moves to the next line as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from compositor.markdown.code.highlighting import Piece

STEP, DEEPEST = 4, 4
"""Columns of a step of indent, and how many steps are distinguished; a phone has no room for more."""
COMMENT = "c"
Insertion = tuple[int, str]


def in_rows(added: Iterable[Insertion], found: Sequence[Piece], lines: Sequence[str]) -> list[Insertion]:
    """Return tags to insert between the letters of a listing, for rows and comments, each at its offset."""
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
    """Yield where a comment begins that ends a line after other code, and where it ends."""
    offset, line = 0, 0
    for name, text in found:
        while starts[line + 1] <= offset:
            line += 1
        stop = starts[line] + len(lines[line])
        if name == COMMENT and offset + len(text) >= stop and lines[line][: offset - starts[line]].strip():
            yield offset, stop
        offset += len(text)
