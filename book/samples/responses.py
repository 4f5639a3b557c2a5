"""A JMESPath expression (`--query`) and the shape of a response -> the names in it that the response does not have.

The AWS CLI answers a wrong name with `null` or `None` and says nothing. Here the expression is walked along the model.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from botocore.model import Shape
from jmespath.parser import ParsedResult

UNKNOWN = None
"""The shape of what only the call itself can tell: the result of a function, a literal."""


class Unresolved(Exception):
    """A name that a shape does not have."""


def faults_of_query(query: ParsedResult, shape: Shape | None) -> Iterator[str]:
    """What is wrong with a query of a response; the AWS CLI has compiled it."""
    if shape is None:
        yield "--query asks for something, and the operation answers nothing"
        return
    try:
        _walk(query.parsed, shape)
    except Unresolved as problem:
        yield f"--query: {problem}"


def _walk(node: dict[str, Any], shape: Any) -> Any:
    """The shape that a node of the expression selects from a shape; a list of a shape is `[shape]`."""
    kind, children = node["type"], node.get("children", [])
    if kind == "field":
        return _member(node["value"], shape)
    if kind in _LISTS:
        return _walk_list(kind, children, shape)
    if kind in ("subexpression", "pipe", "index_expression"):
        for child in children:
            shape = _walk(child, shape)
        return shape
    if kind in ("identity", "current"):
        return shape
    if kind == "value_projection":
        return UNKNOWN
    for child in children:  # a choice of several, a function, a comparison: each part must resolve
        _walk(child, shape)
    return UNKNOWN


_LISTS = ("index", "slice", "flatten", "projection", "filter_projection")


def _walk_list(kind: str, children: list[dict[str, Any]], shape: Any) -> Any:
    if kind in ("index", "slice"):
        return shape if kind == "slice" else _element(shape)
    inner = _walk(children[0], shape)
    if kind == "flatten":
        element = _element(inner)
        return element if _is_list(element) else inner
    element = _element(inner)
    for child in children[2:]:  # the condition of a filter
        _walk(child, element)
    return [_walk(children[1], element)]


def _member(name: str, shape: Any) -> Any:
    if shape is UNKNOWN:
        return UNKNOWN
    if _is_list(shape) or shape.type_name != "structure":
        raise Unresolved(f'"{name}" is asked of {_called(shape)}, which has no names')
    if name not in shape.members:
        near = difflib.get_close_matches(name, shape.members, 1)
        raise Unresolved(f'{shape.name} has no "{name}"' + (f'; did you mean "{near[0]}"?' if near else ""))
    return shape.members[name]


def _element(shape: Any) -> Any:
    if shape is UNKNOWN:
        return UNKNOWN
    if not _is_list(shape):
        raise Unresolved(f"{_called(shape)} is no list")
    return shape[0] if isinstance(shape, list) else shape.member


def _is_list(shape: Any) -> bool:
    return isinstance(shape, list) or getattr(shape, "type_name", "") == "list"


def _called(shape: Any) -> str:
    return "a list" if isinstance(shape, list) else f"{shape.name} (a {shape.type_name})"
