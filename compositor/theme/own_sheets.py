"""A book's own style sheets and drawings -> the same without what no book may hold, and what is left out of them.

Read as CSS reads it, so that `u\\72l(` is an address too; a sheet in which nothing is wrong keeps its bytes.
"""

from __future__ import annotations

import math
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

DEEPEST = 64
"""Brackets one inside the other; more are never meant, and what reads style sheets goes down by recursion."""
MOST = 10_000
"""Words that one value may come to when every `var()` in it stands for what it stands for."""
FETCHING = {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"}
"""Functions whose words are addresses."""
COUNTING = {"counter-reset", "counter-set", "counter-increment"}
FARTHEST = 10_000
"""Beyond the number of any page, note or table."""
OWN = "own/"
TEXTS = (".txt", ".xhtml")
"""Ends the name of a file that lies in a theme and that no style sheet can show."""
_GAPS = re.compile(r"[\0-\x20\x7f]+")
_ELSEWHERE = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)
DIGITS = re.compile(r"\d{400,}")
"""More than any number of CSS has; Python itself refuses to read them by the thousand."""
SHOWN = 40
_NESTED = "what stands too deep in brackets"
Tokens = list[Any]


@dataclass(frozen=True, slots=True)
class Token:
    """A place in a style sheet, as tokens have it."""

    source_line: int
    source_column: int


@dataclass(slots=True)
class _Sheet:
    """A style sheet while it is cleaned."""

    tokens: Tokens
    lines: Sequence[str]
    path: str
    files: frozenset[str]
    """What a style sheet of the theme may name."""
    found: list[Finding] = field(default_factory=list)

    def say(self, what: str, token: Any, remedy: str) -> None:
        """Keep what is left out."""
        place = Place(self.path, token.source_line, token.source_column)
        excerpt = self.lines[token.source_line - 1] if token.source_line <= len(self.lines) else ""
        told = warning("T019", f"{what} is left out of the style sheet", place, remedy)
        self.found.append(replace(told, excerpt=excerpt))


def clean(content: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The files of a theme, those of the book itself cleaned, and a warning for everything that was left out."""
    mine = {name: data for name, data in content.items() if name.startswith(f"{OWN}styles/")}
    files = frozenset(name.partition("/")[2] for name in content if not name.endswith(TEXTS))
    sheets = {name: _read(name, data, files) for name, data in mine.items() if name.endswith(".css")}
    for sheet in sheets.values():
        sheet.tokens = _kept(sheet, sheet.tokens, 0)
    sizes = sizes_of(sheet.tokens for sheet in sheets.values())
    for sheet in sheets.values():
        sheet.tokens = _bounded(sheet, sheet.tokens, sizes)
    made = dict(content) | {name: tinycss2.serialize(one.tokens).encode() for name, one in sheets.items() if one.found}
    found = [finding for sheet in sheets.values() for finding in sheet.found]
    for name in sorted(name for name in mine if name.lower().endswith(".svg")):
        drawn = drawing(mine[name])
        made[name] = mine[name] if drawn.fault else drawn.data
        for change in drawn.of("left out"):
            place = Place(name.removeprefix(OWN), change.line or None)
            found.append(warning("T019", f"of this drawing is left out: {change.what}", place, "export it without it"))
    return made, tuple(found)


def _read(name: str, data: bytes, files: frozenset[str]) -> _Sheet:
    text = data.decode("utf-8-sig")
    sheet = _Sheet([], text.splitlines(), name.removeprefix(OWN), files)
    for match in DIGITS.finditer(text):
        before = text[: match.start()]
        at = Token(before.count("\n") + 1, match.start() - before.rfind("\n"))
        sheet.say(f"a number of {len(match[0])} digits", at, "write a number that is meant")
    sheet.tokens = tinycss2.parse_component_value_list(DIGITS.sub("0", text))
    return sheet


def _kept(sheet: _Sheet, tokens: Iterable[Any], depth: int, fetching: bool = False) -> Tokens:
    """The tokens that a book may hold; those within them are mended in place."""
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
            sheet.say("an address out of the text (attr)", token, "write the address itself")
            kept.append(IdentToken(token.source_line, token.source_column, "none"))
        elif (inside := _inside(token)) is not None:
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
    """What an address leads to that no style sheet can have; empty where it leads to a file of the theme."""
    if is_elsewhere(address):
        return "not in the book"
    path = unquote(re.split("[?#]", address)[0])
    if not path or address.startswith("data:"):
        return ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(sheet.path), path))
    return "" if name in sheet.files else "no font and no picture in styles/"


def is_elsewhere(address: str) -> bool:
    """Whether an address leads to another machine, or is a program."""
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
    """Whether an `attr()` stands for an address."""
    return any(one.type == "ident" and one.lower_value in ("url", "src") for one in token.arguments[1:])


def _inside(token: Any) -> Tokens | None:
    """The tokens within brackets, as a list that can be changed."""
    found: Tokens | None = getattr(token, "arguments", None) if token.type == "function" else None
    return found if found is not None else getattr(token, "content", None)


def _skip_rule(rest: Iterator[Any]) -> None:
    for _ in _rule(rest):
        pass


def _rule(rest: Iterator[Any]) -> Iterator[Any]:
    """The tokens of a rule up to its end."""
    for token in rest:
        yield token
        if token.type == "{} block" or token == ";":
            return


def _bounded(sheet: _Sheet, tokens: Tokens, sizes: Mapping[str, float]) -> Tokens:
    """The tokens without declarations that grow beyond all bounds."""
    kept: Tokens = []
    for part in _parts(tokens):
        used = [name for token in part for name in _names(token)]
        if sum(sizes.get(name, 0) for name in used) > MOST:
            at = next(token for token in part if token.type not in ("whitespace", "comment"))
            sheet.say("a value that grows without bounds by var()", at, "write it without so many var()")
            kept += [token for token in part if token == ";"]
            continue
        if (far := _far_counter(part)) is not None:
            sheet.say("a counter that is set beyond all bounds", far, f"count within {FARTHEST}")
            kept += [token for token in part if token == ";"]
            continue
        for token in part:
            if token.type == "{} block":
                token.content[:] = _bounded(sheet, token.content, sizes)
        kept += part
    return kept


def _far_counter(part: Tokens) -> Any:
    """The number to which a declaration sets a counter, where that is far: a style of counters may repeat signs."""
    name, *words = [token for token in part if token.type not in ("whitespace", "comment")] or [None]
    if name is None or name.type != "ident" or name.lower_value not in COUNTING:
        return None
    return next((token for token in words if token.type == "number" and abs(token.value) > FARTHEST), None)


def _parts(tokens: Tokens) -> Iterator[Tokens]:
    """Declarations and rules, each with its end."""
    part: Tokens = []
    for token in tokens:
        part.append(token)
        if token == ";" or token.type == "{} block":
            yield part
            part = []
    if part:
        yield part


def _names(token: Any) -> Iterator[str]:
    """The custom properties that a token of a value stands for, each as often as it does; not those of a block."""
    inside = _inside(token) if token.type != "{} block" else None
    if token.type == "function" and token.lower_name == "var":
        yield next((one.value for one in token.arguments if one.type == "ident"), "")
    for one in inside or ():
        yield from _names(one)


def sizes_of(sheets: Iterable[Tokens]) -> Mapping[str, float]:
    """How many words each custom property comes to; endless for one that stands for itself."""
    uses: dict[str, list[tuple[str, ...]]] = {}
    for tokens in sheets:
        for name, value in _declared(tokens):
            uses.setdefault(name, []).append(tuple(one for token in value for one in _names(token)))
    sizes: dict[str, float] = {}
    for name in uses:
        _measure(name, uses, sizes)
    return sizes


def endless(sheets: Iterable[str], style: Mapping[str, str]) -> list[str]:
    """The settings of a book that come to too many words by way of what they stand for."""
    if not any("var" in value.lower() for value in style.values()):
        return []
    said = ":root{" + "".join(f"--{name}:{value};" for name, value in style.items()) + "}"
    sizes = sizes_of(tinycss2.parse_component_value_list(text) for text in (*sheets, said))
    return [name for name in style if sizes.get(f"--{name}", 0) > MOST]


def _declared(tokens: Tokens) -> Iterator[tuple[str, Tokens]]:
    for part in _parts(tokens):
        words = [token for token in part if token.type not in ("whitespace", "comment")]
        if len(words) > 1 and words[0].type == "ident" and words[0].value.startswith("--") and words[1] == ":":
            yield words[0].value, words[2:]
        for token in part:
            if token.type == "{} block":
                yield from _declared(token.content)


def _measure(name: str, uses: Mapping[str, list[tuple[str, ...]]], sizes: dict[str, float]) -> None:
    """Work out the size of a property and of all that it stands for; a chain may be longer than the stack is deep."""
    waiting, under_way = [name], set[str]()
    while waiting:
        at = waiting[-1]
        missing = [one for use in uses[at] for one in use if one in uses and one not in sizes]
        if at not in sizes and missing and not under_way.intersection(missing) and at not in missing:
            under_way.add(at)
            waiting += dict.fromkeys(missing)
            continue
        if at not in sizes:
            sizes[at] = max((1 + sum(_size(one, uses, sizes) for one in use) for use in uses[at]), default=1)
        under_way.discard(at)
        waiting.pop()


def _size(name: str, uses: Mapping[str, list[tuple[str, ...]]], sizes: Mapping[str, float]) -> float:
    return sizes.get(name, math.inf if name in uses else 1)
