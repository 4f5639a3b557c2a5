"""Options and arguments that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from compositor.commands.asking import LANGUAGE, ONLY, PRINT, THEME
from compositor.commands.origins import book_here
from compositor.commands.words import CACHE_FOLDER, NO_CACHE, SERIAL

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

FOLDER: Decorator = click.argument("book", type=click.Path(path_type=Path), default=book_here)
FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
SHARED = (
    click.option("-o", "--output", type=click.Path(), default="dist/", show_default=True, help="A file, or a folder."),
    click.option("--strict", is_flag=True, help="Warnings count as errors."),
    click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are."),
    click.option(
        "--format", "style", type=click.Choice(["text", "short", "json", "github"]), default="text", show_default=True,
        help="How findings are written: for people, for editors, for programs, for GitHub's pages.",
    ),
    click.option("--timings", is_flag=True, help="Say how long each stage took."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings and results."),
    LANGUAGE,
    SERIAL,
    NO_CACHE,
    CACHE_FOLDER,
)  # fmt: skip
FIDELITY = click.option("--fidelity", is_flag=True, help="Tell what became of the book; fidelity.json has all of it.")
ON_SCREEN = (*SHARED, THEME, ONLY, FIDELITY)
ON_PAPER = (*SHARED, THEME, ONLY, *PRINT, FIDELITY)
SHAPES = (
    click.option("--zip", "packed", is_flag=True, help="One zip of the files."),
    click.option("--single", is_flag=True, help="One page of HTML in one file, with all that it shows."),
)
ON_WEB = (*ON_SCREEN, *SHAPES)
WITH_SITE = click.option("--web", "site", is_flag=True, help="The site too, with the numbers of the printed pages.")
WATCHED = (*SHARED[:2], *SHARED[6:], THEME, ONLY, *PRINT)
"""Of a command that says a line a build."""


def _editor(context: click.Context, option: click.Parameter, value: str) -> str:
    from compositor.commands.editors import address_of

    try:
        return address_of(value)
    except ValueError as problem:
        raise click.BadParameter(str(problem), context, option) from None


SERVED = (
    *SHARED[:2],
    *SHARED[6:],
    THEME,
    ONLY,
    click.option("--open", "opens", is_flag=True, help="Open the page in the browser."),
    click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; without it, any that is free."),
    click.option(
        "--editor", default="vscode", show_default=True, envvar="COMPOSITOR_EDITOR", callback=_editor, metavar="NAME",
        help="The editor that a click on a word opens, or an address with {path} and {line} in it.",
    ),
    click.option(
        "--goto", metavar="FILE:LINE", help="Have the `serve` that runs for this file show the line, and do no more."
    ),
)  # fmt: skip
"""Of the command that shows a book while it is written."""


def with_options(
    command: Callable[..., Any],
    options: Sequence[Decorator] = SHARED,
    argument: Decorator = FOLDER,
) -> Callable[..., Any]:
    """The folder and the options that every command on a book has."""
    for option in reversed(options):
        command = option(command)
    return argument(command)
