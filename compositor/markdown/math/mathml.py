"""TeX -> MathML, for screens and screen readers; drawings for paper are made from it too.

math-core writes MathML Core, which needs style sheets where MathML 3 has attributes. Reading systems know one or the
other, and EPUBCheck the older one; so the result has the attributes of MathML 3 as well as the styles.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from math_core import LatexError, LatexToMathML

from compositor.markdown.math.source import Unreadable, read

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
EXPANDED = 40_000
"""Most letters that the macros of one formula may expand to."""
CHILDREN = {
    **dict.fromkeys(("mfrac", "msup", "msub", "mover", "munder", "mroot"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
"""Element -> how many children it has. Source: MathML 3, section 3.1.3.1."""
_UNKNOWN = re.compile(r'Unknown (command|environment) "(?P<name>[^"]*)"')
_PLACED = re.compile(r"\A(?P<offset>\d+): (?P<words>.*)", re.DOTALL)


@lru_cache(maxsize=4096)
def tree(tex: str, display: bool) -> etree._Element:
    """Return the formula as elements of MathML, which must not be changed. Raises Unreadable."""
    formula = read(tex, display).tex
    try:
        made = _converter(max(10, EXPANDED // len(formula))).convert_with_local_state(formula, displaystyle=display)
    except LatexError as problem:
        raise _unreadable(tex, str(problem)) from problem
    root = etree.fromstring(made.replace("&ApplyFunction;", "\u2061").encode(), etree.XMLParser(resolve_entities=False))
    root.set("display", "block" if display else "inline")
    for element in list(root.iter(etree.Element)):
        _as_mathml_3(element)
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if len(element) != CHILDREN.get(name, len(element)):
            raise Unreadable("it makes no MathML")
    return root


@lru_cache(maxsize=16)
def _converter(expansions: int) -> LatexToMathML:
    return LatexToMathML(
        xml_namespace=True,
        fancy_error=False,
        allow_unreliable_rendering=True,
        max_expansions=min(expansions, 200),
    )


def mathml(tex: str, display: bool) -> str:
    """Return the formula as MathML, in its namespace, with its TeX as text for screen readers."""
    root = etree.fromstring(etree.tostring(tree(tex, display)))
    root.set("alttext", " ".join(tex.split()))
    return str(etree.tostring(root, encoding="unicode"))


def _unreadable(tex: str, message: str) -> Unreadable:
    """Return the converter's error in our words, and where it is in the author's text."""
    found = _UNKNOWN.search(message)
    if found is not None:
        name = found["name"]
        words, wanted = f"there is no command {name}", name
        if found[1] == "environment":
            words = f'there is no environment "{name}"; aligned, cases, array and the matrices are known'
            wanted = f"\\begin{{{name}}}"
        return Unreadable(words, max(tex.find(wanted), 0))
    placed = _PLACED.match(message)
    words = (placed["words"] if placed else message).strip().partition(". ")[0].rstrip(".")
    return Unreadable(words[:1].lower() + words[1:])


def _as_mathml_3(element: etree._Element) -> None:
    name = etree.QName(element).localname
    styles = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", element.get("style", "")))
    if name in ("b", "i", "span", "a", "em", "strong"):
        return
    if "color" in styles:
        element.set("mathcolor", styles["color"].lower())
        del element.attrib["style"]
    if name == "mtext":
        _words(element)
    elif name == "mspace":
        _space(element, styles)
    elif name == "mtd" and "text-align" in styles:
        element.set("columnalign", styles["text-align"])
    elif name == "mpadded":
        _padded(element, styles)
    elif name == "menclose":
        for empty in element.findall("{*}mrow[@class]"):
            element.remove(empty)
    elif name == "mtable":
        _table(element)
    elif name != "math" and element.get("displaystyle", element.get("scriptlevel")) is not None:
        _styled(element)
    if name in ("mi", "mo", "mtext", "mn") and element.text:
        element.text = re.sub("[\ufe00\ufe01]", "", element.text)


def _words(element: etree._Element) -> None:
    """Convert elements of HTML among words, which do not belong in the namespace of MathML."""
    marks = {etree.QName(inner).localname for inner in element.iterdescendants(etree.Element)}
    if not marks:
        return
    variant = " ".join(word for word, names in (("bold", "b strong"), ("italic", "i em")) if marks & set(names.split()))
    words = "".join(map(str, element.itertext()))
    for child in list(element):
        element.remove(child)
    element.text = words
    if variant:
        element.set("mathvariant", variant.replace(" ", "-"))


def _space(element: etree._Element, styles: dict[str, str]) -> None:
    if "margin-left" in styles:
        del element.attrib["style"]
        element.set("width", styles["margin-left"])


def _padded(element: etree._Element, styles: dict[str, str]) -> None:
    """Add space on both sides of what was made an operator."""
    if not styles:
        return
    element.tag = f"{{{NAMESPACE}}}mrow"
    del element.attrib["style"]
    for at, side in ((0, "padding-left"), (len(element) + 1, "padding-right")):
        width = styles.get(side, "0")
        element.insert(at, etree.Element(f"{{{NAMESPACE}}}mspace", {"width": width if width != "0" else "0em"}))


def _table(element: etree._Element) -> None:
    """Set the level of a table's type to that of its context, and rules between cells as attributes of the table."""
    if "scriptlevel" in element.attrib:
        del element.attrib["scriptlevel"]
    rows = [list(row) for row in element]
    width = max((len(row) for row in rows), default=0)
    right = [any("border-right" in row[at].get("style", "") for row in rows if at < len(row)) for at in range(width)]
    above = [any("border-top" in cell.get("style", "") for cell in row) for row in rows]
    first = rows[0][0].get("style", "") if width else ""
    if "text-align: right" in first and "padding-right: 0" in first:
        element.set("columnspacing", "0em 2em")
    if any(right[:-1]):
        element.set("columnlines", " ".join("solid" if rule else "none" for rule in right[:-1]))
    if any(above[1:]):
        element.set("rowlines", " ".join("solid" if rule else "none" for rule in above[1:]))


def _styled(element: etree._Element) -> None:
    """Move attributes that MathML 3 allows only on `mstyle`."""
    found = {name: str(element.attrib.pop(name)) for name in ("displaystyle", "scriptlevel") if name in element.attrib}
    if etree.QName(element).localname == "mrow":
        element.tag = f"{{{NAMESPACE}}}mstyle"
        for attribute, value in found.items():
            element.set(attribute, value)
        return
    parent = element.getparent()
    if parent is None:
        return
    outer = etree.Element(f"{{{NAMESPACE}}}mstyle", found)
    outer.tail, element.tail = element.tail, None
    parent.replace(element, outer)
    outer.append(element)
