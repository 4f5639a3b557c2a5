"""A line of what `doctor` says: what was looked for, how it stands, and what would mend it."""

from __future__ import annotations

from typing import NamedTuple

FINE, MISSING, ABSENT, NOTED = "fine", "missing", "absent", "noted"


class Item(NamedTuple):
    """One line of the report: what was looked for, how it stands, and what would mend it."""

    name: str
    state: str
    detail: str
    remedy: str = ""
