"""Includes: `{{< include _part.md >}}` on a line of its own; included text keeps its file and line numbers.

Source of the syntax: Quarto, https://quarto.org/docs/authoring/includes.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from compositor.errors import BookError
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.model import Place, inclusion_at

_INCLUDE = re.compile(r"\{\{<\s*include\s+(?P<quote>[\"']?)(?P<path>[^\"'<>]+?)(?P=quote)\s*>\}\}[ \t]*\Z")
MOST_FILES, MOST_LINES = 1000, 100_000
"""Most bytes that the includes of one chapter may add: files that include one another multiply."""
DEEPEST = 8
"""Depth of files that include one another; a book needs one or two levels."""
_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


def syntax(md: MarkdownIt) -> None:
    """An include is a block, which may interrupt a paragraph like a fence."""
    md.block.ruler.before("fence", "include", include, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def include(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: the blocks of the other file replace the line."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _INCLUDE.match(line)
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    reading = reading_of(state)  # type: ignore[arg-type]
    place = reading.line_place(Token("", "", 0, map=[start, start + 1]), match["path"])
    text = included_text(reading, _path(reading, match["path"], place), place, start + 1)
    if text is not None:
        put_blocks(state, reading, text, start + 1)
    else:
        put_path(state, match["path"], start)
    state.line = start + 1
    return True


def put_path(state: StateBlock, path: str, line: int) -> None:
    """Put a paragraph with the path of a missing file."""
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [line, line + 1], f"`{path}`", []
    state.push("paragraph_close", "p", -1)


def _path(reading: Reading, written: str, place: Place) -> str:
    """Return the path relative to the file with the include, like that of an image."""
    return reading.path_from(place, written)


def included_text(reading: Reading, path: str, place: Place, at: int) -> str | None:
    """Return the text of a file that is included at a line (from 1); None, and a finding, if it cannot be included."""
    around = list(_around(reading, at))
    if path in around or len(around) > DEEPEST:
        way = " -> ".join([*reversed(around), path])
        message = f"the files include one another; the path of this one is printed: {way}"
        reading.warning("L332", message, place, "remove one of the includes")
        return None
    if len(reading.lines) > MOST_LINES or len(reading.inclusions) >= MOST_FILES:
        _too_much(reading, place)
        return None
    if not (_is_part(path) or reading.of_guest):
        remedy = "begin its name, or that of its folder, with an underscore"
        reading.warning("L333", f'"{path}" has the name of a chapter; it is included anyway', place, remedy)
    try:
        text = reading.context.read(path)
    except (BookError, OSError) as problem:
        message, helps = _problem(problem, path)
        outside = isinstance(problem, BookError) and problem.findings[0].code == "M003" and not reading.of_guest
        report = reading.error if outside else reading.warning
        report("L331", f"{message}; its path is printed", place, *helps)
        return None
    reading.files.append(path)
    return text


def text_for_code(reading: Reading, path: str, place: Place, instead: str = "its path is printed") -> str | None:
    """Return the text of a file whose lines become code; None, and a finding, if there is none."""
    if reading.filled > MOST_LINES:
        _too_much(reading, place)
        return None
    try:
        text = reading.context.read(path)
    except (BookError, OSError) as problem:
        message, helps = _problem(problem, path)
        reading.warning("L331", f"{message}; {instead}", place, *helps)
        return None
    reading.files.append(path)
    reading.filled += text.count("\n") + 1
    return text


def _too_much(reading: Reading, place: Place) -> None:
    """Report once that the files of a chapter are too large together."""
    if "L335" not in {finding.code for finding in reading.findings}:
        message = "this file includes too much; from here on, the paths of the files are printed"
        reading.warning("L335", message, place, "split it into several chapters")


def _problem(problem: BookError | OSError, path: str) -> tuple[str, tuple[str, ...]]:
    """Return what is wrong with an unreadable file, and its remedy."""
    if isinstance(problem, BookError):
        return problem.findings[0].message, problem.findings[0].helps
    return f'there is no file "{path}"', ("correct the path",)


def _around(reading: Reading, at: int) -> Iterable[str]:
    """Return the file that a line (in the count of tokens) belongs to, the file that includes that one, and so on."""
    while True:
        place = reading.place_at(at)
        yield place.file
        inside = inclusion_at(reading.inclusions, at)
        if inside is None:
            return
        at = inside.at


def _is_part(path: str) -> bool:
    """Return whether the name marks a file that is not a chapter (by the rule of `dialects`)."""
    return any(name.startswith("_") for name in path.split("/")) or path.endswith((".part.md", ".part.markdown"))


def _behind(state: StateBlock, text: str, before: int, made: list[Token]) -> StateBlock:
    """Return the state after so many empty lines before the text; markdown-it would read them one by one."""
    inner = StateBlock(text, state.md, state.env, made)
    inner.src = "\n" * before + text
    inner.bMarks = [*range(before), *(mark + before for mark in inner.bMarks)]
    inner.eMarks = [*range(before), *(mark + before for mark in inner.eMarks)]
    nothing = [0] * before
    inner.tShift, inner.sCount, inner.bsCount = nothing + inner.tShift, nothing + inner.sCount, nothing + inner.bsCount
    inner.line, inner.lineMax = before, inner.lineMax + before
    return inner


def put_blocks(state: StateBlock, reading: Reading, text: str, at: int) -> None:
    """Parse the text's blocks: empty lines before it make its line numbers continue after all known lines."""
    before = reading.include(reading.files[-1], text, at)
    made: list[Token] = []
    if matter := _MATTER.match(text):
        if not reading.of_guest:
            message = "an included file has front matter, which is ignored"
            reading.warning("L334", message, reading.place_at(before + 1, 1), "take it out")
        text = "\n" * matter[0].count("\n") + text[matter.end() :]
    state.md.block.tokenize(inner := _behind(state, text, before, made), inner.line, inner.lineMax)
    for token in made:
        token.level += state.level
    state.tokens.extend(made)


EXTENSION = Extension(
    "includes",
    syntax,
    explanations={
        "L331": """A text includes a file that cannot be read. The path is relative to the including file, and files
outside the book's folder are not read.""",
        "L332": """Files include one another in a cycle, or more than eight deep. The text would be endless.""",
        "L333": """An included file has the name of a chapter, so that its text would be in the book twice. The name of
an included file, or of its folder, begins with an underscore, as in `_prices.md`.""",
        "L335": """A chapter includes more than 1,000 files or 100,000 lines, counting the files that these include.
The paths of the others are printed.""",
        "L334": """An included file begins with front matter. It has no effect: the chapter has its own.""",
    },
)
