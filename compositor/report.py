"""What a command prints while it works and when it ends: results on stdout, findings and progress on stderr."""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import click

from compositor import __version__
from compositor.errors import BUG, PROBLEMS, in_order, one_line, printable, written
from compositor.fence import WorkerFault
from compositor.formats import Format
from compositor.model import Finding

FEW = 10
"""Up to so many findings are printed in full; more are grouped by kind."""
NO_FONT = "P105"
"""The code of letters that are boxes in the PDF."""
GROUPS = 10
"""Kinds of findings that fit on a screen."""
SOURCES = (".md", ".toml", ".yml", ".yaml")
"""Endings of files that an author writes."""
PLACES = 3
"""Places that are named for findings of the same kind."""
_MENTIONED = re.compile(r"(?<![\w\"/])[\w./-]+\.md(?=:\d)")
"""A place in a remedy: `18.01-architecture.md:88`."""


LINE_BEFORE = "\x1b[1A\x1b[2K"
"""Moves the cursor up and clears the line. Source: ECMA-48, CUU and EL."""


class Unheard(click.ClickException):
    """The output cannot be written; the message says what was done all the same."""

    exit_code = PROBLEMS


def _echo(text: str, err: bool = False, color: bool | None = None) -> None:
    """Print a line on stdout or stderr. Raises Unheard if it cannot be written; a closed pipe is not an error."""
    try:
        click.echo(text, err=err, color=color)
    except BrokenPipeError:
        raise
    except OSError as problem:
        where = "error" if err else "output"
        message = f"the standard {where} cannot be written: {problem.strerror}; the files that were made are in place"
        raise Unheard(message) from None


@dataclass(frozen=True, slots=True)
class Report:
    """How a command was asked to report."""

    style: Literal["text", "short", "json", "github"] = "text"
    strict: bool = False
    """Every warning is an error, except those that the book tolerates."""
    timings: bool = False
    quiet: bool = False
    everything: bool = False
    """Print every finding, not only what fits on a screen."""
    fidelity: bool = False
    """Say what became of any book, not only of one of another tool."""

    @property
    def for_people(self) -> bool:
        """Where findings go: those for people to stderr, those for programs to stdout."""
        return self.style == "text"

    def stage(self, name: str) -> None:
        """Show on a terminal what is being done. In a log, progress would only take up space.

        The progress of a stage, `make pdf: 120 of 330 pages`, replaces the line before it.
        """
        if self.for_people and not self.quiet and sys.stderr.isatty():
            up = LINE_BEFORE if ": " in name and os.environ.get("TERM", "dumb") != "dumb" else ""
            _echo(up + one_line(f"  {name} …"), err=True)

    def say(self, lines: Iterable[str]) -> None:
        """Print remarks for people, one line each."""
        if self.for_people and not self.quiet:
            for line in lines:
                _echo(one_line(line), err=True)

    def finish(
        self,
        findings: Sequence[Finding],
        book: Path,
        timings: Mapping[str, float],
        made: Sequence[Path] = (),
        missing: Sequence[Format] = (),
    ) -> bool:
        """Print the findings, their number, and what was made and what was not. Return whether the command failed."""
        shown = [from_here(finding, book) for finding in in_order(findings)]
        if self.for_people and not self.everything and len(shown) > FEW:
            self._print_groups(shown)
        else:
            for finding in shown:
                text = written(finding, self.style, self._colour) + ("\n" if self.for_people else "")
                _echo(text, err=self.for_people, color=self._colour)
        if self.timings:
            self._print(timings)
        if self.for_people and (shown or missing):
            _echo(one_line(_last_line(shown, made, missing)), err=True)
        return any(finding.severity == "error" for finding in shown)

    def _print_groups(self, findings: Sequence[Finding]) -> None:
        """Print one screen: findings of one kind together, with the first places.

        Errors come first, then what readers will miss, then what is most frequent.
        """
        by_kind: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            by_kind.setdefault((finding.severity, finding.code), []).append(finding)
        groups = sorted(by_kind.values(), key=_rank)
        for group in groups[:GROUPS]:
            _echo(_grouped(group, self._colour) + "\n", err=True, color=self._colour)
        if groups[GROUPS:]:
            rest = ", ".join(f"{group[0].code} ({len(group)})" for group in groups[GROUPS:])
            _echo(f"and {_count(len(groups) - GROUPS, 'other kind')}: {rest}", err=True)
        _echo("`--all` prints them all\n", err=True)

    def table(self, lines: Iterable[str], as_json: str) -> None:
        """Print a table that is the result of a command. Its JSON may have several lines."""
        for line in as_json.split("\n") if self.style == "json" else lines:
            _echo(one_line(line))

    def result(self, path: Path) -> None:
        """Print the path of a file that was made, unchanged except for characters that control a terminal."""
        _echo(json.dumps({"output": str(path)}) if self.style == "json" else one_line(str(path)))

    @property
    def _colour(self) -> bool:
        if os.environ.get("NO_COLOR"):
            return False
        return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()

    def counted(self, counts: Mapping[str, int]) -> None:
        """Print how many items were worked on, and how many came from the cache, if timings were asked for."""
        if self.timings and self.style == "json":
            _echo(json.dumps({"counts": {**counts}}))
        elif self.timings:
            for name, number in counts.items():
                _echo(one_line(f"{name.replace('_', ' '):<16} {number:6}"), err=True)

    def _print(self, timings: Mapping[str, float]) -> None:
        for name, seconds in timings.items():
            _echo(one_line(f"{name:<12} {seconds:8.2f} s"), err=True)
        _echo(f"{'in all':<12} {sum(timings.values()):8.2f} s", err=True)


def _rank(group: Sequence[Finding]) -> tuple[str, bool, int, str]:
    """Return what decides the order of kinds."""
    from compositor.fidelity.promises import PLACEHOLDERS  # noqa: PLC0415 - needed only where something was found

    missed = group[0].code in (NO_FONT, *PLACEHOLDERS)
    return group[0].severity, not missed, -len(group), group[0].code


def _grouped(findings: Sequence[Finding], colour: bool = False) -> str:
    """Format findings of one code and severity for a terminal: how many, the first of them, places, and remedies."""
    first, *others = findings
    if not others:
        return written(first, "text", colour)
    places = list(dict.fromkeys(str(one.place) for one in findings))
    where = ", ".join(places[:PLACES])
    rest = f" and {len(places) - PLACES} more places" if len(places) > PLACES else ""
    head, arrow, *lines = written(replace(first, excerpt="", said=()), "text", colour).split("\n")
    arrow = f"{arrow.partition('--> ')[0]}--> {printable(where + rest)}"
    return "\n".join([f"{head} (this or a similar one, {len(findings)} times)", arrow, *lines])


def outcome(findings: Sequence[Finding], made: Sequence[Path], missing: Sequence[Format]) -> str:
    """Return a line such as `made a.pdf, a.epub; 12 warnings` or `not made: the PDF; 1 error, 2 warnings`."""
    errors = sum(1 for one in findings if one.severity == "error")
    counts = ((errors, "error"), (len(findings) - errors, "warning"))
    parts = (
        f"made {', '.join(map(str, made))}" if made else "",
        f"not made: {', '.join(f'the {one.called}' for one in missing)}" if missing else "",
        ", ".join(_count(number, name) for number, name in counts if number),
    )
    return "; ".join(part for part in parts if part)


def _last_line(findings: Sequence[Finding], made: Sequence[Path], missing: Sequence[Format]) -> str:
    """Return the result, and which code to look up: `1 warning; for an explanation: compositor explain P201`."""
    if not findings:
        return outcome(findings, (), missing)
    worst = next((one for one in findings if one.severity == "error"), findings[0])
    return f"{outcome(findings, made, missing)}; for an explanation: {called()} explain {worst.code}"


def called() -> str:
    """Return how this command was called, ready for pasting into the same shell: as installed, or from a clone."""
    name = Path(sys.argv[0]).name
    return f"python3 {sys.argv[0]}" if name == "build.py" else "compositor"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def from_here(finding: Finding, book: Path) -> Finding:
    """Return the finding with a path that a terminal and an editor can open from the current folder."""
    helps = tuple(_MENTIONED.sub(lambda match: _path(match[0], book), text) for text in finding.helps)
    return replace(finding, place=replace(finding.place, file=_path(finding.place.file, book)), helps=helps)


def _path(file: str, book: Path) -> str:
    """Return the path, from the current folder, of a file in the book or its repository, also of a missing source.

    Any other path is unchanged.
    """
    is_missing = file.endswith(SOURCES) and not os.path.exists(file)
    if Path(file).is_absolute() or not (os.path.exists(book / file) or is_missing):
        return file
    return os.path.normpath(book / file) if file.startswith("../") else str(book / file)


def bug(problem: BaseException) -> int:
    """Report a bug in Compositor, with what a bug report needs and the place in the book where it happened."""
    inside = problem if isinstance(problem, WorkerFault) else None
    trace = inside.traceback if inside else "".join(traceback.format_exception(problem))
    at = f" It was at {inside.where}." if inside and inside.where else ""
    files = " No file was written." if inside and not inside.wrote else ""
    say_as_it_is(f"This is a bug in Compositor, not in your book.{at}{files}\n")
    say_as_it_is(f"Please report it with these lines (compositor {__version__}, Python {sys.version.split()[0]}):\n")
    say_as_it_is(trace + "\n")
    return BUG


def say_as_it_is(text: str) -> None:
    """Print lines on stderr; nothing from a book can control the terminal."""
    with suppress(OSError):
        click.echo("\n".join(map(one_line, text.split("\n"))), err=True, nl=False)
