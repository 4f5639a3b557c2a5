"""Directives of MyST and Sphinx: a fence or colons with a word in braces -> figures, listings, formulas, boxes, text.

A directive that nobody here knows is told; its contents are set as text where colons hold them, else as a listing.
Sources: https://mystmd.org/guide/directives, https://jupyterbook.org/v1/reference/cheatsheet.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.book.includes import included_text, put_blocks, put_path, text_for_code
from compositor.markdown.code.languages import code_language
from compositor.markdown.divs import end_of_surroundings
from compositor.markdown.extension import Extension
from compositor.markdown.guests.blocks import KINDS, TABS, WITHOUT_BOX, inside, nested
from compositor.markdown.guests.directive_forms import Directive, last_line, line_of, options_of
from compositor.markdown.reading import reading_of

_OPENING = re.compile(
    r"(?P<marks>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:.+-]*)\}[ \t]*(?P<argument>.*?)[ \t]*\Z"
)
_NO_CAPTION = re.compile(r"[`~:]{3}|[|>#*+<-]|\d+[.)] |!\[|\Z")
_TARGET = re.compile(r"\((?P<label>[^()\s][^()\n]*)\)=[ \t]*\Z")
CODE = {
    **{"code": "", "code-block": "", "sourcecode": "", "code-cell": "python", "ipython": "python", "prompt": "console"},
    **{"mermaid": "mermaid", "uml": "plantuml", "plantuml": "plantuml", "graphviz": "dot", "myst": "markdown"},
}
"""Directives that hold code -> its language, where none is named."""
LANGUAGES = {"ipython3": "python", "ipython": "python", "python3": "python", "shell-session": "console"}
LABELS = ("label", "name")


def syntax(md: MarkdownIt) -> None:
    """Before fences are read, and before the boxes of other tools, which have no braces."""
    interrupting = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "myst_target", target, interrupting)  # type: ignore[arg-type]
    rules = [rule.name for rule in md.block.ruler.__rules__]
    first = next(name for name in ("colon_box", "div", "fence") if name in rules)
    md.block.ruler.before(first, "directive", directive, interrupting)  # type: ignore[arg-type]
    md.core.ruler.after("inline", "embeds", link_embeds)


def link_embeds(state: StateCore) -> None:
    """A picture of a place, `![](#fig)`, shows on a web page what stands there; here it is a link to it."""
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
    """markdown-it's block rule: `(label)=` is a name for what stands behind it."""
    match = _TARGET.match(line_of(state, start))
    if match is None or state.is_code_block(start):
        return False
    if not silent:
        _place(state, match["label"], start)
        state.line = start + 1
    return True


def _place(state: StateBlock, label: str, line: int) -> None:
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, line + 1], f'<a id="{escape(label)}"></a>\n'


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: from the line with the name to the line that closes it."""
    match = _OPENING.match(line_of(state, start))
    if match is None or state.is_code_block(start):
        return False
    name, end = match["name"].lower(), end_of_surroundings(state, start, end)
    last = last_line(state, start, end, match["marks"])
    make = _maker(name, match["marks"][0] == ":")
    if make is None:
        return False
    if silent:
        return True
    options, first = options_of(state, start + 1, last)
    found = Directive(name, match["argument"], options, start, first, last)
    for label in (options[key] for key in LABELS if options.get(key) and make is not _formula):
        _place(state, label, start)
    make(state, found)
    state.line = min(last + 1, end)
    return True


Make = Callable[[StateBlock, Directive], None]


def _maker(name: str, colons: bool) -> Make | None:
    """What makes the tokens of a directive; None for a fence that stays one, such as `{r}`."""
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
    """What nobody knows; a fence may hold anything, so that its letters are printed as they are."""
    _told(state, found, "printed as a listing")
    _fence(state, found, "", [f"{found.argument}"] if found.argument else [])


def _told(state: StateBlock, found: Directive, done: str) -> None:
    reading = reading_of(state)  # type: ignore[arg-type]
    place = reading.line_place(Token("", "", 0, map=[found.start, found.start + 1]), found.name)
    message = f'the press has no directive "{found.name}"; what stands in it is {done}'
    reading.warning("L373", message, place, "write it as Markdown that every tool knows")


def _code(state: StateBlock, found: Directive) -> None:
    named = found.argument.split()[0].lower() if found.argument.split() else found.options.get("lexer", "")
    _fence(state, found, LANGUAGES.get(named, named) or CODE.get(found.name, ""), [])


def _fence(state: StateBlock, found: Directive, language: str, above: list[str]) -> None:
    token = state.push("fence", "code", 0)
    lines = [*above, *found.lines(state)]
    token.markup, token.map = "```", [found.first - 1, found.last + 1]
    token.info = language
    if caption := found.options.get("caption") or found.options.get("filename"):
        token.meta["tag"] = {"number": "", "caption": caption}
    token.content = "\n".join(lines).rstrip("\n") + "\n"


def _file(state: StateBlock, found: Directive) -> None:
    """A listing of a file, or of some of its lines."""
    reading = reading_of(state)  # type: ignore[arg-type]
    place = reading.line_place(Token("", "", 0, map=[found.start, found.start + 1]), found.argument)
    path = reading.path_from(place, found.argument)
    token = state.push("fence", "code", 0)
    token.info = found.options.get("language") or found.options.get("lang") or path.rpartition(".")[2]
    token.markup, token.map, token.meta["made"] = "```", [found.start, found.start + 1], True
    text = text_for_code(reading, path, place)
    if text is None:
        token.info, token.content = "", f"{found.argument}\n"
    else:
        token.content = "\n".join(_chosen(text.rstrip("\n").split("\n"), found.options.get("lines", ""))) + "\n"


def _chosen(lines: list[str], wanted: str) -> list[str]:
    """The lines that `1,3-5,7-` names; all of them where it names none."""
    parts = [re.fullmatch(r"\s*(\d+)?\s*(-)?\s*(\d+)?\s*", part) for part in wanted.split(",")]
    chosen = [
        line
        for part in parts
        if part is not None and (part[1] or part[3])
        for line in lines[int(part[1] or 1) - 1 : int(part[3] or len(lines)) if part[2] else int(part[1] or 1)]
    ]
    return chosen or lines


def _figure(state: StateBlock, found: Directive) -> None:
    """A picture, its first paragraph as the caption, and what stands below that."""
    lines, number = found.lines(state), 0
    while number < len(lines) and not lines[number].strip():
        number += 1
    behind = number
    if number < len(lines) and not _NO_CAPTION.match(lines[number].strip()):
        while behind < len(lines) and lines[behind].strip():
            behind += 1
    caption = " ".join(line.strip() for line in lines[number:behind])
    if caption.count("[") != caption.count("]") or not found.argument or found.argument.startswith("#"):
        caption, behind = "", 0
    if found.argument.startswith("#"):
        _words(state, found, f"[]({found.argument})")
    elif found.argument:
        _words(state, found, f"![{caption}](<{found.argument}>){_braces(found.options)}")
    if any(line.strip() for line in lines[behind:]):
        nested(state, (found.first + behind - 1, found.last), "div", "", 0)


def _braces(options: Mapping[str, str]) -> str:
    pairs = [f'fig-alt="{_quoted(options["alt"])}"'] if options.get("alt") else []
    width = re.fullmatch(r"\d+(?:\.\d+)?(?:%|px|cm|mm|in|em|pt)?", options.get("width", ""))
    pairs += [f"width={width[0]}"] if width else []
    return f"{{{' '.join(pairs)}}}" if pairs else ""


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "(").replace("}", ")")


def _words(state: StateBlock, found: Directive, content: str) -> None:
    """A paragraph."""
    lines = [found.start, max(found.first, found.start + 1)]
    state.push("paragraph_open", "p", 1).map = lines
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = lines, content, []
    state.push("paragraph_close", "p", -1)


def _formula(state: StateBlock, found: Directive) -> None:
    """With its name as the id of a formula, which has a number."""
    label = next((found.options[key] for key in LABELS if found.options.get(key)), "")
    inside = f"#{label}" if re.fullmatch(r"[A-Za-z][\w-]*", label) else None
    if label and inside is None:
        _place(state, label, found.start)
    token = state.push("math_block", "", 0)
    token.map, token.meta = [found.first - 1, found.last], {"closed": True, "inside": inside}
    token.content = "\n".join(line for line in (found.argument, *found.lines(state)) if line.strip())


def _table(state: StateBlock, found: Directive) -> None:
    """What it holds, and its caption as one of a table."""
    inside(state, found.first, found.last)
    if found.argument and state.tokens[-1].type == "table_close":
        _words(state, found, f": {found.argument}")
    elif found.argument:
        _words(state, found, found.argument)


def _include(state: StateBlock, found: Directive) -> None:
    if found.options.get("literal") is not None or found.options.get("lang"):
        _file(state, found)
        return
    reading = reading_of(state)  # type: ignore[arg-type]
    place = reading.line_place(Token("", "", 0, map=[found.start, found.start + 1]), found.argument)
    text = included_text(reading, reading.path_from(place, found.argument), place, found.start + 1)
    if text is None:
        put_path(state, found.argument, found.start)
    else:
        put_blocks(state, reading, text, found.start + 1)


def _embed(state: StateBlock, found: Directive) -> None:
    _words(state, found, f"[]({found.argument})")


def _frame(state: StateBlock, found: Directive) -> None:
    """What plays on a web page: its title, and where it is."""
    title = found.options.get("title") or " ".join(line.strip() for line in found.lines(state)).strip()
    token = state.push("html_block", "", 0)
    token.map = [found.start, found.last]
    token.content = f'<iframe src="{escape(found.argument)}" title="{escape(title)}"></iframe>\n'


def _nothing(state: StateBlock, found: Directive) -> None:
    """What leads about on a web page, or is made by the press itself."""


MAKERS: Mapping[str, Make] = {
    **dict.fromkeys(("index", "toctree", "toc", "tableofcontents", "contents"), _nothing),
    **dict.fromkeys(("show-index", "bibliography", "exercise-end"), _nothing),
    **dict.fromkeys(("iframe", "video", "youtube", "vimeo"), _frame),
    **dict.fromkeys(("figure", "image"), _figure),
    **dict.fromkeys(CODE, _code),
    **{"math": _formula, "table": _table, "include": _include, "literalinclude": _file, "embed": _embed},
}

EXTENSION = Extension(
    "directives",
    syntax,
    explanations={
        "L373": """A directive of MyST or Sphinx makes something that the press does not know. What stands in it is
printed all the same: as text where it is held by colons, as a listing where it is a fence.""",
    },
)
