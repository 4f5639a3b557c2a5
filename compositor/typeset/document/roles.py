"""HTML -> PDF: the structure type of every element that our documents have, in one table.

The types are those of ISO 32000-1, 14.8.4; ISO 14289-1, section 7, says what PDF/UA-1 demands of them.
"""

from __future__ import annotations

from typing import Any

ARTIFACT = "Artifact"
"""Not part of the text: ornaments, running heads, page numbers, repeated heads and columns of tables."""
TRANSPARENT = ""
"""The element gets no structure element: its content belongs to the element around it."""

BY_TAG = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("section", "article"), "Sect"),
    **dict.fromkeys(("div", "figure", "aside", "details"), "Div"),
    **dict.fromkeys(("p", "pre", "summary", "footer"), "P"),
    **dict.fromkeys(("em", "strong", "del", "ins", "mark", "sup", "sub", "kbd", "abbr", "cite", "b", "i"), "Span"),
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("li", "dt"), "LI"),
    **dict.fromkeys(("figcaption", "caption"), "Caption"),
    "a": "Link",
    "blockquote": "BlockQuote",
    "code": "Code",
    "dd": "LBody",
    "img": "Figure",
    "q": "Quote",
    "svg": "Figure",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
}
BY_PSEUDO = {"footnote-call": "Reference", "footnote-marker": "Lbl", "marker": "Lbl"}
NUMBERINGS = {
    "decimal": "/Decimal",
    "upper-roman": "/UpperRoman",
    "lower-roman": "/LowerRoman",
    "upper-alpha": "/UpperAlpha",
    "lower-alpha": "/LowerAlpha",
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
}
"""`list-style-type` -> the numbering of a list in a PDF (ISO 32000-1, table 347)."""
GROUPING = frozenset(
    {"Document", "Sect", "Div", "BlockQuote", "L", "LI", "Table", "TBody", "THead", "TFoot", "TR", "TOC", "TOCI"}
)
"""Types that contain elements and no text: text directly inside one gets a paragraph."""
WITHIN_TEXT = frozenset({"Span", "Code", "Link", "Quote", "Reference", "Figure", "Formula"})
"""Types of elements between the words of a text."""


def role(box: Any, in_contents: bool) -> str:
    """Return the structure type of a box, by its element; inside a table of contents, lists have types of their own."""
    tag, _, pseudo = (box.element_tag or "").partition("::")
    tag = tag.rpartition("}")[2]
    if pseudo:
        return BY_PSEUDO.get(pseudo, TRANSPARENT)
    if tag in ("td", "th", "caption", "li") and "again" in classes(box.element):
        return ARTIFACT
    if tag in ("img", "svg"):
        return _picture_role(box.element)
    if tag in ("span", "div"):
        return _role_by_class(box.element, tag)
    if in_contents and tag in ("ol", "li"):
        return "TOC" if tag == "ol" else "TOCI"
    return BY_TAG.get(tag, TRANSPARENT)


def is_contents(element: Any) -> bool:
    """Return whether an element lists the parts of a book, or of a chapter."""
    return bool(element.tag.rpartition("}")[2] == "nav" and {"contents", "inside"} & {*classes(element)})


def _picture_role(element: Any) -> str:
    """Return the type of a picture; of a formula that is broken within a line, only the first piece has words."""
    if not alternative(element):
        return ARTIFACT
    return "Formula" if "math" in classes(element) else "Figure"


def _role_by_class(element: Any, tag: str) -> str:
    if "note" in classes(element) and element.get("data-number"):
        return "Note"
    if tag == "div":
        return TRANSPARENT if "table" in classes(element) else "Div"
    return "Span" if element.get("lang") else TRANSPARENT


def numbering(box: Any) -> str:
    """Return how the items of a list are marked; `/None` if they are not, as in an index.

    Terms are labels, and ISO 14289-1, 7.6, forbids `/None` with labels; PDF 1.7 has no name for a definition list.
    """
    if box.element_tag == "dl":
        return "/Disc"
    style = box.style["list_style_type"]
    return NUMBERINGS.get(style, "/None") if isinstance(style, str) else "/None"


def classes(element: Any) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()


def alternative(element: Any) -> str:
    """Return the words that stand for a picture; empty for an ornament."""
    if element.get("aria-hidden") == "true" or element.get("role") == "presentation":
        return ""
    title = element.find("{http://www.w3.org/2000/svg}title")
    return element.get("alt") or element.get("aria-label") or (title.text if title is not None else "") or ""
