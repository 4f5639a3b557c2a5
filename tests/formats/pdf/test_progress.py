"""The progress of layout is reported in tenths of the pages that the last build had."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from compositor.cache import Cache, using
from compositor.formats import PDF
from compositor.formats.pdf.sheets import Counted
from compositor.machine.steps import Allowance, Progress, Step, told_to
from compositor.making import make
from compositor.press import Timings, read_book
from compositor.report import Report
from tests.random_books.trial import in_this_process

Heard = list[Step | Allowance | Progress | None]


def test_each_tenth_is_told_once() -> None:
    """Sheets that are set again do not repeat a tenth; without a known number of pages nothing is reported."""
    heard: Heard = []
    with told_to(heard.append):
        counted = Counted(40)
        for key, pages in (("one", 3), ("two", 1), ("two", 2), ("two", 2), ("three", 40)):
            counted.add(key, pages)
        Counted().add("one", 3)
    assert [str(one) for one in heard] == ["make pdf: 4 of 40 pages", "make pdf: 45 pages"]


def test_a_build_tells_how_many_pages_the_last_one_had(small_book: Path, tmp_path: Path) -> None:
    """The first build does not know the number."""
    cache = Cache(tmp_path / "cache", 1 << 26)
    told = []
    for words in ("Some.", "Other."):
        (small_book / "01-one.md").write_text(f"# One\n\n{words}\n", encoding="utf-8")
        heard: Heard = []
        with using(cache), in_this_process(), told_to(heard.append):
            pages = make(read_book(small_book, Timings()), [PDF], None, Timings()).outputs[0].pages
        assert pages is not None
        told.append([one for one in heard if isinstance(one, Progress)])
    assert told[0] == []
    assert {one.of for one in told[1]} == {len([page for page in pages.pages if not page.blank])}
    assert told[1][-1].done == told[1][-1].of


@pytest.mark.parametrize(("terminal", "up"), [("xterm", "\x1b[1A\x1b[2K"), ("dumb", "")])
def test_a_terminal_shows_it_in_one_line(
    terminal: str, up: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each message replaces the one before, if the terminal supports that."""
    monkeypatch.setenv("TERM", terminal)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for name in ("make pdf", "make pdf: 4 of 40 pages", "prove"):
        Report().stage(name)
    assert capsys.readouterr().err == f"  make pdf …\n{up}  make pdf: 4 of 40 pages …\n  prove …\n"
