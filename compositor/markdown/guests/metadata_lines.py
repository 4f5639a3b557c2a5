"""Lines of metadata at the top of a text, `Title: A day out`, as MkDocs reads them if there is no YAML.

Source: https://www.mkdocs.org/user-guide/writing-your-docs/#multimarkdown-style-meta-data.
"""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.extension import Extension
from compositor.markdown.reading import reading_of

KEYS = "title|subtitle|authors?|date|summary|description|tags?|categor(?:y|ies)|template|status|icon|hide|slug|keywords"
"""Keys that identify lines as metadata, so that a text that begins with `Note: ` is not taken for it."""
_LINES = re.compile(
    rf"\A(?:{KEYS})[ \t]*:[^\n]*\n(?:[A-Za-z][\w-]*[ \t]*:[^\n]*\n|[ ]{{4,}}\S[^\n]*\n)*(?=[ \t]*\n|\Z)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(?P<title>\S[^\n]*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def syntax(md: MarkdownIt) -> None:
    """This runs before anything is read; line numbers do not change."""
    md.core.ruler.before("normalize", "metadata_lines", read_lines)


def read_lines(state: StateCore) -> None:
    """Take the title of the text from the lines, like front matter; nothing of the lines is printed."""
    match = _LINES.match(state.src)
    if match is None:
        return
    state.src = "\n" * match[0].count("\n") + state.src[match.end() :]
    reading, title = reading_of(state), _TITLE.search(match[0])
    if title is not None:
        reading.front_matter = replace(reading.front_matter, title=title["title"])


EXTENSION = Extension("metadata_lines", syntax)
