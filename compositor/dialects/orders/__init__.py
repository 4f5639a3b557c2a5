"""A folder -> the order that is written in it for another tool, and what the same file says of the book.

Each member reads one kind of file and gives None where there is none; the first that gives something holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from compositor.dialects.orders import docusaurus, lists, mkdocs, myst, quarto
from compositor.dialects.orders.nodes import Written

__all__ = ["ORDERS", "Written", "written_order"]

ORDERS: tuple[Callable[[Path, Sequence[str]], Written | None], ...] = (
    mkdocs.read,
    quarto.read,
    quarto.read_bookdown,
    myst.read,
    myst.read_toc,
    lists.read_book_txt,
    docusaurus.read,
    lists.read_readme,
)


def written_order(folder: Path, names: Sequence[str]) -> Written | None:
    """The order of the first file that has one; None where nothing is written."""
    return next((found for read in ORDERS if (found := read(folder, names)) is not None and found.nodes), None)
