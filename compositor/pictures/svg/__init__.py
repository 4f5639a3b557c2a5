"""The bytes of a drawing (SVG) -> those that go into a book, on paper and on screens, and the changes to it.

    values.py        the values that pass from step to step
    reading.py       bytes -> tree, within bounds, mended where it is not well-formed
    switches.py      the branch of a switch that is shown
    allowed.py       the one list of what a drawing may contain
    declarations.py  one declaration of CSS, written plainly
    sheets.py        style sheets and attributes, by the same list; `var()`
    numbers.py       numbers that are numbers
    sizes.py         sizes that a page can hold, filters that end
    identifiers.py   ids that XML knows, each once
    cascade.py       the style of each element
    flow.py          HTML -> blocks of words; lines.py their lines, advances.py how wide they are
    flowed.py        flowed text of Inkscape -> HTML
    labels.py        HTML in a drawing -> text of SVG
    bounds.py        references within bounds
    canvas.py        its own size, its own ground
    words.py         the words that it shows
    dots.py          what has to be painted in dots

A drawing that needs no change keeps its bytes.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from compositor.pictures.svg.allowed import clean_elements
from compositor.pictures.svg.bounds import keep_in_bounds
from compositor.pictures.svg.canvas import set_canvas
from compositor.pictures.svg.cascade import Styles, TooMuch
from compositor.pictures.svg.dots import find_dots
from compositor.pictures.svg.flowed import set_flowed_text
from compositor.pictures.svg.identifiers import name_once
from compositor.pictures.svg.labels import set_labels
from compositor.pictures.svg.numbers import clean_numbers
from compositor.pictures.svg.reading import Unreadable, read
from compositor.pictures.svg.sheets import clean_styles, resolve_variables
from compositor.pictures.svg.sizes import keep_sizes
from compositor.pictures.svg.switches import resolve_switches
from compositor.pictures.svg.values import SVG, XHTML, Change, Drawing, Work

__all__ = ["Change", "Drawing", "drawing"]
DEEPEST = 3
"""Depth of drawings inside one another, each embedded in an address."""


@lru_cache(maxsize=1024)
def drawing(data: bytes) -> Drawing:
    """Return the drawing as a book may contain it; with a fault if it cannot be used."""
    try:
        return _drawing(data, DEEPEST)
    except TooMuch as problem:
        return Drawing(data, fault=str(problem))
    except ValueError as problem:  # an error of a library: numbers with thousands of digits
        return Drawing(data, fault=f"cannot be understood: {str(problem)[:80]}")
    except RecursionError:
        return Drawing(data, fault="has endlessly nested brackets")


def _drawing(data: bytes, depth: int) -> Drawing:
    try:
        work = read(data)
    except Unreadable as problem:
        return Drawing(data, fault=str(problem))

    def nested(inner: bytes) -> bytes:
        found = _drawing(inner, depth - 1) if depth else Drawing(b"", fault="is too deep")
        work.changes.extend(found.changes)
        return found.data if not found.fault else b'<svg xmlns="http://www.w3.org/2000/svg"/>'

    resolve_switches(work)
    set_flowed_text(work)
    clean_elements(work, nested)
    clean_styles(work)
    clean_numbers(work)
    keep_sizes(work)
    name_once(work)
    _resolve(work)
    set_canvas(work)
    find_dots(work)
    return Drawing(_bytes(work, data), tuple(work.changes))


def _resolve(work: Work) -> None:
    """Run the steps that need the style of every element."""
    text = etree.tostring(work.root, encoding="unicode")
    if "var(" in text:
        resolve_variables(work)
    labelled = next(work.root.iter(f"{{{SVG}}}foreignObject"), None) is not None
    if labelled:
        set_labels(work, Styles(work.root))
    in_sheets = any("url(" in (sheet.text or "") for sheet in work.root.iter(f"{{{SVG}}}style"))
    if "href=" in text or "url(" in text:
        keep_in_bounds(work, Styles(work.root) if in_sheets else None)


def _bytes(work: Work, data: bytes) -> bytes:
    if not work.changed:
        return data
    if XHTML in work.root.nsmap.values():
        etree.cleanup_namespaces(work.root, keep_ns_prefixes=["xlink"])
    return etree.tostring(work.root, encoding="utf-8")
