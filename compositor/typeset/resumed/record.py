"""What is kept of a unit that was set: plain values, as bytes; only the program that wrote them reads them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from compositor.typeset.resumed.boxes import Freezer, NotPlainError, Thawer, plain, value_of
from compositor.typeset.resumed.index import Index
from compositor.typeset.resumed.state import Start

LEVEL = 1
LENGTH = 4
"""Bytes for the length of the head of a record."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The content of a page, as bytes, and what is added to the numbers of its blocks."""

    shift: int
    data: bytes

    def value(self) -> Any:
        """Return the content as a plain value; raises ValueError."""
        try:
            return json.loads(zlib.decompress(self.data))
        except zlib.error as problem:
            raise ValueError from problem


Taken = Mapping[int, KeptPage]
"""Pages of a unit that were set before, by their numbers."""


@dataclass(frozen=True, slots=True)
class Record:
    """A unit that was set: digests of its blocks, where its pages begin, and what is on them."""

    frame: str
    prints: tuple[str, ...]
    starts: tuple[Start, ...]
    """One for each page, and one for the end."""
    names: Sequence[Sequence[str]]
    pages: tuple[KeptPage, ...]

    def written(self) -> bytes:
        """Return the record as bytes."""
        pages = [(one.shift, len(one.data)) for one in self.pages]
        head = zlib.compress(_json([self.frame, self.prints, [*map(astuple, self.starts)], self.names, pages]), LEVEL)
        return b"".join([len(head).to_bytes(LENGTH), head, *(one.data for one in self.pages)])


def read(data: bytes) -> Record | None:
    """Return the record that was written so; None if the bytes are not one."""
    at = LENGTH + int.from_bytes(data[:LENGTH])
    try:
        frame, prints, starts, names, sizes = json.loads(zlib.decompress(data[LENGTH:at]))
        pages = []
        for shift, size in sizes:
            pages.append(KeptPage(shift, data[at : at + size]))
            at += size
        return Record(frame, tuple(prints), tuple(Start(*one) for one in starts), names, tuple(pages))
    except (ValueError, TypeError, zlib.error):
        return None


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def record_of(
    pages: Sequence[Any], starts: Sequence[Start], index: Index, names: Sequence[Sequence[str]], taken: Taken
) -> Record:
    """Return what is to be kept of WeasyPrint's pages; `taken` are those that come from a record with these names.

    Raises NotPlainError.
    """
    freezer = Freezer(index, names)
    kept = tuple(
        taken.get(number) or KeptPage(0, zlib.compress(_json(_page(freezer, page._page_box)), LEVEL))
        for number, page in enumerate(pages)
    )
    return Record(index.frame, index.prints, tuple(starts), freezer.names, kept)


def _page(freezer: Freezer, page: Any) -> list[Any]:
    from weasyprint.formatting_structure import boxes

    if page.fixed_boxes:
        raise NotPlainError("a fixed box")
    parts = [child for child in page.children if not isinstance(child, boxes.MarginBox)]
    notes = [part for part in parts[1:] if isinstance(part, boxes.FootnoteAreaBox)]
    if len(parts) != 1 + len(notes):
        raise NotPlainError("notes in an area of their own")
    areas = [[*freezer.attributes(area, {"page": area.page}), [*map(freezer.box, area.children)]] for area in notes]
    attributes = freezer.attributes(page, {"page_type": page.page_type, "fixed_boxes": page.fixed_boxes,
                                           "compositor_context": page.__dict__.get("compositor_context")})  # fmt: skip
    return [plain(tuple(page.page_type)), *attributes, freezer.box(parts[0]), areas]


def page_of(page_kept: KeptPage, thawer: Thawer, context: Any, root: Any, html: Any) -> Any:
    """Return a page in the state in which WeasyPrint leaves it."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import page as layout

    thawer.shift = page_kept.shift
    said, names, values, root_kept, areas = page_kept.value()
    kind = layout.PageType(*value_of(said))
    layout.set_page_type_computed_styles(kind, html, context.style_for)
    style = context.style_for(kind)
    style["overflow"] = root.viewport_overflow
    page = boxes.PageBox(kind, style)
    thawer.give(page, names, values)
    page.fixed_boxes = []
    if kind.index == 0:
        sizes = context.style_for.initial_page_sizes
        sizes["box"], sizes["area"] = style["size"], (page.width, page.height)
    below = context.style_for(kind, "@footnote")
    area = boxes.FootnoteAreaBox(page, style.anonymous_style if below is None else below)
    for names, values, children in areas:
        thawer.give(area, names, values)
        area.children = [thawer.box(child) for child in children]
    nothing = boxes.FootnoteAreaBox(page, style.anonymous_style)
    page.children = [thawer.box(root_kept), area, nothing]
    return page
