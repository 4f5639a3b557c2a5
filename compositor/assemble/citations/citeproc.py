"""A work of the bibliography -> what citeproc-py takes: known fields only, its text guarded, marks where we step in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from compositor.assemble.citations.works import year_of
from compositor.model import Work

AUTHOR = "\ue010"
"""Stands for an author who is to be left out."""
YEAR = 700_000
"""Years from here on stand for those that get a letter."""
ROMAN = 710_000
"""Numbers from here on stand for roman ones, of which citeproc does not know that `iv-xii` are several."""
HIDDEN = {ord("&"): "\ue020", ord("<"): "\ue021", ord(">"): "\ue022"}
SEEN = str.maketrans({"\ue020": "&amp;", "\ue021": "&lt;", "\ue022": "&gt;"})
_RICH = re.compile(r"(</?(?:i|b|sub|sup)>|<span class=\"nocase\">.*?</span>)")
"""What CSL-JSON may have in a text. Source: CSL-JSON, "HTML-like formatting tags"."""


def clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What citeproc knows of an entry; it stumbles over anything else."""
    from citeproc import VARIABLES

    known = {"id", "type", "shortTitle", *VARIABLES}
    fields = {name: _guarded(value) for name, value in fields.items()}
    kept = {name: value for name, value in fields.items() if name.replace("-", "_") in known and value not in ("", [])}
    parts = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    for name in ("issued", "accessed"):
        if isinstance(date := kept.get(name), dict) and not date.get("date-parts") and not date.get("literal"):
            kept[name] = {"literal": str(date.get("raw", ""))}
    for name, value in kept.items():
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            kept[name] = [
                {"literal": one["literal"]} if "literal" in one else {part: one[part] for part in parts if part in one}
                for one in value
            ]
    return kept


def _guarded(value: Any) -> Any:
    """Signs that mean something in XHTML hidden from citeproc, which escapes its style's words and not ours."""
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
    """A work whose year can be found again in what is printed."""
    year = year_of(work)
    if not has_letter or year is None:
        return work
    first, *rest = work.fields["issued"]["date-parts"]
    issued = {**work.fields["issued"], "date-parts": [[YEAR + year, *first[1:]], *rest]}
    return replace(work, fields={**work.fields, "issued": issued})


def anonymous(work: Work) -> Work:
    """The work with a mark in the place of its author."""
    people = "author" if work.fields.get("author") else "editor"
    return replace(work, fields={**work.fields, people: [{"literal": AUTHOR}]})
