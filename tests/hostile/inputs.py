"""A family and a seed -> a hostile book that tries to make a build hang, crash or leak data."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SETTINGS = 'format = 1\ntitle = "T"\nauthors = ["A"]\n'
Files = Mapping[str, str | bytes]


@dataclass(slots=True)
class Hostile:
    """A book whose folder also has something other than ordinary files."""

    family: str
    seed: int
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    pipes: tuple[str, ...] = ()

    def write(self, folder: Path) -> Path:
        """Write the book into a folder; return the folder."""
        folder.mkdir(parents=True)
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name, target in self.links.items():
            (folder / name).symlink_to(target)
        for name in self.pipes:
            os.mkfifo(folder / name)
        return folder


Family = Callable[[random.Random], Hostile]


def book(text: str, settings: str = "", more: Files | None = None) -> Hostile:
    """Return a book of one chapter with this text, and other files."""
    files: Files = {"book.toml": SETTINGS + settings, "01-a.md": f"# A\n\n{text}\n", **(more or {})}
    return Hostile("", 0, {name: as_bytes(data) for name, data in files.items()})


def as_bytes(data: str | bytes) -> bytes:
    """Return text as UTF-8; surrogates as invalid bytes."""
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


def hostile(seed: int) -> Hostile:
    """Return the book of a seed; the families take turns."""
    from tests.hostile.families import FAMILIES

    names = list(FAMILIES)
    family = names[seed % len(names)]
    made = FAMILIES[family](random.Random(seed))
    made.family, made.seed = family, seed
    return made
