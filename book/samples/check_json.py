"""The samples of JSON -> faults: each is parsed, and held to the API's model of the parameter that it is for."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

import aws_model
import documents
from fences import Fault, Fence, fences_of_call, report


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What is wrong with a document."""
    try:
        value = json.loads(fence.text)
    except json.JSONDecodeError as problem:
        yield Fault(fence, problem.lineno, f"JSON: {problem.msg}", problem.colno)
        return
    use = documents.use_of(fence)
    if use is None:
        yield Fault(fence, 1, f'documents.toml does not say which parameter "{fence.name}" is for')
        return
    for message in aws_model.faults_of_value(use.shape, value):
        yield Fault(fence, _line_of(fence.text, message), f"{use.operation}: {message}")


def _line_of(text: str, message: str) -> int:
    """The line on which a word stands that a message speaks of."""
    words = re.findall(r"\w+", message)
    lines = text.splitlines()
    return next((number for word in words for number, line in enumerate(lines, 1) if f'"{word}"' in line), 1)


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
