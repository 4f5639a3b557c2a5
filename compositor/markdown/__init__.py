"""Source -> Chapter: markdown-it with the extensions of the dialect; one file per construct, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown import (
    abbreviations,
    anchors,
    autolinks,
    broken_links,
    callouts,
    cards,
    cells,
    citations,
    code_annotations,
    code_lines,
    column_widths,
    comments,
    conditional,
    csv_tables,
    definitions,
    divs,
    excerpts,
    exercises,
    figures,
    footnotes,
    foreign,
    front_matter,
    glossary,
    headings,
    includes,
    index,
    inline_code,
    items,
    keys,
    line_blocks,
    links,
    listings,
    math,
    page_breaks,
    panels,
    quotations,
    raw_html,
    reference_groups,
    references,
    rows,
    scripts,
    small_capitals,
    spans,
    strikethrough,
    table_notes,
    tables,
    tasks,
    typography,
    variables,
)
from compositor.markdown.extension import RenderRule
from compositor.markdown.reading import Context, Reading, reading_of
from compositor.matter import Gathered
from compositor.model import Chapter, Source

__all__ = ["EXPLANATIONS", "EXTENSIONS", "Context", "parse", "render_rules"]

EXTENSIONS = (
    front_matter.EXTENSION,
    headings.EXTENSION,
    inline_code.EXTENSION,
    divs.EXTENSION,
    tables.EXTENSION,
    rows.EXTENSION,
    listings.EXTENSION,
    excerpts.EXTENSION,
    code_annotations.EXTENSION,
    code_lines.EXTENSION,
    callouts.EXTENSION,
    definitions.EXTENSION,
    tasks.EXTENSION,
    strikethrough.EXTENSION,
    autolinks.EXTENSION,
    footnotes.EXTENSION,
    spans.EXTENSION,
    figures.EXTENSION,
    references.EXTENSION,
    links.EXTENSION,
    broken_links.EXTENSION,
    foreign.EXTENSION,
    comments.EXTENSION,
    typography.EXTENSION,
    items.EXTENSION,
    reference_groups.EXTENSION,
    index.EXTENSION,
    glossary.EXTENSION,
    abbreviations.EXTENSION,
    exercises.EXTENSION,
    quotations.EXTENSION,
    line_blocks.EXTENSION,
    scripts.EXTENSION,
    keys.EXTENSION,
    small_capitals.EXTENSION,
    page_breaks.EXTENSION,
    panels.EXTENSION,
    csv_tables.EXTENSION,
    cells.EXTENSION,
    table_notes.EXTENSION,
    column_widths.EXTENSION,
    cards.EXTENSION,
    anchors.EXTENSION,
    includes.EXTENSION,
    math.EXTENSION,
    variables.EXTENSION,  # behind math, so that formulas are filled before they are tried
    raw_html.EXTENSION,
    citations.EXTENSION,
    conditional.EXTENSION,
)
DEEPEST = 40
"""Nesting at which a text is refused: markdown-it would drop what is deeper than its limit without a word."""
POSITIONED = ("link", "image", "autolink", "html_inline", "footnote_ref", "footnote_inline", "gfm_autolink")
EXPLANATIONS: Mapping[str, str] = {
    "L191": """A file has front matter or comments and no text. An empty chapter would be a number with nothing
behind it: write it, mark it `draft: true`, or take it out of the order.""",
    "L192": """Lists or quotations stand one inside the other more than forty deep. No page has room for that, and
the tools below would drop the innermost text in silence.""",
} | {code: text for extension in EXTENSIONS for code, text in extension.explanations.items()}


def parse(source: Source, context: Context) -> Chapter:
    """Parse one source; pure: the same arguments give the same chapter, and nothing else is read."""
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
        tuple(token for name in front_matter.EPIGRAPH if (token := reading.epigraph.get(name))),
    )


@cache
def render_rules() -> Mapping[str, RenderRule]:
    """Token type -> render rule, of all extensions."""
    return {type_: rule for extension in EXTENSIONS for type_, rule in extension.render.items()}


@cache
def _parser(extensions: frozenset[str], quotes: tuple[str, str, str, str]) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": 2 * DEEPEST + 20, "html": False, "quotes": quotes})
    md.core.ruler.after("inline", "places", keep_places)
    for extension in EXTENSIONS:
        if extension.name in extensions:
            extension.syntax(md)
    for name in POSITIONED:
        _keep_offsets(md, name)
    return md


def _keep_offsets(md: MarkdownIt, name: str) -> None:
    """Wrap an inline rule so that the token it makes remembers where its text begins."""
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
    """Offsets within a block become places in the file, while block and offset are still together."""
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
    if not tokens:
        empty = "the file has no text"
        reading.error("L191", empty, reading.line_place(Token("", "", 0)), "write it, or mark it `draft: true`")
    deep = next((token for token in tokens if token.level > DEEPEST), None)
    if deep is not None:
        reading.error(
            "L192", f"nested more than {DEEPEST} deep", reading.line_place(deep), "lift the innermost lists out"
        )
