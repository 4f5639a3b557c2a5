"""Variables: `{{< var price.acu-hour >}}` stands for a value of book.toml or a data file; `format=".2f"` for numbers.

Source of the syntax: Quarto, https://quarto.org/docs/authoring/variables.html; the formats are Python's, with the
separators of the book's language. A table with a `value` stands for it, and its `format` is the default. In code,
variables work only in fences with `{.vars}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.language import Language
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Context, Reading, place_of, reading_of, walk
from compositor.model import Meant, Place

_VARIABLE = re.compile(
    r"\{\{<\s*var\s+(?P<name>[\w.-]+)(?:\s+format\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+)))?"
    r"\s*>\}\}"
)
_SHORTCODE = re.compile(r"\{\{<\s*(?P<kind>var|include)\b[^>]*>\}\}")
_CODE = re.compile(r"\{[^}]*\.vars(?![\w-])[^}]*\}")


class _Problem(ValueError):
    """Why a variable has no text."""

    def __init__(self, code: str, message: str, remedy: str, meant: Meant = ("", "")) -> None:
        self.code, self.remedy, self.meant = code, remedy, meant
        super().__init__(message)


WIDEST = 100
"""Most letters and decimals that a format may ask for: a width of a billion would fill the memory."""


def syntax(md: MarkdownIt) -> None:
    """In running text this rule runs before anything else reads braces; in such code, before highlighting."""
    md.inline.ruler.before("escape", "variable", variable)
    md.core.ruler.after("places", "variables", finish)
    md.core.ruler.before("listings", "variables_in_code", fill_code)


def variable(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: the value becomes part of the text around it."""
    if not state.src.startswith("{{<", state.pos):
        return False
    match = _SHORTCODE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        try:
            state.pending += _text(match[0], reading_of(state).context)
        except _Problem as problem:
            token = state.push("variable", "", 0)
            token.markup = match[0]
            token.meta = {"offset": state.pos, "problem": problem}
    state.pos = match.end()
    return True


def _text(written: str, context: Context) -> str:
    match = _VARIABLE.fullmatch(written)
    if match is None and "include" in written[:12]:
        raise _Problem("L344", "an include is within a line", "give it a line of its own")
    if match is None:
        raise _Problem("L343", "this is not a variable", 'write {{< var name >}} or {{< var name format=".2f" >}}')
    value = _value(match["name"], context.variables)
    wanted = match["double"] or match["single"] or match["bare"] or ""
    if isinstance(value, Mapping) and "value" in value:
        value, wanted = value["value"], wanted or str(value.get("format", ""))
    return formatted(value, wanted, context.language)


def _value(name: str, variables: Mapping[str, object]) -> object:
    value: object = variables
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            known = sorted(_names(variables, ""))
            near = get_close_matches(name, known, 1)
            remedy = f'did you mean "{near[0]}"?' if near else "give it a value in book.toml, under [variables]"
            meant = (name, near[0]) if near else ("", "")
            raise _Problem("L341", f'there is no variable "{name}"', remedy, meant)
        value = value[part]
    return value


def _names(table: Mapping[str, object], above: str) -> Iterator[str]:
    for name, value in table.items():
        if not isinstance(value, Mapping) or "value" in value:
            yield f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _names(value, f"{above}{name}.")


def formatted(value: object, wanted: str, words: Language) -> str:
    """Return a value as the language writes it: `1,234.50` or `1.234,50`; digits are grouped only with a format."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise _Problem("L342", "the variable is neither a text nor a number", "name one of the values that it holds")
    if isinstance(value, date):
        return words.day(value.date() if isinstance(value, datetime) else value)
    try:
        if any(len(number) > len(str(WIDEST)) or int(number) > WIDEST for number in re.findall(r"\d+", wanted)):
            raise ValueError
        text = format(value, wanted)
    except (ValueError, OverflowError):
        remedy = 'write format=".2f" (two decimals), ",.0f" (groups of three) or ".1%"'
        shown = repr(value) if not isinstance(value, int) or abs(value) < 10**WIDEST else "a number of so many digits"
        raise _Problem("L342", f'"{wanted}" is not a format for {shown}', remedy) from None
    if isinstance(value, str):
        return text
    return text.translate({ord(","): words.thousands, ord("."): words.decimal})


def finish(state: StateCore) -> None:
    """Report variables without a text where they are, and fill in those in formulas."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type == "variable":
            problem: _Problem = token.meta["problem"]
            message = f"{problem}; it is printed as it is"
            reading.warning(problem.code, message, place_of(token), problem.remedy, meant=problem.meant)
            token.type, token.content, token.info = "text_special", token.markup, "escape"
            token.markup = ""
        elif token.type in ("math_inline", "math_block"):
            token.content = _filled_formula(reading, token)


def _filled_formula(reading: Reading, token: Token) -> str:
    def replaced(match: re.Match[str]) -> str:
        try:
            return _in_formula(_text(match[0], reading.context))
        except _Problem as problem:
            message, place = f'{problem}; "?" is printed', _place_in(reading, token, match)
            reading.warning(problem.code, message, place, problem.remedy, meant=problem.meant)
            return "?"

    return _SHORTCODE.sub(replaced, token.content)


def _in_formula(text: str) -> str:
    """Return a number for TeX, with a point: a comma would be followed by a space, letters would be a product."""
    return text if re.fullmatch(r"\d+(\.\d+)?", text) else rf"\text{{{text}}}"


def _place_in(reading: Reading, token: Token, match: re.Match[str]) -> Place:
    if token.type == "math_inline":
        return reading.after(place_of(token), match[0])
    below = (token.map or [0, 1])[0] + token.content.count("\n", 0, match.start())
    return reading.line_place(Token("", "", 0, map=[below, below + 1]), match[0])


def fill_code(state: StateCore) -> None:
    """Fill in the values in fences with the class `.vars`."""
    for token in state.tokens:
        if token.type == "fence" and _CODE.search(token.info):
            token.content = "\n".join(_filled(state, token, *line) for line in enumerate(token.content.split("\n"), 2))


def _filled(state: StateCore, token: Token, number: int, line: str) -> str:
    reading = reading_of(state)

    def replaced(match: re.Match[str]) -> str:
        try:
            return _text(match[0], reading.context)
        except _Problem as problem:
            first = token.map[0] if token.map else 0
            place = reading.line_place(Token("", "", 0, map=[first + number - 1, first + number]), match[0])
            where = Place(place.file, place.line, place.column)
            message = f"{problem}; it is printed as it is"
            reading.warning(problem.code, message, where, problem.remedy, meant=problem.meant)
            return match[0]

    return _SHORTCODE.sub(replaced, line)


EXTENSION = Extension(
    "variables",
    syntax,
    explanations={
        "L341": """A text names a variable that neither book.toml nor a data file has. The name of a table comes before
a dot: `price.acu-hour` is the value `acu-hour` of `[variables.price]`, or of the file that `[data]` calls `price`.""",
        "L342": """A variable cannot be printed this way: it is a table without a `value`, or a list, or the format does
not fit. Formats are those of Python's numbers: `.2f` two decimals, `,.0f` groups of three digits, `.1%` percent.""",
        "L343": """The text between `{{< var` and `>}}` is not the name of a variable.""",
        "L344": """An include is in the middle of a line. It inserts whole paragraphs, and needs a line of its own.""",
    },
)
