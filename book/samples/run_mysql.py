"""The samples of SQL for MySQL of a chapter -> what they leave behind, in a real MariaDB with stand-ins.

MariaDB runs what MySQL and MariaDB have in common. Stored functions stand in for those of Aurora: stubs/mysql.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import servers
import sql_states
from fences import Fault, Fence, fences_of_call, report

STUBS = Path(__file__).with_name("stubs") / "mysql" / "aurora.sql"
_COMPLAINT = re.compile(r"ERROR (\d+) \(\w+\) at line (\d+)[^:]*: (.*)", re.DOTALL)


def faults_of_complaint(fence: Fence, complaint: str) -> Iterator[Fault]:
    """The client names the line on which a statement begins."""
    match = _COMPLAINT.search(complaint)
    yield Fault(fence, int(match[2]), f"MariaDB: {match[3]} ({match[1]})") if match else Fault(fence, 1, complaint)


ENGINE = sql_states.Engine(
    "mysql",
    ("--table", "--show-warnings"),
    ("--batch", "--skip-column-names"),
    str,
    faults_of_complaint,
    on=("--force",),
)


def faults_of(chapter: list[Fence]) -> Iterator[Fault]:
    """What goes otherwise than it should when the samples of a chapter are run."""
    try:
        with servers.mariadb() as server:
            stubs = server.ask(STUBS.read_text(encoding="utf-8"))
            if stubs.returncode:
                raise servers.NoServer(f"stubs/mysql/aurora.sql: {stubs.stderr}")
            yield from sql_states.faults_of(chapter, server, ENGINE)
    except servers.NoServer as problem:
        yield Fault(chapter[0], 1, str(problem))


if __name__ == "__main__":
    sys.exit(report(faults_of(fences_of_call())))
