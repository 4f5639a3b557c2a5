"""Entries with `crossref` and `xdata` -> entries with the fields that they inherit.

Source: the manual of biblatex, section 2.4.1 and appendix B.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compositor.dialects.bibliography.bibtex import Entry, Value
from compositor.dialects.bibliography.vocabulary import IN_BOOKS
from compositor.errors import warning
from compositor.model import Finding

_KEPT = """
ids crossref xref entryset entrysubtype execute label options presort related relatedoptions relatedstring
relatedtype shorthand shorthandintro sortkey sorttitle indextitle indexsorttitle shorttitle keywords xdata
"""
KEPT = frozenset(_KEPT.split())
"""Fields that are not inherited."""
PARTS = ("title", "subtitle", "titleaddon")
WHOLE = frozenset(("mvbook", "mvcollection", "mvproceedings", "mvreference"))
DEEPEST = 20
"""Most entries in a chain of inheritance; a longer chain is a cycle."""


def with_inherited(entries: Iterable[Entry]) -> tuple[list[Entry], list[Finding]]:
    """Return the works among the entries, each with what it inherits, and a finding if its parent is missing."""
    entries = list(entries)
    family = _Family({entry.key.lower(): entry for entry in reversed(entries)})
    works = [family.whole(entry, 0) for entry in entries if entry.kind not in ("xdata", "set")]
    for entry in entries:
        if entry.kind == "set":
            message = f'"{entry.key}" is a set of works and cannot be cited itself'
            family.findings.append(warning("S026", message, entry.place, "cite its works: [@a; @b]"))
    return works, list(dict.fromkeys(family.findings))


class _Family:
    """The entries by key, and the complete ones: each inherits once, however often it is named."""

    def __init__(self, known: Mapping[str, Entry]) -> None:
        self.known = known
        self.done: dict[str, Entry] = {}
        self.findings: list[Finding] = []

    def whole(self, entry: Entry, depth: int) -> Entry:
        """Return the entry with what it inherits; one that inherits from itself is unchanged."""
        name = entry.key.lower()
        if self.known.get(name) is entry:
            if name in self.done or depth == DEEPEST:
                return self.done.get(name, entry)
            self.done[name] = entry
        for field in ("xdata", "crossref"):
            for key in filter(None, (part.strip() for part in entry.said(field).split(","))):
                parent = self.known.get(key.lower())
                if parent is None:
                    message = f'the work "{entry.key}" inherits from "{key}", which does not exist'
                    place, remedy = entry.fields[field].place, "correct the key, or add the entry"
                    self.findings.append(warning("S026", message, place, remedy))
                    continue
                parent = self.whole(parent, depth + 1)
                entry = entry.with_fields(dict(parent.fields) if field == "xdata" else _inherited(entry, parent))
        if self.known.get(name) is not None and self.known[name].place == entry.place:
            self.done[name] = entry
        return entry


def _inherited(child: Entry, parent: Entry) -> dict[str, Value]:
    """Return what an entry takes from the work that contains it: a book's title becomes the container title."""
    given = {name: value for name, value in parent.fields.items() if name not in KEPT}
    into = "booktitle" if child.kind in IN_BOOKS and parent.kind not in WHOLE else ""
    into = "maintitle" if parent.kind in WHOLE and child.kind not in WHOLE else into
    into = "journaltitle" if parent.kind == "periodical" else into
    if not into:
        return given if child.kind == parent.kind else {n: v for n, v in given.items() if n not in PARTS}
    stem = into.removesuffix("title")
    renamed = {f"{stem}{part}": given.pop(part) for part in PARTS if part in given}
    if parent.kind in ("book", "mvbook") and child.kind in ("inbook", "bookinbook", "suppbook") and "author" in given:
        renamed["bookauthor"] = given["author"]
    return {**renamed, **given}
