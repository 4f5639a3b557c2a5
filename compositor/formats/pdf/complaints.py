"""WeasyPrint's log -> findings, without paths of the machine. Only this log says that an image is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from compositor.errors import warning
from compositor.formats.pdf.sheets import Placed
from compositor.model import Book, Finding, Place
from compositor.typeset import Typesetting

PRESS = Path(__file__).parents[3]
FILE = re.compile(r"(file:///[^'\"\s]*[^'\"\s:;,.])")
"""The address of a file in WeasyPrint's log."""
NOT_LOADED = re.compile(r"Failed to load image at '([^']*)': (.*)", re.DOTALL)
EXCEPTION = re.compile(r"^\w+(Error|Exception): ")


def heard(book: Book, typesetter: Typesetting, placed: Iterable[Placed], messages: Iterable[str]) -> Iterator[Finding]:
    """Yield WeasyPrint's log as findings."""
    folder = book.manuscript.folder
    for message in typesetter.messages:
        said = in_words_of_the_book(message, folder)
        yield warning("P103", f"style sheet: {said}", Place("styles/print.css"), "correct the style sheet")
    for one in placed:
        file = one.sheet.unit.chapter.source.path if one.sheet.unit else f"templates/{one.sheet.key}.xhtml"
        for message in one.laid.messages:
            yield _of_pages(in_words_of_the_book(message, folder), Place(file), "the page lacks it")
    for message in messages:
        yield _of_the_file(in_words_of_the_book(message, folder))


def in_words_of_the_book(message: str, folder: Path) -> str:
    """Return a message with files named as in the book: by their paths in its folder, else by their names."""
    failed = NOT_LOADED.fullmatch(message)
    if failed:
        why = EXCEPTION.sub("", failed[2]).strip() or "it is broken"
        message = f"a style or a template names the picture {failed[1]}, which cannot be used: {why}"
    return FILE.sub(lambda address: f'"{_name(address[1], folder)}"', message)


def _name(address: str, folder: Path) -> str:
    path = Path(unquote(urlsplit(address).path))
    for root in (folder, folder.resolve(), PRESS):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name


def _of_pages(message: str, place: Place, lacks: str) -> Finding:
    return warning("P104", message, place, f"{lacks}; correct the file, template or style rule that the message names")


def _of_the_file(message: str) -> Finding:
    """Return messages while pages are painted: a font of the machine, a letter that the font of a style lacks."""
    place = Place("book.toml")
    if message.startswith("the font "):
        return warning("P223", message, place, "declare it with @font-face in a style sheet of the book")
    if "glyph" not in message:
        return _of_pages(message, place, "the PDF lacks it")
    letter, name = message.split('"')[1] or "?", message.partition("(")[2].partition(")")[0]
    text = f"no font of its style has the letter {letter!r} ({name}): the PDF has an empty box for it"
    return warning("P105", text, place, 'add "Book Text" to the end of font-family in that style')


EXPLANATIONS = {
    "P103": """A style sheet has something that WeasyPrint does not understand. It is ignored.""",
    "P104": """WeasyPrint could not use something that a style sheet or a template asks for: a broken image, a file
outside the book's folder, a style that it cannot lay out. The page is made without it. The message names the file or
the rule: correct the path, replace the picture, or delete the rule.""",
}
