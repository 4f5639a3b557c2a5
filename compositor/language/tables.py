"""The words of a language as a table of lines, `figure: Figura` -> `Language`; missing ones are those of English.

A line that begins with spaces continues the previous one. Lists are separated by bars, in the order of English. Words
inside a sentence are in lower case unless the table says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from compositor.language.english import ENGLISH
from compositor.language.words import Language

LISTS = ("quotes", "months", "abbreviations", "before_numbers", "accessibility")
MAPPINGS = ("plurals", "callouts", "changes", "site")
SPACED = ("quotes", "thousands")
SPACES = {ord("_"): "\u00a0", ord("~"): "\u202f"}
"""Signs for a no-break space, and for a narrow one, in entries of a table that may contain them."""
INSIDE = ("part", "chapter", "section", "appendix", "page")


def table(tag: str, lines: str, own_letters: Mapping[str, str] | None = None) -> Language:
    """Return the language of a table."""
    said: dict[str, Any] = {"tag": tag, "hyphenation": tag, "own_letters": own_letters or {}}
    for line in lines.strip().replace("\n  ", " ").split("\n"):
        name, _, value = line.partition(":")
        words = value.strip()
        said[name.strip()] = words.translate(SPACES) if name.strip() in SPACED else words
    for name in LISTS:
        if name in said:
            said[name] = tuple(part.strip(" ") for part in said[name].split("|"))
    for name in MAPPINGS:
        keys = getattr(ENGLISH, name)
        said[name] = MappingProxyType(dict(zip(keys, map(str.strip, said[name].split("|")), strict=True)))
    for name in INSIDE:
        said.setdefault(f"{name}_inside", said[name].lower() if "{" not in said[name] else said[name])
    said.setdefault("before_numbers", tuple({said[f"{name}_inside"] for name in INSIDE} | {said["figure"].lower()}))
    said["before_numbers"] = tuple(sorted(name for name in said["before_numbers"] if "{" not in name))
    return replace(ENGLISH, **said)


def missing(language: Language) -> list[str]:
    """Return the words that a table leaves in English, for its tests."""
    same = ("kinds_of_work", "locators", "locator_terms", "et_al", "abbreviations", "tag", "hyphenation")
    names = (field.name for field in fields(Language) if field.name not in same)
    return [name for name in names if getattr(language, name) == getattr(ENGLISH, name)]
