"""`bibliography` and `citation-style` of book.toml -> Bibliography: what can be cited, and how it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from compositor.cache import remembered
from compositor.cache.graphs import Graphs
from compositor.dialects.bibliography.csl_data import read_json, read_yaml
from compositor.dialects.bibliography.latex import TAGS
from compositor.dialects.bibliography.reading import Found, read_bibtex
from compositor.dialects.bibliography.styles import fallback, read_style
from compositor.dialects.data import Given
from compositor.errors import warning
from compositor.language import Language, language_for
from compositor.language.typography import curled
from compositor.machine.steps import step
from compositor.model import Bibliography, Finding, Place, Work
from compositor.settings import Settings

FORM = Graphs((), (Finding, Place, Work))
PROSE = frozenset(
    {"title", "title-short", "container-title", "container-title-short", "collection-title", "event-title", "event"}
    | {"publisher", "publisher-place", "note", "genre", "author", "editor", "translator"}
)
"""Fields of CSL-JSON that contain natural language."""


def read_bibliography(settings: Settings, given: Given) -> tuple[Bibliography | None, list[Finding]]:
    """Return everything that can be cited, and its faults; None if book.toml names no bibliography."""
    if not settings.bibliography:
        return None, []
    words = language_for(settings.metadata.language)
    files: dict[str, str] = {}
    works: dict[str, Work] = {}
    findings: list[Finding] = []
    for number, path in enumerate(settings.bibliography):
        text = given(path, settings.place(f"bibliography.{number}"))
        if text is not None:
            files[path] = text
            with step("reading it", path):
                found, others, faults = remembered(
                    partial(_read, text, path, words), "works", text, path, words.tag, form=FORM
                )
            findings += [*faults, *_keep(found, others, works)]
    style, faults = read_style(settings, given)
    return Bibliography(works, style, settings.citation_style, files, fallback()), findings + faults


def _read(text: str, path: str, words: Language) -> Found:
    found, others, faults = _works(text, path, words)
    return [_typographic(work, words) for work in found], others, faults


def _keep(found: Iterable[Work], others: Iterable[tuple[str, str, Place]], works: dict[str, Work]) -> list[Finding]:
    """Add the works, by their keys and other names; the first with each name stays."""
    findings = []
    for work in found:
        if not work.fields.get("title") and not work.fields.get("container-title"):
            message = f'the work "{work.key}" has no title, and is printed without one'
            findings.append(warning("S026", message, work.place, "give it a title, so that readers can find it"))
        first = works.setdefault(work.key, work)
        if first is not work:
            message = f'two works have the key "{work.key}"; the first is used'
            findings.append(warning("S024", message, work.place, f"the other is at {first.place}"))
    for other, key, place in others:
        first = works.setdefault(other, works[key])
        if first is not works[key]:
            message = f'"{other}", another name of "{key}", is already the key of a work'
            findings.append(warning("S024", message, place, f"that work is at {first.place}"))
    return findings


def _typographic(work: Work, words: Language) -> Work:
    """Return the work with the book's quotation marks in its titles and names, but never in addresses."""

    def prose(value: Any) -> Any:
        if isinstance(value, list):
            return [prose(one) for one in value]
        if isinstance(value, dict):
            return {name: prose(one) for name, one in value.items()}
        return _curled(value, words) if isinstance(value, str) else value

    return replace(work, fields={name: prose(v) if name in PROSE else v for name, v in work.fields.items()})


def _curled(text: str, words: Language) -> str:
    """Return the text with curly quotation marks, except within the tags of CSL-JSON."""
    bare = TAGS.sub("", text)
    made = curled(bare, words)
    if len(made) != len(bare):
        return text
    letters = iter(made)
    pieces = re.split(f"({TAGS.pattern})", text)
    return "".join(piece if number % 2 else "".join(islice(letters, len(piece))) for number, piece in enumerate(pieces))


def _works(text: str, path: str, words: Language) -> Found:
    name = path.lower()
    if name.endswith((".bib", ".bibtex")):
        return read_bibtex(text, path, words)
    if name.endswith(".json"):
        return _without_names(read_json(text, path))
    if name.endswith((".yaml", ".yml")):
        return _without_names(read_yaml(text, path))
    remedy = "write it as BibTeX (.bib), CSL-JSON (.json) or CSL-YAML (.yaml)"
    return [], [], [warning("S023", f'"{path}" is not a bibliography, and is ignored', Place(path), remedy)]


def _without_names(found: tuple[list[Work], list[Finding]]) -> Found:
    return found[0], [], found[1]
