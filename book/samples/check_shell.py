"""The samples of bash -> faults: bash reads them, shellcheck reads them, and each `aws` command is held to the API.

A sample is run by bash with an `aws` that does nothing but note its words, so that variables, loops and quotes are
bash's own business. An `aws` command that bash did not come to is a fault: nobody has checked it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import aws_model
import wire
from fences import Fault, Fence, fences_of_call, report

CALLS = Path(__file__).with_name("aws_calls.bash")
FILES = Path(__file__).with_name("files")
"""What a reader has beside the script: the listings that are files."""
OTHER = "!"
"""Stands before the words of a command that is none of the AWS CLI and reaches out of the machine all the same."""
_CALL = re.compile(r"(?:^|[(|&;]|\bdo\b|\bthen\b|\belse\b)\s*aws\s")
_BASH_SAYS = re.compile(r": line (\d+): (.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """An `aws` command that bash ran: the words after `aws`, and the line it stands on."""

    line: int
    words: tuple[str, ...]


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What is wrong with a sample of bash."""
    broken = list(_faults_of_grammar(fence))
    if broken:
        yield from broken
        return
    yield from _faults_of_shellcheck(fence)
    calls = calls_of(fence)
    with contextlib.chdir(FILES):
        for call in calls:
            if call.words[0] != OTHER:
                yield from (Fault(fence, call.line, message) for message in aws_model.faults_of(call.words))
    if fence.language == "bash":  # and no session
        yield from faults_of_requests(fence, calls)
    for line in sorted(lines_with_aws(fence.text) - {call.line for call in calls}):
        yield Fault(fence, line, "bash did not come to this aws command when the sample was tried, so it is unchecked")


def faults_of_requests(fence: Fence, calls: list[Call]) -> Iterator[Fault]:
    """Where a sample sends something else than the record of its chapter has."""
    sent = [(call.line, wire.line_of(call.words)) for call in calls]
    sent += [(line, f"{OTHER} {words}") for line, words in _pipes(fence.text)]
    failing = calls_of(fence, failing=True) if calls else []
    borne = sum(1 for call in failing if call.words[0] != OTHER)
    if borne > 1:
        end = failing[-1].words[1]
        sent.append((calls[-1].line, f"{OTHER} {borne} of these where every one fails, and then it ends {end}"))
    for line, message in wire.faults_of(wire.recorded(fence.chapter_name), fence.name, sent):
        yield Fault(fence, line, message)


def calls_of(fence: Fence, *, failing: bool = False) -> list[Call]:
    """The `aws` commands that bash comes to, with their words as bash makes them.

    `failing`: those it comes to when every one fails, and behind them how the script ends.
    """
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "calls"
        for file in FILES.iterdir():
            shutil.copy(file, folder)
        environment = os.environ | {"BASH_ENV": str(CALLS), "AWS_CALLS": str(noted), "AWS_FAILS": "1" * failing}
        done = subprocess.run(
            ["bash", *(["-euo", "pipefail"] if failing else []), str(fence.file)],
            env=environment, cwd=folder, input="word\n" * 9, text=True, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        lines = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
    parts = [line.split("\t", 2) for line in lines]
    text = fence.text.splitlines()
    end = Call(len(text), (OTHER, "in failure" if done.returncode else "well"))
    calls = [
        Call(first_line(text, int(line)), tuple(shlex.split(words)))
        for source, line, words in parts
        if source == str(fence.file)
    ]
    return [*calls, end] if failing else calls


def _pipes(text: str) -> Iterator[tuple[int, str]]:
    """Line and words of what the output of a command goes through, as it is written."""
    for number, line in enumerate(text.splitlines(), 1):
        words = shlex.shlex(line.rstrip("\\"), posix=True, punctuation_chars="|&;()")
        words.whitespace_split = True
        try:
            found = list(words)
        except ValueError:  # a quote that goes on in the next line
            continue
        if "|" in found:
            yield number, " ".join(found[found.index("|") :])


def first_line(text: list[str], line: int) -> int:
    """The line on which a command begins that goes on over several: in `$(...)` bash tells the last."""
    while line > 1 and text[line - 2].endswith("\\"):
        line -= 1
    return line


def lines_with_aws(text: str) -> set[int]:
    """Lines (from 1) on which an `aws` command begins, by the looks of it."""
    return {number for number, line in enumerate(text.splitlines(), 1) if _CALL.search(line)}


def _faults_of_grammar(fence: Fence) -> Iterator[Fault]:
    told = subprocess.run(["bash", "-n", str(fence.file)], capture_output=True, text=True, check=False)
    for line in told.stderr.splitlines() if told.returncode else []:
        match = _BASH_SAYS.search(line)
        yield Fault(fence, int(match[1]) if match else 1, f"bash: {match[2] if match else line}")


def _faults_of_shellcheck(fence: Fence) -> Iterator[Fault]:
    told = subprocess.run(
        ["shellcheck", "--shell=bash", "--format=json", str(fence.file)], capture_output=True, text=True, check=False
    )
    for found in json.loads(told.stdout):
        yield Fault(fence, found["line"], f"shellcheck: {found['message']} [SC{found['code']}]", found["column"])


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
