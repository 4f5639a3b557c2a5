"""Chapters -> Book: numbers, anchors, contents, and every reference resolved. Only this stage sees the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase

from compositor.backmatter import back_matter, resolve_terms
from compositor.bibliography import EXPLANATIONS as OF_CITATIONS
from compositor.bibliography import cite_all
from compositor.errors import error
from compositor.language import Language
from compositor.model import (
    Anchor,
    Book,
    Chapter,
    ContentsEntry,
    Edition,
    Entry,
    Finding,
    Manuscript,
    Role,
    Target,
    Unit,
)
from compositor.references import EXPLANATIONS as OF_REFERENCES
from compositor.references import resolve_reference
from compositor.titles import with_titles

NUMBERED_DEPTH = 3
"""Numbers in print go down to 18.1.1 (typography, ruling on section 1)."""
TITLES_IN_TITLES = 3
"""How often titles are put into titles: one that names a section without a number has that section's title in it."""
ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


@dataclass(slots=True)
class _Numbering:
    """The counters of one walk through the book: chapters, and what is counted within each of them."""

    words: Language
    next_chapter: int
    levels: int = NUMBERED_DEPTH
    parts: int = 0
    appendices: int = 0
    captions: Counter[tuple[str, str]] = field(default_factory=Counter)
    targets: dict[str, Target] = field(default_factory=dict)


def assemble(
    manuscript: Manuscript, chapters: Mapping[str, Chapter], words: Language, edition: Edition
) -> tuple[Book, tuple[Finding, ...]]:
    """Number the tree and resolve what refers into it; `chapters` is by path of source.

    Where titles name other things, the book is put together once more with what they came to.
    """
    book, findings = _assemble(manuscript, chapters, words, edition)
    for _ in range(TITLES_IN_TITLES):
        if not (named := with_titles(book, words)):
            break
        book, findings = _assemble(manuscript, named, words, edition)
    return book, findings


def _assemble(
    manuscript: Manuscript, chapters: Mapping[str, Chapter], words: Language, edition: Edition
) -> tuple[Book, tuple[Finding, ...]]:
    numbering = _Numbering(words, manuscript.metadata.first_chapter, manuscript.metadata.numbered_levels)
    units = tuple(_units(manuscript.entries, chapters, numbering, None))
    findings = list(_duplicate_anchors(units))
    links: dict[str, str] = {}
    for unit in units:
        for reference in unit.chapter.references:
            findings += resolve_reference(reference, units, numbering.targets, links)
    findings += resolve_terms(units, numbering.targets, links)
    matter, faults = back_matter(units, numbering.targets, words)
    contents = tuple(_contents(units, "", numbering.targets))
    book = Book(manuscript, units, numbering.targets, links, contents, edition, matter)
    book, unknown = cite_all(book, words)
    return book, (*findings, *faults, *unknown)


def _units(
    entries: Iterable[Entry], chapters: Mapping[str, Chapter], numbering: _Numbering, parent: Unit | None
) -> Iterator[Unit]:
    for place, entry in enumerate(entries, 1):
        unit = _unit(entry, chapters[entry.source.path], numbering, parent, place)
        yield unit
        yield from _units(entry.children, chapters, numbering, unit)


def _unit(entry: Entry, chapter: Chapter, numbering: _Numbering, parent: Unit | None, place: int) -> Unit:
    number = _unit_number(entry.role, numbering, parent, place)
    heading = chapter.heading
    title = heading.title if heading else entry.source.path
    label = _unit_label(entry.role, number, numbering.words)
    short = chapter.front_matter.short_title or title
    head = f"{number}\u2002{short}" if number else short
    verso = parent.verso if parent is not None and entry.role is Role.SECTION else head
    anchor = heading.id if heading else entry.source.key
    key = parent.key if parent is not None else ""
    unit = Unit(entry.role, chapter, anchor, number, label, title, key, verso, head)
    _number_anchors(unit, _scope(unit, parent), bool(entry.children), numbering)
    return unit


def _scope(unit: Unit, parent: Unit | None) -> str:
    """The number of the chapter or appendix within which captions are counted; empty: through the whole book."""
    owner = parent if unit.role is Role.SECTION and parent is not None else unit
    return owner.number if owner.role in (Role.CHAPTER, Role.APPENDIX) else ""


def _unit_number(role: Role, numbering: _Numbering, parent: Unit | None, place: int) -> str:
    if role is Role.PART:
        numbering.parts += 1
        return roman(numbering.parts)
    if role is Role.CHAPTER:
        numbering.next_chapter += 1
        return str(numbering.next_chapter - 1)
    if role is Role.APPENDIX:
        numbering.appendices += 1
        return letter(numbering.appendices)
    numbered = role is Role.SECTION and parent is not None and numbering.levels > 1
    return f"{parent.number}.{place}" if numbered and parent is not None else ""


def _unit_label(role: Role, number: str, words: Language) -> str:
    names = {Role.PART: words.part, Role.CHAPTER: words.chapter, Role.APPENDIX: words.appendix}
    return f"{names[role]} {number}" if role in names else ""


def roman(number: int) -> str:
    """1 -> I, 4 -> IV: for parts, and in lower case for the folios of the front matter."""
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def letter(number: int) -> str:
    """1 -> A, 26 -> Z, 27 -> AA: for appendices."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = ascii_uppercase[rest] + text
    return text


def _number_anchors(unit: Unit, scope: str, has_sections: bool, numbering: _Numbering) -> None:
    """Give every anchor of a unit its number; a chapter with section files leaves 18.1 … to them."""
    counters = [0] * 7
    for anchor in unit.chapter.anchors:
        if anchor.level:
            levels = 1 if has_sections else numbering.levels
            number = _heading_number(unit, anchor, counters, levels)
        elif anchor.within:
            number = _panel_number(anchor, numbering)
        elif anchor.number or not anchor.numbered:
            number = anchor.number
        else:
            numbering.captions[scope, anchor.kind] += 1
            count = numbering.captions[scope, anchor.kind]
            number = f"{scope}.{count}" if scope else str(count)
        if anchor.id not in numbering.targets:
            label = _label(unit, anchor, number, numbering.words)
            numbering.targets[anchor.id] = Target(anchor, unit.key, number, label, _called(unit, anchor))


def _panel_number(anchor: Anchor, numbering: _Numbering) -> str:
    """18.2a, 18.2b: the number of the figure that a panel lies in, and a letter."""
    numbering.captions[anchor.within, "panel"] += 1
    return numbering.targets[anchor.within].number + letter(numbering.captions[anchor.within, "panel"]).lower()


def _heading_number(unit: Unit, anchor: Anchor, counters: list[int], levels: int) -> str:
    if anchor.level == 1:
        return unit.number
    depth = anchor.level + (unit.role is Role.SECTION)
    numbered = unit.role in (Role.CHAPTER, Role.SECTION, Role.APPENDIX) and anchor.numbered
    if not numbered or depth > levels:
        return ""
    counters[anchor.level] += 1
    counters[anchor.level + 1 :] = [0] * len(counters[anchor.level + 1 :])
    inner = counters[2 : anchor.level + 1]
    return ".".join([unit.number, *map(str, inner)]) if all(inner) else ""


def _label(unit: Unit, anchor: Anchor, number: str, words: Language) -> str:
    """How a reference calls it inside a sentence."""
    captions = {"figure": words.figure, "table": words.table, "listing": words.listing}
    captions |= {"exercise": words.exercise, "item": words.item_inside}
    units = {Role.CHAPTER: words.chapter_inside, Role.APPENDIX: words.appendix_inside, Role.PART: words.part_inside}
    if not number:
        return words.quoted(anchor.title)
    if anchor.kind == "equation":
        return f"{words.equation} ({number})"
    if anchor.kind in captions:
        return f"{captions[anchor.kind]} {number}"
    return f"{units.get(unit.role, words.section_inside) if anchor.level == 1 else words.section_inside} {number}"


def _called(unit: Unit, anchor: Anchor) -> str:
    """What a plural calls it."""
    opens = anchor.level == 1 and unit.role in (Role.PART, Role.CHAPTER, Role.APPENDIX)
    return unit.role.value if opens else anchor.kind


def _duplicate_anchors(units: Iterable[Unit]) -> Iterator[Finding]:
    first: dict[str, Anchor] = {}
    for unit in units:
        for anchor in unit.chapter.anchors:
            known = first.setdefault(anchor.id, anchor)
            if known.place.file != anchor.place.file:
                message = f'the id "{anchor.id}" is given twice in the book'
                yield error("L102", message, anchor.place, f"it stands at {known.place} already")


def _contents(units: tuple[Unit, ...], parent: str, targets: Mapping[str, Target]) -> Iterator[ContentsEntry]:
    for unit in units:
        if unit.parent == parent:
            inner = (*_headings(unit, targets), *_contents(units, unit.key, targets))
            yield ContentsEntry(unit.title, unit.number, unit.anchor, unit.key, unit.role, inner)


def _headings(unit: Unit, targets: Mapping[str, Target]) -> tuple[ContentsEntry, ...]:
    """The h2 of a unit, with their h3."""
    tree: list[tuple[Anchor, list[Anchor]]] = []
    for anchor in unit.chapter.anchors:
        if anchor.level == 2:
            tree.append((anchor, []))
        elif anchor.level == 3 and tree:
            tree[-1][1].append(anchor)

    def entry(anchor: Anchor, children: Iterable[Anchor] = ()) -> ContentsEntry:
        number = targets[anchor.id].number
        return ContentsEntry(anchor.title, number, anchor.id, unit.key, None, tuple(map(entry, children)))

    return tuple(entry(anchor, children) for anchor, children in tree)


EXPLANATIONS = {**OF_REFERENCES, **OF_CITATIONS}
