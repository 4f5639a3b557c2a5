"""Directives of MyST and Sphinx: a fence or colons with a word in braces -> figures, tables, listings, boxes, text.

An unknown directive is reported; its content is set as text within colons, else as a listing. Sources:
https://mystmd.org/guide/directives, https://jupyterbook.org/v1/reference/cheatsheet.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.book.includes import included_text, put_blocks, put_path
from compositor.markdown.code.languages import code_language
from compositor.markdown.divs import end_of_surroundings
from compositor.markdown.extension import Extension
from compositor.markdown.guests.blocks import KINDS, TABS, WITHOUT_BOX, inside, nested
from compositor.markdown.guests.myst import code, exercises, formulas, glossary, pictures, tables
from compositor.markdown.guests.myst.forms import (
    Directive,
    last_line,
    line_of,
    options_of,
    place_of_argument,
    put_place,
    put_words,
    warn,
)
from compositor.markdown.reading import reading_of

_OPENING = re.compile(
    r"(?P<marks>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:.+-]*)\}[ \t]*(?P<argument>.*?)[ \t]*\Z"
)
_TARGET = re.compile(r"\((?P<label>[^()\s][^()\n]*)\)=[ \t]*\Z")


def syntax(md: MarkdownIt) -> None:
    """This runs before fences are read, and before the boxes of other tools, which have no braces."""
    interrupting = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "myst_target", target, interrupting)  # type: ignore[arg-type]
    rules = [rule.name for rule in md.block.ruler.__rules__]
    first = next(name for name in ("colon_box", "div", "fence") if name in rules)
    md.block.ruler.before(first, "directive", directive, interrupting)  # type: ignore[arg-type]
    if "math_block" in rules:
        md.block.ruler.before("math_block", "myst_formula", formulas.dollars, interrupting)  # type: ignore[arg-type]
    md.core.ruler.after("inline", "embeds", link_embeds)


def link_embeds(state: StateCore) -> None:
    """Turn a picture of a place, `![](#fig)`, which shows that place's content on a web page, into a link to it."""
    for token in state.tokens:
        if any(_is_embed(child) for child in token.children or ()):
            token.children = [made for child in token.children or () for made in _linked(child)]


def _is_embed(token: Token) -> bool:
    return token.type == "image" and str(token.attrs.get("src", "")).startswith(("#", "xref:"))


def _linked(token: Token) -> Iterator[Token]:
    if not _is_embed(token):
        yield token
        return
    yield Token("link_open", "a", 1, attrs={"href": token.attrs["src"]}, level=token.level, meta=dict(token.meta))
    yield from token.children or ()
    yield Token("link_close", "a", -1, level=token.level)


def target(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: `(label)=` is a name for the block after it."""
    match = _TARGET.match(line_of(state, start))
    if match is None or state.is_code_block(start):
        return False
    if not silent:
        put_place(state, match["label"], start)
        state.line = start + 1
    return True


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: from the line with the name to the line that closes it."""
    match = _OPENING.match(line_of(state, start))
    if match is None or state.is_code_block(start):
        return False
    name, end = match["name"].lower(), end_of_surroundings(state, start, end)
    last = last_line(state, start, end, match["marks"])
    make = _maker(name, match["marks"][0] == ":")
    if make is None and name not in GATED:
        return False
    if silent:
        return True
    options, first = options_of(state, start + 1, last) if name not in code.WHOLE else ({}, start + 1)
    found = Directive(name, match["argument"], options, start, first, last)
    for label in (options[key] for key in formulas.LABELS if options.get(key) and make is not formulas.formula):
        put_place(state, label, start)
    if name in GATED:
        state.line = GATED[name](state, found, end)
        return True
    assert make is not None
    make(state, found)
    state.line = min(last + 1, end)
    return True


Make = Callable[[StateBlock, Directive], None]


def _maker(name: str, colons: bool) -> Make | None:
    """Return what makes the tokens of a directive; None for a fence that stays one, such as `{r}`."""
    if name in MAKERS:
        return MAKERS[name]
    if name.startswith(("prf:", "proof:")) or name in KINDS or name in WITHOUT_BOX or name in TABS:
        return _box
    if colons:
        return _unknown
    return None if code_language(name) else _listing


def _box(state: StateBlock, found: Directive) -> None:
    proof, _, name = found.name.rpartition(":")
    title = f"{name.capitalize()} ({found.argument})" if proof and found.argument else found.argument
    nested(state, (found.first - 1, found.last), name, title, 0)


def _unknown(state: StateBlock, found: Directive) -> None:
    _told(state, found, "set as text")
    nested(state, (found.first - 1, found.last), "div", found.argument, 0)


def _listing(state: StateBlock, found: Directive) -> None:
    """Make a listing of an unknown fence, whose letters are printed as they are."""
    _told(state, found, "printed as a listing")
    code.fence(state, found, "", [f"{found.argument}"] if found.argument else [])


def _told(state: StateBlock, found: Directive, done: str) -> None:
    message = f'unknown directive "{found.name}"; its content is {done}'
    warn(state, found, message, "write it as Markdown that every tool knows")


def _include(state: StateBlock, found: Directive) -> None:
    if found.options.get("literal") is not None or found.options.get("lang"):
        code.file(state, found)
        return
    reading, place = reading_of(state), place_of_argument(state, found)  # type: ignore[arg-type]
    text = included_text(reading, reading.path_from(place, found.argument), place, found.start + 1)
    if text is None:
        put_path(state, found.argument, found.start)
    else:
        put_blocks(state, reading, text, found.start + 1)


def _quotation(state: StateBlock, found: Directive) -> None:
    state.push("blockquote_open", "blockquote", 1).map = [found.start, max(found.last, found.start + 1)]
    inside(state, found.first, found.last)
    state.push("blockquote_close", "blockquote", -1)


def _raw(state: StateBlock, found: Directive) -> None:
    """Read HTML as such; leave out text for other formats than the web."""
    if found.argument.lower() == "html":
        token = state.push("html_block", "", 0)
        token.map, token.content = [found.first, found.last], "\n".join(found.lines(state)).strip() + "\n"


def _embed(state: StateBlock, found: Directive) -> None:
    put_words(state, f"[]({found.argument})", (found.start, max(found.first, found.start + 1)))


def _nothing(state: StateBlock, found: Directive) -> None:
    """Leave out navigation for a web page, and what Compositor generates itself."""


MAKERS: Mapping[str, Make] = {
    **dict.fromkeys(("index", "toctree", "toc", "tableofcontents", "contents"), _nothing),
    **dict.fromkeys(("show-index", "bibliography", "exercise-end", "solution-end"), _nothing),
    **dict.fromkeys(("iframe", "video", "youtube", "vimeo"), pictures.frame),
    **dict.fromkeys(("figure", "image"), pictures.figure),
    **dict.fromkeys(code.CODE, code.code),
    **{"figure-md": pictures.figure_md, "literalinclude": code.file, "include": _include, "embed": _embed},
    **{"table": tables.table, "list-table": tables.list_table, "csv-table": tables.csv_table},
    **dict.fromkeys(("epigraph", "pull-quote", "blockquote", "highlights"), _quotation),
    **{"raw": _raw, "math": formulas.formula, "glossary": glossary.glossary},
}
GATED: Mapping[str, Callable[[StateBlock, Directive, int], int]] = {
    **dict.fromkeys(("exercise", "exercise-start"), exercises.exercise),
    **dict.fromkeys(("solution", "solution-start"), exercises.solution),
}
"""Directives that may end with a closing directive -> what makes them, and returns the line after them."""

EXTENSION = Extension(
    "directives",
    syntax,
    explanations={
        "L373": """A directive of MyST or Sphinx is unknown. Its contents are printed anyway: as text if it uses
colons, as a listing if it is a fence. A table whose cells contain more than paragraphs, lists and code is printed as a
list, and a table that is not CSV is printed as it is.""",
    },
)
