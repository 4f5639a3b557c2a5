"""Callouts: GitHub's alerts (`> [!NOTE]`), a custom title after the mark, and two more kinds for books."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.divs import closing
from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.reading import Context, Reading, reading_of

KINDS = ("note", "tip", "important", "warning", "caution", "exercise", "joke")
"""A new kind is a word here, a title in each language of `language/`, and a shape in the styles."""
FENCED = KINDS[:5]
"""Classes of a block that other tools show as a callout: `::: note`, and `::: {.callout-note}` in Quarto."""
_OF_QUARTO = ("callout", "title", "collapse", "icon", "appearance")
_MARK = re.compile(r"\[!(?P<kind>[A-Za-z-]+)\][ \t]*(?P<title>[^\n]*)(?:\n|\Z)")


def syntax(md: MarkdownIt) -> None:
    """A callout is a block quote that begins with `[!KIND]`, found before inline text is parsed, or a block."""
    md.core.ruler.before("inline", "callouts", make_callouts)
    if any(rule.name == "divs" for rule in md.core.ruler.__rules__):
        md.core.ruler.after("divs", "fenced_callouts", make_of_blocks)


def make_callouts(state: StateCore) -> None:
    """Turn such block quotes into callouts."""
    i = 0
    while i < len(state.tokens):
        match = _mark(state.tokens[i : i + 3])
        if match is not None and _kind_known(reading_of(state), state.tokens[i + 2], match):
            _make(state.tokens, i, match, reading_of(state).context)
        i += 1


def make_of_blocks(state: StateCore) -> None:
    """Turn blocks with such a class into callouts; an id, other classes and a language stay around them."""
    tokens, context = state.tokens, reading_of(state).context
    for i in reversed(range(len(tokens))):
        found: Attributes = tokens[i].meta["attributes"] if tokens[i].type == "div_open" else Attributes()
        kind = next((name for name in map(_fenced, found.classes) if name), "")
        if not kind:
            continue
        classes = tuple(name for name in found.classes if not _fenced(name) and name not in _OF_QUARTO)
        rest = Attributes(found.id, classes, {k: v for k, v in found.pairs.items() if k not in _OF_QUARTO})
        meta, end, level = callout_meta(kind, context), closing(tokens, i), tokens[i].level + 1
        opening = Token("callout_open", "aside", 1, map=tokens[i].map, level=level, meta=meta, block=True)
        first = (tokens[i].map or [0])[0]
        above = Token("", "", 0, map=[first, first + 1], level=level + 1)
        last = Token("callout_close", "aside", -1, level=level, block=True)
        inside = [opening, *_title(above, above, found.pairs.get("title", "")), *tokens[i + 1 : end], last]
        tokens[i].meta["attributes"] = rest
        tokens[i : end + 1] = inside if rest == Attributes() else [tokens[i], *inside, tokens[end]]


def _fenced(name: str) -> str:
    return name.removeprefix("callout-") if name.removeprefix("callout-") in FENCED else ""


def _mark(three: list[Token]) -> re.Match[str] | None:
    if len(three) == 3 and [token.type for token in three] == ["blockquote_open", "paragraph_open", "inline"]:
        return _MARK.match(three[2].content)
    return None


def _kind_known(reading: Reading, inline: Token, match: re.Match[str]) -> bool:
    kind = match["kind"].lower()
    kinds = (*KINDS, *(name for name in reading.context.callouts if name not in KINDS))
    if kind in kinds:
        return True
    near = get_close_matches(kind, kinds, 1)
    remedy = f'did you mean "[!{near[0].upper()}]"?' if near else f"write one of these kinds: {', '.join(kinds)}"
    place = reading.inline_place(inline, match.start("kind"), len(kind))
    better = near[0].upper() if near and match["kind"].isupper() else "".join(near)
    message = f'there is no callout "{kind}"; it is printed as a quotation'
    reading.warning("L161", message, place, remedy, meant=(match["kind"], better) if near else ("", ""))
    return False


def _make(tokens: list[Token], i: int, match: re.Match[str], context: Context) -> None:
    opening, paragraph, inline = tokens[i : i + 3]
    closing = next(t for t in tokens[i:] if t.type == "blockquote_close" and t.level == opening.level)
    opening.type, opening.tag, opening.meta = "callout_open", "aside", callout_meta(match["kind"].lower(), context)
    closing.type, closing.tag = "callout_close", "aside"
    title = _title(inline, paragraph, match["title"].strip())
    inline.content = inline.content[match.end() :]
    if inline.map and match[0].endswith("\n"):
        paragraph.map = inline.map = [inline.map[0] + 1, inline.map[1]]
    rest = tokens[i + 1 : i + 4] if inline.content.strip() else []
    tokens[i + 1 : i + 4] = title + rest


def callout_meta(kind: str, context: Context) -> dict[str, str]:
    """Return the kind, our kind whose mark it has, and its title word."""
    own = context.callouts.get(kind)
    if own is None:
        return {"kind": kind, "icon": kind, "word": context.language.callouts[kind]}
    return {"kind": kind, "icon": own.icon or (kind if kind in KINDS else KINDS[0]), "word": own.title}


def _title(inline: Token, paragraph: Token, text: str) -> list[Token]:
    opening = Token("callout_title_open", "p", 1, map=paragraph.map, level=paragraph.level, block=True)
    closing = Token("callout_title_close", "p", -1, level=paragraph.level, block=True)
    words = Token("inline", "", 0, content=text, map=inline.map, level=inline.level, children=[], block=True)
    return [opening, words, closing]


def callout_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<aside class="callout callout-note">`; a kind of the book also has the class of its icon.

    It is a note and no landmark: landmarks must be few, each with its own name (WAI-ARIA 1.2, "complementary").
    """
    meta = tokens[index].meta
    classes = " ".join(dict.fromkeys((f"callout-{meta['icon']}", f"callout-{meta['kind']}")))
    return f'<aside class="callout {classes}" role="note"{rendering.position(tokens[index])}>'


def callout_title_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the kind in words, so that shape and colour are never the only signal; a custom title follows it.

    On paper, where a style may omit the kind, a custom title has a class that keeps it.
    """
    kind = escape(tokens[index - 1].meta["word"], quote=False)
    own = bool(tokens[index + 1].content)
    mark = f'<span class="callout-kind">{kind}</span>'
    classes = "callout-title own-title" if own and rendering.medium.paged else "callout-title"
    return f'<p class="{classes}"{rendering.position(tokens[index])}>{mark}{" " if own else ""}'


EXTENSION = Extension(
    "callouts",
    syntax,
    {"callout_open": callout_open, "callout_title_open": callout_title_open},
    {
        "L161": """A block quote begins with `[!WORD]`, but there is no callout of that kind. The message names the
nearest; the reference in the manual lists them all.""",
    },
)
