"""Titles with references -> the same in words: contents, running heads and bookmarks have "As Figure 18.2".

A title is read before anything has a number; the text for a figure, a chapter or a work is known when all have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape

from markdown_it.token import Token

from compositor.cache import digest
from compositor.language import Language
from compositor.markdown.reading import as_written, plain_text, walk
from compositor.markdown.references.reference_groups import listed
from compositor.markdown.references.references import full_reference
from compositor.model import Anchor, Book, Chapter

SAYING = {"reference", "reference_group", "citation"}
"""Types of tokens whose words come from elsewhere."""
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Plain:
    """The names in a book, without links and without pages."""

    book: Book
    words: Language

    def number(self, anchor: str) -> str:
        """Return `18.3`, or an empty text."""
        return self.book.targets[anchor].number

    def label(self, anchor: str) -> str:
        """Return `Figure 18.3`, or the title of what has no number."""
        return self.book.targets[anchor].label

    def href(self, target: str) -> str:
        """Return an empty text: there is no link."""
        return ""

    def folio(self, anchor: str) -> str:
        """Return an empty text: the title of a section is the same in every format."""
        return ""

    def said(self, token: Token) -> str:
        """Return the text of a reference or a citation; as it is written, if it has no target."""
        if token.type == "citation":
            cited = self.book.citations.get(token.meta["id"])
            return unescape(_TAGS.sub("", "".join(text for text, _ in cited.pieces))) if cited else as_written(token)
        targets = [one["target"] for one in token.meta.get("targets", [token.meta])]
        if any(target not in self.book.targets for target in targets):
            return as_written(token)
        if token.type == "reference":
            return unescape(full_reference(token.meta["target"], token.meta["capital"], self))
        return unescape(listed(token, self))


def said_plainly(book: Book, words: Language, token: Token) -> str:
    """Return the text of a reference in this book, without a link and without a page."""
    return _Plain(book, words).said(token)


def with_titles(book: Book, words: Language) -> Mapping[str, Chapter]:
    """Return path of each source -> its chapter, with references in titles in words; empty if there are none."""
    plain = _Plain(book, words)
    changed = {unit.chapter.source.path: tuple(_titles(unit.chapter, plain)) for unit in book.units}
    if all(unit.chapter.anchors == changed[unit.chapter.source.path] for unit in book.units):
        return {}
    paths = ((unit.chapter.source.path, unit.chapter) for unit in book.units)
    return {path: _titled(chapter, changed[path]) for path, chapter in paths}


def _titled(chapter: Chapter, anchors: tuple[Anchor, ...]) -> Chapter:
    """Return the chapter with titles in other words."""
    if anchors == chapter.anchors:
        return chapter
    made = replace(chapter, anchors=anchors)
    return made.named(digest("titled", chapter.digest, *(one.title for one in anchors))) if chapter.digest else made


def _titles(chapter: Chapter, plain: _Plain) -> Iterator[Anchor]:
    for anchor in chapter.anchors:
        if any(token.type in SAYING for token in walk(anchor.words)):
            yield replace(anchor, title=" ".join(plain_text(anchor.words, plain.said).split()))
        else:
            yield anchor
