"""Options and arguments that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from compositor.commands.asking import LANGUAGE, ONLY, PRINT, THEME
from compositor.commands.origins import book_here, the_book_in
from compositor.commands.words import CACHE_FOLDER, NO_CACHE, SERIAL, NamedPath

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class BookPath(NamedPath):
    """The folder of a book, or the one in which `init` has started it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the folder of the book; raise BadParameter as any path does."""
        return the_book_in(super().convert(value, param, ctx))


FOLDER: Decorator = click.argument("book", type=BookPath(path_type=Path), default=book_here)
FILE = NamedPath(dir_okay=False, path_type=Path)
EXISTING = NamedPath(exists=True, dir_okay=False, path_type=Path)
SHARED = (
    click.option("-o", "--output", type=NamedPath(), default="dist/", show_default=True, help="The file or folder."),
    click.option("--strict", is_flag=True, help="Treat warnings as errors."),
    click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are."),
    click.option(
        "--format", "style", type=click.Choice(["text", "short", "json", "github"]), default="text", show_default=True,
        help="How to print findings: for people, editors, programs or GitHub.",
    ),
    click.option("--timings", is_flag=True, help="Print how long each stage took."),
    click.option("-q", "--quiet", is_flag=True, help="Print only findings and results."),
    LANGUAGE,
    SERIAL,
    NO_CACHE,
    CACHE_FOLDER,
)  # fmt: skip
FIDELITY = click.option("--fidelity", is_flag=True, help="Report what was kept, changed and left out (fidelity.json).")
ON_SCREEN = (*SHARED, THEME, ONLY, FIDELITY)
ON_PAPER = (*SHARED, THEME, ONLY, *PRINT, FIDELITY)
SHAPES = (
    click.option("--zip", "packed", is_flag=True, help="Make one zip file."),
    click.option("--single", is_flag=True, help="Make one HTML file with everything in it."),
)
ON_WEB = (*ON_SCREEN, *SHAPES)
WITH_SITE = click.option("--web", "site", is_flag=True, help="Make the site too, with the printed page numbers.")
WATCHED = (*SHARED[:2], *SHARED[6:], THEME, ONLY, *PRINT)
"""For a command that prints a line for each build."""


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
    click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; by default any free one."),
    click.option(
        "--editor", default="vscode", show_default=True, envvar="COMPOSITOR_EDITOR", callback=_editor, metavar="NAME",
        help="The editor to open on a click, or an address with {path} and {line}.",
    ),
    click.option(
        "--goto", metavar="FILE:LINE", help="Show this line in the `serve` that is running, and exit."
    ),
)  # fmt: skip
"""For the command that shows a book while it is written."""


def with_options(
    command: Callable[..., Any],
    options: Sequence[Decorator] = SHARED,
    argument: Decorator = FOLDER,
) -> Callable[..., Any]:
    """Add the folder and the options that every command on a book has."""
    for option in reversed(options):
        command = option(command)
    return argument(command)
