"""Headings -> the same, each with a permanent link beside it: inside, screen readers would read it with its words."""

from __future__ import annotations

from lxml import etree

from compositor.formats.web.markup import made, named

HEADINGS = frozenset(named(f"h{level}") for level in range(1, 7))
ROOM, LINK = "heading", "permalink"
"""The classes of the wrapper around a heading and its link, and of the link."""


def with_permalinks(text: etree._Element, words: str) -> None:
    """Give each heading with an id a link to it; `words`: the name of such a link."""
    for heading in list(text.iter(*HEADINGS)):
        identifier, parent = heading.get("id"), heading.getparent()
        if identifier is None or parent is None:
            continue
        room = made("div", class_=f"{ROOM} of-{etree.QName(heading).localname}")
        room.text, room.tail, heading.tail = None, heading.tail, None
        parent.replace(heading, room)
        room.append(heading)
        title = " ".join("".join(map(str, heading.itertext())).split())
        room.append(made("a", class_=LINK, href=f"#{identifier}", aria_label=f"{words}: {title}"))
