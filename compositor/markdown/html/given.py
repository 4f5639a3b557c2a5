"""The attributes of an element -> their meaning in a book: ids, classes, alignment, lengths, colours, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import tinycss2

from compositor.markdown.attributes import Attributes
from compositor.theme.contrast import darkened

PLAIN = re.compile(r"[#\w(),.% /-]+\Z")
"""How a colour is written."""
CLASS = re.compile(r"[A-Za-z][\w-]*\Z")
LENGTH = re.compile(r"(?P<number>\d+(?:\.\d+)?|\.\d+)(?P<unit>%|cm|mm|in|pt|px|em|rem|)\Z")
SIDES = ("left", "right", "center", "justify")
OWN = "html-"
"""Prefix of the author's classes: they are for a style sheet of the book, and never ours."""


def styles(element: Element) -> dict[str, str]:
    """Return the declarations of its `style`."""
    found = tinycss2.parse_blocks_contents(element.get("style", ""), skip_comments=True, skip_whitespace=True)
    declared = (one for one in found if one.type == "declaration")
    return {one.lower_name: tinycss2.serialize(one.value).strip().lower() for one in declared}


def ids(element: Element) -> Iterator[str]:
    """Yield the names by which links find it: its id, and the name of an `<a>`."""
    names = (element.get("id", ""), element.get("name", "") if element.tag == "a" else "")
    return iter(dict.fromkeys(name.strip() for name in names if name.strip()))


def side(element: Element) -> str:
    """Return its text alignment; empty if it has none."""
    style = styles(element)
    margins = {style.get("margin-left"), style.get("margin-right")}
    wanted = style.get("text-align") or element.get("align", "").strip().lower()
    if element.tag == "center" or (element.tag == "img" and (margins == {"auto"} or wanted == "middle")):
        return "center"
    return wanted if wanted in SIDES else {"end": "right", "start": "left"}.get(wanted, "")


def classes(element: Element) -> tuple[str, ...]:
    """Return its classes for a style sheet of the book, and its alignment."""
    own = (f"{OWN}{name}" for name in element.get("class", "").split() if CLASS.match(name))
    return (*own, *((f"align-{side(element)}",) if side(element) else ()))


def attributes_of(element: Element) -> Attributes:
    """Return classes and language, as from braces; ids are separate places."""
    language = element.get("lang") or element.get("xml:lang") or ""
    return Attributes("", classes(element), {"lang": language.strip()} if language.strip() else {})


def length(element: Element, name: str) -> str:
    """Return its width or height for a picture: a percentage up to 100, or a length; empty for any other."""
    given = styles(element).get(name) or element.get(name, "").strip().lower()
    found = LENGTH.match(given)
    if found is None or not float(found["number"]):
        return ""
    if found["unit"] == "%":
        return f"{min(float(found['number']), 100):g}%"
    return f"{found['number']}{found['unit'].replace('rem', 'em')}"


def colour(element: Element) -> str:
    """Return the colour of its words, darkened until they are readable; empty if it is nearly white."""
    given = styles(element).get("color") or (element.get("color", "").strip() if element.tag == "font" else "")
    try:
        return darkened(given) if PLAIN.match(given) else ""
    except NotImplementedError:
        return ""
