"""A document of the EPUB -> its letters in order, each with its place, to find in them where a page begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from compositor.formats.epub.resources import SVG, XHTML
from compositor.model import plain_letters

MATHML = "http://www.w3.org/1998/Math/MathML"
TYPE = "{http://www.idpf.org/2007/ops}type"
POSITION = "data-source"
DRAWN = (f"{{{XHTML}}}img", f"{{{SVG}}}svg", f"{{{MATHML}}}math")


class Spot(NamedTuple):
    """Where a letter is: in the text of an element or after it, and its offset."""

    element: etree._Element
    behind: bool
    offset: int


@dataclass(slots=True)
class Stream:
    """The letters of a document in order, each with its spot and its line in the source."""

    letters: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    pictures: list[tuple[int, etree._Element, str]] = field(default_factory=list)
    """Letters before each picture or formula, the element, and its line."""


def read(body: etree._Element) -> Stream:
    """Read with a stack of its own, since documents may be deep."""
    stream = Stream()
    stack: list[tuple[etree._Element, str, bool]] = [(body, "", False)]
    while stack:
        element, source, leaving = stack.pop()
        if leaving:
            _take(stream, Spot(element, True, 0), element.tail, source)
            continue
        inner = element.get(POSITION, source)
        if element is not body:
            stack.append((element, source, True))
        if element.tag in DRAWN:
            stream.pictures.append((len(stream.letters), element, inner))
        elif str(element.tag).startswith("{") and not _only_on_screens(element):
            _take(stream, Spot(element, False, 0), element.text, inner)
            stack.extend((child, inner, False) for child in reversed(element))
    return stream


def _only_on_screens(element: etree._Element) -> bool:
    """Return whether its letters are not on paper: calls of notes, hidden text, the drawn marks of listings."""
    mark = element.get("class") == "annotation" and any(True for _ in element.iterancestors(f"{{{XHTML}}}pre"))
    return mark or element.get(TYPE) == "noteref" or element.get("hidden") is not None


def _take(stream: Stream, spot: Spot, text: str | None, source: str) -> None:
    element, behind, _ = spot
    found = [(letter, offset) for offset, character in enumerate(text or "") for letter in _plain(character)]
    stream.letters += [letter for letter, _ in found]
    stream.spots += [Spot(element, behind, offset) for _, offset in found]
    stream.sources += [source] * len(found)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    return plain_letters(character)
