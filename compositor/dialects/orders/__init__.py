"""A folder -> the order that another tool's file has, and the book's data in the same file.

Each member reads one kind of file, and gives None if it does not exist; the first that gives something is used.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from compositor.dialects.guests import not_followed, text_of
from compositor.dialects.orders import docusaurus, lists, mkdocs, myst, quarto, sidebars
from compositor.dialects.orders.nodes import README, Written, broken_yaml
from compositor.model import Finding, Place

__all__ = ["ORDERS", "Written", "broken_orders", "order_of_a_tool", "written_order"]

YAML = (
    *mkdocs.FILES,
    *("_quarto.yml", "_quarto.yaml", "_bookdown.yml", "_bookdown.yaml", "myst.yml", "myst.yaml"),
    *("_toc.yml", "_toc.yaml", "_config.yml", "_config.yaml"),
)
JSON = ("_category_.json", f"docs/{docusaurus.CATEGORIES[0]}")

ORDERS: tuple[Callable[[Path, Sequence[str]], Written | None], ...] = (
    mkdocs.read,
    quarto.read,
    quarto.read_bookdown,
    myst.read,
    myst.read_toc,
    lists.read_book_txt,
    sidebars.read,
    docusaurus.read,
    lists.read_readme,
)


def written_order(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of the first file that has one; None if there is none."""
    return next((found for read in ORDERS if (found := read(folder, names)) is not None and found.nodes), None)


def order_of_a_tool(folder: Path, names: Sequence[str]) -> bool:
    """Return whether a tool has written an order, which is more than a list of links."""
    found = written_order(folder, names)
    return found is not None and found.file.casefold() != README


def broken_orders(folder: Path) -> Iterator[Finding]:
    """Yield findings about broken files that would have an order."""
    yield from broken_yaml(folder, YAML)
    for name in JSON:
        try:
            json.loads(text_of(folder, name) or "{}")
        except (ValueError, RecursionError) as problem:
            yield not_followed(name, Place(name, getattr(problem, "lineno", None)), getattr(problem, "msg", "too deep"))
