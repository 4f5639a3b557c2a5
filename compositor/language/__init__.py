"""Language tag -> words: what Compositor itself prints into a book, and how a language quotes and hyphenates.

A region keeps its tag (`en-GB`) and takes the words of its language; if a region quotes or spells differently,
`REGIONS` says so. A new language is a table in a file of this folder and a line in `LANGUAGES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from compositor.language.dutch import DUTCH
from compositor.language.east_asian import JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL
from compositor.language.english import ENGLISH
from compositor.language.german import GERMAN, swiss
from compositor.language.italian import ITALIAN
from compositor.language.romance import FRENCH, PORTUGUESE, SPANISH
from compositor.language.semitic import ARABIC, HEBREW
from compositor.language.slavic import POLISH, RUSSIAN, UKRAINIAN
from compositor.language.words import Language, base_letters

__all__ = [
    "ENGLISH",
    "GERMAN",
    "LANGUAGES",
    "TAG",
    "Language",
    "base_letters",
    "canonical",
    "language_for",
    "well_formed",
]

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "en": ENGLISH,
        "de": GERMAN,
        **{language.tag: language for language in (SPANISH, FRENCH, PORTUGUESE, ITALIAN, DUTCH)},
        **{language.tag: language for language in (POLISH, RUSSIAN, UKRAINIAN)},
        **{language.tag: language for language in (SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN, ARABIC, HEBREW)},
    }
)
"""Primary language subtag -> words; Chinese by its script as well."""
TRADITIONAL_REGIONS = ("Hant", "TW", "HK", "MO")
"""Scripts and regions that write Chinese in traditional characters. Source: CLDR 47, likely subtags."""
BACKWARD = (
    *("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"),
    *("Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"),
)
"""Languages and scripts that are read from right to left. Source: CLDR 47, layout of characters."""
FORWARD = ("Latn", "Cyrl")
"""Scripts in which such a language is read from left to right."""
QUOTES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("bg", "cs", "et", "hr", "is", "lt", "sk", "sl", "sr", "mk", "ka", "bs", "hsb"), "„“‚‘"),
        **dict.fromkeys(("ro", "hu"), "„”«»"),
        **dict.fromkeys(("ca", "el", "sq", "eu", "gl", "hy", "nb", "no", "nn"), "«»“”"),
        **dict.fromkeys(("be", "kk", "ky"), "«»„“"),
        **dict.fromkeys(("fi", "sv"), "””’’"),
        "fa": "«»‹›",
    }
)
"""Primary language subtag -> the quotation marks of languages without words here. Source: CLDR 47, delimiters."""

REGIONS: Mapping[str, Callable[[Language], Language]] = MappingProxyType({"de-CH": swiss, "de-LI": swiss})
"""Regions that differ from their language in more than the tag."""

TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-[A-Za-z]{2}|-[0-9]{3})?(-[A-Za-z0-9]{5,8}|-[0-9][A-Za-z0-9]{3})*"
    r"(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?"
)
"""Language, script, region, variants, extensions, private use. Source: RFC 5646 (BCP 47), section 2.1, without
grandfathered tags, and those with five letters and more, of which none was ever registered."""


def canonical(tag: str) -> str:
    """Return the tag in the letter case that RFC 5646, section 2.1.1 recommends: `DE-ch` -> `de-CH`."""
    first, *rest = tag.split("-")
    end = next((place for place, subtag in enumerate(rest) if len(subtag) == 1), len(rest))
    return "-".join([first.lower(), *map(_subtag, rest[:end]), *map(str.lower, rest[end:])])


def _subtag(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 else subtag.lower()


def well_formed(tag: str) -> bool:
    """Return whether the tag is valid in BCP 47."""
    return TAG.fullmatch(tag) is not None


def language_for(tag: str) -> Language:
    """Return the words for a tag; if there are none, English words with the quotation marks and the direction of its
    language. Raises LookupError for an invalid tag."""
    if not well_formed(tag):
        raise LookupError(f'"{tag}" is not a language tag')
    language, *rest = canonical(tag).split("-")
    region = next((f"{language}-{subtag}" for subtag in rest if len(subtag) == 2), language)
    written = _words(language, rest)
    words = REGIONS.get(region, _same)(written) if written is not None else _other(language, rest)
    return replace(words, tag=canonical(tag), hyphenation=region)


def _words(language: str, rest: Sequence[str]) -> Language | None:
    if language == "zh":
        return TRADITIONAL if set(TRADITIONAL_REGIONS) & set(rest) else SIMPLIFIED
    return LANGUAGES.get(language)


def _other(language: str, rest: Sequence[str]) -> Language:
    """Return English words for a language that has no table."""
    backward = bool(set(BACKWARD) & {language, *rest}) and not set(FORWARD) & set(rest)
    quotes = QUOTES.get(language)
    return replace(
        ENGLISH,
        has_words=False,
        direction="rtl" if backward else "ltr",
        quotes=(quotes[0], quotes[1], quotes[2], quotes[3]) if quotes else ENGLISH.quotes,
    )


def _same(language: Language) -> Language:
    return language
