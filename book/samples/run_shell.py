"""The samples of bash of a chapter -> what they leave behind: run in reading order against an emulator of AWS.

Each chapter has a file in states/: which emulator, what stands before the first sample, and what must be there (and be
printed) after each. A sample about which that file says nothing is a fault, for nothing was shown by running it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import emulators
import states
import wire
from aws_server import aws_server
from fences import Fault, Fence, fences_of_call, report

HERE = Path(__file__).resolve().parent
NOT_EMULATED = re.compile(
    r"not (yet )?(been )?implemented|Internal( Server )?(Error|Failure)|Unable to parse response|Unknown \w+ action",
    re.IGNORECASE,
)
"""What an emulator says that does not know an operation; `|| true` would hide it."""


@dataclass(frozen=True, slots=True)
class Lab:
    """Where the samples of a chapter run: a folder, and the emulators that it has started."""

    state: states.State
    folder: Path
    running: contextlib.ExitStack
    socket: str
    """Where the AWS CLI is called."""
    addresses: dict[str, str] = field(default_factory=dict)

    def address(self, name: str) -> str:
        """The address of an emulator, started when it is first asked for, with what is given there."""
        if name not in self.addresses:
            self.addresses[name] = self.running.enter_context(emulators.emulator(name))
            states.make_what_is_given(self.state, name, self.addresses[name])
        return self.addresses[name]


def faults_of(chapter: list[Fence]) -> Iterator[Fault]:
    """What goes otherwise than it should when the samples of a chapter are run."""
    try:
        state = states.read(HERE / "states" / f"{chapter[0].chapter_name}.toml")
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
            for file in (HERE / "files").iterdir():
                shutil.copy(file, folder)
            lab = Lab(state, Path(folder), running, running.enter_context(aws_server(emulators.CREDENTIALS)))
            for fence in chapter:
                yield from _faults_of_sample(fence, lab)
            yield from states.forgotten(state, chapter)
    except (states.BadState, emulators.NoEmulator) as problem:
        yield Fault(chapter[0], 1, str(problem))


def _faults_of_sample(fence: Fence, lab: Lab) -> Iterator[Fault]:
    expected = lab.state.listings.get(fence.name)
    if expected is None or not expected.asserts_something:
        message = f'states/{lab.state.path.name} expects nothing of "{fence.name}", so running it would show nothing'
        yield Fault(fence, 1, message)
        return
    address = lab.address(expected.emulator or lab.state.emulator)
    for _ in range(expected.times):
        faults = list(_faults_of_run(fence, expected, address, lab))
        if faults:
            yield from faults
            _catch_up(fence, address, lab)
            return
    sent = (lab.folder / "calls").read_text(encoding="utf-8")
    yield from (Fault(fence, 1, message) for message in states.faults_of_requests(expected, sent))
    yield from (Fault(fence, 1, message) for message in states.faults_of(expected, fence.printed, address))


def _catch_up(fence: Fence, address: str, lab: Lab) -> None:
    """Ask for what a sample that has failed was to ask for, so that those behind it find what they need."""
    script = lab.folder / "catch-up.sh"
    wanted = [line for line in wire.recorded(fence.chapter_name).get(fence.name, ()) if not line.startswith("!")]
    script.write_text("".join(f"aws {line} || true\n" for line in wanted), encoding="utf-8")
    (lab.folder / "lifecycles.json").unlink(missing_ok=True)
    _run(script, address, lab)
    (lab.folder / "lifecycles.json").unlink(missing_ok=True)


def _faults_of_run(fence: Fence, expected: states.Expected, address: str, lab: Lab) -> Iterator[Fault]:
    complaints = lab.folder / "complaints"
    complaints.write_text("", encoding="utf-8")
    calls = lab.folder / "calls"
    calls.write_text("", encoding="utf-8")
    if expected.later:
        (lab.folder / "lifecycles.json").unlink(missing_ok=True)
    done = _run(fence.file, address, lab, expected)
    fence.print(done.stdout)
    said = complaints.read_text(encoding="utf-8").splitlines()
    if done.returncode == 0:
        said = [line for line in said if NOT_EMULATED.search(line) and not any(x in line for x in expected.unknown)]
    yield from _faults_of_complaints(fence, said)
    if done.returncode and not said:
        yield Fault(fence, 1, f"exit code {done.returncode}: {done.stderr.strip() or 'no words'}")


def _run(
    script: Path, address: str, lab: Lab, expected: states.Expected | None = None
) -> subprocess.CompletedProcess[str]:
    expected = expected or states.Expected()
    environment = emulators.CREDENTIALS | {
        "BASH_ENV": str(HERE / "aws_calls.bash"),
        "AWS_CALLS": str(lab.folder / "calls"),
        "AWS_ANSWERS": address,
        "AWS_CALL": str(HERE / "aws_call.py"),
        "AWS_SOCKET": lab.socket,
        "AWS_COMPLAINTS": str(lab.folder / "complaints"),
        "AWS_LIFECYCLES": str(lab.folder / "lifecycles.json"),
    }
    return subprocess.run(
        ["bash", "-euo", "pipefail", str(script)],
        env=os.environ | environment | expected.environment, cwd=lab.folder, input=expected.input,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _faults_of_complaints(fence: Fence, complaints: list[str]) -> Iterator[Fault]:
    for complaint in complaints:
        place, _, message = complaint.removeprefix(f"{fence.file}:").partition(": ")
        yield Fault(fence, int(place) if place.isdigit() else 1, message)


if __name__ == "__main__":
    sys.exit(report(faults_of(fences_of_call())))
