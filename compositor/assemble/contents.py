"""Units -> the contents: parts, chapters, sections, and the headings in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compositor.model import Anchor, ContentsEntry, Target, Unit


def contents_of(units: tuple[Unit, ...], parent: str, targets: Mapping[str, Target]) -> Iterator[ContentsEntry]:
    """Yield the entries below a unit, by its key; without one, those of the whole book."""
    for unit in units:
        if unit.parent == parent:
            inner = (*_headings(unit, targets), *contents_of(units, unit.key, targets))
            yield ContentsEntry(unit.title, unit.number, unit.anchor, unit.key, unit.role, inner)


def _headings(unit: Unit, targets: Mapping[str, Target]) -> tuple[ContentsEntry, ...]:
    """Return the h2 of a unit, with their h3."""
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
