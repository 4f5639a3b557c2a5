"""The path of a chapter from its file to the page, recorded during a PDF build: it seldom returns to a package."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from compositor.formats import PDF
from compositor.model import Chapter, Entry, Source, Unit
from compositor.press import Timings, read_book
from compositor.render import UnitRendering
from compositor.typeset import UnitText
from tests.finished import ROOT
from tests.test_imports import PACKAGE, room

TEXT = """# One

A paragraph.[^n] See @tbl-x and [the rest](#rest).

[^n]: A note.

## Rest {#rest}

| a | b |
|---|---|
| 1 | 2 |

: Caption {#tbl-x}
"""
FORMS: Mapping[type, Callable[..., str]] = {
    Source: lambda value: value.path,
    Entry: lambda value: value.source.path,
    Chapter: lambda value: value.source.path,
    Unit: lambda value: value.chapter.source.path,
    UnitRendering: lambda value: value.unit.chapter.source.path,
    UnitText: lambda value: f"01-{value.key}.md",
}
"""The forms of a chapter in their order, and how to find the file of each."""
VALUES = {"model", "errors"}
"""Calls of methods of values do not count as steps."""


def is_the_chapter(value: object) -> bool:
    """Return whether a value is the chapter in one of its forms, or holds it in a list or a table."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(type(one) in FORMS and is_the_chapter(one) for one in value)
    return type(value) in FORMS and FORMS[type(value)](value) == "01-one.md"


class Way:
    """The steps of the chapter, each from the package that passes it on to the one that gets it; each counts once."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Note a call: a function for `sys.setprofile`."""
        there = _room(frame)
        if event == "call" and there and there not in VALUES and any(map(is_the_chapter, [*frame.f_locals.values()])):
            caller = frame.f_back
            while caller is not None and _room(caller) in VALUES | {""}:
                caller = caller.f_back
            step = (_room(caller) if caller is not None else "", there)
            if step[0] not in ("", there) and step not in self.steps:
                self.steps.append(step)

    def back(self) -> Iterator[str]:
        """Yield the steps into a package in which the chapter has been before."""
        seen: set[str] = set()
        for here, there in self.steps:
            seen.add(here)
            if there in seen:
                yield f"{here} -> {there}"
            seen.add(there)


def _room(frame: FrameType) -> str:
    file = frame.f_code.co_filename
    return room(Path(file)) if file.startswith(str(PACKAGE)) else ""


def test_a_chapter_comes_back_into_few_rooms(small_book: Path) -> None:
    """It returns at most three times, and the tour names each of them."""
    (small_book / "01-one.md").write_text(TEXT, encoding="utf-8")
    way = Way()
    before = sys.getprofile()
    sys.setprofile(way)
    try:
        proof = read_book(small_book, Timings())
        assert proof.book is not None and proof.theme is not None
        PDF.make(proof.book, proof.theme)
    finally:
        sys.setprofile(before)
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    rooms = [there for _, there in way.steps]
    assert {"markdown", "assemble", "render", "typeset"} <= set(rooms), "the way was not written down"
    assert len(list(way.back())) <= 3, way.steps
    assert [step for step in way.back() if f"`{step}`" not in tour] == [], "the tour does not say why"
