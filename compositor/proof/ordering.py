"""The options of `check --full --report` -> a build, its rows, and the report as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from compositor.errors import EnvironmentMissing
from compositor.formats.writing.files import write_atomically
from compositor.formats.writing.places import refuse
from compositor.machine.scratch import Scratch, temporary_folder
from compositor.press import Timings
from compositor.proof import Files, Row, as_html, as_lines, prove
from compositor.proof.page import summary
from compositor.proof.versions import versions


def sums_given(path: Path | None) -> Mapping[str, str] | None:
    """Return the checksums in the named file. Raises UsageError if it has none."""
    try:
        return None if path is None else sums_of(path)
    except (OSError, ValueError) as problem:
        raise click.BadParameter(f"{path}: {problem}", param_hint="--sums") from None


@contextmanager
def folder_for(output: str | None, report: Path | None) -> Iterator[str | None]:
    """Return the folder for the files of a check: the named one, else a temporary one for the report."""
    if output or report is None:
        yield output and output.rstrip("/") + "/"
        return
    try:
        made = Scratch("proof")
    except OSError as problem:
        where = problem.filename or temporary_folder()
        raise EnvironmentMissing(f"temporary files cannot be written: {where}: {problem.strerror}") from None
    with made as folder:
        yield f"{folder}/files/"  # the folder itself is locked, and writing files locks their folder


def sums_of(path: Path) -> Mapping[str, str]:
    """Return names and SHA-256 checksums from `reproduce.json` or the output of `sha256sum`. Raises ValueError."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("{"):
        files = json.loads(text).get("files")
        if not isinstance(files, dict):
            raise ValueError('it has no "files"')
        return {str(name): str(total) for name, total in files.items()}
    pairs = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    if not pairs or any(len(pair) != 2 or len(pair[0]) != 64 for pair in pairs):
        raise ValueError("it is neither a reproduce.json nor a list of SHA-256 sums")
    return {name.lstrip("*").strip(): total for total, name in pairs}


def write_report(target: Path, files: Files, timings: Timings) -> tuple[Row, ...]:
    """Run all checks, write the page, and return its rows. Raises BookError if it cannot be written."""
    if files.book is not None:
        refuse([target], files.book.manuscript.folder)
    with timings.stage("ask others"):
        rows = prove(files)
    write_atomically(target, as_html(rows, files.book, tuple(versions()), files.fidelity).encode())
    return rows


def spoken(rows: Sequence[Row]) -> tuple[list[str], str]:
    """Return the rows for people, and as one line of JSON each."""
    return [*as_lines(rows), summary(rows)], "\n".join(json.dumps(asdict(row), ensure_ascii=False) for row in rows)
