"""book.toml -> Settings: typed tables, and a finding with its place for every fault.

tables.py        the allowed keys, and their types
rules.py         what a type cannot express, one function per kind of value;
                 style_rules.py for values that become CSS, identifiers.py for ISBNs
places.py        line and column of every key and value
bounds.py        limits on depth and on the length of numbers
findings.py      errors of pydantic and tomllib, in our words
samples.py       contradictions in the commands for samples
explanations.py  what `explain` prints for each code
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from pydantic import ValidationError

from compositor.cache import canonical, remembered
from compositor.cache.graphs import Graphs
from compositor.errors import error, in_order
from compositor.model import (
    Callout,
    Finding,
    Fonts,
    Limits,
    Metadata,
    Paper,
    Place,
    Preliminaries,
    Samples,
    Strictness,
)
from compositor.settings.bounds import endless_number, is_deep, is_endless
from compositor.settings.explanations import EXPLANATIONS
from compositor.settings.findings import (
    bad_characters,
    bad_language,
    bad_order,
    doubts,
    invalid_value,
    syntax_fault,
)
from compositor.settings.places import TomlPlaces, find_places
from compositor.settings.rules import slugify
from compositor.settings.samples import bad_samples
from compositor.settings.tables import LISTED, File, ListedChapter, ListedPart, Order, validator

__all__ = ["EXPLANATIONS", "ListedChapter", "ListedPart", "Order", "Settings", "read_settings", "slugify"]


TOO_DEEP = "brackets or tables are nested too deeply to be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values of book.toml: about the book, its order and its look."""

    metadata: Metadata
    order: Order
    style: Mapping[str, str]
    theme: str
    callouts: Mapping[str, Callout] = field(default_factory=dict)
    fonts: Fonts = field(default_factory=Fonts)
    variables: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    bibliography: tuple[str, ...] = ()
    citation_style: str = "ieee"
    samples: Samples = field(default_factory=Samples)
    changes_since: str = ""
    preliminaries: Preliminaries = field(default_factory=Preliminaries)
    paper: Paper = field(default_factory=Paper)
    limits: Limits = field(default_factory=Limits)
    strictness: Strictness = field(default_factory=Strictness)
    places: TomlPlaces

    def place(self, path: str) -> Place:
        """Return the place of the value of a dotted key: `cover`, `order.parts.0.chapters.2.file`."""
        return self.places.value(path)


PARTS = (Metadata, Fonts, Strictness, *LISTED)
PLAIN = Graphs((), (Settings, *PARTS, TomlPlaces, Place, Finding))
"""How settings are written into the cache."""


def read_settings(
    text: str, file: str, assumed: Mapping[str, Any] | None = None
) -> tuple[Settings | None, tuple[Finding, ...]]:
    """Return the settings, or None if a finding is an error; `file` is the name that findings give.

    `assumed` values apply to keys that the text lacks. Settings from an equal text are reused.
    """

    def read() -> tuple[Settings | None, tuple[Finding, ...]]:
        return _read(text, file, assumed or {})

    try:
        return remembered(read, "settings", text, file, canonical(assumed or {}), form=PLAIN)
    except TypeError:  # an assumed value is not plain
        return read()


def _read(text: str, file: str, assumed: Mapping[str, Any]) -> tuple[Settings | None, tuple[Finding, ...]]:
    data, faults = _load(text, file)
    if data is None:
        return None, tuple(faults)
    data = {**assumed, **data}
    places = find_places(text, file)
    found = [*bad_characters(data, places), *bad_order(data, places), *bad_language(data, places)]
    valid: File | None = None
    try:
        valid = validator().validate_python(data)
        found += [*doubts(valid, places), *bad_samples(valid.samples, places)]
    except ValidationError as invalid:
        found += [invalid_value(one, data, places) for one in invalid.errors(include_url=False)]
    findings = in_order(found)
    broken = valid is None or any(finding.severity == "error" for finding in findings)
    return (None if valid is None or broken else _settings(valid, places)), findings


def _settings(file: File, places: TomlPlaces) -> Settings:
    told = Metadata(**{f.name: getattr(file, f.name) for f in fields(Metadata)})
    metadata = replace(told, slug=told.slug or slugify(told.title))
    return Settings(
        metadata=metadata,
        order=file.order,
        style=dict(file.style),
        theme=file.theme,
        callouts=file.callouts,
        fonts=_fonts(file, places),
        places=places,
        variables=file.variables,
        data=file.data,
        bibliography=file.bibliography,
        citation_style=file.citation_style,
        samples=file.samples,
        changes_since=file.changes_since,
        preliminaries=file.pages,
        paper=file.print,
        limits=file.limits,
        strictness=_strictness(file),
    )


def _strictness(file: File) -> Strictness:
    """Return what `[strict]` sets; `tolerate` used to be outside it."""
    told = Strictness(**{one.name: getattr(file.strict, one.name) for one in fields(Strictness)})
    return replace(told, tolerate=(*told.tolerate, *file.tolerate))


def _fonts(file: File, places: TomlPlaces) -> Fonts:
    told = {use.name: getattr(file.fonts, use.name) for use in fields(file.fonts)}
    return Fonts(**told, places={use: places.value(f"fonts.{use}") for use, files in told.items() if files})


def _load(text: str, file: str) -> tuple[dict[str, Any] | None, list[Finding]]:
    try:
        told = tomllib.loads(text)
        if is_deep(told):
            return None, [error("S001", TOO_DEEP, Place(file))]
        return (None, [endless_number("S001", text, file)]) if is_endless(told) else (told, [])
    except tomllib.TOMLDecodeError as wrong:
        return None, [syntax_fault(str(wrong), text, file)]
    except RecursionError:
        return None, [error("S001", TOO_DEEP, Place(file))]
    except ValueError:
        return None, [endless_number("S001", text, file)]
