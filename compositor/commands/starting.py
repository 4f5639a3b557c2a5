"""`init`: a folder -> a small book in it; a book -> a workflow with which GitHub builds it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import click

from compositor import __version__
from compositor.commands.origins import BOOK, recognised, the_book_in
from compositor.commands.press_source import EXAMPLE, WORKFLOW, filled_in, press_source, without_source
from compositor.commands.running import behind_the_fence
from compositor.machine.items import MISSING
from compositor.report import Report
from compositor.skeleton import SCHEMA, shipped, start_book, write_new

README = "README.md"
SOURCE = f"{EXAMPLE}@v{__version__}"
"""How the source of a release is written."""


def skeleton(folder: Path, source: str) -> Iterator[str]:
    """Yield what is printed about a small book that has been put into a folder."""
    from compositor.commands.schemas import schema_text

    named = source or press_source()
    made: dict[str, str | None] = {f"book/{SCHEMA}": f"{schema_text('book')}\n"}
    made[WORKFLOW] = filled_in(_template(WORKFLOW), named) if named else None
    made[README] = filled_in(_template(README), named) if named else without_source(_template(README), __version__)
    yield from start_book(folder, made)
    if not named:
        click.echo(f"No workflow for GitHub was written: {_unknown(folder)}", err=True)


def workflow(folder: Path, source: str) -> Iterator[str]:
    """Add a workflow to the repository of an existing book; yield its path. Raises UsageError."""
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder}", param_hint="FOLDER")
    book = the_book_in(folder)
    for item in behind_the_fence(Report(), book, recognised, book):
        if item.state == MISSING:
            raise click.BadParameter(item.detail, param_hint="FOLDER")
    named = source or press_source()
    if not named:
        raise click.UsageError(f"no workflow was written: {_unknown(folder)}")
    root = folder if book != folder else _repository(folder)
    inside = BOOK if book != folder else folder.resolve().relative_to(root.resolve()).as_posix()
    text = filled_in(_template(WORKFLOW), named).replace(f" book: {BOOK}\n", f" book: {_yaml(inside)}\n")
    yield write_new(root / WORKFLOW, text)


def next_command(folder: Path) -> str:
    """Return the command that builds a new book."""
    if _in_a_clone():
        return f"{_called('all', str(folder), '-o', str(folder / 'dist'))}/"
    return f"cd {quote(str(folder))} && compositor all"


def checked(source: str) -> str:
    """Return the value of `--source`. Raises BadParameter for one with which GitHub would find nothing."""
    if source and (source.startswith(EXAMPLE) or not filled_in(SOURCE, source)):
        told = f"name the repository of Compositor on GitHub, and a tag or a commit, as in {SOURCE}"
        raise click.BadParameter(told, param_hint="--source")
    return source


def _called(*words: str) -> str:
    """Return a command line of Compositor, called as it was called now."""
    return " ".join((f"python {quote(sys.argv[0])}" if _in_a_clone() else "compositor", *map(quote, words)))


def _in_a_clone() -> bool:
    return Path(sys.argv[0]).name == "build.py"


def _unknown(folder: Path) -> str:
    command = _called("init", "--workflow", "--source", SOURCE, str(folder))
    told = "this Compositor does not know its repository on GitHub. To add one, write the repository's name for"
    return f"{told} {EXAMPLE}: {command}"


def _template(name: str) -> str:
    return (shipped("skeleton") / name).read_text(encoding="utf-8")


def _repository(book: Path) -> Path:
    """Return the work tree that a book is in; the book itself if it is in none."""
    return next((one for one in (book, *book.resolve().parents) if (one / ".git").exists()), book)


def _yaml(path: str) -> str:
    """Return a path as a value of YAML, in quotes unless it is a plain name."""
    return path if re.fullmatch(r"\.|[A-Za-z][\w/-]*", path) else "'" + path.replace("'", "''") + "'"
