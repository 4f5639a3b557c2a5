"""Documents -> what can be claimed of their accessibility: only what is computed from them.

Source: EPUB Accessibility 1.1, section 2.2; the values are those of schema.org's accessibility vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compositor.errors import warning
from compositor.formats.epub import grounds
from compositor.formats.epub.grounds import MATHML, Against, Documents, Ground
from compositor.language import Language
from compositor.model import Book, Finding, PageMap, Place, Review

CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The statement of conformance. Source: EPUB Accessibility 1.1, section 4.1."""
HARMLESS = "no hazard"
FEATURES: Mapping[str, tuple[Ground, ...]] = {
    "structuralNavigation": (grounds.headings,),
    "tableOfContents": (grounds.contents,),
    "readingOrder": (grounds.order,),
    "displayTransformability": (grounds.sizes, grounds.colours),
    "alternativeText": (grounds.descriptions,),
    "MathML": (),
    "describedMath": (grounds.formulas,),
}
"""Feature -> its conditions; those of formulas are for books that have any."""
OF_FORMULAS = {"MathML", "describedMath"}
GROUNDS: tuple[Ground, ...] = (
    *(ground for needed in FEATURES.values() for ground in needed),
    grounds.motion,
    grounds.tables,
    grounds.links,
    grounds.languages,
)
"""Everything a review certifies that a program can check."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims, as property and value of each `meta` element of the package; and those not made, with reasons."""

    said: tuple[tuple[str, str], ...]
    withheld: Mapping[str, tuple[Against, ...]]


def claims(documents: Documents, words: Language, review: Review | None = None) -> Claims:
    """Return the claims that hold for these documents; a review by people counts unless Compositor finds faults."""
    against = {ground: tuple(ground(documents)) for ground in dict.fromkeys(GROUNDS)}
    formulas = any(next(tree.iter(f"{{{MATHML}}}math"), None) is not None for tree in documents.trees.values())
    asked = [feature for feature in FEATURES if formulas or feature not in OF_FORMULAS]
    withheld = {feature: tuple(a for ground in FEATURES[feature] for a in against[ground]) for feature in asked}
    withheld[HARMLESS] = against[grounds.motion]
    if review is not None and review.by:
        withheld[CONFORMS] = tuple(a for found in against.values() for a in found)
    said = _said(words, [feature for feature in asked if not withheld[feature]], still=not withheld[HARMLESS])
    certified = _certified(review) if review is not None and review.by and not withheld[CONFORMS] else ()
    return Claims((*said, *certified), {claim: causes for claim, causes in withheld.items() if causes})


def _said(words: Language, features: list[str], still: bool) -> Iterator[tuple[str, str]]:
    described = "alternativeText" in features
    yield "schema:accessMode", "textual"
    yield "schema:accessMode", "visual"
    yield "schema:accessModeSufficient", "textual" if described else "textual,visual"
    for feature in features:
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none" if still else "unknown"
    general, all_of_them, some_of_them = words.accessibility
    whole = {"structuralNavigation", "displayTransformability"} <= set(features)
    pictures = all_of_them if described else some_of_them
    yield "schema:accessibilitySummary", f"{general} {pictures}" if whole else pictures


def page_claims(pages: PageMap | None) -> Iterator[tuple[str, str]]:
    """Yield the claims that hold if every page of the PDF has its mark and its line in the list of pages."""
    if pages is not None:
        yield "schema:accessibilityFeature", "pageBreakMarkers"
        yield "schema:accessibilityFeature", "pageNavigation"
        yield "pageBreakSource", pages.source


def _certified(review: Review) -> Iterator[tuple[str, str]]:
    """Yield who has checked, and where the report is; the date is part of the name."""
    yield "dcterms:conformsTo", CONFORMS
    yield "a11y:certifiedBy", f"{review.by} ({review.date})"
    if review.report:
        yield "a11y:certifierReport", review.report


def doubts(book: Book, withheld: Mapping[str, tuple[Against, ...]]) -> Iterator[Finding]:
    """Yield a finding for each claim that does not hold, at the first reason against it."""
    sources = {unit.key: unit.chapter.source.path for unit in book.units}
    for claim, causes in withheld.items():
        first, others = causes[0], len(causes) - 1
        more = f" (and {others} more)" if others else ""
        where = sources.get(first.document, "book.toml" if first.document else "styles/epub.css")
        code = "E014" if claim == CONFORMS else "E013"
        message = f'the EPUB does not claim "{claim}": {first.cause}{more}'
        yield warning(code, message, Place(where), "fix it to make the claim again, or leave it unclaimed")


EXPLANATIONS: dict[str, str] = {
    "E013": "An EPUB states what readers with disabilities can rely on, and shops show it. Compositor claims only "
    "what it has found in the finished documents. Here something contradicts a claim, so the claim was left out. Fix "
    "what the message names: a picture without `fig-alt`, a heading that skips a level, or a colour in the style "
    "sheet of the book with too little contrast.",
    "E014": "book.toml names a review of the book's accessibility, but the finished documents contain something that "
    "such a review would not accept. So the EPUB does not claim conformance. Fix what the message names, or have the "
    "book reviewed again.",
}
