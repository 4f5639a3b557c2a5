"""The samples of CloudFormation of a chapter -> what the stacks hold: each is created in moto and looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from botocore.exceptions import ClientError

import emulators
import states
from fences import Fault, Fence, fences_of_call, report

STATES = Path(__file__).with_name("states") / "cloudformation"


def faults_of(chapter: list[Fence]) -> Iterator[Fault]:
    """What goes otherwise than it should when the templates of a chapter become stacks."""
    try:
        state = states.read(STATES / f"{chapter[0].chapter_name}.toml")
        with emulators.emulator(state.emulator) as address:
            states.make_what_is_given(state, state.emulator, address)
            for fence in chapter:
                yield from _faults_of_stack(fence, state, address)
        yield from states.forgotten(state, chapter)
    except (states.BadState, emulators.NoEmulator) as problem:
        yield Fault(chapter[0], 1, str(problem))


def _faults_of_stack(fence: Fence, state: states.State, address: str) -> Iterator[Fault]:
    expected = state.listings.get(fence.name)
    if expected is None or not expected.questions:
        yield Fault(fence, 1, f'states/cloudformation/{state.path.name} expects nothing of "{fence.name}"')
        return
    try:
        emulators.client("cloudformation", address).create_stack(
            StackName=fence.name, TemplateBody=fence.text, Capabilities=["CAPABILITY_NAMED_IAM"]
        )
    except ClientError as problem:
        yield Fault(fence, 1, f"{state.emulator} does not create the stack: {problem}")
        return
    yield from (Fault(fence, 1, message) for message in states.faults_of(expected, "", address))


if __name__ == "__main__":
    sys.exit(report(faults_of(fences_of_call())))
