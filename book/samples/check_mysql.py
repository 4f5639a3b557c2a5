"""The samples of SQL for MySQL -> faults: a grammar of MySQL reads each statement, but those that only Aurora has.

The grammar is that of dt-sql-parser, an npm package; esbuild makes one file of it and ours, which node runs. The
statements of a sample that MariaDB cannot run stand a second time in requests/mysql (wire.py says why).
"""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import wire
from fences import Fault, Fence, fences_of_call, report

HERE = Path(__file__).parent
_KNOWN = tomllib.loads((HERE / "aurora_mysql.toml").read_text(encoding="utf-8"))
AURORA = [re.compile(entry["pattern"].replace("\n", ""), re.IGNORECASE) for entry in _KNOWN["statement"]]
NAMES: list[str] = _KNOWN["names"]["known"]
VALUES: dict[str, list[str]] = _KNOWN["values"]
_SET = re.compile(r"\b(\w+) *= *'([^']*)'")
_NAME = re.compile(r"\baws_\w+", re.IGNORECASE)
_PARTS = re.compile(r"--[^\n]*|'(?:[^'\\]|\\.|'')*'|\"[^\"]*\"|`[^`]*`|;|[^;'\"`-]+|-")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a sample with its semicolon."""

    fence: Fence
    line: int
    """Where it begins, from 1."""
    text: str

    @property
    def is_of_aurora(self) -> bool:
        """Whether it is one that only Aurora knows."""
        return any(pattern.fullmatch(self.flat) for pattern in AURORA)

    @property
    def flat(self) -> str:
        """The same in one line, without comments and without its semicolon."""
        return " ".join(re.sub(r"--[^\n]*", "", self.text).rstrip(";").split())


def faults_of(fences: list[Fence]) -> Iterator[Fault]:
    """What is wrong with the statements of these samples."""
    for fence in fences:
        yield from faults_of_request(fence)
    statements = [each for fence in fences for each in statements_of(fence) if not each.is_of_aurora]
    for statement in statements:
        yield from faults_of_names(statement)
        yield from faults_of_values(statement)
    for statement, told in zip(statements, _ask_grammar([each.text for each in statements]), strict=True):
        for fault in told:
            line = statement.line + fault["line"] - 1
            yield Fault(statement.fence, line, f"MySQL: {fault['message']}", fault["column"])


def faults_of_request(fence: Fence) -> Iterator[Fault]:
    """Where a sample that is never run sends something else than the record of its chapter has."""
    if "norun" in fence.attributes:
        record = wire.recorded(fence.chapter_name, "mysql")
        sent = [(each.line, each.flat) for each in statements_of(fence)]
        yield from (Fault(fence, line, message) for line, message in wire.faults_of(record, fence.name, sent))


def faults_of_names(statement: Statement) -> Iterator[Fault]:
    """Names that look like Aurora's own and are not."""
    for number, text in enumerate(statement.text.splitlines()):
        for match in _NAME.finditer(text):
            if match[0].upper() not in NAMES:
                near = difflib.get_close_matches(match[0].upper(), NAMES, 1)
                meant = f"; did you mean {near[0]}?" if near else ""
                message = f"MySQL: Aurora has no {match[0]}{meant}"
                yield Fault(statement.fence, statement.line + number, message, match.start() + 1)


def faults_of_values(statement: Statement) -> Iterator[Fault]:
    """Values of Aurora's variables that it does not take."""
    for number, text in enumerate(statement.text.splitlines()):
        for match in _SET.finditer(text):
            listed = VALUES.get(match[1].lower())
            if listed is not None and match[2].upper() not in listed:
                message = f"MySQL: {match[1]} is {match[2]}; it must be one of {', '.join(filter(None, listed))}"
                yield Fault(statement.fence, statement.line + number, message, match.start(2) + 1)


def statements_of(fence: Fence) -> Iterator[Statement]:
    """The statements of a sample; a semicolon in a string or a comment ends none."""
    line, text = 1, ""
    for part in _PARTS.findall(fence.text):
        text += part
        if part == ";":
            yield _statement(fence, line, text)
            line, text = line + text.count("\n"), ""
    if text.strip():
        yield _statement(fence, line, text)


def _statement(fence: Fence, line: int, text: str) -> Statement:
    bare = text.lstrip()
    return Statement(fence, line + text[: len(text) - len(bare)].count("\n"), bare)


def _ask_grammar(statements: list[str]) -> list[list[dict[str, Any]]]:
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "grammar.cjs"
        packing = ["esbuild", str(HERE / "mysql_grammar.mjs"), "--bundle", "--platform=node", f"--outfile={bundle}"]
        _run([*packing, "--log-level=warning"], "")
        told: list[list[dict[str, Any]]] = json.loads(_run(["node", str(bundle)], json.dumps(statements)))
        return told


def _run(command: list[str], given: str) -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, env=os.environ, check=False)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(report(faults_of(fences_of_call())))
