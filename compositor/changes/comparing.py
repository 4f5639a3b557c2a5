"""The passages of two books -> changes: equal ones are skipped, and those in another place have moved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from compositor.changes.passages import Passage, Section, Told, told
from compositor.model import Book

Kind = Literal["inserted", "deleted", "changed", "moved"]
Sign = Literal["=", "+", "-"]
Piece = tuple[Sign, str]
"""Words, or lines of code, that were kept, inserted, or deleted."""
FEWEST = 4
"""Least words of a moved passage; shorter ones occur in many places."""
ALIKE = 0.5
"""Likeness above which two passages are one that was changed."""
PAIRS = 2500
"""Passages in a row whose likeness is computed; more are matched in order."""
_WIDE = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Characters of Chinese and Japanese, which have no spaces between words: each counts as one."""
IS_WIDE = re.compile(rf"[{_WIDE}]")
WORD = re.compile(rf"[{_WIDE}]\s*|[^\s{_WIDE}]+\s*|\s+")
"""A word with the space after it."""
LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One passage that was changed or moved."""

    kind: Kind
    what: str
    """`paragraph`, `listing` …"""
    section: Section
    """Its section; for a deleted passage, its former one."""
    pieces: tuple[Piece, ...]
    origin: Section | None = None
    """The former section of a moved passage."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes between two states of a book."""

    sections: tuple[tuple[Section, tuple[Change, ...]], ...]
    """In the order of the new book, with deleted sections at the end."""
    gone: frozenset[str]
    """Anchors of sections that the new book does not have."""
    renumbered: int
    """Passages in which only numbers of other things differ."""

    @property
    def all(self) -> tuple[Change, ...]:
        """Every change."""
        return tuple(change for _, changes in self.sections for change in changes)

    def words(self, kind: Literal["+", "-"]) -> int:
        """Return how many words were inserted and deleted, without moved ones."""
        moved = (one for one in self.all if one.kind != "moved")
        return sum(len(_bare(text)) for one in moved for sign, text in one.pieces if sign == kind)


@dataclass(slots=True)
class _Hunk:
    """Neighbouring passages that differ."""

    old: list[Passage]
    new: list[Passage]


def compared(old: Sequence[Told], new: Book) -> Changes:
    """Compare the texts of an old and a new book."""
    hunks = list(_hunks(old, told(new)))
    changes = list(_moved(hunks))
    renumbered = 0
    for hunk in hunks:
        pairs = _pairs(hunk)
        for before, after in pairs:
            if before is not None and after is not None and before.source and before.source == after.source:
                renumbered += 1
            else:
                changes.append(_change(before, after))
    return _by_section(changes, new, renumbered)


def _hunks(old: Sequence[Told], new: Sequence[Told]) -> Iterator[_Hunk]:
    """Yield the differences, file by file; a renamed file is recognised by its title."""
    left = {one.key: one for one in old}
    kept = {one.key for one in new}
    for one in new:
        before = left.pop(one.key, None) or _same_title(one, left, kept)
        yield from _different(before.passages if before is not None else (), one.passages)
    for one in left.values():
        yield from _different(one.passages, ())


def _same_title(new: Told, left: dict[str, Told], kept: Set[str]) -> Told | None:
    found = next((one for key, one in left.items() if key not in kept and one.title == new.title), None)
    return left.pop(found.key) if found is not None else None


def _different(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[_Hunk]:
    matcher = SequenceMatcher(None, [one.whole for one in old], [one.whole for one in new], autojunk=False)
    for same, first, last, start, end in matcher.get_opcodes():
        if same != "equal":
            yield _Hunk(list(old[first:last]), list(new[start:end]))


def _moved(hunks: Sequence[_Hunk]) -> Iterator[Change]:
    """Yield passages that were deleted in one place and inserted in another, unchanged; take them from the hunks."""
    gone: dict[str, list[tuple[_Hunk, Passage]]] = defaultdict(list)
    for hunk in hunks:
        for passage in hunk.old:
            gone[passage.whole].append((hunk, passage))
    for hunk in hunks:
        for passage in tuple(hunk.new):
            if len(_bare(passage.words)) >= FEWEST and gone[passage.whole]:
                there, before = gone[passage.whole].pop(0)
                there.old.remove(before)
                hunk.new.remove(passage)
                yield Change("moved", passage.kind, passage.section, (("=", passage.words),), before.section)


def _pairs(hunk: _Hunk) -> Iterator[tuple[Passage | None, Passage | None]]:
    """Yield each passage with its former version, if there is a similar one; the remaining old ones come before."""
    old, new = list(hunk.old), hunk.new
    found: dict[int, Passage] = {}
    if len(old) * len(new) <= PAIRS:
        for number, passage in enumerate(new):
            best = max(old, key=lambda one: _likeness(one, passage), default=None)
            if best is not None and _likeness(best, passage) >= ALIKE:
                old.remove(best)
                found[number] = best
    yield from ((one, None) for one in old)
    yield from ((found.get(number), passage) for number, passage in enumerate(new))


def _likeness(old: Passage, new: Passage) -> float:
    """Return how much two passages have in common, from 0 to 1; 0 if they are of different kinds."""
    if old.kind != new.kind:
        return 0.0
    if old.source and old.source == new.source:
        return 1.0
    matcher = SequenceMatcher(None, _bare(old.without_number), _bare(new.without_number), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _bare(text: str) -> list[str]:
    """Return its words without the spaces after them."""
    return [word.strip() for word in WORD.findall(text)]


def _change(old: Passage | None, new: Passage | None) -> Change:
    if old is not None and new is not None:
        return Change("changed", new.kind, new.section, tuple(_pieces(old, new)))
    if new is not None:
        return Change("inserted", new.kind, new.section, (("+", new.words),))
    assert old is not None
    return Change("deleted", old.kind, old.section, (("-", old.words),))


def _pieces(old: Passage, new: Passage) -> Iterator[Piece]:
    """Yield what was kept, deleted and inserted: words with the space after them, whole lines, or formulas."""
    of_formulas = old.words == new.words
    was, now = (old.source, new.source) if of_formulas else (old.words, new.words)
    parts = LINE if new.is_code else WORD
    before: list[str] = parts.findall(was)
    after: list[str] = parts.findall(now)
    matcher = SequenceMatcher(None, [one.strip() for one in before], [one.strip() for one in after], autojunk=False)
    for same, first, last, start, end in matcher.get_opcodes():
        if same == "equal":
            yield "=", "".join(after[start:end])
            continue
        if last > first:
            yield "-", "".join(before[first:last])
        if end > start:
            yield "+", "".join(after[start:end])


def _by_section(changes: Sequence[Change], new: Book, renumbered: int) -> Changes:
    """Return changes under the sections of the new book; those of a section that still exists are under it."""
    order = {name: place for place, name in enumerate(new.targets)}
    groups: dict[str, list[Change]] = defaultdict(list)
    heads: dict[str, Section] = {}
    for change in changes:
        now = _now(change.section, new)
        heads.setdefault(now.anchor, now)
        groups[now.anchor].append(replace(change, section=now))
    names = sorted(groups, key=lambda name: order.get(name, len(order)))
    gone = frozenset(name for name in names if name not in order)
    return Changes(tuple((heads[name], tuple(groups[name])) for name in names), gone, renumbered)


def _now(section: Section, new: Book) -> Section:
    target = new.targets.get(section.anchor)
    return section if target is None else Section(section.anchor, target.number, target.anchor.title)


def numbers_of(changes: Changes) -> Mapping[str, int]:
    """Return the numbers of changes."""
    kinds = [one.kind for one in changes.all]
    return {
        "sections": len(changes.sections),
        "words inserted": changes.words("+"),
        "words deleted": changes.words("-"),
        "passages moved": kinds.count("moved"),
        "passages in which only numbers differ": changes.renumbered,
    }
