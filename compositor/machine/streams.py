"""stdin, stdout, stderr -> the same, open: those that were closed at the start lead nowhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def open_standard_files() -> None:
    """Open those of the three that are closed, so that no other file gets their number and is written to."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed when Python started
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
