"""Lines of a listing that mdBook and rustdoc hide: `# ` in Rust, the book's own prefix elsewhere.

Source: mdBook's guide, "Hiding code lines".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.code.code import code_of
from compositor.markdown.extension import Extension
from compositor.markdown.reading import reading_of

RUST = ("rust", "rs")
_RUST = re.compile(r"(?P<indent>\s*)#(?P<next>.?)(?P<rest>.*)\Z")
_OWN = re.compile(r"hidelines=(?P<mark>[^\s,}]+)")


def syntax(md: MarkdownIt) -> None:
    """This runs when the lines of files have been added."""
    md.core.ruler.after("listings", "hidden_lines", drop_lines)


def drop_lines(state: StateCore) -> None:
    """Remove the hidden lines from every fence."""
    told = reading_of(state).context.variables.get("mdbook")
    marks = told.get("hidelines", {}) if isinstance(told, Mapping) else {}
    for token in state.tokens:
        if token.type == "fence":
            words = str(token.meta.get("words", token.info))
            own = _OWN.search(words)
            name = code_of(token).written.partition(",")[0]
            mark = own["mark"] if own else str(marks.get(name, ""))
            _drop(token, name in RUST and not own, mark)


def _drop(token: Token, is_rust: bool, mark: str) -> None:
    if not (is_rust or mark):
        return
    code = code_of(token)
    lines = token.content.removesuffix("\n").split("\n")
    shown = [(at, text) for at, line in enumerate(lines) for text in _shown(line, is_rust, mark)]
    if len(shown) == len(lines) and all(text == lines[at] for at, text in shown):
        return
    numbers = tuple(code.numbers[at] if at < len(code.numbers) else 1 for at, _ in shown)
    token.content = "".join(f"{text}\n" for _, text in shown)
    token.meta["code"] = replace(code, numbers=numbers)


def _shown(line: str, is_rust: bool, mark: str) -> Iterator[str]:
    if mark:
        yield from [] if line.lstrip().startswith(mark) else [line]
        return
    match = _RUST.match(line) if is_rust else None
    if match is None or match["next"] not in ("", " ", "#"):
        yield line
    elif match["next"] == "#":
        yield f"{match['indent']}#{match['rest']}"


EXTENSION = Extension("hidden_lines", syntax)
