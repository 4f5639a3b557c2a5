"""The tokens of a book -> what of it is in the files: how many of each construct, in how many files, and the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from markdown_it.token import Token

from compositor.cache import Ledger
from compositor.markdown.reading import walk
from compositor.model import Book, Chapter, Place

CALLED: Mapping[str, str] = {
    "heading_open": "headings",
    "paragraph_open": "paragraphs",
    "bullet_list_open": "lists",
    "ordered_list_open": "lists",
    "dl_open": "definition lists",
    "blockquote_open": "quotations",
    "callout_open": "callouts",
    "details_open": "collapsible blocks",
    "table_open": "tables",
    "fence": "listings",
    "code_block": "listings",
    "image": "pictures",
    "picture": "pictures",
    "math_inline": "formulas",
    "math_block": "formulas",
    "footnote_ref": "calls of notes",
    "ruby_open": "readings above words",
}
"""Type of token -> the name that readers use."""
IN_LINES = {"text", "text_special", "code_inline"}
BLOCKS = {"fence", "code_block", "math_source"}
"""Types of tokens whose content is words of the author."""
ORDER = (
    "texts", "words", *dict.fromkeys(CALLED.values()), "links within the book", "links to the web",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A construct that is in the files."""

    what: str
    count: int
    texts: int
    """In how many source files of the book."""
    first: Place


def kept(book: Book) -> tuple[Kept, ...]:
    """Return every construct of the book that a reader would count, in a fixed order."""
    counts: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    with Ledger("counted", book.slug) as ledger:
        for unit in (one for one in book.units if not one.chapter.source.is_made):
            found = ledger.of(unit.chapter.digest, partial(_found, unit.chapter))
            here: Counter[str] = Counter()
            for what, count, target, file, line in found:
                if not target or target in book.links:  # a link that leads nowhere is printed as words
                    here[what] += count
                    first.setdefault(what, Place(file, line))
            counts += here
            texts += Counter({what: 1 for what, count in here.items() if count})
    return tuple(Kept(what, counts[what], texts[what], first[what]) for what in ORDER if counts[what])


def _found(chapter: Chapter) -> list[tuple[str, int, str, str, int | None]]:
    """Return what a source contains: the construct, how many, the target of a link, file and line of the first."""
    found: dict[tuple[str, str], tuple[str, int, str, str, int | None]] = {}
    for what, count, target, place in _inside(chapter):
        _, before, _, file, line = found.get((what, target), (what, 0, target, place.file, place.line))
        found[what, target] = what, before + count, target, file, line
    return [*found.values()]


def inside(chapter: Chapter, links: Mapping[str, str]) -> Iterator[tuple[str, int, Place]]:
    """Yield what a source contains: the construct, how many, and the place of its block."""
    found = _inside(chapter)
    yield from ((what, count, place) for what, count, target, place in found if not target or target in links)


def _inside(chapter: Chapter) -> Iterator[tuple[str, int, str, Place]]:
    """Yield the construct, how many, the target of a link within the book, and the place of its block."""
    place = Place(chapter.source.path, 1)
    yield "texts", int("#" not in chapter.source.path), "", place
    for block in chapter.everything:
        if block.map:
            place = Place(*chapter.line_of(block.map[0] + 1))
        for token in walk([block]):
            yield from ((what, count, target, place) for what, count, target in _counted(token))


def _counted(token: Token) -> Iterator[tuple[str, int, str]]:
    if token.type in CALLED:
        yield CALLED[token.type], 1, ""
    if token.type in BLOCKS:
        yield "words", _words(token.content), ""
    if token.type == "inline":
        parts = (one.content if one.type in IN_LINES else " " * one.type.endswith("break") for one in walk([token]))
        yield "words", _words("".join(parts)), ""
    if token.type == "link_open":
        target = token.meta.get("target")
        yield ("links to the web", 1, "") if target is None else ("links within the book", 1, target)


def _words(text: str) -> int:
    """Count the words of a text; a sign between spaces is not a word."""
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in text.split())
