"""Where a page begins: what the layout knows there, and whether it could begin there without the pages before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from compositor.typeset.resumed.boxes import plain, value_of
from compositor.typeset.resumed.index import NUMBER, Index

NOTES = "notes of a block that goes on overleaf"
UNMET = object()
"""In place of a paragraph that was not examined yet."""
GROUPS, COUNTERS, ALL = 3, 1, "pages"
REMAKE = {"content_changed": False, "pages_wanted": False}


@dataclass(frozen=True, slots=True)
class Start:
    """What WeasyPrint's page maker contains for the beginning of a page."""

    block: int
    """The block of the unit with which the page begins or continues; -1 at the end, and if there is none."""
    is_whole: bool
    """Whether the page begins with the beginning of the block."""
    why_not: str
    """Why the layout cannot begin here; empty if it can."""
    seen: int
    """The last block that was examined up to here, by the code that moves text before a figure."""
    entry: Any
    """The entry of the page maker, as a plain value."""

    def moved(self, by: int) -> Start:
        """Return the same for a unit with `by` more blocks before it."""
        if self.block < 0 or not by:
            return replace(self, seen=self.seen + by)
        resume, *others = self.entry
        resume = value_of(resume)
        ((_, inside),) = resume[0][0].items()
        return replace(
            self, block=self.block + by, seen=self.seen + by,
            entry=[plain({0: {0: {self.block + by: inside}}}), *others],
        )  # fmt: skip

    @property
    def is_left(self) -> bool:
        """Return whether it is a left-hand page; the two pages of a spread are set together."""
        return not self.entry[2]

    def maker(self) -> Any:
        """Return the entry for WeasyPrint."""
        resume, following, is_right, state = map(value_of, self.entry)
        return resume, following, is_right, state, {**REMAKE, "anchors": [], "content_lookups": []}


def start_of(context: Any, number: int, index: Index) -> Start:
    """Return what is known where this page begins (from 0), when the page before it is done; raises NotPlainError."""
    resume, following, is_right, state, _ = context.page_maker[number]
    counters = {name: [0] if name == ALL else values for name, values in state[COUNTERS].items()}
    entry = [plain(one) for one in (resume, following, is_right, (state[0], counters, state[2], state[GROUPS]))]
    block, is_whole = _place(resume)
    why = "" if is_right else _why_not(context, number, block, is_whole, index)
    return Start(block, is_whole, why, context.__dict__.get("seen_block", -1), entry)


def _place(resume: Any) -> tuple[int, bool]:
    """Return the block of a place in the layout, and whether the place is its beginning."""
    for _ in range(2):
        if not resume or 0 not in resume:
            return -1, False
        resume = resume[0]
    if not resume or len(resume) != 1:
        return -1, False
    ((block, inside),) = resume.items()
    return block, inside is None


def _why_not(context: Any, number: int, block: int, is_whole: bool, index: Index) -> str:
    resume, _, _, state, _ = context.page_maker[number]
    if block < 0:
        return "no block of the unit begins there"
    if context.reported_footnotes or context.broken_out_of_flow:
        return "a note or a float goes on overleaf"
    if state[GROUPS]:
        return "a page with a name"
    if {note.__dict__[NUMBER] for note in context.footnotes} != {*_notes(index, block)}:
        return NOTES
    return ("" if is_whole else _inside(context, resume, block, index)) or _touched(context, block, index)


def _notes(index: Index, first: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the notes that are called from a block on."""
    for block in range(first, len(index.blocks)):
        for place in index.of_block[block]:
            if (note := index.before[place].get("footnote")) is not None:
                yield note.__dict__[NUMBER]


def _inside(context: Any, resume: Any, block: int, index: Index) -> str:
    """Return why the layout cannot begin at a place inside a block; empty if it can."""
    from weasyprint.formatting_structure import boxes

    box, inside = index.unit.children[block], resume[0][0][block]
    if next(_notes(index, block), (block + 1,))[0] == block:
        return NOTES
    while inside is not None:
        if len(inside) != 1 or isinstance(box, (boxes.TableBox, boxes.FlexContainerBox, boxes.GridContainerBox)):
            return "a table that goes on overleaf"
        if isinstance(box, boxes.LineBox):
            known = context.__dict__.get("paragraphs", {}).get(id(box))
            is_known = known is None or (known[1] is not None and known[1].is_as_begun())
            return "" if is_known else "a paragraph that was set otherwise"
        if box.style["column_count"] != "auto" or box.style["column_width"] != "auto":
            return "columns that go on overleaf"
        ((child, inside),) = inside.items()
        box = box.children[child]
    return ""


def _touched(context: Any, first: int, index: Index) -> str:
    """Return how the layout has already changed or moved something after this place; empty if it has not."""
    if [*map(id, index.unit.children)] != [*map(id, index.blocks)]:
        known = {id(one) for one in index.blocks[:first]}
        moved = [id(one) for one in index.unit.children]
        if {*moved[:first]} != known or moved[first:] != [id(one) for one in index.blocks[first:]]:
            return "a figure goes behind text"
    paragraphs = context.__dict__.get("paragraphs", {})
    for block in range(first, len(index.blocks)):
        for place in index.of_block[block]:
            box, before = index.boxes[place], index.before[place]
            if box.style is not before["style"] or box.__dict__.get("text") is not before.get("text"):
                return "a block that the layout has changed"
            if box.__dict__.get("is_header") != before.get("is_header") or box.__dict__.get("waits_at"):
                return "a block that the layout has changed"
            _, paragraph = paragraphs.get(id(box), (box, UNMET))
            if paragraph is None or (paragraph is not UNMET and paragraph.is_changed):
                return "a paragraph that was set otherwise"
    return ""


def line_of(resume: Any, root: Any) -> Any:
    """Return the box of the paragraph inside which a page begins; None if the page begins with a block."""
    from weasyprint.formatting_structure import boxes

    box = root
    while resume is not None:
        if isinstance(box, boxes.LineBox):
            return box
        ((child, resume),) = resume.items()
        box = box.children[child]
    return None
