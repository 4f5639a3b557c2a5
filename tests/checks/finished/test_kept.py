"""A PDF gives the same findings with a cache and without one, and pages with a changed byte are read again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from compositor.cache import Cache, using
from compositor.checks.finished import check_finished, parts
from compositor.checks.finished.keys import keys_of
from compositor.formats import FORMATS, Output
from compositor.model import Book
from compositor.press import Timings, read_book
from tests.random_books.trial import in_this_process

TEXT = "# {0}\n\nWords of the chapter {0}, with a note.[^n]\n\n[^n]: A note.\n"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Output]:
    """A book of two chapters, and its PDF."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
    for number, name in enumerate(("One", "Two"), 1):
        (folder / f"0{number}-{name.lower()}.md").write_text(TEXT.format(name), encoding="utf-8")
    proof = read_book(folder, Timings())
    assert proof.book is not None and proof.theme is not None
    with in_this_process():
        made = FORMATS[0].make(proof.book, proof.theme)
    return proof.book, made


def read_anew(data: bytes) -> tuple[object, object]:
    """Return the runs and the letters in pictures of each page, without what this process knows of the file."""
    parts.pages.forget()
    return parts.pages.pages_of(data), parts.pages.letters_in_pictures(data)


def test_a_file_that_was_read_before_says_the_same(two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages come from the cache, and the text that each unit must show is not computed again."""
    book, made = two
    cold = read_anew(made.data)
    with using(Cache(tmp_path / "cache", 1 << 30)):
        for _ in range(2):
            assert read_anew(made.data) == cold
            assert check_finished(book, {"pdf": made.data}, made.pages) == ()
            monkeypatch.setattr(parts.pages, "read_page", lambda page: pytest.fail("a page is read again"))
            monkeypatch.setattr(
                "compositor.checks.finished.completeness.prove", lambda *_: pytest.fail("a unit is proved again")
            )



def test_a_page_with_other_bytes_is_read(two, tmp_path: Path) -> None:
    """A cached result for the whole file is not used after a line of a chapter has become invisible."""
    book, made = two
    with pikepdf.open(BytesIO(made.data)) as pdf:
        page = pdf.pages[made.pages.page("one") - 1]
        page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"BT", b"BT 3 Tr"))
        changed = BytesIO()
        pdf.save(changed)
    with using(Cache(tmp_path / "cache", 1 << 30)):
        assert check_finished(book, {"pdf": made.data}, made.pages) == ()
        found = check_finished(book, {"pdf": changed.getvalue()}, made.pages)
    assert "C204" in {finding.code for finding in found}


def test_keys_say_nothing_of_places_and_all_of_bytes(two) -> None:
    """Each unit is a run of pages; a run has the same key at another place, and another key with another font."""
    _, made = two
    keys = keys_of(made.data)
    assert sum(len(numbers) for numbers, _ in keys) == len(made.pages.pages)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        del pdf.pages[0]
        shifted = BytesIO()
        pdf.save(shifted)
        face = next(iter(pdf.pages[-1].Resources.Font.values()))
        face.ToUnicode.write(face.ToUnicode.read_bytes() + b" ")
        other = BytesIO()
        pdf.save(other)
    assert [key for _, key in keys_of(shifted.getvalue())] == [key for _, key in keys[1:]]
    assert keys_of(other.getvalue())[-1][1] != keys[-1][1]


def test_what_is_no_file_has_no_keys() -> None:
    """A damaged file is read as a whole, so that the check can say what is wrong with it."""
    assert keys_of(b"no PDF") is None
