"""Source -> Chapter: markdown-it with the extensions of the dialect; `constructs.py` lists them in order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.book import front_matter
from compositor.markdown.constructs import EXTENSIONS, OF_GUESTS, render_rules
from compositor.markdown.reading import Context, Reading, reading_of
from compositor.model import Chapter, Source
from compositor.model.apparatus import Gathered

__all__ = ["EXPLANATIONS", "EXTENSIONS", "OF_GUESTS", "Context", "parse", "render_rules"]

DEEPEST = 40
"""Nesting at which a text is refused: markdown-it would silently drop what is deeper than its limit."""
POSITIONED = ("link", "image", "autolink", "html_inline", "footnote_ref", "footnote_inline", "gfm_autolink")
EXPLANATIONS: Mapping[str, str] = {
    "L192": """Lists or quotations are nested more than forty deep. No page has room for that, and the libraries that
Compositor uses would silently drop the innermost text.""",
} | {code: text for extension in (*EXTENSIONS, *OF_GUESTS) for code, text in extension.explanations.items()}


def parse(source: Source, context: Context) -> Chapter:
    """Parse one source. Pure: the same arguments give the same chapter, and nothing else is read."""
    reading = Reading(source, context)
    tokens = _parser(context.extensions, context.language.quotes).parse(source.text, {"reading": reading})
    _check_whole(reading, tokens)
    return Chapter(
        source,
        tuple(tokens),
        reading.front_matter,
        reading.finished_anchors(),
        tuple(reading.references),
        tuple(reading.images),
        tuple(reading.notes),
        tuple(reading.findings),
        tuple(dict.fromkeys(reading.files)),
        Gathered(tuple(reading.marks), tuple(reading.answers), tuple(reading.lists)),
        tuple(reading.citations),
        tuple(reading.inclusions),
        tuple(reading.remote),
        tuple(token for name in front_matter.EPIGRAPH if (token := reading.epigraph.get(name))),
    )


@cache
def _parser(extensions: frozenset[str], quotes: tuple[str, str, str, str]) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": 2 * DEEPEST + 20, "html": False, "quotes": quotes})
    md.core.ruler.after("inline", "places", keep_places)
    for extension in (*EXTENSIONS, *OF_GUESTS):
        if extension.name in extensions:
            extension.syntax(md)
    for name in POSITIONED:
        _keep_offsets(md, name)
    return md


def _keep_offsets(md: MarkdownIt, name: str) -> None:
    """Wrap an inline rule so that its token remembers where its text begins."""
    rules = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    if name not in rules:
        return
    rule = rules[name]

    def with_offset(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            made = next((token for token in state.tokens[count:] if token.type != "text"), None)
            if made is not None:
                made.meta["offset"] = start
        return matched

    md.inline.ruler.at(name, with_offset)


def keep_places(state: StateCore) -> None:
    """Turn offsets within a block into places in the file while block and offset are still known."""
    reading = reading_of(state)
    for block in state.tokens:
        for token in block.children or ():
            _keep_place(reading, block, token, 0)


def _keep_place(reading: Reading, block: Token, token: Token, base: int) -> None:
    offset = base + token.meta.get("offset", 0)
    if "offset" in token.meta:
        token.meta["place"] = reading.inline_place(block, offset, len(token.markup) or 1)
    if "braces" in token.meta:
        token.meta["braces_place"] = reading.inline_place(block, base + token.meta["braces"])
    for child in token.children or ():
        _keep_place(reading, block, child, offset + len("!["))


def _check_whole(reading: Reading, tokens: list[Token]) -> None:
    deep = next((token for token in tokens if token.level > DEEPEST), None)
    if deep is not None:
        reading.error(
            "L192", f"nested more than {DEEPEST} deep", reading.line_place(deep), "move the innermost ones out"
        )
