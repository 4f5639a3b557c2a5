"""The contact sheets show every page, as in the open book."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.finished import Built
from tools import proof_sheets
from tools.proof_sheets import Page, batches, main, spreads


def pages(number: int) -> list[Page]:
    """Return this many pages without pictures."""
    return [Page(n, str(n), Path()) for n in range(1, number + 1)]


def test_the_first_page_stands_on_the_right() -> None:
    """Odd pages are right-hand pages; the first has none beside it, nor has the last if it is even."""
    found = [tuple(page and page.number for page in spread) for spread in spreads(pages(6))]
    assert found == [(None, 1), (2, 3), (4, 5), (6, None)]


@pytest.mark.parametrize(("number", "sheets"), [(1, 1), (11, 1), (12, 2), (23, 2), (24, 3)])
def test_six_spreads_make_a_sheet(number: int, sheets: int) -> None:
    """The remaining pages get a sheet of their own."""
    assert len(list(batches(spreads(pages(number)), 6))) == sheets


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="not run: needs pdftoppm (poppler-utils)")
def test_all_pages_are_shown(several: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There are as many sheets as the pages need, none of an earlier run, and none is empty."""
    (tmp_path / "sheet-99.png").write_bytes(b"")
    assert main([str(several.pdf), "-o", str(tmp_path)]) == 0
    made = sorted(tmp_path.glob("*.png"))
    assert [str(path) for path in made] == capsys.readouterr().out.split()
    number = len(proof_sheets.page_labels(several.pdf))
    assert len(made) == -(-(number + 1) // 12)
    for path in made:
        with Image.open(path) as picture:
            assert len(picture.getcolors(1 << 24) or ()) > 10


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="not run: needs pdftoppm (poppler-utils)")
def test_one_page_is_found_by_its_folio(several: Built, tmp_path: Path) -> None:
    """`--page iii` and `--page "#5"` are both the title page; a missing folio is reported."""
    for page in ("iii", "#5"):
        assert main([str(several.pdf), "-o", str(tmp_path), "--page", page]) == 0
    (made,) = tmp_path.glob("*.png")
    assert made.name == "page-005.png"
    with Image.open(made) as picture:
        assert min(picture.size) > 1000
    assert main([str(several.pdf), "-o", str(tmp_path), "--page", "mmxxvi"]) == 1
