"""A line of the report of `doctor`: what was looked for, its state, and how to fix it."""

from __future__ import annotations

from typing import NamedTuple

FINE, MISSING, ABSENT, NOTED = "fine", "missing", "absent", "noted"


class Item(NamedTuple):
    """One line of the report: what was looked for, its state, and how to fix it."""

    name: str
    state: str
    detail: str
    remedy: str = ""
