"""Prose -> the same as a typesetter of its language writes it: dashes, quotes, and no-break spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
_STRAIGHT = re.compile("[\"']")
_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")
_ELIDED = "[Tt](?:is|was|il)|[Ee]m|[Cc](?:ause|os|oz)|[Bb]out|[Rr]ound|[Nn]eath"
"""English words whose beginning an apostrophe replaces: `'tis`, `'em`."""
_REPLACEMENTS = (
    (re.compile(r"(?<![-–—])---(?![-–—])"), "—"),
    (re.compile(r"(?<![-–—])--(?![-–—])"), "–"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(rf"(?<![\w'])'(?=(?:\d\d(?:s|er|ern|ers)?|{_ELIDED})\b(?!'))"), "’"),
    (re.compile(r"(?<=\w )'n'(?= \w)"), "’n’"),
    (re.compile(r"(?<=\d)'(?=\d+(?:[.,]\d+)?\")"), "′"),
    (re.compile(r'(?<=′)(\d+(?:[.,]\d+)?)"'), r"\1″"),
    (_UNIT, "\u00a0"),
)
ROMANCE = ("ca", "es", "fr", "gl", "it", "pt", "ro")
_SPACE_BEFORE_DASH = re.compile(r" (?=[–—](?: |$))")


def typeset(text: str) -> str:
    """Return prose as a typesetter would write it, quotes aside."""
    for pattern, wanted in _REPLACEMENTS:
        text = pattern.sub(wanted, text)
    return text


def curled(text: str, words: Language) -> str:
    """Return a text without Markdown, such as the title of a book, with the quotes of the language; tags in it stay."""
    tokens = [Token("text" if n % 2 == 0 else "tag", "", 0, content=part) for n, part in enumerate(_TAG.split(text))]
    curl(tokens, words)
    return "".join(token.content for token in tokens)


def curl(tokens: list[Token], words: Language) -> None:
    """Turn the quotes of a line to those of the language.

    This uses markdown-it's smart quotes on a line outside its blocks; they only read the quotes from its state.
    """
    options = SimpleNamespace(quotes=words.quotes)
    process_inlines(tokens, cast(StateCore, SimpleNamespace(md=SimpleNamespace(options=options))))
    curl_the_unpaired(tokens, words)


def curl_the_unpaired(tokens: Iterable[Token], words: Language) -> None:
    """Turn the quotes that have no partner in their line: continued speech, elisions, inches.

    A double quote opens after a space and closes after a letter; after a digit it means inches. A single one is an
    apostrophe, unless the line begins with it. A quote with a space on either side stays.
    """
    before, address = "", False
    for token in tokens:
        if token.type in ("link_open", "link_close") and token.info == "auto":
            address = token.nesting == 1
        if token.type == "text" and not address and _STRAIGHT.search(token.content):
            line = before + token.content
            letters = (_unpaired(line, at, words) if _STRAIGHT.match(line, at) else line[at] for at in range(len(line)))
            token.content = "".join(letters).removeprefix(before)
        if token.type in ("softbreak", "hardbreak"):
            before = ""
        elif token.content:
            before = token.content[-1]


def _unpaired(line: str, at: int, words: Language) -> str:
    """Return how the straight quote at this place of the line is written."""
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    alone = not (before.strip() or after.strip())
    if alone or (line[at] == '"' and before.isalnum() and after.isalnum()):
        return line[at]
    opens = not before.strip() or before in "([{–—/"
    if line[at] == "'":
        return words.quotes[2] if not before and after.isalpha() else "’"
    if before.isdigit():
        return "″"
    return words.quotes[0] if opens else words.quotes[1]


def keep_together(text: str, words: Language) -> str:
    """No-break spaces by language: inside abbreviations, between initials, before a number, before a spaced dash."""
    kept = _kept(words.abbreviations, words.before_numbers).sub(lambda match: match[0].replace(" ", "\u00a0"), text)
    return _SPACE_BEFORE_DASH.sub("\u00a0", kept) if ends_lines_with_dashes(words) else kept


def ends_lines_with_dashes(words: Language) -> bool:
    """Whether a spaced dash may end a line and not begin one.

    In the Romance languages, a dash that opens a remark stays with the word that follows it.
    """
    return words.tag.partition("-")[0] not in ROMANCE


@cache
def _kept(abbreviations: tuple[str, ...], before_numbers: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of what may not break: `z. B.`, `D. E.` (and further initials), `page 5`, `Abb. 3.1`."""
    first = "|".join(re.escape(name) for name in sorted(abbreviations, key=len, reverse=True))
    names = "|".join(re.escape(name) for name in sorted(before_numbers, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{first})(?!\w)|(?<![\w.])[A-ZÄÖÜ]\.(?: [A-ZÄÖÜ]\.)+(?=\s|$)|(?<!\w)(?i:{names}) (?=\d|[IVXLC]+\b)"
    )
