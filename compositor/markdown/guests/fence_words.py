"""Words after a fence in the syntax of other tools -> language and caption: `rust,ignore`, `{r, echo=FALSE}`.

The first word is the language; words for a compiler or a web page have no meaning on paper, and a title is a caption.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.attributes import AttributeSyntaxError, parse_attributes
from compositor.markdown.extension import Extension

_LANGUAGE = re.compile(r"\s*\{?\s*(?:code-cell\}\s*)?\.?(?P<name>[\w+#.-]*)")
_OURS = re.compile(r"\s*[\w+#.-]*\s*(?:\{(?P<inside>[^{}]*)\})?\s*\Z")
_TITLE = re.compile(
    r"\b(?:title|caption|filename|file-name|fig\.cap|lst-cap)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_FOREIGN = re.compile(r"[\s{](?:title|filename|file-name)\s*=")
"""Keys of other tools, written in braces like ours."""
NO_LANGUAGE = (
    *("ignore", "no_run", "should_panic", "compile_fail", "noplayground", "editable"),
    *("edition2015", "edition2018", "edition2021", "edition2024"),
)
"""Words before which no language is named; rustdoc takes the code for Rust."""


def syntax(md: MarkdownIt) -> None:
    """This runs before the words are read in our syntax."""
    md.core.ruler.before("listings", "fence_words", read_words)


def read_words(state: StateCore) -> None:
    """Reduce the words of every fence to its language and its caption."""
    for token in state.tokens:
        if token.type == "fence" and token.info.strip():
            token.meta["words"] = token.info
            token.info = _words(token.info)


def _words(info: str) -> str:
    ours = _OURS.match(info)
    if ours is not None and not _FOREIGN.search(info):
        try:
            parse_attributes(ours["inside"] or "")
        except AttributeSyntaxError:
            pass
        else:
            return _language(info.strip()) if "{" not in info else info
    match = _LANGUAGE.match(info)
    name = match["name"].strip(".") if match else ""
    title = _TITLE.search(info)
    words = (title["double"] or title["single"] or "").strip() if title else ""
    words = f"`{words}`" if words and " " not in words and not set("`*_[") & set(words) else words
    caption = words.replace("\\", "\\\\").replace('"', '\\"').replace("}", "").replace("{", "")
    return f'{_language(name)} {{lst-cap="{caption}"}}' if caption else _language(name)


def _language(name: str) -> str:
    return "rust" if name in NO_LANGUAGE else name


EXTENSION = Extension("fence_words", syntax)
