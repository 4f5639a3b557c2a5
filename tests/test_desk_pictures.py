"""The pictures of `serve` and `watch`: each is in the manual, has a description, and is small."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from compositor.fidelity.counts import COUNTED
from compositor.language import ENGLISH
from tests.finished import ROOT
from tools.desk_pictures import MOST, SHOWN
from tools.manual_pictures import PICTURES, SOURCE

EMBEDDED = re.compile(r"!\[(?P<words>[^\]]+)\]\(pictures/desk-(?P<name>\w+)\.png\)")
SAYS = {
    "stats": ("$ compositor stats", *COUNTED),
    "only": ("$ compositor pdf --only 2", "dist/a-small-book-2.pdf"),
    "diff": ("$ compositor diff v1.2 --page",),
    "news": ('changes-since = "v1.2"', "dist/a-small-book-web"),
    "watch": ("$ compositor watch", "A101"),
    "job": ("| made |", "A101"),
    "schema": ('"label": "subtitle"', "a key of this name"),
}
"""Name of a picture -> words that its description must have."""


def test_each_stands_in_the_manual_once() -> None:
    """Each has an alternative text; there are no others."""
    pages = (ROOT / "docs" / "manual").glob("*.md")
    found = [match for page in pages for match in EMBEDDED.finditer(page.read_text(encoding="utf-8"))]
    assert sorted(match["name"] for match in found) == sorted(SHOWN)
    assert len({match["words"] for match in found}) == len(found)
    assert {file.stem.removeprefix("desk-") for file in PICTURES.glob("desk-*.png")} == set(SHOWN) == set(SAYS)


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_says_what_it_shows(name: str) -> None:
    """The picture is stored with the command's output; if that has changed, run `make pictures`."""
    file = PICTURES / f"desk-{name}.png"
    with Image.open(file) as picture:
        picture.load()
        assert (picture.mode, picture.width > 600) == ("P", True)
        assert all(words in picture.info[SOURCE] for words in SAYS[name])
    assert file.stat().st_size < MOST


def test_the_page_what_is_new_is_that_of_today() -> None:
    """Its title is in the table of languages, and in the description on the manual page that shows it."""
    assert f'"{ENGLISH.changes["title"]}"' in (ROOT / "docs" / "manual" / "desk.md").read_text(encoding="utf-8")
