"""Title -> slug: the part of an id, or of a link, that is made of words."""

from __future__ import annotations

import re
import unicodedata


def slugify(text: str) -> str:
    """Lower-case words with hyphens between them: for ids and file names, letters of every script kept."""
    folded = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return "-".join(re.findall(r"\w+", bare.replace("_", " ")))


def github_slug(text: str) -> str:
    """The fragment that GitHub gives to a heading, so that links written for it keep working here."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
