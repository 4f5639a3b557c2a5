"""`--8<-- "file"` of Python-Markdown's extensions: the blocks of a file, by its path from the book's folder.

Source: https://facelessuser.github.io/pymdown-extensions/extensions/snippets/.
"""

from __future__ import annotations

import posixpath
import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from compositor.markdown.book.includes import included_text, put_blocks, put_path
from compositor.markdown.extension import Extension
from compositor.markdown.reading import reading_of

_SNIPPET = re.compile(r"-{1,}8<-{1,}[ \t]+[\"'](?P<path>[^\"'\n:]+)(?P<lines>:[\d:]*)?[\"'][ \t]*\Z")
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")


def syntax(md: MarkdownIt) -> None:
    """On a line of its own."""
    md.block.ruler.before("fence", "snippet", snippet, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def snippet(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: the blocks of the other file take the place of the line; a drawing is a picture."""
    match = _SNIPPET.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    reading = reading_of(state)  # type: ignore[arg-type]
    path = posixpath.normpath(match["path"].strip())
    if path.lower().endswith(PICTURES):
        above = posixpath.dirname(reading.source.path)
        state.push("paragraph_open", "p", 1).map = [start, start + 1]
        inline = state.push("inline", "", 0)
        inline.map, inline.content, inline.children = [start, start + 1], f"![](<{posixpath.relpath(path, above)}>)", []
        state.push("paragraph_close", "p", -1)
    else:
        place = reading.line_place(Token("", "", 0, map=[start, start + 1]), match["path"])
        text = included_text(reading, path, place, start + 1)
        if text is not None:
            put_blocks(state, reading, text, start + 1)
        else:
            put_path(state, path, start)
    state.line = start + 1
    return True


EXTENSION = Extension("snippets", syntax)
