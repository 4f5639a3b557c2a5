"""Footnotes: `text[^label]` and `[^label]: the note`, or `^[the note]`; at the foot, or as asides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.markdown.slugs import slugify
from compositor.model import Note


def syntax(md: MarkdownIt) -> None:
    """The plugin's syntax; its notes are taken out of the stream, numbered, and kept with the chapter."""
    footnote_plugin(md, move_to_end=False, always_match_refs=True)
    md.core.ruler.before("places", "inline_notes", write_out)
    md.core.ruler.before("text_join", "footnotes", gather_notes)


def write_out(state: StateCore) -> None:
    """A note inside a line joins those that stand on lines of their own, so that every other rule reads it too."""
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
    """Note texts leave the stream; calls are numbered in the order in which they stand."""
    reading = reading_of(state)
    written = _take_written(reading, state)
    for token in walk(state.tokens):
        if token.type == "footnote_ref":
            _call(reading, token, written)
    called = {note.label for note in reading.notes} | set(_called_in_notes(reading, written))
    for label in written:
        if label not in called:
            _uncalled(reading, label, written[label])


def _called_in_notes(reading: Reading, written: Mapping[str, list[Token]]) -> Iterator[str]:
    """Notes to notes: at the foot of a page there is no foot."""
    for body in written.values():
        for token in walk(body):
            if token.type == "footnote_ref":
                remedy = "write it in parentheses, or call it in the text"
                reading.error("L184", "a note in a note", place_of(token), remedy)
                yield token.meta["label"]


def _take_written(reading: Reading, state: StateCore) -> dict[str, list[Token]]:
    written: dict[str, list[Token]] = {}
    kept: list[Token] = []
    into = kept
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            if label in written:
                place = reading.line_place(token, f"[^{label}]")
                reading.error("L183", f'the note "{label}" is written twice', place, "rename or delete one")
            into = written[label] = [token]
        elif token.type == "footnote_reference_close":
            into = kept
        else:
            into.append(token)
    state.tokens = kept
    return written


def _call(reading: Reading, token: Token, written: dict[str, list[Token]]) -> None:
    label = token.meta["label"]
    if label not in written:
        near = get_close_matches(label, [known for known in written if not known.startswith("^")], 1)
        remedy = f'did you mean "[^{near[0]}]"?' if near else f"write `[^{label}]: the note` in this file"
        reading.error("L181", f'no note "{label}" is written in this file', place_of(token), remedy)
        return
    body = tuple(written[label][1:])
    first = next((note for note in reading.notes if note.label == label), None)
    number = first.number if first else len(reading.notes) + 1
    name = slugify(label.strip("^")) or "note"
    note = first or Note(label, _free_id(reading, f"{reading.source.key}-note-{name}"), number, body)
    if first is None:
        _check_body(reading, note, place_of(token))
        reading.notes.append(note)
    token.meta |= {"note": label, "again": first is not None}


def _free_id(reading: Reading, wanted: str) -> str:
    """The wanted id, or with letters behind it when another note has it: `[^1]` and the second `^[…]` would."""
    taken = {note.id for note in reading.notes}
    while wanted in taken:
        wanted += "-inline"
    return wanted


def _check_body(reading: Reading, note: Note, place: object) -> None:
    for token in note.tokens:
        if token.type not in ("paragraph_open", "inline", "paragraph_close"):
            where = reading.line_place(token) if token.map else place
            reading.error("L184", "a note may hold paragraphs only", where, "move the rest into the text")  # type: ignore[arg-type]
            return


def _uncalled(reading: Reading, label: str, tokens: list[Token]) -> None:
    place = reading.line_place(tokens[0], f"[^{label}]")
    reading.error(
        "L182", f'nothing calls the note "{label}", so it would be lost', place, f"write [^{label}] in the text"
    )


def footnote_ref(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """The call: with the note itself behind it where notes stand at the foot, else a link to the aside."""
    token = tokens[index]
    comma = f"<sup>{between_calls(tokens, index)}</sup>" if between_calls(tokens, index) else ""
    note = rendering.note(token.meta["note"])
    back = f"{note.id}-call"
    if rendering.medium.notes == "foot":
        if token.meta["again"]:
            return f'{comma}<a class="noteref" href="#{note.id}">{note.number}</a>'
        body = "<br/>".join(rendering.inline(t.children) for t in note.tokens if t.type == "inline")
        return f'{comma}<span class="note"{attributes({"id": note.id, "data-number": note.number})}>{body}</span>'
    identifier = "" if token.meta["again"] else f' id="{back}"'
    call = f'<a class="noteref" epub:type="noteref" role="doc-noteref" href="#{note.id}"{identifier}>{note.number}</a>'
    return comma + call


def between_calls(tokens: Sequence[Token], index: int) -> str:
    """What keeps two numbers apart that follow each other: 5, 6 are not 56."""
    return "," if index and tokens[index - 1].type == "footnote_ref" else ""


EXTENSION = Extension(
    "footnotes",
    syntax,
    {"footnote_ref": footnote_ref},
    {
        "L181": """A note is called and written nowhere in the file. Notes belong to the file they are called in.""",
        "L182": """A note is written and nothing calls it. It has no place to stand, and its words would be lost.""",
        "L183": """Two notes of a file have the same label. One of them would be lost.""",
        "L184": """A note holds a list, a listing, a table or another note. At the foot of a page there is room for
paragraphs only. Move it into the text, or into an appendix.""",
    },
)
