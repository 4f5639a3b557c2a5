"""Names of files -> numbers, and what is wrong with the numbers of a tree of files.

`18-aurora.md` has the number 18, `18.03-endpoints.md` has 18.3; the printed numbers come from the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compositor.errors import warning
from compositor.model import Finding, Place, Role

NUMBERED = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)*)(?:[-_. )]+(?P<rest>.*))?")

Number = tuple[int, ...]
UNNUMBERED = -1


@dataclass(frozen=True, slots=True)
class Planned:
    """A file at its place in the tree, before it is read; a part may have a title and no path."""

    role: Role
    path: str
    place: Place
    """Where the order lists it; the file itself if its number has put it there."""
    children: tuple[Planned, ...] = ()
    title: str = ""
    name: str = ""
    """The prefix of its anchors, if the file name says nothing: for a README, its folder."""


def stem(path: str) -> str:
    """Return the name of the file without folder and ending."""
    return path.rpartition("/")[2].rpartition(".")[0]


def number_of(path: str) -> Number:
    """Return the number that the name of the file begins with; empty if it has none."""
    match = NUMBERED.fullmatch(stem(path))
    return tuple(int(digits) for digits in match["number"].split(".")) if match else ()


def without_number(path: str) -> str:
    """Return the stem without its number: `endpoints` for `18.03-endpoints.md`; empty for `18.03.md`."""
    match = NUMBERED.fullmatch(stem(path))
    return (match["rest"] or "") if match else stem(path)


def written(number: Sequence[int]) -> str:
    """Return the number as it is written: `18.3`."""
    return ".".join(map(str, number))


def check_numbers(chapters: Sequence[Planned], first: int, first_place: Place | None) -> Iterator[Finding]:
    """Yield findings for numbers in names that differ from the tree's; `first_place` is where `first` is written."""
    yield from _check_row(chapters, (), first, first_place)
    for place, chapter in enumerate(chapters):
        number = number_of(chapter.path)[:1] or (first + place,)
        yield from _check_row(chapter.children, number, 1, None)


def _check_row(row: Sequence[Planned], parent: Number, first: int, first_place: Place | None) -> Iterator[Finding]:
    """Check the numbers of the chapters of a book, or of the sections of one chapter."""
    numbers = [_last(file, parent) for file in row]
    expected, seen = first, dict[int, Planned]()
    for place, (file, number) in enumerate(zip(row, numbers, strict=True)):
        if number is not None and number in seen:
            if file.path != seen[number].path:
                yield _twice(file, seen[number])
            continue
        if number is None:
            yield _contradiction(file, (*parent, expected))
        elif number not in (UNNUMBERED, expected):
            if place == 0 and not parent and (number < expected or expected not in numbers):
                yield _other_start(file, number, first_place)
                expected = number
            elif number > expected and expected not in numbers:
                yield _gap(file, parent, expected, number)
                expected = number
            else:
                yield _contradiction(file, (*parent, expected))
                expected = number if place == 0 and number < expected else expected
        if number is not None and number != UNNUMBERED:
            seen[number] = file
        expected += 1


def _last(file: Planned, parent: Number) -> int | None:
    """Return the last part of the file's number; UNNUMBERED without one, None if it belongs to another parent."""
    number = number_of(file.path)
    if not number:
        return UNNUMBERED
    if len(number) == 1:
        return number[0]
    return number[-1] if number[:-1] == parent else None


def _contradiction(file: Planned, expected: Number) -> Finding:
    what = f"chapter {expected[0]}" if len(expected) == 1 else f"section {written(expected)}"
    name = number_of(file.path)
    return warning(
        "M013",
        f'"{file.path}" is {what} in the order, but its name says {written(name)}',
        file.place,
        f"rename it, so that its name begins with {written(expected)}, or move it in the order",
    )


def _twice(file: Planned, other: Planned) -> Finding:
    return warning(
        "M012",
        f'"{file.path}" has the same number as "{other.path}", {written(number_of(file.path))}, and follows it',
        file.place,
        "give one of them another number",
    )


def _gap(file: Planned, parent: Number, expected: int, number: int) -> Finding:
    first, last = written((*parent, expected)), written((*parent, number - 1))
    missing = f"{first} is" if first == last else f"{first} to {last} are"
    return warning(
        "M011",
        f'{missing} missing before "{file.path}", which is printed as {first}',
        file.place,
        "add what is missing, or rename the files that follow",
    )


def _other_start(file: Planned, number: int, first_place: Place | None) -> Finding:
    if first_place is None:
        message = f'the first chapter is "{file.path}"; it is printed as chapter 1'
        return warning("M014", message, file.place, f"write first-chapter = {number} in book.toml, or rename the file")
    message = f'the first chapter is "{file.path}", but first-chapter is another number'
    return warning("M014", message, first_place, f"write first-chapter = {number}, or rename the file")
