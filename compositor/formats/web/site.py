"""Book -> all files of its site: pages, pictures, style sheet, script, index of the search, list for search engines."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from urllib.parse import quote

from lxml import etree

from compositor.errors import refuse
from compositor.formats.epub.cover import make_cover
from compositor.formats.epub.drawings import wide_drawings, with_label_faces
from compositor.formats.epub.resources import Resource, picture_addresses, pictures
from compositor.formats.web.addresses import sitemap
from compositor.formats.web.looks import ICON, SCRIPT, SHEET, looks
from compositor.formats.web.markup import html_of
from compositor.formats.web.search import NAME as SEARCH
from compositor.formats.web.search import search_index
from compositor.formats.web.shells import MISSING, START, Shells, texts_of
from compositor.formats.web.texts import trees_of
from compositor.model import Book, Finding, Medium, PageMap
from compositor.render.site_pages import Download
from compositor.theme import Theme

MADE_COVER, SITEMAP, PLAIN_FOLDER = "cover.jpg", "sitemap.xml", ".nojekyll"
"""The last file tells GitHub Pages to serve the folder as it is."""
MEASURE = 336.0
"""Points of a line of text if the theme's page size is unknown."""
WIDE = "as-wide-as-text"


@dataclass(slots=True)
class Site:
    """The files of a site by name, and findings about them."""

    files: dict[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def site_of(
    book: Book, theme: Theme, medium: Medium, pages: PageMap | None, others: Mapping[str, bytes]
) -> Site:
    """Return the whole site. Raises BookError if it cannot be made."""
    trees = trees_of(book, theme, medium, pages)
    cover, found, findings = shown_pictures(book, theme, trees, taken_names(book, medium, others))
    shells = Shells(book, theme, medium, cover.href, downloads(others))
    shown = dict(shells.made_pages())
    shown |= dict(shells.around(unit, trees[unit.key]) for unit in book.units)
    site = Site(findings=findings)
    index = search_index(texts_of(shown))
    texts = {file: html_of(page) for file, page in shown.items()}
    site.files |= looks(book, theme, texts.values())
    site.files |= {one.name: one.data for one in (cover, *found.values())}
    site.files |= {file: text.encode() for file, text in texts.items()}
    site.files |= {SEARCH: index, PLAIN_FOLDER: b"", **others}
    if book.metadata.website:
        site.files[SITEMAP] = sitemap(book, ["", *(file for file in texts if file not in (START, MISSING))])
    return site


def shown_pictures(
    book: Book,
    theme: Theme,
    trees: Mapping[str, etree._Element],
    taken: Iterable[str],
    address: Callable[[Resource], str] = attrgetter("href"),
) -> tuple[Resource, Mapping[str, Resource], tuple[Finding, ...]]:
    """Return the cover, and the pictures by their paths in the book's folder; documents name them by address.

    `address`: that of a picture.
    """
    own = book.metadata.cover
    used = [path for tree in trees.values() for _, _, path in picture_addresses(tree)]
    found = put_pictures(book, theme, trees.values(), ([*used, *([own] if own else [])], taken), address)
    if own:
        return found[own], found, ()
    data, findings = make_cover(book, theme)
    return Resource(MADE_COVER, "image/jpeg", data), found, findings


def put_pictures(
    book: Book,
    theme: Theme,
    trees: Iterable[etree._Element],
    named: tuple[Iterable[str], Iterable[str]],
    address: Callable[[Resource], str] = attrgetter("href"),
) -> Mapping[str, Resource]:
    """Put the addresses of pictures into documents; return all that are used, by their paths in the book's folder.

    `named`: the paths that are used, and the names that no picture can have. Raises BookError for an unusable one.
    """
    used, taken = named
    found, faults = pictures(book, used, {name.casefold() for name in taken})
    refuse(faults)
    found = with_label_faces(found, theme.declared_faces(book.manuscript.style))
    page = theme.page(book.manuscript.style)
    wide = wide_drawings(found, page.measure if page else MEASURE)
    for tree in trees:
        for element, attribute, path in picture_addresses(tree):
            element.set(attribute, address(found[path]))
            if path in wide and not element.get("style"):
                element.set("class", f"{element.get('class', '')} {WIDE}".strip())
    return found


def taken_names(book: Book, medium: Medium, others: Iterable[str] = ()) -> set[str]:
    """Return the names of files that no picture can have."""
    own = {SEARCH, SHEET, SCRIPT, ICON, SITEMAP, MADE_COVER, START, MISSING}
    return {*own, *(medium.file(unit.key) for unit in book.units), *others}


def downloads(others: Mapping[str, bytes]) -> tuple[Download, ...]:
    """Return what readers can download, with its kind and its size."""
    kinds = ((name, posixpath.splitext(name)[1].removeprefix(".").upper(), len(data)) for name, data in others.items())
    return tuple(Download(quote(name), kind, _size(size)) for name, kind, size in kinds)


def _size(count: int) -> str:
    """Return the size in megabytes, as file managers show it."""
    return f"{count / 1e6:.1f} MB" if count >= 950_000 else f"{max(round(count / 1e3), 1)} kB"
