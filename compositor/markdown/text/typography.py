"""Quotes, dashes and ellipses by language, never in code: `"` becomes “, `--` –, `...` …; numbers keep their units."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from itertools import pairwise
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.language.typography import (
    curl,
    curl_the_unpaired,
    ends_lines_with_dashes,
    keep_together,
    typeset,
)
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

WORDS = ("text", "text_special", "code_inline", "softbreak", "em_open", "em_close", "strong_open", "strong_close")


def syntax(md: MarkdownIt) -> None:
    """Quotes are markdown-it's smart quotes with those of the language; dashes and spaces have rules of our own.

    markdown-it's replacements would turn `(c)` into ©, but technical books use it for counting.
    """
    md.options["typographer"] = True
    md.enable("smartquotes")
    md.core.ruler.before("smartquotes", "dashes", replace_dashes)
    md.core.ruler.after("smartquotes", "unpaired_quotes", curl_unpaired)


def replace_dashes(state: StateCore) -> None:
    """Replace dashes, ellipses, decades and units in every text except code and addresses."""
    words = reading_of(state).context.language
    for block in state.tokens:
        inside_autolink = False
        for token in block.children or ():
            if token.type in ("link_open", "link_close") and token.info == "auto":
                inside_autolink = token.nesting == 1
            elif token.type == "text" and not inside_autolink:
                token.content = keep_together(typeset(token.content), words)
        if ends_lines_with_dashes(words):
            hold_dashes(block.children or ())


def hold_dashes(tokens: Iterable[Token]) -> None:
    """A dash that begins a line of the source stays with the word before it."""
    for token, after in pairwise(tokens):
        if token.type == "softbreak" and after.type == "text" and after.content[:2] in ("– ", "— "):
            token.type, token.content = "text", "\u00a0"


def curl_unpaired(state: StateCore) -> None:
    """Curl quotes without a partner in their paragraph, which markdown-it leaves straight."""
    words = reading_of(state).context.language
    for block in state.tokens:
        curl_the_unpaired(block.children or (), words)


def attribute_words(md: MarkdownIt, text: str, env: MutableMapping[str, Any]) -> tuple[Token, ...]:
    """Parse the text of an attribute as inline tokens: code, emphasis, quotes and dashes, and nothing else."""
    children: list[Token] = []
    md.inline.parse(text.strip(), md, env, children)
    words = cast(Reading, env["reading"]).context.language
    for token in children:
        if token.type == "text":
            token.content = keep_together(typeset(token.content), words)
    curl(children, words)
    return words_only(children)


def words_only(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Return inline tokens without links, notes and anchors, which must not be printed twice."""
    return tuple(token for token in tokens if token.type in WORDS)


EXTENSION = Extension("typography", syntax)
