"""Book + Theme -> EPUB 3.3: a document for each source file, cover, title page, copyright page and contents.

It needs nothing of the PDF: neither WeasyPrint nor a system library is imported here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from inspect import getdoc

from lxml import etree

from compositor.errors import error, refuse, warning
from compositor.formats import SCREEN, Output
from compositor.formats.epub.claims import EXPLANATIONS as OF_CLAIMS
from compositor.formats.epub.claims import claims, doubts, page_claims
from compositor.formats.epub.cover import make_cover
from compositor.formats.epub.drawings import wide_drawings, with_label_faces
from compositor.formats.epub.faces import SHEET, with_faces
from compositor.formats.epub.grounds import MATHML, Documents
from compositor.formats.epub.own_style import check_own_sheet
from compositor.formats.epub.package import Document, Package, pack
from compositor.formats.epub.pages import mark_pages
from compositor.formats.epub.resources import (
    SVG,
    Resource,
    large_pictures,
    picture_addresses,
    pictures,
    strict_parser,
    theme_files,
)
from compositor.formats.epub.texts import EXPLANATIONS as OF_TEXTS
from compositor.formats.epub.texts import NO_XML, faults_of_text, forbidden_character
from compositor.language import language_for
from compositor.machine.steps import step
from compositor.model import Book, Finding, Metadata, PageMap, Place
from compositor.render import counting, render_page, render_unit
from compositor.theme import Theme

PAGES = ("cover", "title", "copyright", "nav")
"""The generated documents, in reading order; the names are reserved."""
MADE_COVER = "cover.jpg"
HEAVY = 300_000
"""Bytes of a document above which old reading systems turn pages slowly."""
MEASURE = 336.0
"""Points of a line of text if the theme's page size is unknown."""
AS_WIDE_AS_TEXT = "as-wide-as-text"


def make(book: Book, theme: Theme, pages: PageMap | None = None) -> Output:
    """Return the bytes of the EPUB, and warnings. Raises BookError if it cannot be made.

    `pages`: those of the PDF of the same build; then every document marks where each of them begins.
    """
    refuse((*_faults_of_names(book), *_faults_of_metadata(book.metadata)))
    with counting() as tally:
        texts = dict(_texts(book, theme, pages))
    refuse(fault for name, text in texts.items() for fault in faults_of_text(book, name, text))
    trees = {name: etree.fromstring(text.encode(), strict_parser()) for name, text in texts.items()}
    if pages is not None:
        mark_pages(trees, pages)
        texts = {name: etree.tostring(tree.getroottree(), encoding="unicode") for name, tree in trees.items()}
    words = language_for(book.metadata.language)
    theme_resources = with_faces(theme, book.manuscript.style, theme_files(theme, "epub.css"), texts.values())
    sheet = next(one.data.decode() for one in theme_resources if one.name == SHEET)
    cover, found, findings = _pictures(book, theme, trees, {file.name.casefold() for file in theme_resources})
    shown = Documents(trees, sheet, {path: one.data for path, one in found.items()})
    claimed = claims(shown, words, book.metadata.accessibility_review)
    warnings = (*_heavy(book, texts), *check_own_sheet(theme), *doubts(book, claimed.withheld))
    on_cover = {book.metadata.cover or MADE_COVER: cover}
    files = {name: {**found, **on_cover} if name == "cover" else found for name in texts}
    page = theme.page(book.manuscript.style)
    wide = wide_drawings(found, page.measure if page else MEASURE)
    documents = tuple(_document(name, text, (trees[name], files[name]), wide) for name, text in texts.items())
    others = tuple(file for file in found.values() if file != cover)
    said = (*claimed.said, *page_claims(pages))
    package = Package(book, words, documents, cover, (*others, *theme_resources), said)
    counts = {"documents_rendered": tally.made, "documents_kept": tally.kept}
    return Output(pack(package), (*warnings, *findings), counts=counts)


def _texts(book: Book, theme: Theme, pages: PageMap | None) -> Iterator[tuple[str, str]]:
    medium = replace(SCREEN, positions=pages is not None, rows=True)
    for name in PAGES:
        yield name, render_page(book, name, medium, theme, pages)
    for unit in book.units:
        with step("rendering it", unit.chapter.source.path):
            text = render_unit(book, unit, medium, theme, pages)
        yield unit.key, text


def _pictures(
    book: Book, theme: Theme, trees: Mapping[str, etree._Element], taken: set[str]
) -> tuple[Resource, Mapping[str, Resource], tuple[Finding, ...]]:
    """Return the cover, every picture by its path in the book's folder, and findings about them."""
    own = book.metadata.cover
    shown = (tree for name, tree in trees.items() if own or name != "cover")
    used = [path for tree in shown for _, _, path in picture_addresses(tree)]
    found, faults = pictures(book, used, taken | {MADE_COVER})
    refuse(faults)
    found = with_label_faces(found, theme.declared_faces(book.manuscript.style))
    large = tuple(large_pictures(book, {path: file for path, file in found.items() if path != own}))
    if own:
        return found[own], found, large
    data, findings = make_cover(book, theme)
    return Resource(MADE_COVER, "image/jpeg", data), found, (*large, *findings)


def _document(
    name: str, text: str, shown: tuple[etree._Element, Mapping[str, Resource]], wide: frozenset[str]
) -> Document:
    """Return the document as it was rendered, with the safer name of a picture in the package, if it has one."""
    tree, files = shown
    changed = False
    for element, attribute, path in picture_addresses(tree):
        if element.get(attribute) != files[path].href:
            element.set(attribute, files[path].href)
            changed = True
        if path in wide and not element.get("style"):
            element.set("class", f"{element.get('class', '')} {AS_WIDE_AS_TEXT}".strip())
            changed = True
    data = etree.tostring(tree.getroottree(), encoding="utf-8") if changed else text.encode()
    properties = ["nav"] if name == "nav" else []
    properties += ["svg"] if next(tree.iter(f"{{{SVG}}}svg"), None) is not None else []
    properties += ["mathml"] if next(tree.iter(f"{{{MATHML}}}math"), None) is not None else []
    return Document(name, data, tuple(properties))


def _faults_of_names(book: Book) -> Iterator[Finding]:
    for unit in book.units:
        if unit.key in PAGES:
            message = f'"{unit.key}" is the name of a page that Compositor makes'
            yield error("E001", message, Place(unit.chapter.source.path), "give the file another name")


def _faults_of_metadata(metadata: Metadata) -> Iterator[Finding]:
    """Yield findings for characters that XML does not allow, which EbookLib drops silently."""
    single = (metadata.title, metadata.subtitle, metadata.series, metadata.publisher, metadata.rights)
    several = (metadata.authors, metadata.file_as, metadata.keywords, metadata.identifiers.values())
    for text in (*single, metadata.description, *(text for texts in several for text in texts)):
        character = NO_XML.search(text)
        if character is not None:
            yield forbidden_character(character[0], Place("book.toml"))


def _heavy(book: Book, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield findings for documents that make a reader slow."""
    for unit in book.units:
        size = len(texts[unit.key].encode())
        if size > HEAVY:
            remedy = "split the file: give its sections files of their own"
            message = f"in the EPUB this file takes {size // 1000} KB; old readers are slow beyond {HEAVY // 1000}"
            yield warning("E011", message, Place(unit.chapter.source.path), remedy)


EXPLANATIONS: dict[str, str] = {
    "E001": "A source file has the name of a page that Compositor adds to every EPUB: cover, title, copyright, nav. "
    "Give the file another name.",
    "E003": "A picture that the book shows is not in the book's folder. A build reads nothing outside of it. "
    "Put the file there, or correct its name; upper and lower case count.",
    "E004": "A picture has a format that not every reading system shows, or is much too large. Use SVG for "
    "drawings, JPEG for photographs, PNG for screenshots.",
    "E005": "A drawing (SVG) cannot be read: it is not XML, or grows without limit. Save it as plain SVG.",
    "E008": "The finished EPUB was read again and did not contain what had been put into it. It was not kept. This "
    "is a bug in Compositor; please report it, with the book if you can.",
    "E011": "A document of the EPUB has more than 300 KB, and old reading systems take seconds to open it. Each "
    "source file is a document: split it, by giving the sections of the chapter files of their own.",
    "E015": getdoc(check_own_sheet) or "",
    **OF_CLAIMS,
    **OF_TEXTS,
    "E012": "A picture has more than 5.6 million pixels, which Apple Books does not accept. No screen shows so many: "
    "a width of 2000 is plenty. Save it smaller.",
}
"""Code -> what it means and how to fix it."""
