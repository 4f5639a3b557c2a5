"""BibTeX -> CSL-JSON: entries with their places, and a finding for each that cannot be read.

Source of the mapping: the types and variables of CSL 1.0.2, appendices III and IV. What CSL has no name for is left
out, as it is by every other converter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from compositor.dialects.bibliography.latex import unlatex
from compositor.errors import error
from compositor.model import Finding, Place

TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "manual": "book",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "electronic": "webpage",
    "www": "webpage",
}
FIELDS = {
    "title": "title",
    "shorttitle": "title-short",
    "booktitle": "container-title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "series": "collection-title",
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "school": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "volume": "volume",
    "edition": "edition",
    "pages": "page",
    "chapter": "chapter-number",
    "note": "note",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "version": "version",
}
VERBATIM = frozenset({"doi", "url", "isbn", "issn"})
NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_ENTRY = re.compile(r"@\s*(?P<type>[A-Za-z]+)\s*(?P<open>[{(])")
_NAME = re.compile(r"\s*(?P<name>[A-Za-z][\w:.+/-]*)\s*=\s*")
_KEY = re.compile(r"\s*(?P<key>[^\s,{}()=\"#%~\\]+)\s*(?=[,})])")
_BARE = re.compile(r"[A-Za-z0-9_:.+/-]+")
Work = tuple[dict[str, Any], Place]


class _BrokenEntry(ValueError):
    """An entry stops making sense at an offset."""

    def __init__(self, message: str, offset: int, remedy: str) -> None:
        self.offset, self.remedy = offset, remedy
        super().__init__(message)


def read_bibtex(text: str, path: str) -> tuple[list[Work], list[Finding]]:
    """The entries of a BibTeX file in CSL's words."""
    works: list[Work] = []
    findings: list[Finding] = []
    strings = {name: name for name in MONTHS}
    position = 0
    while (match := _ENTRY.search(text, position)) is not None:
        position = match.end()
        if match["type"].lower() == "comment":
            continue
        try:
            position = _entry(text, match, strings, works, path)
        except _BrokenEntry as broken:
            findings.append(error("S023", str(broken), _place(text, broken.offset, path), broken.remedy))
            following = re.compile(r"^[ \t]*@", re.MULTILINE).search(text, match.end())
            position = following.start() if following else len(text)
    return works, findings


def _place(text: str, offset: int, path: str) -> Place:
    return Place(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _entry(text: str, match: re.Match[str], strings: dict[str, str], works: list[Work], path: str) -> int:
    """Read one entry; the offset behind it."""
    kind, end, position = match["type"].lower(), "})"["{(".index(match["open"])], match.end()
    if kind == "preamble":
        return _value(text, position, strings)[1]
    key = ""
    if kind != "string":
        found = _KEY.match(text, position)
        if found is None:
            raise _BrokenEntry("an entry without a key", match.start(), "write @book{key, title = {...}}")
        key, position = found["key"], found.end()
    fields: dict[str, str] = {}
    while True:
        position = _past_commas(text, position)
        if text.startswith(end, position):
            break
        position = _field(text, position, strings, fields)
    if kind == "string":
        strings |= {name.lower(): value for name, value in fields.items()}
    else:
        works.append((_csl(key, kind, fields), _place(text, match.start(), path)))
    return position + 1


def _past_commas(text: str, position: int) -> int:
    found = re.compile(r"[\s,]*").match(text, position)
    return found.end() if found else position


def _field(text: str, position: int, strings: dict[str, str], fields: dict[str, str]) -> int:
    found = _NAME.match(text, position)
    if found is None:
        raise _BrokenEntry(
            "an entry goes on with something that is no field", min(position, len(text.rstrip()) - 1),
            "a field is name = {value}, with a comma behind it; an entry ends with }",
        )  # fmt: skip
    value, end = _value(text, found.end(), strings)
    fields[found["name"].lower()] = value
    return end


def _value(text: str, position: int, strings: dict[str, str]) -> tuple[str, int]:
    """A value, or several joined by `#`, and the offset behind it."""
    parts = []
    while True:
        part, position = _part(text, position, strings)
        parts.append(part)
        more = re.compile(r"\s*#\s*").match(text, position)
        if more is None:
            return "".join(parts), position
        position = more.end()


def _part(text: str, position: int, strings: dict[str, str]) -> tuple[str, int]:
    opening = text[position : position + 1]
    if opening in ("{", '"'):
        end = _closing(text, position)
        return text[position + 1 : end], end + 1
    found = _BARE.match(text, position)
    if found is None or not (found[0].isdigit() or found[0].lower() in strings):
        name = found[0] if found else opening
        raise _BrokenEntry(f'the value "{name}" is no number and no @string', position, "put it in braces: {...}")
    return strings.get(found[0].lower(), found[0]), found.end()


def _closing(text: str, start: int) -> int:
    """The partner of a brace or a quotation mark; braces inside are in pairs."""
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
    raise _BrokenEntry(f"this {text[start]} has no partner", start, f"write {wanted} where the value ends")


def _csl(key: str, kind: str, fields: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"id": key, "type": TYPES.get(kind, "document")}
    for name, value in fields.items():
        if name in FIELDS and value.strip():
            told.setdefault(FIELDS[name], value.strip() if name in VERBATIM else unlatex(value))
        elif name in NAMES:
            told[NAMES[name]] = list(_names(value))
    if "page" in told:
        told["page"] = re.sub(r"\s*[-–]+\s*", "-", told["page"])
    if "number" in fields:
        told["number" if told["type"] in ("report", "patent") else "issue"] = unlatex(fields["number"])
    if told["type"] == "thesis":
        told["genre"] = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}.get(kind, "thesis")
    for name, wanted in (("date", "issued"), ("urldate", "accessed")):
        if date := _date(fields.get(name, "")):
            told[wanted] = date
    if "issued" not in told and (date := _date(fields.get("year", ""), fields.get("month", ""))):
        told["issued"] = date
    return told


def _date(text: str, month: str = "") -> dict[str, Any]:
    """`2017-05-14`, or a year and a month by name or number."""
    parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
    number = MONTHS.get(month.strip().lower()[:3]) or (int(month) if month.strip().isdigit() else None)
    if len(parts) == 1 and number is not None and 1 <= number <= 12:
        parts.append(number)
    return {"date-parts": [parts]} if parts else {}


def _names(text: str) -> Iterator[dict[str, str]]:
    """`Knuth, Donald E. and {Amazon Web Services} and Charles de Gaulle`."""
    for name in _split(text):
        bare = name.strip()
        if bare.startswith("{") and bare.endswith("}") and _closing(bare, 0) == len(bare) - 1:
            yield {"literal": unlatex(bare)}
        elif bare.lower() != "others" and bare:
            yield _name(bare)


def _split(text: str) -> list[str]:
    """The names between `and`, where it does not stand in braces."""
    names, depth, last = [], 0, 0
    for match in re.finditer(r"[{}]|\s+and\s+", text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            names.append(text[last : match.start()])
            last = match.end()
    return [*names, text[last:]]


def _name(text: str) -> dict[str, str]:
    parts = [unlatex(part) for part in text.split(",")]
    if len(parts) == 1:
        words = parts[0].split()
        small = next((place for place, word in enumerate(words[:-1]) if place and word[:1].islower()), len(words) - 1)
        given, family = " ".join(words[:small]), " ".join(words[small:])
    else:
        family, given = parts[0], parts[-1]
    name = {"family": family, "given": given, "suffix": parts[1] if len(parts) > 2 else ""}
    return {part: value for part, value in name.items() if value}
