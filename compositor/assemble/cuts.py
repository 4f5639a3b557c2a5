"""A heading in a file -> the section that it opens, as a separate unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from markdown_it.token import Token

from compositor.markdown.reading import walk
from compositor.model import Anchor, Chapter, FrontMatter, Note, Place, Role, Target, Unit


def section_of(unit: Unit, target: Target) -> Unit | None:
    """Return the section with its heading as title, and the headings in it raised; None if it is inside a block.

    Everything keeps its number.
    """
    level = target.anchor.level
    tokens = _from(unit.chapter.tokens, target.anchor.id, level)
    if not tokens:
        return None
    notes = _called(unit.chapter.notes, tokens)
    has = _lines_of(unit.chapter, [*tokens, *(token for note in notes for token in note.tokens)])
    chapter = replace(
        unit.chapter,
        tokens=tuple(_raised(token, level - 1) for token in tokens),
        notes=notes,
        anchors=tuple(_raised_anchor(one, level - 1) for one in unit.chapter.anchors if has(one.place)),
        images=tuple(one for one in unit.chapter.images if has(one.place)),
        front_matter=FrontMatter(),
        epigraph=(),
    )
    head = f"{target.number}\u2002{target.anchor.title}".strip()
    return Unit(
        Role.SECTION, chapter, target.anchor.id, target.number, "", target.anchor.title, verso=head, recto=head
    )


def _from(tokens: Sequence[Token], heading: str, level: int) -> Sequence[Token]:
    """Return the tokens from a heading on, up to the next of its level or above."""
    tops = [(place, token) for place, token in enumerate(tokens) if token.type == "heading_open" and not token.level]
    start = next((place for place, token in tops if token.attrs.get("id") == heading), None)
    if start is None:
        return ()
    end = next((place for place, token in tops if place > start and int(token.tag[1]) <= level), len(tokens))
    return tokens[start:end]


def _called(notes: Iterable[Note], tokens: Iterable[Token]) -> tuple[Note, ...]:
    """Return the notes that these tokens call, and those that are called in them."""
    called = {token.meta["note"] for token in walk(tokens) if "note" in token.meta}
    known = tuple(notes)
    while more := {
        token.meta["note"]
        for note in known
        if note.label in called
        for token in walk(note.tokens)
        if "note" in token.meta and token.meta["note"] not in called
    }:
        called |= more
    return tuple(note for note in known if note.label in called)


def _lines_of(chapter: Chapter, tokens: Iterable[Token]) -> Callable[[Place], bool]:
    """Return a function that tells whether a place is on the lines of these tokens."""
    here = {
        chapter.line_of(number + 1) for token in tokens for number in range(*(token.map or (0, 0)))
    }
    return lambda place: (place.file, place.line) in here


def _raised(token: Token, by: int) -> Token:
    if token.type not in ("heading_open", "heading_close"):
        return token
    return replace(token, tag=f"h{int(token.tag[1]) - by}")


def _raised_anchor(anchor: Anchor, by: int) -> Anchor:
    return replace(anchor, level=anchor.level - by) if anchor.level else anchor
