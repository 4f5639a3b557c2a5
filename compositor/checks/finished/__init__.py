"""Finished files -> Findings: the checks that run at the end of every build, before anything is written.

Each gets the book, the finished files by format name, and the pages of the PDF if there is one. This module is imported
only when there are files to check, and the PDF reader only when there is a PDF: both are slow to import.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from compositor.cache import remembered
from compositor.checks.finished import completeness, drawings, links, openings, pagination, parity
from compositor.checks.finished.block import Block, moved_of
from compositor.checks.finished.blocks import again_of, blocks_of, owes_what_stands_elsewhere
from compositor.checks.finished.differences import Shown
from compositor.checks.finished.facts import Facts, epub_facts
from compositor.checks.finished.removal import heads_of_tables
from compositor.checks.finished.runs import BACKWARD, MIRRORED, Run
from compositor.checks.finished.screen import package_of, runs_of
from compositor.checks.finished.website import site_facts, site_runs
from compositor.formats import EPUB, FORMATS, PDF, Format
from compositor.language import language_for
from compositor.machine.steps import step
from compositor.markdown.figures.figures import is_decorative
from compositor.markdown.reading import walk
from compositor.model import Book, Finding, PageMap, Unit
from compositor.pictures.svg.words import words
from compositor.render.asked import Answers, kept

READ = ("pdf", "epub", "web")
"""Formats whose files the checks can read. A new format is not checked until it has a reader here."""
Known = Mapping[str, tuple[Finding, ...]]
"""Format -> findings about the completeness of its file, if it has been checked already."""
NOTHING: Known = MappingProxyType({})
FinishedCheck = Callable[[Book, Mapping[str, bytes], PageMap | None], Iterable[Finding]]


def completeness_of_files(
    book: Book, finished: Mapping[str, bytes], pages: PageMap | None, known: Known = NOTHING
) -> Iterator[Finding]:
    """Check that every letter of the source is in every file, once, in its order, and visible."""
    for format_ in FORMATS:
        if format_.name in finished and format_.name in known:
            yield from known[format_.name]
        elif format_.name in READ and format_.name in finished and (pages is not None or not format_.medium.paged):
            yield from chain.from_iterable(_of_units(book, format_, finished[format_.name], pages))


def _of_units(book: Book, format_: Format, data: bytes, pages: PageMap | None) -> Iterable[tuple[Finding, ...]]:
    """Return the findings about each unit, in the order of the book; those about a PDF from several processes."""
    of_unit = {PDF.name: _on_paper, EPUB.name: _in_epub}.get(format_.name, _elsewhere)

    def proved(unit: Unit) -> tuple[Finding, ...]:
        with step("proving it", unit.chapter.source.path, book.manuscript.limits.seconds):
            return tuple(of_unit(_Proving(book, unit, format_, data, pages)))

    if pages is None or not format_.medium.paged:
        return map(proved, book.units)
    from compositor.checks.finished.parts import in_parts

    return in_parts(book, data, pages, proved)


@dataclass(frozen=True, slots=True)
class _Proving:
    """A unit that is compared with a file."""

    book: Book
    unit: Unit
    format: Format
    data: bytes
    pages: PageMap | None

    def blocks(self, book: Book, pages: PageMap | None) -> tuple[Block, ...]:
        """Return what the file must show of the unit; text that belongs elsewhere is included as the book names it."""
        return blocks_of(book, self.unit, self.format.medium, pages)

    def shown(self) -> Shown:
        """Return what the file shows of it."""
        return _shown(self.book, self.unit, self.format, self.data, self.pages if self.format.medium.paged else None)


def _on_paper(one: _Proving) -> Iterable[Finding]:
    shown = one.shown()
    found = _proved(one.blocks(one.book, one.pages), shown)
    return _proved_by_tags(one.book, shown, one.data) and found if found else ()


def _elsewhere(one: _Proving) -> Iterable[Finding]:
    return _proved(one.blocks(one.book, one.pages), one.shown())


def _in_epub(one: _Proving) -> Iterable[Finding]:
    """Return the findings about a unit in the EPUB; none if its expected text and its document are known to agree.

    Then neither has to be worked out again.
    """
    package, unit = package_of(one.data), one.unit
    found: list[Finding] = []

    def holds(book: Book, pages: PageMap | None) -> bool:
        found.extend(_proved(one.blocks(book, pages), one.shown()))
        return not found

    named = unit.number, unit.label, unit.verso, unit.recto, one.book.works_unit, one.book.metadata
    parts = ("holds", unit.chapter.digest, unit.key, repr(named), package.seen(package.name(unit.key)))
    known = "" if owes_what_stands_elsewhere(unit) else unit.chapter.digest
    if not kept(holds, Answers(one.book, one.pages), (*parts, known)) and not found:
        return tuple(completeness.prove(one.blocks(one.book, one.pages), one.shown()))
    return found


def reading_order(book: Book, finished: Mapping[str, bytes], pages: PageMap | None) -> Iterator[Finding]:
    """Check that the structure tree of the PDF reads every letter of the source, once and in its order.

    No build does this: it would take a twentieth of its time, and the tests show it for every construct.
    """
    if pages is not None and "pdf" in finished:
        for unit in book.units:
            yield from _proved_by_tags(book, _shown(book, unit, PDF, finished["pdf"], pages), finished["pdf"])


def _proved_by_tags(book: Book, shown: Shown, data: bytes) -> tuple[Finding, ...]:
    """Return the findings about a unit whose letters are taken in the order of the structure tree.

    If pieces of several cells are side by side, the order of painting does not tell which pieces belong together. A
    table that is split on paper is one table in the tree. With right-to-left letters, the PDF reader mirrors some
    brackets; then both forms count as the same.
    """
    from compositor.checks.finished.tagged import as_tagged

    painted, blocks = (blocks_of(book, shown.unit, PDF.medium, shown.pages, whole) for whole in (False, True))
    runs, heads = as_tagged(data, shown.runs), (*shown.heads, *heads_of_tables(painted))
    if any(BACKWARD.search(run.letters) for run in runs):
        runs = tuple(replace(run, letters=run.letters.translate(MIRRORED)) for run in runs)
        blocks = tuple(_mirrored(block) for block in blocks)
        heads = tuple(head.translate(MIRRORED) for head in heads)
    return tuple(completeness.prove(blocks, replace(shown, runs=runs, heads=heads)))


def _mirrored(block: Block) -> Block:
    marks = tuple(tuple(mark.translate(MIRRORED) for mark in ones) for ones in block.marks)
    words, instead = block.words.translate(MIRRORED), block.instead.translate(MIRRORED)
    return replace(block, words=words, instead=instead, marks=marks)


def _proved(blocks: Sequence[Block], shown: Shown) -> tuple[Finding, ...]:
    """Return the findings about a unit. A unit with the same words as one that passed in an earlier build has none."""
    found: list[Finding] = []

    def holds() -> bool:
        found.extend(completeness.prove(blocks, shown))
        return not found

    unit, pages = shown.unit, shown.pages
    folios = [page.folio for page in pages.pages if page.unit == unit.key] if pages is not None else []
    named = unit.number, unit.label, unit.verso, unit.recto, shown.heads, shown.ornaments, shown.backward
    said = repr((shown.file, named, folios, moved_of(blocks, pages)))
    parts = said, repr(blocks), repr(list(map(_plain, shown.runs)))
    if not remembered(holds, "a unit holds", *parts) and not found:
        return tuple(completeness.prove(blocks, shown))
    return tuple(found)


def _plain(run: Run) -> tuple[object, ...]:
    return run.letters, run.page, run.top, run.hidden, run.content, run.left, run.drawn, run.furniture


def _on_screen(data: bytes, unit: Unit) -> tuple[Run, ...]:
    return runs_of(data).get(package_of(data).name(unit.key), ())


def _on_page_of_site(data: bytes, unit: Unit) -> tuple[Run, ...]:
    return site_runs(data).get(unit.key, ())


SCREENS = {"epub": _on_screen, "web": _on_page_of_site}
"""Format without pages -> what it shows of a unit."""


def _shown(book: Book, unit: Unit, format_: Format, data: bytes, pages: PageMap | None) -> Shown:
    if pages is None:
        return Shown(format_.called, unit, SCREENS[format_.name](data, unit))
    from compositor.checks.finished.parts.pages import pages_of

    shown = pages_of(data, pages.numbers_of(unit.key))
    runs = [run for page in shown for run in page]
    word = language_for(book.metadata.language).continued
    targets = [target for target in book.targets.values() if target.unit == unit.key]
    goes_on = (f"{target.label} ({word})" for target in targets if not target.anchor.level)
    headings = (f"{target.number} {target.anchor.title}".strip() for target in targets if target.anchor.level)
    parts = (part for one in targets if one.anchor.level for part in (one.number, one.anchor.title))
    backward = language_for(book.metadata.language).direction == "rtl"
    again = (*again_of(book, unit), *(f"{entry.name} ({word})" for entry in book.matter.index if entry.children))
    heads = (book.metadata.title, word, *again, *goes_on, *headings, *(parts if backward else ()))
    return Shown("PDF", unit, tuple(runs), pages, heads, tuple(_in_ornaments(book, unit)), backward)


def _in_ornaments(book: Book, unit: Unit) -> Iterator[str]:
    """Yield the words in drawings that are no part of the text: drawings without an alternative text.

    Words in drawings in tables are included, because heads and first columns are repeated where a table continues.
    """
    inside = 0
    for token in walk(unit.chapter.everything):
        inside += token.nesting if token.type in ("table_open", "table_close") else 0
        file = book.manuscript.folder / str(token.meta.get("path", ""))
        is_drawing = token.type in ("image", "picture") and file.suffix.lower() == ".svg" and file.is_file()
        if is_drawing and (inside or is_decorative(token)):
            yield from words(file.read_bytes())


def parity_of_files(book: Book, finished: Mapping[str, bytes], pages: PageMap | None) -> Iterator[Finding]:
    """Check that numbers, labels, captions, alternative texts, notes and links in every file are those of the model."""
    yield from parity.compare(book, _facts(finished, pages), pages)


def links_of_files(book: Book, finished: Mapping[str, bytes], pages: PageMap | None) -> Iterator[Finding]:
    """Check that every internal link leads to its target."""
    yield from links.landing(book, _facts(finished, pages))


def pages_of_files(book: Book, finished: Mapping[str, bytes], pages: PageMap | None) -> Iterator[Finding]:
    """Check that PDF and EPUB of one build have the same pages, which begin with the same words."""
    if pages is not None and "pdf" in finished and "epub" in finished:
        yield from pagination.compare(book, finished, pages)


def _facts(finished: Mapping[str, bytes], pages: PageMap | None) -> tuple[Facts, ...]:
    paper: tuple[Facts, ...] = ()
    if "pdf" in finished and pages is not None:
        from compositor.checks.finished.paper_facts import pdf_facts

        paper = (pdf_facts(finished["pdf"], pages),)
    screen = (epub_facts(finished["epub"]),) if "epub" in finished else ()
    site = (site_facts(finished["web"]),) if "web" in finished else ()
    return (*paper, *screen, *site)


FINISHED_CHECKS: Mapping[str, FinishedCheck] = {
    "completeness": completeness_of_files,
    "parity": parity_of_files,
    "drawings": drawings.compare,
    "links": links_of_files,
    "pagination": pages_of_files,
    "openings": openings.compare,
}
"""Name -> check; its codes are explained in the module of the same name. A new check is a line here."""
EXPLANATIONS: Mapping[str, str] = {
    **completeness.EXPLANATIONS,
    **parity.EXPLANATIONS,
    **drawings.EXPLANATIONS,
    **links.EXPLANATIONS,
    **pagination.EXPLANATIONS,
    **openings.EXPLANATIONS,
}


def proved_alone(book: Book, format_: Format, data: bytes, pages: PageMap | None) -> tuple[Finding, ...]:
    """Return the findings about the completeness of one file; this needs no other file."""
    return tuple(completeness_of_files(book, {format_.name: data}, pages))


def check_finished(
    book: Book, finished: Mapping[str, bytes], pages: PageMap | None, known: Known = NOTHING
) -> tuple[Finding, ...]:
    """Run every check of the finished files, in order, without garbage collection, which would take longer.

    A laid-out book is a million objects that stay alive, and each collection visits all of them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        return tuple(_found(book, finished, pages, known))
    finally:
        if enabled:
            gc.enable()


def _found(book: Book, finished: Mapping[str, bytes], pages: PageMap | None, known: Known) -> Iterator[Finding]:
    for name, check in FINISHED_CHECKS.items():
        if name == "completeness":
            yield from completeness_of_files(book, finished, pages, known)
        else:
            yield from check(book, finished, pages)
