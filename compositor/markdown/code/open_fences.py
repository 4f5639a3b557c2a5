"""Fences that were never closed: a listing that continues to the next fence, or to the end, with text in it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

_HEADING = re.compile(r"(?:\A|\n[ \t]*\n) {0,3}#{1,6}[ \t]+\S")
MARKDOWN = ("markdown", "md", "mdx", "rmd", "qmd", "myst", "text", "txt", "plain")
"""Languages of listings that show how a fence is opened."""


def syntax(md: MarkdownIt) -> None:
    """This runs while a listing is still as written."""
    md.core.ruler.before("inline", "open_fences", report_open)


def report_open(state: StateCore) -> None:
    """Report every fence whose listing probably should have ended earlier."""
    reading = reading_of(state)
    for token in state.tokens:
        if token.type == "fence" and token.map and "made" not in token.meta:
            _check(reading, token, token.map[1] - token.map[0] - token.content.count("\n") > 1)


def _check(reading: Reading, token: Token, is_closed: bool) -> None:
    """Report a fence with a word after it: it closes nothing (CommonMark 0.31, section 4.5), and opens the next one."""
    opener = re.compile(rf"^ {{0,3}}{re.escape(token.markup)}{token.markup[0]}*[ \t]*[\w{{.][^`\n]*$", re.MULTILINE)
    opens = bool(opener.search(token.content))
    found = ["headings"] * bool(_HEADING.search(token.content)) + ["fences"] * opens
    shows_markdown = token.info.strip().partition(" ")[0].partition("{")[0].lower() in MARKDOWN
    if not found or (is_closed and (shows_markdown or not opens)):
        return
    place = reading.line_place(token)
    message = f"the listing opened at line {place.line} contains lines that look like {' and '.join(found)}"
    longer = token.markup[0] * (len(token.markup) + 1)
    remedy = f"close it with {token.markup} on a line of its own; to show fences, begin and end with {longer}"
    reading.warning("L157", f"{message}: was it never closed?", place, remedy)


EXTENSION = Extension(
    "open_fences",
    syntax,
    {},
    {
        "L157": """A listing contains a line that would open another one, or continues to the end of its part of the
text and contains a heading. Most likely its closing line is missing or has a word after it: then everything up to the
next fence is printed as code. To show fences in a listing, open and close it with a longer one.""",
    },
)
