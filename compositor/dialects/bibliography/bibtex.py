"""BibTeX -> its entries, by bibtexparser: each with its fields as they are written, the places of all, and faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from compositor.dialects.bibliography.dates import MONTHS
from compositor.dialects.bibliography.latex import unheard
from compositor.dialects.bibliography.vocabulary import RENAMED
from compositor.errors import warning
from compositor.model import Finding, Place

LONGEST = 100_000
"""Most letters of a value, and of one of the texts that it is joined from."""
LONG_LINE = 10_000
"""Letters of a line after which a column is no longer useful."""
NO_FIELD = "write a field as name = {value}, with a comma after it; an entry ends with }"
_BARE = re.compile(r"[^\s#{}\",=]+")


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value, as TeX, and its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is written; field names are in lower case, and those of biblatex if there are two."""

    kind: str
    key: str
    place: Place
    fields: dict[str, Value] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """Return the value of a field, or an empty text."""
        return self.fields[name].text.strip() if name in self.fields else ""

    def with_fields(self, more: dict[str, Value]) -> Entry:
        """Return the entry with fields that it lacks."""
        return replace(self, fields={**more, **self.fields})


class _Broken(ValueError):
    """A value cannot be parsed from here on."""


def read_entries(text: str, path: str) -> tuple[list[Entry], list[Finding]]:
    """Return the entries of a file in order, and a finding for each that cannot be read, or not as it is written."""
    from bibtexparser.splitter import Splitter

    try:
        with unheard():
            blocks = Splitter(text).split().blocks
    except Exception as wrong:  # the library raises errors that it did not foresee
        remedy = "look for unmatched braces and quotation marks"
        message = f"this bibliography cannot be read: {str(wrong) or type(wrong).__name__}"
        return [], [warning("S023", message, Place(path), remedy)]
    reader = _Reader(text, path)
    entries = [entry for block in blocks for entry in reader.read(block)]
    return entries, reader.findings


class _Reader:
    """Reads the blocks of one file; string definitions apply to the blocks after them."""

    def __init__(self, text: str, path: str) -> None:
        self.lines, self.path = text.split("\n"), path
        self.findings: list[Finding] = []
        self.strings = {name: name for name in MONTHS if name.isascii()}

    def read(self, block: Any) -> Iterator[Entry]:
        """Yield the entry of a block, if it can be read."""
        from bibtexparser import model

        whole = getattr(block, "ignore_error_block", None) or block
        if isinstance(whole, model.String):
            place = self._place(whole.start_line, "@")
            self.strings[whole.key.lower()] = self._value(whole.value, place)
        elif isinstance(whole, model.ParsingFailedBlock):
            self._broken(whole)
        elif isinstance(whole, model.Entry):
            place = self._place(whole.start_line, (whole.raw or "@").split("\n")[0])
            if not whole.key.strip():
                self._say("S023", "an entry without a key", place, "write @book{key, title = {...}}")
                return
            yield Entry(whole.entry_type.lower(), whole.key.strip(), place, self._fields(whole, place))

    def _fields(self, block: Any, entry: Place) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        seen: set[str] = set()
        names = {one.key.strip().lower() for one in block.fields}
        elsewhere = {**RENAMED, "location": "venue"} if "address" in names else RENAMED
        for one in block.fields:
            name = one.key.strip().lower()
            place = self._place(one.start_line, name)
            if not re.fullmatch(r"[^\s{}\"#%,=]+", name):
                remedy = "write a comma before it"
                self._say("S023", f'"{_short(one.key)}" is not the name of a field, and is ignored', place, remedy)
                continue
            value = Value(self._value(str(one.value), place), place)
            said, name = name, elsewhere.get(name, name)
            if said in seen and value.text != fields[name].text:
                message = f'the work "{block.key}" has the field "{name}" twice; the first is used'
                self._say("S026", message, place, "delete one of them")
            seen.add(said)
            fields.setdefault(name, value)
        return fields

    def _value(self, text: str, place: Place) -> str:
        parts: list[str] = []
        try:
            for part in self._parts(text, place):
                parts.append(part)
        except _Broken as wrong:
            message = f'"{_short(str(wrong))}" is not part of a field, and is ignored'
            self._say("S023", message, place, "look before it for a comma, a brace or a quotation mark; " + NO_FIELD)
        made = "".join(parts)
        if len(made) > LONGEST:
            self._say("S023", f"a value of more than {LONGEST} letters is left out", place, "shorten it")
            return ""
        return made

    def _parts(self, text: str, place: Place) -> Iterator[str]:
        """Yield the texts that `#` joins; anything after them is an error."""
        position, length = 0, 0
        while (position := _past_spaces(text, position)) < len(text) and length <= LONGEST:
            if text[position] in '{"':
                end = _closing(text, position)
                part, position = text[position + 1 : end], end + 1
            elif found := _BARE.match(text, position):
                part, position = self._named(found[0], place), found.end()
            else:
                raise _Broken(text[position:])
            length += len(part)
            yield part
            position = _past_spaces(text, position)
            if position < len(text) and text[position] != "#":
                raise _Broken(text[position:])
            position += 1

    def _named(self, name: str, place: Place) -> str:
        if name.isdigit():
            return name
        if name.lower() not in self.strings:
            message = f'the value "{_short(name)}" is neither a number nor an @string, and is read as words'
            self._say("S026", message, place, "put it in braces, {...}, or write @string{name = {...}} before it")
        return self.strings.get(name.lower(), name)

    def _broken(self, block: Any) -> None:
        raw, reason = block.raw or "", str(getattr(block.error, "abort_reason", block.error))
        start = self._place(block.start_line, raw.split("\n")[0])
        if "start" in reason or "end of file" in reason:
            message, at = "this entry has no end", _unclosed(raw)
            remedy = "look for a brace or a quotation mark without a partner"
        elif "comma after entry key" in reason:
            message, at, remedy = "an entry without a key", 0, "write @book{key, title = {...}}"
        else:
            message, at, remedy = "an entry continues with something that is not a field", _last_word(raw), NO_FIELD
        before = raw[: max(at, 0)]
        line = before.count("\n")
        column = len(before) - before.rfind("\n") if line else (start.column or 1) + len(before)
        place = Place(self.path, (start.line or 1) + line, column)
        self._say("S023", f"{message}, and is ignored", place, remedy)

    def _place(self, line: int | None, sign: str) -> Place:
        """Return the place of a line counted from 0, at a character or at the name of a field."""
        if line is None or line >= len(self.lines):
            return Place(self.path)
        shown = self.lines[line]
        if len(shown) > LONG_LINE:
            return Place(self.path, line + 1, 1)
        found = shown.find(sign) if sign.startswith("@") else _column(shown, sign)
        return Place(self.path, line + 1, (found if found >= 0 else len(shown) - len(shown.lstrip())) + 1)

    def _say(self, code: str, message: str, place: Place, remedy: str) -> None:
        self.findings.append(warning(code, message, place, remedy))


def _column(line: str, name: str) -> int:
    """Return where a field with this name begins in a line."""
    at = line.lower().find(name)
    while at >= 0:
        ends = line[at + len(name) :].lstrip()[:1] in ("=", "")
        if ends and not (at and (line[at - 1].isalnum() or line[at - 1] in "-_")):
            return at
        at = line.lower().find(name, at + 1)
    return -1


def _past_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _closing(text: str, start: int) -> int:
    """Return the closing partner of a brace or a quotation mark; braces inside are in pairs."""
    depth, wanted = 0, "}" if text[start] == "{" else '"'
    position = start + 1
    while position < len(text):
        letter = text[position]
        if letter == "\\":
            position += 1
        elif depth == 0 and letter == wanted:
            return position
        else:
            depth += (letter == "{") - (letter == "}")
        position += 1
    raise _Broken(text[start:])


def _unclosed(raw: str) -> int:
    """Return where the unclosed value begins; or where the entry stops, if all values are closed."""
    position = 0
    while found := re.compile(r"=\s*([{\"])").search(raw, position):
        try:
            position = _closing(raw, found.start(1)) + 1
        except _Broken:
            return found.start(1)
    return len(raw.rstrip()) - 1


def _last_word(raw: str) -> int:
    return max(raw.rstrip().rfind(letter) for letter in " \t\n") + 1


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
