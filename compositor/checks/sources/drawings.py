"""Checks of the drawings (SVG) that a book uses: what of them is not in the book as it was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec

from compositor.assemble.pictures import DRAWING, picture_file
from compositor.errors import warning
from compositor.machine.steps import step
from compositor.model import Book, Finding, Image, Place
from compositor.pictures.svg import Change, Drawing, drawing

SHOWN = 3
"""What is told of one drawing, before it is only counted."""
PAINTER = "resvg_py"
"""What paints in dots; not for every machine there is a wheel of it."""


def forbidden_in_drawing(book: Book) -> Iterable[Finding]:
    """A drawing holds what a book may not: a program, a movement, an address outside itself, what repeats without end.

    It is left out of the bytes that go into the PDF and into the EPUB, and where a picture was to be there is an empty
    frame. A drawing is a figure on paper: it runs nothing, fetches nothing, and is the same next year. Embed what it
    shows, typefaces and pictures too, before it is saved.
    """
    remedy = "embed what the drawing shows, or remove it; a drawing in a book runs no program and loads nothing"
    for image, found in _drawings(book):
        if changes := found.of("left out"):
            yield warning("C105", f'the drawing "{image.path}" loses: {_list(changes)}', image.place, remedy)


def labels_in_drawing(book: Book) -> Iterable[Finding]:
    """A drawing has labels in HTML (`foreignObject`), as Mermaid and draw.io write them; they are set as text of SVG.

    Few programs but browsers show such labels: in print and on many reading devices they would be missing. The press
    sets their words where a browser would, in lines as wide as their boxes, with their size, weight and colour. Look
    at it once. Mermaid writes plain text with `htmlLabels: false`, draw.io with "Formatted Text" and "Word Wrap" off.
    """
    remedies = ("look at its labels, once", "have it exported with plain text: Mermaid with htmlLabels: false")
    for image, found in _drawings(book):
        if changes := found.of("labels"):
            lines = _lines(changes)
            count = f"{len(changes)} labels" if len(changes) > 1 else "a label"
            message = f'the drawing "{image.path}" has {count} in HTML ({lines}), set as text instead'
            yield warning("C106", message, image.place, *remedies)


def dots_in_drawing(book: Book) -> Iterable[Finding]:
    """A drawing has what cannot be printed with lines: a filter, mixed colours, words along a line or downwards.

    On paper it is painted in dots, 300 to an inch or more, with the faces of the book: what a filter is on alone, else
    the whole drawing, whose words lie invisible on top, so that they are found and copied. In the EPUB it stays as it
    is. Where the program that paints is missing (there is no wheel of resvg for every machine), the drawing is printed
    without the effect.
    """
    done = "it is printed in dots, and its words can be found" if find_spec(PAINTER) else "it is printed without"
    remedy = "draw it without these, or look at the page once"
    for image, found in _drawings(book):
        if changes := found.of("dots"):
            message = f'the drawing "{image.path}" has {_list(changes)}; {done}'
            yield warning("C107", message, image.place, remedy)


def _drawings(book: Book) -> Iterator[tuple[Image, Drawing]]:
    """Every drawing that can be used, at the first place that shows it."""
    seen: set[str] = set()
    cover = [Image(book.metadata.cover, Place("book.toml"))] if book.metadata.cover else []
    for image in (*(image for unit in book.units for image in unit.chapter.images), *cover):
        file = picture_file(book.manuscript.folder, image.path)
        if file is not None and file.suffix.lower() == DRAWING and image.path not in seen:
            seen.add(image.path)
            with step("reading it", image.path):
                found = drawing(file.read_bytes())
            if not found.fault:
                yield image, found


def _list(changes: Sequence[Change]) -> str:
    """What is to be told, each thing once with its lines."""
    told = {what: [one for one in changes if one.what == what] for what in dict.fromkeys(one.what for one in changes)}
    parts = [f"{what} ({_lines(ones)})" for what, ones in [*told.items()][:SHOWN]]
    more = len(told) - SHOWN
    return ", ".join(parts) + (f", and {more} more" if more > 0 else "")


def _lines(changes: Sequence[Change]) -> str:
    numbers = list(dict.fromkeys(one.line for one in changes))
    shown = ", ".join(map(str, numbers[:SHOWN])) + (" …" if len(numbers) > SHOWN else "")
    return f"its line {shown}" if len(numbers) == 1 else f"its lines {shown}"
