"""Abbreviations: `*[AZ]: Availability Zone` on a line of its own, as in PHP Markdown Extra, explains every AZ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, reading_of

_DEFINITION = re.compile(r"\*\[(?P<short>[^\[\]]+)\]:[ \t]*(?P<long>\S.*?)[ \t]*\Z")


@dataclass(slots=True)
class _Abbreviation:
    long: str
    token: Token
    used: bool = False


def syntax(md: MarkdownIt) -> None:
    """The lines leave the text; the abbreviations in it are marked when it is finished."""
    md.block.ruler.before("reference", "abbreviation", definition, {"alt": ["paragraph", "blockquote", "list"]})
    md.core.ruler.push("abbreviations", mark_abbreviations)


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: one line."""
    match = _DEFINITION.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if match is None or state.is_code_block(start):
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.map, token.meta = [start, start + 1], {"short": match["short"], "long": match["long"]}
        state.line = start + 1
    return True


def mark_abbreviations(state: StateCore) -> None:
    """Mark every whole word that is an abbreviation of this file; report one that is never used."""
    reading = reading_of(state)
    known = _definitions(reading, state.tokens)
    state.tokens = [token for token in state.tokens if token.type != "abbreviation"]
    if not known:
        return
    longest_first = sorted(known, key=lambda short: (-len(short), short))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for token in (*state.tokens, *(token for note in reading.notes for token in note.tokens)):
        if token.children:
            token.children[:] = _marked(token.children, pattern, known)
    for short, found in known.items():
        if not found.used:
            place = reading.line_place(found.token, short)
            message = f'"{short}" is explained but never used in this file'
            reading.warning("L301", message, place, "use it, or delete the line")


def _definitions(reading: Reading, tokens: list[Token]) -> dict[str, _Abbreviation]:
    known: dict[str, _Abbreviation] = {}
    for token in tokens:
        if token.type != "abbreviation":
            continue
        short = token.meta["short"]
        if short in known:
            place = reading.line_place(token, short)
            message = f'"{short}" is explained twice in this file; the first counts'
            reading.warning("L302", message, place, "delete one of the lines")
        known.setdefault(short, _Abbreviation(token.meta["long"], token))
    return known


def _marked(line: list[Token], pattern: re.Pattern[str], known: dict[str, _Abbreviation]) -> list[Token]:
    """Return a line with its abbreviations marked; a printed address stays whole."""
    made: list[Token] = []
    in_address = False
    for token in line:
        if token.type in ("link_open", "link_close"):
            in_address = token.type == "link_open" and token.info == "auto"
        made += [token] if in_address else _split(token, pattern, known)
    return made


def _split(token: Token, pattern: re.Pattern[str], known: dict[str, _Abbreviation]) -> Iterator[Token]:
    """Split a text into texts and abbreviations; anything else is unchanged."""
    if token.type != "text":
        yield token
        return
    position = 0
    for match in pattern.finditer(token.content):
        if match.start() > position:
            yield _text(token, token.content[position : match.start()])
        known[match[0]].used = True
        yield Token("abbr_open", "abbr", 1, level=token.level, meta={"title": known[match[0]].long})
        yield _text(token, match[0])
        yield Token("abbr_close", "abbr", -1, level=token.level)
        position = match.end()
    if position == 0:
        yield token
    elif position < len(token.content):
        yield _text(token, token.content[position:])


def _text(like: Token, content: str) -> Token:
    return Token("text", "", 0, content=content, level=like.level)


def abbr_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<abbr title>`."""
    return f"<abbr{attributes({'title': tokens[index].meta['title']})}>"


EXTENSION = Extension(
    "abbreviations",
    syntax,
    {"abbr_open": abbr_open},
    {
        "L301": """An abbreviation is explained but not used in its file. It may be misspelt in the text; upper and
lower case count. Explanations apply to their own file only.""",
        "L302": """An abbreviation is explained twice in a file. Only the first explanation is used.""",
    },
)
