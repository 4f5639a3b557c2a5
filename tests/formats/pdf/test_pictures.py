"""Pictures on paper: in their stated size, within their column, and the same in every folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.layout.sheets import Picture
from tests.finished import ROOT

SHEETS = tuple((ROOT / "styles" / name).read_text(encoding="utf-8") for name in ("fonts.css", "print.css"))
MEASURE = 336.0


def pictures(folder: Path, body: str) -> list[Picture]:
    """Return the pictures of a page of the default theme, as the layout check sees them, and its findings."""
    from compositor.typeset.layout.reader import SheetReader

    look = Look(tuple((text, ROOT / "styles") for text in SHEETS), folder)
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(look)
    faults = typesetter.typeset(unit).layout.faults
    assert [fault.message for fault in faults if fault.code in ("P201", "P202")] == []
    return [found for sheet in SheetReader().sheets(typesetter.document(unit).pages) for found in sheet.pictures]


@pytest.mark.parametrize(
    ("size", "dpi", "width"),
    [
        ((600, 400), 300, 144.0),
        ((600, 400), 96, 8 / 2.54 * 72),
        ((800, 600), 0, 800 / 220 * 72),
        ((32, 32), 0, 32 / 220 * 72),
        ((1600, 900), 0, MEASURE),
        ((1600, 900), 150, MEASURE),
    ],
)
def test_a_picture_has_its_natural_size(tmp_path: Path, size: tuple[int, int], dpi: int, width: float) -> None:
    """The file's density decides, else 220 pixels per inch if that is wide enough; never wider than the text."""
    Image.new("L", size).save(tmp_path / "a.png", **({"dpi": (dpi, dpi)} if dpi else {}))
    (found,) = pictures(tmp_path, '<figure class="figure"><img src="a.png" alt=""/></figure>')
    assert found.edges.right - found.edges.left == pytest.approx(width, abs=0.1)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Words IMG</p>",
        "<ul><li>Words IMG<ol><li>IMG</li></ol></li></ul>",
        "<table><tr><td>Words</td><td>IMG</td></tr></table>",
        "<blockquote><p>IMG</p></blockquote>",
        '<aside class="callout"><p>IMG</p></aside>',
        "<dl><dt>Term</dt><dd>IMG</dd></dl>",
        '<p>Words<span class="note">IMG</span></p>',
    ],
)
@pytest.mark.parametrize("size", [(3000, 1000), (1000, 4000)])
def test_a_picture_stays_in_its_column(tmp_path: Path, body: str, size: tuple[int, int]) -> None:
    """In any column, a picture is at most as wide as the column, keeps its shape, and is not higher than a page."""
    Image.new("L", size).save(tmp_path / "a.png")
    found = pictures(tmp_path, body.replace("IMG", '<img src="a.png" alt=""/>'))
    assert found
    for one in found:
        width, height = one.edges.right - one.edges.left, one.edges.bottom - one.edges.top
        assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
        assert 20 < width <= MEASURE + 0.1


@pytest.mark.parametrize("width", ["100%", "50%", "6cm"])
def test_a_width_of_its_own_does_not_stretch_a_picture(tmp_path: Path, width: str) -> None:
    """A picture that would be higher than its page keeps its shape, and is narrower than its author's setting."""
    Image.new("L", (300, 1800)).save(tmp_path / "a.png")
    (found,) = pictures(tmp_path, f'<figure class="figure"><img style="width: {width}" src="a.png" alt=""/></figure>')
    high, wide = found.edges.bottom - found.edges.top, found.edges.right - found.edges.left
    assert high / wide == pytest.approx(6, rel=0.01)


def test_the_bytes_do_not_depend_on_the_folder(small_book: Path, tmp_path: Path) -> None:
    """In another folder the file is the same; each picture is in it once, with no more pixels than are useful."""
    from compositor.cli import main

    Image.effect_noise((4000, 1000), 50).save(small_book / "a.png")
    shutil.copy(small_book / "a.png", small_book / "b.png")
    words = "# One\n\nSee @fig-a and @fig-b.\n\n"
    both = '![A](a.png){#fig-a fig-alt="Grey."}\n\n![B](b.png){#fig-b fig-alt="Grey, small." width=50%}\n'
    (small_book / "01-one.md").write_text(words + both, encoding="utf-8")
    shutil.copytree(small_book, tmp_path / "deeper" / "book")
    for name, book in (("one", small_book), ("two", tmp_path / "deeper" / "book")):
        assert main(["pdf", str(book), "-o", f"{tmp_path}/{name}.pdf"]) == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        widths = [one.Width for one in streams if one.get("/Subtype") == "/Image"]
    assert widths == [round(MEASURE / 72 * 350)]


def test_a_book_may_keep_all_pixels(small_book: Path, tmp_path: Path) -> None:
    """With `resample = false`, a picture far finer than print goes into the PDF as it is."""
    from compositor.cli import main

    Image.effect_noise((4000, 1000), 50).save(small_book / "a.png")
    (small_book / "01-one.md").write_text('# One\n\n![](a.png){fig-alt="Grey."}\n', encoding="utf-8")
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write("resample = false\n")
    assert main(["pdf", str(small_book), "-o", f"{tmp_path}/one.pdf"]) == 0
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert [one.Width for one in streams if one.get("/Subtype") == "/Image"] == [4000]
