"""Notes -> what follows the text: on screens all of them, as asides with a link back; on paper those with blocks.

A note of paragraphs is placed at the foot of a page by its position in the line. Lists, code and tables cannot be in a
line, so a note with them is written after the text, and the typesetter moves it to its call.
"""

from __future__ import annotations

from collections.abc import Sequence

from compositor.markdown.extension import Rendering, attributes
from compositor.markdown.notes.several_calls import ways_back
from compositor.model import Note

PLAIN = ("paragraph_open", "inline", "paragraph_close")


def has_blocks(note: Note) -> bool:
    """Return whether a note contains more than paragraphs."""
    return any(token.type not in PLAIN for token in note.tokens)


def begins_with_words(note: Note) -> bool:
    """Return whether its number can be in one line with its first words."""
    return bool(note.tokens) and note.tokens[0].type == "paragraph_open"


def called_here(note: Note) -> str:
    """Render the place of a note that is written after the text."""
    return f'<span class="note-call"{attributes({"data-note": note.id})}></span>'


def asides(notes: Sequence[Note], rendering: Rendering) -> str:
    """Render the notes of a unit that follow its text."""
    if rendering.medium.notes == "foot":
        return "".join(_with_blocks(note, rendering) for note in notes if has_blocks(note))
    return "".join(f"{_behind(note, rendering)}\n" for note in notes)


def _with_blocks(note: Note, rendering: Rendering) -> str:
    """Render its first words without a paragraph, so that they are next to the number."""
    first = ways_back(note, rendering)
    first += rendering.inline(note.tokens[1].children) if begins_with_words(note) else ""
    rest = rendering.blocks(note.tokens[3:] if begins_with_words(note) else note.tokens)
    return f'<div class="note"{attributes({"id": note.id, "data-number": note.number})}>{first}{rest}</div>\n'


def _behind(note: Note, rendering: Rendering) -> str:
    """Render a `div` and no `aside`, which Apple Books removes from the page and shows only in a pop-up."""
    label = attributes({"aria-label": rendering.words.back_to_text})
    back = f'<a class="backlink" role="doc-backlink" href="#{note.id}-call"{label}>{note.number}</a>'
    back = f"{back} {ways_back(note, rendering)}".rstrip()
    if begins_with_words(note):
        opening, rest = rendering.blocks(note.tokens[:1]), rendering.blocks(note.tokens[1:])
        body = f"{opening}{back} {rest}"
    else:
        body = f"<p>{back}</p>\n{rendering.blocks(note.tokens)}"
    return f'<div class="note" epub:type="footnote" role="doc-footnote" id="{note.id}">{body}</div>'
