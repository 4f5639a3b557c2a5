"""Texts written for another tool: headings, front matter and links are accepted as they are, without messages.

The rules of those constructs check this (`Reading.of_guest`). Here, words that a program has put between the brackets
of a picture are taken out: "image.png" and "Imgur" are neither a caption nor a description.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.extension import Extension
from compositor.markdown.reading import HABITS, plain_text, walk

_STAND_IN = re.compile(
    r"(?:image|img|imgur|pic|picture|photo|screenshot|screen shot|alt|alt[ _-]text|image alt text|untitled|drawing"
    r"|pasted image|clipboard|bild|imagen|immagine|图片|截图|画像|이미지)(?:[ _-]*(?:\d[\d_:.-]*|at\b|[ap]m\b))*"
    r"(?:\.(?:png|jpe?g|gif|webp|svg))?",
    re.IGNORECASE,
)
"""What editors and sites write where an author has said nothing."""
_NAME = re.compile(r"\S*[\d_@/-]\S*|\S+\.(?:png|jpe?g|gif|webp|svg|avif)", re.IGNORECASE)
"""Words that may be the name of a file."""


def syntax(md: MarkdownIt) -> None:
    """Pictures are looked at as soon as they are known."""
    md.core.ruler.after("inline", "stand_ins", without_stand_ins)


def without_stand_ins(state: StateCore) -> None:
    """Leave nothing between the brackets of a picture that has only a stand-in, or the name of its file, there."""
    for token in walk(state.tokens):
        if token.type == "image" and token.children:
            words = " ".join(plain_text(token.children).split())
            if _STAND_IN.fullmatch(words) or _is_name(words, str(token.attrs.get("src", ""))):
                token.children = []


def _is_name(words: str, address: str) -> bool:
    name = posixpath.basename(unquote(urlsplit(address).path)).casefold()
    return bool(_NAME.fullmatch(words)) and words.casefold() in (name, posixpath.splitext(name)[0])


EXTENSION = Extension(HABITS, syntax)
