"""mdBook's `{{#include file:lines}}`, `{{#rustdoc_include …}}`, `{{#playground …}}` and `{{#title …}}`.

In code, the lines of the file replace the line; in text, its blocks; within a line, its words. If the file cannot be
read, that is reported, and the braces are printed. Source: mdBook's guide, "mdBook-specific features".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.book.includes import included_text, put_blocks, put_path, text_for_code
from compositor.markdown.code.code import code_of
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of, walk
from compositor.model import Place

_LINK = re.compile(
    r"(?P<escape>\\)?\{\{\s*#(?P<kind>include|rustdoc_include|playground|playpen|title)\s+(?P<inside>[^{}\n]+?)\s*\}\}"
)
_ANCHOR = re.compile(r"\bANCHOR(?P<end>_END)?:[ \t]*(?P<name>[\w-]+)")
CODE = ("playground", "playpen")
Lines = list[tuple[int, str]]
"""Lines with their numbers in their file."""


def syntax(md: MarkdownIt) -> None:
    """These are on a line of their own, within a line, and in code when its language is known."""
    md.block.ruler.before("fence", "mdbook_include", block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("escape", "mdbook_include", inline)
    md.core.ruler.after("listings", "mdbook_code", fill_code)
    md.core.ruler.after("inline", "mdbook_braces", show_braces)


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: the blocks of the file, or its code, replace the line."""
    match = _LINK.fullmatch(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip())
    if match is None or match["escape"] or state.is_code_block(start):
        return False
    if silent:
        return True
    reading = reading_of(state)  # type: ignore[arg-type]
    place = reading.line_place(Token("", "", 0, map=[start, start + 1]), match["inside"])
    if match["kind"] in CODE:
        _push_code(state, reading, match, start)
    elif match["kind"] != "title":
        path, *wanted = match["inside"].split(":")
        file = reading.path_from(place, path.strip())
        text = included_text(reading, file, place, start + 1)
        if text is None:
            put_path(state, match[0], start)
        else:
            chosen = {number for number, _ in chosen_lines(text, wanted)}
            kept = (line if number in chosen else "" for number, line in enumerate(text.split("\n"), 1))
            put_blocks(state, reading, "\n".join(kept), start + 1)
    state.line = start + 1
    return True


def _push_code(state: StateBlock, reading: Reading, match: re.Match[str], start: int) -> None:
    token = state.push("fence", "code", 0)
    token.info, token.markup, token.map = "rust", "```", [start, start + 1]
    token.meta["made"] = True
    token.content = f"{{{{#include {match['inside'].split()[0]}}}}}\n"


def inline(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: the words of the file replace the braces."""
    if not state.src.startswith(("{{", "\\{{"), state.pos):
        return False
    match = _LINK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent and match["escape"]:
        token = state.push("text_special", "", 0)
        token.content, token.info = match[0][1:], "escape"
    elif not silent and match["kind"] != "title":
        reading = reading_of(state)
        text = _read(reading, match, Place(reading.source.path))
        if text is None:
            state.push("code_inline", "code", 0).content = match[0]
        else:
            words = " ".join(line.strip() for _, line in text)
            if state.pending:
                state.pushPending()
            state.md.inline.parse(words.strip(), state.md, state.env, state.tokens)
    state.pos = match.end()
    return True


def fill_code(state: StateCore) -> None:
    """Replace lines of code with those of a file."""
    reading = reading_of(state)
    for token in state.tokens:
        if token.type == "fence" and "{{" in token.content:
            _fill(reading, token)


def show_braces(state: StateCore) -> None:
    """Remove a backslash before the braces, also in inline code."""
    for token in walk(state.tokens):
        if token.type == "code_inline":
            token.content = token.content.replace("\\{{#", "{{#")


def _fill(reading: Reading, token: Token) -> None:
    made: Lines = []
    files: list[str] = []
    code = code_of(token)
    written = token.content.removesuffix("\n").split("\n")
    for number, line in zip(code.numbers, written, strict=False):
        match = _LINK.search(line)
        if match is None or match["escape"] or match["kind"] == "title":
            made.append((number, line.replace("\\{{#", "{{#")))
            continue
        found = _read(reading, match, reading.place_at(number, line.find("{{") + 1, len(match[0])))
        if found is None:
            made.append((number, line))
            continue
        before, after = line[: match.start()], line[match.end() :]
        rows = [text for _, text in found] or [""]
        rows[0], rows[-1] = before + rows[0], rows[-1] + after
        alone = len(written) == 1
        files.append(reading.files[-1])
        made += [(one if alone else number, text) for (one, _), text in zip(found, rows, strict=False)]
    token.content = "".join(f"{text}\n" for _, text in made)
    file = files[0] if len(written) == 1 and files else ""
    token.meta["code"] = replace(code, numbers=tuple(number for number, _ in made), file=file)


def _read(reading: Reading, match: re.Match[str], place: Place) -> Lines | None:
    """Return the lines that the braces ask for; None, and a finding, if the file cannot be read."""
    name, *wanted = match["inside"].split()[0].split(":")
    path = reading.path_from(place, name)
    text = text_for_code(reading, path, place, "the braces are printed")
    if text is None:
        return None
    found = chosen_lines(text.removesuffix("\n"), wanted)
    if not found:
        message = f'"{":".join(wanted)}" matches no line of "{path}"; the whole file is printed'
        reading.warning("L331", message, place, "choose lines of the file, or an anchor")
    return found or chosen_lines(text.removesuffix("\n"), ())


def chosen_lines(text: str, wanted: Sequence[str]) -> Lines:
    """Return the lines of a text for `5`, `5:9`, `:9`, `5:` or the name of an anchor, without marks of anchors."""
    lines = list(enumerate(text.split("\n"), 1))
    first, last = (*wanted, "", "")[:2]
    if first.strip().isdecimal() or (not first.strip() and last.strip().isdecimal()):
        start = int(first) if first.strip() else 1
        end = int(last) if last.strip().isdecimal() else (start if len(wanted) == 1 else len(lines))
        lines = lines[max(start, 1) - 1 : end]
    elif first.strip():
        lines = list(_anchored(lines, first.strip()))
    return [(number, line) for number, line in lines if not _ANCHOR.search(line)]


def _anchored(lines: Lines, name: str) -> Iterator[tuple[int, str]]:
    inside = False
    for number, line in lines:
        match = _ANCHOR.search(line)
        if match is not None and match["name"] == name:
            inside = not match["end"]
        elif inside:
            yield number, line


EXTENSION = Extension("mdbook_includes", syntax)
