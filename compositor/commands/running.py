"""What a command asks for -> its work done inside the fence, its findings printed, its exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compositor.commands.asking import part_asked, reader_asked
from compositor.commands.conditions import in_folder, require_native_libraries
from compositor.errors import PARTLY, PROBLEMS, BookError, EnvironmentMissing
from compositor.fence import fenced
from compositor.formats import PDF, WEB, Format
from compositor.report import Report

if TYPE_CHECKING:
    from compositor.commands.work import Build, Reader


def build(book: Path, formats: Sequence[Format], output: str, report: Report, read: Reader | None = None) -> None:
    """Read the book, write these formats, print their paths. Raises BookError."""
    from compositor.commands import building

    asked = wanted(book, formats, output, report.strict, read)
    done = behind_the_fence(report, book, building.build, replace(asked, fidelity=report.fidelity), missing=formats)
    if done.unknown:
        raise click.BadParameter(done.unknown, param_hint="--only")
    report.finish(done.findings, book, done.timings, done.made, done.missing)
    report.say(done.remarks)
    report.counted(done.counts)
    report.say(done.fidelity)
    for path in done.made:
        report.result(path)
    if done.missing:
        raise click.exceptions.Exit(PARTLY if done.made else PROBLEMS)


def wanted(book: Path, formats: Sequence[Format], output: str, strict: bool, read: Reader | None = None) -> Build:
    """Return what is to be made, as the command line asks for it. Raises EnvironmentMissing."""
    from compositor.commands.work import Build

    if any(format_.medium.paged for format_ in formats):
        require_native_libraries()
    own, only = reader_asked(strict), part_asked()
    output = in_folder(output) if only else output  # a part gets a file name of its own, never that of the whole book
    return Build(book, tuple(formats), output, read or own, words=None if read or only else own, only=only)


def with_pages_if_possible(book: Path, output: str, strict: bool) -> tuple[Build, bool]:
    """Return PDF and site, as the command line asks for them; the site alone if this machine cannot set pages.

    Also returns whether it can, and prints what is missing.
    """
    try:
        return wanted(book, (PDF, WEB), output, strict), True
    except EnvironmentMissing as problem:
        click.echo(f"{problem.message}\nUntil then there are no PDF pages.", err=True)
        return wanted(book, (WEB,), output, strict), False


def behind_the_fence(
    report: Report, book: Path, work: Callable[..., Any], *words: Any,
    missing: Sequence[Format] = (), trusted: bool = False,
) -> Any:  # fmt: skip
    """Do the work inside the fence and return its result. If the worker dies, report that and end the command."""
    try:
        return fenced(work, *words, stage=report.stage, trusted=trusted)
    except BookError as problem:
        report.finish(problem.findings, book, {}, missing=missing)
        raise click.exceptions.Exit(PROBLEMS) from None
