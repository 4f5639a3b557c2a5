"""This machine -> a Python that is new enough, and the tools it came with.

Standard library only, in the syntax of Python 3.9.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple, Optional

from compositor.machine import native
from compositor.machine.doctor import run_program

CANDIDATES = ("python3.13", "python3.12", "python3.14", "python3.11", "python3.15", "python3", "python")

QUESTION = """\
import importlib.util, json, sys
executable = getattr(sys, "_base_executable", sys.executable)
modules = [name for name in ("ensurepip", "pip") if importlib.util.find_spec(name)]
print(json.dumps([executable, sys.version_info[:3], modules]))
"""


class Python(NamedTuple):
    """A Python that runs: the base of its virtual environment, if it is in one."""

    path: str
    version: tuple[int, ...]
    modules: tuple[str, ...]  # which of ensurepip and pip it has

    @property
    def new_enough(self) -> bool:
        """Whether Compositor runs on it."""
        return self.version >= native.OLDEST


def find() -> Optional[Python]:
    """Return the Python that runs this, if it is new enough, else the first of the well-known names that is."""
    for name in (sys.executable, *CANDIDATES):
        path = shutil.which(name)
        found = describe(path) if path else None
        if found and found.new_enough:
            return describe(found.path) or found  # if it was a virtual environment, its base has other modules
    return None


def describe(path: str) -> Optional[Python]:
    """Return what a Python says of itself; None if it does not run (shims of version managers may not)."""
    try:
        result = run_program([path, "-I", "-c", QUESTION])
        executable, version, modules = json.loads(result.stdout if result.returncode == 0 else "")
    except (OSError, ValueError):
        return None
    named = Path(executable).with_name(f"python{version[0]}.{version[1]}")  # stays when python3 becomes a newer one
    return Python(str(named if named.exists() else executable), tuple(version), tuple(modules))


def none_found() -> str:
    """Return what to print if the machine has no Python that is new enough."""
    oldest = ".".join(map(str, native.OLDEST))
    remedy = native.command(native.this_system(), "python").replace("\n", "\n  ")
    return (
        f"Compositor needs Python {oldest} or newer; this is Python {sys.version.split()[0]} ({sys.executable}).\n"
        f"  {remedy}\n"
        "Then run `make` again. (Where uv is installed, it brings a Python by itself.)"
    )
