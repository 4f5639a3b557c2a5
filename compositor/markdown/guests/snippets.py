"""`--8<-- "file"` of PyMdown: the blocks of a file, or its lines within a fence; by its path from the book's folder.

Between two lines of `--8<--`, each line names a file. `"file:4:6"` selects lines, and `"file:name"` what is between
`--8<-- [start:name]` and `[end:name]`. Source: https://facelessuser.github.io/pymdown-extensions/extensions/snippets/.
"""

from __future__ import annotations

import posixpath
import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.errors import BookError
from compositor.markdown.book.includes import included_text, put_blocks, put_path, text_for_code
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

_SNIPPET = re.compile(r"-{1,}8<-{1,}[ \t]+[\"'](?P<path>[^\"'\n:]+)(?P<wanted>:[^\"'\n]*)?[\"'][ \t]*\Z")
_AROUND = re.compile(r"-{1,}8<-{1,}[ \t]*\Z")
_LISTED = re.compile(r"(?P<path>[^\s;:](?:[^\n:;]*[^\s:;])?)(?P<wanted>:[^\n]*)?[ \t]*\Z")
MOST_FILES = 100
"""Most files in a list of them."""
_MARK = re.compile(r"-{1,}8<-{1,}[ \t]*\[[ \t]*(?P<side>start|end)[ \t]*:[ \t]*(?P<name>[\w-]+)[ \t]*\]")
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")


def syntax(md: MarkdownIt) -> None:
    """A snippet is on a line of its own, in the text or in a fence; or it is a list of files between two lines."""
    md.block.ruler.before("fence", "snippets", snippets, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.block.ruler.before("fence", "snippet", snippet, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.after("block", "snippets_in_code", fill_code)


def snippet(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: the blocks of the other file replace the line; an SVG becomes a picture."""
    match = _SNIPPET.match(_line(state, start))
    if match is None or state.is_code_block(start):
        return False
    if not silent:
        _put(state, match, start)
        state.line = start + 1
    return True


def snippets(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: the blocks of all files that are named between two lines."""
    if not _AROUND.match(_line(state, start)) or state.is_code_block(start):
        return False
    within = range(start + 1, min(end, start + MOST_FILES))
    last = next((number for number in within if _AROUND.match(_line(state, number))), None)
    if last is None:
        return False
    if not silent:
        for number in range(start + 1, last):
            if match := _LISTED.match(_line(state, number)):
                _put(state, match, number)
        state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _put(state: StateBlock, match: re.Match[str], start: int) -> None:
    reading = reading_of(state)  # type: ignore[arg-type]
    path = _path(reading, match["path"])
    if path.lower().endswith(PICTURES):
        above = posixpath.dirname(reading.source.path)
        state.push("paragraph_open", "p", 1).map = [start, start + 1]
        inline = state.push("inline", "", 0)
        inline.map, inline.content, inline.children = [start, start + 1], f"![](<{posixpath.relpath(path, above)}>)", []
        state.push("paragraph_close", "p", -1)
        return
    place = reading.line_place(Token("", "", 0, map=[start, start + 1]), match["path"])
    text = included_text(reading, path, place, start + 1)
    if text is not None:
        chosen = set(_chosen(text, match["wanted"] or ""))
        lines = text.split("\n")  # empty lines keep the numbers of the others
        put_blocks(state, reading, "\n".join(s if n in chosen else "" for n, s in enumerate(lines)), start + 1)
    else:
        put_path(state, match["path"], start)


def _path(reading: Reading, written: str) -> str:
    """Return the path from the book's folder, as usual; else from that of the texts, or of this one."""
    path = posixpath.normpath(written.strip())
    folder = posixpath.dirname(reading.source.path)
    below = (posixpath.join(folder.partition("/")[0], path), posixpath.normpath(posixpath.join(folder, path)))
    for found in (path, *below):
        try:
            reading.context.read(found)
        except (BookError, OSError):
            continue
        return found
    return path


def _chosen(text: str, wanted: str) -> list[int]:
    """Return the numbers of the chosen lines, from 0, without marks of sections."""
    lines = text.split("\n")
    parts = wanted.lstrip(":").split(",")
    found = [number for part in parts for number in _part(lines, part.strip().split(":"))]
    return [number for number in found if not _MARK.search(lines[number])]


def _part(lines: list[str], wanted: list[str]) -> list[int]:
    first, last = (*wanted, "")[:2]
    if first.isdecimal() or last.isdecimal():
        return list(range(max(int(first or 1), 1) - 1, min(int(last) if last.isdecimal() else len(lines), len(lines))))
    if not first:
        return list(range(len(lines)))
    marks = {}
    for number, line in enumerate(lines):
        if (match := _MARK.search(line)) and match["name"] == first:
            marks[match["side"]] = number
    return list(range(marks.get("start", -1) + 1, marks.get("end", len(lines))))


def fill_code(state: StateCore) -> None:
    """Replace a line of a fence that names a file with the file's lines, keeping the indent."""
    for token in state.tokens:
        if token.type == "fence" and "8<" in token.content:
            lines = [made for line in token.content.split("\n") for made in _of_file(reading_of(state), token, line)]
            token.content = "\n".join(lines)


def _of_file(reading: Reading, token: Token, line: str) -> list[str]:
    match = _SNIPPET.match(line.strip())
    if match is None:
        return [line]
    path, place = _path(reading, match["path"]), reading.line_place(token, match["path"])
    text = text_for_code(reading, path, place)
    if text is None:
        return [line]
    token.meta["made"] = True
    indent = line[: len(line) - len(line.lstrip())]
    text = text.removesuffix("\n")
    lines = text.split("\n")
    return [f"{indent}{lines[number]}".rstrip() for number in _chosen(text, match["wanted"] or "")]


EXTENSION = Extension("snippets", syntax)
