"""Paths on the command line: those that a system can have."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any

import click

LONGEST_NAME, LONGEST = 255, 4095
"""Bytes of a name and of a whole path, on the systems that are supported."""


class NamedPath(click.Path):
    """As click's, but a name that no system can have is a mistake on the command line."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; raises BadParameter where it is too long."""
        whole = os.fspath(value)
        longest = max((len(os.fsencode(part)) for part in PurePath(whole).parts), default=0)
        if longest > LONGEST_NAME or len(os.fsencode(whole)) > LONGEST:
            self.fail(f'"{whole[:40]}…" is too long; a name has at most {LONGEST_NAME} bytes', param, ctx)
        return super().convert(value, param, ctx)
