"""Checks of the drawings (SVG) that a book uses: what the book does not contain as it was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec

from compositor.assemble.pictures import DRAWING, picture_file
from compositor.errors import warning
from compositor.machine.steps import step
from compositor.model import Book, Finding, Image, Place
from compositor.pictures.svg import Change, Drawing, drawing

SHOWN = 3
"""Things that are listed for one drawing, before they are only counted."""
PAINTER = "resvg_py"
"""The package that paints in dots; it has no wheel for some machines."""


def forbidden_in_drawing(book: Book) -> Iterable[Finding]:
    """A drawing contains something that a book cannot have.

    That is a script, an animation, an address outside itself, or parts that repeat without end. These are removed from
    the PDF and the EPUB; a missing picture leaves an empty frame. A drawing runs no program and loads nothing, so that
    it looks the same next year. Embed everything that it shows, fonts and pictures included, before you save it.
    """
    remedy = "embed what the drawing shows, or remove it; a drawing in a book runs no program and loads nothing"
    for image, found in _drawings(book):
        if changes := found.of("left out"):
            message = f'the drawing "{image.path}" is printed without: {_list(changes)}'
            yield warning("C105", message, image.place, remedy)


def labels_in_drawing(book: Book) -> Iterable[Finding]:
    """A drawing has labels in HTML (`foreignObject`), as Mermaid and draw.io write them; they are set as SVG text.

    Few programs except browsers show such labels: they would be missing in print and on many reading devices.
    Compositor sets their words where a browser would, in lines as wide as their boxes, with their size, weight and
    colour. Look at the result once. Mermaid writes plain text with `htmlLabels: false`, draw.io with "Formatted Text"
    and "Word Wrap" off.
    """
    remedies = ("check its labels on the page", "or export it with plain text: in Mermaid, htmlLabels: false")
    for image, found in _drawings(book):
        if changes := found.of("labels"):
            lines = _lines(changes)
            count = f"{len(changes)} labels" if len(changes) > 1 else "a label"
            message = f'the drawing "{image.path}" has {count} in HTML ({lines}), set as text instead'
            yield warning("C106", message, image.place, *remedies)


def dots_in_drawing(book: Book) -> Iterable[Finding]:
    """A drawing has effects that cannot be printed as lines.

    These are a filter, blended colours, and words along a path or downwards. In the PDF, the drawing is painted in
    dots, at least 300 to an inch, with the fonts of the book: only the part with the filter, or else the whole drawing,
    with its words invisible on top so that they can be found and copied. The EPUB contains it unchanged. If the program
    that paints is not available (resvg has no wheel for every machine), the drawing is printed without the effect.
    """
    painted = "it is printed as pixels, and its words can still be searched"
    done = painted if find_spec(PAINTER) else "it is printed without"
    remedy = "draw it without these, or check it on the page"
    for image, found in _drawings(book):
        if changes := found.of("dots"):
            message = f'the drawing "{image.path}" has {_list(changes)}; {done}'
            yield warning("C107", message, image.place, remedy)


def _drawings(book: Book) -> Iterator[tuple[Image, Drawing]]:
    """Yield every usable drawing, at the first place that shows it."""
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
    """Return what a message lists, each thing once with its lines."""
    told = {what: [one for one in changes if one.what == what] for what in dict.fromkeys(one.what for one in changes)}
    parts = [f"{what} ({_lines(ones)})" for what, ones in [*told.items()][:SHOWN]]
    more = len(told) - SHOWN
    return ", ".join(parts) + (f", and {more} more" if more > 0 else "")


def _lines(changes: Sequence[Change]) -> str:
    numbers = list(dict.fromkeys(one.line for one in changes))
    shown = ", ".join(map(str, numbers[:SHOWN])) + (" …" if len(numbers) > SHOWN else "")
    return f"its line {shown}" if len(numbers) == 1 else f"its lines {shown}"
