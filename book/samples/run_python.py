"""The samples of Python of a chapter -> faults: each is run, and then tried.

Many samples assert what the text says of them; running those is the trial. The others have a trial in trials/, called
after the sample, that gives their functions something to work on and asserts the result. A sample with neither is a
fault, for nothing would be shown by running it.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from emulators import CREDENTIALS
from fences import Fault, Fence, fences_of_call, report

TRIALS = Path(__file__).with_name("trials")


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What goes otherwise than it should when a sample is run and tried."""
    trial = TRIALS / f"{fence.name}.py"
    if not trial.exists() and not asserts_something(fence.text):
        yield Fault(fence, 1, f"it asserts nothing, and there is no trials/{trial.name}")
        return
    done = _run([str(fence.file)])
    fence.print(done.stdout)
    if done.returncode == 0 and trial.exists():
        done = _run([str(trial), str(fence.file)])
    if done.returncode:
        yield fault_of_traceback(fence, done.stderr)


def asserts_something(text: str) -> bool:
    """Whether a sample has an assertion that runs when the sample is run, one outside of its functions."""
    return any(isinstance(node, ast.Assert) for node in ast.parse(text).body)


def fault_of_traceback(fence: Fence, traceback: str) -> Fault:
    """The innermost line of the sample that a traceback names, with its last words."""
    lines = re.findall(rf'File "{re.escape(str(fence.file))}", line (\d+)', traceback)
    words = re.split(r"\n(?=\S)", traceback.strip())[-1].split()
    trial = re.findall(r'File "[^"]*/trials/([^"]+)", line (\d+)', traceback)
    where = f" (trials/{trial[-1][0]}:{trial[-1][1]})" if trial else ""
    message = " ".join(words) or "it ended with a fault and no words"
    return Fault(fence, int(lines[-1]) if lines else 1, message + where)


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    environment = os.environ | CREDENTIALS
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, env=environment, check=False)


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
