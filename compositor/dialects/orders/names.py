"""Names of files -> the texts of a book in the order of their names, if no other order is written."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from compositor.dialects.numbers import Planned
from compositor.dialects.order import SUMMARY, markdown_files, natural
from compositor.dialects.orders.nodes import OPENING, readme_of
from compositor.model import Place, Role


def by_names(paths: Sequence[str]) -> tuple[Planned, ...]:
    """Return each file as a chapter."""
    return tuple(Planned(Role.CHAPTER, path, Place(path)) for path in paths)


def chapters_of(names: Sequence[str]) -> list[str]:
    """Return the Markdown files in the order of their names, numbers by value; a README counts if there is no other."""
    alone = [name for name in names if name.lower().endswith((".md", ".markdown"))]
    inside = [name for name in alone if "/" in name and _stem(name) in OPENING]
    texts = [name for name in dict.fromkeys([*markdown_files(names), *inside]) if _stem(name) + ".md" != SUMMARY]
    return sorted(texts, key=_place) or (alone if len(alone) == 1 else list(filter(None, [readme_of(names)])))


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0].casefold()


def _place(path: str) -> list[tuple[int, int, str]]:
    """Return where a text comes among the others: the opening one of a folder before all in it."""
    return natural(f"{posixpath.dirname(path)}/" if _stem(path) in OPENING else path)
