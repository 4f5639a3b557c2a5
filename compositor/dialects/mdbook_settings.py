"""A folder -> the values of its book.toml, if it was written for mdBook and not for Compositor."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from compositor.settings.bounds import is_deep, is_endless

SETTINGS = "book.toml"
TABLES = frozenset({"book", "build", "rust", "output", "preprocessor"})
"""The tables of mdBook's book.toml. Source: its guide, "Configuration"."""
SUMMARY = "SUMMARY.md"
LARGEST = 1_000_000
"""Most bytes of a book.toml that is read for this."""


def is_of_mdbook(folder: Path) -> bool:
    """Return whether there is a book.toml of mdBook: without `format`, and with `[book]` or only mdBook's tables."""
    return mdbook_settings(folder) is not None


def mdbook_settings(folder: Path) -> Mapping[str, Any] | None:
    """Return the tables of mdBook's book.toml; None if it does not exist, is native, or is broken."""
    file = folder / SETTINGS
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    if "format" in told or "title" in told or is_deep(told) or is_endless(told):
        return None
    has_summary = TABLES.issuperset(told) and os.path.lexists(folder / "src" / SUMMARY)
    return told if isinstance(told.get("book"), dict) or has_summary else None
