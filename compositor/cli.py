"""The commands (Click): words in, exit code out. The work is done in press.py, making.py and commands/."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import click

from compositor import __version__
from compositor.commands.asking import reader_asked
from compositor.commands.beside import BESIDE
from compositor.commands.conditions import in_folder, named, require_native_libraries
from compositor.commands.options import (
    EXISTING,
    FILE,
    ON_PAPER,
    ON_SCREEN,
    ON_WEB,
    SERVED,
    SHARED,
    WATCHED,
    WITH_SITE,
    BookPath,
    with_options,
)
from compositor.commands.origins import recognised
from compositor.commands.running import behind_the_fence, build, wanted, with_pages_if_possible
from compositor.commands.words import NamedPath, ThemeName
from compositor.errors import ENVIRONMENT, FINE, PROBLEMS
from compositor.formats import EDITIONS, FORMATS, PACKED, SINGLE, WEB, Format
from compositor.machine import doctor
from compositor.machine.interruption import ending_as_interrupted, exit_code
from compositor.machine.streams import open_standard_files
from compositor.report import Report, bug, say_as_it_is
from compositor.skeleton import shipped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="compositor")
def press() -> None:
    """Make a PDF, an EPUB and a web site of a book in Markdown.

    BOOK is the folder with the chapters, and with book.toml if there is one. Without it, the current folder is taken
    if it is a book, otherwise `book`.
    Exit codes: 0 success; 1 nothing was made, or something is wrong; 2 wrong usage; 3 something is missing on this
    machine; 4 made in part; 70 a bug in Compositor; 130 interrupted (129 and 143 by HUP and TERM).
    """


def add_format(format_: Format) -> None:
    """The command of a format: it appears because the format is in the table."""

    def command(book: Path, output: str, **options: Any) -> None:
        build(book, (format_,), named(output, format_.ending), Report(**options))

    command.__doc__ = f"Make the {format_.called} of a book."
    press.command(format_.name)(with_options(command, ON_PAPER if format_.medium.paged else ON_SCREEN))


for _format in FORMATS:
    if not _format.is_folder:
        add_format(_format)


@press.command()
@partial(with_options, options=ON_WEB)
def web(book: Path, output: str, packed: bool, single: bool, **options: Any) -> None:
    """Make the web site of a book: a folder of static files.

    OUTPUT is the folder of the site; if its name ends in `/`, the site gets a folder of its own in it.
    """
    if packed and single:
        raise click.UsageError("--zip and --single are two ways to have one file; choose one")
    shape = PACKED if packed else SINGLE if single else WEB
    place = output if shape.is_folder else named(output, Path(shape.ending).suffix)
    build(book, (shape,), place, Report(**options))


@press.command("all")
@partial(with_options, options=(*ON_PAPER, WITH_SITE))
def all_formats(book: Path, output: str, site: bool, **options: Any) -> None:
    """Make PDF and EPUB in one build; OUTPUT is a folder."""
    build(book, FORMATS if site else EDITIONS, in_folder(output), Report(**options))


@press.command()
@partial(with_options, options=WATCHED)
@click.option("--make", "name", type=click.Choice([one.name for one in FORMATS]), help="Make only this format.")
def watch(book: Path, output: str, name: str | None, strict: bool) -> None:
    """Build a book again after each change, until Ctrl-C."""
    from compositor import watching

    formats = [one for one in FORMATS if name == one.name] or EDITIONS
    is_file = name and not formats[0].is_folder
    output = named(output, formats[0].ending) if is_file else output if name else in_folder(output)
    watching.watch(wanted(book, formats, output, strict), click.echo)


@press.command()
@partial(with_options, options=SERVED)
def serve(book: Path, output: str, strict: bool, goto: str | None, **how: Any) -> None:
    """Show a book in the browser while you write it, until Ctrl-C.

    It shows each chapter as a web page, next to the pages of the PDF. A saved change is on the web page at once, and
    on the PDF pages when they are set again. A click on a word opens its line in the editor.
    """
    from compositor.live import serving

    if goto is not None:
        serving.go_to(goto, partial(click.echo, err=True))
    else:
        asked, paged = with_pages_if_possible(book, in_folder(output), strict)
        serving.serve(asked, serving.Serving(**how), click.echo, paged)


@press.command()
@partial(with_options, options=SHARED[1:])
@click.option("-o", "--output", type=NamedPath(), help="The folder in which --full keeps the files.")
@click.option("--full", is_flag=True, help="Make the files in memory too, and check that nothing is lost.")
@click.option("--external", is_flag=True, help="Check that every web address in the text still answers.")
@click.option("--report", "page", type=FILE, help="With --full: write a page with the result for each promise.")
@click.option("--sums", type=EXISTING, help="With --report: reproduce.json or SHA256SUMS of another build, to compare.")
def check(book: Path, output: str | None, full: bool, external: bool, **options: Any) -> None:
    """Check the sources of a book, in seconds."""
    page, sums = options.pop("page"), options.pop("sums")
    if (page and not full) or (sums and not page):
        raise click.UsageError("--report needs --full, and --sums needs --report")
    if page:
        named(str(page), ".html", "--report")
    from compositor.commands import building, work

    known, report = None, Report(**options)
    kept: AbstractContextManager[str | None] = nullcontext()
    if full:
        from compositor.press import not_compared
        from compositor.proof import ordering

        known, kept = ordering.sums_given(sums), ordering.folder_for(output, page)
        require_native_libraries()
    with kept as folder:
        read = reader_asked(report.strict)
        checks = work.Checks(full=full, external=external, folder=folder, page=page, sums=known, words=read)
        done = behind_the_fence(report, book, building.check, book, read, checks)
    if full:
        report.say([*done.remarks, *not_compared()])
    failed = report.finish(done.findings, book, done.timings)
    if page:
        report.table(*ordering.spoken(done.rows))
        report.result(page)
    if failed or any(row.outcome == "fails" for row in done.rows):
        raise click.exceptions.Exit(PROBLEMS)


@press.command()
@partial(with_options, options=SHARED[1:])
@click.option("-c", "--chapter", "chapters", multiple=True, help="Only files with this name or prefix; repeatable.")
@click.option("--fresh", is_flag=True, help="Run every command again, even if earlier results are kept.")
@click.option("--least-checked", type=click.IntRange(0, 100), help="Percent of the samples that must be checked.")
@click.option("--least-run", type=click.IntRange(0, 100), help="Percent of the samples that must be executed.")
def samples(book: Path, chapters: tuple[str, ...], **options: Any) -> None:
    """Check and run the code in a book.

    It uses the commands in book.toml, and is the only command that runs code of a book. It prints a table of how many
    samples of each language were checked and executed, and why the others were not. Run it on books whose commands you
    trust.
    """
    from compositor.commands import tasks
    from compositor.samples import Wanted
    from compositor.samples.table import as_json, as_lines

    kept = {name: options.pop(name) for name in ("fresh", "least_checked", "least_run")}
    report = Report(**options)
    words = (book, reader_asked(report.strict), Wanted(chapters, **kept), report.quiet)
    proved = behind_the_fence(report, book, tasks.sample, *words, trusted=True)
    if proved.unknown:
        raise click.BadParameter(f"no chapter is called {proved.unknown!r}", param_hint="--chapter")
    failed = report.finish(proved.findings, book, proved.timings)
    if proved.stopped:
        raise click.exceptions.Exit(PROBLEMS)
    report.table(as_lines(proved.standings), as_json(proved.standings))
    if not proved.has_commands:
        report.say([f"{book / 'book.toml'} names no commands, as in: [samples.languages.python]"])
    if failed:
        raise click.exceptions.Exit(ENVIRONMENT if proved.only_missing else PROBLEMS)


@press.command()
@partial(with_options, argument=click.argument("book", type=NamedPath(path_type=Path), required=False))
@click.option("--theme", type=ThemeName(), help="Use this theme, whatever the book says.")
def specimen(book: Path | None, theme: str | None, output: str, **options: Any) -> None:
    """Make a specimen: every construct on a few pages."""
    from compositor.specimen import read_specimen

    read = partial(read_specimen, strict=options["strict"], theme=theme)
    build(book or shipped("specimen"), EDITIONS, output.rstrip("/") + "/", Report(**options), read)


@press.command("doctor")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what is missing.")
@click.argument("book", type=BookPath(path_type=Path), required=False)
def doctor_command(style: str, quiet: bool, book: Path | None) -> None:
    """Say what this machine lacks, or what BOOK is read as."""
    if book is not None:
        items = behind_the_fence(Report(), book, recognised, book)
        raise click.exceptions.Exit(PROBLEMS if doctor.show(items, style, quiet) else FINE)
    raise click.exceptions.Exit(doctor.main(style, quiet))


for _command in BESIDE:
    press.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code. A traceback appears only for a bug in Compositor."""
    open_standard_files()
    try:
        with ending_as_interrupted():
            return int(press.main(args=arguments, prog_name="compositor", standalone_mode=False) or FINE)
    except click.exceptions.Exit as done:
        return done.exit_code
    except SystemExit:  # how Click ends when nobody reads its output
        return FINE
    except (click.exceptions.Abort, KeyboardInterrupt) as problem:
        say_as_it_is("interrupted; every file is whole, the old one or the new one\n")
        return exit_code(problem)
    except click.ClickException as problem:
        said = io.StringIO()
        problem.show(said)
        say_as_it_is(said.getvalue())
        return problem.exit_code
    except Exception as problem:
        return bug(problem)
