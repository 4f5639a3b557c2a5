"""The samples of terminal sessions -> faults: the commands are read by bash and shellcheck."""

from __future__ import annotations

import dataclasses
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import check_shell
import wire
from fences import Fault, Fence, fences_of_call, report
from sessions import exchanges_of


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What is wrong with the commands of a session."""
    yield from faults_of_request(fence)
    exchanges = list(exchanges_of(fence.text))
    if not exchanges:
        yield Fault(fence, 1, "a session without a command: its lines begin with a dollar sign and a blank")
    with tempfile.TemporaryDirectory() as folder:
        for exchange in exchanges:
            script = Path(folder) / "command.sh"
            script.write_text(exchange.command + "\n", encoding="utf-8")
            for fault in check_shell.faults_of(dataclasses.replace(fence, file=script)):
                yield Fault(fence, exchange.line + fault.line - 1, fault.message, fault.column)


def faults_of_request(fence: Fence) -> Iterator[Fault]:
    """Where a session has other commands than the record of its chapter."""
    typed = [(one.line, " ".join(one.command.replace("\\\n", " ").split())) for one in exchanges_of(fence.text)]
    for line, message in wire.faults_of(wire.recorded(fence.chapter_name, "console"), fence.name, typed):
        yield Fault(fence, line, message)


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
