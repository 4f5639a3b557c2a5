"""The checks of the site find text that is lost, doubled or hidden, and links that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from compositor.checks.finished import check_finished
from compositor.formats import SINGLE
from tests.formats.web.opened import opened, zipped

TEXT = """# Lamps

Text with a word.[^1] See [the second](chapter-2.md).

[^1]: A note.

## Oil {#sec-oil}

Old lamps.
"""


def codes(book, data: bytes) -> set[str]:
    """Return the codes of the findings of a site."""
    return {finding.code for finding in check_finished(book, {"web": data}, None)}


@pytest.mark.parametrize(
    ("page", "change", "found"),
    [
        ("chapter-1.html", lambda text: text, set()),
        ("chapter-1.html", lambda text: text.replace("with a word", "with word"), {"C201"}),
        ("chapter-1.html", lambda text: text.replace("Old lamps", "Old old lamps"), {"C202"}),
        ("chapter-1.html", lambda text: text.replace("<p>Old", '<p style="display:none">Old'), {"C204"}),
        ("chapter-1.html", lambda text: text.replace('href="chapter-2.html', 'href="chapter-3.html'), {"C221"}),
        ("chapter-1.html", lambda text: text.replace('id="sec-oil"', 'id="sec-gas"'), {"C212", "C221"}),
        ("index.html", lambda text: text.replace('<span class="title">Oil', '<span class="title">Gas'), {"C213"}),
        ("index.html", lambda text: text.replace("Ada Example", "Bob Example"), {"C215"}),
    ],
)
def test_what_is_wrong_in_a_page_is_found(make_book, page: str, change: Callable[[str], str], found: set[str]) -> None:
    """A correct site has no findings; each change causes one."""
    book = make_book(TEXT, "# Second\n\nMore.\n")
    files = opened(book).files
    files[page] = change(files[page].decode()).encode()
    assert found <= codes(book, zipped(files))
    assert bool(found) == bool(codes(book, zipped(files)))


def test_the_one_page_is_proved_as_well(make_book) -> None:
    """The same checks read the site in one file."""
    book = make_book(TEXT, "# Second\n\nMore.\n")
    data = opened(book, shape=SINGLE).data
    assert codes(book, data) == set()
    assert "C201" in codes(book, data.replace(b"with a word", b"with word"))
