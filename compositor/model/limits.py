"""How much of a machine the work on a book may use."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {"MB": 10**6, "GB": 10**9}
AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?(MB|GB)")
"""A size as people write it: `4 GB`, `1.5 GB`, `800 MB`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the work on a book may use; beyond it, the build ends with a finding."""

    memory: str = "4 GB"
    """Memory of the process that works on the book, and of each that sets pages: `800 MB`, `4 GB`; kept on Linux."""
    reading: int = 60
    """Seconds that one step may take, other than setting pages: reading a file, filling a template, a check."""
    seconds: int = 600
    """Seconds that setting one file may take, and joining all pages."""

    @property
    def bytes(self) -> int:
        """The memory as a number."""
        return amount(self.memory)


def amount(text: str) -> int:
    """Convert `1.5 GB` to bytes. Raises ValueError if it is not a size."""
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(float(match[1]) * UNITS[match[2]])
