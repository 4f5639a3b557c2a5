"""What leads nowhere -> words: a link without its link, `[fig-nowhere?]` for a reference, `[key?]` for a citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from compositor.assemble.mending import mended, text
from compositor.assemble.without_links import ENDS, instead
from compositor.markdown.reading import walk
from compositor.model import Anchor, Book, Chapter, Citation, Target

NEAR = 3
"""Lines between a name and what it names."""


def without_dead_ends(book: Book) -> Iterator[Chapter]:
    """Yield the chapters in order, with words for what leads nowhere; unchanged if everything leads somewhere."""
    works = book.manuscript.bibliography.works if book.manuscript.bibliography is not None else {}
    living = _Living(frozenset(book.targets), frozenset(book.links), frozenset(works), book)
    for unit in book.units:
        yield living.chapter(unit.chapter)


@dataclass(frozen=True, slots=True)
class _Living:
    """All targets in a book."""

    labels: frozenset[str]
    links: frozenset[str]
    works: frozenset[str]
    book: Book

    def chapter(self, chapter: Chapter) -> Chapter:
        """Return the chapter without dead ends, and without the records of them."""
        references = tuple(
            one for one in chapter.references if one.target in (self.labels if one.kind == "label" else self.links)
        )
        kept = tuple(self._citation(one) for one in chapter.citations)
        citations = tuple(one for one in kept if one.cites)
        wordless = any({"title_of", "number_of"} & token.meta.keys() for token in walk(chapter.tokens))
        if not wordless and (len(references), citations) == (len(chapter.references), chapter.citations):
            return chapter
        return replace(mended(chapter, self.mend), references=references, citations=citations)

    def _citation(self, citation: Citation) -> Citation:
        return replace(citation, cites=tuple(cite for cite in citation.cites if cite.key in self.works))

    def mend(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Return one line, or one run of blocks, without dead ends."""
        made: list[Token] = []
        ends: list[tuple[str, Token | None]] = []
        for token in tokens:
            if token.type in ENDS:
                opening, closing = (token, token) if self._leads(token) else instead(token)
                ends.append((ENDS[token.type], closing))
                made += [opening] if opening else []
            elif ends and token.type == ends[-1][0]:
                closing = ends.pop()[1]
                made += [] if closing is None else [token if closing.nesting > 0 else closing]
            else:
                made += self._mended(token)
        return made

    def _leads(self, opening: Token) -> bool:
        return opening.meta.get("target", "") in self.links or "target" not in opening.meta

    def _mended(self, token: Token) -> Iterator[Token]:
        if token.type == "reference" and token.meta["target"] not in self.labels:
            yield text(_unknown(token.meta["target"]), token)
        elif token.type == "reference_group":
            yield from self._group(token)
        elif token.type == "citation":
            yield from self._cited(token)
        elif "title_of" in token.meta:
            yield text(called(self.book, token.meta["title_of"]) or token.content, token)
        elif "number_of" in token.meta:
            yield text(_numbered(self.book, token.meta["number_of"]) or token.content, token)
        else:
            yield token

    def _group(self, token: Token) -> Iterator[Token]:
        """Yield the references that lead somewhere, as a list, followed by those that do not."""
        pairs = list(zip(token.meta["targets"], token.meta["words"], strict=True))
        living = [pair for pair in pairs if pair[0]["target"] in self.labels]
        if len(living) == len(pairs):
            yield token
            return
        dead = [_unknown(target["target"]) for target, _ in pairs if target["target"] not in self.labels]
        if living:
            targets, words = zip(*living, strict=True)
            yield replace(token, meta=token.meta | {"targets": list(targets), "words": list(words)})
        yield text(", ".join(["", *dead] if living else dead), token)

    def _cited(self, token: Token) -> Iterator[Token]:
        """Yield the works that exist, as the style prints them, followed by the others, with their words."""
        parts = token.meta["parts"]
        living = [part for part in parts if part["key"] in self.works]
        if len(living) == len(parts):
            yield token
            return
        dead = [f"{part['prefix']}{_unknown(str(part['key']))}{part['rest']}" for part in parts if part not in living]
        if living:
            yield replace(token, meta=token.meta | {"parts": living})
        yield text("; ".join(dead) if not living else f" {'; '.join(dead)}", token)


def called(book: Book, target: str) -> str:
    """Return the name of a link's target: the title of a heading, the number of a figure; empty for a dead end.

    A place before a heading, a figure or a table has the name of that.
    """
    found = _meant(book, target)
    if found is None:
        return ""
    return found.anchor.title if found.anchor.kind in ("section", "chapter", "place") else found.label


def _numbered(book: Book, target: str) -> str:
    """Return the number of a link's target, that of a formula in brackets; its name if it has none."""
    found = _meant(book, target)
    name = target.partition("#")[2]
    if found is not None and found.anchor.level == 1 and name not in ("", found.anchor.id, *found.anchor.aliases):
        return ""  # the beginning of the file, since the place in it is unknown
    if found is None or not found.number:
        return called(book, target)
    return f"({found.number})" if found.anchor.kind == "equation" else found.number


def _meant(book: Book, target: str) -> Target | None:
    """Return a link's target; for a place before a heading, a figure or a table, that."""
    found = book.targets.get(book.links.get(target, ""))
    if found is None or found.anchor.kind != "place":
        return found
    anchors = next(unit.chapter.anchors for unit in book.units if unit.key == found.unit)
    behind = (one for one in anchors if one.kind != "place" and _stands_at(one, found.anchor))
    return book.targets[next(behind, found.anchor).id]


def _stands_at(anchor: Anchor, place: Anchor) -> bool:
    here, there = place.place.line or 0, anchor.place.line or 0
    return anchor.place.file == place.place.file and 0 <= there - here <= NEAR


def _unknown(name: str) -> str:
    """Return what a reader sees for a reference to nothing."""
    return f"[{name}?]"
