"""What has to be so before a command begins: the libraries of the system, and a name that is no other file's."""

from __future__ import annotations

from pathlib import Path

import click

from compositor.errors import EnvironmentMissing
from compositor.machine import native


def require_native_libraries() -> None:
    """Raise EnvironmentMissing, with this system's command, where WeasyPrint could not be imported."""
    native.prepare_search_path()
    missing = native.missing_libraries()
    if missing:
        raise EnvironmentMissing(native.explanation(missing, native.this_system()))


def in_folder(output: str) -> str:
    """A folder for several files, whose name ends in `/`; raises BadParameter for the name of a file."""
    if Path(output).suffix and not Path(output).is_dir() and not output.endswith("/"):
        raise click.BadParameter("several files need a folder: end it with /", param_hint="--output")
    return output.rstrip("/") + "/"


def named(output: str, ending: str, hint: str = "--output") -> str:
    """A name for what is written, or a folder; never that of another kind of file, which may be somebody's work."""
    if Path(output).suffix.lower() not in ("", ending) and not output.endswith("/") and not Path(output).is_dir():
        remedy = f'end the name with "{ending}"' + (", or a folder with /" if hint == "--output" else "")
        raise click.BadParameter(f'"{output}" would be a file of another kind; {remedy}', param_hint=hint)
    return output
