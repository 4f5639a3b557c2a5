"""A drawing with everything that it refers to -> the same within limits: no cycles, no exponential growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from compositor.pictures.svg.cascade import Styles
from compositor.pictures.svg.declarations import Declaration, declarations
from compositor.pictures.svg.values import HREFS, Work

MOST_AT_ONCE, MOST = 20_000, 200_000
"""Elements that one reference may draw, and all of them together."""
SMALL = 200
OF_STYLE = ("fill", "stroke", "mask", "clip-path", "filter", "marker", "marker-start", "marker-mid", "marker-end")
LOCAL = re.compile(r"url\(\s*[\"']?#([^\"')]+)")


def keep_in_bounds(work: Work, styles: Styles | None) -> None:
    """Remove references that lead back to their own ancestors, or would draw more than a page can hold."""
    count = _Count(work.root, styles)
    for element, key, target in count.references():
        if count.leads_back(element, target) or count.cost(target) > MOST_AT_ONCE:
            _drop(work, element, key, target)
    if not work.changed and count.extra(work.root) <= MOST:
        return
    for least in (SMALL, 0):
        again = _Count(work.root, styles)
        if again.extra(work.root) <= MOST:
            return
        for element, key, target in again.references():
            if again.cost(target) > least:
                _drop(work, element, key, target)


def _drop(work: Work, element: etree._Element, key: str, target: etree._Element) -> None:
    name = target.get("id", "")[:40]
    work.say("left out", f'endless repetitions of "{name}"', element)
    if key in HREFS and element.get(key) is not None:
        del element.attrib[key]
    else:
        element.set("style", f"{element.get('style', '').rstrip(';')};{key}:none !important".lstrip(";"))


class _Count:
    """How many elements are drawn, computed once for each element."""

    def __init__(self, root: etree._Element, styles: Styles | None) -> None:
        self._root, self._styles = root, styles
        self._known: dict[etree._Element, int] = {}
        self._sizes: dict[etree._Element, int] = {}
        self._back: set[tuple[etree._Element, etree._Element]] = set()
        self._ids: dict[str, etree._Element] = {}
        for element in root.iter("{*}*"):
            if name := element.get("id"):
                self._ids.setdefault(name, element)
        for element in reversed(list(root.iter("{*}*"))):
            self._sizes[element] = 1 + sum(self._sizes[child] for child in element.iterchildren("{*}*"))
        self._targets = {element: [*self._of(element)] for element in root.iter("{*}*")}
        self._count(root)
        for element in list(self._targets):
            self._count(element)

    def _of(self, element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        for key in HREFS:
            found = self._ids.get(element.get(key, "").strip().removeprefix("#"))
            if found is not None and element.tag != "{http://www.w3.org/2000/svg}a":
                yield key, found
        own: Mapping[str, Declaration] = self._styles.own(element) if self._styles is not None else {}
        if self._styles is None and "url(" in element.get("style", ""):
            own = {one.name: one for one in declarations(element.get("style", ""))}
        for key in OF_STYLE:
            value = own[key].value if key in own else element.get(key, "")
            for match in LOCAL.finditer(value) if "url(" in value else ():
                found = self._ids.get(match[1].strip())
                if found is not None:
                    yield key, found

    def _count(self, start: etree._Element) -> None:
        """Compute from the leaves up, without recursion, what an element draws beyond its own parts."""
        waiting = [(start, False)]
        open_: set[etree._Element] = set()
        while waiting:
            element, done = waiting.pop()
            if done:
                open_.discard(element)
                self._known[element] = sum(self._known.get(child, 0) for child in element.iterchildren("{*}*")) + sum(
                    self._sizes[target] + self._known.get(target, 0)
                    for _, target in self._targets[element]
                    if (element, target) not in self._back
                )
                continue
            if element in self._known or element in open_:
                continue
            open_.add(element)
            waiting.append((element, True))
            for _, target in self._targets[element]:
                if target in open_:
                    self._back.add((element, target))
                else:
                    waiting.append((target, False))
            waiting.extend((child, False) for child in element.iterchildren("{*}*") if child not in open_)

    def references(self) -> list[tuple[etree._Element, str, etree._Element]]:
        """Return every reference: the element, the attribute or property, and the target."""
        return [(element, key, target) for element, found in self._targets.items() for key, target in found]

    def leads_back(self, element: etree._Element, target: etree._Element) -> bool:
        """Return whether the reference closes a cycle."""
        return (element, target) in self._back

    def cost(self, target: etree._Element) -> int:
        """Return how many elements are drawn for one reference to this."""
        return self._sizes[target] + self._known.get(target, 0)

    def extra(self, element: etree._Element) -> int:
        """Return how many elements are drawn for all references within this."""
        return self._known.get(element, 0)
