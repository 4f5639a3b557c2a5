"""A folder with mdBook's book.toml -> Manuscript: the order of SUMMARY.md, and the values of `[book]`.

Source: mdBook's guide, https://rust-lang.github.io/mdBook/.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from compositor.dialects import native
from compositor.dialects.guests import Guest, drafts_told, guest_files, missing_told, read_guest, text_of
from compositor.dialects.mdbook_settings import SUMMARY, mdbook_settings
from compositor.dialects.orders.names import by_names, chapters_of
from compositor.dialects.summary import nearest, read_summary, title_of
from compositor.dialects.syntax import GUESTS, MATHJAX, MDBOOK, TYPOGRAPHY
from compositor.model import Finding, Manuscript, Place

SOURCES = "src"


def recognises(folder: Path) -> bool:
    """Return whether there is a book.toml of mdBook, or none and a summary where mdBook looks for it."""
    if mdbook_settings(folder) is not None:
        return True
    return (folder / SOURCES / SUMMARY).is_file() and not os.path.lexists(folder / native.SETTINGS)


def read(folder: Path, language: str = "") -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """Return the manuscript, with a finding that says what was assumed; None if it cannot be put together."""
    settings = mdbook_settings(folder) or {}
    told = _table(settings, "book")
    sources = posixpath.normpath(str(told.get("src") or SOURCES)).strip("/")
    sources = "" if sources == "." else sources
    path = posixpath.join(sources, SUMMARY)
    names = guest_files(folder)
    path = next((name for name in names if name.casefold() == path.casefold()), path)
    summary = read_summary(text_of(folder, path), path, partial(_found, folder, sources, names))
    below = f"{sources}/" if sources else ""
    html = _table(_table(settings, "output"), "html")
    by = "book.toml has the table [book]" if "book" in settings else "there is a summary where mdBook keeps it"
    guest = Guest(
        kind="an mdBook",
        why=f"{by}, and the order is that of {path if summary.tree else 'the names, because there is no summary'}",
        tree=summary.tree or by_names(chapters_of([name for name in names if name.startswith(below)])),
        told={**_said(told, title_of(summary)), "repository": _repository(html)},
        extensions=_extensions(html),
        sources=sources,
        findings=(*drafts_told(summary.drafts), *missing_told(summary.missing)),
        place=Place(path),
        variables={"mdbook": {"hidelines": _hidden(html)}},
    )
    return read_guest(folder, guest)


def _table(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = settings.get(name)
    return table if isinstance(table, dict) else {}


def _found(folder: Path, sources: str, names: list[str], address: str) -> str:
    """Return the file that the summary names; a missing one is reported when it is opened."""
    if not address.lower().endswith((".md", ".markdown")):
        return nearest(address, sources, names)
    whole = posixpath.normpath(posixpath.join(sources, address.lstrip("/")))
    return whole if os.path.isfile(folder / whole) else nearest(address, sources, names)


def _said(book: Mapping[str, Any], title: str) -> dict[str, object]:
    authors = book.get("authors") or book.get("author") or []
    return {
        "title": str(book.get("title") or title),
        "authors": [str(one) for one in authors] if isinstance(authors, list) else [str(authors)],
        "language": str(book.get("language") or ""),
        "description": str(book.get("description") or ""),
    }


def _repository(html: Mapping[str, Any]) -> str:
    """Return where a file can be edited, following mdBook's own link."""
    told = html.get("edit-url-template", "")
    is_address = isinstance(told, str) and re.fullmatch(r"https?://[^\s/]+/\S*\{path\}\S*", told)
    return str(told) if is_address else ""


def _hidden(html: Mapping[str, Any]) -> dict[str, str]:
    """Return language -> the prefix of lines that are not shown."""
    marks = _table(_table(html, "code"), "hidelines")
    return {str(name): str(mark) for name, mark in marks.items()}


def _extensions(html: Mapping[str, Any]) -> frozenset[str]:
    smart = html.get("smart-punctuation", html.get("curly-quotes", True))
    found = GUESTS | MDBOOK | (TYPOGRAPHY if smart else frozenset())
    return found | (MATHJAX if html.get("mathjax-support") else frozenset())
