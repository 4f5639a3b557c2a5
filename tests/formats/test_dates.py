"""The date of an edition in the finished files, even if an archive cannot hold it."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from compositor.cli import main

LAST = (2107, 12, 31, 23, 59, 58)
DATES = [
    (datetime(1970, 1, 1, tzinfo=UTC), (1980, 1, 1, 0, 0, 0)),
    (datetime(1979, 12, 31, 23, 59, 59, tzinfo=UTC), (1980, 1, 1, 0, 0, 0)),
    (datetime(2026, 11, 23, 1, 2, 4, tzinfo=UTC), (2026, 11, 23, 1, 2, 4)),
    (datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC), LAST),
    (datetime(2107, 12, 31, 23, 59, 59, tzinfo=UTC), LAST),
    (datetime(2108, 1, 1, tzinfo=UTC), LAST),
    (datetime(2200, 1, 1, tzinfo=UTC), LAST),
    (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), LAST),
]


@pytest.mark.parametrize(("date", "in_zip"), DATES, ids=lambda value: str(value)[:10])
def test_an_epub_has_its_date_whatever_a_zip_can_hold(
    date: datetime, in_zip: tuple[int, ...], small_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files in the archive have the nearest possible date; metadata and copyright page have the real one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(date.timestamp())))
    target = small_book.parent / "small.epub"
    assert main(["epub", str(small_book), "-o", str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        assert {info.date_time for info in archive.infolist()} == {in_zip}
        package = archive.read("EPUB/content.opf").decode()
        page = archive.read("EPUB/copyright.xhtml").decode()
    assert f"<dc:date>{date:%Y-%m-%d}</dc:date>" in package
    assert f"{date:%Y-%m-%dT%H:%M:%S}Z" in package
    assert f"{date.day} {date:%B %Y}" in page


@pytest.mark.parametrize("date", [date for date, _ in DATES if date.year in (1970, 2107, 2108, 9999)], ids=str)
def test_a_pdf_has_its_date(date: datetime, small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF date has a year of four digits, and SOURCE_DATE_EPOCH cannot set a later one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(date.timestamp())))
    target = small_book.parent / "small.pdf"
    assert main(["pdf", str(small_book), "-o", str(target)]) == 0
    with pikepdf.open(target) as pdf:
        assert re.sub("[^0-9]", "", str(pdf.docinfo["/CreationDate"]))[:14] == f"{date:%Y%m%d%H%M%S}"
        assert f"{date:%Y-%m-%dT%H:%M:%S}" in bytes(pdf.Root.Metadata.read_bytes()).decode()


@pytest.mark.parametrize("seconds", ["253402300800", "-62135596801", "99999999999999999999"])
def test_a_date_beyond_the_calendar_is_an_error(
    seconds: str, small_book: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither PDF nor EPUB nor Python has a year 10000."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert main(["epub", str(small_book), "-o", f"{small_book}/out/"]) == 1
    assert "B101" in capfd.readouterr().err
