"""The sample that a trial is given as its first argument -> its names."""

from __future__ import annotations

import inspect
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any


def read_listing() -> Any:
    """The names of the sample as attributes, with the sample run once."""
    return SimpleNamespace(**runpy.run_path(sys.argv[1]))


def says(*lines: str) -> None:
    """Assert that the sample has these lines: claims of the text that hold for other numbers as well."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    for line in lines:
        assert line in text, f"the text builds on `{line}`, which is not there"


def defaults(function: Callable[..., Any]) -> dict[str, Any]:
    """The arguments of a function that have a default."""
    given = inspect.signature(function).parameters.values()
    return {one.name: one.default for one in given if one.default is not one.empty}
