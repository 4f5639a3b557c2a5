"""Kinds of callouts are told apart by the pattern of their bar, and by the same one in every output and theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "styles"
KINDS = ("note", "tip", "important", "warning", "caution")
RULE = re.compile(r"(?m)^(?:aside)?\.callout-(\w+)\s*\{([^}]*)\}")
SIDE = re.compile(r"border-(left|right)(?:-style)?:[^;]*?\b(solid|dotted|double|dashed)\b")


def bars(sheet: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Kind -> its bars, as side and pattern; a rule for one kind alone stands behind that for all."""
    found = {kind: {"left": "solid"} for kind in KINDS}
    for kind, body in RULE.findall(re.sub(r"/\*.*?\*/", "", (STYLES / sheet).read_text(encoding="utf-8"), flags=re.S)):
        found.get(kind, {}).update(SIDE.findall(body))
    return {kind: tuple(sorted(sides.items())) for kind, sides in found.items()}


def test_no_two_kinds_have_the_same_bar() -> None:
    """On paper without colour, the pattern alone tells them apart."""
    assert len(set(bars("print.css").values())) == len(KINDS)


def test_the_bars_on_screens_are_those_of_paper() -> None:
    """Who learnt the signs in one output finds them in the other."""
    assert bars("epub.css") == bars("print.css")


OTHERS = ("web.css", "manual/print.css", "manual/epub.css", "plain/print.css", "plain/epub.css")


@pytest.mark.parametrize("sheet", OTHERS)
def test_no_other_sheet_changes_a_bar(sheet: str) -> None:
    """A theme, and the site, may choose its colour."""
    assert set(bars(sheet).values()) == {(("left", "solid"),)}
