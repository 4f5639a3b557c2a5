"""Book + PDF -> the elements of its structure tree, kind by kind, next to those of the book's model.

Validators do not notice that a table was split into two at a page break, or that a note is missing from the tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

import pikepdf
from lxml import etree
from markdown_it.token import Token

from compositor.formats import PAPER
from compositor.language import language_for
from compositor.markdown.book import conditional
from compositor.model import Book, Unit
from compositor.render import UnitRendering

ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "Table": ("table_open",),
    "TR": ("tr_open",),
    "TH": ("th_open",),
    "TD": ("td_open",),
    "Caption": ("caption_open", "figcaption_open"),
    "Formula": ("math_inline", "math_block"),
    "Code": ("code_inline", "fence", "code_block", "math_source"),
    "BlockQuote": ("blockquote_open",),
    "L": ("bullet_list_open", "ordered_list_open", "dl_open", "annotations_open"),
    "LI": ("list_item_open", "dt_open"),
    **{f"H{level}": (f"h{level}",) for level in range(2, 7)},
}
"""Element of the tree -> tokens of the source, a heading by its tag; an element counts once, on however many pages.

Titles (H1) are left out: generated pages, such as the contents, have them too.
"""
BY_TAG: Mapping[str, str] = {
    "table": "Table",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "code": "Code",
    "blockquote": "BlockQuote",
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("li", "dt"), "LI"),
    **{f"h{level}": f"H{level}" for level in range(2, 7)},
}
"""The same for elements that depend on a render rule: generated lists, titles in references, pictures."""
PUT_TOGETHER = {
    *("index_list", "works", "answers_list", "exercise_open"),
    *("reference", "reference_group"),
    *("picture", "image"),
}
KIND_OF = {name: kind for kind, names in ELEMENTS.items() for name in names}


def kinds(data: bytes, opening: str = "") -> Counter[str]:
    """Count the structure elements of each type in a PDF, from the page with this anchor on.

    The pages before the first unit come from templates alone, and the contents repeat headings.
    """
    found: Counter[str] = Counter()
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        start = _page(pdf, opening, numbers)
        waiting = [pdf.Root.StructTreeRoot] if "/StructTreeRoot" in pdf.Root else []
        while waiting:
            children = waiting.pop().get("/K", pikepdf.Array())
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                    found[str(child.S)[1:]] += numbers.get(child.Pg.objgen, start) >= start if "/Pg" in child else 1
                    waiting.append(child)
    return found


def _page(pdf: pikepdf.Pdf, anchor: str, numbers: Mapping[tuple[int, int], int]) -> int:
    """Return the page of an anchor, from 0; the first one if it is unknown."""
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
        return 0
    goal = pikepdf.NameTree(pdf.Root.Names.Dests).get(anchor)
    goal = goal.D if isinstance(goal, pikepdf.Dictionary) else goal
    return numbers.get(goal[0].objgen, 0) if isinstance(goal, pikepdf.Array) else 0


def compared(book: Book, data: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield the kind of element, how many the book has, how many the tree has."""
    first = book.units[0].chapter.heading if book.units else None
    found = kinds(data, first.id if first else "")
    wanted: Counter[str] = Counter()
    for unit in book.units:
        wanted += _of_unit(book, unit)
    for kind in (*ELEMENTS, "Figure", "Note"):
        if wanted[kind] or found[kind]:
            yield kind, wanted[kind], found[kind]


def _of_unit(book: Book, unit: Unit) -> Counter[str]:
    rendering = UnitRendering(book, unit, PAPER, language_for(book.metadata.language))
    chapter = unit.chapter
    notes = [token for note in chapter.notes for token in note.tokens]
    wanted = Counter({"Note": len(chapter.notes)})
    for token in _shown((*chapter.epigraph, *chapter.tokens, *notes)):
        if token.type in PUT_TOGETHER:
            wanted += _of_text(rendering.blocks([token]))
        else:
            wanted[KIND_OF.get(token.tag if token.type == "heading_open" else token.type, "")] += 1
    return wanted


def _shown(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield every token that is printed, at any depth."""
    for token in tokens:
        if token.type != "conditional" or conditional.is_shown(token, PAPER):
            yield token
            yield from _shown(() if token.type in PUT_TOGETHER else token.meta.get("whole", token.children or ()))


def _of_text(xhtml: str) -> Counter[str]:
    wanted: Counter[str] = Counter()
    for element in etree.HTML(f"<div>{xhtml}</div>").iter("*"):  # what is opened need not be closed
        tag = str(element.tag)
        if tag not in ("img", "svg"):
            wanted[BY_TAG.get(tag, "")] += 1
        elif "math" in element.get("class", "").split():
            wanted["Formula"] += 1
        elif element.get("alt") or element.get("aria-label"):
            wanted["Figure"] += 1
    return wanted
