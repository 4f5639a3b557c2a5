"""A folder with book.toml -> Manuscript: Compositor's own dialect.

Reads the settings, plans the tree of files, and has them read.
"""

from __future__ import annotations

import os
from pathlib import Path

from compositor.dialects.binding import bind
from compositor.dialects.desk import Desk
from compositor.dialects.mdbook_settings import is_of_mdbook
from compositor.dialects.order import markdown_files, plan
from compositor.folder.paths import list_files
from compositor.folder.text import read_text
from compositor.model import Finding, Manuscript, Place
from compositor.settings import Settings, read_settings

SETTINGS = "book.toml"

EXTENSIONS = (
    *("front_matter", "headings", "tables", "figures", "listings", "callouts", "definitions", "footnotes"),
    *("divs", "spans", "references", "links", "tasks", "autolinks", "strikethrough", "typography"),
    *("east_asian", "badges", "inline_code", "link_notes"),
    *("items", "reference_groups", "index", "glossary", "abbreviations", "exercises"),
    *("quotations", "line_blocks", "scripts", "keys", "small_capitals", "directions", "page_breaks", "panels"),
    *("side_notes", "anchors"),
    *("csv_tables", "cells", "table_notes", "column_widths", "cards"),
    *("includes", "variables", "raw_html", "math", "tex_marks", "characters", "citations", "conditional"),
    *("excerpts", "code_annotations", "code_lines", "open_fences"),
    *("rows", "broken_links", "foreign", "drawn"),
)
"""The syntax of this dialect: names of members of `markdown.EXTENSIONS`."""

def recognises(folder: Path) -> bool:
    """Return whether the folder has a book.toml, even a broken one, that was not written for mdBook."""
    return os.path.lexists(folder / SETTINGS) and not is_of_mdbook(folder)


def read(folder: Path, language: str = "") -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """Return the manuscript and everything found in the folder; None if the book cannot be put together at all."""
    desk = Desk(folder, list_files(folder))
    settings = _settings(desk)
    if settings is None:
        for name in markdown_files(desk.names):
            desk.open(name, Place(name))
        return None, desk.report()
    tree, faults = plan(settings, desk.names)
    desk.findings += faults
    return bind(desk, settings, tree, frozenset(EXTENSIONS))


def _settings(desk: Desk) -> Settings | None:
    file = desk.look_for(SETTINGS, Place(SETTINGS))
    text, findings = (None, []) if file is None else read_text(file, SETTINGS, Place(SETTINGS))
    desk.findings += findings
    if text is None:
        return None
    desk.texts[SETTINGS] = text
    settings, faults = read_settings(text, SETTINGS)
    desk.findings += faults
    return settings
