"""WeasyPrint, observed while it sets a unit: which rules match, which boxes it makes, where its pages begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from compositor.typeset.resumed.boxes import NotPlainError
from compositor.typeset.resumed.index import Index, NoBlocksError, indexed
from compositor.typeset.resumed.loop import CannotGoOnError, Loop
from compositor.typeset.resumed.record import Record, record_of

FEWEST = 10
"""Pages from which on a record of a unit is kept: setting fewer again takes no longer."""


@dataclass(slots=True)
class Watch:
    """A unit that is being set: what is known of it from before, and what is observed."""

    known: Record | None = None
    why_whole: str = ""
    """Why the layout began with the first page, or why nothing can be kept."""
    index: Index | None = None
    loop: Loop | None = None
    rounds: int = 0
    """How often WeasyPrint went through the pages."""
    styles: str = ""
    rules: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    _taken: int = 0
    _sheets: dict[int, int] = field(default_factory=dict)

    def note(self, sheet: Any, element: Any, found: Sequence[Any]) -> None:
        """Remember which rules of a sheet match an element; sheets are numbered in their order."""
        number = self._sheets.setdefault(id(sheet), len(self._sheets))
        if found:
            self.rules[element].append((number, [(weight, order, pseudo) for weight, order, pseudo, _ in found]))

    def meet(self, root: Any, unknown: Any) -> None:
        """Index the boxes, now that they exist; `unknown` are the numbers in them that only the pages can tell."""
        try:
            if unknown:
                raise NoBlocksError("numbers of pages in its text")
            self.index = indexed(root, self.rules, self.styles)
        except NoBlocksError as why:
            self.why_whole = str(why)
        self.rules = {}

    def pages(self, make: Any, context: Any, root: Any, html: Any, before: Any) -> Any:
        """Return all pages, in the first round; in a second one, let WeasyPrint make its pages again."""
        self.rounds += 1
        if self.index is None:
            return make(context, root, html, before)
        if self.loop is None:
            self.loop = Loop(context, root, html, self.index, self.known)
            return self.loop.pages()
        if self.loop.taken:
            raise CannotGoOnError("pages that were made again")
        self.why_whole = "pages that were made again"
        return make(context, root, html, before)

    @property
    def taken(self) -> int:
        """Return how many of the pages were taken from the record."""
        return len(self.loop.taken) if self.loop is not None else self._taken

    def kept(self, pages: Sequence[Any]) -> bytes | None:
        """Return the record of the pages, or None; forget everything that was observed."""
        index, loop, names = self.index, self.loop, self.known.names if self.known is not None else ()
        self._taken, self.index, self.loop, self.known = self.taken, None, None, None
        if index is None or loop is None or self.rounds > 1 or len(pages) < FEWEST:
            return None
        self.why_whole = "" if loop.begun else loop.why_whole
        try:
            return record_of(pages, loop.starts, index, names, loop.taken).written()
        except NotPlainError as why:
            self.why_whole = self.why_whole or ("" if loop.begun else str(why))
            return None


class _Now:
    watch: Watch | None = None


@contextmanager
def watched(watch: Watch | None, styles: str) -> Iterator[None]:
    """Observe the unit that is set inside the `with` block; it has these styles of its own."""
    before, _Now.watch = _Now.watch, watch
    if watch is not None:
        watch.styles = styles
    try:
        yield
    finally:
        _Now.watch = before


def watch_pages() -> None:
    """Wrap WeasyPrint's functions; called once in a process, after everything else that wraps functions."""
    import cssselect2
    from weasyprint import document, layout

    match, build, make = cssselect2.Matcher.match, document.build_formatting_structure, layout.make_all_pages

    def matched(self: Any, element: Any) -> Any:
        found = match(self, element)
        if _Now.watch is not None:
            _Now.watch.note(self, element.etree_element, found)
        return found

    def build_formatting_structure(*given: Any) -> Any:
        root, targets = build(*given), given[4]
        if _Now.watch is not None:
            _Now.watch.meet(root, targets.counter_lookup_items)
        return root

    def make_all_pages(context: Any, root: Any, html: Any, pages: Any) -> Any:
        if _Now.watch is None:
            return make(context, root, html, pages)
        return _Now.watch.pages(make, context, root, html, pages)

    cssselect2.Matcher.match = matched
    document.build_formatting_structure = build_formatting_structure
    layout.make_all_pages = make_all_pages
