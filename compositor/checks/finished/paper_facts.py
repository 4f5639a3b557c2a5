"""PDF -> its facts, read from its objects: alternative texts, links, outline, and the letters of each anchor's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import TypeVar

import pikepdf

from compositor.checks.finished.facts import Facts, Link
from compositor.checks.finished.parts.pages import pages_of
from compositor.checks.finished.runs import Run, loose
from compositor.model import PageMap

PICTURES = {"/Figure", "/Formula"}
FAR = 9
"""Pages over which the panels of one figure may spread."""
_Fact = TypeVar("_Fact")


@lru_cache(maxsize=2)
def pdf_facts(data: bytes, pages: PageMap) -> Facts:
    """Return the facts of the PDF; the page map assigns its pages to units."""
    units = [page.unit for page in pages.pages]
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = dict(_destinations(pdf, numbers))
        links: dict[str, list[Link]] = {}
        for number, page in enumerate(pdf.pages, 1):
            key = units[number - 1] if number <= len(units) else ""
            links.setdefault(key, []).extend(_annotations(page, number, names, pages))
        alternatives: dict[str, list[str]] = {}
        for page_number, text in _alternatives(pdf, numbers):
            alternatives.setdefault(units[page_number - 1], []).append(text)
        contents = tuple(_outline(pdf, numbers, names))
    shown = [loose("".join(run.letters for run in runs if _is_text(run))) for runs in pages_of(data)]
    labelled = {name: "".join(shown[page - 1 : page + 1]) for name, page in names.items() if page}
    others = tuple(Link(anchor, "the outline of the PDF", bool(anchor)) for _, anchor in contents)
    behind = {name: tuple(shown[page : page + FAR]) for name, page in names.items() if page}
    return Facts("PDF", _tuples(alternatives), _tuples(links), contents, labelled, others, behind)


def _is_text(run: Run) -> bool:
    return not run.hidden and not run.furniture


def _tuples(lists: Mapping[str, Iterable[_Fact]]) -> dict[str, tuple[_Fact, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _destinations(pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[tuple[str, int]]:
    """Yield name of each destination -> its page; 0 if it leads to no page of the file."""
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        for name, value in pikepdf.NameTree(pdf.Root.Names.Dests).items():
            place = value.D if isinstance(value, pikepdf.Dictionary) else value
            yield str(name), numbers.get(place[0].objgen, 0)


def _annotations(page: pikepdf.Page, number: int, names: Mapping[str, int], pages: PageMap) -> Iterator[Link]:
    where = f"page {number} of the PDF"
    for annotation in page.obj.get("/Annots", []):
        if annotation.get("/Subtype") != "/Link":
            continue
        action = annotation.get("/A", pikepdf.Dictionary())
        if "/URI" in action:
            yield Link(str(action.URI), where)
            continue
        target = str(annotation.get("/Dest", action.get("/D", "")))
        expected = pages.page(target)
        lands = bool(names.get(target)) and (expected is None or names[target] == expected)
        yield Link(target, where, lands)


def _alternatives(pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[tuple[int, str]]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") in PICTURES and "/Alt" in item:
            page = numbers.get(item.Pg.objgen) if "/Pg" in item else None
            if page and str(item.Alt):
                yield page, str(item.Alt)


def _outline(
    pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int], names: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """Yield the words of each bookmark, and `page N`, or an empty text if it leads nowhere."""

    def walk(items: Iterable[pikepdf.OutlineItem]) -> Iterator[tuple[str, str]]:
        for item in items:
            goal = item.destination if item.destination is not None else item.action.D if item.action else None
            page = numbers.get(goal[0].objgen, 0) if isinstance(goal, pikepdf.Array) else names.get(str(goal), 0)
            yield str(item.title), f"page {page}" if page else ""
            yield from walk(item.children)

    with pdf.open_outline() as outline:
        yield from walk(outline.root)
