"""Links in books of other tools lead to the file that the tool's own site would show."""

from __future__ import annotations

import pytest

from compositor.assemble.guest_links import GuestFiles, Lost
from compositor.model import Place, Reference

PATHS = ("docs/before.md", "docs/guide/one.md", "docs/guide/README.md", "docs/plan.qmd", "docs/notes.Rmd", "docs/a.mdx")
FILES = GuestFiles(dict.fromkeys(PATHS, ""), "docs", first="docs/before.md")


@pytest.mark.parametrize(
    ("path", "by", "meant"),
    [
        ("docs/guide/one.html", "docs/before.md", "docs/guide/one.md"),
        ("docs/guide", "docs/before.md", "docs/guide/README.md"),
        ("docs/plan.html", "docs/before.md", "docs/plan.qmd"),
        ("docs/notes.html", "docs/before.md", "docs/notes.Rmd"),
        ("docs/a", "docs/before.md", "docs/a.mdx"),
        ("docs/docs/guide/one", "docs/before.md", "docs/guide/one.md"),
        ("docs", "docs/a.mdx", "docs/before.md"),
        ("docs/index.html", "docs/guide/one.md", "docs/before.md"),
        ("docs/README.md", "docs/guide/one.md", "docs/before.md"),
        ("docs/guide/two", "docs/guide/README.md", ""),
    ],
)
def test_the_file_that_is_meant(path: str, by: str, meant: str) -> None:
    """Endings of other tools, folders, the name of the source folder and the first page of a site are resolved."""
    assert FILES.meant(path, by) == meant


def test_a_link_without_an_address_is_named_too() -> None:
    """Authors write `[later]()` for a text that is not there yet."""
    place = Place("a.md", 1)
    lost = Lost([Reference(target, place, "link") for target in ("#", "#", "b.md#c")])
    (finding,) = lost.told()
    assert finding.message.startswith("3 links lead to a file that is not in the book (an empty address, b.md#c);")
