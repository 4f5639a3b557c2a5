"""`bibliography` and `citation-style` of book.toml -> Bibliography: what can be cited, and how it is printed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from lxml import etree

from compositor.dialects.bibliography.bibtex import read_bibtex
from compositor.dialects.data import Given, json_fault
from compositor.errors import error
from compositor.language import language_for
from compositor.language.typography import curled
from compositor.model import Bibliography, Finding, Place, Work
from compositor.settings import Settings

PROSE = frozenset(
    {"title", "title-short", "container-title", "container-title-short", "collection-title", "event-title", "event"}
    | {"publisher", "publisher-place", "note", "genre", "author", "editor", "translator"}
)
"""Fields of CSL-JSON that are words for people."""
CSL = "{http://purl.org/net/xbiblio/csl}"


def read_bibliography(settings: Settings, given: Given) -> tuple[Bibliography | None, list[Finding]]:
    """Everything that can be cited, and what is wrong with it; None where book.toml names no bibliography."""
    if not settings.bibliography:
        return None, []
    files: dict[str, str] = {}
    works: dict[str, Work] = {}
    findings: list[Finding] = []
    for number, path in enumerate(settings.bibliography):
        text = given(path, settings.place(f"bibliography.{number}"))
        if text is not None:
            files[path] = text
            found, faults = _works(text, path)
            findings += [*faults, *_keep((_typographic(work, settings) for work in found), works)]
    style, faults = _style(settings, given)
    return Bibliography(works, style, settings.citation_style, files), findings + faults


def _keep(found: Iterable[Work], works: dict[str, Work]) -> list[Finding]:
    findings = []
    for work in found:
        if not work.fields.get("title"):
            message = f'the work "{work.key}" has no title'
            findings.append(error("S023", message, work.place, "give it one: no reader could find it"))
        first = works.setdefault(work.key, work)
        if first is not work:
            remedy = f"the other stands at {first.place}"
            findings.append(error("S024", f'two works have the key "{work.key}"', work.place, remedy))
    return findings


def _typographic(work: Work, settings: Settings) -> Work:
    """The work with the quotation marks of the book's language in its titles and names, never in addresses."""
    words = language_for(settings.metadata.language)

    def prose(value: Any) -> Any:
        if isinstance(value, list):
            return [prose(one) for one in value]
        if isinstance(value, dict):
            return {name: prose(one) for name, one in value.items()}
        return curled(value, words) if isinstance(value, str) else value

    return replace(work, fields={name: prose(v) if name in PROSE else v for name, v in work.fields.items()})


def _works(text: str, path: str) -> tuple[list[Work], list[Finding]]:
    if path.endswith(".bib"):
        entries, findings = read_bibtex(text, path)
        return [Work(fields["id"], fields, place) for fields, place in entries], findings
    if not path.endswith(".json"):
        remedy = "write it as CSL-JSON (.json) or BibTeX (.bib)"
        return [], [error("S023", f'"{path}" is no bibliography', Place(path), remedy)]
    try:
        told = json.loads(text)
    except json.JSONDecodeError as wrong:
        return [], [json_fault("S023", wrong, path)]
    except RecursionError:
        return [], [error("S023", "brackets are nested too deeply to be read", Place(path))]
    if not isinstance(told, list):
        return [], [error("S023", "this is no list of entries", Place(path, 1, 1), 'write [{"id": "key", ...}]')]
    return _json_works(told, text, path)


def _json_works(told: list[object], text: str, path: str) -> tuple[list[Work], list[Finding]]:
    works, findings = [], []
    for number, entry in enumerate(told, 1):
        place = _place(entry, text, path)
        if (fault := _fault(entry)) is not None:
            remedy = 'an entry is {"id": "key", "type": "book", "title": "..."}'
            findings.append(error("S023", f"entry {number} {fault}", place, remedy))
        elif isinstance(entry, dict):
            works.append(Work(str(entry["id"]), entry, place))
    return works, findings


def _fault(entry: object) -> str | None:
    """What citeproc would stumble over in an entry."""
    if not isinstance(entry, dict):
        return "is no table of names and values"
    if not str(entry.get("id") or "").strip():
        return "has no id"
    if not isinstance(entry.get("type"), str):
        return "has no type"
    for name in ("author", "editor", "translator"):
        people = entry.get(name, [])
        if not isinstance(people, list) or not all(_is_name(one) for one in people):
            return f'has an "{name}" that is no list of names'
    for name in ("issued", "accessed"):
        if name in entry and not _is_date(entry[name]):
            return f'has a date "{name}" that is none'
    return None


def _is_name(one: object) -> bool:
    return isinstance(one, dict) and any(one.get(part) for part in ("family", "literal", "given"))


def _is_date(date: object) -> bool:
    """As CSL-JSON writes it: `{"date-parts": [[2017, 5, 14]]}`, or words."""
    if not isinstance(date, dict):
        return False
    parts: Any = date.get("date-parts", [])
    whole = isinstance(parts, list) and all(
        isinstance(one, list) and one and all(map(_is_number, one)) for one in parts
    )
    return whole and bool(parts or date.get("literal") or date.get("raw"))


def _is_number(part: object) -> bool:
    return isinstance(part, int) or (isinstance(part, str) and part.isdigit())


def _place(entry: object, text: str, path: str) -> Place:
    """Where an entry's id stands; JSON readers keep no lines."""
    key = json.dumps(str(entry.get("id", "")), ensure_ascii=False) if isinstance(entry, dict) else '""'
    found = text.find(key) if key != '""' else -1
    if found < 0:
        return Place(path)
    return Place(path, text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found), len(key))


def _style(settings: Settings, given: Given) -> tuple[str, list[Finding]]:
    """The text of the CSL file: one of ours by its name, or a file of the book."""
    name, asked = settings.citation_style, settings.place("citation-style")
    ours = {file.stem: file for file in sorted(_our_styles().glob("*.csl"))}
    if name in ours:
        return ours[name].read_text(encoding="utf-8"), []
    if not name.endswith(".csl"):
        near = get_close_matches(name, ours, 1, 0.4)
        remedy = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(ours)}, and CSL files of your own"
        return "", [error("S025", f'there is no citation style "{name}"', asked, remedy)]
    text = given(name, asked)
    faults = [] if text is None else _faults_of_style(text, name)
    return "" if faults else text or "", faults


def _faults_of_style(text: str, name: str) -> list[Finding]:
    remedy = "take a style from https://github.com/citation-style-language/styles; dependent styles have no rules"
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as wrong:
        return [error("S025", f"this is no CSL: {wrong.msg}", Place(name, wrong.lineno, None), remedy)]
    if root.getroottree().docinfo.internalDTD is not None:
        message = "this style has a DOCTYPE, which may define entities and which no style needs"
        return [error("S025", message, Place(name), f"take it out, or {remedy}")]
    whole = root.tag == f"{CSL}style" and root.find(f"{CSL}citation") is not None
    if not whole or root.find(f"{CSL}bibliography") is None:
        return [error("S025", "this style has no rules for citations and bibliography", Place(name), remedy)]
    return []


def _our_styles() -> Path:
    """In a wheel the styles lie inside the package, in a checkout beside it."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "_theme" / "styles" / "csl"
    return inside if inside.is_dir() else package.parent / "styles" / "csl"
