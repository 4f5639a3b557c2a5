"""A PDF is proved in several processes: the findings, and the pages that are read, are those of one."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from compositor.cache import Cache, using
from compositor.checks.finished import check_finished, parts
from compositor.checks.finished.paper import read_page
from compositor.fence.beside import Beside, begun_beside
from compositor.formats import PDF, Output
from compositor.machine.cores import VARIABLE
from compositor.model import Book, Finding, Limits
from compositor.press import Timings, read_book
from tests.random_books.trial import in_this_process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a copy is made where a fork is safe")
NAMES = ("One", "Two", "Three", "Four", "Five", "Six")
TEXT = "# {0}\n\nWords of the chapter {0}, with a note.[^n] עברית {0}\n\n[^n]: A note.\n"
Started = list[Beside | None]


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Output]:
    """A book of six chapters, and its PDF."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
    for number, name in enumerate(NAMES, 1):
        (folder / f"0{number}-{name.lower()}.md").write_text(TEXT.format(name), encoding="utf-8")
    proof = read_book(folder, Timings())
    assert proof.book is not None and proof.theme is not None
    with in_this_process():
        made = PDF.make(proof.book, proof.theme)
    return proof.book, made


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Return the copies that are started, on a machine with three cores, where two pages are many."""
    found: Started = []

    def begun(folder: Path, limits: Limits, work: Callable[[], Any]) -> Beside | None:
        found.append(begun_beside(folder, limits, work))
        return found[-1]

    monkeypatch.setattr(parts, "begun_beside", begun)
    monkeypatch.setattr(parts, "LEAST", 2)
    monkeypatch.setenv(VARIABLE, "3")
    return found


def with_faults(made: Output, *chapters: str) -> bytes:
    """Return a PDF in which the text of these chapters' first pages is invisible."""
    assert made.pages is not None
    with pikepdf.open(BytesIO(made.data)) as pdf:
        for name in chapters:
            page = pdf.pages[(made.pages.page(name) or 0) - 1]
            page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"BT", b"BT 3 Tr"))
        pdf.save(changed := BytesIO())
    return changed.getvalue()


def proved(six: tuple[Book, Output], data: bytes) -> tuple[Finding, ...]:
    """Return the findings about a PDF that this process has not read yet."""
    book, made = six
    parts.pages.forget()
    return check_finished(book, {"pdf": data}, made.pages)


def test_the_findings_of_three_processes_are_those_of_one(
    six: tuple[Book, Output], started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults in the first, the second and the third part are found, in the order of the book, and once."""
    data = with_faults(six[1], "one", "four", "six")
    several, read = proved(six, data), parts.pages.pages_of(data)
    assert len(started) == 2 and None not in started
    monkeypatch.setenv(VARIABLE, "1")
    assert proved(six, data) == several
    assert len(started) == 2
    assert parts.pages.pages_of(data) == read
    assert {finding.place.file for finding in several} >= {"01-one.md", "04-four.md", "06-six.md"}


def test_what_a_killed_copy_has_not_done_is_done_here(
    six: tuple[Book, Output], started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No finding is lost with a process, and none is new."""

    def killed(folder: Path, limits: Limits, work: Callable[[], Any]) -> Beside | None:
        copy = begun_beside(folder, limits, lambda: os.kill(os.getpid(), signal.SIGKILL))
        started.append(copy)
        return copy

    data = with_faults(six[1], "four", "six")
    whole = proved(six, data)
    monkeypatch.setattr(parts, "begun_beside", killed)
    assert proved(six, data) == whole != ()
    assert len(started) == 4


def test_a_page_is_read_by_one_process(
    six: tuple[Book, Output], started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of the copies' units are not read here, although other checks need them."""
    pages, here = six[1].pages, list[object]()
    assert pages is not None

    def read(page: object) -> Any:
        here.append(page)
        return read_page(page)

    monkeypatch.setattr(parts.pages, "read_page", read)
    assert proved(six, six[1].data) == ()
    theirs = sum(len(pages.numbers_of(name.lower())) for name in NAMES[2:])
    assert len(here) == len(pages.pages) - theirs


def test_pages_of_an_earlier_build_start_no_process(
    six: tuple[Book, Output], started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the copies have read is in the cache; then nothing is left for them."""
    with using(Cache(tmp_path / "cache", 1 << 30)):
        assert proved(six, six[1].data) == ()
        assert len(started) == 2
        monkeypatch.setattr(parts.pages, "read_page", lambda page: pytest.fail("a page is read again"))
        assert proved(six, six[1].data) == ()
    assert len(started) == 2


def test_a_small_book_starts_no_process(
    six: tuple[Book, Output], started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process takes longer to start than a few pages take to read."""
    monkeypatch.undo()
    monkeypatch.setenv(VARIABLE, "3")
    monkeypatch.setattr(parts, "begun_beside", lambda *_: pytest.fail("a process is started"))
    assert proved(six, six[1].data) == ()
