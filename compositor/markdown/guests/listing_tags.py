"""`<Listing number="1-1" file-name="src/main.rs" caption="…">` around a fence, as in The Rust Programming Language.

The fence becomes a listing with the number in the text; its caption begins with the file name.
"""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension

_OPEN = re.compile(r"<Listing(?P<attributes>(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'))*)\s*>\s*\Z")
_ATTRIBUTE = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)')")
_CLOSE = re.compile(r"</Listing>\s*\Z")
LONGEST_TAG = 20
"""Most lines of the tag."""


def syntax(md: MarkdownIt) -> None:
    """Each tag is a line of its own; the fence between them is found before listings are read."""
    md.block.ruler.before("fence", "listing_tag", tag, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.before("listings", "listing_tags", name_fences)


def tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a tag is removed from the text, and kept as a token."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not first.startswith(("<Listing", "</Listing>")) or state.is_code_block(start):
        return False
    for last in range(start + 1, min(end, start + LONGEST_TAG) + 1):
        text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[last - 1]]
        match = _OPEN.match(text) or _CLOSE.match(text)
        if match is not None:
            if not silent:
                token = state.push("listing_tag", "", 0)
                token.map, token.meta = [start, last], {"attributes": match.groupdict().get("attributes")}
                state.line = last
            return True
    return False


def name_fences(state: StateCore) -> None:
    """Give the first fence after a tag the tag's values, and remove the tags."""
    said: dict[str, str] | None = None
    made: list[Token] = []
    for token in state.tokens:
        if token.type == "listing_tag":
            written = token.meta["attributes"]
            pairs = _ATTRIBUTE.findall(written or "")
            said = {name: unescape(double or single) for name, double, single in pairs} if written is not None else None
            continue
        if token.type == "fence" and said:
            token.meta["tag"] = {"number": said.get("number", ""), "caption": _caption(said)}
            said = None
        made.append(token)
    state.tokens = made


def _caption(said: dict[str, str]) -> str:
    """Return the file and the caption."""
    file, caption = said.get("file-name", ""), said.get("caption", "")
    return ": ".join(part for part in (f"`{file}`" if file else "", caption) if part)


EXTENSION = Extension("listing_tags", syntax)
