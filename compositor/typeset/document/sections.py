"""A unit that was set -> a section of the PDF: its pages painted, with their tags, links and anchors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pydyf

from compositor.typeset.document.bleed import Trim, backgrounds_untouched, carry_into_bleed, carry_margins, set_boxes
from compositor.typeset.document.blocks import Part, content
from compositor.typeset.document.generating import generate
from compositor.typeset.document.movable import Movable, movable
from compositor.typeset.document.parts import (
    DOCUMENT,
    PAGES,
    PROFILE,
    Anchor,
    Block,
    Painted,
    Size,
    WriteSection,
    uses_of,
)
from compositor.typeset.document.tags import keep_outer_links, own_tags
from compositor.typeset.engine import heard
from compositor.typeset.faces import undeclared
from compositor.typeset.files import Files
from compositor.typeset.folios import Margins
from compositor.typeset.margins.gaps import (
    all_artifacts,
    compact,
    give_references,
    margins_left_open,
    resources_left_open,
)
from compositor.typeset.margins.moved import Extent, gaps_in, kept_margins

SCALE = 0.75
"""Points in a CSS pixel."""
FOR_PRINT = 1 << 2
"""The flag of an annotation that is printed; PDF/A demands it (ISO 19005-2, 6.3.2)."""


_files: dict[bytes, bytes] = {}
"""The font files of painted units, each once."""


class Section:
    """The objects of a unit in a PDF, without margins, numbers, and the numbers of other parts."""

    def __init__(self, document: Any, trim: Trim, lost: Sequence[str] = ()) -> None:
        """Paint a unit without its margins; `lost` are anchors that lead nowhere."""
        pages = document.pages
        keep_outer_links(pages)
        carry_into_bleed(pages, trim)
        self._trim, self._copy, self._fonts = trim, document.copy(pages), pydyf.Dictionary()
        with (
            heard() as self._messages, own_tags(pages) as tags, _as_section(self._fonts, lost),
            margins_left_open(pages) as self._gaps, resources_left_open(self._copy) as self._resources,
            backgrounds_untouched(pages),
        ):  # fmt: skip
            self._pdf = generate(self._copy, pdf_tags=True)
        self._tags, self._pages, self._tree = tags[0], _of_type(self._pdf, "/Page"), self._pdf.pages
        set_boxes(self._pages, trim)
        compact([made for made in self._pdf.objects if isinstance(made, pydyf.Stream) and made.compress])
        self._tags.forget()
        self._anchors, self._margins = tuple(_anchors(pages)), Margins.of(pages)
        self._copy.pages = []
        self._share_files()
        self.files: Files = ()
        """The files that were read for it."""

    def _share_files(self) -> None:
        """Keep one copy of each font file in this process: WeasyPrint reads one for each document and size."""
        for font in self._copy.fonts.values():
            font.file_content = _files.setdefault(font.file_content, font.file_content)

    def finish(self, first_folio: int) -> None:
        """Paint the margins, for this first page number; call it once."""
        body = uses_of(self._copy.fonts.values())
        before = Extent.of(self._pdf, self._resources[1])
        self._margins.set(first_folio)
        with heard() as messages, all_artifacts():
            for page in self._margins.pages:
                carry_margins(page, self._trim)
            for gap in self._gaps:
                gap.fill(self._margins.pages[gap.page])
        is_plain = before == Extent.of(self._pdf, self._resources[1])
        give_references(self._resources)
        self._nodes = [pydyf.Dictionary() for _ in range(2 if self._tags.annotations else 1)]
        plain, streams = self._sorted(self._pdf)
        gaps = gaps_in(streams)
        self._kept = kept_margins(self._margins, first_folio, gaps, body) if is_plain else None
        self._part = Part(plain, streams)
        self._number_of_the_whole(self._pdf)
        self.fonts: Mapping[str, Any] = {font.hash: font for font in reversed(self._copy.fonts.values())}
        self.painted = Painted(
            Size(len(self._part.plain), len(self._part.streams)),
            len(self._pages),
            len(self._tags.top),
            len(self._tags.annotations),
            self._anchors,
            uses_of(self._copy.fonts.values()),
            tuple(_pictures(self._part.streams)),
            (*self._messages, *messages),
            tuple(undeclared(self._copy)),
        )
        del self._pdf, self._gaps, self._margins, self._resources

    def _sorted(self, pdf: Any) -> tuple[list[Any], list[Any]]:
        """Return all objects in order, then the streams: pages, elements below the document, nodes of trees, then the
        rest."""
        first = [*self._pages, *self._tags.top, *self._nodes, self._tree]
        known = {id(made) for made in first} | {id(pdf.catalog), id(pdf.objects[0])}
        rest = [made for made in pdf.objects if id(made) not in known]
        streams = [made for made in rest if isinstance(made, pydyf.Stream)]
        plain = [made for made in rest if not isinstance(made, pydyf.Stream)]
        for made in plain:
            if made.get("Type") == "/Annot":
                made["F"] = FOR_PRINT
        return [*first, *plain], [made for made in streams if made.extra.get("N") is None]

    def _number_of_the_whole(self, pdf: Any) -> None:
        """Give the objects that the whole file has once their fixed numbers."""
        for made in pdf.objects:
            if isinstance(made, pydyf.Stream) and made.extra.get("N") is not None:
                made.number = PROFILE
        self._tags.document.number = DOCUMENT
        self._tree["Parent"] = b"%d 0 R" % PAGES

    def written(self, where: WriteSection) -> Block:
        """Return the bytes of the section at its place."""
        self._number(where)
        return self._part.written(where.first, where.borrowed)

    def movable(self) -> Movable:
        """Return the section in a form that can be kept, and written at any place."""
        return replace(movable(self._part, self._number, tuple(self.painted.faces)), margins=self._kept)

    def _number(self, where: WriteSection) -> None:
        """Give all objects the numbers that they have at this place."""
        self._part.number(where.first, where.borrowed)
        for number, page in enumerate(self._pages, where.page):
            page["StructParents"] = number
        for number, (_, annotation) in enumerate(self._tags.annotations, where.annotation):
            annotation["StructParent"] = number
        self._tree["Kids"] = pydyf.Array([page.reference for page in self._pages])
        _fill(self._nodes[0], where.page, [pydyf.Array(owners) for owners in self._tags.owners])
        if self._tags.annotations:
            _fill(self._nodes[1], where.annotation, [element.reference for element, _ in self._tags.annotations])
        for face, number in where.fonts.items():
            self._fonts[face] = b"%d 0 R" % number


def _fill(node: Any, first: int, values: Sequence[Any]) -> None:
    """Fill a node of the number tree from content to elements."""
    node["Limits"] = pydyf.Array([first, first + len(values) - 1])
    node["Nums"] = pydyf.Array([one for number, value in enumerate(values, first) for one in (number, value)])


def _of_type(pdf: Any, kind: str) -> list[Any]:
    return [made for made in pdf.objects if isinstance(made, dict) and made.get("Type") == kind]


@contextmanager
def _as_section(fonts: Any, lost: Sequence[str]) -> Iterator[None]:
    """Keep WeasyPrint, inside the `with` block, from writing what needs the other units: fonts, destinations, lost
    links."""
    from weasyprint import pdf

    before = pdf.build_fonts_dictionary, pdf.resolve_links

    def resolve_links(pages: Sequence[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
        from weasyprint.logger import LOGGER

        for page in pages:
            for kind, target, *_ in page.links:
                if kind == "internal" and target in lost:
                    LOGGER.error("No anchor #%s for internal URI reference", target)
            yield [link for link in page.links if link[0] != "internal" or link[1] not in lost], []

    pdf.build_fonts_dictionary, pdf.resolve_links = lambda *_: fonts, resolve_links
    try:
        yield
    finally:
        pdf.build_fonts_dictionary, pdf.resolve_links = before


def _anchors(pages: Sequence[Any]) -> Iterator[Anchor]:
    """Yield each anchor at its first place."""
    from weasyprint.matrix import Matrix

    known = set[str]()
    for number, page in enumerate(pages):
        matrix = Matrix(SCALE, 0, 0, -SCALE, 0, page.height * SCALE)
        for name, (left, top, *_) in page.anchors.items():
            if name not in known:
                known.add(name)
                x, y = matrix.transform_point(left, top)
                yield Anchor(name, number, x, y)


def _pictures(streams: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """Yield pictures by digests of their content: a picture in several units is one object of the file."""
    for number, stream in enumerate(streams):
        if stream.extra.get("Subtype") == "/Image":
            digest = sha256()
            for one in (stream, *_masks(stream)):
                said = {key: value for key, value in one.extra.items() if key != "SMask"}
                digest.update(pydyf.Dictionary(said).data + content(one))
            yield digest.hexdigest(), number


def _masks(stream: Any) -> Iterator[Any]:
    if "SMask" in stream.extra:
        yield stream.extra["SMask"].target
