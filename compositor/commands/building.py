"""What is asked of a book -> the result: that of an earlier command if the folder is unchanged, else of this one.

This runs inside the fence. Modules that read a book are imported only when one has to be read.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from compositor.cache import cache_for, using
from compositor.commands.work import Build, Checks, Done, Reader
from compositor.errors import BookError
from compositor.fence import Worker
from compositor.folder.opened import files_opened
from compositor.formats import PDF, Format
from compositor.formats.writing.outputs import as_written, aside, put
from compositor.formats.writing.places import refuse
from compositor.formats.writing.siblings import of_other_builds
from compositor.git import one_look
from compositor.made_before.of_a_folder import Asked, Before, Finished


def check(book: Path, read: Reader, checks: Checks, worker: Worker) -> Done:
    """Find what is wrong in a book. Findings of an earlier command on the same sources are reused."""
    with using(cache_for(book)), one_look():
        start = time.perf_counter()
        before = Before(Asked(book, (), "", None if checks.full or checks.external else ("check", checks.words)))
        found = before.finished()
        if found is not None:
            return Done(found.of_sources, {"compare": time.perf_counter() - start})
        from compositor.commands import tasks

        with files_opened(book) as opened:
            done = tasks.check(book, read, checks, worker)
        before.keep(Finished((), (), done.findings, (), "", "", ""), opened, ())
        return done


def build(wanted: Build, worker: Worker) -> Done:
    """Read the book and write these formats. If nothing has changed since an earlier build, its files are taken."""
    with using(cache_for(wanted.book)), one_look():
        start = time.perf_counter()
        words = None if wanted.words is None else (wanted.words, wanted.fidelity, *_printed(wanted))
        before = Before(Asked(wanted.book, wanted.formats, wanted.output, words))
        found = before.finished()
        if found is None:
            with _typesetter_begun(wanted.formats):
                return _built(wanted, before, worker)
        return _written(wanted, found, {"compare": time.perf_counter() - start})


def _printed(wanted: Build) -> Iterator[tuple[str, int, int]]:
    """Yield the PDFs next to a site that is built alone: its page numbers are those of one of them."""
    if all(one.takes_along for one in wanted.formats):
        for path in Asked(wanted.book, wanted.formats, wanted.output, None).paths("book"):
            for pdf in sorted(path.parent.glob(f"*{PDF.ending}")):
                with suppress(OSError):
                    said = pdf.stat()
                    yield pdf.name, said.st_size, said.st_mtime_ns


def _typesetter_begun(formats: Iterable[Format]) -> AbstractContextManager[None]:
    """While the book is read, the first typesetter starts, if the build has pages."""
    if not any(one.medium.paged for one in formats):
        return nullcontext()
    from compositor.typeset.processes.early import begun_early

    return begun_early()


def _written(wanted: Build, found: Finished, timings: dict[str, float]) -> Done:
    """Write the files that an earlier command has made."""
    start = time.perf_counter()
    asked = Asked(wanted.book, wanted.formats, wanted.output, None)
    paths = asked.paths(found.slug)
    try:
        both = tuple(zip(wanted.formats, paths, strict=True))
        folders = [path for format_, path in both if format_.is_folder]
        refuse((place for path in paths for place in (path, aside(path))), wanted.book, folders)
        whole = zip(both, found.files, strict=True)
        put({path: as_written(format_, data) for (format_, path), data in whole}, found.title, found.became)
    except BookError as problem:
        return Done((*found.of_sources, *problem.findings), timings, missing=wanted.formats)
    beside = tuple(of_other_builds(found.build, paths))
    timings["write"] = time.perf_counter() - start
    counts = {"outputs_kept": len(paths)}
    return Done((*found.of_sources, *found.of_files, *beside), timings, paths, fidelity=found.told, counts=counts)


def _built(wanted: Build, before: Before, worker: Worker) -> Done:
    from compositor.commands.extracting import extracted
    from compositor.fidelity.spoken import as_json, as_lines
    from compositor.making import make
    from compositor.press import Timings

    timings, formats = Timings(worker.stage), wanted.formats
    with files_opened(wanted.book) as read:
        proof = wanted.read(wanted.book, timings)
    part = extracted(proof, wanted)
    if part.unknown:
        return Done((), timings.seconds, missing=formats, unknown=part.unknown)
    proof = part.proof
    if proof.errors:
        return Done(proof.findings, timings.seconds, missing=formats)
    try:
        with files_opened(wanted.book) as opened:
            made = make(proof, formats, wanted.output, timings, fidelity=wanted.fidelity)
    except BookError as problem:
        return Done((*proof.findings, *problem.findings), timings.seconds, missing=formats)
    became = made.fidelity
    is_told = became is not None and (wanted.fidelity or bool(became.origin))
    told = tuple(as_lines(became)) if became is not None and is_told else ()
    book = proof.book
    if book is not None and made.is_whole:
        files = tuple(path.name for path in made.paths), tuple(one.data for one in made.outputs)
        said = as_json(became) if became is not None and is_told else b""
        named = book.slug, book.metadata.title, book.edition.build_id
        whole = Finished(*files, proof.findings, made.findings, *named, said, told)
        before.keep(whole, {*read, *(name for one in made.outputs for name in one.files)}, opened)
    findings = (*proof.findings, *made.findings, *made.beside)
    done = Done(findings, timings.seconds, made.paths, made.missing, fidelity=told, counts=timings.counts)
    return replace(done, remarks=part.remarks)
