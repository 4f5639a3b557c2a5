"""Title -> slug: the part of an id, or of a link, that is made of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def slugify(text: str) -> str:
    """Return lower-case words with hyphens, for ids and file names; letters of every script are kept."""
    folded = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return "-".join(re.findall(r"\w+", bare.replace("_", " ")))


def github_slug(text: str) -> str:
    """Return GitHub's fragment for a heading, so that links written for it work here."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def github_slugs(titles: Iterable[str]) -> list[str]:
    """Return GitHub's fragments for the headings of one file: a second `summary` is `summary-1`."""
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


def guest_slugs(titles: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the fragments of other tools for the headings of one file; GitHub's, the most common, come first."""
    made = list(titles)
    ways = (github_slug, mdbook_slug, kramdown_slug, pandoc_slug, python_slug)
    rows = [_counted([way(title) for title in made], "_" if way is python_slug else "-") for way in ways]
    return [tuple(dict.fromkeys(slug for slug in names if slug)) for names in zip(*rows, strict=True)]


def _counted(slugs: Iterable[str], mark: str) -> list[str]:
    """Return fragments with a number for repetitions, a second `summary` as `summary-1`, with the tool's separator."""
    given: dict[str, int] = {}
    made = []
    for slug in slugs:
        number = given.get(slug, 0)
        given[slug] = number + 1
        made.append(f"{slug}{mark}{number}" if number and slug else slug)
    return made


def mdbook_slug(text: str) -> str:
    """mdBook: letters, digits, `_` and `-`; a hyphen for each space. Source: its function `normalize_id`."""
    spaced = re.sub(r"\s", "-", text.strip())
    return "".join(letter for letter in spaced if letter.isalnum() or letter in "_-").lower()


def kramdown_slug(text: str) -> str:
    """Kramdown: Latin letters, digits, spaces and hyphens, from the first letter on."""
    bare = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", text))
    return bare.replace(" ", "-").lower()


def pandoc_slug(text: str) -> str:
    """Pandoc: letters, digits, `_`, `-` and `.`, from the first letter on. Source: its manual, `auto_identifiers`."""
    bare = "-".join(re.sub(r"[^\w\s.-]", "", text.lower()).split())
    return re.sub(r"^[\W\d_]+", "", bare)


def python_slug(text: str) -> str:
    """Python-Markdown, for MkDocs: letters reduced to ASCII, and a hyphen for a run of spaces and hyphens."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", folded).strip().lower())
