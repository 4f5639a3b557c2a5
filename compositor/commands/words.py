"""Command-line values that need more than Click's types: a theme, a path, and `--serial`."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import Any

import click

from compositor.machine.cores import VARIABLE
from compositor.machine.variables import CACHE, OFF

LONGEST_NAME, LONGEST = 255, 4095
"""Most bytes of a name and of a whole path, on the supported systems."""



class ThemeName(click.ParamType[str]):
    """The name of a theme; the themes are listed only when this option is used."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name, or fail with the list of names."""
        return self._choice().convert(value, param, ctx)

    def _choice(self) -> click.Choice[str]:
        from compositor.theme import themes

        return click.Choice(themes())


class NamedPath(click.Path):
    """Like Click's Path, but a name that no system can have is a usage error."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path. Raises BadParameter if it is too long."""
        whole = os.fspath(value)
        longest = max((len(os.fsencode(part)) for part in PurePath(whole).parts), default=0)
        if longest > LONGEST_NAME or len(os.fsencode(whole)) > LONGEST:
            self.fail(f'"{whole[:40]}…" is too long; a name has at most {LONGEST_NAME} bytes', param, ctx)
        return super().convert(value, param, ctx)


def _alone(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        os.environ[VARIABLE], os.environ[CACHE] = "1", OFF


def _without_cache(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        os.environ[CACHE] = OFF


def _with_cache(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        os.environ[CACHE] = str(value.absolute())


SERIAL = click.option(
    "--serial", is_flag=True, expose_value=False, callback=_alone,
    help="Set all pages again in one process; the bytes are the same.",
)  # fmt: skip
NO_CACHE = click.option(
    "--no-cache", is_flag=True, expose_value=False, callback=_without_cache,
    help="Do not use or fill the cache.",
)  # fmt: skip
CACHE_FOLDER = click.option(
    "--cache-dir", type=NamedPath(file_okay=False, path_type=Path), expose_value=False, is_eager=True,
    callback=_with_cache,
    help="The folder of the cache.",
)  # fmt: skip
