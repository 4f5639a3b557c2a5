"""Drawings (SVG) as WeasyPrint needs them: words in the faces of the book, and masks drawn once.

For a family that has no file, WeasyPrint takes any face, which is the face of code.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from lxml import etree

from compositor.fonts.faces import families as names_of
from compositor.pictures.svg import drawing
from compositor.pictures.svg.lines import length
from compositor.pictures.svg.values import SVG, is_drawn
from compositor.typeset.faces import book_families
from compositor.typeset.pictures.dots import in_dots
from compositor.typeset.values import Look

KEPT_APART = ("mask", "pattern", "symbol", "clipPath", "marker")
ADJUSTED = re.compile(rb"textLength|@font-face|<(?:\w+:)?(?:mask|pattern|symbol|clipPath|marker)\b")

RULE = re.compile(r"@font-face[^{]*\{[^}]*\}")
FAMILY = re.compile(r"font-family\s*:\s*([^;}]+)")


def draw_in_faces_of_the_book() -> None:
    """Wrap WeasyPrint's function that draws text; called once in a process."""
    from weasyprint import svg

    original = svg.text

    def text(drawn: Any, node: Any, font_size: float) -> None:
        """Draw a text in families that have a file."""
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
    """Return a function from the bytes of a drawing to the bytes that WeasyPrint draws; it remembers its results."""

    def made(data: bytes) -> bytes:
        found = drawing(data)
        plain = _adjusted(found.data) if ADJUSTED.search(found.data) else found.data
        return (in_dots(plain, look) or plain) if found.of("dots") else plain

    return cache(made)


def _adjusted(data: bytes) -> bytes:
    """Return the drawing as WeasyPrint needs it."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, no_network=True))
    for text in root.iter(f"{{{SVG}}}text"):
        _keep_middle(text)
    for element in list(root.iter(*(f"{{{SVG}}}{name}" for name in KEPT_APART))):
        _keep_apart(element)
    if b"@font-face" in data:
        _name_apart(root, hashlib.sha256(data).hexdigest()[:8])
    return etree.tostring(root, encoding="utf-8")


def _name_apart(root: etree._Element, name: str) -> None:
    """Give the typefaces that a drawing embeds names of their own, since those of the book or of others may be the
    same."""
    sheets = [*root.iter(f"{{{SVG}}}style")]
    rules = "".join(rule for sheet in sheets for rule in RULE.findall(sheet.text or ""))
    brought = {family for found in FAMILY.findall(rules) for family in names_of(found)}

    def renamed(value: str) -> str:
        given = (f"{family} {name}" if family in brought else family for family in names_of(value))
        return ", ".join(f"'{family}'" if " " in family else family for family in given)

    def written(text: str) -> str:
        return FAMILY.sub(lambda match: f"font-family:{renamed(match[1])}", text)

    for sheet in sheets:
        sheet.text = written(sheet.text or "")
    for element in root.iter("{*}*"):
        if element.get("font-family"):
            element.set("font-family", renamed(element.get("font-family", "")))
        if "font-family" in element.get("style", ""):
            element.set("style", written(element.get("style", "")))


def _keep_middle(text: etree._Element) -> None:
    """Keep the middle of a word in its place instead of spreading its letters.

    PlantUML writes how long a word was in the face in which it was measured; the face of the book may be narrower.
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
    """Move what is only referred to into `<defs>`: WeasyPrint would draw a mask in its own place too, over the rest."""
    parent = element.getparent()
    if parent is None or any(is_drawn(above, "defs", *KEPT_APART) for above in element.iterancestors()):
        return
    apart = etree.Element(f"{{{SVG}}}defs")
    apart.tail, element.tail = element.tail, None
    parent.replace(element, apart)
    apart.append(element)
