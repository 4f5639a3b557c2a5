"""Links of wikis and of Obsidian: `[[Text]]`, `[[Text#Heading|words]]`, `![[picture.png|200]]`; no `%%comments%%`.

A name in brackets is a link if a file anywhere in the folder has it; else it is printed as it stands. Source:
Obsidian's help, "Internal links" and "Embed files".
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
_CODE = r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
_LINK = re.compile(
    _CODE + r"|(?P<embed>!?)\[\[(?P<name>[^\[\]|#^\n]*)(?P<place>#[^\[\]|\n]*)?(?:\\?\|(?P<words>[^\[\]\n]*))?\]\]",
    re.DOTALL,
)
_REMARK = re.compile(_CODE + r"|%%(?:(?!%%).)*%%", re.DOTALL)
_SIZE = re.compile(r"(?P<width>\d+)(?:x\d+)?\Z")


def syntax(md: MarkdownIt) -> None:
    """Links become those of Markdown before a line is read."""
    md.core.ruler.before("inline", "wiki_links", make_links)


def read_remarks(md: MarkdownIt) -> None:
    """Remove comments from lines of text; code is unchanged."""
    md.core.ruler.before("inline", "wiki_remarks", take_remarks_out)


def take_remarks_out(state: StateCore) -> None:
    """Remove `%%` and what is between two of them; a paragraph of nothing else is removed too."""
    for number, token in enumerate(state.tokens):
        if token.type == "inline" and "%%" in token.content:
            token.content = _REMARK.sub(lambda match: match["code"] or "", token.content)
            if not token.content.strip() and state.tokens[number - 1].type == "paragraph_open":
                for empty in state.tokens[number - 1 : number + 2]:
                    empty.type = ""
    state.tokens = [token for token in state.tokens if token.type]


def make_links(state: StateCore) -> None:
    """Rewrite such links in every line as Markdown links."""
    reading = reading_of(state)
    if reading.context.called is None:
        return
    for token in state.tokens:
        if token.type == "inline" and "[[" in token.content:
            token.content = _LINK.sub(partial(_written, reading, reading.context.called), token.content)


def _written(reading: Reading, called: Callable[[str], str], match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    name, place = match["name"].strip().strip("/"), (match["place"] or "").strip("#^ ")
    path = called(name.casefold().removesuffix(".md")) if name else reading.source.path
    if not path or not (name or place):
        return match[0]
    above = posixpath.dirname(reading.source.path) or "."
    words = (match["words"] or "").strip()
    if match["embed"] and path.lower().endswith(PICTURES):
        size = _SIZE.match(words)
        return f"![{'' if size else words}](<{posixpath.relpath(path, above)}>){_width(size)}"
    address = posixpath.relpath(path, above) + (f"#{'-'.join(place.split('#')[-1].lower().split())}" if place else "")
    shown = words or " > ".join(part for part in (name.rpartition("/")[2], *place.split("#")) if part)
    return f"[{shown}](<{address}>)"


def _width(size: re.Match[str] | None) -> str:
    return f"{{width={size['width']}px}}" if size else ""


EXTENSION = Extension("wiki_links", syntax)
REMARKS = Extension("wiki_remarks", read_remarks)
