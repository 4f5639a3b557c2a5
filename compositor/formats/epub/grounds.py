"""Documents -> reasons against a claim of accessibility: one function for each condition, as a reader would check it.

Source: EPUB Accessibility 1.1; WCAG 2.2, levels A and AA, as far as a program can check them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote, urlsplit

from lxml import etree

from compositor.cache import remembered
from compositor.formats.epub.resources import SVG, XHTML
from compositor.pictures import open_picture
from compositor.pictures.preparing import moves
from compositor.theme.contrast import unreadable

MATHML = "http://www.w3.org/1998/Math/MathML"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEADING = re.compile(r"h([1-6])")
FIXED = re.compile(r"(?:^|[;{\s])(?:font-size|line-height)\s*:\s*[\d.]+\s*(?:px|pt|pc|cm|mm|in|q)\b", re.IGNORECASE)
ANIMATED = re.compile(r"@(?:-\w+-)?keyframes\b|(?:^|[;{\s-])animation(?:-name)?\s*:(?!\s*none\b)", re.IGNORECASE)
ANIMATING = re.compile(rb"<(?:\w+:)?(?:animate\w*|set)[\s/>]|@(?:-\w+-)?keyframes\b")
"""Animations in an SVG: elements of SMIL, rules of CSS."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Documents:
    """The contents of an EPUB: its documents by name, in reading order, its style sheet, and its pictures by path."""

    trees: Mapping[str, etree._Element]
    stylesheet: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    """The ids in each document that has been searched."""

    def has(self, name: str, fragment: str) -> bool:
        """Return whether there is such a document, with this id in it, if one is given."""
        if name not in self.trees or not fragment:
            return name in self.trees
        if name not in self.ids:
            self.ids[name] = frozenset(str(element.get("id")) for element in self.trees[name].iter("*"))
        return fragment in self.ids[name]


@dataclass(frozen=True, slots=True)
class Against:
    """A reason against a claim, and the document with it; empty: the style sheet."""

    document: str
    cause: str


Ground = Callable[[Documents], Iterable[Against]]


def descriptions(documents: Documents) -> Iterator[Against]:
    """Check that every picture has an alternative text, or is marked as decoration (1.1.1)."""
    for name, picture in _each(documents, f"{{{XHTML}}}img", f"{{{SVG}}}svg"):
        if not _decorative(picture) and not _named(picture):
            yield Against(name, f'the picture "{picture.get("src", "svg")}" has no alternative text')


def formulas(documents: Documents) -> Iterator[Against]:
    """Check that every formula has words as well (EPUB Accessibility vocabulary, `describedMath`)."""
    for name, formula in _each(documents, f"{{{MATHML}}}math"):
        if not str(formula.get("alttext", "")).strip():
            yield Against(name, "a formula has no text alternative")


def headings(documents: Documents) -> Iterator[Against]:
    """Check that the first heading of a document is its highest, and none skips a level (1.3.1, 2.4.6)."""
    for name, tree in documents.trees.items():
        above = 0
        for element in tree.iter():
            found = HEADING.fullmatch(_local(element))
            if found is None:
                continue
            level, words = int(found[1]), _words(element)
            if not words:
                yield Against(name, "a heading is empty")
            if level > above + 1:
                yield Against(name, f'the heading "{words}" has level {level}, after one of level {above}')
            above = level


def contents(documents: Documents) -> Iterator[Against]:
    """Check that there is a table of contents, and all its lines lead to a place in the book (2.4.5)."""
    lines = list(_contents(documents))
    if not lines:
        yield Against("nav", "there is no table of contents")
    for line in lines:
        if not _lands(documents, "nav", line):
            yield Against("nav", f'"{_words(line)}" in the contents leads nowhere')


def order(documents: Documents) -> Iterator[Against]:
    """Check that the contents list the documents in reading order (1.3.2)."""
    places = {name: number for number, name in enumerate(documents.trees)}
    last = -1
    for line in _contents(documents):
        place = places.get(_target(line)[0], -1)
        if place < last:
            yield Against("nav", f'"{_words(line)}" comes later in the contents than in the text')
        last = max(last, place)


def tables(documents: Documents) -> Iterator[Against]:
    """Check that every table has header cells with a scope (1.3.1)."""
    for name, table in _each(documents, f"{{{XHTML}}}table"):
        heads = list(table.iter(f"{{{XHTML}}}th"))
        if not heads and table.get("role") not in ("presentation", "none"):
            yield Against(name, "a table has no header cells")
        if any(head.get("scope") is None for head in heads):
            yield Against(name, "a header cell of a table has no scope (column or row)")


def links(documents: Documents) -> Iterator[Against]:
    """Check that every link has words, or a name, and a target (2.4.4)."""
    for name, link in _each(documents, f"{{{XHTML}}}a"):
        if link.get("href") is None:
            continue
        if not (_words(link) or _named(link) or any(_named(picture) for picture in link.iter(f"{{{XHTML}}}img"))):
            yield Against(name, f'the link to "{link.get("href")}" has no words')
        if not _lands(documents, name, link):
            yield Against(name, f'the link to "{link.get("href")}" leads nowhere')


def languages(documents: Documents) -> Iterator[Against]:
    """Check that every document states its language and its title (2.4.2, 3.1.1)."""
    for name, tree in documents.trees.items():
        if not tree.get("lang") or tree.get("lang") != tree.get(XML_LANG):
            yield Against(name, "its language is not stated")
        title = tree.find(f"{{{XHTML}}}head/{{{XHTML}}}title")
        if title is None or not _words(title):
            yield Against(name, "it has no title")


def colours(documents: Documents) -> Iterator[Against]:
    """Check that the style sheet's colours are readable on light, sepia and dark backgrounds (1.4.3)."""
    sheet = documents.stylesheet
    for cause in remembered(lambda: [*_pale(sheet)], "colours that cannot be read", sheet):
        yield Against("", cause)


def _pale(sheet: str) -> Iterator[str]:
    for found in unreadable(sheet):
        yield f'"{found.selector}" is {found.ink} on {found.ground}, a contrast of {found.ratio:.1f} to 1'


def sizes(documents: Documents) -> Iterator[Against]:
    """Check that text can be enlarged: no size is given in a fixed unit (1.4.4)."""
    found = FIXED.search(COMMENT.sub("", documents.stylesheet))
    if found is not None:
        yield Against("", f'"{found[0].strip("; {")}" cannot be made larger')
    for name, element in _each(documents, "*"):
        if FIXED.search(element.get("style", "")):
            yield Against(name, f'"{element.get("style")}" cannot be made larger')


def motion(documents: Documents) -> Iterator[Against]:
    """Check that nothing moves by itself, so that nothing can flash (2.2.2, 2.3.1); what moves is not analysed."""
    found = ANIMATED.search(COMMENT.sub("", documents.stylesheet))
    if found is not None:
        yield Against("", f'"{found[0].strip("; {")}" may flash')
    for path, data in documents.pictures.items():
        if _moves(data):
            uses = (name for name, picture in _each(documents, f"{{{XHTML}}}img") if _shows(picture, path))
            yield Against(next(uses, "cover"), f'the picture "{path}" can move, and may flash')


def _moves(data: bytes) -> bool:
    """Return whether it is a GIF with several frames, a PNG with `acTL`, a WebP with `ANIM`, or an animated drawing."""
    if data.startswith(b"\x89PNG"):
        return b"acTL" in data.partition(b"IDAT")[0]
    if data.startswith(b"RIFF"):
        return b"ANIM" in data[:64]
    if data.startswith(b"GIF8"):
        with open_picture(BytesIO(data)) as picture:
            return moves(picture)
    return b"<svg" in data and ANIMATING.search(data) is not None


def _shows(picture: etree._Element, path: str) -> bool:
    return unquote(picture.get("src", "")) == path


def _each(documents: Documents, *tags: str) -> Iterator[tuple[str, etree._Element]]:
    for name, tree in documents.trees.items():
        for element in tree.iter(*tags):
            yield name, element


def _local(element: etree._Element) -> str:
    name = str(element.tag)
    return name.rpartition("}")[2]


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _decorative(picture: etree._Element) -> bool:
    hidden = any(element.get("aria-hidden") == "true" for element in (picture, *picture.iterancestors()))
    return hidden or picture.get("role") in ("presentation", "none")


def _named(element: etree._Element) -> bool:
    """Return whether a screen reader has a name for it."""
    titled = element.find(f"{{{SVG}}}title")
    return any(str(element.get(name, "")).strip() for name in ("alt", "aria-label", "aria-labelledby")) or (
        titled is not None and bool(_words(titled))
    )


def _contents(documents: Documents) -> Iterator[etree._Element]:
    """Yield the lines of the table of contents."""
    for tree in documents.trees.values():
        for navigation in tree.iter(f"{{{XHTML}}}nav"):
            if navigation.get(TYPE) == "toc":
                yield from navigation.iter(f"{{{XHTML}}}a")


def _target(link: etree._Element) -> tuple[str, str]:
    """Return the name of the target document, empty for the same one, and the id in it."""
    address = urlsplit(str(link.get("href")))
    return posixpath.basename(unquote(address.path)).removesuffix(".xhtml"), unquote(address.fragment)


def _lands(documents: Documents, here: str, link: etree._Element) -> bool:
    if urlsplit(str(link.get("href"))).scheme:
        return True
    name, fragment = _target(link)
    return documents.has(name or here, fragment)
