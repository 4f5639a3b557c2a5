"""Directives that contain or name code -> listings: `{code-block}`, `{code-cell}`, `{literalinclude}`."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping, Sequence

from markdown_it.rules_block import StateBlock

from compositor.markdown.book.includes import text_for_code
from compositor.markdown.guests.myst.forms import Directive, place_of_argument
from compositor.markdown.reading import reading_of

CODE = {
    **{"code": "", "code-block": "", "sourcecode": "", "code-cell": "python", "ipython": "python", "prompt": "console"},
    **{"mermaid": "mermaid", "uml": "plantuml", "plantuml": "plantuml", "graphviz": "dot", "myst": "markdown"},
}
"""Directives with code -> its language, if none is named."""
WHOLE = ("myst",)
"""Directives that show a text with its front matter, and have no options."""
LANGUAGES = {"ipython3": "python", "ipython": "python", "python3": "python", "shell-session": "console"}
LONGEST = 1_000_000
"""Letters of a Python file in which a definition is looked for."""


def code(state: StateBlock, found: Directive) -> None:
    """Make a listing of the content, in the language that it names."""
    named = found.argument.split()[0].lower() if found.argument.split() else found.options.get("lexer", "")
    fence(state, found, LANGUAGES.get(named, named) or CODE.get(found.name, ""), [])


def fence(state: StateBlock, found: Directive, language: str, above: list[str]) -> None:
    """Make a listing of its lines, with others above them."""
    token = state.push("fence", "code", 0)
    lines = [*above, *found.lines(state)]
    token.markup, token.map = "```", [found.first - 1, found.last + 1]
    token.info = language + _numbered(found)
    _caption(token.meta, found)
    token.content = "\n".join(lines).rstrip("\n") + "\n"


def file(state: StateBlock, found: Directive) -> None:
    """Make a listing of a file, or of some of its lines."""
    reading, place = reading_of(state), place_of_argument(state, found)  # type: ignore[arg-type]
    path = reading.path_from(place, found.argument)
    token = state.push("fence", "code", 0)
    language = found.options.get("language") or found.options.get("lang") or path.rpartition(".")[2]
    token.markup, token.map, token.meta["made"] = "```", [found.start, found.start + 1], True
    text = text_for_code(reading, path, place)
    if text is None:
        token.info, token.content = "", f"{found.argument}\n"
        return
    token.info = language + _numbered(found)
    _caption(token.meta, found)
    token.content = "\n".join(_chosen(text.rstrip("\n").split("\n"), found.options)) + "\n"


def _caption(meta: dict[str, object], found: Directive) -> None:
    if caption := found.options.get("caption") or found.options.get("filename"):
        meta["tag"] = {"number": "", "caption": caption}


def _numbered(found: Directive) -> str:
    """Return our braces for line numbers, and for highlighted lines."""
    marked = re.sub(r"\s", "", found.options.get("emphasize-lines", ""))
    said = [f'code-line-numbers="{marked}"'] if re.fullmatch(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*", marked) else []
    first = found.options.get("lineno-start") or found.options.get("number-lines") or ""
    if {"linenos", "lineno-start", "number-lines"} & found.options.keys():
        said += [".number-lines", *([f"startFrom={first}"] if first.isdecimal() and int(first) > 1 else [])]
    return f" {{{' '.join(said)}}}" if said else ""


def _chosen(lines: list[str], options: Mapping[str, str]) -> list[str]:
    """Return the lines that the options name: a definition, from a line to a line, or by number; else all."""
    chosen = _definition(lines, options["pyobject"]) if options.get("pyobject") else lines
    chosen = _between(chosen, options)
    chosen = _by_numbers(chosen, options.get("lines", ""))
    if "dedent" in options:
        columns = int(options["dedent"]) if options["dedent"].isdecimal() else None
        whole = textwrap.dedent("\n".join(chosen)).split("\n")
        chosen = whole if columns is None else [_without_indent(line, columns) for line in chosen]
    return [*filter(None, [options.get("prepend")]), *chosen, *filter(None, [options.get("append")])]


def _without_indent(line: str, columns: int) -> str:
    return line[:columns].lstrip() + line[columns:]


def _between(lines: list[str], options: Mapping[str, str]) -> list[str]:
    """Return the lines from one with some words to one with others, each included or not."""
    found = lines
    for key, behind in (("start-at", 0), ("start-after", 1)):
        if words := options.get(key):
            first = next((number for number, line in enumerate(found) if words in line), len(found))
            found = found[first + behind :]
    for key, more in (("end-at", 1), ("end-before", 0)):
        if words := options.get(key):
            last = next((number for number, line in enumerate(found) if words in line), len(found))
            found = found[: last + more]
    start, end = (options.get(key, "") for key in ("start-line", "end-line"))
    if start.isdecimal() or end.isdecimal():
        found = found[int(start) if start.isdecimal() else 0 : int(end) if end.isdecimal() else None]
    return found or lines


def _by_numbers(lines: list[str], wanted: str) -> list[str]:
    """Return the lines that `1,3-5,7-` names; all of them if it names none."""
    parts = [re.fullmatch(r"\s*(\d+)?\s*(-)?\s*(\d+)?\s*", part) for part in wanted.split(",")]
    chosen = [
        line
        for part in parts
        if part is not None and (part[1] or part[3])
        for line in lines[int(part[1] or 1) - 1 : int(part[3] or len(lines)) if part[2] else int(part[1] or 1)]
    ]
    return chosen or lines


def _definition(lines: list[str], name: str) -> list[str]:
    """Return the lines of a class or function of Python by its name, `Class.method`; all if it is not found."""
    text = "\n".join(lines)
    try:
        body: Sequence[ast.stmt] = ast.parse(text).body if len(text) <= LONGEST else ()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return lines
    node: ast.stmt | None = None
    for part in name.split("."):
        node = next((one for one in body if getattr(one, "name", "") == part), None)
        body = getattr(node, "body", ())
    if node is None:
        return lines
    above = getattr(node, "decorator_list", [])
    return lines[min([node.lineno, *(one.lineno for one in above)]) - 1 : node.end_lineno]


