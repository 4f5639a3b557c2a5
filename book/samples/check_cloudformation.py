"""The samples of CloudFormation -> faults: cfn-lint reads each template, and limits.toml the values it lets pass.

What a template asks for stands a second time in requests/cloudformation, a value a line (wire.py says why).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import cfnlint.decode

import combinations
import limits
import wire
from fences import Fault, Fence, fences_of_call, report

CALLS = {"AWS::RDS::DBCluster": "CreateDBCluster", "AWS::RDS::DBClusterEndpoint": "CreateDBClusterEndpoint"}
"""Type of a resource -> the call that makes it, whose combinations hold for its properties."""


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What is wrong with a template."""
    done = subprocess.run(
        ["cfn-lint", "--regions", "us-east-1", "--format", "json", str(fence.file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    for found in json.loads(done.stdout or "[]"):
        place = found["Location"]["Start"]
        message = f"cfn-lint: {found['Message']} [{found['Rule']['Id']}]"
        yield Fault(fence, place["LineNumber"], message, place["ColumnNumber"])
    template, _ = cfnlint.decode.decode(str(fence.file))
    yield from faults_of_request(fence, template or {})
    for resource in (template or {}).get("Resources", {}).values():
        if resource.get("Type", "").startswith("AWS::RDS::"):
            yield from _faults_of_resource(fence, resource)


def faults_of_request(fence: Fence, template: dict[str, Any]) -> Iterator[Fault]:
    """Where a template asks for something else than the record of its chapter has."""
    record = wire.recorded(fence.chapter_name, "cloudformation")
    for line, message in wire.faults_of(record, fence.name, _lines(template, "", 1)):
        yield Fault(fence, line, message)


def _lines(value: Any, path: str, line: int) -> Iterator[tuple[int, str]]:
    """Each plain value of a template with its line and its path, in the order of the template."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(inner, f"{path}.{key}", key.start_mark.line + 1 if hasattr(key, "start_mark") else line)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _lines(inner, f"{path}.{number}", line)
    else:
        yield line, f"{path.removeprefix('.')} = {value}"


def _faults_of_resource(fence: Fence, resource: dict[str, Any]) -> Iterator[Fault]:
    properties = resource.get("Properties", {})
    for key, value in _values(properties):
        if key in limits.table():
            for message in limits.outside(key, value, limits.table()[key]):
                yield Fault(fence, key.start_mark.line + 1, message, key.start_mark.column + 1)
    type_of = resource["Type"]
    for message in combinations.faults_of(CALLS.get(type_of, ""), properties):
        yield Fault(fence, type_of.start_mark.line + 1, message)


def _values(value: Any) -> Iterator[tuple[Any, Any]]:
    """The plain values of properties with their keys, which know their place; not what is computed, as by !Ref."""
    for key, inner in value.items():
        if not isinstance(inner, dict):
            yield key, inner
        elif not any(name in inner for name in ("Ref", "Fn::Sub", "Fn::GetAtt")):
            yield from _values(inner)


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
