"""`init`: a folder -> a small book in it that builds at once, with a workflow that publishes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from compositor.errors import EnvironmentMissing

SCHEMA = "book.schema.json"
"""The file name of the schema of book.toml, in the same folder."""
DIRECTIVE = f"#:schema ./{SCHEMA}"
"""The line with which book.toml names it. Source:
https://taplo.tamasfe.dev/configuration/directives.html#the-schema-directive."""


def start_book(folder: Path, made: Mapping[str, str | None]) -> Iterator[str]:
    """Copy the skeleton into a folder that does not exist or is empty; yield remarks to print. Raises UsageError.

    `made`: texts made for this book, by path; they replace those of the skeleton, and None leaves a file out.
    """
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        raise click.BadParameter(f"{folder} exists and is not empty; name a new folder", param_hint="FOLDER")
    source = shipped("skeleton")
    files = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    for name in sorted(files | made.keys()):
        if name not in made:
            yield write_new(folder / name, (source / name).read_bytes())
        elif (text := made[name]) is not None:
            yield write_new(folder / name, text)


def write_new(file: Path, content: str | bytes) -> str:
    """Write a file that does not exist yet, with its folders; return its path. Raises UsageError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as new:
            new.write(content.encode() if isinstance(content, str) else content)
    except FileExistsError:
        raise click.BadParameter(f"{file} is there already and stays as it is", param_hint="FOLDER") from None
    except OSError as problem:
        raise click.BadParameter(f"{file} cannot be written: {problem.strerror}", param_hint="FOLDER") from None
    return str(file)


def shipped(name: str) -> Path:
    """Return a folder that comes with Compositor: inside the package in a wheel, next to it in a checkout."""
    package = Path(__file__).resolve().parent
    for place in (package / "_theme" / name, package.parent / name):
        if place.is_dir():
            return place
    raise EnvironmentMissing(f"The {name} is not part of this installation; install compositor again.")
