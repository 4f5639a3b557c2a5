"""A book's own style sheets and drawings -> the same without what is not allowed, and findings about that.

Read by the grammar of CSS, so that `u\\72l(` is an address too; a sheet without faults keeps its bytes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

import tinycss2
from tinycss2.ast import IdentToken

from compositor.errors import warning
from compositor.model import Finding, Place
from compositor.pictures.svg import drawing
from compositor.theme.own_sheets.bounds import FETCHING, Tokens, bounded, inside_of, sizes_of

DEEPEST = 64
"""Depth of nested brackets; more are never meant, and style sheets are read by recursion."""
OWN = "own/"
TEXTS = (".txt", ".xhtml")
"""Ends the name of a file in a theme that no style sheet can show."""
_GAPS = re.compile(r"[\0-\x20\x7f]+")
_ELSEWHERE = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)
DIGITS = re.compile(r"\d{400,}")
"""More digits than any number of CSS has; Python itself refuses to read them by the thousand."""
SHOWN = 40
_NESTED = "brackets that are nested too deeply"


@dataclass(frozen=True, slots=True)
class Token:
    """A token in a style sheet."""

    source_line: int
    source_column: int


@dataclass(slots=True)
class _Sheet:
    """A style sheet while it is cleaned."""

    tokens: Tokens
    lines: Sequence[str]
    path: str
    files: frozenset[str]
    """Files that a style sheet of the theme may name."""
    found: list[Finding] = field(default_factory=list)

    def say(self, what: str, token: Any, remedy: str) -> None:
        """Record what is left out."""
        place = Place(self.path, token.source_line, token.source_column)
        excerpt = self.lines[token.source_line - 1] if token.source_line <= len(self.lines) else ""
        told = warning("T019", f"{what} is left out of the style sheet", place, remedy)
        self.found.append(replace(told, excerpt=excerpt))


def clean(content: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Return the files of a theme, with the book's own cleaned, and a warning for everything that was left out."""
    mine = {name: data for name, data in content.items() if name.startswith(f"{OWN}styles/")}
    files = frozenset(name.partition("/")[2] for name in content if not name.endswith(TEXTS))
    sheets = {name: _read(name, data, files) for name, data in mine.items() if name.endswith(".css")}
    for sheet in sheets.values():
        sheet.tokens = _kept(sheet, sheet.tokens, 0)
    sizes = sizes_of(sheet.tokens for sheet in sheets.values())
    for sheet in sheets.values():
        sheet.tokens = bounded(sheet.tokens, sizes, sheet.say)
    made = dict(content) | {name: tinycss2.serialize(one.tokens).encode() for name, one in sheets.items() if one.found}
    found = [finding for sheet in sheets.values() for finding in sheet.found]
    for name in sorted(name for name in mine if name.lower().endswith(".svg")):
        drawn = drawing(mine[name])
        made[name] = mine[name] if drawn.fault else drawn.data
        for change in drawn.of("left out"):
            place = Place(name.removeprefix(OWN), change.line or None)
            message = f"this drawing is used without: {change.what}"
            found.append(warning("T019", message, place, "export the drawing without it"))
    return made, tuple(found)


def _read(name: str, data: bytes, files: frozenset[str]) -> _Sheet:
    text = data.decode("utf-8-sig")
    sheet = _Sheet([], text.splitlines(), name.removeprefix(OWN), files)
    for match in DIGITS.finditer(text):
        before = text[: match.start()]
        at = Token(before.count("\n") + 1, match.start() - before.rfind("\n"))
        sheet.say(f"a number of {len(match[0])} digits", at, "write a smaller number")
    sheet.tokens = tinycss2.parse_component_value_list(DIGITS.sub("0", text))
    return sheet


def _kept(sheet: _Sheet, tokens: Iterable[Any], depth: int, fetching: bool = False) -> Tokens:
    """Return the allowed tokens; those inside them are changed in place."""
    kept: Tokens = []
    rest = iter(tokens)
    for token in rest:
        if token.type == "at-keyword" and token.lower_value == "import":
            sheet.say("an @import", token, "copy the rules of that file into this one")
            _skip_rule(rest)
        elif token.type == "at-keyword" and token.lower_value == "namespace":
            kept += [token, *_rule(rest)]
        elif token.type == "function" and token.lower_name == "expression":
            sheet.say("a program (expression)", token, "give a plain value")
        elif (address := _address(token, fetching)) is not None and (why := _fault_of(sheet, address)):
            _say_address(sheet, address, why, token)
            kept.append(IdentToken(token.source_line, token.source_column, "none"))
        elif fetching and token.type == "function" and token.lower_name == "var":
            sheet.say("a var() for an address", token, "write the address itself")
        elif token.type == "function" and token.lower_name == "attr" and _is_address(token):
            sheet.say("an address from the text (attr)", token, "write the address itself")
            kept.append(IdentToken(token.source_line, token.source_column, "none"))
        elif (inside := inside_of(token)) is not None:
            if depth >= DEEPEST:
                sheet.say(_NESTED, token, "nest less deeply")
                continue
            inside[:] = _kept(sheet, inside, depth + 1, fetching or _fetches(token))
            kept.append(token)
        else:
            kept.append(token)
    return kept


def _say_address(sheet: _Sheet, address: str, why: str, token: Any) -> None:
    shown = address[:SHOWN] + ("…" if len(address) > SHOWN else "")
    sheet.say(f'"{shown}", which is {why},', token, "put the file into styles/, and name it there")


def _fault_of(sheet: _Sheet, address: str) -> str:
    """Return why an address is not allowed in a style sheet; empty if it leads to a file of the theme."""
    if is_elsewhere(address):
        return "not in the book"
    path = unquote(re.split("[?#]", address)[0])
    if not path or address.startswith("data:"):
        return ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(sheet.path), path))
    return "" if name in sheet.files else "not a font or a picture in styles/"


def is_elsewhere(address: str) -> bool:
    """Return whether an address leads to another machine, or is a program."""
    return _ELSEWHERE.match(_GAPS.sub("", address)) is not None


def _address(token: Any, fetching: bool) -> str | None:
    if token.type == "url" or (fetching and token.type == "string"):
        return str(token.value)
    if token.type == "function" and token.lower_name in ("url", "src"):
        return next((str(one.value) for one in token.arguments if one.type == "string"), None)
    return None


def _fetches(token: Any) -> bool:
    return token.type == "function" and token.lower_name in FETCHING


def _is_address(token: Any) -> bool:
    """Return whether an `attr()` gives an address."""
    return any(one.type == "ident" and one.lower_value in ("url", "src") for one in token.arguments[1:])


def _skip_rule(rest: Iterator[Any]) -> None:
    for _ in _rule(rest):
        pass


def _rule(rest: Iterator[Any]) -> Iterator[Any]:
    """Yield the tokens of a rule up to its end."""
    for token in rest:
        yield token
        if token.type == "{} block" or token == ";":
            return
