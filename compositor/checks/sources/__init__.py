"""Book -> Findings: what is wrong before anything is made; a new check is a function in a file here and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import getdoc

from compositor.checks.sources import covers, drawings, images, letters
from compositor.model import Book, Finding
from compositor.theme import Theme

Check = Callable[[Book], Iterable[Finding]]

SOURCE_CHECKS: Mapping[str, Check] = {
    "C101": images.missing_image,
    "C102": images.unreadable_image,
    "C104": covers.unsuitable_cover,
    "C105": drawings.forbidden_in_drawing,
    "C106": drawings.labels_in_drawing,
    "C107": drawings.dots_in_drawing,
    "C108": images.moving_image,
    "E009": covers.drawn_cover,
}
"""Code -> check of the assembled book; its docstring is what `explain` prints."""


def check_sources(book: Book, theme: Theme | None = None) -> Iterator[Finding]:
    """Run every check of the sources, in order, and the checks that need a theme."""
    for check in SOURCE_CHECKS.values():
        yield from check(book)
    yield from letters.letter_without_face(book, theme)


EXPLANATIONS: Mapping[str, str] = {code: getdoc(check) or "" for code, check in SOURCE_CHECKS.items()} | {
    "P105": getdoc(letters.letter_without_face) or ""
}
