"""PDF -> the order in which its structure tree reads what is painted: that of the text, wherever its pages end.

The check uses the order of painting, which every PDF reader has. If a table continues on the next page, several cells
do so side by side, and the order of painting goes from the beginning of one to that of the next. Then the letters alone
do not tell which pieces belong together. The tree does: an element that continues has more content on the next page.
Notes, which are after their calls in the tree, are taken after the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf

from compositor.checks.finished.parts.pages import pages_of
from compositor.checks.finished.runs import Run

Content = tuple[int, int]
"""Physical page, from 1, and number of the marked content on it."""
DEEPEST = 400
"""Depth of nested elements; a deeper tree is not followed further."""


@dataclass(frozen=True, slots=True)
class _Above:
    """What applies to the contents of an element: its page, its depth, and whether it is in a note."""

    page: int = 0
    depth: int = 0
    note: bool = False


def as_tagged(data: bytes, runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs in the order of the structure tree; runs without an element follow in the order of painting.

    Runs that were between others are renumbered, so that texts that were apart are not joined.
    """
    order, apart, made = places(data), -1, list[tuple[int, Run]]()
    for run in runs:
        if run.furniture:
            made.append((len(order), replace(run, content=apart)))
        else:
            made.append((order.get((run.page, run.content), len(order)), run))
            apart -= 1
    return tuple(run for _, run in sorted(made, key=lambda one: one[0]))


@lru_cache(maxsize=2)
def whole_text(data: bytes) -> tuple[Run, ...]:
    """Return the visible text of a whole file, in the order of the structure tree."""
    runs = (run for page in pages_of(data) for run in page if not run.furniture and not run.hidden)
    return as_tagged(data, runs)


@lru_cache(maxsize=2)
def places(data: bytes) -> Mapping[Content, int]:
    """Return the position of each marked content in the structure tree; empty for a file without one."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
            tree = pdf.Root.get("/StructTreeRoot")
            found = list(_contents(tree, _Above(), numbers)) if tree is not None else []
            ordered = [content for notes in (False, True) for content, is_note in found if is_note == notes]
            return {content: place for place, content in enumerate(dict.fromkeys(ordered))}
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        return {}


def _contents(
    element: Any, above: _Above, numbers: Mapping[tuple[int, int], int]
) -> Iterator[tuple[Content, bool]]:
    """Yield the marked contents below an element, in order, and whether each is in a note."""
    page = numbers.get(element.Pg.objgen, above.page) if "/Pg" in element else above.page
    here = _Above(page, above.depth + 1, above.note or element.get("/S") == "/Note")
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield (page, kid), here.note
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield (numbers.get(kid.Pg.objgen, page) if "/Pg" in kid else page, int(kid.MCID)), here.note
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid and here.depth < DEEPEST:
            yield from _contents(kid, here, numbers)
