"""A JSON sample -> the parameter of a call that it is for, by documents.toml."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from botocore.model import OperationModel, Shape

import aws_model
from fences import Fence


@dataclass(frozen=True, slots=True)
class Use:
    """The parameter of a call that a sample is for."""

    service: str
    operation: str
    parameter: str

    @property
    def model(self) -> OperationModel:
        """The model of the call."""
        return aws_model.operation_named(self.service, self.operation)

    @property
    def shape(self) -> Shape:
        """The model of the parameter; KeyError when the call has none of this name."""
        shape: Shape = self.model.input_shape.members[self.parameter]
        return shape


def use_of(fence: Fence) -> Use | None:
    """What a sample is for; None when documents.toml does not know."""
    return table().get(fence.name)


@functools.cache
def table() -> dict[str, Use]:
    """Name of a sample -> what it is for."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {name: Use(**entry) for name, entry in tomllib.loads(text).items()}
