"""Book -> finished files: the second half of the program's one line, render -> write, for each format independently.

If a format cannot be made, or its file does not contain what the book has, the other formats are not affected. Nothing
is written before all are made and checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from compositor.errors import BookError, error
from compositor.fence.beside import Beside, begun_beside
from compositor.fidelity import Fidelity, fidelity_of
from compositor.fidelity.spoken import as_json
from compositor.folder.opened import files_opened
from compositor.formats import EDITIONS, PDF, Format, Output, hearing_of_pages
from compositor.formats.writing.outputs import as_written, aside, put, target
from compositor.formats.writing.places import refuse
from compositor.formats.writing.siblings import of_other_builds
from compositor.made_before.of_a_book import before
from compositor.model import Book, Finding, PageMap, Place
from compositor.press import Proof, Timings
from compositor.theme import Theme


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one build, the findings about them, and the formats that could not be made."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    missing: tuple[Format, ...] = ()
    fidelity: Fidelity | None = None
    """What became of the book."""
    beside: tuple[Finding, ...] = ()
    """Findings about files of other builds in the same folder."""
    outputs: tuple[Output, ...] = ()
    """The files, in the order of their paths."""

    @property
    def is_whole(self) -> bool:
        """Whether every format was made and passed its checks."""
        return not self.missing and not any(one.severity == "error" for one in self.findings)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A format that is being made in another process, and the pages that it names."""

    format: Format
    pages: PageMap
    work: Beside


@dataclass(slots=True)
class _Work:
    """What has been made of a book so far."""

    proof: Proof
    book: Book
    theme: Theme
    timings: Timings
    made: dict[str, Output] = field(default_factory=dict)
    beside: _Beside | None = None
    printed: PageMap | None = None
    """The pages of a PDF that an earlier build has made of the very same book, if this build makes none."""
    proved: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    """Findings about the text in files that were checked in the process that made them."""
    findings: list[Finding] = field(default_factory=list)

    def say(self, findings: Iterable[Finding]) -> bool:
        """Keep findings; return whether one of them is an error."""
        told = self.proof.told(findings)
        self.findings += told
        return any(finding.severity == "error" for finding in told)

    @property
    def pages(self) -> PageMap | None:
        """The pages of this build if it has made something with pages, else the printed ones of the same build."""
        return next((one.pages for one in self.made.values() if one.pages is not None), self.printed)

    def others(self) -> Mapping[str, bytes]:
        """Return the files made so far, by name, for formats that contain them."""
        kinds = {format_.name: format_ for format_ in EDITIONS}
        made = {name: one.data for name, one in self.made.items() if name in kinds}
        return {f"{self.book.slug}{kinds[name].ending}": data for name, data in made.items()}


def make(
    proof: Proof, formats: Sequence[Format], output: str | None, timings: Timings, *, fidelity: bool = False
) -> Made:
    """Make these formats of a book without errors, check them, and write those that pass.

    `output` is a file, or a folder; None: nothing is written. For a book of another tool, and with `fidelity` for every
    book, a file about what became of it is written next to the others. Raises BookError if the book has errors or a
    file cannot be written; then no file has changed.
    """
    if proof.errors or proof.book is None or proof.theme is None:
        raise BookError(proof.findings)
    work = _Work(proof, proof.book, proof.theme, timings)
    paths = {format_.name: target(output or "", work.book.slug, format_) for format_ in formats}
    if output is not None:
        folders = [paths[format_.name] for format_ in formats if format_.is_folder]
        refuse((at for path in paths.values() for at in (path, aside(path))), work.book.manuscript.folder, folders)
    work.printed = _printed(work.book, formats, paths.values())
    unproved = _made_and_proved(work, formats)
    missing = tuple(format_ for format_ in formats if format_.name not in work.made)
    became = _fidelity(work, paths, missing)
    if output is not None:
        with timings.stage("write"):
            shapes = {format_.name: format_ for format_ in formats}
            good = {paths[name]: as_written(shapes[name], one.data) for name, one in work.made.items()}
            apart = {paths[name]: as_written(shapes[name], one.data) for name, one in unproved.items()}
            _write(work, good, apart, as_json(became) if fidelity or became.origin else b"")
    written = tuple(path for name, path in paths.items() if name in work.made)
    beside = tuple(of_other_builds(work.book.edition.build_id, written)) if output is not None and written else ()
    outputs = tuple(work.made[name] for name in paths if name in work.made)
    return Made(written, tuple(work.findings), missing, became, beside, outputs)


def _printed(book: Book, formats: Sequence[Format], paths: Iterable[Path]) -> PageMap | None:
    """Return the pages of the PDF beside a site that is made alone, if it is of the same build."""
    if any(one.medium.paged or not one.takes_along for one in formats):
        return None
    from compositor.formats.writing.page_places import pages_of

    return next((pages_of(path.parent / f"{book.slug}{PDF.ending}", book) for path in paths), None)


def _made_and_proved(work: _Work, formats: Sequence[Format]) -> Mapping[str, Output]:
    """Make these formats, unless an earlier build has made the very same. Return the files that failed their checks."""
    kept = before(work.proof, formats, work.printed)
    if (found := kept.outputs()) is not None:
        outputs, findings = found
        work.made.update(outputs)
        work.findings += findings
        work.timings.counts["outputs_kept"] = len(outputs)
        return {}
    with files_opened(work.book.manuscript.folder) as opened:
        with _others_beside(work, formats):
            for format_ in formats:
                _make_one(work, format_)
        unproved = _prove(work, formats)
    if not unproved and len(work.made) == len(formats) and not any(one.severity == "error" for one in work.findings):
        kept.keep(work.made, work.findings, opened)
    return unproved


@contextmanager
def _others_beside(work: _Work, formats: Sequence[Format]) -> Iterator[None]:
    """Make a format that needs only the pages of another inside the block, while that other one is still being made."""
    later = next((one for one in formats[1:] if not one.medium.paged and not one.takes_along), None)
    if later is None or not formats[0].medium.paged:
        yield
        return
    try:
        with hearing_of_pages(partial(_begin_beside, work, later)):
            yield
    finally:
        if work.beside is not None:
            work.beside.work.close()


def _begin_beside(work: _Work, format_: Format, pages: PageMap) -> None:
    def made() -> tuple[Output, tuple[Finding, ...]]:
        from compositor.checks.finished import proved_alone

        output = format_.make(work.book, work.theme, pages)
        return output, proved_alone(work.book, format_, output.data, pages)

    manuscript = work.book.manuscript
    begun = begun_beside(manuscript.folder, manuscript.limits, made) if work.beside is None else None
    work.beside = work.beside if begun is None else _Beside(format_, pages, begun)


def _made_beside(work: _Work, format_: Format) -> Output | None:
    """Return what was made of a format meanwhile, if its inputs are the same. Raises BookError as making it does."""
    beside = work.beside
    if beside is None or beside.format != format_ or beside.pages != work.pages:
        return None
    came = beside.work.result(work.book.manuscript.limits.reading)
    work.beside = None
    if came is None:
        return None
    if came.refused:
        raise BookError(came.refused)
    output: Output
    output, work.proved[format_.name] = came.value
    return output


def _fidelity(work: _Work, paths: Mapping[str, Path], missing: Iterable[Format]) -> Fidelity:
    """Return what became of the book, from the findings and files so far."""
    files = {paths[name].name: one.data for name, one in work.made.items()}
    pages = len(work.pages.pages) if work.pages is not None else 0
    findings = (*work.proof.findings, *work.findings)
    return fidelity_of(work.book, findings, files, [f"the {one.called}" for one in missing], pages)


def _make_one(work: _Work, format_: Format) -> None:
    """Make one format. If it cannot be made, or has a fault that this book does not allow, nothing is kept."""
    with work.timings.stage(f"make {format_.name}"):
        try:
            output = _made_beside(work, format_)
            if output is None:
                work.proved.pop(format_.name, None)
                output = format_.make(work.book, work.theme, work.pages, work.others())
        except BookError as problem:
            work.say(problem.findings)
            return
    work.timings.counts.update(output.counts)
    if not work.say(output.findings):
        work.made[format_.name] = output


def _prove(work: _Work, formats: Sequence[Format]) -> Mapping[str, Output]:
    """Compare the files with the book. Return the files that failed, and remove them from what was made."""
    unproved: dict[str, Output] = {}
    while work.made:
        faults = _faults(work, work.made)
        if not work.say(faults):
            break
        wrong = [name for name, one in work.made.items() if _is_wrong(work, {name: one})] or _second(work.made)
        had_pages = work.pages is not None
        for name in wrong:
            unproved[name] = work.made.pop(name)
        lost_pages = had_pages and work.pages is None  # the others must not name pages of a file that is not written
        for format_ in formats if wrong else ():
            if (lost_pages or format_.takes_along) and work.made.pop(format_.name, None) is not None:
                _make_one(work, format_)
    return unproved


def _second(made: Mapping[str, Output]) -> list[str]:
    """Return the files to set aside if they disagree but each is right: those that name the pages of the first."""
    return [name for name, one in made.items() if one.pages is None] or list(made)


def _faults(work: _Work, made: Mapping[str, Output]) -> tuple[Finding, ...]:
    with work.timings.stage("prove"):
        from compositor.checks.finished import check_finished  # the readers of the files are slow to import

        pages = next((one.pages for one in made.values() if one.pages is not None), work.printed)
        known = work.proved if pages is not None else {}
        return check_finished(work.book, {name: one.data for name, one in made.items()}, pages, known)


def _is_wrong(work: _Work, made: Mapping[str, Output]) -> bool:
    return any(finding.severity == "error" for finding in work.proof.told(_faults(work, made)))


def _write(work: _Work, good: Mapping[Path, bytes], apart: Mapping[Path, bytes], became: bytes) -> None:
    """Write the files that passed, and report the findings about the folder."""
    put(good, work.book.metadata.title, became, apart)
    for path in apart:
        remedies = (
            "compare it with the source at the places that are named; words may be lost, doubled or out of order",
            "report this, with the smallest file that shows it",
        )
        message = "this file does not match the book; the last good one is unchanged"
        work.findings.append(error("F008", message, Place(aside(path).as_posix()), *remedies))
