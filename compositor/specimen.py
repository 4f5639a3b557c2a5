"""`specimen`: the look of a book, or of a theme -> a book with every construct on a few pages, set in that look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from compositor import dialects
from compositor.press import Proof, Timings, read_book
from compositor.skeleton import shipped

ON_PURPOSE = frozenset({"L153", "P226"})
"""Warnings that the specimen would cause on purpose: long lines, and more callouts than a book should have."""


def read_specimen(book: Path, timings: Timings, strict: bool = False, theme: str | None = None) -> Proof:
    """Read the specimen in the theme, style, templates and style sheets of a book; findings if that has errors."""
    with timings.stage("read"):
        look, found = dialects.read(book)
    if look is None:
        return Proof(None, None, found)
    proof = read_book(shipped("specimen"), timings, strict, replace(look, theme=theme or look.theme))
    told = tuple(one for one in proof.findings if one.code not in ON_PURPOSE)
    return replace(proof, findings=told, on_purpose=ON_PURPOSE)
