"""Options that say how a book is read and set, whatever its book.toml says. They are kept until the book is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compositor.commands.words import ThemeName
from compositor.model import Paper

if TYPE_CHECKING:
    from compositor.press import Proof, Timings

KEPT = "compositor.asked"
"""The key in Click's context under which the options of a command are kept."""


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
    context.meta.setdefault(KEPT, {})[option.name] = value


def _keep_bleed(context: click.Context, option: click.Parameter, value: str) -> None:
    if not value:
        return
    from compositor.settings.rules import bleed_of

    length = bleed_of(value)
    if length is None:
        raise click.BadParameter('write a length such as "3mm" or "0.125in", of 25 mm at most', context, option)
    _keep(context, option, length)


LANGUAGE = click.option(
    "--language", default="", expose_value=False, callback=_keep,
    help="The language to build, in a folder with a book or translations for each.",
)  # fmt: skip
THEME = click.option(
    "--theme", type=ThemeName(), default=None, expose_value=False, callback=_keep,
    help="Use this theme, whatever the book says.",
)  # fmt: skip
PRINT = (
    click.option(
        "--bleed", default="", expose_value=False, callback=_keep_bleed,
        help='For a printer: how far colour and pictures continue beyond the page edge, such as "3mm".',
    ),
    click.option(
        "--crop-marks", is_flag=True, expose_value=False, callback=_keep,
        help="Mark outside the bleed where the sheets of the PDF are cut.",
    ),
    click.option(
        "--interior", is_flag=True, expose_value=False, callback=_keep,
        help="Make the PDF without the cover.",
    ),
)  # fmt: skip

ONLY = click.option(
    "--only", metavar="PART", default="", expose_value=False, callback=_keep,
    help="Build one chapter or section: its printed number, such as 18.5, its file, or the id of its heading.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """How a book is read: how strictly, in which look and in which language."""

    strict: bool
    language: str
    theme: str
    paper: Paper

    def __call__(self, book: Path, timings: Timings) -> Proof:
        """Read the book. The modules for that are imported only now."""
        from compositor.press import Asked, read_book

        return read_book(book, timings, self.strict, asked=Asked(self.language, self.theme, self.paper))


def reader_asked(strict: bool) -> Reading:
    """Return how the running command was asked to read a book."""
    kept = click.get_current_context().meta.get(KEPT, {})
    paper = Paper(kept.get("bleed", ""), kept.get("crop_marks", False), kept.get("interior", False))
    return Reading(strict, kept.get("language", ""), kept.get("theme") or "", paper)


def part_asked() -> str:
    """Return the part of the book that the running command was asked for; empty for all of it."""
    return str(click.get_current_context().meta.get(KEPT, {}).get("only", "")).strip()
