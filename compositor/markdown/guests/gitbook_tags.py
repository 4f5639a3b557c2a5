"""Tags of GitBook and HonKit: `{% hint %}`, `{% tabs %}`, `{% code %}`, `{% include %}` …, and `{{ book.name }}`.

A tag on a line of its own opens, closes or stands for something; an unknown one is printed as it stands, and reported.
Sources: GitBook's documentation, "Blocks"; HonKit's, "Templating", and its plugin for exercises.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.book.includes import included_text, put_blocks, put_path, text_for_code
from compositor.markdown.code.languages import code_language
from compositor.markdown.extension import Extension
from compositor.markdown.guests import gitbook_apis as apis
from compositor.markdown.guests import gitbook_imports as imports
from compositor.markdown.guests.blocks import Boxes, paragraph, title_paragraph
from compositor.markdown.reading import Reading, reading_of

_TAG = re.compile(r"\{%-?\s*(?P<name>[\w-]+)(?P<rest>(?:[^%]|%(?!\}))*?)-?%\}")
_ALONE = re.compile(r"(?:\{%(?:[^%]|%(?!\}))*%\}[ \t]*)+\Z")
_PAIR = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)')")
_PATH = re.compile(r"\s*[\"'](?P<path>[^\"']+)[\"']")
_VALUE = re.compile(r"\{\{\s*book\.(?P<name>[\w.]+)\s*\}\}")
_CODE = re.compile(
    r"<pre>\s*<code(?:\s+class=\"(?:lang|language)-(?P<language>[\w+#-]+)\")?>\s*"
    r"\{%-?\s*include\s+[\"'](?P<path>[^\"']+)[\"']\s*-?%\}\s*</code>\s*</pre>\s*\Z"
)
_NAMED = re.compile(r"\{%-?\s*filename\s*-?%\}(?P<title>.*?)\{%-?\s*endfilename\s*-?%\}[ \t]*\Z")
_BOX = re.compile(
    r"\{%-?\s*(?P<name>hint|exercise)(?P<rest>(?:[^%]|%(?!\}))*?)-?%\}[ \t]*(?P<words>\S.*?)[ \t]*"
    r"\{%-?\s*end(?P=name)\s*-?%\}[ \t]*\Z"
)
"""A box in one line."""
_CONTROL = re.compile(r"\{%-?\s*(?:if|elif|else|endif|set|raw|endraw)\b(?:[^%\n]|%(?!\}))*%\}")
"""Tags within a line that choose what a page shows; both choices are printed."""
STYLES = {"info": "note", "success": "tip", "warning": "warning", "danger": "caution", "tip": "tip", "working": "note"}
UNSEEN = frozenset(
    (
        *("raw", "endraw", "tabs", "endtabs", "endtab", "content-ref", "endcontent-ref", "stepper", "endstepper"),
        *("step", "endstep", "columns", "endcolumns", "column", "endcolumn", "endcode", "endembed", "endfile"),
        *("if", "elif", "else", "endif", "set", "prompt", "endprompt"),
        *("updates", "endupdates", "endupdate", "endinitial", "endsolution", "endvalidation", "endblock"),
    )
)
"""Tags that mark an end, or put something next to something else."""
BOXES = {"hint": "endhint", "exercise": "endexercise"}
LABELS = ("initial", "solution", "validation", "context")
"""Parts of an exercise that are printed on paper with a name."""
_OTHERS = frozenset(("tab", "code", "embed", "file", "include", "update"))
KNOWN = UNSEEN | BOXES.keys() | set(BOXES.values()) | frozenset(LABELS) | _OTHERS | apis.KNOWN


def syntax(md: MarkdownIt) -> None:
    """Values are put in before anything is read, as in HonKit; tags become blocks before captions are parsed."""
    md.core.ruler.before("normalize", "gitbook_values", fill_values)
    md.block.ruler.before("fence", "gitbook_tag", tag, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("escape", "gitbook_control", control)
    md.core.ruler.before("listings", "gitbook_blocks", make_blocks)
    md.core.ruler.before("listings", "gitbook_code", caption_code)


def fill_values(state: StateCore) -> None:
    """Fill in the values of the book's variables; an unknown name is printed as it is, and reported."""
    state.src = _filled(reading_of(state), state.src)


def _filled(reading: Reading, text: str) -> str:
    told = reading.context.variables.get("book")

    def filled(match: re.Match[str]) -> str:
        value: object = told
        for part in match["name"].split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return match[0] if value is None or isinstance(value, Mapping | list) else str(value).replace("\n", " ")

    return _VALUE.sub(filled, text)


def tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a line of only known tags, or of code from a file."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    code, named, box = _CODE.match(line) or imports.IMPORT.match(line), _NAMED.match(line), _BOX.match(line)
    tags = list(_TAG.finditer(line)) if not (code or named or box) and _ALONE.match(line) else []
    if state.is_code_block(start) or not (
        code or named or box or (tags and all(one["name"] in KNOWN for one in tags))
    ):
        return False
    if silent:
        return True
    reading = reading_of(state)  # type: ignore[arg-type]
    if code is not None:
        _push_file(state, reading, code, start)
    if named is not None:
        token = state.push("gitbook_tag", "", 0)
        token.info, token.map, token.meta = "code", [start, start + 1], {"title": named["title"].strip()}
    if box is not None:
        _push_box(state, box, start)
    for one in tags:
        if one["name"] == "include" and (path := _PATH.match(one["rest"])):
            _include(state, reading, path["path"], start)
        else:
            token = state.push("gitbook_tag", "", 0)
            token.info, token.map = one["name"], [start, start + 1]
            token.meta = {name: double or single for name, double, single in _PAIR.findall(one["rest"])}
    state.line = start + 1
    return True


def _push_box(state: StateBlock, match: re.Match[str], start: int) -> None:
    opening = state.push("gitbook_tag", "", 0)
    opening.info, opening.map = match["name"], [start, start + 1]
    opening.meta = {name: double or single for name, double, single in _PAIR.findall(match["rest"])}
    state.push("paragraph_open", "p", 1).map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [start, start + 1], match["words"], []
    state.push("paragraph_close", "p", -1)
    closing = state.push("gitbook_tag", "", 0)
    closing.info, closing.map = f"end{match['name']}", [start, start + 1]


def control(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: a tag that chooses is not printed."""
    match = _CONTROL.match(state.src, state.pos) if state.src.startswith("{%", state.pos) else None
    if match is None:
        return False
    state.pos = match.end()
    return True


def _include(state: StateBlock, reading: Reading, path: str, start: int) -> None:
    place = reading.line_place(Token("", "", 0, map=[start, start + 1]), path)
    text = included_text(reading, reading.path_from(place, path), place, start + 1)
    if text is not None:
        put_blocks(state, reading, _filled(reading, text), start + 1)
    else:
        put_path(state, path, start)


def _push_file(state: StateBlock, reading: Reading, match: re.Match[str], start: int) -> None:
    place = reading.line_place(Token("", "", 0, map=[start, start + 1]), match["path"])
    path = reading.path_from(place, match["path"])
    told = match.groupdict()
    words = told.get("words") or ""
    if title := imports.options(words).get("title"):
        state.push("code_title", "", 0).content = title
    token = state.push("fence", "code", 0)
    token.info, token.markup, token.map = told.get("language") or "", "```", [start, start + 1]
    if "language" not in told and code_language(posixpath.splitext(path)[1][1:]):
        token.info = posixpath.splitext(path)[1][1:]
    token.meta["made"] = True
    text = text_for_code(reading, path, place)
    if text is None:
        token.content = f"{match['path']}\n"
        return
    text = imports.chosen(text.rstrip("\n"), words)
    token.content = f"{text}\n"


def _of_tag(token: Token, name: str, said: Mapping[str, str]) -> Iterator[Token]:
    title = said.get("title") or said.get("date") or ""
    if name in ("tab", "update") and title:
        yield from title_paragraph(title, token)
    elif name in LABELS:
        yield from title_paragraph(name.capitalize(), token)
    elif name in ("embed", "file") and (address := said.get("url") or said.get("src")):
        yield from paragraph(f"<{address}>" if "://" in address else f"`{address}`", token)
    elif content := apis.words_of(name, said):
        yield from paragraph(content, token)
    elif name == "code" and title:
        yield Token("code_title", "", 0, content=title, level=token.level, map=token.map, block=True)


def make_blocks(state: StateCore) -> None:
    """Make callouts of hints and exercises, and titles of tabs."""
    if any(token.type == "gitbook_tag" for token in state.tokens):
        boxes = Boxes(reading_of(state).context)
        state.tokens = [made for token in state.tokens for made in _made(boxes, token)] + boxes.ends()


def _made(boxes: Boxes, token: Token) -> Iterator[Token]:
    """Yield what a block becomes."""
    if token.type != "gitbook_tag":
        yield from boxes.inside(token)
    elif token.info in BOXES:
        style = str(token.meta.get("style", "info"))
        yield from boxes.begin(token, STYLES.get(style, "note") if token.info == "hint" else "exercise", "")
    elif token.info in BOXES.values():
        yield from boxes.end()
    else:
        token.level += len(boxes.open)
        yield from _of_tag(token, token.info, token.meta)


def caption_code(state: StateCore) -> None:
    """Make the title of a piece of code the caption of the fence after it."""
    made: list[Token] = []
    for token in state.tokens:
        if token.type == "fence" and made and made[-1].type == "code_title":
            token.meta["tag"] = {"number": "", "caption": made.pop().content}
        made.append(token)
    state.tokens = [token for token in made if token.type != "code_title"]


EXTENSION = Extension("gitbook_tags", syntax)
