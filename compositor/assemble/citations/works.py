"""A work as it was read -> its year, its names in a sentence, its title, its id."""

from __future__ import annotations

import re
from collections.abc import Mapping

from compositor.language import Language
from compositor.model import Work


def year_of(work: Work) -> int | None:
    """Return the year in which it appeared."""
    issued = work.fields.get("issued")
    parts = (issued.get("date-parts") if isinstance(issued, dict) else None) or [[None]]
    return int(parts[0][0]) if parts[0] and parts[0][0] is not None else None


def _family(name: Mapping[str, str]) -> str:
    """Return the name of a person in a sentence."""
    particle = name.get("non-dropping-particle", "")
    return f"{particle} {name.get('family') or name.get('given', '')}".strip()


def names_of(work: Work, words: Language) -> str:
    """Return the names as in a sentence: one, two, or the first and others; without names, the title."""
    people = work.fields.get("author") or work.fields.get("editor") or []
    names = tuple(str(one.get("literal") or _family(one)) for one in people)
    if not names:
        return title_of(work, words)
    if names[-1] == "others":
        return f"{names[0]} {words.et_al}".replace(". a", ".\u00a0a")
    return words.join(names) if len(names) < 3 else f"{names[0]} {words.et_al}".replace(". a", ".\u00a0a")


def title_of(work: Work, words: Language) -> str:
    """Return what is printed for a work for which the style prints nothing."""
    title = work.fields.get("title") or work.fields.get("container-title")
    return words.quoted(re.sub(r"</?(?:i|b|sub|sup|span)\b[^<>]*>", "", str(title))) if title else work.key


def anchor_of(key: str, works: Mapping[str, Work]) -> str:
    """Return the id of a work's entry, valid in XML and the same in every edition."""
    name = re.sub(r"[^\w.-]", "-", key)
    alike = [other for other in works if re.sub(r"[^\w.-]", "-", other).lower() == name.lower()]
    return f"ref-{name}" if len(alike) == 1 else f"ref-{name}-{sorted(alike).index(key) + 1}"
