"""Quotes, dashes and ellipses by language, never in code: `"` becomes “, `--` –, `...` …; numbers keep their units."""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

from compositor.language import Language
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

UNITS = (
    "bit|kbit|Mbit|Gbit|B|KB|kB|MB|GB|TB|PB|KiB|MiB|GiB|TiB|PiB|ns|µs|ms|s|min|h|Hz|kHz|MHz|GHz|mm|cm|m|km|pt|px|in|"
    "W|kW|kWh|USD|EUR|GBP|CHF|ACU|ACUs|IOPS|%|°C"
)
WORDS = ("text", "text_special", "code_inline", "softbreak", "em_open", "em_close", "strong_open", "strong_close")
_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?![\w]))")
_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")
_REPLACEMENTS = (
    (re.compile(r"(?<![-–—])---(?![-–—])"), "—"),
    (re.compile(r"(?<![-–—])--(?![-–—])"), "–"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r"(?<![\w'])'(?=\d0s\b|[Tt](?:is|was)\b)"), "’"),
    (re.compile(r"(?<=\w )'n'(?= \w)"), "’n’"),
    (_UNIT, "\u00a0"),
)


def syntax(md: MarkdownIt) -> None:
    """markdown-it's smart quotes with the quotes of the language; dashes and spaces by rules of our own.

    markdown-it's replacements would turn `(c)` into ©, which technical books use to count.
    """
    md.options["typographer"] = True
    md.enable("smartquotes")
    md.core.ruler.before("smartquotes", "dashes", replace_dashes)


def replace_dashes(state: StateCore) -> None:
    """Dashes, ellipses, decades and units in every text that is not code and not an address."""
    words = reading_of(state).context.language
    for block in state.tokens:
        inside_autolink = False
        for token in block.children or ():
            if token.type in ("link_open", "link_close") and token.info == "auto":
                inside_autolink = token.nesting == 1
            elif token.type == "text" and not inside_autolink:
                token.content = keep_together(typeset(token.content), words)


def typeset(text: str) -> str:
    """Prose as a typesetter would write it, quotes aside."""
    for pattern, wanted in _REPLACEMENTS:
        text = pattern.sub(wanted, text)
    return text


def attribute_words(md: MarkdownIt, text: str, env: MutableMapping[str, Any]) -> tuple[Token, ...]:
    """The text of an attribute as inline tokens: code, emphasis, quotes and dashes as in the text, and nothing else."""
    children: list[Token] = []
    md.inline.parse(text.strip(), md, env, children)
    words = cast(Reading, env["reading"]).context.language
    for token in children:
        if token.type == "text":
            token.content = keep_together(typeset(token.content), words)
    _curl(children, words)
    return words_only(children)


def curled(text: str, words: Language) -> str:
    """A text without Markdown, such as the title of a book, with the quotes of the language; tags in it stay."""
    tokens = [Token("text" if n % 2 == 0 else "tag", "", 0, content=part) for n, part in enumerate(_TAG.split(text))]
    _curl(tokens, words)
    return "".join(token.content for token in tokens)


def _curl(tokens: list[Token], words: Language) -> None:
    """markdown-it's smart quotes on a line that is none of its blocks; it asks its state for the quotes alone."""
    options = SimpleNamespace(quotes=words.quotes)
    process_inlines(tokens, cast(StateCore, SimpleNamespace(md=SimpleNamespace(options=options))))


def words_only(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Inline tokens without links, notes and anchors, which may not be printed twice."""
    return tuple(token for token in tokens if token.type in WORDS)


def keep_together(text: str, words: Language) -> str:
    """No-break spaces by language: inside abbreviations, between initials, between a word and its number."""
    return _kept(words.abbreviations, words.before_numbers).sub(lambda match: match[0].replace(" ", "\u00a0"), text)


@cache
def _kept(abbreviations: tuple[str, ...], before_numbers: tuple[str, ...]) -> re.Pattern[str]:
    """What may not be broken: `z. B.`, `D. E.` (and further initials), `page 5`, `Abb. 3.1`."""
    first = "|".join(re.escape(name) for name in sorted(abbreviations, key=len, reverse=True))
    names = "|".join(re.escape(name) for name in sorted(before_numbers, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{first})(?!\w)|(?<![\w.])[A-ZÄÖÜ]\.(?: [A-ZÄÖÜ]\.)+(?=\s|$)|(?<!\w)(?i:{names}) (?=\d|[IVXLC]+\b)"
    )


EXTENSION = Extension("typography", syntax)
