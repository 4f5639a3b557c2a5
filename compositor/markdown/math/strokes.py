"""MathML -> what ziamath draws: its own dialect, and what it lacks.

ziamath is made for the MathML of another converter. What it reads differently is converted, and what it would draw
wrongly is refused: an empty box for a letter, a formula that takes forever.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from lxml import etree

from compositor.markdown.math.source import Unreadable

if TYPE_CHECKING:
    from ziamath.zmath import Math

SIZE = 10.0
"""Size at which formulas are drawn, so that a tenth of a length is in em."""
COSTLIEST = 60_000
"""Most boxes in a formula; a row measures all its content twice, so they double with each level."""
HIGHEST, WIDEST = 40.0, 400.0
"""The largest drawing in em; a larger one is a mistake or a joke."""
ZIAMATHS_EM = 0.75
"""ziamath's em is 4/3 of its font size."""
RULE = 0.4
"""Thickness of a rule between cells."""
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""Exceptions that ziamath raises for what it does not know."""
INVISIBLE = "\u2061\u2062\u2063\u2064"
STRETCHED = {"→": "⟶", "←": "⟵", "⇒": "⟹", "⇐": "⟸", "↔": "⟷", "⇔": "⟺", "↦": "⟼"}
"""Arrows below words, which ziamath does not make as long as the words."""
_Cells = list[tuple[float, float, float, float]]
OWN_HEIGHT = frozenset(("math", "mrow", "merror", "mpadded", "mphantom", "mtable", "mtr", "mtd", "none"))
"""Elements that ziamath treats as rows, or that contain nothing else."""
ROWS = ("math", "mrow", "mstyle", "mtd", "msqrt", "mphantom", "mpadded", "menclose")


@cache
def _ziamath() -> Any:
    """Return the library, set up once: its settings are global."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it opens its font in a deprecated way
        from ziamath import styles, zmath
        from ziamath.config import config
        from ziamath.operators import operators

    config.svg2 = False  # paths, not symbols: without ids, and WeasyPrint can draw all of it
    operators["×", "infix"] = operators["+", "infix"]  # its table is that of MathML 2; TeX spaces both alike
    for known, signs in (("+", "∧∨∩∪∗⋅"), ("=", "⊂↪↩⇝≜≝≟⟼⋈")):
        operators.update({(sign, "infix"): operators[known, "infix"] for sign in signs})
    # it copies the style of each sign, with all its content, to read five values
    styles.asdict = vars  # type: ignore[attr-defined,assignment]
    _rule_tables()
    _measure_what_stretches()
    return zmath


def _measure_what_stretches() -> None:
    """Lay out a row twice, to know how high brackets are, only if it has some; ziamath always does."""
    from ziamath.nodes.mrow import Mrow

    measured = Mrow._get_height_nostretch

    def height(row: Mrow, line: list[ElementTree.Element], **given: Any) -> tuple[float, float]:
        return measured(row, line, **given) if any(map(_stretches, line)) else (0.0, 0.0)

    Mrow._get_height_nostretch = height  # type: ignore[method-assign,assignment]


def _stretches(element: ElementTree.Element) -> bool:
    """Return whether a sign may be as high as the row of the element; a nested row has its own height."""
    if element.tag in ("mo", "mi"):
        given = element.get("stretchy")
        return given != "false" if given is not None else (element.text or "").strip() in _stretching()
    return element.tag not in OWN_HEIGHT and any(map(_stretches, element))


@cache
def _stretching() -> frozenset[str]:
    """Return the signs that ziamath's table makes as high as their row."""
    from ziamath.operators import operators

    return frozenset(sign for (sign, _), told in operators.items() if told.get("stretchy", "false") != "false")


def _rule_tables() -> None:
    """Draw rules between the cells of a table, which ziamath does not do."""
    from ziamath.nodes.mtable import Mtable

    class Ruled(Mtable, tag="mtable"):
        """A table with the rules of `columnlines` and `rowlines`."""

        def draw(self, x: float, y: float, svg: ElementTree.Element) -> tuple[float, float]:
            end = super().draw(x, y, svg)
            cells = iter(zip(self.nodexy, self.nodes, strict=True))
            rows = [[_sides(*next(cells)) for _ in row] for row in self.element]
            columns = [[row[at] for row in rows if len(row) > at] for at in range(max(map(len, rows)))]
            whole = [(x + left, x + right, y + top, y + bottom) for row in rows for left, right, top, bottom in row]
            top, bottom = min(cell[2] for cell in whole), max(cell[3] for cell in whole)
            left, right = min(cell[0] for cell in whole), max(cell[1] for cell in whole)
            for one, next_ in _ruled_pairs(columns, self.element.get("columnlines", "")):
                middle = x + (max(cell[1] for cell in one) + min(cell[0] for cell in next_)) / 2
                _rule(svg, middle - RULE / 2, top, RULE, bottom - top)
            for one, next_ in _ruled_pairs(rows, self.element.get("rowlines", "")):
                middle = y + (max(cell[3] for cell in one) + min(cell[2] for cell in next_)) / 2
                _rule(svg, left, middle - RULE / 2, right - left, RULE)
            return end


def _sides(place: tuple[float, float], node: Any) -> tuple[float, float, float, float]:
    """Return left, right, top and bottom of a cell, with y downwards."""
    box = node.bbox
    return place[0] + box.xmin, place[0] + box.xmax, place[1] - box.ymax, place[1] - box.ymin


def _ruled_pairs(lines: Sequence[_Cells], rules: str) -> Iterator[tuple[_Cells, _Cells]]:
    """Yield the neighbours with a rule between them."""
    for rule, pair in zip(rules.split(), pairwise(lines), strict=False):
        if rule == "solid":
            yield pair


def _rule(svg: ElementTree.Element, left: float, top: float, width: float, height: float) -> None:
    lengths = {"x": left, "y": top, "width": width, "height": height}
    ElementTree.SubElement(svg, "rect", {name: f"{length:.3f}" for name, length in lengths.items()})


def drawn(tree: etree._Element) -> Math:
    """Lay out the formula with ziamath. Raises Unreadable if it cannot draw it, or would draw it wrongly."""
    root = _copied(tree)
    if _cost(root) > COSTLIEST:
        raise Unreadable("it is nested too deeply to be drawn")
    library = _ziamath()
    font = library.loadedfonts["default"]
    for letter in sorted({letter for text in root.itertext() for letter in text if not letter.isspace()}):
        if not font.glyphindex(letter):
            raise Unreadable(f"the math font has no {letter}")
    try:
        made: Math = library.Math(root, size=SIZE, margin=0)
        width, height = (length / SIZE for length in made.getsize())
    except FAULTS as problem:
        raise Unreadable("it cannot be drawn") from problem
    if not (0 < height < HIGHEST and 0 < width < WIDEST):
        raise Unreadable(f"it would be {width:.0f} em wide and {height:.0f} em high")
    return made


def _copied(element: etree._Element) -> ElementTree.Element:
    """Return a copy without namespaces, in the forms that ziamath knows."""
    name = etree.QName(element).localname
    attributes = {str(key): str(value) for key, value in element.attrib.items() if key not in ("style", "class")}
    made = ElementTree.Element(name, attributes)
    made.text = "".join(letter for letter in element.text or "" if letter not in INVISIBLE)
    for child in element:
        made.extend(_in_its_place(_copied(child), child))
    if name in ("mover", "munder", "munderover") and len(element[1]) == 2 and element[1][1].get("width") == "3.5em":
        made[0].text = STRETCHED.get(made[0].text or "", made[0].text)
        for number, script in enumerate(list(made)[1:], 1):
            made[number] = script[0]
    if name == "mmultiscripts":
        return _both_sides(made)
    if name == "mrow" and len(made) == 1 and made[0].tag in ("mi", "mo", "mn", "mtext", "mrow"):
        if "mathcolor" in attributes:
            made[0].attrib.setdefault("mathcolor", attributes["mathcolor"])
        return made[0]
    if name in ROWS and name != "math" and not len(made):
        made.append(_space("0"))
    return made


def _in_its_place(made: ElementTree.Element, source: etree._Element) -> list[ElementTree.Element]:
    """Return the forms of one element among its siblings; nothing for an invisible operator."""
    parent = source.getparent()
    in_row = parent is not None and etree.QName(parent).localname in ROWS
    if made.tag == "mo" and not (made.text or "").strip():
        return [] if in_row else [_space("0")]
    if made.tag == "mspace":
        width = made.get("width")
        if width is None and in_row and parent is not None and len(parent) > 1:
            return []  # keeps engines from setting a name as a variable
        number = re.match(r"(-?[\d.]+)em", width or "")
        made.set("width", f"{float(number[1]) * ZIAMATHS_EM:.4f}em" if number else width or "0")
    for side in ("lspace", "rspace"):
        number = re.match(r"(-?[\d.]+)em", made.get(side, "")) if made.tag == "mo" else None
        if number:
            made.set(side, f"{float(number[1]):.4f}em")
    return [made]


def _space(width: str) -> ElementTree.Element:
    return ElementTree.Element("mspace", {"width": width})


def _both_sides(element: ElementTree.Element) -> ElementTree.Element:
    """Turn scripts on the left of a letter into scripts of an empty base before it."""
    base, *scripts = list(element)
    at = next((number for number, one in enumerate(scripts) if one.tag == "mprescripts"), len(scripts))
    row = ElementTree.Element("mrow")
    for inner, pair in ((_space("0"), scripts[at + 1 : at + 3]), (base, scripts[:at][:2])):
        if len(pair) == 2:
            scripted = ElementTree.SubElement(row, "msubsup")
            scripted.extend([inner, *pair])
        elif inner is base:
            row.append(inner)
    return row


def _cost(element: ElementTree.Element) -> int:
    inner = sum(min(_cost(child), COSTLIEST + 1) for child in element)
    return min(1 + inner * (2 if element.tag in (*ROWS, "mtr", "mtable") else 1), COSTLIEST + 1)
