"""The sample that a trial is given as its first argument -> its names."""

from __future__ import annotations

import inspect
import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, SupportsIndex


def read_listing() -> Any:
    """The names of the sample as attributes, with the sample run once."""
    return SimpleNamespace(**runpy.run_path(sys.argv[1]))


class Clock:
    """A clock that goes on only when somebody sleeps, in place of that of `time`; so an end is reached to the dot."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        """The sleeps so far, in seconds."""
        time.monotonic, time.sleep = self.monotonic, self.sleep

    def monotonic(self) -> float:
        """Seconds since it was made."""
        return self.now

    def sleep(self, seconds: float | SupportsIndex, /) -> None:
        """Go on at once."""
        self.slept.append(float(seconds))
        self.now += float(seconds)


def says(*lines: str) -> None:
    """Assert that the sample has these lines: claims of the text that hold for other numbers as well."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    for line in lines:
        assert line in text, f"the text builds on `{line}`, which is not there"


def defaults(function: Callable[..., Any]) -> dict[str, Any]:
    """The arguments of a function that have a default."""
    given = inspect.signature(function).parameters.values()
    return {one.name: one.default for one in given if one.default is not one.empty}
