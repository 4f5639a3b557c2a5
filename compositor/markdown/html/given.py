"""The attributes of an element -> what they mean in a book: ids, classes, sides, lengths, colours, languages."""

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
"""What stands before a class of the author's: it is for a style sheet of the book, and none of the press's."""


def styles(element: Element) -> dict[str, str]:
    """The declarations of its `style`."""
    found = tinycss2.parse_blocks_contents(element.get("style", ""), skip_comments=True, skip_whitespace=True)
    declared = (one for one in found if one.type == "declaration")
    return {one.lower_name: tinycss2.serialize(one.value).strip().lower() for one in declared}


def ids(element: Element) -> Iterator[str]:
    """What links may call it: its id, and the name of an `<a>`."""
    names = (element.get("id", ""), element.get("name", "") if element.tag == "a" else "")
    return iter(dict.fromkeys(name.strip() for name in names if name.strip()))


def side(element: Element) -> str:
    """Where its words stand; nothing where it does not say."""
    style = styles(element)
    margins = {style.get("margin-left"), style.get("margin-right")}
    wanted = style.get("text-align") or element.get("align", "").strip().lower()
    if element.tag == "center" or (element.tag == "img" and (margins == {"auto"} or wanted == "middle")):
        return "center"
    return wanted if wanted in SIDES else {"end": "right", "start": "left"}.get(wanted, "")


def classes(element: Element) -> tuple[str, ...]:
    """Its classes for a style sheet of the book, and its side."""
    own = (f"{OWN}{name}" for name in element.get("class", "").split() if CLASS.match(name))
    return (*own, *((f"align-{side(element)}",) if side(element) else ()))


def attributes_of(element: Element) -> Attributes:
    """Classes and language, as braces would give them; ids are places of their own."""
    language = element.get("lang") or element.get("xml:lang") or ""
    return Attributes("", classes(element), {"lang": language.strip()} if language.strip() else {})


def length(element: Element, name: str) -> str:
    """Its width or height as a picture has it: a percentage up to 100, or a length; nothing for any other."""
    given = styles(element).get(name) or element.get(name, "").strip().lower()
    found = LENGTH.match(given)
    if found is None or not float(found["number"]):
        return ""
    if found["unit"] == "%":
        return f"{min(float(found['number']), 100):g}%"
    return f"{found['number']}{found['unit'].replace('rem', 'em')}"


def colour(element: Element) -> str:
    """The colour of its words, darkened until they can be read in it; nothing where it is nearly white."""
    given = styles(element).get("color") or (element.get("color", "").strip() if element.tag == "font" else "")
    try:
        return darkened(given) if PLAIN.match(given) else ""
    except NotImplementedError:
        return ""
