"""Book -> the pages that an earlier build has given it: those of its PDF, else those in the cache."""

from __future__ import annotations

from compositor.formats import FORMATS, PDF
from compositor.formats.writing.finished_pages import FinishedPages, finished_pages
from compositor.formats.writing.outputs import target
from compositor.made_before.of_a_book import before
from compositor.model import PageMap
from compositor.press import Proof


def earlier_pages(proof: Proof, output: str) -> FinishedPages | None:
    """Return the pages of this very book if known, else those of the last PDF at the place of the output, or None."""
    if proof.book is None:
        return None
    at_hand = finished_pages(target(output, proof.book.slug, PDF))
    build = proof.book.edition.build_id
    if at_hand is not None and at_hand.build == build:
        return at_hand
    return _in_the_cache(proof, build) or at_hand


def _in_the_cache(proof: Proof, build: str) -> FinishedPages | None:
    if proof.theme is None or proof.errors:
        return None
    for formats in ((PDF,), FORMATS):
        outputs, _ = before(proof, formats).outputs() or ({}, ())
        pages = outputs[PDF.name].pages if PDF.name in outputs else None
        if pages is not None:
            return _of_map(pages, build)
    return None


def _of_map(pages: PageMap, build: str) -> FinishedPages:
    anchors = {name: number for number, page in reversed([*enumerate(pages.pages)]) for name in page.anchors}
    return FinishedPages(build, tuple(page.folio for page in pages.pages), anchors)
