"""Book -> chapters without what a book cannot have: dead ends, an id in two files, a list in two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from compositor.assemble.dead_ends import without_dead_ends
from compositor.markdown.attributes import Attributes
from compositor.model import Anchor, Book, Chapter, Place
from compositor.model.apparatus import Answer, IndexMark

ONCE = ("works", "index_list", "answers_list")
"""Tokens of the lists that a book has only once."""
OTHERS = ("note", "label", "file")
"""Keys of tokens with names that are not ids, and may be equal."""


def repaired(book: Book) -> Mapping[str, Chapter]:
    """Return path of each source -> its chapter, with every id and list once, without dead ends; or nothing."""
    before = [unit.chapter for unit in book.units]
    after = list(_with_answers(book, _lists_once(_own_ids(without_dead_ends(book)))))
    same = all(new is old for new, old in zip(after, before, strict=True))
    return {} if same else {chapter.source.path: chapter for chapter in after}


def _own_ids(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Give an id that an earlier file has a number; within its file, it is still found by the old one."""
    taken: set[str] = set()
    for chapter in chapters:
        here = {anchor.id for anchor in chapter.anchors}
        new = {name: _free(name, taken | here) for name in here & taken}
        taken |= here - set(new) | set(new.values())
        yield _renamed(chapter, new) if new else chapter


def _free(name: str, taken: set[str]) -> str:
    return next(one for one in (f"{name}-{number}" for number in range(2, len(taken) + 3)) if one not in taken)


def _renamed(chapter: Chapter, new: Mapping[str, str]) -> Chapter:
    def anchor(one: Anchor) -> Anchor:
        old = (one.id, one.id.lower()) if one.id in new else ()
        words = tuple(_token(token, new) for token in one.words)
        within, identifier = new.get(one.within, one.within), new.get(one.id, one.id)
        return replace(one, id=identifier, within=within, aliases=(*one.aliases, *old), words=words)

    def mark(one: IndexMark) -> IndexMark:
        return replace(one, anchor=new.get(one.anchor, one.anchor))

    def answer(one: Answer) -> Answer:
        exercise, identifier, *anchors = (new.get(name, name) for name in (one.exercise, one.id, *one.anchors))
        tokens = tuple(_token(token, new) for token in one.tokens)
        return replace(one, exercise=exercise, id=identifier, tokens=tokens, anchors=tuple(anchors))

    marks, answers = map(mark, chapter.matter.marks), map(answer, chapter.matter.answers)
    return replace(
        chapter,
        tokens=tuple(_token(token, new) for token in chapter.tokens),
        anchors=tuple(map(anchor, chapter.anchors)),
        references=tuple(
            replace(one, target=new.get(one.target, one.target)) if one.kind == "label" else one
            for one in chapter.references
        ),
        notes=tuple(replace(one, tokens=tuple(_token(t, new) for t in one.tokens)) for one in chapter.notes),
        matter=replace(chapter.matter, marks=tuple(marks), answers=tuple(answers)),
    )


def _token(token: Token, new: Mapping[str, str]) -> Token:
    attrs = {name: new.get(str(value), value) if name == "id" else value for name, value in token.attrs.items()}
    children = None if token.children is None else [_token(child, new) for child in token.children]
    return replace(token, attrs=attrs, children=children, meta=_value(token.meta, new))


def _value(value: Any, new: Mapping[str, str]) -> Any:
    """Return what a token keeps beside its text: its own id, that of its caption, its targets."""
    if isinstance(value, str):
        return new.get(value, value)
    if isinstance(value, Attributes):
        return replace(value, id=new.get(value.id, value.id))
    if isinstance(value, Token):
        return _token(value, new)
    if isinstance(value, dict):
        return {name: one if name in OTHERS else _value(one, new) for name, one in value.items()}
    return type(value)(_value(one, new) for one in value) if type(value) in (list, tuple) else value


def _lists_once(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Keep only the first of each generated list."""
    seen: set[str] = set()
    for chapter in chapters:
        kept = []
        for token in chapter.tokens:
            if token.type not in seen:
                kept.append(token)
            if token.type in ONCE:
                seen.add(token.type)
        yield chapter if len(kept) == len(chapter.tokens) else replace(chapter, tokens=tuple(kept))


def _with_answers(book: Book, chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Add answers for which no file has a place at the end of the last file with any."""
    all_ = list(chapters)
    lost = [chapter for chapter in all_ if chapter.matter.answers]
    if any(name == "answers" for chapter in all_ for name, _ in chapter.matter.lists) or not lost:
        yield from all_
        return
    for chapter in all_:
        if chapter is lost[-1]:
            matter = replace(chapter.matter, lists=(*chapter.matter.lists, ("answers", Place(chapter.source.path))))
            end = Token("answers_list", "", 0, block=True)
            yield replace(chapter, tokens=(*chapter.tokens, end), matter=matter)
        else:
            yield chapter
