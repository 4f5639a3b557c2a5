"""A folder -> the files of it that this process opens, as Python hears of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class _Opened:
    """A hook of Python's cannot be taken away again, so there is one of it, and it hears for all that ask."""

    def __init__(self) -> None:
        self._listening: list[tuple[tuple[str, ...], set[str]]] = []
        self._hooked = False

    def begin(self, roots: tuple[str, ...], names: set[str]) -> None:
        """From here on, hear what is opened below these folders."""
        self._listening.append((roots, names))
        if not self._hooked:
            self._hooked = True
            sys.addaudithook(self._hear)

    def end(self, names: set[str]) -> None:
        """Hear no more for those that asked with these."""
        self._listening = [one for one in self._listening if one[1] is not names]

    def add(self, names: Iterable[str]) -> None:
        """These have been opened where this hook does not hear."""
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
    """The files of a folder that are opened inside, by their paths from there."""
    names: set[str] = set()
    _opened.begin(tuple({name + os.sep for name in (os.path.abspath(folder), os.path.realpath(folder))}), names)
    try:
        yield names
    finally:
        _opened.end(names)


def opened_elsewhere(names: Iterable[str]) -> None:
    """Another process has opened these for the work that is done here, by their paths from the folder."""
    _opened.add(names)
