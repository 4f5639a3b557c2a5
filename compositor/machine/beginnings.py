"""This machine -> how a process begins that needs much imported: as a copy of one that has it, or from nothing."""

from __future__ import annotations

import os
import sys

VARIABLE = "COMPOSITOR_START"
"""The variable that says how a process begins: `fork`, or `spawn` as on macOS."""


def how_to_begin() -> str:
    """How a process begins: with everything imported already, where a fork is safe; else from nothing, and slower."""
    told = os.environ.get(VARIABLE, "")
    able = ("fork", "spawn") if hasattr(os, "fork") else ("spawn",)
    return told if told in able else "fork" if sys.platform == "linux" else "spawn"
