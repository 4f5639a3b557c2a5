"""What a command says while it works and at its end: findings, results on stdout, talk on stderr."""

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
"""So many findings are printed whole; more of them are told by kind."""
GROUPS = 10
"""Kinds of findings that fit on a screen."""
PLACES = 3
"""Places that are named of findings that are alike."""
_MENTIONED = re.compile(r"(?<![\w\"/])[\w./-]+\.md(?=:\d)")
"""A place in a remedy: `18.01-architecture.md:88`."""


LINE_BEFORE = "\x1b[1A\x1b[2K"
"""What has a terminal write over the line before. Source: ECMA-48, CUU and EL."""


class Unheard(click.ClickException):
    """What there is to say cannot be said: the message says what of it is done all the same."""

    exit_code = PROBLEMS


def _echo(text: str, err: bool = False, color: bool | None = None) -> None:
    """A line on stdout or stderr; raises Unheard where it cannot be written. A pipe that nobody reads is no fault."""
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
    """How a command was asked to speak."""

    style: Literal["text", "short", "json", "github"] = "text"
    strict: bool = False
    """Every warning is an error, but for those that the book tolerates."""
    timings: bool = False
    quiet: bool = False
    everything: bool = False
    """Every finding, and not what fits on a screen."""
    fidelity: bool = False
    """What became of a book of the press too, and not of one of another tool alone."""

    @property
    def for_people(self) -> bool:
        """Findings for people go to stderr; those for programs to stdout."""
        return self.style == "text"

    def stage(self, name: str) -> None:
        """Say on a terminal what is being done; elsewhere progress would only fill logs.

        How far a stage has come, `make pdf: 120 of 330 pages`, stands in the place of what was said of it before.
        """
        if self.for_people and not self.quiet and sys.stderr.isatty():
            up = LINE_BEFORE if ": " in name and os.environ.get("TERM", "dumb") != "dumb" else ""
            _echo(up + one_line(f"  {name} …"), err=True)

    def say(self, lines: Iterable[str]) -> None:
        """Something that people may want to know, one line each."""
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
        """Print what was found, the sum, and what was made of it and what not; returns whether the command failed."""
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
        """One screen: what is alike is told once, with the first places; the worst and the most frequent first."""
        by_kind: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            by_kind.setdefault((finding.severity, finding.code), []).append(finding)
        groups = sorted(by_kind.values(), key=lambda group: (group[0].severity, -len(group), group[0].code))
        for group in groups[:GROUPS]:
            _echo(_grouped(group, self._colour) + "\n", err=True, color=self._colour)
        if groups[GROUPS:]:
            rest = ", ".join(f"{group[0].code} ({len(group)})" for group in groups[GROUPS:])
            _echo(f"and {_count(len(groups) - GROUPS, 'other kind')}: {rest}", err=True)
        _echo("`--all` prints every one of them\n", err=True)

    def table(self, lines: Iterable[str], as_json: str) -> None:
        """A table that is the result of a command; its JSON may be several lines."""
        for line in as_json.split("\n") if self.style == "json" else lines:
            _echo(one_line(line))

    def result(self, path: Path) -> None:
        """A file that was made: its name is what the command gives back, as it is but for what steers a terminal."""
        _echo(json.dumps({"output": str(path)}) if self.style == "json" else one_line(str(path)))

    @property
    def _colour(self) -> bool:
        if os.environ.get("NO_COLOR"):
            return False
        return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()

    def counted(self, counts: Mapping[str, int]) -> None:
        """How much was worked on, and how much was in the cache, for those who ask for timings."""
        if self.timings and self.style == "json":
            _echo(json.dumps({"counts": {**counts}}))
        elif self.timings:
            for name, number in counts.items():
                _echo(one_line(f"{name.replace('_', ' '):<16} {number:6}"), err=True)

    def _print(self, timings: Mapping[str, float]) -> None:
        for name, seconds in timings.items():
            _echo(one_line(f"{name:<12} {seconds:8.2f} s"), err=True)
        _echo(f"{'in all':<12} {sum(timings.values()):8.2f} s", err=True)


def _grouped(findings: Sequence[Finding], colour: bool = False) -> str:
    """Findings of one code and severity for a terminal: how many, the first of them, where, and its remedies."""
    first, *others = findings
    if not others:
        return written(first, "text", colour)
    places = list(dict.fromkeys(str(one.place) for one in findings))
    where = ", ".join(places[:PLACES])
    rest = f" and {len(places) - PLACES} more places" if len(places) > PLACES else ""
    head, arrow, *lines = written(replace(first, excerpt="", said=()), "text", colour).split("\n")
    arrow = f"{arrow.partition('--> ')[0]}--> {printable(where + rest)}"
    return "\n".join([f"{head} (this or the like, {len(findings)} times)", arrow, *lines])


def outcome(findings: Sequence[Finding], made: Sequence[Path], missing: Sequence[Format]) -> str:
    """`made a.pdf, a.epub; 12 warnings`, `not made: the PDF; 1 error, 2 warnings`."""
    errors = sum(1 for one in findings if one.severity == "error")
    counts = ((errors, "error"), (len(findings) - errors, "warning"))
    parts = (
        f"made {', '.join(map(str, made))}" if made else "",
        f"not made: {', '.join(f'the {one.called}' for one in missing)}" if missing else "",
        ", ".join(_count(number, name) for number, name in counts if number),
    )
    return "; ".join(part for part in parts if part)


def _last_line(findings: Sequence[Finding], made: Sequence[Path], missing: Sequence[Format]) -> str:
    """What came of a build, and which code to ask about: `1 warning; for an explanation: compositor explain P201`."""
    if not findings:
        return outcome(findings, (), missing)
    worst = next((one for one in findings if one.severity == "error"), findings[0])
    return f"{outcome(findings, made, missing)}; for an explanation: {called()} explain {worst.code}"


def called() -> str:
    """How this command was called, to be pasted into the same shell: the installed one, or that of a clone."""
    name = Path(sys.argv[0]).name
    return f"python3 {sys.argv[0]}" if name == "build.py" else "compositor"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def from_here(finding: Finding, book: Path) -> Finding:
    """The finding with a path that a terminal and an editor can open from where the command was given."""
    helps = tuple(_MENTIONED.sub(lambda match: _path(match[0], book), text) for text in finding.helps)
    return replace(finding, place=replace(finding.place, file=_path(finding.place.file, book)), helps=helps)


def _path(file: str, book: Path) -> str:
    """A file of the book, or of the repository above it, as it is called from here; anything else as it is."""
    if Path(file).is_absolute() or not os.path.exists(book / file):
        return file
    return os.path.normpath(book / file) if file.startswith("../") else str(book / file)


def bug(problem: BaseException) -> int:
    """Own up to a fault of the press, with what a report of it needs, and the place in the book that it was at."""
    inside = problem if isinstance(problem, WorkerFault) else None
    trace = inside.traceback if inside else "".join(traceback.format_exception(problem))
    at = f" It was at {inside.where}." if inside and inside.where else ""
    files = " No file was written." if inside and not inside.wrote else ""
    say_as_it_is(f"This is a bug in Compositor, not in your book.{at}{files}\n")
    say_as_it_is(f"Please report it with these lines (compositor {__version__}, Python {sys.version.split()[0]}):\n")
    say_as_it_is(trace + "\n")
    return BUG


def say_as_it_is(text: str) -> None:
    """Lines on stderr, in which nothing of a book steers the terminal."""
    with suppress(OSError):
        click.echo("\n".join(map(one_line, text.split("\n"))), err=True, nl=False)
