"""Body of a unit -> the same, with the first words of its text marked: a phrase set in small capitals.

It extends to the first punctuation mark, and has six words at most. Anything but a word ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes

MOST, LEAST = 6, 2
"""Most words of a phrase; and the least words of one that ends without punctuation."""
SHORT = 3
"""Words that do not end a phrase well, articles, prepositions and conjunctions, have at most so many letters."""
WORD = re.compile(r"\S+")
MARKS = ",.;:!?\u2026\u2013\u2014\u201d\u2019\u00bb)"
STOPS = frozenset(",;:!?\u2026\u2013\u2014")
PLAIN = frozenset({"text", "text_special", "softbreak"})


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a word ends: in which token, and after how many of its letters."""

    token: int
    letters: int
    word: str
    is_mark: bool
    inside: bool = False
    """Whether it is in a span, where no phrase ends."""


def with_lead(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with a phrase at the beginning of the first paragraph; no token is written to."""
    found = list(tokens)
    first = _behind_epigraph(found)
    if first + 1 >= len(found) or found[first].type != "paragraph_open" or found[first].hidden:
        return found
    line = found[first + 1]
    cut = _end(list(_cuts(line.children or ())))
    if cut is not None:
        found[first + 1] = copy(line)
        found[first + 1].children = list(_marked(line.children or [], cut))
    return found


def _behind_epigraph(tokens: Sequence[Token]) -> int:
    """Return where the text begins."""
    if not tokens or tokens[0].type != "div_open" or "epigraph" not in tokens[0].meta["attributes"].classes:
        return 0
    level, ends = tokens[0].level, (at for at, token in enumerate(tokens) if token.type == "div_close")
    return next((at + 1 for at in ends if tokens[at].level == level), 0)


def _cuts(children: Sequence[Token]) -> Iterator[_Cut]:
    """Yield the end of each word in the line itself, up to the first thing that is not a word."""
    inside = 0
    for number, token in enumerate(children):
        if token.type == "span_open" and not token.meta["attributes"].classes:
            inside += 1
        elif token.type == "span_close" and inside:
            inside -= 1
        elif token.type not in PLAIN:
            return
        for match in WORD.finditer(token.content if token.type != "softbreak" else ""):
            word = match[0].rstrip(MARKS)
            if not word:
                return
            yield _Cut(number, match.start() + len(word), word, _is_stop(match[0], word), inside > 0)


def _is_stop(written: str, word: str) -> bool:
    behind = written[len(word) :]
    return bool(STOPS & {*behind}) or ("." in behind and len(word) > LEAST)


def _end(cuts: Sequence[_Cut]) -> _Cut | None:
    """Return where the phrase ends; None in a script without small letters."""
    marked = next((at for at, cut in enumerate(cuts[:MOST]) if cut.is_mark and not cut.inside), None)
    if marked is None:
        count = min(len(cuts), MOST)
        while count > LEAST and (cuts[count - 1].inside or len(cuts[count - 1].word) <= SHORT):
            count -= 1
        marked = count - 1 if count >= LEAST and not cuts[count - 1].inside else None
    if marked is None or not any(letter.islower() for cut in cuts[: marked + 1] for letter in cut.word):
        return None
    return cuts[marked]


def _marked(children: Sequence[Token], cut: _Cut) -> Iterator[Token]:
    opening, closing = Token("span_open", "span", 1), Token("span_close", "span", -1)
    opening.meta = {"attributes": Attributes(classes=("lead",))}
    before, after = copy(children[cut.token]), copy(children[cut.token])
    before.content, after.content = before.content[: cut.letters], after.content[cut.letters :]
    yield opening
    yield from children[: cut.token]
    yield before
    yield closing
    yield after
    yield from children[cut.token + 1 :]
