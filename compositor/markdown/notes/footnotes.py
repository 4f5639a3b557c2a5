"""Footnotes: `text[^label]` and `[^label]: the note`, or `^[the note]`; at the foot, or as asides.

A note may contain what a text contains. Exceptions are converted: headings become bold words, and a note that is called
only in a note becomes words in parentheses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import zip_longest
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.notes.asides import called_here, has_blocks
from compositor.markdown.notes.nested import NESTED, calls, reachable, resolve_in_notes
from compositor.markdown.notes.several_calls import id_of_call, number_of_call, ways_back
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.markdown.slugs import slugify
from compositor.model import Note

GUESSED = 1000
"""Labels in a file among which a similar one is looked for."""


def syntax(md: MarkdownIt) -> None:
    """The syntax is the plugin's; notes are taken out of the stream, numbered, and kept with the chapter."""
    footnote_plugin(md, move_to_end=False, always_match_refs=True)
    md.core.ruler.after("block", "headings_in_notes", make_headings_bold)
    md.core.ruler.before("places", "inline_notes", write_out)
    md.core.ruler.before("text_join", "footnotes", gather_notes)


def make_headings_bold(state: StateCore) -> None:
    """Make headings in notes bold: otherwise they would be in the contents, with a number."""
    inside = False
    for token, after in zip_longest(state.tokens, state.tokens[1:]):
        inside = token.type == "footnote_reference_open" or (inside and token.type != "footnote_reference_close")
        if inside and token.type in ("heading_open", "heading_close"):
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"
            if after is not None and after.type == "inline":
                after.content = f"**{after.content}**" if after.content else ""
                if after.children and not after.content:
                    ends = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
                    after.children = [ends[0], *after.children, ends[1]]
                reading = reading_of(state)
                remedy = "write it in **bold**, or make it part of the text"
                message = "a note contains a heading, which is printed in bold"
                reading.warning("L184", message, reading.line_place(token), remedy)


def write_out(state: StateCore) -> None:
    """Put inline notes with the others, so that every other rule reads them too."""
    notes = state.env.get("footnotes", {}).get("list", {})
    for block in state.tokens:
        for token in walk(block.children or ()):
            if token.type == "footnote_ref" and "label" not in token.meta:
                token.meta["label"] = f"^{token.meta['id']}"
                state.tokens += _written(block, token, notes[token.meta["id"]])


def _written(block: Token, call: Token, note: Mapping[str, Any]) -> list[Token]:
    first = (block.map[0] if block.map else 0) + block.content.count("\n", 0, call.meta.get("offset", 0))
    lines = [first, first + note["content"].count("\n") + 1]
    opening = Token("footnote_reference_open", "", 1, map=lines, meta={"label": call.meta["label"]})
    paragraph = Token("paragraph_open", "p", 1, map=lines, block=True)
    inline = Token("inline", "", 0, map=lines, content=note["content"], children=note["tokens"], block=True)
    end = Token("paragraph_close", "p", -1, block=True)
    return [opening, paragraph, inline, end, Token("footnote_reference_close", "", -1)]


def gather_notes(state: StateCore) -> None:
    """Take note texts out of the stream; number calls in order."""
    reading = reading_of(state)
    written = _take_written(reading, state)
    _put_back_uncalled(reading, state, written)
    numbered: dict[str, Note] = {}
    for token in walk(state.tokens):
        if token.type == "footnote_ref":
            _call(reading, token, written, numbered)
    counts = Counter(token.meta.get("note") for token in walk(state.tokens) if token.type == "footnote_ref")
    reading.notes += (replace(note, calls=counts[label]) for label, note in numbered.items())
    resolve_in_notes(reading, written)


def _take_written(reading: Reading, state: StateCore) -> dict[str, list[Token]]:
    """Take the notes of a file; where each was written, the token that opens it stays."""
    written: dict[str, list[Token]] = {}
    kept: list[Token] = []
    into = kept
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            if label in written:
                place = reading.line_place(token, f"[^{label}]")
                message = f'the note "{label}" is written twice; the second is printed in the text'
                reading.warning("L183", message, place, "delete one of them, or give this one another label")
                into = kept
                continue
            kept.append(token)
            into = written[label] = [token]
        elif token.type == "footnote_reference_close":
            into = kept
        else:
            into.append(token)
    state.tokens = kept
    return written


def _put_back_uncalled(reading: Reading, state: StateCore, written: dict[str, list[Token]]) -> None:
    """Put a note back that nothing calls: it becomes text, as for readers who do not know notes."""
    reached = set(reachable(state.tokens, written))
    called_by_notes = {label for body in written.values() for label in calls(body)}
    for label in [one for one in written if one not in reached and one not in called_by_notes]:
        reached |= set(reachable(written[label], written))
    made: list[Token] = []
    for token in state.tokens:
        if token.type != "footnote_reference_open":
            made.append(token)
        elif token.meta["label"] not in reached:
            made += _as_text(reading, token, written.pop(token.meta["label"])[1:])
    state.tokens = made


def _as_text(reading: Reading, opening: Token, body: list[Token]) -> list[Token]:
    label = opening.meta["label"]
    place = reading.line_place(opening, f"[^{label}]")
    remedy = f"write [^{label}] in the text, or delete the note"
    reading.warning("L182", f'nothing calls the note "{label}"; it is printed here as text', place, remedy)
    words = Token("text", "", 0, content=f"[^{label}]: ")
    if body and body[0].type == "paragraph_open":
        body[1].children = [words, *(body[1].children or [])]
        return body
    inline = Token("inline", "", 0, map=opening.map, content=words.content, children=[words], block=True)
    around = Token("paragraph_open", "p", 1, map=opening.map, block=True), Token("paragraph_close", "p", -1, block=True)
    return [around[0], inline, around[1], *body]


def _call(reading: Reading, token: Token, written: dict[str, list[Token]], numbered: dict[str, Note]) -> None:
    """Number a note at its first call; `numbered` are the notes called before, by label."""
    label = token.meta["label"]
    if label not in written:
        known = [one for one in written if not one.startswith("^")]
        near = get_close_matches(label, known, 1) if len(known) < GUESSED else []
        remedy = f'did you mean "[^{near[0]}]"?' if near else f"write `[^{label}]: the note` in this file"
        message = f'this file has no note "{label}"; the call is printed as "[^{label}]"'
        meant = (f"[^{label}]", f"[^{near[0]}]") if near else ("", "")
        reading.warning("L181", message, place_of(token), remedy, meant=meant)
        token.type, token.tag, token.content = "text", "", f"[^{label}]"
        return
    token.meta |= {"note": label, "again": label in numbered}
    if label not in numbered:
        wanted = f"{reading.source.key}-note-{slugify(label.strip('^')) or 'note'}"
        identifier = reading.free_note(wanted)
        numbered[label] = Note(label, identifier, len(numbered) + 1, tuple(written[label][1:]))


def footnote_ref(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the call: with the note after it if notes are at the foot, else a link to the aside."""
    token = tokens[index]
    comma = f"<sup>{between_calls(tokens, index)}</sup>" if between_calls(tokens, index) else ""
    note = rendering.note(token.meta["note"])
    number = number_of_call(token, note, rendering)
    named = attributes({"href": f"#{note.id}", "id": id_of_call(note, number)})
    if rendering.medium.notes != "foot":
        return f'{comma}<a class="noteref" epub:type="noteref" role="doc-noteref"{named}>{note.number}</a>'
    if number != 1:
        return f'{comma}<a class="noteref"{named}>{note.number}</a>'
    return comma + (called_here(note) if has_blocks(note) else _at_foot(note, rendering))


def _at_foot(note: Note, rendering: Rendering) -> str:
    body = "<br/>".join(rendering.inline(t.children) for t in note.tokens if t.type == "inline")
    given = attributes({"id": note.id, "data-number": note.number})
    return f'<span class="note"{given}>{ways_back(note, rendering)}{body}</span>'


def between_calls(tokens: Sequence[Token], index: int) -> str:
    """Return what separates two consecutive numbers: 5, 6 are not 56."""
    return "," if index and tokens[index - 1].type == "footnote_ref" else ""


EXTENSION = Extension(
    "footnotes",
    syntax,
    {"footnote_ref": footnote_ref},
    {
        "L181": """A note is called but not written in the file. The call is printed as it is. Write a note in the file
that calls it.""",
        "L182": """A note is written but never called. It has no number and no place at the foot of a page, so it is
printed as text where it is written.""",
        "L183": """Two notes of a file have the same label. The calls lead to the first; the second is printed where
it is written.""",
        "L184": """A note contains a heading. No section can begin at the foot of a page, so the words are printed in
bold.""",
    }
    | NESTED,
)
