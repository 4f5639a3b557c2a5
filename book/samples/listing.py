"""The sample that a trial is given as its first argument -> its names."""

from __future__ import annotations

import runpy
import sys
from types import SimpleNamespace
from typing import Any


def read_listing() -> Any:
    """The names of the sample as attributes, with the sample run once."""
    return SimpleNamespace(**runpy.run_path(sys.argv[1]))
