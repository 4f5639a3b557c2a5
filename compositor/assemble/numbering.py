"""Chapters in order -> units: every number of the book, given once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from compositor.errors import warning
from compositor.language import Language
from compositor.language.numerals import letter, roman
from compositor.model import Anchor, Chapter, Entry, Finding, Role, Target, Unit

NUMBERED_DEPTH = 3
"""Printed numbers go down to 18.1.1."""


@dataclass(slots=True)
class Numbering:
    """The counters of one walk through the book: chapters, and what is counted within each of them."""

    words: Language
    next_chapter: int
    levels: int = NUMBERED_DEPTH
    numbers_parts: bool = True
    """Whether parts are numbered."""
    parts: int = 0
    appendices: int = 0
    captions: Counter[tuple[str, str]] = field(default_factory=Counter)
    scopes: dict[str, str] = field(default_factory=dict)
    """Key of a unit -> the number of the chapter or appendix within which its captions are counted."""
    targets: dict[str, Target] = field(default_factory=dict)


def number_units(
    entries: Iterable[Entry], chapters: Mapping[str, Chapter], numbering: Numbering, parent: Unit | None
) -> Iterator[Unit]:
    """Yield the units of these entries, each with its place, its number and its running heads, parents first."""
    for place, entry in enumerate(entries, 1):
        unit = _unit(entry, chapters[entry.source.path], numbering, parent, place)
        yield unit
        yield from number_units(entry.children, chapters, numbering, unit)


def _unit(entry: Entry, chapter: Chapter, numbering: Numbering, parent: Unit | None, place: int) -> Unit:
    number = _unit_number(entry.role, numbering, parent, place)
    heading = chapter.heading
    title = heading.title if heading else entry.source.path
    label = _unit_label(entry.role, number, numbering.words)
    short = chapter.front_matter.short_title or title
    head = f"{label} · {short}" if label else f"{number}\u2002{short}".strip()
    anchor = heading.id if heading else entry.source.key
    key = parent.key if parent is not None else ""
    unit = Unit(entry.role, chapter, anchor, number, label, title, key, head, head)
    numbering.scopes[unit.key] = _scope(unit, numbering)
    _number_anchors(unit, numbering.scopes[unit.key], bool(entry.children), numbering)
    return unit


def _scope(unit: Unit, numbering: Numbering) -> str:
    """Return the number of the chapter or appendix within which captions are counted; empty: the whole book."""
    if unit.role is Role.SECTION:
        return numbering.scopes.get(unit.parent, "")
    return unit.number if unit.role in (Role.CHAPTER, Role.APPENDIX) else ""


def _unit_number(role: Role, numbering: Numbering, parent: Unit | None, place: int) -> str:
    if role is Role.PART:
        numbering.parts += 1
        return roman(numbering.parts) if numbering.numbers_parts else ""
    if not numbering.levels:
        return ""
    if role is Role.CHAPTER:
        numbering.next_chapter += 1
        return str(numbering.next_chapter - 1)
    if role is Role.APPENDIX:
        numbering.appendices += 1
        return letter(numbering.appendices)
    numbered = role is Role.SECTION and parent is not None and parent.number
    if parent is None or not numbered or parent.number.count(".") + 1 >= numbering.levels:
        return ""
    return f"{parent.number}.{place}"


def _unit_label(role: Role, number: str, words: Language) -> str:
    names = {Role.PART: words.part, Role.CHAPTER: words.chapter, Role.APPENDIX: words.appendix}
    return words.numbered(names[role], number) if number and role in names else ""


def _number_anchors(unit: Unit, scope: str, has_sections: bool, numbering: Numbering) -> None:
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


def _panel_number(anchor: Anchor, numbering: Numbering) -> str:
    """Return 18.2a, 18.2b: the number of the figure that contains a panel, and a letter."""
    numbering.captions[anchor.within, "panel"] += 1
    return numbering.targets[anchor.within].number + letter(numbering.captions[anchor.within, "panel"]).lower()


def _heading_number(unit: Unit, anchor: Anchor, counters: list[int], levels: int) -> str:
    if anchor.level == 1:
        return unit.number
    depth = anchor.level + unit.number.count(".")
    numbered = unit.role in (Role.CHAPTER, Role.SECTION, Role.APPENDIX) and anchor.numbered and unit.number
    if not numbered or depth > levels:
        return ""
    counters[anchor.level] += 1
    counters[anchor.level + 1 :] = [0] * len(counters[anchor.level + 1 :])
    inner = counters[2 : anchor.level + 1]
    return ".".join([unit.number, *map(str, inner)]) if all(inner) else ""


def _label(unit: Unit, anchor: Anchor, number: str, words: Language) -> str:
    """Return the label of a reference inside a sentence."""
    captions = {"figure": words.figure, "table": words.table, "listing": words.listing}
    captions |= {"exercise": words.exercise, "item": words.item_inside}
    units = {Role.CHAPTER: words.chapter_inside, Role.APPENDIX: words.appendix_inside, Role.PART: words.part_inside}
    if not number:
        return words.quoted(anchor.title)
    if anchor.kind == "equation":
        return f"{words.equation} ({number})"
    if anchor.kind in captions:
        return words.numbered(captions[anchor.kind], number)
    name = units.get(unit.role, words.section_inside) if anchor.level == 1 else words.section_inside
    return words.numbered(name, number)


def _called(unit: Unit, anchor: Anchor) -> str:
    """Return the name of its kind for a plural."""
    opens = anchor.level == 1 and unit.role in (Role.PART, Role.CHAPTER, Role.APPENDIX)
    return unit.role.value if opens else anchor.kind


def duplicate_anchors(units: Iterable[Unit]) -> Iterator[Finding]:
    """Yield findings for ids that are in two files of the book."""
    first: dict[str, tuple[str, Anchor]] = {}
    for unit in units:
        for anchor in unit.chapter.anchors:
            key, known = first.setdefault(anchor.id, (unit.key, anchor))
            if key != unit.key:
                message = f'the id "{anchor.id}" is used twice in the book; here it gets a number at its end'
                remedy = f"write another id here; the first is at {known.place}"
                yield warning("L102", message, anchor.place, remedy)
