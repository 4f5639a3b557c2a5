"""Notes -> asides with a way back, for screens: there is no foot of a page to put them at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compositor.markdown.extension import Rendering, attributes
from compositor.model import Note

_FIRST = re.compile(r"<p\b[^>]*>")
"""How the first paragraph of a note opens; where positions are carried along, it has attributes."""


def asides(notes: Sequence[Note], rendering: Rendering) -> str:
    """The notes of a unit as asides with a way back, for media that have no page to put them on."""
    if not notes or rendering.medium.notes == "foot":
        return ""
    return "\n".join(_aside(note, rendering) for note in notes) + "\n"


def _aside(note: Note, rendering: Rendering) -> str:
    name = rendering.words.back_to_text
    label = attributes({"aria-label": name})
    back = f'<a class="backlink" role="doc-backlink" href="#{note.id}-call"{label}>{note.number}</a>'
    body = rendering.blocks(note.tokens)
    body = _FIRST.sub(lambda opening: f"{opening[0]}{back} ", body, 1)
    return f'<aside class="note" epub:type="footnote" role="doc-footnote" id="{note.id}">{body}</aside>'
