"""Drawings of an EPUB -> the same with the fonts of their labels embedded; and which of them are as wide as the text.

A picture cannot use its document's fonts. With another font, a label may become wider than it was drawn, and be cut at
the edge. WOFF2, in the drawing itself: an engine that supports fonts in a drawing supports that, and none reads a
separate file.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from compositor.cache import digest, remembered
from compositor.fonts.faces import Face, families
from compositor.formats.epub.cutting import Cut, renamed
from compositor.formats.epub.resources import PICTURES, Resource, strict_parser
from compositor.pictures.svg.cascade import Styles, TooMuch
from compositor.pictures.svg.lines import length
from compositor.pictures.svg.values import SVG

WEIGHTS = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}
WORDS = (f"{{{SVG}}}text", f"{{{SVG}}}tspan", f"{{{SVG}}}textPath")
SMALL, INSIDE = Cut("Label", features=("kern",)), Cut("Label", features=("kern",), flavour="woff2")
"""Family names of the fonts; a drawing's style sheet has those of its labels."""
AS_WIDE = 0.6
"""Fraction of the measure on paper: a drawing that fills so much of it fills a screen too."""
PIXELS = 96 / 72
"""Pixels of CSS in a point."""
Letters = dict[int, set[int]]
"""The fonts -> the letters that are set in each."""


def with_label_faces(
    found: Mapping[str, Resource], faces: Sequence[tuple[Face, bytes]]
) -> Mapping[str, Resource]:
    """Return the pictures by path, each drawing with those of the fonts that its labels name, and their letters."""
    drawings = {path: one.data for path, one in found.items() if one.media_type == PICTURES[".svg"]}
    parts = (part for path, data in drawings.items() for part in (path, data))
    known = (part for face, data in faces for part in (repr(face), data))
    made = remembered(lambda: _with_faces(drawings, faces), "drawings with faces", digest(*parts), digest(*known))
    return {path: replace(one, data=made[path]) if path in made else one for path, one in found.items()}


def _with_faces(drawings: Mapping[str, bytes], faces: Sequence[tuple[Face, bytes]]) -> dict[str, bytes]:
    """Return the drawings, by path, that name one of the fonts, with what they need of it."""
    without = {path: data for path, data in drawings.items() if b"@font-face" not in data}
    trees = {path: etree.fromstring(data, strict_parser()) for path, data in without.items()}
    cast = {path: _cast(tree, [face for face, _ in faces]) for path, tree in trees.items()}
    named = sorted({number for one in cast.values() for number in one})
    whole = {number: frozenset(code for one in cast.values() for code in one.get(number, ())) for number in named}
    small = {number: renamed(faces[number][1], letters, SMALL) for number, letters in whole.items()}
    made = {}
    for path, letters in cast.items():
        if letters:
            rules = "".join(_rule(faces[number][0], small[number], codes) for number, codes in letters.items())
            made[path] = _with_rules(trees[path], rules)
    return made


def _cast(tree: etree._Element, faces: Sequence[Face]) -> Letters:
    """Return the fonts of the words of a drawing, each with its letters; empty if it has too many style rules."""
    found: Letters = {}
    try:
        styles = Styles(tree)
    except TooMuch:
        return found
    for element in tree.iter(*WORDS):
        number = _chosen(styles.of(element), faces)
        if number is not None:
            found.setdefault(number, set()).update(map(ord, _own_words(element)))
    return {number: letters for number, letters in sorted(found.items()) if letters}


def _own_words(element: etree._Element) -> Iterator[str]:
    """Yield the text in an element itself, and the text after its children."""
    yield from element.text or ""
    for child in element:
        yield from child.tail or ""


def _chosen(style: Mapping[str, str], faces: Sequence[Face]) -> int | None:
    """Return the font of the first known family: first by slant, then by weight."""
    known = {face.family for face in faces}
    family = next((name for name in families(style.get("font-family", "")) if name in known), "")
    weight = _weight(style.get("font-weight", "normal"))
    slanted = style.get("font-style", "normal") != "normal"
    rated = [
        ((face.style != "normal") != slanted, abs(_weight(face.weight) - weight), number)
        for number, face in enumerate(faces)
        if face.family == family
    ]
    return min(rated)[-1] if rated else None


def _weight(told: str) -> int:
    return int(told) if told.isdecimal() else WEIGHTS.get(told, 400)


def _rule(face: Face, data: bytes, letters: set[int]) -> str:
    address = f"data:font/woff2;base64,{b64encode(renamed(data, frozenset(letters), INSIDE)).decode()}"
    told = f"font-weight:{face.weight};font-style:{face.style};src:url({address})"
    return f'@font-face{{font-family:"{face.family}";{told}}}'


def _with_rules(tree: etree._Element, rules: str) -> bytes:
    sheet = etree.Element(f"{{{SVG}}}style")
    sheet.text, sheet.tail = rules, "\n"
    titles = sum(1 for child in tree if child.tag in (f"{{{SVG}}}title", f"{{{SVG}}}desc"))
    tree.insert(titles, sheet)
    return etree.tostring(tree, encoding="utf-8")


def wide_drawings(found: Mapping[str, Resource], measure: float) -> frozenset[str]:
    """Return the paths of drawings that take most of a line on paper; `measure`: the width of that, in points."""
    drawings = ((path, one.data) for path, one in found.items() if one.media_type == PICTURES[".svg"])
    return frozenset(path for path, data in drawings if _width(data) >= AS_WIDE * measure * PIXELS)


def _width(data: bytes) -> float:
    """Return the natural width of a drawing, in pixels of CSS; None if it is as wide as its container."""
    root = etree.fromstring(data, strict_parser())
    box = root.get("viewBox", "").replace(",", " ").split()
    told = root.get("width") or (box[2] if len(box) == 4 else "0")
    return length(told, 16.0) or 0.0
