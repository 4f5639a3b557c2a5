"""Notes that are written after the text -> moved to their calls: WeasyPrint takes a note from the line around it.

In a document, a paragraph cannot contain a list or a listing; in the tree that WeasyPrint lays out, it can.
"""

from __future__ import annotations

from typing import Any

BLOCKS = frozenset(
    {
        *("aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "hr", "li", "ol", "p"),
        *("pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
"""Elements around which white space has no meaning; inside a listing it has one."""


def take_to_calls(root: Any) -> None:
    """Move every such note to its call; a note without a call stays after the text."""
    parents = {child: parent for parent in root.iter() for child in parent}
    notes = {one.get("id"): one for one in root.iter("div") if one.get("class") == "note" and one.get("data-number")}
    for call in [one for one in root.iter("span") if one.get("class") == "note-call"]:
        note = notes.pop(call.get("data-note"), None)
        if note is not None:
            _take_out(note, parents[note])
            _close_up(note)
            around = parents[call]
            note.tail, place = call.tail, list(around).index(call)
            around[place] = note


def _close_up(note: Any) -> None:
    """Remove the ends of lines between its blocks: WeasyPrint would make lines of them."""
    for element in note.iter():
        if element.tag in BLOCKS:
            element.text = element.text if (element.text or "").strip() or element.tag == "pre" else None
            element.tail = element.tail if (element.tail or "").strip() else None
        if element.tag == "pre":
            _without_last_end(element)


def _without_last_end(listing: Any) -> None:
    """Remove the end of the last line of a listing: it would be an empty line."""
    last = listing
    while len(last) and not last[-1].tail:
        last = last[-1]
    if len(last):
        last[-1].tail = last[-1].tail.removesuffix("\n")
    elif last.text:
        last.text = last.text.removesuffix("\n")


def _take_out(element: Any, parent: Any) -> None:
    """Remove an element without the text after it, which stays."""
    place = list(parent).index(element)
    if element.tail and place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
