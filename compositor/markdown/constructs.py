"""Every construct of Markdown, in the order in which they act; a new one is a file and a line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from compositor.markdown import divs, foreign, spans
from compositor.markdown.book import conditional, exercises, front_matter, glossary, includes, index, variables
from compositor.markdown.code import code_annotations, code_lines, excerpts, inline_code, listings, open_fences
from compositor.markdown.extension import RenderRule
from compositor.markdown.figures import badges, drawn, figures, panels
from compositor.markdown.guests import (
    admonitions,
    curly_tags,
    emoji,
    fence_words,
    gitbook_tags,
    habits,
    hidden_lines,
    listing_tags,
    mathjax,
    mdbook_includes,
    mdbook_plugins,
    metadata_lines,
    plugin_boxes,
    pymdown,
    rule_names,
    snippets,
    web_pages,
    wiki_links,
)
from compositor.markdown.guests.mdx import components, highlights
from compositor.markdown.guests.myst import directives
from compositor.markdown.guests.pandoc import bookdown, environments, lists, quarto
from compositor.markdown.html import extension as raw_html
from compositor.markdown.math import formulas, tex_marks
from compositor.markdown.notes import footnotes, link_notes
from compositor.markdown.references import (
    anchors,
    autolinks,
    broken_links,
    citations,
    items,
    links,
    reference_groups,
    references,
)
from compositor.markdown.tables import cards, cells, column_widths, csv_tables, parts, rows, table_notes, tables
from compositor.markdown.text import (
    abbreviations,
    callouts,
    changes,
    characters,
    definitions,
    directions,
    east_asian,
    headings,
    keys,
    line_blocks,
    page_breaks,
    quotations,
    scripts,
    side_notes,
    small_capitals,
    strikethrough,
    tasks,
    typography,
)

EXTENSIONS = (
    front_matter.EXTENSION,
    headings.EXTENSION,
    inline_code.EXTENSION,
    divs.EXTENSION,
    tables.EXTENSION,
    rows.EXTENSION,
    parts.EXTENSION,
    listings.EXTENSION,
    open_fences.EXTENSION,
    excerpts.EXTENSION,
    code_annotations.EXTENSION,
    code_lines.EXTENSION,
    callouts.EXTENSION,
    definitions.EXTENSION,
    tasks.EXTENSION,
    strikethrough.EXTENSION,
    autolinks.EXTENSION,
    footnotes.EXTENSION,
    link_notes.EXTENSION,
    spans.EXTENSION,
    figures.EXTENSION,
    drawn.EXTENSION,
    badges.EXTENSION,
    references.EXTENSION,
    links.EXTENSION,
    broken_links.EXTENSION,
    foreign.EXTENSION,
    characters.EXTENSION,
    typography.EXTENSION,
    items.EXTENSION,
    reference_groups.EXTENSION,
    index.EXTENSION,
    glossary.EXTENSION,
    abbreviations.EXTENSION,
    exercises.EXTENSION,
    side_notes.EXTENSION,
    quotations.EXTENSION,
    line_blocks.EXTENSION,
    scripts.EXTENSION,
    keys.EXTENSION,
    small_capitals.EXTENSION,
    directions.EXTENSION,
    east_asian.EXTENSION,
    page_breaks.EXTENSION,
    panels.EXTENSION,
    csv_tables.EXTENSION,
    cells.EXTENSION,
    table_notes.EXTENSION,
    column_widths.EXTENSION,
    cards.EXTENSION,
    anchors.EXTENSION,
    includes.EXTENSION,
    formulas.EXTENSION,
    tex_marks.EXTENSION,
    variables.EXTENSION,  # after math, so that formulas are filled in before they are checked
    raw_html.EXTENSION,
    citations.EXTENSION,
    conditional.EXTENSION,
    changes.EXTENSION,
)
"""Compositor's own constructs."""

OF_GUESTS = (
    habits.EXTENSION,
    fence_words.EXTENSION,
    listing_tags.EXTENSION,
    hidden_lines.EXTENSION,
    mdbook_includes.EXTENSION,
    mdbook_plugins.EXTENSION,
    rule_names.EXTENSION,
    components.EXTENSION,
    highlights.EXTENSION,
    gitbook_tags.EXTENSION,
    admonitions.EXTENSION,
    directives.EXTENSION,
    plugin_boxes.EXTENSION,
    curly_tags.EXTENSION,
    web_pages.EXTENSION,
    web_pages.REMARKS,
    emoji.EXTENSION,
    snippets.EXTENSION,
    metadata_lines.EXTENSION,
    pymdown.EXTENSION,
    wiki_links.EXTENSION,
    wiki_links.REMARKS,
    lists.EXTENSION,
    environments.EXTENSION,
    bookdown.EXTENSION,
    quarto.EXTENSION,
    mathjax.EXTENSION,
)
"""Constructs of other tools, which act after ours."""


@cache
def render_rules() -> Mapping[str, RenderRule]:
    """Return token type -> render rule, of all extensions."""
    return {type_: rule for extension in (*EXTENSIONS, *OF_GUESTS) for type_, rule in extension.render.items()}
