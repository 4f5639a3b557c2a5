"""Notes after a text -> the same, with the positions of their calls, so that a style sheet can move them there.

Their place in the document does not change: on narrow screens, and for screen readers, they are at its end. Each names
the place of its call and the note above it, so that two never overlap. Source: CSS Anchor Positioning, level 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from compositor.formats.web.markup import named

SIDE = "side-note"


def placed(text: etree._Element, start: int = 0) -> int:
    """Set the places of the notes of a text; names count on from `start`. Returns the last number that was used."""
    number = start
    above = "--none"
    calls = {str(one.get("id")): one for one in text.iter(named("a")) if one.get("role") == "doc-noteref"}
    notes = list(_notes(text))
    for note in notes:
        call = calls.get(f"{note.get('id')}-call")
        if call is not None:
            number += 1
            _style(call, f"--here:--call-{number}")
            _style(note, f"--here:--note-{number};--call:--call-{number};--above:{above}")
            above = f"--note-{number}"
    for way_back in text.iter(named("a")):  # a link's accessible name includes its visible text
        if way_back.get("role") == "doc-backlink" and way_back.get("aria-label"):
            way_back.set("aria-label", f"{way_back.text}, {way_back.get('aria-label')}")
    if notes:  # they would lie under what is already beside the text
        for aside in text.iter(named("aside")):
            if SIDE in str(aside.get("class")).split():
                aside.set("class", f"{aside.get('class')} within")
    return number


def _notes(text: etree._Element) -> Iterator[etree._Element]:
    return (one for one in text.iter(named("div")) if one.get("role") == "doc-footnote")


def _style(element: etree._Element, told: str) -> None:
    element.set("style", ";".join(filter(None, (element.get("style", ""), told))))
