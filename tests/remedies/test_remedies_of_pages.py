"""Every remedy for finished pages, followed literally, mends them: one book before, and one after."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from compositor.formats import PDF
from compositor.making import make
from compositor.model import Finding
from compositor.press import Timings, read_book
from tests.remedies.cases import BOOK, written
from tests.remedies.of_pages import CASES, MENDED, PLAIN, SPOILT, STYLE, TEXT, TOML

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30"/></svg>'
TITLE = "A title that is far too long to stand in the head of a page beside its number, and goes on and on"


def found(folder: Path, chapters: dict[str, str], style: str, settings: str = BOOK) -> tuple[Finding, ...]:
    """Return the findings on a book of these chapters and its pages."""
    texts = {f"{number:02}-{name}.md": text for number, (name, text) in enumerate(chapters.items(), 1)}
    sheet = {"styles/print.css": style} if style else {}
    written(folder, {"book.toml": settings, "drawing.svg": DRAWING} | sheet | texts)
    for name, width in (("coarse", 500), ("plain", 1000)):
        Image.new("L", (width, 40)).save(folder / f"{name}.png", dpi=(300, 300))
    proof = read_book(folder, Timings())
    return (*proof.findings, *make(proof, (PDF,), None, Timings()).findings)


def of_chapter(findings: tuple[Finding, ...], name: str) -> tuple[Finding, ...]:
    """Return the findings on one chapter."""
    return tuple(one for one in findings if name in one.place.file)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings on the chapters with their faults, and on those that follow the remedies."""
    folder = tmp_path_factory.mktemp("pages")
    before = {name: f"# {name}\n\n{CASES[name][2]}\n" for name in MENDED}
    after = {name: f"# {name}\n\n{text}\n" for name, (_, text) in MENDED.items()}
    return found(folder / "before", before, STYLE, TOML), found(folder / "after", after, STYLE, TOML)


@pytest.mark.slow
@pytest.mark.parametrize("name", MENDED)
def test_the_remedy_mends_the_page(both: tuple[tuple[Finding, ...], tuple[Finding, ...]], name: str) -> None:
    """The fault is reported with its remedy, and is gone from the chapter that follows it."""
    before, after = (of_chapter(findings, name) for findings in both)
    code, remedy = CASES[name][0], MENDED[name][0]
    assert [help_ for one in before if one.code == code for help_ in one.helps if remedy in help_], before
    assert {one.code for one in after} <= {one.code for one in before} - {code}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    """Return the findings on a book with the theme's defaults and a short title."""
    return found(tmp_path_factory.mktemp("plain") / "book", two_chapters("---\nshort-title: A title\n---\n\n"), "")


def two_chapters(above: str) -> dict[str, str]:
    """Write a chapter of several pages, and one more."""
    return {"one": f"{above}# {TITLE}\n\n" + f"{TEXT * 2}\n\n" * 12, "two": f"# Two\n\n{TEXT}\n"}


@pytest.mark.slow
@pytest.mark.parametrize("what", SPOILT)
def test_a_style_that_follows_the_remedy_spoils_nothing(plain: tuple[Finding, ...], what: str, tmp_path: Path) -> None:
    """The fault of a style is reported with its remedy, and is gone without that style."""
    code, style, _ = PLAIN[what]
    before = found(tmp_path / "before", two_chapters(""), style)
    assert [help_ for one in before if one.code == code for help_ in one.helps if SPOILT[what] in help_], before
    assert code not in {one.code for one in plain}


@pytest.mark.slow
def test_fewer_callouts_are_no_crowd(tmp_path: Path) -> None:
    """Some become plain paragraphs, and a kind that the book already has replaces the sixth."""
    boxes = [f"> [!{kind}]\n> Words." for kind in ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "JOKE")]
    before = found(tmp_path / "before", {"one": "# One\n\n" + "\n\n".join(boxes)}, "")
    helps = [help_ for one in before if one.code == "P226" for help_ in one.helps]
    assert helps == ["turn some of them into plain paragraphs", "use a kind that the book already has"]
    after = found(tmp_path / "after", {"one": "# One\n\n" + "\n\n".join([*boxes[:2], "Words.\n\nMore.", boxes[0]])}, "")
    assert "P226" not in {one.code for one in after}
