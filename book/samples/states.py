"""A chapter's file in states/ -> what stands before its samples, and what must be there after each.

    [given]                                # emulators, and what stands in each before the first sample: see given.py
    moto = ["aurora-lab"]
    ministack = []

    [lst-arch-create]                      # a sample by its id, or `number-3` for the third of its language
    prints = ["available"]                 # regular expressions, found in what it prints in this order
    input = "secret"                       # what it reads
    environment = {GROUP = "parameters"}   # variables that the reader is told to set
    emulator = "ministack"                 # the one it runs against; without it, the first
    times = 2                              # it may be run more than once
    silent = true                          # it must print nothing
    unknown = ["DeleteDBClusterEndpoint"]  # to the emulator; the sample goes on without
    sent = ["--allow-data-loss"]           # regular expressions, found in its commands in this order
    later = true                           # so much time has passed that everything before it is available

    [[lst-arch-create.state]]
    ask = "rds.describe_db_clusters"       # a method of a client of boto3
    with = {DBClusterIdentifier = "aurora-lab"}
    region = "us-east-1"
    query = "DBClusters[0].Engine"         # JMESPath
    is = "aurora-postgresql"               # or: refused = "DBClusterNotFoundFault"
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jmespath
from botocore.exceptions import ClientError

import given
from emulators import client
from fences import Fault, Fence


class BadState(Exception):
    """A file of states is missing, or it says what nobody understands."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the emulator with the answer that it must give."""

    ask: str
    parameters: dict[str, Any]
    region: str
    query: str
    answer: Any
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one sample."""

    prints: tuple[str, ...] = ()
    input: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    emulator: str = ""
    """The one it runs against; empty: the first of the chapter."""
    times: int = 1
    """How often it is run."""
    silent: bool = False
    """It must print nothing."""
    unknown: tuple[str, ...] = ()
    """Operations that the emulator does not know and that the sample bears."""
    sent: tuple[str, ...] = ()
    """Regular expressions, found in its commands in this order: what an answer would not show."""
    later: bool = False
    """Whether everything that was under way has ended before it."""

    @property
    def asserts_something(self) -> bool:
        """Whether there is anything that could fail."""
        return bool(self.prints or self.questions or self.silent or self.sent)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the samples of a chapter."""

    path: Path
    given: dict[str, list[str]]
    """Emulator -> what stands in it before the first sample."""
    listings: dict[str, Expected]

    @property
    def emulator(self) -> str:
        """The one that the samples of the chapter run against, unless they say another."""
        return next(iter(self.given))


def read(path: Path) -> State:
    """The file of a chapter."""
    if not path.exists():
        raise BadState(f"there is no states/{path.name}, which says what the samples of this chapter leave behind")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    given_there = table.pop("given", {})
    if not given_there:
        raise BadState(f"{path.name} names no emulator under [given]")
    return State(path, given_there, {name: _expected(entry) for name, entry in table.items()})


def make_what_is_given(state: State, emulator: str, address: str) -> None:
    """Bring an emulator to where the reader is before the first sample of the chapter."""
    for name in state.given.get(emulator, ()):
        if name not in given.GIVEN:
            raise BadState(f'{state.path.name} is given "{name}"; given.py has {", ".join(given.GIVEN)}')
        given.GIVEN[name](address)


def faults_of_requests(expected: Expected, calls: str) -> Iterator[str]:
    """What a sample asked AWS for otherwise than expected; `calls` has a line for each, as aws_calls.bash notes it."""
    lines = [" ".join(shlex.split(line.split("\t")[-1])) for line in calls.splitlines()]
    position = 0
    for pattern in expected.sent:
        match = re.compile(pattern).search("\n".join(lines), position)
        if match is None:
            yield f"it was to send /{pattern}/, and did not, or not in this order"
            return
        position = match.end()


def faults_of(expected: Expected, printed: str, address: str) -> Iterator[str]:
    """What a sample printed or left behind otherwise than expected."""
    if expected.silent and printed.strip():
        yield f"it was to print nothing and printed: {printed.strip()}"
    position = 0
    for pattern in expected.prints:
        match = re.compile(pattern, re.MULTILINE).search(printed, position)
        if match is None:
            yield f"it was to print /{pattern}/ and printed: {printed.strip() or 'nothing'}"
            break
        position = match.end()
    for question in expected.questions:
        yield from _faults_of_answer(question, address)


def forgotten(state: State, chapter: list[Fence]) -> Iterator[Fault]:
    """Entries of the file for samples that the chapter does not have."""
    for name in state.listings.keys() - {fence.name for fence in chapter}:
        yield Fault(chapter[0], 1, f'states/{state.path.name} speaks of "{name}", which is no sample that is run')


def _faults_of_answer(question: Question, address: str) -> Iterator[str]:
    service, _, method = question.ask.partition(".")
    try:
        answer = getattr(client(service, address, question.region), method)(**question.parameters)
    except ClientError as problem:
        code = problem.response["Error"]["Code"]
        if code != question.refused:
            yield f"{question.ask} in {question.region} is refused: {problem}"
        return
    if question.refused:
        yield f"{question.ask} in {question.region} was to be refused with {question.refused}, and was answered"
        return
    found = jmespath.search(question.query, answer)
    if found != question.answer:
        yield f"{question.ask} in {question.region}, {question.query}: {found!r} instead of {question.answer!r}"


def _expected(entry: dict[str, Any]) -> Expected:
    questions = tuple(
        Question(
            ask=one["ask"],
            parameters=one.get("with", {}),
            region=one.get("region", "us-east-1"),
            query=one.get("query", "@"),
            answer=one.get("is"),
            refused=one.get("refused", ""),
        )
        for one in entry.get("state", ())
    )
    known = {name: value for name, value in entry.items() if name != "state"}
    for name in ("prints", "unknown", "sent"):
        known[name] = tuple(known.get(name, ()))
    try:
        return Expected(questions=questions, **known)
    except TypeError as problem:
        raise BadState(f"a file of states says what nobody understands: {problem}") from problem
