"""Fences of Mermaid and PlantUML -> pictures, once `draw` has drawn them; until then listings of their source.

A build starts no program for them. It takes the files in the book's folder, whose names are made from the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.errors import BookError
from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

FOLDER = "_drawn"
"""The folder next to the chapters."""
KINDS = {"mermaid": "mermaid", "plantuml": "plantuml", "puml": "plantuml", "uml": "plantuml"}
"""The word after a fence -> the kind of drawing."""
NAMES = {"mermaid": "Mermaid", "plantuml": "PlantUML"}
LONGEST = 400
"""Letters of the text that describes a drawing to those who cannot see it."""
_WORD = re.compile(r"\s*\{?\.?(?P<name>[\w-]+)\}?")
_SAID = re.compile(r"^\s*(?:accDescr|accTitle|title)[ \t]*:?[ \t]+(?P<words>[^\n{]+)$", re.MULTILINE)
_LABEL = re.compile(r"<(?P<tag>text|p)\b[^<>]*>(?P<words>(?:[^<]|<(?!/(?P=tag)>))*)</(?P=tag)>")
_TAG = re.compile(r"<[^<>]*>")


def syntax(md: MarkdownIt) -> None:
    """Fences are found before the words after them are read; pictures are inserted when lines have their tokens."""
    md.core.ruler.after("block", "drawn", find)
    md.core.ruler.after("inline", "drawn_pictures", put_pictures)


def kept_name(kind: str, source: str) -> str:
    """Return the file name of a drawing, without the ending."""
    return sha256(f"{kind}\n{source}".encode()).hexdigest()[:24]


def kind_of(info: str) -> str:
    """Return the kind of drawing in a fence; empty for any other fence."""
    match = _WORD.match(info)
    return KINDS.get(match["name"].lower(), "") if match else ""


def find(state: StateCore) -> None:
    """Find every fence with a drawing: it becomes a picture if it was drawn, else it is reported."""
    reading = reading_of(state)
    for token in state.tokens:
        kind = kind_of(token.info) if token.type == "fence" else ""
        if not kind:
            continue
        if path := reading.context.fetched.get(kept_name(kind, token.content)):
            token.type, token.tag, token.meta = "drawn", "", {"path": path, "said": _said(reading, path, token.content)}
        else:
            token.meta |= {"drawing": kind, "drawing_place": reading.line_place(token)}
            message = f"this {NAMES[kind]} drawing is printed as a listing of its source"
            remedy = "draw it once: compositor draw BOOK"
            reading.warning("L148", message, reading.line_place(token), remedy)


def _said(reading: Reading, path: str, source: str) -> str:
    """Return how a drawing describes itself, else the words in it."""
    said = [match["words"].strip() for match in _SAID.finditer(source)]
    if not said:
        try:
            text = reading.context.read(path)
        except (BookError, OSError):
            text = ""
        words = (" ".join(unescape(_TAG.sub("", match["words"])).split()) for match in _LABEL.finditer(text))
        said = list(dict.fromkeys(word for word in words if word))
    whole = ", ".join(said)
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"


def put_pictures(state: StateCore) -> None:
    """Insert a paragraph with the picture for each drawing."""
    reading = reading_of(state)
    state.tokens = [made for token in state.tokens for made in _made(reading, token)]


def _made(reading: Reading, token: Token) -> Iterator[Token]:
    if token.type != "drawn":
        yield token
        return
    place = reading.line_place(token)
    meta = {"place": place, "braces_place": place, "bare": True, "kept": token.meta["path"]}
    pairs = {"fig-alt": token.meta["said"]} if token.meta["said"] else {}
    image = Token("image", "img", 0, attrs={"src": token.meta["path"], "alt": ""}, children=[])
    image.meta = {**meta, "attributes": Attributes("", (), pairs)}
    yield Token("paragraph_open", "p", 1, level=token.level, map=token.map, block=True)
    yield Token("inline", "", 0, content="", children=[image], level=token.level + 1, map=token.map, block=True)
    yield Token("paragraph_close", "p", -1, level=token.level, block=True)


EXTENSION = Extension(
    "drawn",
    syntax,
    explanations={
        "L148": """A fence contains a Mermaid or PlantUML drawing that has not been drawn yet, so its source is printed.
`compositor draw BOOK` draws it with Mermaid's or PlantUML's own program, if that is installed, and keeps the drawing in
the folder `_drawn` of the book, where every build finds it. No build runs that program.""",
    },
)
