"""Drawings (SVG) as WeasyPrint has to have them: words in the faces of the book, and masks drawn once.

WeasyPrint takes any face for a family that has no file, and that is the face of code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from lxml import etree

from compositor.pictures.svg import drawing
from compositor.pictures.svg.lines import length
from compositor.pictures.svg.values import SVG, is_drawn
from compositor.typeset.dots import in_dots
from compositor.typeset.faces import book_families
from compositor.typeset.values import Look

KEPT_APART = ("mask", "pattern", "symbol", "clipPath", "marker")
ADJUSTED = re.compile(rb"textLength|<(?:\w+:)?(?:mask|pattern|symbol|clipPath|marker)\b")


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
        return (in_dots(plain, look) or plain) if found.of("dots") else plain

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
