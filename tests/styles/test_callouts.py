"""The pattern of its bar identifies a kind of callout; every output and theme has the same pattern."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "styles"
KINDS = ("note", "tip", "important", "warning", "caution")
RULE = re.compile(r"(?m)^(?:aside)?\.callout-(\w+)\s*\{([^}]*)\}")
SIDE = re.compile(r"border-(left|right)(?:-style)?:[^;]*?\b(solid|dotted|double|dashed)\b")


def bars(sheet: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the bars of each kind, as side and pattern; a rule for one kind comes after the one for all."""
    found = {kind: {"left": "solid"} for kind in KINDS}
    for kind, body in RULE.findall(re.sub(r"/\*.*?\*/", "", (STYLES / sheet).read_text(encoding="utf-8"), flags=re.S)):
        found.get(kind, {}).update(SIDE.findall(body))
    return {kind: tuple(sorted(sides.items())) for kind, sides in found.items()}


def test_no_two_kinds_have_the_same_bar() -> None:
    """On paper without colour, only the pattern distinguishes them."""
    assert len(set(bars("print.css").values())) == len(KINDS)


def test_the_bars_on_screens_are_those_of_paper() -> None:
    """A reader who has learnt the signs in one output finds them in the other."""
    assert bars("epub.css") == bars("print.css")


OTHERS = ("web.css", "manual/print.css", "manual/epub.css", "plain/print.css", "plain/epub.css")


@pytest.mark.parametrize("sheet", OTHERS)
def test_no_other_sheet_changes_a_bar(sheet: str) -> None:
    """A theme, and the site, may choose the colour of a bar."""
    assert set(bars(sheet).values()) == {(("left", "solid"),)}
