"""The samples of Python -> faults: Python compiles each, ruff reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from fences import Fault, Fence, fences_of_call, report

RULES = "E,F,B,PLE,W"
IGNORED = "B905"  # zip(strict=...): a sample of twenty lines may take two lists for granted
COLUMNS = 79


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What is wrong with a sample."""
    try:
        compile(fence.text, str(fence.file), "exec")
    except SyntaxError as problem:
        yield Fault(fence, problem.lineno or 1, f"Python: {problem.msg}", problem.offset or 0)
        return
    options = ["--isolated", "--no-cache", "--select", RULES, "--ignore", IGNORED, "--line-length", str(COLUMNS)]
    done = subprocess.run(
        ["ruff", "check", *options, "--output-format", "json", str(fence.file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    for found in json.loads(done.stdout):
        place = found["location"]
        yield Fault(fence, place["row"], f"ruff: {found['message']} [{found['code']}]", place["column"])


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
