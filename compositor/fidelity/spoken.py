"""What became of a book -> at most ten lines for people, and a file for programs, the same for the same book."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from compositor import __version__
from compositor.fidelity import Fidelity
from compositor.fidelity.kept import Kept
from compositor.fidelity.kinds import Kind

FORMAT = 1
"""Version of the file: a program that reads it can tell whether it knows the keys."""
CHANGED, LEFT_OUT = 2, 1
"""Kinds that have a line of their own."""
BESIDES = 8
"""Kinds whose code is named."""
NAMED = ("texts", "words", "headings", "listings", "tables", "pictures", "calls of notes", "formulas",
         "links within the book", "links to the web")  # fmt: skip
"""What the first line counts."""
LONGEST = 100
"""Most characters of a reason."""


def as_lines(fidelity: Fidelity) -> Iterator[str]:
    """Yield at most ten lines."""
    counted = [f"{one.count:,} {_called(one)}" for one in fidelity.kept if one.what in NAMED]
    yield f"kept: {', '.join(counted) or 'nothing'}"
    yield from _kinds("changed", fidelity.changed, CHANGED)
    yield from _kinds("left out", fidelity.left_out, LEFT_OUT)
    for one in fidelity.promises:
        yield f"{one.standing}: {one.promise}{f' ({_short(one.why)})' if one.why else ''}"


def _called(one: Kept) -> str:
    if one.count != 1:
        return one.what
    first, space, rest = one.what.partition(" ")
    return f"{first.removesuffix('s')}{space}{rest}"


def _kinds(name: str, kinds: Sequence[Kind], most: int) -> Iterator[str]:
    total = sum(one.count for one in kinds)
    if not total:
        yield f"{name}: nothing"
        return
    rest = [f"{one.code} ({one.count})" for one in kinds[most:]]
    more = f" and {len(rest) - BESIDES} other kinds" if rest[BESIDES:] else ""
    others = f"; also {', '.join(rest[:BESIDES])}{more}" if rest else ""
    yield f"{name}: {total:,}{others}"
    for one in kinds[:most]:
        yield f"  {one.count} × {one.code}: {_short(one.first)} ({one.places[0]})"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def as_json(fidelity: Fidelity) -> bytes:
    """Return the whole as JSON, one key a line, with the keys in the order of the fields."""
    told: dict[str, Any] = {"format": FORMAT, "press": __version__, **asdict(replace(fidelity, kept=()))}
    told["kept"] = [
        {"what": one.what, "count": one.count, "texts": one.texts, "first": str(one.first)} for one in fidelity.kept
    ]
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
