"""Book -> PDF: every unit set by `typeset`, the page map settled, all pages joined with one outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from compositor.assemble.letters import letters_of, printed_by_press
from compositor.cache import current
from compositor.errors import BookError, error
from compositor.formats import Output, pages_are_known
from compositor.formats.identifiers import pdf_identifier
from compositor.formats.pdf.complaints import EXPLANATIONS as COMPLAINTS
from compositor.formats.pdf.complaints import heard
from compositor.formats.pdf.failures import EXPLANATIONS as FAILURES
from compositor.formats.pdf.failures import explained, files_of
from compositor.formats.pdf.page_findings import EXPLANATIONS as LAYOUT
from compositor.formats.pdf.page_findings import check_layout
from compositor.formats.pdf.page_numbers import settle
from compositor.formats.pdf.sheets import Placed, page_labels
from compositor.formats.pdf.spine import moved_from_the_spine
from compositor.formats.writing.page_places import page_places
from compositor.language import language_for
from compositor.model import Book, ContentsEntry, Finding, PageMap, Paper
from compositor.render.preliminaries import headings
from compositor.theme import Theme
from compositor.theme.lettering import emoji_families, face_files, face_rules, families_rule, set_in
from compositor.theme.page import points
from compositor.typeset import CachedTypesetter, ChildTypesetter, Look, Outline, Trim, Volume


def make(book: Book, theme: Theme, pages: PageMap | None = None) -> Output:
    """Return the PDF, its page map, and the faults of its pages. Raises BookError if it cannot be made.

    `pages` of another output of this build are not used: the PDF makes its own.
    """
    with explained(book), typesetter_for(book, theme) as typesetter:
        placed, pages = settle(book, theme, typesetter)
        moved = moved_from_the_spine(book, theme, len(pages.pages))
        pages = replace(pages, source=pdf_identifier(book))
        if moved is None:
            pages_are_known(pages)
        data, messages = typesetter.join(_volume(book, placed, pages)) if moved is None else (b"", ())
    if moved is not None:
        return make(moved, theme)
    faults = tuple(check_layout(book, theme, placed, pages))
    findings = (*heard(book, typesetter, placed, messages), *unresolved(book, pages))
    if any(finding.severity == "error" for finding in findings):
        raise BookError((*findings, *faults))
    counts = typesetter.counts.told()
    return Output(data, (*findings, *faults), pages, counts, typesetter.read)


def typesetter_for(book: Book, theme: Theme) -> ChildTypesetter | CachedTypesetter:
    """Return what sets the pages, and with a cache remembers what it set in earlier builds."""
    how, cache = look(book, theme), current()
    others = ChildTypesetter(how, book.manuscript.limits, files=files_of(book))
    return others if cache is None else CachedTypesetter(others, how, cache)


def look(book: Book, theme: Theme) -> Look:
    """Return the theme's style sheets for print, then the book's own, then the properties from book.toml."""
    style, folder, used = book.manuscript.style, book.manuscript.folder, letters_of(book) | printed_by_press(book)
    settings = theme.settings(book.manuscript) + families_rule(theme, style, used)
    said = ((settings, folder),) if settings else ()
    trim = trim_of(book.manuscript.paper)
    trimmed = ((trim.rule, folder),) if trim.rule else ()
    sheets = (*theme.print_sheets(style), *face_rules(theme, style, used), *said, *trimmed)
    families, emoji = set_in(theme, style, used), emoji_families(theme, style, used)
    return Look(sheets, folder, families, face_files(theme, style), emoji, trim, book.manuscript.metadata.resample)


def trim_of(paper: Paper) -> Trim:
    """Return how the pages are trimmed for a printer."""
    return Trim(points(paper.bleed) or 0.0, paper.crop_marks)


def _volume(book: Book, placed: Iterable[Placed], pages: PageMap) -> Volume:
    """Return what was set, with outline, labels and private data, as one file."""
    placed = tuple(placed)
    outline = (*_opening(book), *_outline(book.contents, 1))
    labels = page_labels(placed, language_for(book.metadata.language).cover)
    units = tuple(one.laid.unit for one in placed)
    return Volume(units, outline, labels, book.metadata, book.edition, page_places(book, pages))


def _opening(book: Book) -> Iterator[Outline]:
    """Yield the pages before the text, as bookmarks."""
    for anchor, title in headings(book, language_for(book.metadata.language)):
        yield Outline(1, title, anchor, False)


def _outline(entries: Iterable[ContentsEntry], level: int) -> Iterator[Outline]:
    """Yield the contents as bookmarks; parts and chapters are closed, unless the book is one chapter."""
    entries = tuple(entries)
    alone = sum(1 for entry in entries if entry.children) == 1 and level == 1
    for entry in entries:
        yield Outline(level, f"{entry.number} {entry.title}".strip(), entry.anchor, alone and bool(entry.children))
        yield from _outline(entry.children, level + 1)


def unresolved(book: Book, pages: PageMap) -> Iterator[Finding]:
    """Yield findings for targets on no page: they would be dead links and holes in the contents."""
    known = {anchor for page in pages.pages for anchor in page.anchors}
    for name, target in book.targets.items():
        if name not in known:
            message = f'"{name}" is on no page of the PDF'
            yield error("P102", message, target.anchor.place, "report this: Compositor has lost it")


EXPLANATIONS = FAILURES | LAYOUT | COMPLAINTS | {
    "P101": """The book was set eight times, and a page number that it prints still changed the layout. Compositor
prints no wrong page number, so it stops. Reword a paragraph near a page reference to end this.""",
    "P102": """Something that can be referred to is on no page. This is a bug in Compositor, or a template leaves out a
title.""",
}
