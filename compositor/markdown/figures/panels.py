"""Figures of several images: `::: {#fig-pair layout-ncol=2}`, the images, and a last paragraph as the caption.

The syntax is Quarto's ("Cross-references", subfigures). Every image with a caption or an id of its own is a panel, (a),
(b), …; its number is the figure's with that letter, so `@fig-pair-a` is "Figure 18.2a".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes, instead, meant, shown
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, place_of, plain_text, reading_of
from compositor.model import Anchor

KEYS = ("lang", "layout-ncol")
COLUMNS = ("1", "2", "3", "4")


def syntax(md: MarkdownIt) -> None:
    """Groups are found before their images become figures."""
    md.core.ruler.before("figures", "panels", make_groups)


def make_groups(state: StateCore) -> None:
    """Make figures of blocks whose id begins with `fig-`."""
    reading, made = reading_of(state), []
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type == "div_open" and token.meta["attributes"].id.startswith("fig-"):
            made += _group(reading, token, list(_until_closed(tokens, token)))
        else:
            made.append(token)
    state.tokens = made


def _until_closed(tokens: Iterator[Token], opening: Token) -> Iterator[Token]:
    for token in tokens:
        if token.type == "div_close" and token.level == opening.level:
            return
        yield token


def _group(reading: Reading, opening: Token, body: list[Token]) -> list[Token]:
    found: Attributes = opening.meta["attributes"]
    place = reading.after(reading.line_place(opening), f"#{found.id}")
    caption = body[-3:] if _is_paragraph(body[-3:]) and not _images(body[-2]) else []
    _check_keys(reading, opening)
    inside = body[: len(body) - len(caption)]
    images, others = _panels(reading, inside, reading.free_id(found.id))
    if not caption:
        remedy = "write the caption as the last paragraph of the block"
        message = "this figure of several images has no caption; the page shows only its number"
        reading.warning("L240", message, place, remedy)
        caption = [_token("paragraph_open", "p", 1, opening), _token("inline", "", 0, opening)]
    text = caption[1]
    text.children = text.children or []
    title = " ".join(plain_text(text.children).split())
    identifier = reading.own_id(found.id, place)
    opening.meta["attributes"] = Attributes(identifier, found.classes, found.pairs)
    reading.add_anchor(Anchor(identifier, "figure", place, title, given=True), text)
    opening.type, opening.tag = "group_open", "figure"
    head = _token("figcaption_open", "figcaption", 1, caption[0])
    head.meta = {"of": identifier}
    end = _token("figcaption_close", "figcaption", -1, opening)
    row = _token("panels_open", "div", 1, opening)
    columns = found.pairs.get("layout-ncol", "1")
    row.meta = {"columns": columns if columns in COLUMNS else "1"}
    close = _token("panels_close", "div", -1, opening)
    closing = _token("group_close", "figure", -1, opening)
    return [opening, row, *images, close, head, text, end, closing, *others]


def _check_keys(reading: Reading, opening: Token) -> None:
    pairs = opening.meta["attributes"].pairs
    for unknown in sorted(set(pairs) - set(KEYS)):
        place = reading.after(reading.line_place(opening), unknown)
        message = f'a figure has no attribute "{unknown}"; it is ignored'
        reading.warning("L242", message, place, instead(unknown, KEYS), meant=meant(unknown, KEYS))
    if pairs.get("layout-ncol", "1") not in COLUMNS:
        place = reading.after(reading.line_place(opening), "layout-ncol")
        message = "a page has room for one to four columns of images; here, one column is used"
        reading.warning("L242", message, place, "write layout-ncol=2")


def _is_paragraph(three: Sequence[Token]) -> bool:
    return [token.type for token in three] == ["paragraph_open", "inline", "paragraph_close"]


def _images(inline: Token) -> list[Token]:
    """Return the images of a paragraph that contains nothing else; empty for any other."""
    children = [child for child in inline.children or () if child.type != "softbreak"]
    children = [child for child in children if child.type != "text" or child.content.strip()]
    return children if all(child.type == "image" for child in children) else []


def _panels(reading: Reading, body: list[Token], group: str) -> tuple[list[Token], list[Token]]:
    """Return a paragraph for each image, and the blocks after them that are none, which are reported."""
    position, made = 0, list[Token]()
    while position < len(body):
        images = _images(body[position + 1]) if _is_paragraph(body[position : position + 3]) else []
        if not images:
            place, remedy = reading.line_place(body[position]), "move it after the figure"
            message = "a figure contains images and then its caption; anything else is printed after it"
            reading.warning("L241", message, place, remedy)
            break
        for image in images:
            made += _paragraph(body[position], image, group)
        position += 3
    return made, body[position:]


def _paragraph(like: Token, image: Token, group: str) -> list[Token]:
    line = (place_of(image).line or 1) - 1
    opening, inline, closing = (
        Token(type_, tag, nesting, level=like.level, map=[line, line + 1], block=True)  # type: ignore[arg-type]
        for type_, tag, nesting in (("paragraph_open", "p", 1), ("inline", "", 0), ("paragraph_close", "p", -1))
    )
    opening.meta = {"group": group}
    inline.content, inline.children = image.content, [image]
    return [opening, inline, closing]


def _token(type_: str, tag: str, nesting: int, like: Token) -> Token:
    return Token(type_, tag, nesting, level=like.level, map=like.map, block=True)  # type: ignore[arg-type]


def group_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<figure class="figure group">`."""
    token = tokens[index]
    found: Attributes = token.meta["attributes"]
    classes = " ".join(("figure", "group", *found.classes))
    return f"<figure{attributes(shown(found) | {'class': classes})}{rendering.position(token)}>"


def panels_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<div class="panels columns-2">`: on a phone, the columns are stacked."""
    return f'<div class="panels columns-{tokens[index].meta["columns"]}">\n'


EXTENSION = Extension(
    "panels",
    syntax,
    {"group_open": group_open, "panels_open": panels_open},
    {
        "L240": """A figure of several images has no caption. Its caption is the last paragraph of the block, if it has
words; the images before it are the panels.""",
        "L241": """A block with the id of a figure contains something between the images and the caption. A figure of
several images consists of images, alone in their paragraphs, and then one paragraph with the caption.""",
        "L242": """A figure of several images has an unknown attribute, or more columns than fit on a page.
`layout-ncol=2` sets the images side by side in two columns.""",
    },
)
