"""Marks of the index -> its entries: collected, resolved, sorted by the language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import accumulate

from markdown_it.token import Token

from compositor.errors import warning
from compositor.language import Language
from compositor.markdown.slugs import slugify
from compositor.model import Anchor, Finding, Place, Target, Unit
from compositor.model.apparatus import IndexEntry, IndexMark, Locator

Path = tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """An entry of the index while it is made."""

    names: Path
    title: tuple[Token, ...]
    place: Place
    id: str = ""
    locators: list[Locator] = field(default_factory=list)
    see: dict[Path, Place] = field(default_factory=dict)
    see_also: dict[Path, Place] = field(default_factory=dict)


def index_of(
    units: Sequence[Unit], targets: Mapping[str, Target], home: Unit | None, words: Language
) -> tuple[tuple[IndexEntry, ...], tuple[Finding, ...]]:
    """Return the entries of the index in the order of the language, and findings; `home`: where it is printed."""
    nodes, faults = _nodes(units, targets)
    findings = (*faults, *_check(nodes), *_check_place(units, home))
    return _entries(nodes, home.key if home else "", words, set(targets)), findings


def _nodes(units: Sequence[Unit], targets: Mapping[str, Target]) -> tuple[dict[Path, _Node], list[Finding]]:
    """Return all entries by name, with their places in the order of the book."""
    nodes: dict[Path, _Node] = {}
    open_: dict[Path, tuple[IndexMark, str]] = {}
    findings: list[Finding] = []
    titles = {unit.key: unit.title for unit in units}
    for unit in units:
        above = _Headings([anchor for anchor in unit.chapter.anchors if anchor.level])
        for mark in unit.chapter.matter.marks:
            for depth in range(1, len(mark.names) + 1):
                nodes.setdefault(mark.names[:depth], _Node(mark.names[:depth], mark.levels[depth - 1], mark.place))
            node = nodes[mark.names]
            node.see |= {path: mark.place for path in mark.see}
            node.see_also |= {path: mark.place for path in mark.see_also}
            section = _section(unit, mark, targets, titles, above)
            if mark.range == "start":
                findings += _open_twice(open_, node, mark)
                open_[mark.names] = (mark, section)
            elif mark.range == "end":
                findings += _close(open_, node, mark, section)
            elif mark.anchor:
                node.locators.append(Locator(mark.anchor, "", mark.principal, section))
    for start, section in open_.values():
        nodes[start.names].locators.append(Locator(start.anchor, "", start.principal, section))
        findings.append(_never_closed(start))
    return nodes, findings


class _Headings:
    """The headings of a file, to find the last one above a line; lines of included files may come out of order."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._anchors = anchors
        lines = [anchor.place.line or 0 for anchor in anchors]
        self._least = list(accumulate(reversed(lines), min))[::-1]
        """The least line of each heading and those after it."""

    def above(self, line: int) -> Anchor | None:
        """Return the last heading whose line is not after this one."""
        number = bisect_right(self._least, line)
        return self._anchors[number - 1] if number else None


def _section(
    unit: Unit, mark: IndexMark, targets: Mapping[str, Target], titles: Mapping[str, str], headings: _Headings
) -> str:
    """Return number and title of the last heading above a mark."""
    if mark.anchor and targets[mark.anchor].unit != unit.key:
        return titles[targets[mark.anchor].unit]
    above = headings.above(mark.place.line or 0)
    if above is None:
        return unit.title
    heading = targets[above.id]
    return f"{heading.number} {heading.anchor.title}".strip()


def _name(path: Path) -> str:
    return ", ".join(path)


def _open_twice(open_: Mapping[Path, tuple[IndexMark, str]], node: _Node, mark: IndexMark) -> Iterator[Finding]:
    if mark.names in open_:
        first, section = open_[mark.names]
        node.locators.append(Locator(first.anchor, "", first.principal, section))
        yield _never_closed(open_[mark.names][0])


def _never_closed(mark: IndexMark) -> Finding:
    remedy = f'write []{{.index term="{"!".join(mark.names)}" range=end}} where it ends'
    message = f'the range of "{_name(mark.names)}" does not end; the index has only its first page'
    return warning("A112", message, mark.place, remedy)


def _close(
    open_: dict[Path, tuple[IndexMark, str]], node: _Node, mark: IndexMark, here: str
) -> Iterator[Finding]:
    if mark.names not in open_:
        node.locators.append(Locator(mark.anchor, "", mark.principal, here))
        message = f'a range of "{_name(mark.names)}" ends but has not begun; the index has only its last page'
        yield warning("A112", message, mark.place, "write range=start where it begins, with the same term")
        return
    start, section = open_.pop(mark.names)
    node.locators.append(Locator(start.anchor, mark.anchor, start.principal or mark.principal, section))


def _check(nodes: Mapping[Path, _Node]) -> Iterator[Finding]:
    """Yield findings for entries that lead nowhere, and for similar entries that probably are one."""
    alike: dict[Path, _Node] = {}
    for names, node in nodes.items():
        for path, place in (*node.see.items(), *node.see_also.items()):
            if path not in nodes:
                yield _see_nothing(names, path, place, nodes)
        if node.see and node.locators:
            message = f'"{_name(names)}" has pages of its own, but "see" sends the reader to another entry'
            yield warning("A114", message, next(iter(node.see.values())), "write see-also")
        folded = tuple(name.casefold() for name in names)
        other = alike.setdefault(folded, node)
        if other is not node and other.names[-1] != names[-1]:
            upper, lower = sorted((node, other), key=lambda one: one.names)
            message = f'"{_name(upper.names)}" and "{_name(lower.names)}" are two separate entries of the index'
            remedy = f'write term="{"!".join(lower.names)}" ({lower.place})'
            yield warning("A115", message, upper.place, remedy)


def _see_nothing(names: Path, path: Path, place: Place, nodes: Mapping[Path, _Node]) -> Finding:
    near = get_close_matches(_name(path), [_name(known) for known in nodes if known != names], 1)
    remedy = f'write []{{.index term="{"!".join(path)}"}} where the book covers it'
    if near:
        remedy = f'did you mean "{near[0]}"?'
    message = f'the index has no "{_name(path)}" to see; "[{_name(path)}?]" is printed'
    return warning("A113", message, place, remedy)


def _entries(nodes: Mapping[Path, _Node], key: str, words: Language, taken: set[str]) -> tuple[IndexEntry, ...]:
    """Return the finished entries, each with an id that is not `taken`, for entries that say "see"."""
    for names, node in nodes.items():
        wanted = f"{key}-at-{slugify(' '.join(names)) or 'term'}"
        count = 1
        while (identifier := wanted if count == 1 else f"{wanted}-{count}") in taken:
            count += 1
        taken.add(identifier)
        node.id = identifier
    levels: dict[Path, list[_Node]] = {}
    for names, node in nodes.items():
        levels.setdefault(names[:-1], []).append(node)
    return tuple(_below((), levels, nodes, words))


def _below(
    parent: Path, levels: Mapping[Path, list[_Node]], nodes: Mapping[Path, _Node], words: Language
) -> Iterator[IndexEntry]:
    """Yield the entries of one level in the order of the language."""
    for node in sorted(levels.get(parent, ()), key=lambda node: words.sort_key(node.names[-1])):
        see, also = (
            tuple((_name(path), nodes[path].id) if path in nodes else (f"[{_name(path)}?]", "") for path in paths)
            for paths in (node.see, node.see_also)
        )
        inner = tuple(_below(node.names, levels, nodes, words))
        yield IndexEntry(node.id, node.names[-1], node.title, tuple(node.locators), see, also, inner)


def _check_place(units: Sequence[Unit], home: Unit | None) -> Iterator[Finding]:
    """Check that the index exists, and follows everything that it leads to."""
    marks = [(place, mark) for place, unit in enumerate(units) for mark in unit.chapter.matter.marks]
    if home is None:
        if marks:
            remedy = "write a heading, and below it ::: {#index} and :::, at the end of the last file"
            message = "terms are indexed, but no file says where to print the index"
            yield warning("A116", message, marks[0][1].place, remedy)
        return
    after = next((mark for place, mark in marks if place > units.index(home)), None)
    if after is not None:
        where = f'back = ["{home.chapter.source.path}"] under [order]'
        message = f'the index comes before "{_name(after.names)}", which it indexes'
        yield warning("A117", message, after.place, f"put {home.chapter.source.path} after the text, as {where} does")


EXPLANATIONS = {
    "A112": """A range of the index begins but does not end, or ends but has not begun. Both ends name the same
term: `[]{.index term="quorum" range=start}` … `[]{.index term="quorum" range=end}`. The index has only the end
that exists.""",
    "A113": """An entry of the index sends the reader to an entry that does not exist. Name the other entry as it is
indexed, a sub-term as `quorum!read`; upper and lower case count. Until then it is printed as `[quorum?]`.""",
    "A114": """An entry of the index has pages of its own and also says "see", which sends the reader away from them.
Write `see-also`, or index those pages under the other term.""",
    "A115": """Two entries of the index differ only in upper and lower case, for instance because a term begins a
sentence. Name the term as you want it printed: `[Quorums]{.index term="quorum"}`.""",
    "A116": """Terms are indexed, but the book has no index. Write `::: {#index}` and `:::` below a heading, in a file
that `[order] back` names.""",
    "A117": """The index comes before text that it indexes. Its length would move the pages that it names. Put its file
into `[order] back`, after the text.""",
}
