"""Words of the command line that ask for more than Click knows: a theme, and one process alone."""

from __future__ import annotations

import os
from typing import Any

import click

from compositor.machine.cores import VARIABLE


class ThemeName(click.ParamType[str]):
    """The name of a theme; they are looked for when one is asked for."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name, or a usage error that names those there are."""
        return self._choice().convert(value, param, ctx)

    def _choice(self) -> click.Choice[str]:
        from compositor.theme import themes

        return click.Choice(themes())


def _alone(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        os.environ[VARIABLE] = "1"


SERIAL = click.option(
    "--serial", is_flag=True, expose_value=False, callback=_alone,
    help="Set the pages in one process, one file after the other; the bytes are the same.",
)  # fmt: skip
