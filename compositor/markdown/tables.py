"""Tables: GitHub's pipe tables; a paragraph `: Caption {#tbl-id}` behind one is its caption."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import TRAILING, Attributes, AttributeSyntaxError, parse_attributes
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.figures import caption_label
from compositor.markdown.headings import slugify
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.model import Anchor


def syntax(md: MarkdownIt) -> None:
    """markdown-it's table rule; captions move into the table before their text is parsed."""
    md.enable("table")
    md.core.ruler.before("inline", "table_captions", take_captions)
    md.core.ruler.after("places", "tables", finish_tables)


def take_captions(state: StateCore) -> None:
    """The paragraph behind a table that begins with a colon becomes the table's caption."""
    tokens, start = state.tokens, -1
    for i, token in enumerate(tokens):
        if token.type == "table_open":
            start = i
        elif token.type == "table_close" and start >= 0 and _is_caption(tokens[i + 1 : i + 4]):
            caption = tokens[i + 1 : i + 4]
            del tokens[i + 1 : i + 4]
            tokens[start + 1 : start + 1] = _caption(reading_of(state), tokens[start], caption)
            return take_captions(state)


def _is_caption(three: list[Token]) -> bool:
    return len(three) == 3 and three[0].type == "paragraph_open" and three[1].content.startswith((": ", "Table: "))


def _caption(reading: Reading, table: Token, three: list[Token]) -> list[Token]:
    opening, inline, closing = three
    match = TRAILING.search(inline.content)
    if match is not None:
        try:
            table.meta["attributes"] = parse_attributes(match["inside"])
        except AttributeSyntaxError as problem:
            place = reading.inline_place(inline, match.start("inside") + problem.offset)
            reading.error("L101", "this is no attribute", place, str(problem))
        inline.content = inline.content[: match.start()]
    inline.content = inline.content.split(":", 1)[1].strip()
    table.meta["caption"] = inline
    opening.type, opening.tag = "caption_open", "caption"
    closing.type, closing.tag = "caption_close", "caption"
    return [opening, inline, closing]


def finish_tables(state: StateCore) -> None:
    """Anchors for captioned tables; alignment as a class; an empty head cell is an ordinary cell."""
    reading = reading_of(state)
    for i, token in enumerate(state.tokens):
        if token.type == "table_open":
            _add_anchor(reading, token, state.tokens[i + 1])
        elif token.type in ("th_open", "td_open"):
            token.meta["align"] = str(token.attrs.get("style", "")).removeprefix("text-align:")
            if token.type == "th_open" and not state.tokens[i + 1].content.strip():
                token.tag = state.tokens[i + 2].tag = "td"


def _add_anchor(reading: Reading, table: Token, caption: Token) -> None:
    found: Attributes = table.meta.get("attributes", Attributes())
    if "caption" not in table.meta:
        return
    title = " ".join(plain_text(table.meta["caption"].children).split())
    identifier = found.id or reading.free_id(f"{reading.source.key}-tbl-{slugify(title)[:40]}")
    table.attrs["id"] = identifier
    caption.meta["of"] = identifier
    place = reading.line_place(caption, f"#{found.id}" if found.id else "")
    reading.add_anchor(Anchor(identifier, "table", place, title, given=bool(found.id)), table.meta["caption"])


def table_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<div class="table"><table>`: the box is what scrolls on a phone and keeps together on paper."""
    token = tokens[index]
    found: Attributes = token.meta.get("attributes", Attributes())
    shown = {"id": token.attrs.get("id"), "class": " ".join(("table", *found.classes))}
    return f"<div{attributes(shown)}{rendering.position(token)}><table>"


def table_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """The end of table and box."""
    return "</table></div>"


def caption_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<caption>` with the label, "Table 18.2", in front."""
    token = tokens[index]
    return f"<caption{rendering.position(token)}>{caption_label(token.meta['of'], rendering)}"


def cell_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<th scope="col">` or `<td>`, aligned by a class."""
    token = tokens[index]
    shown = {"scope": "col" if token.tag == "th" else None, "class": token.meta.get("align")}
    return f"<{token.tag}{attributes(shown)}{rendering.position(token)}>"


EXTENSION = Extension(
    "tables",
    syntax,
    {
        "table_open": table_open,
        "table_close": table_close,
        "caption_open": caption_open,
        "th_open": cell_open,
        "td_open": cell_open,
    },
)
