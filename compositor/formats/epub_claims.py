"""Documents -> what can be claimed of their accessibility: nothing that is not computed from them.

Source: EPUB Accessibility 1.1, section 2.2; the values are those of schema.org's accessibility vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from compositor.formats.epub_resources import SVG, XHTML
from compositor.language import Language
from compositor.model import PageMap

MATHML = "http://www.w3.org/1998/Math/MathML"
ALWAYS = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")
"""True of every book of the press: its documents have headings, an order, and no fixed sizes."""
SUMMARIES = {
    "en": (
        "The text can be read in any size, aloud and in Braille. Headings, notes and references are marked.",
        "Every picture has a description.",
        "Some pictures have no description.",
    ),
    "de": (
        "Der Text lässt sich in jeder Größe, als Sprache und in Braille lesen. Überschriften, Anmerkungen "
        "und Verweise sind ausgezeichnet.",
        "Jedes Bild hat eine Beschreibung.",
        "Einige Bilder haben keine Beschreibung.",
    ),
}
"""What holds of every book; then what holds where all, or not all, pictures have a text instead."""


def claims(documents: Iterable[etree._Element], words: Language) -> Iterator[tuple[str, str]]:
    """Property and value of each claim, as `meta` elements of the package have them."""
    trees = tuple(documents)
    described = all(_described(element) for tree in trees for element in _pictures(tree))
    yield "schema:accessMode", "textual"
    yield "schema:accessMode", "visual"
    yield "schema:accessModeSufficient", "textual" if described else "textual,visual"
    features = [*ALWAYS, *["alternativeText"] * described, *["MathML"] * _maths(trees)]
    for feature in features:
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none" if _still(trees) else "unknown"
    general, all_of_them, some_of_them = SUMMARIES.get(words.tag.split("-")[0], SUMMARIES["en"])
    yield "schema:accessibilitySummary", f"{general} {all_of_them if described else some_of_them}"


def page_claims(pages: PageMap | None) -> Iterator[tuple[str, str]]:
    """What holds where every page of the PDF has its mark and its line in the list of pages, and of which PDF."""
    if pages is not None:
        yield "schema:accessibilityFeature", "pageBreakMarkers"
        yield "schema:accessibilityFeature", "pageNavigation"
        yield "pageBreakSource", pages.source


def _pictures(tree: etree._Element) -> Iterator[etree._Element]:
    yield from tree.iter(f"{{{XHTML}}}img", f"{{{SVG}}}svg")


def _described(picture: etree._Element) -> bool:
    """Whether a text stands for the picture, or it is marked as decoration."""
    decorative = picture.get("role") in ("presentation", "none") or picture.get("aria-hidden") == "true"
    return decorative or any(picture.get(name) for name in ("alt", "aria-label", "aria-labelledby"))


def _maths(trees: Iterable[etree._Element]) -> bool:
    return any(next(tree.iter(f"{{{MATHML}}}math"), None) is not None for tree in trees)


def _still(trees: Iterable[etree._Element]) -> bool:
    """Whether nothing can flash: only a GIF of what the press lets in can move."""
    sources = (element.get("src", "") for tree in trees for element in tree.iter(f"{{{XHTML}}}img"))
    return not any(source.lower().endswith(".gif") for source in sources)
