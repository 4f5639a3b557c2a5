"""Book -> the files that an earlier build has made of the very same, with all findings, if they are kept.

The key covers the book as it was read, with its sources, the theme, the edition and the names of all files of the
folder. The entry records all else that was read while making it, with digests: it is valid as long as they match.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from compositor.cache import Damaged, Values, canonical, current, digest, kept_once, libraries, press, themes
from compositor.folder.paths import list_files
from compositor.formats import Format, Output
from compositor.model import Finding, Page, PageMap, PageStart, Place
from compositor.press import Proof

PLAIN = Values(Output, Finding, Place, PageMap, Page, PageStart)
Outputs = Mapping[str, Output]


@dataclass(slots=True)
class Before:
    """What is known of an earlier build of the same book."""

    folder: Path
    key: str
    """Empty if nothing can be kept."""

    def outputs(self) -> tuple[Outputs, tuple[Finding, ...]] | None:
        """Return the files and findings; None if they have to be made."""
        cache = current()
        data = cache.get(self.key) if cache is not None and self.key else None
        try:
            outputs, findings, files = PLAIN.read(data) if data is not None else ({}, (), None)
        except (Damaged, ValueError):
            return None
        if cache is None or files is None or any(self._digest(name) != known for name, known in files):
            return None
        whole = {name: cache.get(one.data.decode()) for name, one in outputs.items()}
        made = {name: replace(outputs[name], data=data) for name, data in whole.items() if data is not None}
        return (made, findings) if len(made) == len(outputs) else None

    def keep(self, outputs: Outputs, findings: Sequence[Finding], opened: Iterable[str]) -> None:
        """Keep what was made and passed its checks."""
        cache = current()
        if cache is not None and self.key:
            names = sorted({*opened, *(name for one in outputs.values() for name in one.files)})
            files = tuple((name, self._digest(name)) for name in names)
            said_elsewhere = {name: replace(one, findings=(), counts={}, files=()) for name, one in outputs.items()}
            keys = {name: kept_once(cache, one.data).encode() for name, one in outputs.items()}
            plain = {name: replace(one, data=keys[name]) for name, one in said_elsewhere.items()}
            cache.put(self.key, PLAIN.written((plain, tuple(findings), files)))

    def _digest(self, name: str) -> str:
        """Return the digest of a plain file of the book's folder; of nothing if it cannot be read."""
        try:
            file = Path(os.path.realpath(self.folder / name))
            if not file.is_relative_to(self.folder.resolve()):
                return "?"
            return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        except (OSError, ValueError):  # a name that no file can have
            return ""


def before(proof: Proof, formats: Sequence[Format], printed: PageMap | None = None) -> Before:
    """Return what an earlier build may have made of this book, in these formats, with these printed pages."""
    book, theme = proof.book, proof.theme
    assert book is not None and theme is not None
    folder = book.manuscript.folder
    if current() is None:
        return Before(folder, "")
    try:
        whole = book.manuscript, book.edition, book.first_folio
        said = canonical((*whole, proof.strictness, proof.on_purpose, proof.findings))
    except TypeError:  # the settings contain a value that is not plain
        return Before(folder, "")
    images = {image.path for unit in book.units for image in unit.chapter.images} | {book.manuscript.metadata.cover}
    names = sorted({*images, *(name for unit in book.units for name in unit.chapter.files)} - {""})
    made = Before(folder, "")
    parts = [part for name in names for part in (name, made._digest(name))]
    looks = [part for name, data in sorted(theme.files().items()) for part in (name, sha256(data).hexdigest())]
    made.key = digest(
        "outputs", press(), themes(), libraries(), said, parts, looks, list_files(folder), [one.key for one in formats],
        canonical(printed) if printed is not None else "",
    )  # fmt: skip
    return made
