"""The elements of HTML that a book can use, grouped by kind; an element in no table is unknown."""

from __future__ import annotations

from collections.abc import Mapping

WRAPS: Mapping[str, tuple[str, str, str]] = {
    **dict.fromkeys(("b", "strong"), ("strong", "strong", "**")),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), ("em", "em", "*")),
    **dict.fromkeys(("s", "strike", "del"), ("s", "s", "~~")),
    "sub": ("sub", "sub", "~"),
    "sup": ("sup", "sup", "^"),
}
"""Element -> type, tag and sign of Markdown's tokens for it."""
BOXES = (
    *("div", "section", "article", "header", "footer", "main", "aside", "nav", "center", "address", "fieldset"),
    *("form", "hgroup", "search", "dialog"),
)
"""Blocks that contain blocks and have no meaning of their own, except for their alignment."""
LISTS = ("ul", "ol", "menu", "dir")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ROWS = ("caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th")
"""Elements within a table."""
BLOCK = frozenset(
    (
        *(*BOXES, *LISTS, *HEADINGS, *ROWS),
        *("p", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "hr", "figure"),
        *("figcaption", "details", "summary", "listing", "xmp", "plaintext", "tabs", "tabitem", "admonition"),
    )
)
"""Elements that end a line."""
PLAIN = frozenset(
    (
        *("big", "time", "data", "bdi", "bdo", "nobr", "rb", "rt", "rp", "rtc", "label", "output", "legend", "picture"),
        *("noscript", "map", "button", "optgroup", "option", "select", "textarea", "body", "html", "head", "title"),
    )
)
"""Elements that are replaced by their words."""
NOTHING = frozenset(("wbr", "source", "track", "param", "col", "area", "base", "meta", "link", "input", "template"))
"""Elements without any words."""
FORMS = frozenset(
    (
        *(*WRAPS, *BLOCK, *PLAIN, *NOTHING, "a", "abbr", "acronym", "audio", "br", "code", "embed", "font", "iframe"),
        *("img", "ins", "kbd", "mark", "math", "object", "q", "ruby", "samp", "script", "small", "span", "style"),
        *("svg", "tt", "u", "video", "blink", "marquee", "canvas", "meter", "progress"),
    )
)
"""Names that HTML knows: a tag with another name, and without an end, may be no tag."""
PAGE = frozenset(("script", "style"))
"""Scripts and styles of a web page."""
