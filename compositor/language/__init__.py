"""Language tag -> words: what the press itself prints into a book, and how a language quotes and hyphenates.

A region keeps its tag (`en-GB`) and takes the words of its language; where a region quotes or spells differently,
`REGIONS` says so. A new language is a file beside this one and a line in `LANGUAGES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from compositor.language.english import ENGLISH
from compositor.language.german import GERMAN, swiss
from compositor.language.words import Language, base_letters

__all__ = ["ENGLISH", "GERMAN", "LANGUAGES", "TAG", "Language", "base_letters", "canonical", "known", "language_for"]

LANGUAGES: Mapping[str, Language] = MappingProxyType({"en": ENGLISH, "de": GERMAN})
"""Primary language subtag -> words."""

REGIONS: Mapping[str, Callable[[Language], Language]] = MappingProxyType({"de-CH": swiss, "de-LI": swiss})
"""Regions that differ from their language in more than the tag."""

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2}|-[0-9]{3})?(-[A-Za-z0-9]{5,8}|-[0-9][A-Za-z0-9]{3})*")
"""Language, script, region, variants. Source: RFC 5646 (BCP 47), section 2.1, without its rarer subtags."""


def canonical(tag: str) -> str:
    """The tag in the letter case that RFC 5646, section 2.1.1 recommends: `DE-ch` -> `de-CH`."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *map(_subtag, rest)])


def _subtag(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 else subtag.lower()


def known(tag: str) -> bool:
    """Whether the tag is well formed and the press has words for its language."""
    return TAG.fullmatch(tag) is not None and tag.partition("-")[0].lower() in LANGUAGES


def language_for(tag: str) -> Language:
    """The words for a tag that is `known`; raises LookupError for any other."""
    if not known(tag):
        names = ", ".join(LANGUAGES)
        raise LookupError(f'there are no words for the language "{tag}"; there are for {names}')
    language, *rest = canonical(tag).split("-")
    region = next((f"{language}-{subtag}" for subtag in rest if len(subtag) == 2), language)
    words = REGIONS.get(region, _same)(LANGUAGES[language])
    return replace(words, tag=canonical(tag), hyphenation=region)


def _same(language: Language) -> Language:
    return language
