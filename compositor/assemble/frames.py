"""Chapters + folder -> the same with a frame for each unusable picture: its words, and its path as code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from markdown_it.token import Token

from compositor.assemble.mending import mended, text
from compositor.assemble.pictures import picture_fault, picture_file
from compositor.cache import Ledger
from compositor.markdown.attributes import Attributes
from compositor.markdown.figures.figures import alternative
from compositor.markdown.reading import plain_text
from compositor.model import Chapter

PICTURES = ("image", "picture")
"""Types of tokens that show a picture."""
FRAME = "missing-picture"
"""The class of the frame."""
WEB = ("http://", "https://")
LONGEST = 80
"""Most letters of a path that are shown: a picture may be embedded in its address."""


def framed(chapters: Mapping[str, Chapter], folder: Path) -> Mapping[str, Chapter]:
    """Return the chapters by path, with a frame for what is missing, broken, on the web or outside the folder."""
    mend = partial(_framed, folder)
    with Ledger("pictures", *chapters) as ledger:
        named = {path: ledger.of(one.digest, partial(_named, one)) for path, one in chapters.items()}
    good = {one for paths in named.values() for one in set(paths) if one is not None and _is_usable(folder, one)}
    whole = {path for path, paths in named.items() if good.issuperset(paths)}
    return {path: chapter if path in whole else mended(chapter, mend) for path, chapter in chapters.items()}


def _named(chapter: Chapter) -> list[str | None]:
    """Return the paths of the pictures in a token, at any depth; None for one that has no path."""
    found: list[str | None] = []

    def look(tokens: Sequence[Token]) -> Sequence[Token]:
        found.extend(token.meta.get("path") for token in tokens if token.type in PICTURES)
        return tokens

    mended(chapter, look)
    return found


def _framed(folder: Path, tokens: Sequence[Token]) -> Sequence[Token]:
    made: list[Token] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type not in PICTURES or can_be_used(folder, token):
            made.append(token)
        elif token.type == "image":
            made += _in_line(token, not depth)
        else:
            made += _block(token, _caption(tokens[place + 1 : place + 3]))
    return made


def can_be_used(folder: Path, token: Token) -> bool:
    """Return whether there is such a picture in the book's folder, and readers can show it."""
    return "path" in token.meta and _is_usable(folder, token.meta["path"])


def _is_usable(folder: Path, path: str) -> bool:
    file = picture_file(folder, path)
    return file is not None and not picture_fault(file)


def _caption(behind: Sequence[Token]) -> str:
    """Return the caption directly after a picture."""
    words = behind[1].children if len(behind) > 1 and behind[0].type == "figcaption_open" else ()
    return " ".join(plain_text(words).split())


def _words(picture: Token, caption: str, linked: bool = True) -> Iterator[Token]:
    words = str(picture.meta.get("alternative") or alternative(picture))
    if words and words != caption:
        yield text(f"{words} ", picture)
    given = str(picture.meta.get("path") or picture.attrs["src"])
    path = "".join(letter if letter.isprintable() else quote(letter) for letter in given)
    shown = path if len(path) <= LONGEST else f"{path[:LONGEST]}…"
    if linked and given.startswith(WEB):
        yield Token("link_open", "a", 1, attrs={"href": given}, info="auto", level=picture.level)
        yield Token("text", "", 0, content=shown, level=picture.level + 1)
        yield Token("link_close", "a", -1, info="auto", level=picture.level)
    else:
        yield Token("code_inline", "code", 0, content=shown, level=picture.level)


def _in_line(picture: Token, linked: bool) -> Iterator[Token]:
    meta = {"attributes": Attributes("", (FRAME,))}
    yield Token("span_open", "span", 1, level=picture.level, meta=meta)
    yield from _words(picture, "", linked)
    yield Token("span_close", "span", -1, level=picture.level)


def _block(picture: Token, caption: str) -> Iterator[Token]:
    meta = {"attributes": Attributes("", (FRAME,))}
    line = list(_words(picture, caption))
    level, lines = picture.level, picture.map
    yield Token("div_open", "div", 1, map=lines, level=level, block=True, meta=meta)
    yield Token("paragraph_open", "p", 1, map=lines, level=level + 1, block=True)
    yield Token("inline", "", 0, map=lines, level=level + 2, block=True, children=line)
    yield Token("paragraph_close", "p", -1, level=level + 1, block=True)
    yield Token("div_close", "div", -1, level=level, block=True)
