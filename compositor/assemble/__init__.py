"""Chapters -> Book: numbers, anchors, contents, and every reference resolved. Only this stage sees the whole."""

from __future__ import annotations

from collections.abc import Mapping

from compositor.assemble import back_matter, citations, glossary, index, references
from compositor.assemble.back_matter import gather_back_matter
from compositor.assemble.citations import cite_all
from compositor.assemble.contents import contents_of
from compositor.assemble.frames import framed
from compositor.assemble.glossary import resolve_terms
from compositor.assemble.numbering import Numbering, duplicate_anchors, number_units
from compositor.assemble.references import resolve_references
from compositor.assemble.repairs import repaired
from compositor.assemble.titles import with_titles
from compositor.language import Language
from compositor.markdown.reading import HABITS
from compositor.model import Book, Chapter, Edition, Finding, Manuscript

TITLES_IN_TITLES = 3
"""How often titles are put into titles: a title that names a section without a number contains that section's title."""


def assemble(
    manuscript: Manuscript, chapters: Mapping[str, Chapter], words: Language, edition: Edition
) -> tuple[Book, tuple[Finding, ...]]:
    """Number the tree and resolve references into it; `chapters` is by path of source.

    If something leads nowhere, the book is assembled once more with words in its place. The same is done with the text
    of references in titles.
    """
    found = framed(chapters, manuscript.folder)
    book, findings = _assemble(manuscript, found, words, edition)
    if sound := repaired(book):
        book, _ = _assemble(manuscript, sound, words, edition)
    for _ in range(TITLES_IN_TITLES):
        if not (named := with_titles(book, words)):
            break
        book, _ = _assemble(manuscript, named, words, edition)
    return book, findings


def _assemble(
    manuscript: Manuscript, chapters: Mapping[str, Chapter], words: Language, edition: Edition
) -> tuple[Book, tuple[Finding, ...]]:
    told = manuscript.metadata
    numbering = Numbering(words, told.first_chapter, told.numbered_levels, told.numbered_parts)
    units = tuple(number_units(manuscript.entries, chapters, numbering, None))
    links: dict[str, str] = {}
    guest = manuscript if HABITS in manuscript.extensions else None
    findings = [] if guest else list(duplicate_anchors(units))  # elsewhere an id belongs to its page
    findings += resolve_references(units, numbering.targets, links, guest)
    findings += resolve_terms(units, numbering.targets, links, guest is not None)
    matter, faults = gather_back_matter(units, numbering.targets, words)
    contents = tuple(contents_of(units, "", numbering.targets))
    book = Book(manuscript, units, numbering.targets, links, contents, edition, matter)
    book, unknown = cite_all(book, words)
    return book, (*findings, *faults, *unknown)


EXPLANATIONS: Mapping[str, str] = {
    code: text
    for module in (references, glossary, index, back_matter, citations)
    for code, text in module.EXPLANATIONS.items()
}
