"""Faults of book.toml -> findings: our own words, the place, a remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any

from pydantic_core import ErrorDetails

from compositor.errors import error, warning
from compositor.language import ENGLISH, LANGUAGES, language_for, well_formed
from compositor.model import Finding, Place
from compositor.settings import rules
from compositor.settings.places import TomlPlaces
from compositor.settings.tables import (
    CalloutKind,
    File,
    ListedChapter,
    ListedEnvironment,
    ListedFonts,
    ListedLanguage,
    ListedLimits,
    ListedPaper,
    ListedPart,
    ListedReview,
    ListedSamples,
    ListedStrict,
    Order,
    Pages,
)

TOML_HELPS = {
    "Invalid value": 'write a text in quotation marks: key = "text"; write true and false in lower case',
    "Expected '='": 'a line is key = "value"; a title with spaces is a value, not a key',
    "Cannot overwrite": "the same key is in the file twice: delete one of them",
    "Cannot declare": "the same table is in the file twice: merge its keys",
    "Unclosed array": "a list ends with ], and its members are separated by commas",
    "Invalid hex value": r"write \\ for a backslash, or put the text in 'single' quotation marks",
    "Unescaped": r"write \\ for a backslash, or put the text in 'single' quotation marks",
    "Illegal character": "a text in quotation marks ends on the same line; use triple ones for several lines",
    "Invalid statement": 'a line is key = "value", a [table] or a # comment',
}
"""Message of tomllib -> the usual remedy."""


def syntax_fault(message: str, text: str, file: str) -> Finding:
    """Make a finding from tomllib's message; before Python 3.14, only the message has the position."""
    at = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    sentence = message[: at.start()] if at else message
    helps = [remedy for start, remedy in TOML_HELPS.items() if sentence.startswith(start)]
    place = Place(file, int(at[1]), int(at[2])) if at and at[1] else _end(text, file)
    if place == _end(text, file) and (not helps or sentence == "Invalid value"):
        helps = ["the file ends where more is expected: close every quotation mark and bracket"]
    sentence = re.sub(r"\('(.*?)',?\)", lambda names: names[1].replace("', '", "."), sentence)
    return error("S001", f"this is not TOML: {sentence[:1].lower()}{sentence[1:]}", place, *helps)


def _end(text: str, file: str) -> Place:
    end = text.rstrip("\n")
    return Place(file, end.count("\n") + 1, len(end) - end.rfind("\n"))


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
MAY_HAVE_LINES = ("description", "rights")


def bad_characters(data: Mapping[str, Any], places: TomlPlaces) -> Iterator[Finding]:
    """Yield findings for line breaks, and for characters that no book can contain, from escapes such as `\\u0007`."""
    for path, text in _texts(data, ""):
        if match := CONTROL.search(text):
            message = f"the value has the character U+{ord(match[0]):04X}, which cannot be in a book"
            yield error("S014", message, places.value(path), "take it out")
        elif "\n" in text.strip() and path not in MAY_HAVE_LINES:
            yield error("S014", f'"{path}" has a line break', places.value(path), "write it on one line")


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    if isinstance(value, dict | list):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for name, member in members:
            yield from _texts(member, f"{path}.{name}" if path else str(name))


def bad_order(data: Mapping[str, Any], places: TomlPlaces) -> Iterator[Finding]:
    """Yield faults of the order that pydantic cannot see, because each table is right in itself."""
    order = data.get("order")
    if not isinstance(order, dict):
        return
    if "chapters" in order and "parts" in order:
        remedy = "put every chapter into a part, or remove the parts"
        yield error("S015", "the order has both chapters and parts", places.key("order.parts"), remedy)
    for name in ("chapters", "parts"):
        if order.get(name) == []:
            remedy = "list the files, or delete the line; then the numbers in the file names give the order"
            yield error("S015", f'"order.{name}" is an empty list', places.value(f"order.{name}"), remedy)
    parts = order.get("parts")
    for number, part in enumerate(parts if isinstance(parts, list) else ()):
        if isinstance(part, dict):
            yield from _bad_part(part, places.key(f"order.parts.{number}"))


def _bad_part(part: dict[str, Any], place: Place) -> Iterator[Finding]:
    if bool(part.get("title")) == bool(part.get("file")):
        message = "a part has both a title and a file" if part.get("title") else "a part has no title"
        yield error("S015", message, place, 'give it title = "…", or file = "…" with the title as its heading')
    if not part.get("chapters"):
        yield error("S015", "a part has no chapters", place, 'list them: chapters = ["01-first.md"]')


def bad_language(data: Mapping[str, Any], places: TomlPlaces) -> Iterator[Finding]:
    """Yield a finding for a language that is not a tag."""
    tag = data.get("language", ENGLISH.tag)
    if isinstance(tag, str) and not well_formed(tag.strip().replace("_", "-")):
        message = f'"{tag}" is not a language tag; the book is treated as English'
        yield warning("S007", message, places.value("language"), "write it as in BCP 47: de, en-GB, zh-Hant")


def doubts(file: File, places: TomlPlaces) -> Iterator[Finding]:
    """Yield findings for what is allowed but hardly meant, and for a slug that cannot be made."""
    if not file.authors:
        place = places.key("authors") if "authors" in places.keys else places.key("title")
        yield warning("S008", "the book has no author", place, 'add authors = ["…"]')
    if file.tolerate:
        remedy = f"write [strict], and below it tolerate = {list(file.tolerate)}".replace("'", '"')
        yield warning("S044", "`tolerate` has moved", places.key("tolerate"), remedy)
    if not file.slug and not rules.slugify(file.title):
        message = "the title has no letter or digit to make a file name from"
        yield error("S009", message, places.value("title"), 'add slug = "…", the name of the files')
    if not language_for(file.language).has_words:
        names = ", ".join(LANGUAGES)
        message = f'the language "{file.language}" has no word list; "Figure", "Contents" and the like are in English'
        place = places.value("language")
        yield warning("S007", message, place, f"choose one of these if it fits, or keep it: {names}")
    seen: dict[str, str] = {}
    for name, identifier in file.identifiers.items():
        first = seen.setdefault(identifier, name)
        if first != name:
            message = f'"{first}" and "{name}" have the same identifier'
            remedy = "write another identifier here, or delete the line"
            yield warning("S017", message, places.value(f"identifiers.{name}"), remedy)


EXPECTED = {
    "string_type": ("a text", 'put it in quotation marks: "…"'),
    "date_type": ("a date", "write it as 2026-11-20, without quotation marks"),
    "int_type": ("a whole number", "write it in digits, without quotation marks"),
    "bool_type": ("true or false", "write true or false, in lower case and without quotation marks"),
    "tuple_type": ("a list", 'put it in square brackets: ["…"]'),
    "dict_type": ("a table", "write it as a [table] with a key = value line for each member"),
    "dataclass_type": ("a table", "write it as a [table], or as { key = value }"),
}
"""pydantic's type of error -> what is expected, and how it is written."""


def invalid_value(one: ErrorDetails, data: Mapping[str, Any], places: TomlPlaces) -> Finding:
    """Turn pydantic's error into a finding: its place, our words, a remedy."""
    path = ".".join(str(step) for step in one["loc"] if step != "[key]")
    if one["type"] == "unexpected_keyword_argument":
        return _unknown_key(path, places, one["input"])
    if one["type"] in ("missing", "missing_keyword_only_argument", "missing_argument"):
        return _missing_key(path, places)
    place = places.key(path) if one["loc"][-1:] == ("[key]",) else places.value(path)
    context = one.get("ctx", {})
    if "remedy" in context:
        return error(one["type"], context["message"], place, context["remedy"], meant=context["meant"])
    expected, remedy = EXPECTED.get(one["type"], (one["msg"], ""))
    if one["type"] == "literal_error":
        expected = context["expected"].replace("'", '"')
        remedy = f"write {expected.split()[0]}"
    if one.get("ctx", {}).get("class_name") == ListedChapter.__name__:
        expected, remedy = "the name of a file", 'put it in quotation marks: "01-first.md"'
    message = f'"{path}" should be {expected}, not {_kind(one["input"])}'
    return error("S004", message, place, *([remedy] if remedy else []))


def _kind(value: object) -> str:
    """Return the type of a value in the words that authors use."""
    if isinstance(value, str | bool):
        return f'the text "{value}"' if isinstance(value, str) else str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, date | time):
        return f"the date or time {value}"
    return "a list" if isinstance(value, list) else "a table"


def _missing_key(path: str, places: TomlPlaces) -> Finding:
    if path == "format":
        remedy = f"write as its first line: format = {rules.FORMAT}"
        return error("S003", "the file does not say which format it is in", Place(places.file, 1, 1), remedy)
    table, _, name = path.rpartition(".")
    place = places.key(table) if table else Place(places.file, 1, 1)
    where = f'"{table}"' if table else "the file"
    example = "2026-11-20, the day" if name == "date" else '"…"'
    return error("S003", f'{where} has no "{name}"', place, f"add {name} = {example}")


TABLES = {
    "": File,
    "order": Order,
    "parts": ListedPart,
    "chapters": ListedChapter,
    "appendices": ListedChapter,
    "samples": ListedSamples,
    "samples.environments": ListedEnvironment,
    "samples.languages": ListedLanguage,
    "pages": Pages,
    "print": ListedPaper,
    "fonts": ListedFonts,
    "callouts": CalloutKind,
    "strict": ListedStrict,
    "limits": ListedLimits,
    "accessibility-review": ListedReview,
}
"""Last name in the path of a table, or the first two if the author chose the third -> the allowed keys."""

HINTS = {
    "year": 'the year of the book is that of date = "{date}", else of the last commit, or of SOURCE_DATE_EPOCH',
    "pubdate": 'the date of publication is written date = "{date}"',
    "author-sort": 'the sorting of authors is written file-as = ["Example, Ada"]',
    "isbn": 'put it under [identifiers]: pdf = "…", epub = "…"',
    "identifier": 'put it under [identifiers]: pdf = "…", epub = "…"',
    "book": "this looks like the book.toml of mdBook; here the keys are at the top, without [book]",
    "version": 'format = 1 is the version of the file; edition = "…" is that of the book',
    "half-title": "put it under [pages]: half-title = false",
    "lists": "put it under [pages]: lists = 5",
    "output": "name the output on the command line: --output",
}
"""Keys that people try -> what to write instead; `{date}` is the date that they wrote."""


def _unknown_key(path: str, places: TomlPlaces, value: object) -> Finding:
    table, _, name = path.rpartition(".")
    kind = _kind_of(table)
    if isinstance(value, dict) and (remedy := _misplaced_table(table, name)):
        return error("S002", f'unknown table "{name}" in "{table}"', places.key(path), remedy)
    names = [f.name.replace("_", "-") for f in fields(TABLES[kind])]
    where = f' in "{table}"' if table else ""
    near = _alike(name, kind, names)
    remedy = f'did you mean "{near}"?' if near else _instead(name, kind, names, value)
    return error("S002", f'unknown key "{name}"{where}', places.key(path), remedy, meant=(name if near else "", near))


def _kind_of(table: str) -> str:
    """Return the table, or the one around it if the author chose its name: a callout, a key with a dot."""
    above = ".".join(table.split(".")[:2])
    return above if above in TABLES else next((step for step in reversed(table.split(".")) if step in TABLES), "")


def _misplaced_table(table: str, name: str) -> str:
    """Return the remedy if the tables for samples are nested in the wrong way."""
    if table == "samples":
        near = difflib.get_close_matches(name, ("languages", "environments"), 1, 0.7)
        return f'did you mean "{near[0]}"?' if near else f"the commands for a language: [samples.languages.{name}]"
    if table.startswith("samples.languages."):
        key = f"{table.removeprefix('samples.languages.')}.{name}"
        return f'write a name with a dot in quotation marks: [samples.languages."{key}"]'
    return ""


def _alike(name: str, kind: str, names: list[str]) -> str:
    """Return the key of the same table that is most likely meant; empty if another remedy is better, or none fits."""
    hyphenated = name.lower().replace("_", "-")
    if not kind and (hyphenated in HINTS or hyphenated in [f.name for f in fields(Order)]):
        return ""
    return "".join(difflib.get_close_matches(hyphenated, names, 1, 0.7))


def _instead(name: str, kind: str, names: list[str], value: object) -> str:
    """Return the remedy for an unknown key without a similar one: the table it belongs to, or the allowed keys."""
    hyphenated = name.lower().replace("_", "-")
    if not kind and hyphenated in [f.name for f in fields(Order)]:
        return f'put "{hyphenated}" under [order]'
    if kind and hyphenated in [f.name.replace("_", "-") for f in fields(File)]:
        return f'"{hyphenated}" belongs to the whole book: put it above the first [table]'
    if not kind and hyphenated in HINTS:
        date = re.match(r"\d{4}(?:-\d\d){0,2}(?!\d)", str(value))
        return HINTS[hyphenated].replace("{date}", date[0] if date else "YYYY-MM-DD")
    return f"there are {', '.join(names)}"
