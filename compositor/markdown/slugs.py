"""Title -> slug: the part of an id, or of a link, that is made of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def slugify(text: str) -> str:
    """Lower-case words with hyphens between them: for ids and file names, letters of every script kept."""
    folded = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return "-".join(re.findall(r"\w+", bare.replace("_", " ")))


def github_slug(text: str) -> str:
    """The fragment that GitHub gives to a heading, so that links written for it keep working here."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def github_slugs(titles: Iterable[str]) -> list[str]:
    """The fragments that GitHub gives to the headings of one file: a second `summary` is `summary-1`."""
    given: dict[str, int] = {}
    slugs = []
    for title in titles:
        slug = bare = github_slug(title)
        while slug and slug in given:
            given[bare] += 1
            slug = f"{bare}-{given[bare]}"
        given[slug] = 0
        slugs.append(slug)
    return slugs
