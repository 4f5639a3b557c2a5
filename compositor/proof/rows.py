"""A question about a file -> Row: one promise, and whether it holds."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compositor.fidelity import Fidelity
from compositor.machine.doctor import run_program
from compositor.model import Book, Finding

Outcome = Literal["holds", "fails", "not run"]
SECONDS = 170
"""Seconds after which a program that does not finish is stopped."""


@dataclass(frozen=True, slots=True)
class Files:
    """What is checked: the files of one build, and the findings from making them."""

    book: Book | None
    findings: tuple[Finding, ...]
    paths: tuple[Path, ...] = ()
    """Empty if the build has found errors and made none."""
    sums: Mapping[str, str] | None = None
    """SHA-256 of the files of another build, by name; None if there is none to compare with."""
    fidelity: Fidelity | None = None
    """What became of the book; None if nothing was made of it."""

    def path(self, ending: str) -> Path | None:
        """Return the file with this ending."""
        return next((path for path in self.paths if path.suffix == ending), None)


@dataclass(frozen=True, slots=True)
class Question:
    """A promise, and the program that checks it."""

    promise: str
    tool: str
    command: str
    """The command as one would type it in the folder of the file, which is BOOK.pdf or BOOK.epub in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report."""

    promise: str
    tool: str
    command: str
    outcome: Outcome
    figure: str
    """What was counted, or why nothing was."""
    version: str = ""
    status: int | None = None
    """The exit status of a program; None if none was started."""
    sums: tuple[tuple[str, str], ...] = ()
    """Name and SHA-256 of each checked file."""
    details: tuple[str, ...] = ()
    """The evidence against the promise."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a check."""

    good: bool
    figure: str
    version: str = ""
    status: int | None = None
    details: tuple[str, ...] = ()


def answered(question: Question, answer: Answer, *files: Path) -> Row:
    """Return the row of a question that was asked about these files."""
    command = question.command
    for file in files:
        command = command.replace(f"BOOK{file.suffix}", shlex.quote(file.name))
    return Row(
        question.promise,
        question.tool,
        command,
        "holds" if answer.good else "fails",
        answer.figure,
        answer.version,
        answer.status,
        tuple((file.name, sha256(file)) for file in files),
        answer.details,
    )


def not_run(question: Question, why: str) -> Row:
    """Return the row of a question that could not be asked."""
    return Row(question.promise, question.tool, question.command, "not run", why)


def count(number: int, name: str) -> str:
    """Return a number of things in words: `1 error`, `2 errors`."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def sha256(path: Path) -> str:
    """Return the checksum of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def call(words: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Return exit status and all output of a program; 124, as `timeout` has it, for one that does not finish."""
    try:
        done = run_program(words, environment, SECONDS)
    except TimeoutError:
        return 124, f"gave no answer in {SECONDS} seconds"
    except OSError as problem:
        return 126, str(problem.strerror)
    return done.returncode, done.stdout + done.stderr
