"""CSL-JSON, and the same as YAML -> works with their places, and a finding for each invalid entry."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import yaml

from compositor.dialects.data import json_fault
from compositor.dialects.loose_yaml import read_int
from compositor.errors import warning
from compositor.folder.data import FitLoader, json_of
from compositor.model import Finding, Place, Work


def read_json(text: str, path: str) -> tuple[list[Work], list[Finding]]:
    """Return the works of a list of entries, `[{"id": "key", ...}]`, as Zotero and Pandoc write it."""
    try:
        told = json_of(text)
    except json.JSONDecodeError as wrong:
        return [], [replaced(json_fault("S023", wrong, path))]
    except (RecursionError, ValueError):
        return [], [warning("S023", "brackets are nested too deeply to be read", Place(path))]
    if isinstance(told, dict) and isinstance(told.get("references"), list):
        told = told["references"]
    if not isinstance(told, list):
        return [], [warning("S023", "this is not a list of entries", Place(path, 1, 1), 'write [{"id": "key", ...}]')]
    return _works(told, text, path)


def read_yaml(text: str, path: str) -> tuple[list[Work], list[Finding]]:
    """Return the works of `references:`, as Pandoc has them, or of a list alone."""
    try:
        told = yaml.load(re.sub(r"\A---\n|^(?:---|\.\.\.)\s*\Z", "", text, flags=re.MULTILINE), _Loader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        return [], [warning("S023", f"this is not YAML: {wrong.problem}", place, "look here and just before")]
    except (yaml.YAMLError, RecursionError, ValueError) as wrong:
        return [], [warning("S023", f"this is not YAML: {type(wrong).__name__}", Place(path), "check its indentation")]
    listed = told.get("references") if isinstance(told, dict) else told
    if not isinstance(listed, list):
        remedy = "write references: and below it - id: key"
        return [], [warning("S023", "this is not a list of entries", Place(path, 1, 1), remedy)]
    return _works([_plain(entry) for entry in listed], text, path)


class _Loader(FitLoader):
    """PyYAML's SafeLoader without aliases, with which a value could grow without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose the next node, unless it is an alias."""
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "a name for another place (*)", mark)
        return super().compose_node(parent, index)


_Loader.add_constructor("tag:yaml.org,2002:int", read_int)


def _plain(value: Any) -> Any:
    """Return a YAML date, or a table of Pandoc's, in the form of CSL-JSON."""
    if isinstance(value, date):
        return {"date-parts": [[value.year, value.month, value.day]]}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {str(name): _plain(one) for name, one in value.items()}
    for name in ("issued", "accessed", "original-date", "event-date"):
        if name in told:
            told[name] = _date(told[name])
    return told


def _date(said: Any) -> Any:
    """Return `2017`, `2017-05` and `[{year: 2017, month: 5}]` as date parts."""
    if isinstance(said, int) or (isinstance(said, str) and re.fullmatch(r"\d{4}(-\d\d?){0,2}", said)):
        return {"date-parts": [[int(part) for part in str(said).split("-")]]}
    if isinstance(said, str):
        return {"literal": said}
    if isinstance(said, dict) and "year" in said:
        said = [said]
    if isinstance(said, list) and all(isinstance(one, dict) for one in said):
        parts = [[one[part] for part in ("year", "month", "day") if part in one] for one in said]
        return {"date-parts": parts}
    return said


def replaced(finding: Finding) -> Finding:
    """Turn an error of the reader into a finding that does not stop the book."""
    return warning(finding.code, finding.message, finding.place, *finding.helps)


def _works(told: list[object], text: str, path: str) -> tuple[list[Work], list[Finding]]:
    works, findings = [], []
    for number, entry in enumerate(told, 1):
        place = _place(entry, text, path)
        if (fault := _fault(entry)) is not None:
            remedy = 'an entry is {"id": "key", "type": "book", "title": "..."}'
            findings.append(warning("S023", f"entry {number} {fault}", place, remedy))
        elif isinstance(entry, dict):
            works.append(Work(str(entry["id"]), entry, place))
    return works, findings


def _fault(entry: object) -> str | None:
    """Return what would make citeproc fail in an entry."""
    if not isinstance(entry, dict):
        return "is not a table of names and values"
    if not str(entry.get("id") or "").strip():
        return "has no id"
    if not isinstance(entry.get("type"), str):
        return "has no type"
    for name in ("author", "editor", "translator"):
        people = entry.get(name, [])
        if not isinstance(people, list) or not all(_is_name(one) for one in people):
            return f'has an "{name}" that is not a list of names'
    if not isinstance(entry.get("title", ""), str | int | float):
        return 'has a "title" that is not text'
    return _fault_of_dates(entry)


def _fault_of_dates(entry: dict[Any, Any]) -> str | None:
    for name in ("issued", "accessed"):
        if name in entry and not _is_date(entry[name]):
            return f'has a date "{name}" that is not valid'
    return None


def _is_name(one: object) -> bool:
    return isinstance(one, dict) and any(one.get(part) for part in ("family", "literal", "given"))


def _is_date(date: object) -> bool:
    """Return whether it is a date of CSL-JSON: `{"date-parts": [[2017, 5, 14]]}`, or words."""
    if not isinstance(date, dict):
        return False
    parts: Any = date.get("date-parts", [])
    whole = isinstance(parts, list) and all(
        isinstance(one, list) and one and all(map(_is_number, one)) for one in parts
    )
    return whole and bool(parts or date.get("literal") or date.get("raw"))


def _is_number(part: object) -> bool:
    return isinstance(part, int) or (isinstance(part, str) and part.isdigit())


def _place(entry: object, text: str, path: str) -> Place:
    """Return where an entry's id is; JSON readers keep no lines."""
    key = json.dumps(str(entry.get("id", "")), ensure_ascii=False) if isinstance(entry, dict) else '""'
    found = text.find(key) if key != '""' else -1
    if found < 0:
        return Place(path)
    return Place(path, text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found), len(key))
