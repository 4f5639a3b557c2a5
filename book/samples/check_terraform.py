"""The samples of HCL -> faults: parsed, the names of arguments looked up, and laid out as `terraform fmt` does."""

from __future__ import annotations

import difflib
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hcl2
from lark.exceptions import UnexpectedInput

from fences import Fault, Fence, fences_of_call, report

_KNOWN: dict[str, Any] = tomllib.loads(Path(__file__).with_name("terraform.toml").read_text(encoding="utf-8"))
LISTINGS: dict[str, dict[str, Any]] = _KNOWN.pop("listings")
RESOURCES: dict[str, dict[str, bool | list[str]]] = _KNOWN
_ARGUMENT = re.compile(r"^( *)(\w+)( *)=( *)\S")


def faults_of(fence: Fence) -> Iterator[Fault]:
    """What is wrong with a sample."""
    try:
        tree = hcl2.loads(fence.text)
    except UnexpectedInput as problem:
        yield Fault(fence, problem.line, f"HCL: unexpected {str(problem).splitlines()[0]}", problem.column)
        return
    asked: dict[str, Any] = {}
    for entry in tree.get("resource", ()):
        for quoted, named in entry.items():
            for name, body in named.items():
                yield from _faults_of_resource(fence, quoted.strip('"'), body)
                asked[f"{quoted}.{name}".replace('"', "")] = _plain(body)
    if asked != LISTINGS.get(fence.name):
        yield Fault(fence, 1, f'it asks for {asked}; terraform.toml has {LISTINGS.get(fence.name)}')
    yield from _faults_of_layout(fence)


def _plain(value: Any) -> Any:
    """A value without the quotes that the parser leaves around its strings, and without the parser's own keys."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if not name.startswith("__")}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.strip('"') if isinstance(value, str) else value


def _faults_of_resource(fence: Fence, kind: str, body: dict[str, Any]) -> Iterator[Fault]:
    known = RESOURCES.get(kind)
    if known is None:
        yield Fault(fence, _line_of(fence, kind), f"terraform.toml has no arguments of {kind}")
        return
    given = [name for name in body if not name.startswith("__")]
    for name in given:
        listed = known.get(name, ())
        if isinstance(listed, list) and body[name].strip('"') not in listed:
            yield Fault(fence, _line_of(fence, name), f"{name} is {body[name]}; it must be one of {', '.join(listed)}")
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f"; did you mean {near[0]}?" if near else ""
            yield Fault(fence, _line_of(fence, name), f"{kind} has no argument {name}{meant}")
    for name, needed in known.items():
        if needed and name not in given:
            yield Fault(fence, _line_of(fence, kind), f"{kind} lacks {name}")
    if "static_members" in given and "excluded_members" in given:
        line = _line_of(fence, "excluded_members")
        yield Fault(fence, line, "static_members and excluded_members exclude each other")


def _faults_of_layout(fence: Fence) -> Iterator[Fault]:
    """Two blanks for each level, and the signs of equality of neighbours in one column."""
    depth, block = 0, list[tuple[int, re.Match[str]]]()
    for number, line in enumerate([*fence.text.splitlines(), ""], 1):
        bare = line.strip()
        depth -= bare.startswith(("}", "]"))
        if bare and len(line) - len(line.lstrip()) != 2 * depth:
            yield Fault(fence, number, f"terraform fmt would indent this by {2 * depth} blanks")
        depth += bare.endswith(("{", "["))
        argument = _ARGUMENT.match(line)
        if argument and not bare.endswith(("{", "[")):
            block.append((number, argument))
            continue
        yield from _faults_of_block(fence, block)
        block = []


def _faults_of_block(fence: Fence, block: list[tuple[int, re.Match[str]]]) -> Iterator[Fault]:
    longest = max((len(argument[2]) for _, argument in block), default=0)
    for number, argument in block:
        if len(argument[2]) + len(argument[3]) != longest + 1 or len(argument[4]) != 1:
            yield Fault(fence, number, "terraform fmt would set the = in one column with those around it")


def _line_of(fence: Fence, word: str) -> int:
    return next((n for n, line in enumerate(fence.text.splitlines(), 1) if re.search(rf"\b{word}\b", line)), 1)


if __name__ == "__main__":
    sys.exit(report(fault for fence in fences_of_call() for fault in faults_of(fence)))
