"""The syntax of the books of other tools: names of members of `markdown.EXTENSIONS`, by tool."""

from __future__ import annotations

from compositor.dialects.native import EXTENSIONS

OURS_ALONE = frozenset(
    (
        *("references", "reference_groups", "citations", "items", "glossary", "abbreviations", "exercises"),
        *("quotations", "keys", "small_capitals", "conditional", "variables", "spans", "divs", "scripts"),
        *("line_blocks", "typography", "math", "tex_marks", "includes", "excerpts", "code_annotations"),
        *("page_breaks", "csv_tables", "side_notes"),
    )
)
"""Signs with a meaning in Compositor that are prose elsewhere: `@media`, `H~2~O`, `^[note]`."""
GUESTS = frozenset(EXTENSIONS) - OURS_ALONE | {"habits", "fence_words"}
"""Common to all: CommonMark and GitHub's additions, as people write them."""
TYPOGRAPHY = frozenset({"typography"})
MATHJAX = frozenset({"math", "mathjax"})
MDBOOK = frozenset(
    ("admonitions", "mdbook_includes", "mdbook_plugins", "rule_names", "plugin_boxes", "hidden_lines", "listing_tags")
)
GITBOOK = frozenset({"admonitions", "gitbook_tags", "math", "typography"})
PYMDOWN = frozenset({"pymdown", "scripts", "tex_marks"})
"""The extensions of Python-Markdown that Material for MkDocs asks for."""
MYST = frozenset({"myst_remarks"})
MKDOCS = frozenset({"metadata_lines"})
OBSIDIAN = frozenset({"pymdown", "wiki_remarks"})
"""`==marked==` and `%%remarks%%`, in a folder of Obsidian."""
PANDOC = frozenset(EXTENSIONS)
"""The Markdown of Pandoc and Quarto, from which Compositor has its own constructs."""
QUARTO = PANDOC | {"pandoc_lists", "quarto", "bookdown"}
"""The same, with lettered lists and the additions of Quarto and bookdown, if Pandoc itself reads the texts."""
EMOJI = frozenset({"emoji"})
PLAIN = EMOJI | {
    *("math", "typography", "admonitions", "directives", "curly_tags", "web_pages", "snippets", "abbreviations"),
    *("mdx", "highlights", "plugin_boxes", "wiki_links", "glossary", "exercises", "tex_environments"),
}
