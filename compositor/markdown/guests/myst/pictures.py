"""`{figure}`, `{image}`, `{figure-md}` and `{iframe}` -> pictures of Markdown with their captions, and frames."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markdown_it.rules_block import StateBlock

from compositor.markdown.guests.blocks import nested
from compositor.markdown.guests.myst.forms import Directive, put_place, put_words

_NO_CAPTION = re.compile(r"[`~:]{3}|[|>#*+<-]|\d+[.)] |!\[|\Z")
_EMPHASIS = re.compile(r"([*_])\1?(?=\S)[^\n]*?(?<=\S)\1")
"""Words that begin a line with a star and are no list."""
_PICTURE = re.compile(
    r"!\[(?P<words>[^\[\]]*)\]\((?:<(?P<apart>[^<>]+)>|(?P<address>[^()\s]+))(?:\s+\"[^\"]*\")?\)"
    r"(?:\{(?P<braces>[^{}]*)\})?"
)
_PAIR = re.compile(r"(?P<key>[\w-]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"]+))")


def figure(state: StateBlock, found: Directive) -> None:
    """Put a picture, with its first paragraph as the caption, and the blocks below that."""
    number, behind = _paragraph(found.lines(state), 0)
    caption = _one_line(found.lines(state)[number:behind])
    if caption.count("[") != caption.count("]") or not found.argument or found.argument.startswith("#"):
        caption, behind = "", 0
    if found.argument.startswith("#"):
        put_words(state, f"[]({found.argument})", _lines(found))
    elif found.argument:
        put_words(state, f"![{caption}](<{found.argument}>){_braces(found.options)}", _lines(found))
    _below(state, found, behind)


def figure_md(state: StateBlock, found: Directive) -> None:
    """Put the picture in the first paragraph, with the second as its caption; the argument is its name."""
    lines = found.lines(state)
    first, end = _paragraph(lines, 0, pictures=True)
    match = _PICTURE.fullmatch(_one_line(lines[first:end]))
    if found.argument:
        put_place(state, found.argument, found.start)
    if match is None:
        nested(state, (found.first - 1, found.last), "div", "", 0)
        return
    number, behind = _paragraph(lines, end)
    caption = _one_line(lines[number:behind])
    if caption.count("[") != caption.count("]"):
        caption, behind = "", end
    said = {one["key"]: one["quoted"] or one["bare"] or "" for one in _PAIR.finditer(match["braces"] or "")}
    options = {"alt": match["words"], **said}
    put_words(state, f"![{caption}](<{match['apart'] or match['address']}>){_braces(options)}", _lines(found))
    _below(state, found, behind)


def _lines(found: Directive) -> tuple[int, int]:
    return found.start, max(found.first, found.start + 1)


def _below(state: StateBlock, found: Directive, behind: int) -> None:
    """Put the blocks below the caption, or all if there is none."""
    if any(line.strip() for line in found.lines(state)[behind:]):
        nested(state, (found.first + behind - 1, found.last), "div", "", 0)


def _paragraph(lines: list[str], first: int, pictures: bool = False) -> tuple[int, int]:
    """Return where the next paragraph begins and ends; it is empty if another block is there."""
    while first < len(lines) and not lines[first].strip():
        first += 1
    behind, line = first, lines[first].strip() if first < len(lines) else ""
    is_words = not _NO_CAPTION.match(line) or _EMPHASIS.match(line) or (pictures and line.startswith("!["))
    while line and is_words and behind < len(lines) and lines[behind].strip():
        behind += 1
    return first, behind


def _one_line(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _braces(options: Mapping[str, str]) -> str:
    pairs = [f'fig-alt="{_quoted(options["alt"])}"'] if options.get("alt") else []
    width = re.fullmatch(r"\d+(?:\.\d+)?(?:%|px|cm|mm|in|em|pt)?", options.get("width", ""))
    pairs += [f"width={width[0]}"] if width else []
    return f"{{{' '.join(pairs)}}}" if pairs else ""


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "(").replace("}", ")")


def frame(state: StateBlock, found: Directive) -> None:
    """Put a frame for what plays on a web page: its title and its address."""
    title = found.options.get("title") or _one_line(found.lines(state)).strip()
    token = state.push("html_block", "", 0)
    token.map = [found.start, found.last]
    token.content = f'<iframe src="{escape(found.argument)}" title="{escape(title)}"></iframe>\n'
