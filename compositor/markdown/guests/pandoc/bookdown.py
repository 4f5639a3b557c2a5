r"""Syntax of bookdown: `\@ref(fig:x)`, `(\#eq:x)`, `(ref:x) Words`, `# (PART) Title`; `\index{x}` is for TeX only.

Source: https://bookdown.org/yihui/bookdown/components.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.extension import Extension

_REFERENCE = re.compile(r"\\?\\@ref\((?P<name>[\w:./-]+)\)")
_TEX = re.compile(
    r"\\(?:(?:index[a-z]*|label|vspace\*?|hspace\*?|pagestyle|thispagestyle|markboth|addcontentsline|setcounter)"
    r"(?:\{(?:[^{}\n]|\{[^{}\n]*\})*\})+|(?:mainmatter|frontmatter|backmatter|printindex|noindent|cleardoublepage|appendix)"
    r"(?![A-Za-z]))"
)
"""TeX commands that print nothing in place and have no meaning outside TeX."""
_LABEL = re.compile(r"\(\\{1,2}#(?P<name>(?:fig|tab|eq|thm|lem|cor|def|exr):[\w-]+)\)[ \t]*")
_WORDS = re.compile(r"\(ref:(?P<name>[\w-]+)\)[ \t]+(?P<words>\S.*)\Z", re.DOTALL)
"""A paragraph that gives words a name, for captions."""
_NAMED = re.compile(r"\(ref:(?P<name>[\w-]+)\)|(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)", re.DOTALL)
PART = re.compile(r"\((?P<kind>PART|APPENDIX)(?:\\?\*)?\)[ \t]*")
"""The beginning of a title that names a part, or that begins the appendices."""
_CHUNK = re.compile(r"\{r[ ,]+(?:label\s*=\s*[\"']?)?(?P<name>[\w.-]+)[\"']?\s*(?:[,}]|\Z)")
MADE = {"fig": re.compile(r"fig[.-]cap"), "tab": re.compile(r"kable|datatable|gt\(|(?:tab|tbl)[.-]cap")}
"""The result of a code chunk with a caption -> the option that gives the caption."""
EQUATION = "eq:"


def syntax(md: MarkdownIt) -> None:
    """Titles and labels are read when the blocks are known; references and commands, within a line."""
    md.core.ruler.after("block", "bookdown_blocks", read_blocks)
    md.inline.ruler.before("escape", "bookdown_line", line)
    md.core.ruler.after("inline", "bookdown_nothing", without_nothing)


def read_blocks(state: StateCore) -> None:
    """Turn labels into places; remove the title of a part from the text that begins with it, if a chapter follows."""
    state.tokens = list(_with_words(state.tokens))
    state.tokens = [made for i in range(len(state.tokens)) for made in _made(state.tokens, i)]
    titles = [i for i, token in enumerate(state.tokens) if token.type == "heading_open" and token.tag == "h1"]
    for i in titles[:1]:
        heading = state.tokens[i + 1]
        if PART.match(heading.content):
            heading.content = PART.sub("", heading.content, count=1)
            if len(titles) > 1:
                del state.tokens[i : i + 3]


def _with_words(tokens: list[Token]) -> Iterator[Token]:
    """Put named words where their name is used; words without a use stay in place."""
    given = {i: match for i, one in enumerate(tokens) if one.type == "inline" and (match := _WORDS.match(one.content))}
    words = {match["name"]: match["words"] for match in given.values()}
    in_braces = {name: said for name, said in words.items() if not set("\"'{}\n") & set(said)}
    called = set[str]()

    def put(text: str, known: dict[str, str]) -> str:
        called.update(match["name"] for match in _NAMED.finditer(text) if match["name"] in known)
        return _NAMED.sub(lambda match: known.get(match["name"] or "", match[0]), text)

    for i, token in enumerate(tokens if words else ()):
        if token.type == "fence":
            token.info = put(token.info, in_braces)
        elif token.type == "inline":
            token.content = given[i]["words"] if i in given else put(token.content, words)
    gone = {i + beside for i, match in given.items() if match["name"] in called for beside in (-1, 0, 1)}
    yield from (token for i, token in enumerate(tokens) if i not in gone)


def _made(tokens: list[Token], index: int) -> Iterator[Token]:
    """Yield a block, after the places for its labels."""
    token = tokens[index]
    if token.type == "fence" and (chunk := _CHUNK.match(token.info.strip())):
        said = token.info + token.content
        yield from _places(token, [f"{kind}:{chunk['name']}" for kind, form in MADE.items() if form.search(said)])
    elif token.type == "math_block" and (found := _LABEL.search(token.content)):
        token.content = _LABEL.sub("", token.content)
        token.content += f" \\label{{{found['name'].removeprefix(EQUATION)}}}"
    elif token.type == "inline" and "#" in token.content:
        token.content = _LABEL.sub(lambda match: f'<a id="{escape(match["name"])}"></a>', token.content)
    yield token


def _places(like: Token, names: list[str]) -> Iterator[Token]:
    if not names:
        return
    place = Token("html_block", "", 0, map=like.map, level=like.level, block=True)
    place.content = "".join(f'<a id="{escape(name)}"></a>' for name in names)
    yield place


def line(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: a reference is the number of its target; a command is removed."""
    if state.src[state.pos] != "\\":
        return False
    reference, tex = _REFERENCE.match(state.src, state.pos), _TEX.match(state.src, state.pos)
    if reference is None and tex is None:
        return False
    if reference is not None and not silent:
        name = reference["name"]
        name = f"eq-{name.removeprefix(EQUATION)}" if name.startswith(EQUATION) else name
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(f"#{name}")}
        opening.meta = {"offset": state.pos, "by_number": True}
        state.push("link_close", "a", -1)
    state.pos = reference.end() if reference is not None else tex.end() if tex is not None else state.pos
    return True


def without_nothing(state: StateCore) -> None:
    """Remove paragraphs of nothing but such commands."""
    kept: list[Token] = []
    skip = 0
    for i, token in enumerate(state.tokens):
        if skip:
            skip -= 1
        elif token.type == "paragraph_open" and _is_nothing(state.tokens[i + 1]):
            skip = 2
        else:
            kept.append(token)
    state.tokens = kept


def _is_nothing(inline: Token) -> bool:
    words = "".join(one.content if one.type == "text" else one.type for one in inline.children or ())
    return not words.replace("softbreak", "").strip() and bool(_TEX.search(inline.content))


EXTENSION = Extension("bookdown", syntax)
