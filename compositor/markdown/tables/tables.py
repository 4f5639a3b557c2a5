"""Tables: GitHub's pipe tables; a paragraph `: Caption {#tbl-id}` after one is its caption.

cells.py, column_widths.py and cards.py describe the braces, and cells of one sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import (
    TRAILING,
    Attributes,
    AttributeSyntaxError,
    instead,
    meant,
    parse_attributes,
    shown,
)
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.figures.captions import caption_label
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.markdown.slugs import slugify
from compositor.markdown.tables.cards import role_of_table
from compositor.markdown.tables.column_widths import SMALL, TURNED, WIDE, fit
from compositor.markdown.tables.needs import LONGEST
from compositor.model import Anchor

KEYS = ("header-cols", "header-rows", "lang", "tbl-colwidths")


def syntax(md: MarkdownIt) -> None:
    """The table rule is markdown-it's; captions move into the table before their text is parsed."""
    md.enable("table")
    md.core.ruler.before("inline", "table_captions", take_captions)
    md.core.ruler.after("places", "tables", finish_tables)


def take_captions(state: StateCore) -> None:
    """Make the paragraph after a table that begins with a colon the table's caption."""
    tokens, start = state.tokens, -1
    for i, token in enumerate(tokens):
        if token.type == "table_open":
            start = i
        elif token.type == "table_close" and start >= 0 and _is_caption(tokens[i + 1 : i + 4]):
            caption = tokens[i + 1 : i + 4]
            if "caption" in tokens[start].meta:
                continue
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
            table.meta["braces_place"] = reading.inline_place(inline, match.start("inside"))
            table.meta["attributes"] = parse_attributes(match["inside"])
        except AttributeSyntaxError as problem:
            place = reading.inline_place(inline, match.start("inside") + problem.offset)
            reading.warning("L101", "this is not an attribute; the braces are ignored", place, str(problem))
        inline.content = inline.content[: match.start()]
    inline.content = inline.content.split(":", 1)[1].strip()
    _check_keys(reading, table)
    if not inline.content:
        return []
    table.meta["caption"] = inline
    opening.type, opening.tag = "caption_open", "caption"
    closing.type, closing.tag = "caption_close", "caption"
    return [opening, inline, closing]


def _check_keys(reading: Reading, table: Token) -> None:
    for unknown in sorted(set(table.meta.get("attributes", Attributes()).pairs) - set(KEYS)):
        place = reading.after(table.meta["braces_place"], unknown)
        message = f'a table has no attribute "{unknown}"; it is ignored'
        reading.warning("L255", message, place, instead(unknown, KEYS), meant=meant(unknown, KEYS))


def finish_tables(state: StateCore) -> None:
    """Add anchors to captioned tables; turn alignment into a class, and an empty head cell into an ordinary cell."""
    reading = reading_of(state)
    for i, token in enumerate(state.tokens):
        if token.type == "table_open":
            _add_anchor(reading, token, state.tokens[i + 1])
        elif token.type in ("th_open", "td_open"):
            token.meta["align"] = str(token.attrs.get("style", "")).removeprefix("text-align:")
            if token.type == "th_open" and not state.tokens[i + 1].children:
                token.tag = state.tokens[i + 2].tag = "td"


def _add_anchor(reading: Reading, table: Token, caption: Token) -> None:
    found: Attributes = table.meta.get("attributes", Attributes())
    if "caption" not in table.meta:
        if found.id:
            place = reading.after(table.meta["braces_place"], f"#{found.id}")
            message = "this table has an id but no caption; the id leads nowhere"
            reading.warning("L250", message, place, "write the caption before the braces")
        return
    title = " ".join(plain_text(table.meta["caption"].children).split())
    place = reading.line_place(caption, f"#{found.id}" if found.id else "")
    automatic = f"{reading.source.key}-tbl-{slugify(title)[:40]}"
    identifier = reading.own_id(found.id, place) or reading.free_id(automatic)
    table.attrs["id"] = identifier
    caption.meta["of"] = identifier
    reading.add_anchor(Anchor(identifier, "table", place, title, given=bool(found.id)), table.meta["caption"])


def table_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<div class="table"><table>`: the box scrolls on a phone, and keeps together on paper."""
    token = tokens[index]
    found: Attributes = token.meta.get("attributes", Attributes())
    steps = fit(token, rendering.measure).classes if rendering.medium.paged else ()
    own = [name for name in found.classes if not rendering.medium.paged or name not in (SMALL, TURNED, WIDE)]
    classes = ("table", *own, *(steps if rendering.medium.paged else _on_screens(token)))
    box = shown(found) | {"id": str(token.attrs.get("id", "")), "class": " ".join(classes)}
    role = role_of_table(token) if _has_cards(token, rendering) else None
    fixed = "fixed" if _widths(token, rendering) else None
    table = attributes({"class": fixed, "role": role, "data-whole": token.meta.get("whole")})
    return f"<div{attributes(box)}{_region(token, rendering)}{rendering.position(token)}><table{table}>"


def _on_screens(table: Token) -> Sequence[str]:
    return [name for name in ("cards", "wide", "scrolls") if table.meta.get(name)]


def _has_cards(table: Token, rendering: Rendering) -> bool:
    return bool(table.meta.get("cards")) and not rendering.medium.paged


def _widths(table: Token, rendering: Rendering) -> Sequence[float]:
    """Return percentages of the columns: on paper; on a screen if the author gives them; none for a single column.

    A word on paper that may be longer than the line is broken if the width is known.
    """
    widths: Sequence[float] = table.meta.get("widths", ())
    widths = fit(table, rendering.measure).widths if rendering.medium.paged else widths
    long = rendering.medium.paged and max(table.meta["need"].words, default=0.0) >= LONGEST
    return widths if len(widths) > 1 or long else ()


def _region(table: Token, rendering: Rendering) -> str:
    """Make a scrolling box a keyboard target with a name (WCAG 2.2, 2.1.1 and 4.1.2)."""
    if rendering.medium.paged or not table.meta.get("scrolls"):
        return ""
    anchor = table.attrs.get("id")
    name = rendering.label(str(anchor)) if anchor else rendering.words.table
    return attributes({"role": "region", "tabindex": "0", "aria-label": name})


def table_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the end of table and box; notes have already ended the table."""
    return "</div>" if tokens[index].meta.get("notes") else "</table></div>"


def section_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<thead>`, with the widths of the columns before it; `<tbody>`, `<tr>`."""
    token = tokens[index]
    first = "tbody_open" if token.meta.get("table") and token.meta["table"].meta.get("headless") else "thead_open"
    widths = _widths(token.meta["table"], rendering) if token.type == first else ()
    columns = "".join(f'<col style="width: {width:.4g}%"/>' for width in widths)
    group = f"<colgroup>{columns}</colgroup>\n" if columns else ""
    given = _going_on(token, rendering) if rendering.medium.paged else {"role": token.meta.get("role")}
    given = {**given, "data-whole": token.meta.get("whole")}
    return f"{group}<{token.tag}{attributes(given)}{rendering.position(token)}>"


def _going_on(token: Token, rendering: Rendering) -> dict[str, str | None]:
    """Set what page heads show while a numbered table continues, and where that ends."""
    table = token.meta.get("ends" if token.type == "tr_open" else "table")
    anchor = table.meta.get("of") or str(table.attrs.get("id", "")) if table and token.type != "thead_open" else ""
    if not anchor or not rendering.number(anchor):
        return {}
    if token.type == "tr_open":
        return {"class": "is-over"}
    return {"class": "goes-on", "data-head": f"{rendering.label(anchor)} ({rendering.words.continued})"}


def caption_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<caption>` with the label, "Table 18.2", first."""
    token = tokens[index]
    return f"<caption{rendering.position(token)}>{caption_label(token.meta['of'], rendering)}"


def cell_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<th scope="col">` or `<td>`, aligned by a class, with its span, and its label if it may be in a card."""
    token = tokens[index]
    meta = token.meta
    has_card = bool(meta.get("role")) and not rendering.medium.paged
    has_scope = token.tag == "th"
    pairs = {
        "scope": meta.get("scope", "col") if has_scope else None,
        "class": " ".join(name for name in (meta.get("align"), *meta.get("classes", ())) if name),
        "colspan": meta.get("colspan"),
        "rowspan": meta.get("rowspan"),
        "role": (meta["role"] if has_scope else "cell") if has_card else None,
        "data-label": meta.get("label") if has_card and not has_scope else None,
        "dir": token.attrs.get("dir"),
        "data-span": meta.get("whole-span"),
    }
    return f"<{token.tag}{attributes(pairs)}{rendering.position(token)}>"


EXTENSION = Extension(
    "tables",
    syntax,
    {
        "table_open": table_open,
        "table_close": table_close,
        "caption_open": caption_open,
        "th_open": cell_open,
        "td_open": cell_open,
        "thead_open": section_open,
        "tbody_open": section_open,
        "tr_open": section_open,
    },
    {
        "L250": """A table has an id, so you can refer to it, but no caption, so readers cannot find it.""",
        "L255": """The braces of a table's caption have an unknown attribute. `tbl-colwidths="[30,70]"` sets the widths
of the columns, `header-rows=2` and `header-cols=1` the number of head rows and head columns, `lang` the language of the
words.""",
    },
)
