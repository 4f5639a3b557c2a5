"""The samples of CloudFormation -> faults: cfn-lint reads each template, and limits.toml the values it lets pass."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import cfnlint.decode

import combinations
import limits
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
    for resource in (template or {}).get("Resources", {}).values():
        if resource.get("Type", "").startswith("AWS::RDS::"):
            yield from _faults_of_resource(fence, resource)


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
