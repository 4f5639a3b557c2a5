"""Words on a page -> their line in the source, looked for between the blocks that begin its pages."""

from __future__ import annotations

from collections.abc import Iterator

from compositor.formats.pdf.sheets import Placed
from compositor.model import Chapter, plain_letters

LEAST = 4
"""Letters that identify a place."""


def line_at(placed: Placed, page: int, words: tuple[str, str]) -> tuple[str, int] | None:
    """Return file and line (from 1) of a place on a page of a sheet.

    `words` are letters before the place and after it, as `plain_letters` gives them. If they are not found, the result
    is the first block that begins on the page; None on generated pages.
    """
    unit = placed.sheet.unit
    if unit is None:
        return None
    starts = [_position(one.start.position) for one in placed.laid.pages]
    file, first = next((one for one in reversed(starts[: page + 1]) if one[0]), (unit.chapter.source.path, 1))
    if file != unit.chapter.source.path:
        return file, first
    behind = next((line for name, line in starts[page + 1 :] if name == file), 0)
    found = _found(unit.chapter, first, behind, words)
    return file, found or first


def _position(position: str) -> tuple[str, int]:
    file, _, line = position.rpartition(":")
    return (file, int(line)) if line.isdecimal() else ("", 0)


def _found(chapter: Chapter, first: int, behind: int, words: tuple[str, str]) -> int:
    """Return the line with these words; 0 if no line or several lines have them."""
    lines = chapter.source.text.split("\n")
    letters, starts = [], list[tuple[int, int]]()
    count = 0
    for number in range(first, min(len(lines), behind + 40 if behind else len(lines)) + 1):
        plain = plain_letters(lines[number - 1])
        starts.append((count, number))
        letters.append(plain)
        count += len(plain)
    whole = "".join(letters)
    for pattern, offset in _patterns(*words):
        at = whole.find(pattern)
        if at >= 0 and whole.find(pattern, at + 1) < 0:
            return max(number for start, number in starts if start <= at + offset)
    return 0


def _patterns(before: str, behind: str) -> Iterator[tuple[str, int]]:
    """Yield what is looked for, and the offset of the place in it: long texts first, then shorter ones."""
    for size in (24, 16, 10, 6):
        left, right = before[-size:], behind[:size]
        if len(left) + len(right) >= LEAST:
            yield left + right, len(left)
    for part, offset in ((behind, 0), (before, len(before))):
        if len(part) >= LEAST:
            yield part, offset
