"""An operation and its parameters -> the values outside what the service takes, by the model and by limits.toml.

botocore's model of the API carries enumerations, patterns, lengths and some ranges, which botocore itself leaves to
the service to enforce. What the model lacks stands in limits.toml, each line with the page that it comes from.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.model import OperationModel, Shape


@functools.cache
def table() -> dict[str, dict[str, Any]]:
    """Name of a parameter -> its limit: `from`, `to`, `step`, `one-of`, `pattern`, `in` (operations or services)."""
    entries: dict[str, dict[str, Any]] = tomllib.loads(
        Path(__file__).with_name("limits.toml").read_text(encoding="utf-8")
    )
    return entries


def faults_of(operation: OperationModel, parameters: dict[str, Any]) -> Iterator[str]:
    """Values outside limits.toml, anywhere in the parameters of a call."""
    for name, value in _named_values(parameters):
        limit = table().get(name)
        if limit and operation.service_model.service_name in limit["services"]:
            yield from outside(name, value, limit)


def outside(name: str, value: Any, limit: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a value by a line of limits.toml."""
    source = f"({limit['source']})"
    if "one-of" in limit and str(value) not in map(str, limit["one-of"]):
        yield f"{name} is {value}; it must be one of {', '.join(map(str, limit['one-of']))} {source}"
    if "pattern" in limit and not re.fullmatch(limit["pattern"], str(value)):
        yield f"{name} is {value}, which is no {limit['called']} {source}"
    if "from" in limit:
        low, high, step = limit["from"], limit["to"], limit.get("step", 1)
        number = _number(value)
        if number is None or not low <= number <= high:
            yield f"{name} is {value}; it must be from {low} to {high} {source}"
        elif number % step:
            yield f"{name} is {value}; it goes in steps of {step} {source}"


def faults_of_shape(shape: Shape, value: Any, name: str = "") -> Iterator[str]:
    """Enumerations, patterns, lengths and ranges of the model, all the way down; types are botocore's to check."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = shape.members
        for key in value.keys() & members.keys():
            yield from faults_of_shape(members[key], value[key], key)
    elif shape.type_name == "list" and isinstance(value, list):
        for item in value:
            yield from faults_of_shape(shape.member, item, name)
    elif isinstance(value, str | int | float):
        yield from _faults_of_scalar(shape, value, name)


def _faults_of_scalar(shape: Shape, value: str | float, name: str) -> Iterator[str]:
    allowed = shape.metadata.get("enum")
    if allowed and value not in allowed:
        yield f"{name} is {value}; the model has {', '.join(allowed)}"
    pattern = shape.metadata.get("pattern")
    if pattern and isinstance(value, str) and not _matches(pattern, value):
        yield f"{name} is {value}, which the model's pattern {pattern} refuses"
    size = len(value) if isinstance(value, str) else value
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if (low is not None and size < float(low)) or (high is not None and size > float(high)):
        what = "long" if isinstance(value, str) else "large"
        yield f"{name} is {value}: {size} {what}, where the model has {low} to {high}"


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:  # written for Java, with a class that Python does not know
        return True


def _named_values(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _named_values(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _named_values(inner, name)
    else:
        yield name, value


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
