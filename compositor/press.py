"""Folder -> Book: the first half of the program's one line, read -> parse each -> assemble. For the rest: making.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from compositor import dialects, markdown
from compositor.assemble import assemble
from compositor.assemble.covers import with_usable_cover
from compositor.assemble.edition import NONE, edition
from compositor.assemble.pictures import picture_file
from compositor.checks.sources import check_sources
from compositor.checks.sources.foreseen import foreseen
from compositor.checks.sources.spared import without_spared
from compositor.errors import BookError, in_order, strictly, with_excerpts
from compositor.folder.text import reader
from compositor.language import Language, language_for
from compositor.machine import steps
from compositor.machine.steps import step
from compositor.markdown.figures import drawn, remote
from compositor.markdown.kept import Parser
from compositor.markdown.reading import HABITS
from compositor.model import Book, Chapter, Entry, Finding, Limits, Manuscript, Paper, Place, Source, Strictness
from compositor.render import with_parted_tables
from compositor.theme import Theme, load_theme

UNKNOWN = "T011"
"""A property that the theme does not have."""
OF_GUESTS = frozenset({"P225"})
"""Not reported for a book of another tool: figures that no text refers to. Its syntax may not have such references."""
OF_CODE = "T013"
"""Findings about the width of code; they concern only books with listings."""


@dataclass(slots=True)
class Timings:
    """Seconds of each stage, in the order in which the stages ran; `tell` is called when one begins."""

    tell: Callable[[str], None] = lambda stage: None
    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """For each kind of work, by its name in the plural: how many items were made, and how many came from the cache."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the time of a stage."""
        self.tell(name)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of a command that override the settings of the book."""

    language: str = ""
    """Which book, if a folder has one for each language."""
    theme: str = ""
    """The theme to use."""
    paper: Paper = field(default_factory=Paper)
    """What a printer asks for in addition to the book's settings."""

    def of(self, manuscript: Manuscript) -> Manuscript:
        """Return the manuscript with these wishes applied."""
        told, paper = manuscript.paper, self.paper
        asked = Paper(
            paper.bleed or told.bleed, paper.crop_marks or told.crop_marks, paper.interior or told.interior
        )
        shown = manuscript.preliminaries
        pages = replace(shown, cover=False) if asked.interior else shown
        return replace(manuscript, theme=self.theme or manuscript.theme, paper=asked, preliminaries=pages)


@dataclass(frozen=True, slots=True)
class Proof:
    """A book as far as it could be read, and all findings so far."""

    book: Book | None
    theme: Theme | None
    findings: tuple[Finding, ...]
    strictness: Strictness = field(default_factory=Strictness)
    """Which warnings stop it."""
    on_purpose: frozenset[str] = frozenset()
    """Codes of warnings about the finished pages that are not reported."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a build."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings of a later stage, each with its source line, and as severe as this book sets it."""
        sources = _by_path(self.book.manuscript, (unit.chapter for unit in self.book.units)) if self.book else {}
        left = (one for one in findings if one.severity == "error" or one.code not in self.on_purpose)
        return strictly(with_excerpts(left, sources), self.strictness)

    def foreseen(self) -> tuple[Finding, ...]:
        """What the sources already show about the finished pages. A build reports it together with the pages."""
        if self.book is None or self.theme is None:
            return ()
        return self.told(foreseen(self.book, self.theme.page(self.book.manuscript.style)))


def read_book(
    folder: Path, timings: Timings, strict: bool = False, look: Manuscript | None = None, asked: Asked | None = None
) -> Proof:
    """Read, parse and assemble the book in a folder. Returns findings instead of raising, wherever it can go on.

    With `strict`, every warning except the tolerated ones stops the build. `look` is another book, whose theme, style
    and strictness are used for this one.
    """
    asked = asked or Asked()
    with timings.stage("read"), step("reading it", "book.toml"):
        manuscript, found = dialects.read(folder, asked.language)
    if manuscript is None:
        return Proof(None, None, in_order(found))
    _allow(manuscript.limits)
    manuscript, doubt = with_usable_cover(manuscript)
    manuscript = asked.of(manuscript)
    look = look or manuscript
    strictness = replace(look.strictness, everything=strict or look.strictness.everything)
    manuscript = _looking_like(manuscript, look)
    words = language_for(manuscript.metadata.language)
    with timings.stage("parse"):
        changed: list[Finding] = []
        context = _context(manuscript, words, changed)
        chapters = _chapters(manuscript, context, timings)
    with timings.stage("assemble"):
        theme, faults = _theme(look, _has_code(chapters.values()))
        manuscript = theme.hued(manuscript) if theme else manuscript
        manuscript, chapters, untold = _with_news(manuscript, chapters, words, asked.language)
        try:
            made, doubts = edition(manuscript, chapters.values(), theme.files() if theme else {})
        except BookError as problem:
            return Proof(None, None, strictly(in_order((*found, *faults, *problem.findings)), strictness))
        with step("assembling the book", most=manuscript.limits.seconds):
            book, unresolved = assemble(manuscript, chapters, words, made)
    parsed = without_spared((finding for chapter in chapters.values() for finding in chapter.findings), book, theme)
    findings = [*found, *doubt, *dict.fromkeys(changed), *faults, *untold, *doubts, *unresolved, *parsed]
    with timings.stage("check"), step("checking the sources", most=manuscript.limits.seconds):
        findings += check_sources(book, theme)
    told = strictly(with_excerpts(findings, _by_path(look, chapters.values())), strictness)
    return Proof(with_parted_tables(book, theme), theme, told, strictness, _not_told(manuscript))


def _not_told(manuscript: Manuscript) -> frozenset[str]:
    """Return codes of warnings that are not reported for this book."""
    return OF_GUESTS if HABITS in manuscript.extensions else frozenset()


def _looking_like(manuscript: Manuscript, look: Manuscript) -> Manuscript:
    """Return the manuscript with the theme, style and fonts of another."""
    return replace(
        manuscript, theme=look.theme, style=look.style, style_places=look.style_places, fonts=look.fonts
    )


def _allow(limits: Limits) -> None:
    """Apply the limits of this book from here on."""
    steps.allow(steps.Allowance(limits.reading, limits.bytes, limits.memory))


def _chapters(manuscript: Manuscript, context: markdown.Context, timings: Timings) -> Mapping[str, Chapter]:
    """Return the chapters by path."""
    parser = Parser(context)
    chapters = {source.path: _parsed(source, parser) for source in _sources(manuscript.entries)}
    timings.counts.update(chapters_parsed=parser.parsed, chapters_kept=parser.kept)
    return chapters


def _with_news(
    manuscript: Manuscript, chapters: Mapping[str, Chapter], words: Language, language: str
) -> tuple[Manuscript, Mapping[str, Chapter], tuple[Finding, ...]]:
    """Return the book with a chapter about what is new, if it asks for one."""
    if not manuscript.changes_since:
        return manuscript, chapters, ()
    from compositor.changes.news import with_news  # most books have none

    with step("finding what is new", most=manuscript.limits.seconds):
        book, _ = assemble(manuscript, chapters, words, NONE)
        made = with_news(book, chapters, words, partial(_then, language), language)
    return made.manuscript, made.chapters, made.findings


def _then(language: str, folder: Path) -> Book | None:
    """Return an earlier state of a book, for its words."""
    manuscript, _ = dialects.read(folder, language)
    if manuscript is None:
        return None
    words = language_for(manuscript.metadata.language)
    return assemble(manuscript, _chapters(manuscript, _context(manuscript, words, []), Timings()), words, NONE)[0]


def _parsed(source: Source, parser: Parser) -> Chapter:
    with step("reading it", source.path):
        return parser.chapter(source)


def _context(manuscript: Manuscript, words: Language, changed: list[Finding]) -> markdown.Context:
    bibliography = manuscript.bibliography
    works = frozenset(bibliography.works) if bibliography is not None else frozenset[str]()
    return markdown.Context(
        manuscript.extensions,
        words,
        reader(manuscript.folder, changed),
        manuscript.variables,
        works,
        bibliography is not None,
        manuscript.callouts,
        manuscript.metadata.links == "notes",
        fetched={**_kept(manuscript.folder, remote.FOLDER), **_kept(manuscript.folder, drawn.FOLDER)},
        sources=manuscript.sources,
        title=manuscript.metadata.title,
        has=lambda path: picture_file(manuscript.folder, path) is not None,
        called=(lambda name: manuscript.files.get(name, "")) if manuscript.files else None,
    )


def _kept(folder: Path, inside: str) -> Mapping[str, str]:
    """Return what a command has put into a folder of the book, by file name without ending."""
    kept = folder / inside
    is_own = kept.is_dir() and not kept.is_symlink()
    return {file.stem: f"{inside}/{file.name}" for file in sorted(kept.iterdir())} if is_own else {}


def _has_code(chapters: Iterable[Chapter]) -> bool:
    return any("code" in token.meta for chapter in chapters for token in chapter.tokens)


def _theme(manuscript: Manuscript, has_code: bool) -> tuple[Theme | None, tuple[Finding, ...]]:
    try:
        theme = load_theme(manuscript.folder, manuscript.theme, manuscript.fonts)
        theme.properties(manuscript.style)
    except BookError as problem:
        return None, tuple(replace(f, place=_place_of_setting(f, manuscript)) for f in problem.findings)
    return theme, tuple(one for one in theme.doubts(manuscript) if has_code or one.code != OF_CODE)


def _place_of_setting(finding: Finding, manuscript: Manuscript) -> Place:
    """Return where book.toml sets what a finding names: its value, or its key if that does not exist."""
    place = manuscript.style_places.get(_quoted(finding), finding.place)
    if finding.code != UNKNOWN or place.line is None:
        return place
    name = _quoted(finding)
    return replace(place, column=manuscript.settings.line(place.line).find(name) + 1 or place.column, length=len(name))


def _quoted(finding: Finding) -> str:
    """Return what a message puts in quotation marks."""
    return finding.message.split('"')[1].removeprefix("--") if finding.message.count('"') > 1 else ""


def _sources(entries: Sequence[Entry]) -> Iterator[Source]:
    for entry in entries:
        yield entry.source
        yield from _sources(entry.children)


def _by_path(manuscript: Manuscript, chapters: Iterable[Chapter]) -> Mapping[str, Source]:
    """Return the texts that findings quote, by path: the chapters, and book.toml."""
    return {one.path: one for one in (manuscript.settings, *(chapter.source for chapter in chapters))}


def not_compared() -> Iterator[str]:
    """Yield the texts of the finished files that are not compared with the source: the closed list."""
    from compositor.checks.finished.completeness import closed_list

    yield "not compared with the source, because no author wrote it or it has no letters:"
    yield from (f"  {line}" for line in closed_list())


def ask_the_web(proof: Proof, timings: Timings) -> tuple[Finding, ...]:
    """Follow the addresses of a text. This is the only step that uses a network, and it runs only on request."""
    from compositor.checks.finished.links import external

    with timings.stage("ask the web"):
        return proof.told(external(proof.book)) if proof.book else ()
