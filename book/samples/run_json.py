"""The samples of JSON of a chapter -> what the call does that they are parameters of: made once, in moto."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

import documents
import emulators
import states
from fences import Fault, Fence, fences_of_call, report

STATES = Path(__file__).with_name("states") / "json"


def faults_of(chapter: list[Fence]) -> Iterator[Fault]:
    """What goes otherwise than it should when the documents of a chapter are handed over."""
    calls: dict[tuple[str, str], dict[str, Fence]] = {}
    for fence in chapter:
        use = documents.use_of(fence)
        if use is None:
            yield Fault(fence, 1, f'documents.toml does not say which parameter "{fence.name}" is for')
            continue
        calls.setdefault((use.service, use.operation), {})[use.parameter] = fence
    try:
        state = states.read(STATES / f"{chapter[0].chapter_name}.toml")
        with emulators.emulator(state.emulator) as address:
            for (service, operation), given in calls.items():
                yield from _faults_of_call(service, operation, given, address)
            for fence in chapter:
                yield from _faults_of_document(fence, state, address)
        yield from states.forgotten(state, chapter)
    except (states.BadState, emulators.NoEmulator) as problem:
        yield Fault(chapter[0], 1, str(problem))


def _faults_of_call(service: str, operation: str, given: dict[str, Fence], address: str) -> Iterator[Fault]:
    try:
        _call(service, operation, {name: json.loads(fence.text) for name, fence in given.items()}, address)
    except (ClientError, BotoCoreError, ValueError) as problem:
        yield Fault(next(iter(given.values())), 1, str(problem))


def _call(service: str, operation: str, parameters: dict[str, Any], address: str) -> None:
    account = {"AccountId": emulators.ACCOUNT} if service == "budgets" else {}
    getattr(emulators.client(service, address), xform_name(operation))(**parameters, **account)


def _faults_of_document(fence: Fence, state: states.State, address: str) -> Iterator[Fault]:
    expected = state.listings.get(fence.name)
    if expected is None or not expected.questions:
        yield Fault(fence, 1, f'states/json/{state.path.name} expects nothing of "{fence.name}"')
        return
    yield from (Fault(fence, 1, message) for message in states.faults_of(expected, "", address))


if __name__ == "__main__":
    sys.exit(report(faults_of(fences_of_call())))
