"""This machine -> how a process starts that needs many imports: as a fork of one that has them, or from scratch."""

from __future__ import annotations

import os
import sys

VARIABLE = "COMPOSITOR_START"
"""The variable that says how a process starts: `fork`, or `spawn` as on macOS."""


def how_to_begin() -> str:
    """Return how a process starts: by a fork with everything imported, where that is safe; else from scratch."""
    told = os.environ.get(VARIABLE, "")
    able = ("fork", "spawn") if hasattr(os, "fork") else ("spawn",)
    return told if told in able else "fork" if sys.platform == "linux" else "spawn"
