"""Page breaks: an empty `::: {.page-break}` … `:::`; on a screen, without pages, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.reading import reading_of

TEX = frozenset(("\\pagebreak", "\\newpage", "\\clearpage", "\\cleardoublepage", "{{< pagebreak >}}"))


def syntax(md: MarkdownIt) -> None:
    """They are found when the attributes of blocks are known."""
    md.core.ruler.before("inline", "tex_page_breaks", make_tex_breaks)
    md.core.ruler.after("divs", "page_breaks", make_breaks)


def make_tex_breaks(state: StateCore) -> None:
    """Make a break of a paragraph with only the command of TeX or Quarto, in books of other tools."""
    if reading_of(state).of_guest:
        lines = [token.content.strip() if token.type == "inline" else "" for token in state.tokens]
        breaks = {number for number, line in enumerate(lines) if line in TEX}
        breaks = {number for number in breaks if state.tokens[number - 1].type == "paragraph_open"}
        for number in breaks:
            state.tokens[number].type, state.tokens[number].content = "page_break", ""
            state.tokens[number].children = None
        around = {number + step for number in breaks for step in (-1, 1)}
        state.tokens = [token for number, token in enumerate(state.tokens) if number not in around]


def make_breaks(state: StateCore) -> None:
    """Make a break of an empty block; report one with content, so that the content is not hidden."""
    made: list[Token] = []
    for token in state.tokens:
        if token.type == "div_close" and made[-1].type == "div_open" and _breaks(made[-1]):
            made[-1].type, made[-1].nesting = "page_break", 0
            continue
        if made and made[-1].type == "div_open" and _breaks(made[-1]):
            reading = reading_of(state)
            place, remedy = reading.line_place(made[-1], ".page-break"), "close it with ::: on the next line"
            message, other = "a page break contains text, and has no effect", "to keep text on one page: .keep-together"
            reading.warning("L271", message, place, remedy, other)
            found = made[-1].meta["attributes"]
            classes = tuple(name for name in found.classes if name != "page-break")
            made[-1].meta["attributes"] = replace(found, classes=classes)
        made.append(token)
    state.tokens = made


def _breaks(token: Token) -> bool:
    return "page-break" in token.meta["attributes"].classes


def page_break(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render an empty block that ends its page, or nothing."""
    position = rendering.position(tokens[index])
    return f'<div class="page-break"{position}></div>\n' if rendering.medium.paged else ""


EXTENSION = Extension(
    "page_breaks",
    syntax,
    {"page_break": page_break},
    {
        "L271": """A block `::: {.page-break}` contains text. It only says where a page ends: close it with `:::` on
the next line. `::: {.keep-together}` keeps its contents on one page.""",
    },
)
