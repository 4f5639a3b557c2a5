"""Pages painted before their numbers are known -> their margins, painted later into the gaps left for them.

So a unit is painted as soon as it is set, and its pages need not stay in memory until the whole book is set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf

to_bytes = pydyf._to_bytes


class Gap(pydyf.Object):  # type: ignore[misc]
    """A place in a content stream for a margin of a page, with the state in which that is painted."""

    def __init__(self, stream: Any, page: int, name: str) -> None:
        """`page` is the number of the page from 0, `name` that of the margin in CSS: `@top-left`."""
        super().__init__()
        self.page, self.name, self.matrix = page, name, tuple(stream.ctm.values)
        self._stream = stream
        self._painted: Sequence[Any] = ()

    @property
    def data(self) -> bytes:
        """What was painted there, as bytes."""
        return b"\n".join(map(to_bytes, self._painted))

    def fill(self, page: Any) -> None:
        """Paint this margin of a page."""
        self._painted = painted_margin(self._stream, self.matrix, page, self.name)


def painted_margin(stream: Any, matrix: Sequence[float], page: Any, name: str) -> Sequence[Any]:
    """Return the operators that paint a margin of a page, with this matrix and the resources of a stream."""
    from weasyprint.draw import draw_stacking_context
    from weasyprint.matrix import Matrix
    from weasyprint.stacking import StackingContext

    margin = next(box for box in page.children if box.at_keyword == name)
    painted = stream.clone(tags={})
    painted._ctm_stack = [Matrix(*matrix)]
    draw_stacking_context(painted, StackingContext.from_box(margin, page))
    operators: Sequence[Any] = painted.stream
    return operators


@contextmanager
def margins_left_open(pages: Sequence[Any]) -> Iterator[list[Gap]]:
    """While the block runs, WeasyPrint leaves a gap for each margin that it would paint; the list has them in order."""
    from weasyprint import draw
    from weasyprint.formatting_structure.boxes import MarginBox

    original, gaps = draw.draw_stacking_context, list[Gap]()
    numbers = {id(page._page_box): number for number, page in enumerate(pages)}

    def draw_stacking_context(stream: Any, stacking_context: Any) -> None:
        box, number = stacking_context.box, numbers.get(id(stacking_context.page))
        if not isinstance(box, MarginBox) or number is None:  # a drawing may be painted as a document of its own
            original(stream, stacking_context)
            return
        gaps.append(Gap(stream, number, box.at_keyword))
        stream.stream.append(gaps[-1])

    draw.draw_stacking_context = draw_stacking_context
    try:
        yield gaps
    finally:
        draw.draw_stacking_context = original


@contextmanager
def resources_left_open(document: Any) -> Iterator[list[Any]]:
    """While the block runs, the resources of a document get no references; the list has what it takes to give them."""
    from weasyprint import pdf

    original, left = pdf._use_references, list[Any]()

    def use_references(made: Any, resources: Any, images: Any, profiles: Any) -> None:
        if profiles is document.color_profiles:
            left.extend((made, resources, images, profiles))
        else:
            original(made, resources, images, profiles)

    pdf._use_references = use_references
    try:
        yield left
    finally:
        pdf._use_references = original


def give_references(left: Sequence[Any]) -> None:
    """Give the references that were left out."""
    from weasyprint import pdf

    pdf._use_references(*left)


@contextmanager
def all_artifacts() -> Iterator[None]:
    """While the block runs, nothing that WeasyPrint paints belongs to the text."""
    from weasyprint.pdf.stream import Stream

    marked = Stream.marked
    Stream.marked = lambda stream, box, tag: stream.artifact()
    try:
        yield
    finally:
        Stream.marked = marked


def compact(streams: Sequence[Any]) -> None:
    """Join the operators of content streams between their gaps: as single objects they take much more memory."""
    for stream in streams:
        parts, joined = list[Any](), list[bytes]()
        for one in stream.stream:
            if isinstance(one, Gap):
                parts += [b"\n".join(joined), one] if joined else [one]
                joined = []
            else:
                joined.append(to_bytes(one))
        stream.stream = [*parts, b"\n".join(joined)] if joined else parts
