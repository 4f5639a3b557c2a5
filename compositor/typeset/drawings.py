"""Drawings (SVG) as WeasyPrint draws them: in the faces of the book; what it cannot draw, resvg paints in dots.

WeasyPrint takes any face for a family that has no file, and that is the face of code.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cache
from math import ceil
from typing import Any

from lxml import etree

from compositor.pictures.svg import drawing
from compositor.pictures.svg.cascade import Styles
from compositor.pictures.svg.lines import length
from compositor.pictures.svg.values import HREFS, SVG, is_drawn, named
from compositor.theme.faces import families as names_of
from compositor.theme.faces import maker_calls_it
from compositor.typeset.faces import USUAL
from compositor.typeset.values import Look

SERIFS = {"serif", "times", "georgia", "garamond", "palatino", "cambria", "charter", "ui-serif"}
FIXED = {"monospace", "ui-monospace", "courier", "consolas", "menlo", "monaco", "cousine"}
SHOWN = ("text", "tspan", "textPath")
KEPT = ("svg", "g", "a", "text", "tspan", "style", "title", "desc", "switch")
"""What is left of a drawing that is painted, to hold its words."""
KEPT_APART = ("mask", "pattern", "symbol", "clipPath", "marker")
ADJUSTED = re.compile(rb"textLength|<(?:\w+:)?(?:mask|pattern|symbol|clipPath|marker)\b")
DOTS = 300 / 96
"""For each unit of a drawing that is printed in its own size: 300 to an inch."""
WIDEST, HIGHEST, LEAST = 2100, 3000, 300
"""Pixels of a drawing that is as wide as a page, and of one that is tiny."""
INVISIBLE = "fill:none !important;stroke:none !important"


def use_of(family: str) -> str:
    """What a family is set for that the book does not have: `label`, `text` or `code`; empty where nobody can tell."""
    name = family.lower()
    first = name.split()[0] if name.split() else ""
    if first in FIXED or name.endswith((" mono", " code")) or "mono" in name.split():
        return "code"
    if name in SERIFS or first in SERIFS or name.endswith(" serif"):
        return "text"
    return "label" if "sans" in name or name in ("helvetica", "arial", "verdana", "system-ui", "ui-sans-serif") else ""


def book_families(value: str, declared: Iterable[str], families: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The families of a drawing as the book has them: those that a file stands for, and what can replace others."""
    found: list[str] = []
    for name in names_of(value):
        found += [name] if name.lower() in declared else families.get(use_of(name), ())
    return tuple(dict.fromkeys((*found, *families["label"])))


def draw_in_faces_of_the_book() -> None:
    """Put our function round WeasyPrint's; called once in a process."""
    from weasyprint import svg

    original = svg.text

    def text(drawn: Any, node: Any, font_size: float) -> None:
        """The text, in families that have a file."""
        config = drawn.font_config
        families = book_families(node.get("font-family", ""), config.declared, config.families)
        node.attrib["font-family"] = ",".join(families)
        weight = node.get("font-weight", "400")
        node.attrib["font-weight"] = {"bolder": "700", "lighter": "300"}.get(weight, weight)
        if str(node.get("font-style", "")).startswith("oblique"):
            node.attrib["font-style"] = "italic"
        original(drawn, node, font_size)

    svg.text = text
    svg.TAGS.update({tag: text for tag, draw in svg.TAGS.items() if draw is original})


def for_paper(look: Look) -> Callable[[bytes], bytes]:
    """What makes of the bytes of a drawing those that WeasyPrint is to draw."""

    def made(data: bytes) -> bytes:
        found = drawing(data)
        plain = _adjusted(found.data) if ADJUSTED.search(found.data) else found.data
        return (_in_dots(plain, look) or plain) if found.of("dots") else plain

    return cache(made)


def _adjusted(data: bytes) -> bytes:
    """The drawing as WeasyPrint has to have it."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, no_network=True))
    for text in root.iter(f"{{{SVG}}}text"):
        _keep_middle(text)
    for element in list(root.iter(*(f"{{{SVG}}}{name}" for name in KEPT_APART))):
        _keep_apart(element)
    return etree.tostring(root, encoding="utf-8")


def _keep_middle(text: etree._Element) -> None:
    """The middle of a word stays where it was, rather than its letters being spread.

    PlantUML writes how long a word was in the face it was measured in; that of the book may be narrower.
    """
    long, left = length(text.get("textLength"), 16.0), length(text.get("x"), 16.0)
    anchored = "text-anchor" in text.attrib or "text-anchor" in text.get("style", "")
    own = "Book " in text.get("font-family", "") + text.get("style", "")
    glyphs = text.get("lengthAdjust") == "spacingAndGlyphs"
    if long and left is not None and not (glyphs or own or anchored or len(text) or "%" in text.get("x", "")):
        del text.attrib["textLength"]
        text.set("x", f"{left + long / 2:g}")
        text.set("text-anchor", "middle")


def _keep_apart(element: etree._Element) -> None:
    """What is only referred to stands in `<defs>`: WeasyPrint draws a mask once more where it stands, over the rest."""
    parent = element.getparent()
    if parent is None or any(is_drawn(above, "defs", *KEPT_APART) for above in element.iterancestors()):
        return
    apart = etree.Element(f"{{{SVG}}}defs")
    apart.tail, element.tail = element.tail, None
    parent.replace(element, apart)
    apart.append(element)


def _in_dots(data: bytes, look: Look) -> bytes | None:
    """A picture of the whole drawing, with its words on top that nobody sees; None where it cannot be painted."""
    try:
        import resvg_py
    except ImportError:
        return None
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, no_network=True))
    box = _box(root)
    if box is None:
        return None
    across = min(max(box[2] * DOTS, LEAST), WIDEST, max(HIGHEST * box[2] / box[3], 1))
    called = {family: maker_calls_it(path.read_bytes()) for family, path in reversed(look.faces)}
    try:
        painted = resvg_py.svg_to_bytes(
            svg_string=_with_makers_names(root, look, called),
            width=ceil(across),
            skip_system_fonts=True,
            font_files=sorted({str(path) for _, path in look.faces}),
            font_family=called.get({**USUAL, **dict(look.families)}["label"][0]),
        )
    except ValueError:
        return None
    return _words_on(root, bytes(painted), box)


def _box(root: etree._Element) -> tuple[float, float, float, float] | None:
    """What the drawing shows of its plane; None where it does not say."""
    try:
        left, top, width, height = (float(part) for part in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        left, top = 0.0, 0.0
        width, height = (length(root.get(name), 16.0) or 0.0 for name in ("width", "height"))
    return (left, top, width, height) if width > 0 and height > 0 else None


def _with_makers_names(root: etree._Element, look: Look, called: Mapping[str, str]) -> str:
    """The drawing with the families of the book as their files call them."""
    families = {**USUAL, **dict(look.families)}
    styles = Styles(root)
    found: list[tuple[etree._Element, str]] = []
    for element in root.iter(*(f"{{{SVG}}}{name}" for name in SHOWN)):
        mapped = book_families(styles.of(element).get("font-family", ""), {one.lower() for one in called}, families)
        names = (called.get(name, "") for name in mapped)
        found.append((element, ",".join(f"'{name}'" for name in dict.fromkeys(names) if name)))
    painted = deepcopy(root)
    places = painted.iter(*(f"{{{SVG}}}{name}" for name in SHOWN))
    for element, (_, family) in zip(places, found, strict=True):
        element.set("style", f"{element.get('style', '').rstrip(';')};font-family:{family} !important".lstrip(";"))
    return etree.tostring(painted, encoding="unicode")


def _words_on(root: etree._Element, painted: bytes, box: tuple[float, float, float, float]) -> bytes:
    """A drawing of one picture, with the words of the whole where they stand."""
    for element in list(root.iter("{*}*")):
        if is_drawn(element, "textPath"):
            _begin_at_its_line(root, element)
        elif not is_drawn(element, *KEPT) and element.getparent() is not None:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
    for element in root.iter(f"{{{SVG}}}text", f"{{{SVG}}}tspan"):
        element.set("style", f"{element.get('style', '').rstrip(';')};{INVISIBLE}".lstrip(";"))
    told = dict(zip(("x", "y", "width", "height"), (f"{number:g}" for number in box), strict=True))
    picture = etree.Element(f"{{{SVG}}}image", {**told, "preserveAspectRatio": "none"})
    picture.set(HREFS[1], f"data:image/png;base64,{b64encode(painted).decode()}")
    root.insert(0, picture)
    return etree.tostring(root, encoding="utf-8")


def _begin_at_its_line(root: etree._Element, words: etree._Element) -> None:
    """Words along a line begin where it begins, and go on straight."""
    names = (words.get(key, "").strip().removeprefix("#") for key in HREFS)
    line = next((one for one in (named(root, name) for name in names) if one is not None), None)
    words.tag = f"{{{SVG}}}tspan"
    start = "" if line is None else line.get("d", "").replace(",", " ").lstrip("Mm ")
    numbers = [length(part, 1.0) for part in start.split()[:2]]
    for key, number in zip(("x", "y"), numbers, strict=False):
        if number is not None:
            words.set(key, f"{number:g}")
