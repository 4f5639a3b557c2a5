"""Files that are read for a unit -> their names and digests: what a unit depends on besides its text and the look."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from compositor.typeset.values import Look

Files = tuple[tuple[str, str], ...]


def roots_of(look: Look) -> tuple[Path, ...]:
    """Return the folders from which files are read: the book's first, then those of the style sheets."""
    return tuple(dict.fromkeys((look.folder, *(folder for _, folder in look.sheets))))


def of_the_book(files: Iterable[Files]) -> tuple[str, ...]:
    """Return the files in the first of the folders, by their paths in it."""
    names = {name for one in files for name, _ in one}
    return tuple(sorted(name.removeprefix("0/") for name in names if name.startswith("0/")))


class FilesRead:
    """The files below these folders that are read, including pictures that were read earlier and are shown again."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(root.resolve() for root in roots)
        self._noted: set[str] = set()
        self._digests: dict[str, str] = {}
        self.pictures = _Pictures(self)
        """WeasyPrint's pictures by their addresses."""

    def begin(self) -> None:
        """Begin with another unit."""
        self._noted.clear()

    def note(self, path: Path) -> None:
        """Note that a file is read."""
        with suppress(StopIteration):
            inside = next((number, root) for number, root in enumerate(self._roots) if path.is_relative_to(root))
            name = f"{inside[0]}/{path.relative_to(inside[1]).as_posix()}"
            self._noted.add(name)
            if name not in self._digests:
                self._digests[name] = _digest(path)

    def note_address(self, address: str) -> None:
        """Note that the picture with this address is shown."""
        if address.startswith("file:"):
            self.note(Path(os.path.realpath(unquote(urlsplit(address).path))))

    def taken(self) -> Files:
        """Return the names and digests of what was read since the beginning of the unit."""
        return tuple((name, self._digests[name]) for name in sorted(self._noted))


class _Pictures(dict[str, object]):
    def __init__(self, files: FilesRead) -> None:
        super().__init__()
        self._files = files

    def __contains__(self, address: object) -> bool:
        self._files.note_address(str(address))
        return super().__contains__(address)


class FilesNow:
    """The content of the files below these folders at this moment."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(root.resolve() for root in roots)
        self._digests: dict[str, str] = {}

    def are(self, files: Iterable[tuple[str, str]]) -> bool:
        """Return whether the files have the same content as before."""
        return all(self._digest(name) == digest for name, digest in files)

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            number, _, path = name.partition("/")
            inside = number.isascii() and number.isdigit() and int(number) < len(self._roots)
            file = Path(os.path.realpath(self._roots[int(number)] / path)) if inside else Path("/")
            allowed = inside and any(file.is_relative_to(root) for root in self._roots)
            self._digests[name] = _digest(file) if allowed else "?"
        return self._digests[name]


def _digest(file: Path) -> str:
    """Return the digest of a file; that of nothing if it cannot be read."""
    whole = sha256()
    with suppress(OSError, ValueError):
        whole.update(file.read_bytes())
    return whole.hexdigest()
