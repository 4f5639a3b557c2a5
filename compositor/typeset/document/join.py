"""Laid-out units -> one PDF: outline, page labels and metadata from the model, none of them from CSS."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from compositor.model import Edition, Metadata
from compositor.typeset.document.bleed import Trim, carry_into_bleed, set_boxes
from compositor.typeset.document.endings import avoid_carriage_returns
from compositor.typeset.document.tags import keep_outer_links, own_tags
from compositor.typeset.document.xmp import declare_pdf_ua
from compositor.typeset.engine import heard
from compositor.typeset.faces import undeclared
from compositor.typeset.values import VARIANT, PageLabel, Tell, Volume


def join(documents: Sequence[Any], volume: Volume, tell: Tell, trim: Trim) -> tuple[bytes, tuple[str, ...]]:
    """One tagged PDF of all pages of WeasyPrint's documents in their order, and what WeasyPrint had to say about it.

    Raises nothing for an anchor that is missing: the checks of the finished file find it.
    """
    pages = [page for document in documents for page in document.pages]
    bookmarks = {entry.anchor: entry for entry in volume.outline}
    for page in pages:
        found = [(bookmarks.pop(name), target) for name, target in page.anchors.items() if name in bookmarks]
        page.bookmarks = [(e.level, e.label, target[:2], "open" if e.open else "closed") for e, target in found]
    keep_outer_links(pages)
    carry_into_bleed(pages, trim)
    document = documents[0].copy(pages)
    _describe(document.metadata, volume.metadata, volume.edition)
    declare_pdf_ua(document.metadata)
    with heard() as messages, own_tags(pages), _telling(documents, tell), warnings.catch_warnings():
        # WeasyPrint 70 leaves closing its colour profile to the garbage collector.
        warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014\.icc", ResourceWarning)
        finisher = _finisher(volume.labels, tell, trim)
        data = document.write_pdf(pdf_variant=VARIANT, custom_metadata=True, finisher=finisher)
    machine = (f'the font "{family}" is declared by no style sheet' for family in undeclared(document))
    return data, (*messages, *machine)


@contextmanager
def _telling(documents: Sequence[Any], tell: Tell) -> Iterator[None]:
    """While the block runs, say which unit is painted: as the first of its pages is."""
    first_pages = {id(document.pages[0]): number for number, document in enumerate(documents)}

    def paint(page: Any, *arguments: Any, **options: Any) -> None:
        if id(page) in first_pages:
            tell(first_pages[id(page)])
        original(page, *arguments, **options)

    kind = type(documents[0].pages[0])
    original = kind.paint
    kind.paint = paint
    try:
        yield
    finally:
        kind.paint = original


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


def _finisher(labels: Sequence[PageLabel], tell: Tell, trim: Trim) -> Any:
    def finish(document: Any, pdf: Any) -> None:
        import pydyf

        tell(None)
        numbers = pydyf.Array()
        for label in labels:
            numbers.extend([label.index, _label(label)])
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})

        set_boxes(pdf, trim)
        avoid_carriage_returns(pdf)

    return finish


def _label(label: PageLabel) -> Any:
    import pydyf

    said = pydyf.Dictionary({"S": f"/{label.style}", "St": label.first} if label.style else {})
    if label.prefix:
        said["P"] = pydyf.String(label.prefix)
    return said
