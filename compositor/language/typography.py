"""Prose -> the same as a typesetter of its language writes it: dashes, quotes, and spaces that hold words together."""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace
from typing import cast

from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

from compositor.language import Language

UNITS = (
    "bit|kbit|Mbit|Gbit|B|KB|kB|MB|GB|TB|PB|KiB|MiB|GiB|TiB|PiB|ns|µs|ms|s|min|h|Hz|kHz|MHz|GHz|mm|cm|m|km|pt|px|in|"
    "W|kW|kWh|USD|EUR|GBP|CHF|ACU|ACUs|IOPS|%|°C"
)
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


def typeset(text: str) -> str:
    """Prose as a typesetter would write it, quotes aside."""
    for pattern, wanted in _REPLACEMENTS:
        text = pattern.sub(wanted, text)
    return text


def curled(text: str, words: Language) -> str:
    """A text without Markdown, such as the title of a book, with the quotes of the language; tags in it stay."""
    tokens = [Token("text" if n % 2 == 0 else "tag", "", 0, content=part) for n, part in enumerate(_TAG.split(text))]
    curl(tokens, words)
    return "".join(token.content for token in tokens)


def curl(tokens: list[Token], words: Language) -> None:
    """Turn the quotes of a line to those of the language.

    markdown-it's smart quotes, on a line that is none of its blocks; it asks its state for the quotes alone.
    """
    options = SimpleNamespace(quotes=words.quotes)
    process_inlines(tokens, cast(StateCore, SimpleNamespace(md=SimpleNamespace(options=options))))


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
