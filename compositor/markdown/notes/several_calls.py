"""Notes with several calls: which of the calls a medium shows, and the links back to all but the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from compositor.markdown.book.conditional import is_shown
from compositor.markdown.extension import Rendering, attributes
from compositor.model import Chapter, Medium, Note

SIGN = "↑"
"""Precedes the number of a call that a link leads back to."""


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    """A chapter, identified by object identity."""

    chapter: Chapter

    def __hash__(self) -> int:
        return id(self.chapter)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and other.chapter is self.chapter


@lru_cache(maxsize=16)
def _calls(text: _Text, medium: Medium) -> Mapping[str, Mapping[int, int]]:
    """Return label of each note -> its calls in the text that a medium shows, each with its number."""
    found: dict[str, dict[int, int]] = {}
    for token in _shown(text.chapter.as_read, medium):
        if token.type == "footnote_ref" and "note" in token.meta:
            calls = found.setdefault(token.meta["note"], {})
            calls[id(token)] = len(calls) + 1
    return found


def _shown(tokens: Iterable[Token], medium: Medium) -> Iterator[Token]:
    for token in tokens:
        if token.type != "conditional" or is_shown(token, medium):
            yield token
            yield from _shown(token.children or (), medium)


def _calls_of(note: Note, rendering: Rendering) -> Mapping[int, int]:
    return _calls(_Text(rendering.unit.chapter), rendering.medium).get(note.label, {}) if note.calls > 1 else {}


def number_of_call(token: Token, note: Note, rendering: Rendering) -> int:
    """Return which shown call of its note this is, from 1; 0 for one in a note, to which no link leads back."""
    known = _calls_of(note, rendering).get(id(token))
    return known if known is not None else int(not token.meta["again"])


def id_of_call(note: Note, number: int) -> str:
    """Return the id of a call that a link can lead back to; None for one without a number."""
    return {0: "", 1: f"{note.id}-call"}.get(number, f"{note.id}-call-{number}")


def words_back(note: Note, rendering: Rendering) -> str:
    """Return the text of the links back after the number of a note: `↑2 ↑3`."""
    return " ".join(f"{SIGN}{number}" for number in range(2, len(_calls_of(note, rendering)) + 1))


def ways_back(note: Note, rendering: Rendering) -> str:
    """Return links to the second and further calls of a note, each followed by a space."""
    count = len(_calls_of(note, rendering))
    return "".join(_way_back(note, number, rendering) for number in range(2, count + 1))


def _way_back(note: Note, number: int, rendering: Rendering) -> str:
    label = f"{rendering.words.back_to_text} ({number})"
    said = {"data-said": label} if rendering.medium.paged else {"role": "doc-backlink", "aria-label": label}
    given = {"class": "backlink again", **said, "href": f"#{id_of_call(note, number)}"}
    return f"<a{attributes(given)}>{SIGN}{number}</a> "
