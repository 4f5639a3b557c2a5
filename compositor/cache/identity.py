"""The program and what it depends on -> a digest: results of another version are never reused."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from compositor.machine import native

PACKAGE = Path(__file__).resolve().parent.parent
DISTRIBUTED = (".dist-info", ".egg-info")


@cache
def press() -> str:
    """Return the bytes of all files of the program, the installed packages with versions, and the Python version."""
    whole = sha256()
    for name, data in _sources(PACKAGE):
        whole.update(f"{name} {len(data)} ".encode() + data)
    packages = sorted({name for folder in sys.path for name in _distributions(folder)})
    whole.update("\n".join((sys.version, platform.machine(), sys.platform, *packages)).encode())
    return whole.hexdigest()


@cache
def themes() -> str:
    """Return the bytes of templates and styles next to the program in a checkout; in a wheel they are part of it."""
    whole = sha256()
    for folder in ("templates", "styles"):
        if (PACKAGE.parent / folder).is_dir() and not (PACKAGE / "_theme").is_dir():
            for name, data in _sources(PACKAGE.parent / folder):
                whole.update(f"{folder} {name} {len(data)} ".encode() + data)
    return whole.hexdigest()


@cache
def libraries() -> str:
    """Return the versions of the system libraries that set text."""
    return repr(sorted(native.versions().items()))


def _sources(folder: Path) -> Iterator[tuple[str, bytes]]:
    for one in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if one.is_dir():
            if one.name != "__pycache__":
                yield from ((f"{one.name}/{name}", data) for name, data in _sources(Path(one.path)))
        elif not one.name.endswith(".pyc"):
            yield one.name, Path(one.path).read_bytes()


def _distributions(folder: str) -> Iterator[str]:
    try:
        yield from (name for name in os.listdir(folder or ".") if name.endswith(DISTRIBUTED))
    except OSError:
        return
