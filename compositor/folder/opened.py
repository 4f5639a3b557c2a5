"""A folder -> the files in it that this process opens, from Python's audit events."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class _Opened:
    """The files opened so far. An audit hook cannot be removed, so there is one for all that ask."""

    def __init__(self) -> None:
        self._listening: list[tuple[tuple[str, ...], set[str]]] = []
        self._hooked = False

    def begin(self, roots: tuple[str, ...], names: set[str]) -> None:
        """Start recording what is opened below these folders."""
        self._listening.append((roots, names))
        if not self._hooked:
            self._hooked = True
            sys.addaudithook(self._hear)

    def end(self, names: set[str]) -> None:
        """Stop recording for these folders."""
        self._listening = [one for one in self._listening if one[1] is not names]

    def add(self, names: Iterable[str]) -> None:
        """Record files that were opened where this hook cannot see it."""
        for _, heard in self._listening:
            heard.update(names)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._listening and event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.abspath(os.fsdecode(arguments[0]))
            for roots, names in self._listening:
                names.update(path[len(root) :] for root in roots if path.startswith(root))


_opened = _Opened()


@contextmanager
def files_opened(folder: Path) -> Iterator[set[str]]:
    """Return a set of the files of a folder that are opened inside, by their paths from there."""
    names: set[str] = set()
    _opened.begin(tuple({name + os.sep for name in (os.path.abspath(folder), os.path.realpath(folder))}), names)
    try:
        yield names
    finally:
        _opened.end(names)


def opened_elsewhere(names: Iterable[str]) -> None:
    """Record files that another process has opened for this work, by their paths from the folder."""
    _opened.add(names)
