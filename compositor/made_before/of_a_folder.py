"""A folder with unchanged bytes -> what a command has made of it, before anything of the book is read.

A build records which files of the folder it has opened, and which revisions of its repository. The key of its results
covers their bytes and commits, the names, kinds and sizes of everything in the folder, its commit, the program with its
themes, and the words of the command.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from compositor.cache import Damaged, Values, canonical, current, digest, kept_once, libraries, press, themes
from compositor.folder.listing import Listed, environments, everything
from compositor.folder.paths import is_of_git
from compositor.formats import Format
from compositor.formats.writing.outputs import is_output, target
from compositor.git import Unreadable, read_checkout
from compositor.git.revisions import asked, commit_of
from compositor.model import Finding, Place

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable that sets the date of the files."""
REVISION = "\0"
"""Precedes the name of a revision that was read, among names of files, none of which can begin like this."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The results of a command, and all its findings except those about other files beside its own."""

    names: tuple[str, ...]
    """The names of the files, in the order of their formats."""
    files: tuple[bytes, ...]
    """Their bytes."""
    of_sources: tuple[Finding, ...]
    """Findings about the sources."""
    of_files: tuple[Finding, ...]
    """Findings about the files."""
    slug: str
    title: str
    build: str
    """The build id."""
    became: bytes = b""
    """What became of the book, if a file says it."""
    told: tuple[str, ...] = ()
    """The same in lines."""


PLAIN = Values(Finished, Finding, Place)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks for."""

    folder: Path
    formats: Sequence[Format]
    output: str
    words: object
    """Plain values: its other inputs; None if it reads more than the folder."""

    def paths(self, slug: str) -> tuple[Path, ...]:
        """Return the files that it makes."""
        return tuple(target(self.output, slug, one) for one in self.formats)


class Inputs:
    """The contents of a book's folder, except outputs of commands that ask for the same."""

    def __init__(self, asked: Asked) -> None:
        self.root = os.path.realpath(asked.folder)
        paths = tuple(zip(asked.formats, asked.paths("book"), strict=True))
        self._outputs = {os.path.realpath(path.parent) for _, path in paths}
        self._sites = tuple(f"{os.path.realpath(path)}{os.sep}" for format_, path in paths if format_.is_folder)

    def listed(self) -> dict[str, Listed]:
        """Return all of it. Raises OSError if it cannot be read, or is too much."""
        return everything(self.root, self.is_output)

    def is_output(self, name: str) -> bool:
        """Return whether a name in the folder, or a whole path, is that of an output."""
        path = os.path.join(self.root, name)  # a whole path stays as it is
        return path.startswith(self._sites) or any(is_output(path, folder) for folder in self._outputs)


class Before:
    """The folder of a book as it is before a command, and the results of earlier ones."""

    def __init__(self, asked: Asked) -> None:
        self._asked, self._cache = asked, current()
        self._inputs = Inputs(asked)
        self._root = self._inputs.root
        self._listed: dict[str, Listed] = {}
        self._key = self._state = ""
        if self._cache is not None and asked.words is not None:
            with suppress(OSError, ValueError, TypeError, Unreadable):
                self._look()

    def _look(self) -> None:
        self._listed = self._inputs.listed()
        kinds = sorted((name, one.kind) for name, one in self._listed.items())
        self._state = repr((kinds, read_checkout(self._asked.folder)))
        said = canonical((self._asked.words, [one.key for one in self._asked.formats]))
        self._key = digest("command", press(), themes(), libraries(), said, self._root, os.environ.get(EPOCH, ""))

    def finished(self) -> Finished | None:
        """Return the results of an earlier command on exactly these bytes; None if they have to be made."""
        names = self._kept(self._key)
        found = self._kept(self._whole(names)) if isinstance(names, tuple) else None
        if not isinstance(found, Finished) or self._cache is None:
            return None
        files = [self._cache.get(key.decode()) for key in found.files]
        is_asked = found.names == tuple(path.name for path in self._asked.paths(found.slug))
        whole = tuple(one for one in files if one is not None)
        return replace(found, files=whole) if is_asked and len(whole) == len(found.names) else None

    def _kept(self, key: str) -> Any:
        data = self._cache.get(key) if self._cache is not None and self._key else None
        with suppress(Damaged):
            return None if data is None else PLAIN.read(data)
        return None

    def _whole(self, names: Sequence[str]) -> str:
        return digest(self._key, self._state, [part for name in names for part in (name, self._digest(name))])

    def _digest(self, name: str) -> str:
        """Return the digest of a file that may be read for the book, or of nothing; for a revision, its commit's id."""
        if name.startswith(REVISION):
            return commit_of(Path(self._root), name.removeprefix(REVISION))
        file = os.path.realpath(os.path.join(self._root, name))
        if not file.startswith(self._root + os.sep) or not os.path.isfile(file):
            return ""
        try:
            return sha256(Path(file).read_bytes()).hexdigest()
        except OSError:
            return "?"

    def keep(self, made: Finished, read: Collection[str], opened: Collection[str]) -> None:
        """Keep what was made of the files that were read, unless somebody has written to the folder meanwhile.

        `opened` was recorded while outputs were written, and may contain outputs.
        """
        ours = self._inputs.is_output
        names = {name for name in (*read, *(one for one in opened if not ours(one))) if not is_of_git(name)}
        revisions = asked()
        if not self._key or self._cache is None or any(map(ours, names)) or not all(revisions.values()):
            return  # what could not be read from the repository is looked for again
        if any(name.startswith(environments(self._listed)) for name in names):
            return  # whether one of them has been written to meanwhile is unknown
        names |= {f"{REVISION}{name}" for name in revisions}
        with suppress(OSError, TypeError):
            if self._inputs.listed() == self._listed:
                self._cache.put(self._key, PLAIN.written(tuple(sorted(names))))
                keys = tuple(kept_once(self._cache, one).encode() for one in made.files)
                self._cache.put(self._whole(sorted(names)), PLAIN.written(replace(made, files=keys)))
