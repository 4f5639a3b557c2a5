"""Syntax of Quarto: titles of callouts and tabs as headings, `#|` lines of cells, `{=html}`, and a few shortcodes.

Sources: https://quarto.org/docs/authoring/callouts.html,
https://quarto.org/docs/output-formats/html-basics.html#tabsets, https://quarto.org/docs/reference/cells/,
https://quarto.org/docs/authoring/shortcodes.html.
"""

from __future__ import annotations

import re
from dataclasses import replace

import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension
from compositor.markdown.guests.blocks import title_paragraph
from compositor.markdown.reading import walk

_RAW = re.compile(r"\{=(?P<format>[\w+-]+)\}\Z")
_CELL = re.compile(r"\{[A-Za-z][\w-]*(?:[\s,}]|\Z)")
_OPTION = re.compile(r"\s*(?:#|//|--|%%|%|\*)\|\s?(?P<said>.*)\Z")
_SHORT = re.compile(r"\{\{<\s*(?P<name>kbd|fa|bi|iconify|video|pagebreak)\b(?P<rest>[^<>{}\n]*)>\}\}")
CAPTIONS = ("fig-cap", "tbl-cap", "lst-cap")
TABS = "panel-tabset"
OF_HTML = ("html", "html5")
CONDITIONS = frozenset({"when-format", "unless-format"})
FORMATS = {
    **dict.fromkeys(OF_HTML, "web,epub"),
    **{"html:js": "web", "latex": "pdf", "typst": "pdf", "epub2": "epub", "epub3": "epub"},
}
"""Quarto's names of formats -> those of Compositor; an EPUB is HTML for Quarto too."""


def syntax(md: MarkdownIt) -> None:
    """Raw HTML is read before any HTML, titles when there are callouts, and shortcodes within a line."""
    md.core.ruler.after("block", "quarto_raw", read_raw)
    md.core.ruler.before("inline", "quarto_blocks", read_blocks)
    md.core.ruler.before("fence_words", "quarto_cells", read_cells)
    md.inline.ruler.before("escape", "quarto_short", short)
    if "conditional" in md.core.ruler.get_all_rules():
        md.core.ruler.before("conditional", "quarto_formats", name_formats)


def read_raw(state: StateCore) -> None:
    """Turn raw HTML into HTML; leave out text for other formats."""
    made: list[Token] = []
    for token in state.tokens:
        raw = _RAW.match(token.info.strip()) if token.type == "fence" else None
        if raw is None or raw["format"] in OF_HTML:
            made.append(token)
        if raw is not None and raw["format"] in OF_HTML:
            token.type, token.info, token.tag = "html_block", "", ""
    state.tokens = made


def read_blocks(state: StateCore) -> None:
    """Make the heading that opens a callout its title, and each heading in a set of tabs the title of a tab."""
    tokens = state.tokens
    for i in reversed(range(len(tokens))):
        found: Attributes = tokens[i].meta["attributes"] if tokens[i].type == "div_open" else Attributes()
        if tokens[i].type == "callout_open" and _opens_with_heading(tokens[i : i + 5]):
            tokens[i + 2].content = tokens[i + 5].content
            del tokens[i + 4 : i + 7]
        elif TABS in found.classes:
            _name_tabs(tokens, i)


def _opens_with_heading(five: list[Token]) -> bool:
    """Return whether a callout without a title begins with a heading."""
    return [one.type for one in five[2::2]] == ["inline", "heading_open"] and not five[2].content


def _name_tabs(tokens: list[Token], start: int) -> None:
    """Turn the top-level headings in a block into lines of strong words."""
    level = tokens[start].level
    end = next((i for i in range(start + 1, len(tokens)) if tokens[i].level == level), len(tokens))
    heads = [i for i in range(start, end) if tokens[i].type == "heading_open" and tokens[i].level == level + 1]
    highest = min((tokens[i].tag for i in heads), default="")
    for i in reversed([i for i in heads if tokens[i].tag == highest]):
        tokens[i : i + 3] = title_paragraph(tokens[i + 1].content, tokens[i])


def read_cells(state: StateCore) -> None:
    """Remove the options of cells, except a caption."""
    for token in state.tokens:
        if token.type == "fence" and _CELL.match(token.info.strip()):
            _without_options(token)


def _without_options(token: Token) -> None:
    lines = token.content.split("\n")
    options = [match["said"] for match in map(_OPTION.match, lines) if match]
    if not options:
        return
    token.content = "\n".join(line for line in lines if not _OPTION.match(line)).lstrip("\n")
    if caption := _caption("\n".join(options)):
        token.meta["tag"] = {"number": "", "caption": caption}


def _caption(options: str) -> str:
    """Return the caption among the options of a cell, which are YAML; empty if there is none."""
    try:
        told = yaml.load(options, Loader=yaml.SafeLoader) if "-cap" in options else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return ""
    found = [told.get(name) for name in CAPTIONS] if isinstance(told, dict) else []
    return next((" ".join(one.split()) for one in found if isinstance(one, str)), "")


def name_formats(state: StateCore) -> None:
    """Give the formats that content is for the names that they have here."""
    for token in walk(state.tokens):
        found = token.meta.get("attributes")
        if isinstance(found, Attributes) and not CONDITIONS.isdisjoint(found.pairs):
            pairs = {key: _formats(said) if key in CONDITIONS else said for key, said in found.pairs.items()}
            token.meta["attributes"] = replace(found, pairs=pairs)


def _formats(said: str) -> str:
    return ",".join(dict.fromkeys(FORMATS.get(one, one) for one in said.replace(",", " ").split()))


def short(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: keys and the address of a film; icons and page breaks within a line are removed."""
    match = _SHORT.match(state.src, state.pos) if state.src.startswith("{{<", state.pos) else None
    if match is None:
        return False
    words = match["rest"].strip().strip("\"'")
    if not silent and match["name"] == "kbd" and words:
        state.push("span_open", "kbd", 1).meta = {"offset": state.pos, "attributes": Attributes()}
        state.push("text", "", 0).content = words
        state.push("span_close", "kbd", -1)
    elif not silent and match["name"] == "video" and words:
        address = words.split()[0].strip("\"'")
        opening = state.push("link_open", "a", 1)
        opening.attrs, opening.meta = {"href": state.md.normalizeLink(address)}, {"offset": state.pos}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


EXTENSION = Extension("quarto", syntax)
