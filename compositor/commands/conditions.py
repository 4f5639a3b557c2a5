"""What must hold before a command begins: the system libraries exist, and the output is not some other file."""

from __future__ import annotations

from pathlib import Path

import click

from compositor.errors import EnvironmentMissing
from compositor.machine import native


def require_native_libraries() -> None:
    """Raise EnvironmentMissing, with the install command of this system, if WeasyPrint could not be imported."""
    native.prepare_search_path()
    missing = native.missing_libraries()
    if missing:
        raise EnvironmentMissing(native.explanation(missing, native.this_system()))


def in_folder(output: str) -> str:
    """Return a folder for several files; its name may end in `/`. Raises BadParameter for the name of a file."""
    if Path(output).suffix and not Path(output).is_dir() and not output.endswith("/"):
        raise click.BadParameter("several files need a folder: end it with /", param_hint="--output")
    return output.rstrip("/") + "/"


def named(output: str, ending: str, hint: str = "--output") -> str:
    """Return a name for the output, or a folder. A file of another kind is refused, because it may be a user's work."""
    if Path(output).suffix.lower() not in ("", ending) and not output.endswith("/") and not Path(output).is_dir():
        remedy = f'end the name with "{ending}"' + (", or a folder with /" if hint == "--output" else "")
        raise click.BadParameter(f'"{output}" would be a file of another kind; {remedy}', param_hint=hint)
    return output
