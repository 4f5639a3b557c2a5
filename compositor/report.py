"""What a command says while it works and at its end: findings, results on stdout, talk on stderr."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stderr
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import click

from compositor.errors import in_order, one_line, written
from compositor.model import Finding
from compositor.press import Timings

_MENTIONED = re.compile(r"(?<![\w\"/])[\w./-]+\.md(?=:\d)")
"""A place in a remedy: `18.01-architecture.md:88`."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a command was asked to speak."""

    style: Literal["text", "json", "github"] = "text"
    strict: bool = False
    timings: bool = False
    quiet: bool = False

    @property
    def for_people(self) -> bool:
        """Findings for people go to stderr; those for programs to stdout."""
        return self.style == "text"

    def stage(self, name: str) -> None:
        """Say on a terminal what is being done; elsewhere progress would only fill logs."""
        if self.for_people and not self.quiet and sys.stderr.isatty():
            click.echo(one_line(f"  {name} …"), err=True)

    def say(self, lines: Iterable[str]) -> None:
        """Something that people may want to know, one line each."""
        if self.for_people and not self.quiet:
            for line in lines:
                click.echo(one_line(line), err=True)

    def finish(self, findings: Sequence[Finding], book: Path, timings: Timings) -> bool:
        """Print every finding once, and the sum; returns whether the command failed."""
        shown = [_from_here(finding, book) for finding in in_order(findings)]
        for finding in shown:
            text = written(finding, self.style, self._colour) + ("\n" if self.for_people else "")
            click.echo(text, err=self.for_people, color=self._colour)
        errors = sum(1 for finding in shown if finding.severity == "error")
        warnings = len(shown) - errors
        if shown and self.for_people:
            first = next((finding for finding in shown if finding.severity == "error"), shown[0])
            code = f"; `explain {first.code}` says more"
            click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}{code}", err=True)
        if self.timings:
            self._print(timings)
        return bool(errors or (self.strict and warnings))

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Inside, what installers and the like say goes to stderr, or nowhere when quiet was asked for."""
        with redirect_stderr(io.StringIO()) if self.quiet else nullcontext():
            yield

    def table(self, lines: Iterable[str], as_json: str) -> None:
        """A table that is the result of a command; its JSON may be several lines."""
        for line in as_json.split("\n") if self.style == "json" else lines:
            click.echo(one_line(line))

    def result(self, path: Path) -> None:
        """A file that was made: its name is what the command gives back, as it is but for what steers a terminal."""
        click.echo(json.dumps({"output": str(path)}) if self.style == "json" else one_line(str(path)))

    @property
    def _colour(self) -> bool:
        if os.environ.get("NO_COLOR"):
            return False
        return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()

    def _print(self, timings: Timings) -> None:
        for name, seconds in timings.seconds.items():
            click.echo(one_line(f"{name:<12} {seconds:8.2f} s"), err=True)
        click.echo(f"{'in all':<12} {sum(timings.seconds.values()):8.2f} s", err=True)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _from_here(finding: Finding, book: Path) -> Finding:
    """The finding with a path that a terminal and an editor can open from where the command was given."""
    helps = tuple(_MENTIONED.sub(lambda match: _path(match[0], book), text) for text in finding.helps)
    return replace(finding, place=replace(finding.place, file=_path(finding.place.file, book)), helps=helps)


def _path(file: str, book: Path) -> str:
    """A file of the book, or of the repository above it, as it is called from here; anything else as it is."""
    if Path(file).is_absolute() or not (book / file).exists():
        return file
    return os.path.normpath(book / file) if file.startswith("../") else str(book / file)
