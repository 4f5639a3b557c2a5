"""Addresses for readers of paper: after each link to the web, a note with its address, if the book asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import plain_text, reading_of


def syntax(md: MarkdownIt) -> None:
    """This runs before inline notes are collected, so that these are notes like any other."""
    md.core.ruler.after("inline", "link_notes", add_notes)


def add_notes(state: StateCore) -> None:
    """Add a note for each address of a file, and another call for each further link to it, but none within a note."""
    if not reading_of(state).context.link_notes:
        return
    notes = state.env.setdefault("footnotes", {}).setdefault("list", {})
    known: dict[str, int] = {}
    inside = False
    for block in state.tokens:
        if block.type in ("footnote_reference_open", "footnote_reference_close"):
            inside = block.type == "footnote_reference_open"
        elif block.children and not inside:
            block.children[:] = list(_with_calls(block.children, notes, known))


def _with_calls(line: Sequence[Token], notes: dict[int, object], known: dict[str, int]) -> Iterator[Token]:
    opening = 0
    for at, token in enumerate(line):
        yield token
        opening = at if token.type == "link_open" else opening
        address = str(line[opening].attrs.get("href", "")) if token.type == "link_close" else ""
        words = plain_text(line[opening + 1 : at]) if address else ""
        if not address.startswith(("http:", "https:")) or _is_said(address, words):
            continue
        first = address not in known
        number = known.setdefault(address, len(notes))
        if first:
            notes[number] = {"content": address, "tokens": _linked(address)}
        yield Token("footnote_ref", "", 0, meta={"id": number} if first else {"id": number, "label": f"^{number}"})


def _is_said(address: str, words: str) -> bool:
    """Return whether the words of a link are its address, or the end of it."""
    bare = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return words.strip().rstrip("/").endswith(bare)


def _linked(address: str) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": address}, markup="linkify", info="auto")
    return [opening, Token("text", "", 0, content=address), Token("link_close", "a", -1, markup="linkify", info="auto")]


EXTENSION = Extension("link_notes", syntax)
