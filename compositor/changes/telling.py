"""One change -> tokens: its kind, then its words with insertions and deletions, shortened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown_it.token import Token

from compositor.changes.comparing import IS_WIDE, WORD, Change, Piece, Sign
from compositor.changes.passages import Section
from compositor.language import Language
from compositor.markdown.attributes import Attributes

AROUND = 12
"""Words that are shown on each side of a change."""
LONG = 60
"""Consecutive words that are shown of an insertion, a deletion or a move."""
LINES = 16
"""Lines of a listing that are shown."""
BESIDE = 2
"""Lines that are shown on each side of changed ones."""
MARKS = {"=": ("", ""), "+": ("{+", "+}"), "-": ("[-", "-]")}
"""Insertions and deletions in plain text."""
SIGNS = {"=": " ", "+": "+", "-": "-"}
NAMES = {"+": ("inserted", "ins"), "-": ("deleted", "del")}
KINDS: Mapping[str, Sign] = {"inserted": "+", "deleted": "-"}
"""Kind of a change -> the state of all its words."""


def label_of(change: Change, words: Language) -> Iterator[Token]:
    """Yield the kind of a change; for a move, from where."""
    if change.kind != "moved" or change.origin is None:
        yield said(words.changes[change.kind])
    elif change.origin.anchor == change.section.anchor:
        yield said(words.changes["within"])
    else:
        before, _, behind = words.changes["moved"].partition("{section}")
        yield from (said(before), section_named(change.origin, page=False), said(behind))


def in_label(line: Iterable[Token]) -> list[Token]:
    """Return words that are distinguished from those of the book."""
    opening = Token("span_open", "span", 1, meta={"attributes": Attributes("", ("change",))})
    return [opening, *line, Token("span_close", "span", -1)]


def said(words: str) -> Token:
    """Return words in a line."""
    return Token("text", "", 0, content=words)


def section_named(section: Section, *, page: bool = True) -> Token:
    """Return a section by its number and title, and on paper with its page."""
    return Token("changed_section", "", 0, content=section.name, meta={"target": section.anchor, "page": page})


def words_of(change: Change) -> Iterator[Token]:
    """Yield the words of a change."""
    pieces = shown(change)
    for (sign, text), (after, _) in zip(pieces, (*pieces[1:], ("", "")), strict=True):
        if sign == "=":
            yield said(text)
            continue
        name, tag = NAMES[sign]
        bare = text.strip()
        yield said(text[: len(text) - len(text.lstrip())])
        yield Token(f"{name}_open", tag, 1)
        yield said(bare)
        yield Token(f"{name}_close", tag, -1)
        apart = "" if after != "+" or IS_WIDE.match(text[-1:]) else " "
        yield said(text[len(text.rstrip()) :] or apart)


def plainly(change: Change) -> str:
    """Return the same as plain text."""
    return "".join(f"{MARKS[sign][0]}{text}{MARKS[sign][1]}" for sign, text in shown(change))


def shown(change: Change) -> tuple[Piece, ...]:
    """Return the pieces of a change that a page shows, each with its state."""
    sign = KINDS.get(change.kind)
    pieces = [(sign or one, text) for one, text in change.pieces]
    last = len(pieces) - 1
    if not last:
        return ((pieces[0][0], _begun(pieces[0][1])),)
    return tuple(
        (one, _between(text, not place, place == last) if one == "=" else _begun(text))
        for place, (one, text) in enumerate(pieces)
    )


def _begun(text: str) -> str:
    """Return the beginning of inserted, deleted or moved words."""
    found = WORD.findall(text)
    return text if len(found) <= LONG else f"{''.join(found[:LONG]).rstrip()} …"


def _between(text: str, first: bool, last: bool) -> str:
    """Return the unchanged words next to a change."""
    found = WORD.findall(text)
    head, tail = [] if first else found[:AROUND], [] if last else found[-AROUND:]
    if len(found) <= len(head) + len(tail) + 1:
        return text
    return f"{''.join(head)}{'… ' if tail else '…'}{''.join(tail)}"


def lines_of(change: Change) -> str:
    """Return a listing as a diff: each line with its sign."""
    sign = KINDS.get(change.kind)
    lines = [(sign or one, line) for one, text in change.pieces for line in text.rstrip("\n").split("\n")]
    near = _near(lines)
    made: list[str] = []
    for place, (one, line) in enumerate(lines):
        if place in near:
            made.append(f"{SIGNS[one]} {line}".rstrip())
        elif not made or made[-1] != "…":
            made.append("…")
    whole = made[:LINES] + (["…"] if len(made) > LINES and made[LINES - 1] != "…" else [])
    return "".join(f"{line}\n" for line in whole)


def _near(lines: Sequence[Piece]) -> set[int]:
    """Return the places of changed lines, and of those next to them; all if there are none."""
    changed = [place for place, (sign, _) in enumerate(lines) if sign != "="]
    near = {place for one in changed for place in range(one - BESIDE, one + BESIDE + 1)}
    return near or set(range(len(lines)))
