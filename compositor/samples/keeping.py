"""Call -> its cached result, by everything that could change it; only good results are cached."""

from __future__ import annotations

import glob
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from compositor import __version__
from compositor.formats.writing.files import write_atomically
from compositor.samples.calls import Call

NOT_COUNTED = frozenset({"__pycache__", "node_modules"})
"""Folders that tools fill by themselves."""
Printed = tuple[str | None, ...]
"""The output of each sample of a call; None if its runner did not record it."""


@dataclass(slots=True)
class Kept:
    """The results in a folder, and which of them this run has asked for."""

    folder: Path
    book: Path
    environments: Mapping[str, str]
    """Name -> digest."""
    fresh: bool = False
    asked: set[str] = field(default_factory=set)
    _used: dict[tuple[str, ...], str] = field(default_factory=dict)

    def key(self, call: Call) -> str:
        """Return SHA-256 of command, code and its attributes, the files it uses, environments, and the program."""
        uses = call.language.uses
        if uses not in self._used:
            self._used[uses] = _digest(self._content(uses))
        parts = (__version__, call.kind, *call.words, self._used[uses], *_sorted(self.environments), *_samples(call))
        return _digest(part.encode("utf-8", "surrogatepass") for part in parts)

    def load(self, key: str) -> Printed | None:
        """Return an earlier good result; None if there is none, or fresh ones are wanted."""
        self.asked.add(key)
        if self.fresh:
            return None
        with suppress(OSError, ValueError, KeyError, TypeError):
            return tuple(json.loads(self._file(key).read_text(encoding="utf-8"))["printed"])
        return None

    def keep(self, key: str, printed: Printed) -> None:
        """Keep a good result, whole or not at all. Raises BookError."""
        data = json.dumps({"printed": printed}, ensure_ascii=False)
        write_atomically(self._file(key), data.encode("utf-8", "surrogatepass"))

    def forget_others(self) -> None:
        """Delete what a run over the whole book has not asked for."""
        for file in self.folder.glob("*.json"):
            if file.stem not in self.asked:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _content(self, patterns: Sequence[str]) -> Iterator[bytes]:
        found = {path for pattern in patterns for path in glob.glob(pattern, root_dir=self.book, recursive=True)}
        for path in sorted(found):
            file = self.book / path
            if file.is_file() and not NOT_COUNTED & set(Path(path).parts):
                yield path.encode("utf-8", "surrogateescape")
                yield file.read_bytes()


def _samples(call: Call) -> Iterator[str]:
    """Yield the data about its samples that a command gets, without lines: text above them makes no difference."""
    for sample in call.samples:
        fence = sample.fence
        yield from (fence.chapter, fence.id, fence.language, fence.source, *fence.classes, fence.text)
        yield from _sorted(fence.attributes)


def _sorted(pairs: Mapping[str, str]) -> Iterator[str]:
    return (f"{name}={value}" for name, value in sorted(pairs.items()))


def _digest(parts: Iterator[bytes]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(f"{len(part)} ".encode() + part)
    return digest.hexdigest()
