"""A database server and the SQL samples of a chapter -> faults: run in reading order, each with what it must leave.

A chapter has a file in states/postgresql/ or states/mysql/:

    [before]
    sql = "CREATE TABLE ..."               # what the reader has before the first sample

    [lst-ml-first]                         # a sample by its id, or `number-3` for the third of its language
    prints = ["POSITIVE"]                  # regular expressions, found in what it prints in this order
    before = "INSERT ..."                  # what the reader has done before this one
    says = ["SKIP LOCKED"]                 # words that it must have because the text builds on them
    state = [{sql = "SELECT count(*) FROM review", is = "3"}]   # asked behind it; `is` in one line, columns by " | "
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fences import Fault, Fence
from servers import Server

FOLDER = Path(__file__).with_name("states")
_WARNING = re.compile(r"^(?:psql:.*?: WARNING:|(?:Note|Warning) \(Code \d+\):) +(.*)", re.MULTILINE)
"""How the clients of PostgreSQL and of MySQL pass a warning on, such as that of a number cut to its column."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What differs from one engine to the other."""

    name: str
    """The folder of its files in states/."""
    shown: tuple[str, ...]
    """Options of its client for the answers of a sample."""
    plain: tuple[str, ...]
    """Options of its client for an answer that is nothing but values."""
    prepared: Callable[[str], str]
    """A sample's text -> what its client is given."""
    faults: Callable[[Fence, str], Iterator[Fault]]
    """What its client complains of -> faults."""
    on: tuple[str, ...]
    """Options of its client to go on behind a statement that fails."""


def faults_of(chapter: list[Fence], server: Server, engine: Engine) -> Iterator[Fault]:
    """What goes otherwise than it should when the samples of a chapter are run in this server."""
    path = FOLDER / engine.name / f"{chapter[0].chapter_name}.toml"
    called = f"states/{engine.name}/{path.name}"
    if not path.exists():
        yield Fault(chapter[0], 1, f"there is no {called}, which says what samples leave behind")
        return
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    before = server.ask(table.pop("before", {}).get("sql", ""))
    if before.returncode:
        yield Fault(chapter[0], 1, f"{called}, [before]: {before.stderr}")
        return
    for fence in chapter:
        yield from faults_of_sample(fence, table.pop(fence.name, {}), server, engine)
    for name in table:
        yield Fault(chapter[0], 1, f'{called} speaks of "{name}", which is no sample that is run')


def faults_of_sample(fence: Fence, expected: dict[str, Any], server: Server, engine: Engine) -> Iterator[Fault]:
    """What goes otherwise than expected when a sample is run behind those before it."""
    if not (expected.get("prints") or expected.get("state")):
        called = f"states/{engine.name}/{fence.chapter_name}.toml"
        yield Fault(fence, 1, f'{called} expects nothing of "{fence.name}", so running it would show nothing')
    flat = " ".join(fence.text.split())
    for words in expected.get("says", ()):
        if words not in flat:
            yield Fault(fence, 1, f"the text builds on `{words}`, which is not there")
    yield from _faults_of_run(fence, expected, server, engine)


def _faults_of_run(fence: Fence, expected: dict[str, Any], server: Server, engine: Engine) -> Iterator[Fault]:
    before = server.ask(expected.get("before", ""))
    done = server.ask(engine.prepared(fence.text), *engine.shown)
    fence.print(done.stdout)
    if before.returncode or done.returncode:
        yield from engine.faults(fence, before.stderr or done.stderr)
        server.ask(engine.prepared(fence.text), *engine.on)  # so that those behind it find what they need
        return
    for warning in _WARNING.finditer(done.stdout + done.stderr):
        yield Fault(fence, 1, f"the server has done it and warns: {warning[1]}")
    position = 0
    for pattern in expected.get("prints", ()):
        match = re.compile(pattern, re.MULTILINE).search(done.stdout, position)
        if match is None:
            yield Fault(fence, 1, f"it was to print /{pattern}/ and printed: {done.stdout.strip() or 'nothing'}")
            break
        position = match.end()
    for question in expected.get("state", ()):
        answer = server.ask(question["sql"], *engine.plain)
        found = "; ".join(line.replace("\t", " | ") for line in answer.stdout.splitlines())
        if answer.returncode or found != question["is"]:
            yield Fault(fence, 1, f"{question['sql']}: {answer.stderr or found!r} instead of {question['is']!r}")
