"""The commands other than building: fetch what a book names, count it, start one, explain, clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from compositor.commands.asking import LANGUAGE, reader_asked
from compositor.commands.conditions import named
from compositor.commands.options import FILE, FOLDER, BookPath
from compositor.commands.origins import book_here, may_start, start_from
from compositor.commands.running import behind_the_fence
from compositor.commands.words import CACHE_FOLDER, NO_CACHE, NamedPath
from compositor.errors import PARTLY, PROBLEMS, one_line
from compositor.report import Report


def _bring(book: Path, work: Callable[..., Any], lines: Callable[[Any], Any], trusted: bool = False) -> None:
    """Put things into the book's folder that builds take from there, and say what became of each."""
    report = Report()
    done = behind_the_fence(report, book, work, book, trusted=trusted)
    if done.findings:
        report.finish(done.findings, book, {})
        raise click.exceptions.Exit(PROBLEMS)
    for line, fault in lines(done):
        click.echo(line, err=fault)
    if done.faults:
        raise click.exceptions.Exit(PARTLY)


@click.command()
@FOLDER
def fetch(book: Path) -> None:
    """Download the web pictures of a book.

    They go into the folder `_fetched` of the book, where builds find them; a build downloads nothing. Only https and
    public servers are used, for at most 20 MB a picture and 200 MB in all.
    """
    from compositor.commands.fetching import fetched, lines

    _bring(book, fetched, lines)


@click.command()
@FOLDER
def draw(book: Path) -> None:
    """Draw the Mermaid and PlantUML fences of a book.

    It runs mmdc and plantuml, if they are installed, on each drawing that is not in the folder `_drawn` yet, with at
    most a minute and 2 GB for each. Builds run neither; they use that folder, and print the source of the others.
    """
    from compositor.commands.drawing import drawn, lines

    _bring(book, drawn, lines, trusted=True)


@click.command()
@FOLDER
@click.option("-o", "--output", type=NamedPath(), default="dist/", show_default=True, help="The folder of its PDF.")
@click.option("--words-a-minute", "pace", type=click.IntRange(1), default=200, show_default=True, help="Reading speed.")
@click.option("--sections", is_flag=True, help="Add a row for each section file.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
@LANGUAGE
@NO_CACHE
@CACHE_FOLDER
def stats(book: Path, output: str, pace: int, sections: bool, style: Literal["text", "json"]) -> None:
    """Count words, pages, figures and more, by chapter and in all."""
    from compositor.commands.counting import Wanted, as_json, as_lines, count, remarks

    report = Report(style)
    counted = behind_the_fence(report, book, count, book, reader_asked(False), Wanted(output, pace, sections))
    report.table(as_lines(counted), as_json(counted))
    report.say(remarks(counted))


def _started(origin: Path, folder: Path) -> list[str]:
    """Return what is printed about a book of another tool that has been copied into a folder."""
    return list(behind_the_fence(Report(), origin, start_from, origin, folder))


@click.command()
@click.argument("folder", type=NamedPath(path_type=Path))
@click.option("--from", "origin", type=NamedPath(path_type=Path), help="Copy this book of another tool.")
@click.option("--workflow", "only", is_flag=True, help="Only add the workflow for GitHub to the book in FOLDER.")
@click.option("--source", metavar="OWNER/NAME@TAG", default="", help="The repository of Compositor, if it is unknown.")
def init(folder: Path, origin: Path | None, only: bool, source: str) -> None:
    """Start a book in FOLDER, copy one of another tool there, or add a workflow to one."""
    from compositor.commands import starting

    if origin is not None:
        if only or source:
            raise click.UsageError("--from goes without --workflow and --source; add the workflow afterwards")
        may_start(origin, folder)
    lines = starting.workflow if only else starting.skeleton
    for line in lines(folder, starting.checked(source)) if origin is None else _started(origin, folder):
        click.echo(line)
    if not only:
        click.echo(f"Now: {starting.next_command(folder)}", err=True)


@click.command()
@CACHE_FOLDER
def clean() -> None:
    """Delete the cache; books and finished files stay."""
    from compositor.commands.cleaning import cleaned

    click.echo(cleaned())


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain the CODE of a finding, and how to fix it."""
    from compositor.explanations import explained

    click.echo(explained(code))


@click.command()
@click.argument("of", metavar="NAME", type=click.Choice(["book", "compositor", "front-matter"]), default="book")
def schema(of: str) -> None:
    """Print a JSON Schema; NAME is book, compositor or front-matter."""
    from compositor.commands.schemas import schema_text

    click.echo(schema_text(of))


@click.command()
@click.argument("old")
@click.argument("new", default="")
@click.option("--book", type=BookPath(path_type=Path), default=book_here, help="The book whose repository to use.")
@click.option("--page", type=FILE, help="Also write it as an HTML page.")
@LANGUAGE
def diff(old: str, new: str, book: Path, page: Path | None) -> None:
    """Say what changed between two revisions or folders.

    OLD and NEW are revisions of the book's repository, or folders. Without NEW, the book is compared as it is now. For
    each section, the command lists inserted and deleted words, and moved passages.
    """
    from compositor.commands.differing import Wanted, differ

    if page is not None:
        named(str(page), ".html", "--page")
    done = behind_the_fence(Report(), book, differ, Wanted(book, old, new, page), reader_asked(False))
    if done.unknown:
        raise click.BadParameter(done.unknown, param_hint="OLD, NEW")
    for line in done.lines:
        click.echo(one_line(line))


BESIDE = (fetch, draw, stats, diff, schema, init, clean, explain)
