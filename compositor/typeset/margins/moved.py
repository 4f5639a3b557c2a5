"""The margins of a unit that was painted in an earlier build -> the same margins with other page numbers.

What margins need of a layout is little, and plain: the kind of each page, its counters, and the strings that headings
have set. They are set again in a document that has the head of the unit and no text. First this is done for the page
numbers of the earlier build: only if that gives the very same bytes is it trusted with other numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compositor.typeset.document.bleed import carry_margins
from compositor.typeset.document.generating import profiles
from compositor.typeset.document.parts import FaceUse, GapAt, KeptMargins, Refill, Refilled, uses_of
from compositor.typeset.engine import heard
from compositor.typeset.faces import undeclared
from compositor.typeset.folios import KEPT, Margins
from compositor.typeset.margins.gaps import Gap, all_artifacts, painted_margin, to_bytes

RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading")
"""What margins may need besides fonts; then they are not set again."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a document contains besides content streams and fonts, before and after its margins are painted."""

    objects: int
    resources: Mapping[str, int]

    @classmethod
    def of(cls, pdf: Any, resources: Any) -> Extent:
        """Return it for a document of pydyf and its dictionary of resources."""
        return cls(len(pdf.objects), {name: len(resources[name]) for name in RESOURCES if name in resources})


def gaps_in(streams: Sequence[Any]) -> tuple[GapAt, ...]:
    """Return where the margins are in the content streams of a unit, before these are compressed."""
    return tuple(gap for number, stream in enumerate(streams) for gap in _gaps_in(number, stream))


def _gaps_in(number: int, stream: Any) -> Iterator[GapAt]:
    sizes = [len(to_bytes(one)) for one in stream.stream]
    whole, start = sum(sizes) + len(sizes) - 1, 0
    for one, size in zip(stream.stream, sizes, strict=True):
        if isinstance(one, Gap):
            yield GapAt(number, start, start + size, whole, one.page, one.name, one.matrix)
        start += size + 1


def kept_margins(
    margins: Margins, first: int, gaps: tuple[GapAt, ...], body: Mapping[str, FaceUse]
) -> KeptMargins | None:
    """Return what it takes to set margins again; None if that is more than plain values.

    `first` is the number of the first page, `body` what the pages use of each face without their margins.
    """
    context = margins.context
    if context.target_collector.target_lookup_items:
        return None
    strings = {name: {page: list(texts) for page, texts in pages.items()} for name, pages in context.string_set.items()}
    states = [
        (list(depth), {name: list(values) for name, values in counters.items()}, [sorted(scope) for scope in scopes])
        for depth, counters, scopes, _ in margins.states
    ]
    kinds = [tuple(page.page_type) for page in margins.pages]
    if not _is_plain((strings, states, kinds)):
        return None
    return KeptMargins(first, tuple(kinds), tuple(states), strings, float(context.page_bottom), gaps, body)


def _is_plain(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(map(_is_plain, [*value.keys(), *value.values()]))
    if isinstance(value, tuple | list):
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, int, float, bool)


def refilled(task: Refill, html: Any, document: Any) -> Refilled | None:
    """Return the margins of a unit for the page numbers of its context; None if the earlier ones come out otherwise.

    `html` is WeasyPrint's tree of the unit without its text, `document` the one page that it gives.
    """
    kept = task.margins
    with heard() as messages:
        before, uses = _painted(html, document, task, kept.first)
        if before != task.filled or together(kept.body, uses) != dict(task.faces) or messages:
            return None
        after, uses = _painted(html, document, task, task.unit.context.first_folio)
    faces = together(kept.body, uses)
    if messages or undeclared(document) or list(faces) != list(task.faces) or not _agree(kept.body, uses):
        return None
    return Refilled(after, faces)


def _painted(html: Any, document: Any, task: Refill, first: int) -> tuple[tuple[bytes, ...], dict[str, FaceUse]]:
    """Return the margins in each gap, and what they use of each face."""
    margins = _margins(html, document.pages[0]._page_box.__dict__[KEPT], task.margins)
    margins.set(first)
    document.fonts = {}
    stream = _stream(document, margins.pages[0])
    with all_artifacts():
        for page in margins.pages:
            carry_margins(page, task.trim)
        gaps = [(stream, gap.matrix, margins.pages[gap.page], gap.name) for gap in task.margins.gaps]
        painted = tuple(b"\n".join(map(to_bytes, painted_margin(*gap))) for gap in gaps)
    return painted, uses_of(document.fonts.values())


def _margins(html: Any, context: Any, kept: KeptMargins) -> Margins:
    """Return the margins of all pages, not yet set, in the context of another layout."""
    from weasyprint.css.targets import TargetCollector

    context.string_set = defaultdict(lambda: defaultdict(list))
    for name, pages in kept.strings.items():
        context.string_set[name].update({page: list(texts) for page, texts in pages.items()})
    context.page_bottom, context.target_collector = kept.bottom, TargetCollector()
    states: list[Any] = [
        (list(depth), dict(counters), [set(one) for one in scopes], [])
        for depth, counters, scopes in kept.states
    ]
    return Margins([_page(html, context, kind) for kind in kept.pages], context, states)


def _page(html: Any, context: Any, kind: Sequence[Any]) -> Any:
    """Return the box of a page of this kind, with its measures and without content."""
    from weasyprint.formatting_structure.boxes import PageBox
    from weasyprint.layout.page import PageType, page_height, page_width, set_page_type_computed_styles
    from weasyprint.layout.percent import resolve_percentages

    side, blank, name, index, groups = kind
    page_type = PageType(side, blank, name, index, tuple(tuple(group) for group in groups))
    set_page_type_computed_styles(page_type, html, context.style_for)
    page = PageBox(page_type, context.style_for(page_type))
    size = page.style["size"]
    resolve_percentages(page, size)
    page.position_x = page.position_y = 0
    page_width(page, context, size[0])
    page_height(page, context, size[1])
    page.fixed_boxes = []
    return page


def _stream(document: Any, page: Any) -> Any:
    """Return a content stream with resources of its own."""
    import pydyf
    from weasyprint.pdf.stream import Stream

    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in RESOURCES})
    around = 0, 0, page.margin_width(), page.margin_height()
    return Stream(document.fonts, around, resources, {}, {}, profiles(document), "srgb", compress=True)


def together(body: Mapping[str, FaceUse], margins: Mapping[str, FaceUse]) -> dict[str, FaceUse]:
    """Return what pages with margins use of each face; the pages were painted first."""
    return {name: _both(body.get(name), margins.get(name)) for name in dict.fromkeys((*body, *margins))}


def _both(body: FaceUse | None, margins: FaceUse | None) -> FaceUse:
    if body is None or margins is None:
        one = body or margins
        assert one is not None
        return one
    return FaceUse(
        {**margins.texts, **body.texts},
        {**margins.guesses, **body.guesses},
        {**margins.widths, **body.widths},
        body.has_gaps or margins.has_gaps,
        body.drawn,
    )


def _agree(body: Mapping[str, FaceUse], margins: Mapping[str, FaceUse]) -> bool:
    """Return whether no glyph stands for other letters in the margins than in the text: then it has another font."""
    return all(
        body[name].texts.get(glyph, text) == text
        for name, use in margins.items()
        if name in body
        for glyph, text in use.texts.items()
    )
