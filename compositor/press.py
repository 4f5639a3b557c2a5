"""Folder -> finished files: the whole program as one line, read -> parse each -> assemble -> render -> write."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from compositor import dialects, markdown
from compositor.assemble import assemble
from compositor.assemble.edition import edition
from compositor.checks.finished.siblings import of_other_builds
from compositor.checks.sources import check_sources
from compositor.errors import BookError, in_order
from compositor.folder.text import reader
from compositor.formats import Format, Output
from compositor.formats.writing.files import write_all
from compositor.language import Language, language_for
from compositor.model import Book, Chapter, Entry, Finding, Manuscript, PageMap, Place, Source
from compositor.theme import Theme, load_theme

OF_CODE = "T013"
"""What is said of the width of code, and matters to a book with listings alone."""


@dataclass(slots=True)
class Timings:
    """Seconds of each stage, in the order in which the stages ran; `tell` hears when one begins."""

    tell: Callable[[str], None] = lambda stage: None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside."""
        self.tell(name)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Proof:
    """A book as far as it could be read, and everything found on the way."""

    book: Book | None
    theme: Theme | None
    findings: tuple[Finding, ...]
    on_purpose: frozenset[str] = frozenset()
    """Codes of warnings on the finished pages that nobody needs to be told."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a build."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def read_book(folder: Path, timings: Timings, look: Manuscript | None = None) -> Proof:
    """Read, parse and assemble the book in a folder; findings instead of exceptions wherever one can go on.

    `look` is another book, in whose theme and style this one is to be set.
    """
    with timings.stage("read"):
        manuscript, found = dialects.read(folder)
    if manuscript is None:
        return Proof(None, None, in_order(found))
    look = look or manuscript
    manuscript = replace(
        manuscript, theme=look.theme, style=look.style, style_places=look.style_places, fonts=look.fonts
    )
    words = language_for(manuscript.metadata.language)
    with timings.stage("parse"):
        sources = tuple(_sources(manuscript.entries))
        context = _context(manuscript, words)
        chapters = {source.path: markdown.parse(source, context) for source in sources}
    with timings.stage("assemble"):
        theme, faults = _theme(look, _has_code(chapters.values()))
        try:
            made, doubts = edition(manuscript, chapters.values(), theme.files() if theme else {})
        except BookError as problem:
            return Proof(None, None, in_order((*found, *faults, *problem.findings)))
        book, unresolved = assemble(manuscript, chapters, words, made)
    findings = [*found, *faults, *doubts, *unresolved, *(f for c in chapters.values() for f in c.findings)]
    with timings.stage("check"):
        findings += check_sources(book)
    return Proof(book, theme, _with_excerpts(findings, chapters))


def _context(manuscript: Manuscript, words: Language) -> markdown.Context:
    bibliography = manuscript.bibliography
    works = frozenset(bibliography.works) if bibliography is not None else frozenset[str]()
    return markdown.Context(
        manuscript.extensions,
        words,
        reader(manuscript.folder),
        manuscript.variables,
        works,
        bibliography is not None,
        manuscript.callouts,
    )


def _has_code(chapters: Iterable[Chapter]) -> bool:
    return any("code" in token.meta for chapter in chapters for token in chapter.tokens)


def _theme(manuscript: Manuscript, has_code: bool) -> tuple[Theme | None, tuple[Finding, ...]]:
    try:
        theme = load_theme(manuscript.folder, manuscript.theme, manuscript.fonts)
        theme.properties(manuscript.style)
    except BookError as problem:
        return None, tuple(replace(f, place=manuscript.style_places.get(_quoted(f), f.place)) for f in problem.findings)
    return theme, tuple(one for one in theme.doubts(manuscript) if has_code or one.code != OF_CODE)


def _quoted(finding: Finding) -> str:
    """What a message names in quotation marks."""
    return finding.message.split('"')[1].removeprefix("--") if finding.message.count('"') > 1 else ""


def _sources(entries: Sequence[Entry]) -> Iterator[Source]:
    for entry in entries:
        yield entry.source
        yield from _sources(entry.children)


def _with_excerpts(findings: Sequence[Finding], chapters: Mapping[str, Chapter]) -> tuple[Finding, ...]:
    """Findings in order, each with the source line that it is about."""
    return in_order(replace(f, excerpt=f.excerpt or _line(f.place, chapters)) for f in findings)


def _line(place: Place, chapters: Mapping[str, Chapter]) -> str:
    return chapters[place.file].source.line(place.line) if place.file in chapters else ""


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one build, and what there is to say about them."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def make(proof: Proof, formats: Sequence[Format], output: str | None, timings: Timings, strict: bool) -> Made:
    """Make these formats of a book without errors; all are made, and proved whole, before the first is written.

    `output` is a file, or a folder; None: nothing is written. Raises BookError, and then no file has changed.
    """
    if proof.errors or proof.book is None or proof.theme is None:
        raise BookError(proof.findings)
    chapters = {unit.chapter.source.path: unit.chapter for unit in proof.book.units}
    made: dict[str, Output] = {}
    found: list[Finding] = []
    for format_ in formats:
        with timings.stage(f"make {format_.name}"):
            try:
                made[format_.name] = format_.make(proof.book, proof.theme, _pages(made))
            except BookError as problem:
                raise BookError(_with_excerpts((*found, *problem.findings), chapters)) from None
        found += made[format_.name].findings
    with timings.stage("prove"):
        from compositor.checks.finished import check_finished  # what it reads files with is slow to import

        found += check_finished(proof.book, {name: one.data for name, one in made.items()}, _pages(made))
    told = [one for one in found if one.severity == "error" or one.code not in proof.on_purpose]
    findings = _with_excerpts(told, chapters)
    if any(strict or finding.severity == "error" for finding in findings):
        raise BookError(findings)
    paths = tuple(target(output or "", proof.book, format_) for format_ in formats)
    if output is None:
        return Made(paths, findings)
    with timings.stage("write"):
        write_all(dict(zip(paths, (one.data for one in made.values()), strict=True)))
    return Made(paths, (*findings, *of_other_builds(proof.book, paths)))


def _pages(made: Mapping[str, Output]) -> PageMap | None:
    """The pages of this build, if it has made something with pages."""
    return next((one.pages for one in made.values() if one.pages is not None), None)


def not_compared() -> Iterator[str]:
    """What the proof of the finished files takes off, or asks of the press and not of the source: the closed list."""
    from compositor.checks.finished.completeness import closed_list

    yield "not compared with the source:"
    yield from (f"  {line}" for line in closed_list())


def ask_the_web(proof: Proof, timings: Timings) -> tuple[Finding, ...]:
    """Follow the addresses of a text; the one thing that uses a network, and only when it is asked for."""
    from compositor.checks.finished.links import external

    with timings.stage("ask the web"):
        chapters = {unit.chapter.source.path: unit.chapter for unit in proof.book.units} if proof.book else {}
        return _with_excerpts(tuple(external(proof.book)) if proof.book else (), chapters)


def target(output: str, book: Book, format_: Format) -> Path:
    """The file that a format is written to: as named, or `<slug>.<ending>` in the folder that was named."""
    folder = Path(output or ".")
    if output.endswith("/") or folder.is_dir() or not folder.suffix:
        return folder / f"{book.slug}{format_.ending}"
    return folder
