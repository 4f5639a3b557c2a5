"""`init`: a folder -> a small book in it that builds at once, with a workflow that publishes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from compositor.errors import EnvironmentMissing

SCHEMA = "book.schema.json"
"""The file name of the schema of book.toml, in the same folder."""
DIRECTIVE = f"#:schema ./{SCHEMA}"
"""The line with which book.toml names it. Source:
https://taplo.tamasfe.dev/configuration/directives.html#the-schema-directive."""


def start_book(folder: Path, made: Mapping[str, str] | None = None) -> Iterator[str]:
    """Copy the skeleton into a folder that does not exist or is empty; yield remarks to print. Raises UsageError.

    `made`: texts made for this book, by path; they replace those of the skeleton.
    """
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        raise click.BadParameter(f"{folder} exists and is not empty; name a new folder", param_hint="FOLDER")
    source = shipped("skeleton")
    try:
        for file in sorted(path for path in source.rglob("*") if path.is_file()):
            target = folder / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
            yield str(target)
        for name, text in (made or {}).items():
            new = not (folder / name).exists()
            (folder / name).write_text(text, encoding="utf-8")
            yield from [str(folder / name)] if new else []
    except OSError as problem:
        raise click.BadParameter(f"{folder} cannot be written: {problem.strerror}", param_hint="FOLDER") from None


def shipped(name: str) -> Path:
    """Return a folder that comes with Compositor: inside the package in a wheel, next to it in a checkout."""
    package = Path(__file__).resolve().parent
    for place in (package / "_theme" / name, package.parent / name):
        if place.is_dir():
            return place
    raise EnvironmentMissing(f"The {name} is not part of this installation; install compositor again.")
