"""Block elements of HTML -> block tokens, except lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.html import components, elements
from compositor.markdown.html.flow import APART, Flow, Rule, sided
from compositor.markdown.html.given import attributes_of
from compositor.markdown.html.lists import definitions, list_
from compositor.markdown.html.making import is_slot, marks, nodes, words, written_line
from compositor.markdown.html.pictures import FRAME, PLAYS, frame, image, of_picture
from compositor.markdown.html.tables import table

_PICTURE = re.compile(r"!\[(?P<words>[^\[\]{}\"]*)\](?P<address>\([^()]*\))(?:\{(?P<braces>[^{}]*)\})?")
CALLOUTS = ("note", "tip", "important", "warning", "caution")
"""Classes of a `<div>` that mdBook and others show as a callout."""


def _paragraph(flow: Flow, element: Element) -> Iterator[Token]:
    if any(child in flow.making.blocks for child in element):
        yield from _box(flow, element)
    else:
        yield from flow.paragraph(nodes(element), element)


def _box(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield a block with its side, its classes or its language; without any of these, only its content."""
    found = attributes_of(element)
    kind = next((name for name in CALLOUTS if name in element.get("class", "").split()), "")
    if kind and str(element.tag) in ("div", "aside", "section"):
        yield from _callout(flow, element, kind)
    elif found == Attributes():
        yield from flow.of(nodes(element))
    else:
        place = flow.making.place(element)
        yield from flow.inside("div", "div", element, {"attributes": found, "braces_place": place})


def _callout(flow: Flow, element: Element, kind: str) -> Iterator[Token]:
    word = flow.making.reading.context.language.callouts[kind]
    yield flow.token("callout_open", "aside", 1, element, {"kind": kind, "icon": kind, "word": word})
    yield from flow.text("callout_title", "p", element, [], {})
    yield from flow.whole(element)
    yield flow.token("callout_close", "aside", -1, element)


def _heading(flow: Flow, element: Element) -> Iterator[Token]:
    tag = str(element.tag)
    line = flow.line(element)
    found = attributes_of(element)
    for token in flow.text("heading", tag, element, line, {}):
        token.markup = "#" * int(tag[1]) if token.type != "inline" else ""
        if token.type == "heading_open" and found != Attributes():
            token.meta["attributes"] = found
        yield token


def _quotation(flow: Flow, element: Element) -> Iterator[Token]:
    yield from flow.inside("blockquote", "blockquote", element)


def _rule(flow: Flow, element: Element) -> Iterator[Token]:
    rule = flow.token("hr", "hr", 0, element)
    rule.markup = "---"
    yield rule


def _code(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield a listing for `<pre>`; its language is a class of the code in it, `language-rust`."""
    text = "".join(element.itertext()).replace(APART, "\n").strip("\n")
    if any(is_slot(child) for child in element.iter()):
        yield from flow.of(nodes(element))
        yield from _caption(flow, element)
        return
    names = " ".join(one.get("class", "") for one in (element, *element)).split()
    language = next((name.partition("-")[2] for name in names if name.startswith(("language-", "lang-"))), "")
    if text:
        listing = flow.token("fence", "code", 0, element)
        listing.content, listing.info, listing.markup = f"{text}\n", language, "```"
        yield listing


def _caption(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield the caption in the attributes of mdBook's `<Listing>`, as Markdown."""
    number, name, caption = (element.get(key, "").strip() for key in ("number", "file-name", "caption"))
    label = f"{flow.making.reading.context.language.listing} {number}" if number else ""
    said = [label, f"`{name}`" if name else "", caption]
    if any(said):
        for token in flow.text("paragraph", "p", element, [], {}):
            if token.type == "inline":
                token.content = ": ".join(part for part in said if part)
            yield token


def _alone(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield what belongs in a list or a table and is outside one."""
    yield from flow.of(nodes(element))


def _details(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield it open, with its summary before the rest."""
    yield flow.token("details_open", "div", 1, element)
    first = next((child for child in element if child.tag == "summary"), None)
    if first is not None:
        flow.pending += marks(first, flow.making.place(first))
        yield from _summary(flow, first)
    yield from flow.of(node for node in nodes(element) if node is not first)
    yield flow.token("details_close", "div", -1, element)


def _summary(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield the summary; a line of only letters is read as Markdown, as authors expect."""
    text = words(element)
    plain = not element and not {"<", "&"} & set(text)
    for token in flow.text("summary", "p", element, [] if plain else flow.line(element), {}):
        if token.type == "inline" and plain:
            token.content = text
        yield token


def _figure(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield a figure of Markdown for one picture and its caption; for anything else, the content."""
    caption = next(iter(element.iter("figcaption")), None)
    pictures = list(element.iter("img")) or [of_picture(one) for one in element.iter("picture")]
    others = words(element) != (words(caption) if caption is not None else "")
    slots = [one for one in element.iter() if is_slot(one) or str(one.tag) in ("pre", "table", *PLAYS)]
    line = flow.line(caption) if caption is not None else None
    if caption is not None and len(slots) == 1 and not (pictures or others) and is_slot(slots[0]):
        yield from _captioned(flow.making.hole(slots[0]), " ".join(written_line(caption).split()))
        return
    if len(pictures) != 1 or others or slots or not pictures[0].get("src", "").strip():
        yield from flow.of(nodes(element))
        return
    made = image(flow.making, pictures[0], line)
    if made is not None:
        yield from flow.text("paragraph", "p", element, [made], sided(element))


def _captioned(blocks: Sequence[Token], caption: str) -> Iterator[Token]:
    """Yield a picture of Markdown within the figure, with the caption of HTML; its own words are the alternative text.

    Source: Material for MkDocs, "Image captions".
    """
    match = _PICTURE.fullmatch(blocks[1].content.strip()) if len(blocks) == 3 else None
    if match is not None and caption and caption.count("[") == caption.count("]"):
        inside = f"{match['braces'] or ''} fig-alt=\"{match['words']}\"" if match["words"] else match["braces"] or ""
        blocks[1].content = f"![{caption}]{match['address']}" + (f"{{{inside.strip()}}}" if inside.strip() else "")
        yield from blocks
        return
    yield from blocks
    if caption:
        inline = Token("inline", "", 0, content=caption, children=[], map=blocks[0].map, block=True)
        yield Token("paragraph_open", "p", 1, map=blocks[0].map, block=True)
        yield inline
        yield Token("paragraph_close", "p", -1, block=True)


def _frame(flow: Flow, element: Element) -> Iterator[Token]:
    yield flow.token("div_open", "div", 1, element, {"attributes": Attributes("", (FRAME,))})
    yield from flow.text("paragraph", "p", element, list(frame(flow.making, element)), {})
    yield flow.token("div_close", "div", -1, element)


RULES: dict[str, Rule] = {
    **components.RULES,
    **dict.fromkeys(elements.BOXES, _box),
    **dict.fromkeys(elements.HEADINGS, _heading),
    **dict.fromkeys(elements.LISTS, list_),
    **dict.fromkeys((*elements.ROWS, "li", "dt", "dd"), _alone),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), _code),
    **dict.fromkeys(PLAYS, _frame),
    "blockquote": _quotation,
    "details": _details,
    "dl": definitions,
    "figcaption": _paragraph,
    "figure": _figure,
    "hr": _rule,
    "p": _paragraph,
    "summary": _summary,
    "table": table,
}
"""Element -> how its tokens are made."""
