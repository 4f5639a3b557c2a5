"""Laid-out units -> one PDF: outline, page labels and metadata from the model, none of them from CSS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from compositor.model import Edition, Metadata
from compositor.typeset.engine import heard
from compositor.typeset.unit import LaidOut


@dataclass(frozen=True, slots=True)
class Outline:
    """A bookmark: its depth (from 1), its words, the anchor it leads to, and whether it shows its children."""

    level: int
    label: str
    anchor: str
    open: bool


@dataclass(frozen=True, slots=True)
class PageLabel:
    """From this physical page (from 0) on, folios of this style (`r` or `D`), beginning with a number."""

    index: int
    style: str
    first: int


def join(
    laid: Sequence[LaidOut],
    outline: Sequence[Outline],
    labels: Sequence[PageLabel],
    metadata: Metadata,
    edition: Edition,
) -> tuple[bytes, tuple[str, ...]]:
    """One tagged PDF of all pages in their order, and what WeasyPrint had to say about it.

    Raises nothing for an anchor that is missing: the checks of the finished file find it.
    """
    pages = [page for unit in laid for page in unit.document.pages]
    bookmarks = {entry.anchor: entry for entry in outline}
    for page in pages:
        found = [(bookmarks[name], target) for name, target in page.anchors.items() if name in bookmarks]
        page.bookmarks = [(e.level, e.label, target[:2], "open" if e.open else "closed") for e, target in found]
    document = laid[0].document.copy(pages)
    _describe(document.metadata, metadata, edition)
    with heard() as messages:
        data = document.write_pdf(pdf_tags=True, custom_metadata=True, finisher=_finisher(labels))
    return data, tuple(messages)


def _describe(target: Any, metadata: Metadata, edition: Edition) -> None:
    from compositor import __version__

    target.title = metadata.title
    target.authors = list(metadata.authors)
    target.description = metadata.description or metadata.subtitle
    target.keywords = list(metadata.keywords)
    target.lang = metadata.language
    target.generator = f"compositor {__version__}"
    target.created = target.modified = edition.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    target.custom = {"CompositorBuild": edition.build_id}


def _finisher(labels: Sequence[PageLabel]) -> Any:
    def add_page_labels(document: Any, pdf: Any) -> None:
        import pydyf

        numbers = pydyf.Array()
        for label in labels:
            numbers.extend([label.index, pydyf.Dictionary({"S": f"/{label.style}", "St": label.first})])
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})

    return add_page_labels
