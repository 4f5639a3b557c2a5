"""WeasyPrint's loop over the pages of a unit: it may begin at a later page, and end where the old pages can follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from compositor.typeset.resumed.boxes import NotPlainError, Thawer
from compositor.typeset.resumed.index import NUMBER, Index
from compositor.typeset.resumed.plan import Plan
from compositor.typeset.resumed.record import KeptPage, Record, page_of
from compositor.typeset.resumed.state import REMAKE, Start, line_of, start_of


class CannotGoOnError(Exception):
    """The unit has to be set as a whole after all; the message says why."""


class Loop:
    """The pages of a unit while they are made."""

    def __init__(self, context: Any, root: Any, html: Any, index: Index, known: Record | None) -> None:
        self._context, self._root, self._html, self._index = context, root, html, index
        self._known = known
        self._thawer = Thawer(index, known.names) if known is not None else None
        self._plan = Plan(known, index) if known is not None else None
        self._pages: list[Any] = []
        self.starts: list[Start] = []
        """Where each page begins, and what follows the last."""
        self.begun = self._plan.begin if self._plan is not None else 0
        """The page with which the layout begins."""
        self.why_whole = self._plan.why_whole if self._plan is not None else ""
        self.taken: dict[int, KeptPage] = {}
        """The pages that were taken from the record."""

    def pages(self) -> list[Any]:
        """Return all pages, without their margins; raises CannotGoOnError."""
        from weasyprint.layout import page as layout

        context = self._context
        context.rendered_notes = []
        self._begin()
        while True:
            number = len(self._pages)
            context.page_maker[number][-1].update(REMAKE, anchors=[], content_lookups=[])
            page, resume = layout.remake_page(number, context, self._root, self._html)
            is_last = resume is None and not context.reported_footnotes
            self._pages.append(page)
            self._note(number + 1)
            if is_last:
                context.page_maker = context.page_maker[: number + 2]
                context.broken_out_of_flow.clear()
                context.reported_footnotes.clear()
                return self._pages
            if self._plan is not None and self._plan.meets(self.starts[-1], number + 1):
                self._end(self._plan.shift)
                return self._pages

    def _begin(self) -> None:
        """Restore what is known where the layout begins, and the pages before it."""
        context, known = self._context, self._known
        if known is None or not self.begun:
            self._note(0)
            return
        start = known.starts[self.begun]
        self._take(known.pages[: self.begun], 0)
        self.starts = [*known.starts[: self.begun + 1]]
        context.page_maker = [one.maker() for one in self.starts]
        context.footnotes[:] = [note for note in context.footnotes if note.__dict__[NUMBER][0] >= start.block]
        context.seen_block = start.seen
        context.begun_inside = line_of(context.page_maker[self.begun][0], self._root)

    def _end(self, shift: int) -> None:
        """Take all remaining pages from the record."""
        known, context, number = self._known, self._context, len(self._pages)
        assert known is not None
        self._take(known.pages[number:], shift)
        rest = [one.moved(shift) for one in known.starts[number + 1 :]]
        self.starts += rest
        context.page_maker[number][-1].update(REMAKE)
        context.page_maker = [*context.page_maker[: number + 1], *(one.maker() for one in rest)]
        context.footnotes.clear()

    def _take(self, kept: Sequence[KeptPage], shift: int) -> None:
        assert self._thawer is not None
        for one in (replace(page, shift=page.shift + shift) for page in kept):
            self.taken[len(self._pages)] = one
            try:
                self._pages.append(page_of(one, self._thawer, self._context, self._root, self._html))
            except (LookupError, TypeError, ValueError, AttributeError) as problem:
                raise CannotGoOnError("what was kept is not whole") from problem

    def _note(self, number: int) -> None:
        try:
            self.starts.append(start_of(self._context, number, self._index))
        except NotPlainError as why:
            self.starts.append(Start(-1, False, str(why), -1, [None, None, True, None]))
