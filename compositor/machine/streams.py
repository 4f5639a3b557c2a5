"""stdin, stdout, stderr -> the same, open: what was closed by whoever started the program leads to nowhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def open_standard_files() -> None:
    """Open what was closed of the three, so that no other file gets its number and is written to."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed when Python began
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
