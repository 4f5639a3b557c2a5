"""Units -> the XHTML of each as a tree, with a mark where a page of the PDF begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from compositor.errors import refuse
from compositor.formats.epub.pages import mark_pages
from compositor.formats.epub.texts import faults_of_text
from compositor.formats.web.markup import tree_of
from compositor.machine.steps import step
from compositor.model import Book, Medium, PageMap, Unit
from compositor.render import render_unit
from compositor.render.preliminaries import document_of
from compositor.theme import Theme


def trees_of(book: Book, theme: Theme, medium: Medium, pages: PageMap | None) -> Mapping[str, etree._Element]:
    """Return key of each unit -> its whole document. Raises BookError if templates have made no XHTML of it."""
    trees = parsed_texts(book, book.units, replace(medium, positions=pages is not None), theme, pages)
    if pages is not None:
        mark_pages(trees, replace(pages, pages=tuple(page for page in pages.pages if document_of(page.unit) in trees)))
        _name_separators(trees.values())
    return trees


def _name_separators(trees: Iterable[etree._Element]) -> None:
    """Give the marks of printed pages a role that may have a name even where publishing roles are unknown."""
    for mark in (one for tree in trees for one in tree.iter() if one.get("role") == "doc-pagebreak"):
        mark.set("role", "separator")


def parsed_texts(
    book: Book, units: Iterable[Unit], medium: Medium, theme: Theme, pages: PageMap | None = None
) -> Mapping[str, etree._Element]:
    """Return the same for some units, in this medium and without marks."""
    texts: dict[str, str] = {}
    for unit in units:
        with step("rendering it", unit.chapter.source.path):
            texts[unit.key] = render_unit(book, unit, medium, theme, pages)
    refuse(fault for key, text in texts.items() for fault in faults_of_text(book, key, text))
    return {key: tree_of(text) for key, text in texts.items()}
