"""Book -> a chapter or section of it, as a book: numbers are those of the whole, and links out of it become words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from markdown_it.token import Token

from compositor.assemble.cuts import section_of
from compositor.assemble.mending import mended, text
from compositor.assemble.titles import said_plainly
from compositor.assemble.without_links import ENDS, instead
from compositor.language import language_for
from compositor.model import Book, ContentsEntry, Unit
from compositor.model.apparatus import BackMatter, IndexEntry, Locator


class NoSuchPart(LookupError):
    """Nothing in the book has this name; the message gives the most similar one."""


def extract(book: Book, selector: str) -> Book:
    """Return the part with this number (`18.5`), file or id, and all that is below it. Raises NoSuchPart.

    Its slug and its title say which part it is, so that its files differ from those of the whole. It has no
    identifiers, and no report on what became of a book of another tool.
    """
    units = _selected(book, selector)
    first = units[0]
    keys = {unit.key for unit in units}
    inside = {anchor.id for unit in units for anchor in unit.chapter.anchors}
    targets = {name: one for name, one in book.targets.items() if one.unit in keys and name in inside}
    links = {written: name for written, name in book.links.items() if name in targets}
    within = _Within(book, frozenset(targets), frozenset(links))
    units = tuple(replace(unit, chapter=mended(unit.chapter, within.mend)) for unit in units)
    anchors = {anchor.id: anchor for unit in units for anchor in unit.chapter.anchors}
    name = first.number or first.key
    called = f"{book.metadata.title}: {f'{first.number} {first.title}'.strip()}"
    metadata = replace(
        book.metadata, title=called, slug=f"{book.slug}-{name}", cover="", identifiers={}, accessibility_review=None
    )
    shown = replace(book.manuscript.preliminaries, cover=False, half_title=False)
    return replace(
        book,
        manuscript=replace(book.manuscript, metadata=metadata, preliminaries=shown, origin=""),
        units=units,
        targets={name: replace(one, anchor=anchors[name]) for name, one in targets.items()},
        links=links,
        contents=tuple(_contents(book.contents, targets)),
        matter=_matter(book.matter, targets, keys),
        works_unit=book.works_unit if book.works_unit in keys else "",
    )


def _selected(book: Book, selector: str) -> tuple[Unit, ...]:
    """Return the units of the part; only the first one if it is a heading in a file. Raises NoSuchPart."""
    wanted = selector.strip()
    for unit in book.units:
        file = unit.chapter.source.path
        if wanted in (unit.number, unit.key, unit.anchor, file, file.rpartition("/")[2]) and wanted:
            return (unit, *_below(book.units, unit.key))
    for target in book.targets.values():
        if wanted and wanted in (target.anchor.id, target.number) and target.anchor.level > 1:
            cut = section_of(book.unit(target.unit), target)
            if cut is not None:
                return (cut,)
    raise NoSuchPart(_unknown(book, wanted))


def _unknown(book: Book, wanted: str) -> str:
    names = [name for unit in book.units for name in (unit.number, unit.chapter.source.path, unit.anchor) if name]
    names += [name for one in book.targets.values() if one.anchor.level > 1 for name in (one.number, one.anchor.id)]
    near = get_close_matches(wanted, [name for name in names if name], 1)
    hint = f'did you mean "{near[0]}"?' if near else "give a number as it is printed, a file, or the id of a heading"
    return f'no chapter and no section is called "{wanted}"; {hint}'


def _below(units: Sequence[Unit], key: str) -> Iterator[Unit]:
    for unit in units:
        if unit.parent == key:
            yield unit
            yield from _below(units, unit.key)


def _contents(entries: Iterable[ContentsEntry], inside: Mapping[str, object]) -> Iterator[ContentsEntry]:
    """Yield the entries that lead somewhere; if a parent is missing, its children take its place."""
    for entry in entries:
        below = tuple(_contents(entry.children, inside))
        if entry.anchor in inside:
            yield replace(entry, children=below)
        else:
            yield from below


def _matter(matter: BackMatter, inside: Mapping[str, object], keys: set[str]) -> BackMatter:
    answers = tuple((unit, one) for unit, one in matter.answers if unit in keys and one.exercise in inside)
    index = tuple(_entries(matter.index, inside))
    known = {one.id for entry in index for one in (entry, *entry.children)}
    return BackMatter(tuple(_seen(entry, known) for entry in index), answers)


def _entries(entries: Iterable[IndexEntry], inside: Mapping[str, object]) -> Iterator[IndexEntry]:
    """Yield entries with the places that exist; an entry without any, and without children, is dropped."""
    for entry in entries:
        places = tuple(_place(one, inside) for one in entry.locators if one.start in inside)
        below = tuple(_entries(entry.children, inside))
        if places or below:
            yield replace(entry, locators=places, children=below)


def _place(one: Locator, inside: Mapping[str, object]) -> Locator:
    return one if one.end in inside else replace(one, end="")


def _seen(entry: IndexEntry, known: set[str]) -> IndexEntry:
    see, also = (tuple(one for one in pairs if one[1] in known) for pairs in (entry.see, entry.see_also))
    return replace(entry, see=see, see_also=also, children=tuple(_seen(one, known) for one in entry.children))


@dataclass(frozen=True, slots=True)
class _Within:
    """The content of an extract, and the whole book, for the words of what is missing."""

    book: Book
    targets: frozenset[str]
    links: frozenset[str]

    def mend(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Return one line, or one run of blocks, in which nothing leads out of the extract."""
        made: list[Token] = []
        ends: list[tuple[str, Token | None]] = []
        for token in tokens:
            if token.type in ENDS and not self._leads_out(token):
                ends.append((ENDS[token.type], token))
                made.append(token)
            elif token.type in ENDS:
                opening, closing = instead(token)
                ends.append((ENDS[token.type], closing))
                made += [opening] if opening else []
            elif ends and token.type == ends[-1][0]:
                closing = ends.pop()[1]
                made += [] if closing is None else [token if closing.nesting > 0 else closing]
            else:
                made.append(self._mended(token))
        return made

    def _leads_out(self, opening: Token) -> bool:
        return "target" in opening.meta and opening.meta["target"] not in self.links

    def _mended(self, token: Token) -> Token:
        named = [one["target"] for one in token.meta.get("targets", [token.meta])] if _refers(token) else []
        if any(name not in self.targets for name in named):
            return text(said_plainly(self.book, language_for(self.book.metadata.language), token), token)
        if token.meta.get("answer") and token.meta["answer"] not in self.targets:
            return replace(token, meta={key: value for key, value in token.meta.items() if key != "answer"})
        return token


def _refers(token: Token) -> bool:
    return token.type in ("reference", "reference_group")
