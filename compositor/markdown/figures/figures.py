"""Figures: `![Caption](image.svg){#fig-id fig-alt="What it shows."}` alone in a paragraph; images inside a line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from compositor.markdown.attributes import TRAILING, Attributes, AttributeSyntaxError, instead, meant, parse_attributes
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.figures.captions import figcaption_open
from compositor.markdown.figures.remote import kept_name
from compositor.markdown.figures.where import picture_path
from compositor.markdown.reading import Reading, place_of, plain_text, reading_of, walk
from compositor.markdown.slugs import slugify
from compositor.model import Anchor, Image

KEYS = {"fig-alt", "alt", "width"}
WEB = {"", "http", "https", "ftp"}
"""Schemes of addresses on a server; an empty one is that of the page."""
PHOTOGRAPHS = (".jpg", ".jpeg")
"""Endings of pictures that fill their rectangle and need no background; a style sheet cannot test this everywhere."""
_WIDTH = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:%|cm|mm|in|pt|px|em|)\Z")


def syntax(md: MarkdownIt) -> None:
    """Attributes come directly after an image; a paragraph of only an image is a figure."""
    md.inline.ruler.at("image", image_with_attributes)
    md.core.ruler.after("places", "figures", make_figures)


def image_with_attributes(state: StateInline, silent: bool) -> bool:
    """Run markdown-it's image rule, and read the braces after the image."""
    if not image(state, silent):
        return False
    end = state.src.find("}", state.pos)
    if not state.src.startswith("{", state.pos) or end < 0:
        return True
    match = TRAILING.match(state.src[state.pos : end + 1])
    if match is not None and not silent:
        token = state.tokens[-1]
        token.meta["braces"] = state.pos
        try:
            token.meta["attributes"] = parse_attributes(match["inside"])
        except AttributeSyntaxError as problem:
            token.meta["braces"] += 1 + problem.offset
            token.meta["problem"] = str(problem)
    state.pos = end + 1 if match is not None else state.pos
    return True


def make_figures(state: StateCore) -> None:
    """Make figures of paragraphs that contain one image; check and keep every image."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type == "image":
            _keep_image(reading, token)
    made: list[Token] = []
    tokens = iter(range(len(state.tokens)))
    for i in tokens:
        alone = _only_image(state.tokens[i : i + 3])
        if alone is None:
            made.append(state.tokens[i])
        else:
            made += _figure(reading, state.tokens[i], alone)
            next(tokens), next(tokens)
    state.tokens = made
    for token in walk(made):
        if token.type == "image":
            _check_in_line(reading, token)


def _check_in_line(reading: Reading, token: Token) -> None:
    """Check that an image within a line has only an alternative text: its id and its caption would be lost."""
    found: Attributes = token.meta.get("attributes", Attributes())
    words = " ".join(plain_text(token.children).split())
    remedy = "put it in a paragraph of its own; in a list, with an empty line before and after it"
    if found.id:
        message = f'an image within a line cannot have an id; "{found.id}" leads nowhere'
        reading.warning("L146", message, place_of(token), remedy)
    elif words and words != ("" if "decorative" in found.classes else alternative(token)):
        message = f'an image within a line cannot have a caption; "{words}" is not printed'
        reading.warning("L146", message, place_of(token), remedy)


def _only_image(three: list[Token]) -> Token | None:
    if len(three) < 3 or three[0].type != "paragraph_open" or three[1].type != "inline" or three[0].hidden:
        return None
    children = [child for child in three[1].children or () if child.type != "text" or child.content.strip()]
    places = _places_before(children)
    children = children[len(places) :]
    if len(children) == 1 and children[0].type == "image" and children[0].children and places:
        children[0].children[:0] = places
    if len(children) != 1 or children[0].type != "image":
        return None
    token = children[0]
    found: Attributes = token.meta.get("attributes", Attributes())
    return token if token.children or found.id or token.meta.get("bare") else None


def _places_before(children: list[Token]) -> list[Token]:
    """Return names of a place before an image, which move into its caption."""
    number = 0
    while [child.type for child in children[number : number + 2]] == ["span_open", "span_close"]:
        number += 2
    return children[:number]


def _keep_image(reading: Reading, token: Token) -> None:
    place = place_of(token)
    found: Attributes = token.meta.get("attributes", Attributes())
    if "problem" in token.meta:
        message = "this is not an attribute; the braces are ignored"
        reading.warning("L101", message, token.meta["braces_place"], token.meta["problem"])
    for unknown in sorted(set(found.pairs) - KEYS):
        where = reading.after(token.meta["braces_place"], unknown)
        message = f'an image has no attribute "{unknown}"; it is ignored'
        reading.warning("L143", message, where, instead(unknown, KEYS), meant=meant(unknown, KEYS))
    width = found.pairs.get("width", "1")
    if not _WIDTH.match(width):
        where = reading.after(token.meta["braces_place"], width or "width")
        message = f'"{width}" is not a width; the image has its natural width'
        reading.warning("L243", message, where, "write it as width=60% or width=8cm")
        pairs = {key: value for key, value in found.pairs.items() if key != "width"}
        token.meta["attributes"] = found = replace(found, pairs=pairs)
    if "kept" in token.meta:
        _keep_file(reading, token, token.meta["kept"])
        return
    source = str(token.attrs["src"])
    parts = urlsplit(source)
    is_fetched = parts.scheme in ("http", "https") or source.startswith("//")
    if is_fetched:
        reading.remote.append(Image(source, place))
        if kept := reading.context.fetched.get(kept_name(source)):
            _keep_file(reading, token, kept)
            return
    if parts.scheme or source.startswith("//"):
        remedy = "put the file into the book's folder and link to it there"
        what = f'an image with the address "{parts.scheme}:"' if parts.scheme not in WEB else "an image from the web"
        message = f"{what} cannot be printed; a frame with its text and its address is printed instead"
        fetch = ["or download it into the book's folder: compositor fetch BOOK"] if is_fetched else []
        reading.warning("L141", message, place, remedy, *fetch)
        return
    _keep_file(reading, token, picture_path(reading, place, unquote(parts.path)))


def _keep_file(reading: Reading, token: Token, path: str) -> None:
    """Keep a picture in a file, and its description for those who cannot see it."""
    place, source = place_of(token), str(token.attrs["src"])
    found: Attributes = token.meta.get("attributes", Attributes())
    token.meta["path"] = posixpath.normpath(path)
    reading.images.append(Image(token.meta["path"], place))
    if not alternative(token) and "decorative" not in found.classes:
        remedy = f'describe it, `![]({source}){{fig-alt="..."}}`, or mark it {{.decorative}}'
        message = "the image has no alternative text; screen readers skip it"
        reading.warning("L142", message, place, remedy)
        token.meta["decorative"] = True


def alternative(token: Token) -> str:
    """Return the text that stands for an image: its `fig-alt`, else the text between the brackets."""
    pairs = token.meta.get("attributes", Attributes()).pairs
    return pairs.get("fig-alt") or pairs.get("alt") or " ".join(plain_text(token.children).split())


def is_decorative(token: Token) -> bool:
    """Return whether an image is decorative: the author says so, or describes it in no way."""
    return bool(token.meta.get("decorative")) or "decorative" in token.meta.get("attributes", Attributes()).classes


def _figure(reading: Reading, paragraph: Token, picture: Token) -> list[Token]:
    found: Attributes = picture.meta.get("attributes", Attributes())
    if picture.meta.get("bare"):
        return _bare(picture, paragraph)
    caption = " ".join(plain_text(picture.children).split())
    key = reading.source.key
    place = place_of(picture)
    automatic = f"{key}-fig-{slugify(posixpath.basename(picture.meta.get('path', ''))) or 'picture'}"
    identifier = reading.own_id(found.id, place) or reading.free_id(automatic)
    described = {"fig-alt", "alt"} & set(found.pairs) or "decorative" in found.classes or "problem" in picture.meta
    if caption and not described:
        remedy = 'describe what it shows: {fig-alt="..."}'
        message = "the words in brackets are the caption of the figure; nothing says what it shows"
        reading.warning("L144", message, place, remedy)
    group = paragraph.meta.get("group", "")
    if not caption and not group:
        message = "this figure has an id but no caption; the page shows only its number"
        reading.warning("L145", message, place, "write the caption between the brackets")
    opening = _token("figure_open", "figure", 1, paragraph)
    opening.attrs, opening.meta = {"id": identifier}, {"classes": found.classes, "kind": "panel" if group else "figure"}
    text = _token("inline", "", 0, paragraph)
    text.content, text.children = picture.content, picture.children
    reading.add_anchor(Anchor(identifier, "figure", place, caption, given=bool(found.id), within=group), text)
    return [
        opening,
        _picture(picture, paragraph),
        _token("figcaption_open", "figcaption", 1, paragraph, {"of": identifier}),
        text,
        _token("figcaption_close", "figcaption", -1, paragraph),
        _token("figure_close", "figure", -1, paragraph),
    ]


def _bare(picture: Token, paragraph: Token) -> list[Token]:
    """Return a picture of HTML, which has no caption and no number, and stays in place."""
    opening = _token("figure_open", "figure", 1, paragraph)
    where = str(paragraph.attrs.get("class", "")) or (f"align-{side}" if (side := picture.meta.get("side")) else "")
    opening.meta = {"classes": ("bare", "here", *((where,) if where else ())), "kind": "figure"}
    return [opening, _picture(picture, paragraph), _token("figure_close", "figure", -1, paragraph)]


def _picture(picture: Token, paragraph: Token) -> Token:
    """Return the image as a block, without the caption, which is in the figcaption."""
    token = _token("picture", "img", 0, paragraph)
    token.attrs = dict(picture.attrs)
    token.meta = picture.meta | {"alternative": alternative(picture)}
    return token


def _token(type_: str, tag: str, nesting: int, like: Token, meta: dict[str, object] | None = None) -> Token:
    return Token(type_, tag, nesting, level=like.level, map=like.map, block=True, meta=meta or {})  # type: ignore[arg-type]


def figure_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<figure id class="figure">`, or `"panel"` inside a figure of several images."""
    token = tokens[index]
    classes = " ".join((token.meta["kind"], *token.meta["classes"]))
    return f"<figure{attributes({'id': str(token.attrs.get('id', '')), 'class': classes})}{rendering.position(token)}>"


def render_image(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<img>`; a decorative one has an empty alt, and is marked as such if the author said so."""
    token = tokens[index]
    found: Attributes = token.meta.get("attributes", Attributes())
    decorative = is_decorative(token)
    alt = "" if decorative else token.meta.get("alternative") or alternative(token)
    width = found.pairs.get("width", "")
    height = token.meta.get("height", "")
    size = f"width: {_pixels(width)}" if width else f"height: {_pixels(height)}" if height else ""
    path = token.meta["path"]
    photograph = not rendering.medium.paged and path.lower().endswith(PHOTOGRAPHS)
    classes = " ".join((*found.classes, *(("photograph",) if photograph else ())))
    shown = {"src": rendering.resource(path), "style": size, "class": classes}
    hidden = ' role="presentation"' if "decorative" in found.classes else ""
    return f'<img{attributes(shown)} alt="{attributes({"x": alt})[4:-1]}"{hidden}/>'


def _pixels(length: str) -> str:
    """Return a length with its unit; a bare number counts pixels."""
    return f"{length}px" if length[-1].isdigit() else length


EXTENSION = Extension(
    "figures",
    syntax,
    {"figure_open": figure_open, "figcaption_open": figcaption_open, "picture": render_image, "image": render_image},
    {
        "L141": """An image has an address on the web. A build uses no network, a printed book cannot follow an address,
and a reading system may refuse to. Put the file into the book's folder. Until then a frame with the text and the
address of the image is printed.""",
        "L142": """An image has no alternative text. Say in `fig-alt` what it shows, or mark it `{.decorative}` if a
reader loses nothing without it. Until then it is treated as decorative: screen readers skip it.""",
        "L143": """An image has an unknown attribute. `fig-alt` says what the image shows, `width` how wide it is
printed (`60%`, `8cm`).""",
        "L144": """An image alone in its paragraph is a figure, and the words in its brackets are its caption. Without
an alternative text, a screen reader reads the caption twice and never says what the picture shows. Describe it in
`fig-alt`, or write `{.decorative}`.""",
        "L146": """An image has an id or a caption but is within a line, in a cell of a table, or in a list item
without empty lines around it. Only a figure can have these: an image alone in its paragraph.""",
        "L145": """A figure has an id, so you can refer to it, but no caption, so readers cannot find it.""",
        "L243": """The width of an image is not valid. It is a percentage of the text width, `width=60%`, or a number
with one of the units cm, mm, in, pt, px, em; a number alone counts pixels, as in Pandoc.""",
    },
)
