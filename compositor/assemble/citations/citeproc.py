"""A work of the bibliography -> the input of citeproc-py: known fields only, escaped text, markers for our changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from compositor.assemble.citations.works import year_of
from compositor.cache import remembered
from compositor.model import Work

AUTHOR = "\ue010"
"""Stands for an author who is to be left out."""
YEAR = 700_000
"""Years from here on represent years with a letter."""
AGAIN = 918_070_000_000
"""Years from here on represent the same year again, at the end of a range, which citeproc handles wrongly."""
ROMAN = 710_000
"""Numbers from here on represent roman ones: citeproc does not know that `iv-xii` is plural."""
HIDDEN = {ord("&"): "\ue020", ord("<"): "\ue021", ord(">"): "\ue022"}
SEEN = str.maketrans({"\ue020": "&amp;", "\ue021": "&lt;", "\ue022": "&gt;"})
OTHERS = "\ue012"
"""Stands for the unnamed authors, after the last named one."""
_RICH = re.compile(
    r"(</?(?:i|b|sub|sup)>|<span style=\"font-variant:small-caps;\">|</span>|<span class=\"nocase\">.*?</span>)"
)
"""Tags that a text in CSL-JSON may have. Source: CSL-JSON, "HTML-like formatting tags"."""
PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
_SPARED = """
id type shortTitle event-title citation-key citation-label categories custom journalAbbreviation license available-
date part-number part-title supplement-number printing-number section division
"""
SPARED = frozenset(_SPARED.split())
"""Fields of CSL that citeproc does not know and that need no finding: it accepts them, or nobody prints them."""


def known_fields() -> frozenset[str]:
    """Return the names of the fields that citeproc can print; it is slow to import, so they are cached."""
    known = remembered(_variables, "what citeproc can print")
    return frozenset(known) | {"archive_location"} | SPARED


def _variables() -> tuple[str, ...]:
    from citeproc import VARIABLES

    return tuple(name.replace("_", "-") for name in VARIABLES)


def clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of an entry that citeproc knows; it fails on anything else."""
    from citeproc import DATES, NAMES, VARIABLES

    known = {"id", "type", "shortTitle", "event_title", *VARIABLES}
    if "event-title" in fields and not fields.get("event"):
        fields = {**fields, "event": fields["event-title"]}
    fields = {name: _guarded(value) for name, value in fields.items()}
    kept = {name: value for name, value in fields.items() if name.replace("-", "_") in known and value not in ("", [])}
    for name, value in list(kept.items()):
        plain = name.replace("-", "_")
        if plain in DATES:
            kept[name] = _dated(value)
        elif plain in NAMES and isinstance(value, list):
            kept[name] = [_named(one) for one in value if isinstance(one, dict)]
        elif plain in NAMES or not isinstance(value, str | int | float):
            del kept[name]
        else:
            kept[name] = str(value)
    return kept


def _dated(value: Any) -> Any:
    """Return a date with numeric parts, or words."""
    if not isinstance(value, dict):
        return {"literal": str(value)}
    if not value.get("date-parts"):
        return {"literal": str(value.get("literal") or value.get("raw", ""))}
    season = value.get("season")
    seasons = {"season": int(str(season))} if str(season) in ("1", "2", "3", "4") else {}
    first, *rest = value["date-parts"]
    if int(str(first[0])) > 0:
        rest = [[AGAIN + int(str(one[0])), *one[1:]] if one[0] == first[0] else one for one in rest]
    return {"date-parts": [first, *rest], "circa": int(bool(value.get("circa"))), **seasons}


def _named(one: Mapping[str, Any]) -> dict[str, Any]:
    if "literal" in one:
        return {"literal": OTHERS if one["literal"] == "others" else str(one["literal"])}
    return {part: str(one[part]) for part in PARTS if part in one}


def _guarded(value: Any) -> Any:
    """Hide characters with a meaning in XHTML from citeproc, which escapes the words of its style and not ours."""
    if isinstance(value, list):
        return [_guarded(one) for one in value]
    if isinstance(value, dict):
        return {name: _guarded(one) for name, one in value.items()}
    if not isinstance(value, str):
        return value
    hidden = "".join(part if number % 2 else part.translate(HIDDEN) for number, part in enumerate(_RICH.split(value)))
    try:
        etree.fromstring(f"<x>{hidden}</x>".encode())
    except etree.XMLSyntaxError:
        return value.translate(HIDDEN)
    return hidden


def lettered(work: Work, has_letter: bool) -> Work:
    """Return a work whose year can be found again in the printed text."""
    year = year_of(work)
    if not has_letter or year is None:
        return work
    parts = [[YEAR + year, *one[1:]] if one[0] == year else one for one in work.fields["issued"]["date-parts"]]
    issued = {**work.fields["issued"], "date-parts": parts}
    return replace(work, fields={**work.fields, "issued": issued})


def anonymous(work: Work) -> Work:
    """Return the work with a mark in place of its author."""
    people = "author" if work.fields.get("author") else "editor"
    return replace(work, fields={**work.fields, people: [{"literal": AUTHOR}]})
