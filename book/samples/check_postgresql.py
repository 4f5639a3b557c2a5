"""The samples of SQL for PostgreSQL -> faults: each is parsed by the grammar of PostgreSQL itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pglast
from pglast.parser import ParseError

from fences import Fault, Fence, fences_of_call, report

COMMANDS = {"watch"}
"""Commands of psql that the samples may use; each ends a statement as a semicolon does."""
_COMMAND = re.compile(r"^\\(\w+).*$", re.MULTILINE)


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What is wrong with a sample."""
    text = fence.text
    for command in _COMMAND.finditer(text):
        if command[1] not in COMMANDS:
            line, column = position(text, command.start())
            yield Fault(fence, line, f"psql's \\{command[1]} is not among the commands that samples use", column)
    try:
        pglast.parse_sql(_COMMAND.sub(lambda command: ";" + " " * (len(command[0]) - 1), text))
    except ParseError as problem:
        line, column = position(text, problem.args[1] if len(problem.args) > 1 else 0)
        yield Fault(fence, line, f"PostgreSQL: {problem.args[0]}", column)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
