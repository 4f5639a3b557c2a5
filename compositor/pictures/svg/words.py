"""A drawing -> the words that it shows, in file order: the same before and after all changes."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from lxml import etree

from compositor.pictures.svg.cascade import Styles, TooMuch
from compositor.pictures.svg.reading import read
from compositor.pictures.svg.sizes import endless_texts
from compositor.pictures.svg.switches import resolve_switches
from compositor.pictures.svg.values import SVG, is_drawn, is_element, local

SHOWN = ("text", "tspan", "textPath", "a", "flowPara", "flowSpan")
SILENT = ("style", "script", "title", "desc", "metadata", "defs", "symbol", "marker", "pattern", "mask", "clipPath")
"""Elements that show nothing in place."""
PLACED = ("x", "y", "dx", "dy", "transform")
"""Attributes that give a position."""


def words(data: bytes) -> tuple[str, ...]:
    """Return the words, separated by spaces, tabs and line breaks."""
    work = read(data)
    resolve_switches(work)
    return tuple(" ".join(_texts(work.root)).split())


def words_seen(data: bytes) -> tuple[str, ...]:
    """Return the words without hidden ones, and those that fit no page; none if its styles are too many.

    A label that is drawn twice in one place, such as one with an outline below it, counts once.
    """
    work = read(data)
    resolve_switches(work)
    hidden = {*_repeated(work.root), *endless_texts(work.root)}
    if b"display" in data or b"visibility" in data:
        try:
            styles = Styles(work.root)
        except TooMuch:
            return ()
        hidden |= {one for one in work.root.iter("{*}*") if _is_hidden(styles.of(one))}
    return tuple(" ".join(_texts(work.root, hidden)).split())


def _repeated(root: etree._Element) -> Iterator[etree._Element]:
    """Yield labels with the words and the place of one before them."""
    known = set()
    for label in root.iter(f"{{{SVG}}}text"):
        around = [*label.iterancestors(), *label.iter("{*}*")]
        places = tuple(one.get(name) for one in around for name in PLACED)
        key = ("".join(map(str, label.itertext())).strip(), places)
        if key in known:
            yield label
        known.add(key)


def _is_hidden(style: Mapping[str, str]) -> bool:
    return style.get("display") == "none" or style.get("visibility", "visible") != "visible"


def _texts(element: etree._Element, hidden: Container[etree._Element] = ()) -> Iterator[str]:
    if is_drawn(element, *SILENT) or local(element) in ("style", "script") or element in hidden:
        return
    shows = is_drawn(element, *SHOWN) or not str(element.tag).startswith(f"{{{SVG}}}")
    if shows and element.text:
        yield element.text
    for child in element:
        if is_element(child):
            yield from _texts(child, hidden)
        if shows and child.tail:
            yield child.tail
