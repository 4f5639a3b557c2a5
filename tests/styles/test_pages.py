"""styles/pages/: what the design requires of every page size of a theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.errors import BookError
from compositor.model import Finding, Place
from compositor.theme import load_theme, themes
from compositor.theme.page import NAMED, doubts, page_size, points, read_page
from tests.finished import ROOT

SHEETS = sorted(path.stem for path in (ROOT / "styles" / "pages").glob("*.css"))
PAGES = [(theme, size) for theme in themes() for size in ("", *(stem.replace("-", " ") for stem in SHEETS))]


def settings(size: str) -> dict[str, str]:
    """Return the one line in book.toml, or none."""
    return {"page-size": size} if size else {}


@pytest.mark.parametrize(("theme", "size"), PAGES)
def test_a_page_is_well_proportioned(theme: str, size: str, tmp_path: Path) -> None:
    """A page has whole lines, 60 to 75 letters in each, 80 columns of code, and wider outer and lower margins."""
    page = load_theme(tmp_path, theme).page(settings(size))
    assert page is not None
    assert abs(page.lines - round(page.lines)) < 0.02
    assert 60 <= page.letters <= 75
    assert 80 <= page.columns < 84
    assert page.inner < page.outer
    assert page.top < page.bottom
    assert 1.25 <= page.leading / page.text_size <= 1.45


@pytest.mark.parametrize("stem", SHEETS)
def test_a_sheet_sets_the_size_that_it_is_called_after(stem: str, tmp_path: Path) -> None:
    """The file name is the value of `page-size`, with hyphens for spaces."""
    written = {"page-size": stem.replace("-", " ")}
    theme = load_theme(tmp_path)
    (sheet,) = [text for _, text in theme.sheets(f"pages/{stem}.css")]
    assert f"--page-size: {written['page-size']};".lower() in sheet.lower()


def found(**style: str) -> list[Finding]:
    """Return the findings on the default theme's page with these settings."""
    settings = {name.replace("_", "-"): value for name, value in style.items()}
    theme = load_theme(Path("/nowhere"))
    return list(doubts(theme.values(settings), {name: Place("book.toml", 5) for name in settings}))


def test_code_that_does_not_fit_is_found_with_the_size_that_would() -> None:
    """The remedy works: with it nothing is found."""
    (one,) = found(code_size="9pt")
    assert (one.code, one.message) == ("T013", "a line of code holds 74 columns, not 80")
    assert one.helps == ('code-size = "8.4pt" would fit, or a wider text',)
    assert found(code_size="8.4pt") == []


def test_lines_that_are_hard_to_read_are_found() -> None:
    """A6 with the margins of a large page leaves a narrow column."""
    assert {one.code for one in found(page_size="105mm 148mm")} == {"T013", "T014"}
    assert {one.code for one in found(page_size="210mm 297.5mm")} == {"T014"}


def test_margins_that_leave_no_room_are_an_error() -> None:
    """Nothing can be set on such a page."""
    (one,) = found(margin_inner="5in", margin_outer="2in")
    assert (one.code, one.severity) == ("T015", "error")


def test_what_only_the_typesetter_can_work_out_is_left_to_it() -> None:
    """A formula in a setting is accepted."""
    assert found(margin_inner="calc(1in + 2pt)") == []


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        *(("72pt", 72), ("1in", 72), ("25.4mm", 72), ("2.54CM", 72), ("6pc", 72), ("96px", 72), ("0", 0)),
        *(("1em", None), ("calc(1in)", None), ("", None)),
    ],
)
def test_absolute_lengths_are_read(length: str, expected: float | None) -> None:
    """Lengths are read in points; other units are unknown here."""
    read = points(length)
    assert read == expected if expected is None else read == pytest.approx(expected)


@pytest.mark.parametrize("size", ["6in x 9in", "6 9", "6in", "a4"])
def test_a_size_is_read_or_refused(size: str, tmp_path: Path) -> None:
    """An invalid size is an error that shows how one is written."""
    theme = load_theme(tmp_path)
    if page_size(size) is not None:
        assert theme.properties({"page-size": size})
        return
    with pytest.raises(BookError) as problem:
        theme.properties({"page-size": size})
    (found,) = problem.value.findings
    assert (found.code, found.message) == ("T012", f'"page-size" cannot be "{size}"')
    assert '"6in 9in"' in found.helps[0]


def test_sizes_that_have_a_name_are_those_of_the_standard() -> None:
    """Each size is half of the one before, rounded down to the millimetre."""
    named = {name: NAMED[name] for name in ("a4", "a5", "a6", "b5")}
    assert named == {"a4": (210, 297), "a5": (148, 210), "a6": (105, 148), "b5": (176, 250)}


def test_a_page_may_lie_on_its_side() -> None:
    """CSS allows the word landscape after a name."""
    values = dict(load_theme(Path("/nowhere")).values({}))
    page = read_page(values | {"page-size": "A4 landscape"})
    assert page is not None
    assert page.width == pytest.approx(841.89, abs=0.01)


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("8.5in 11in", "letter"),
        ("612pt 792pt", "letter"),
        ("210mm 297mm", "A4"),
        ("21cm 29.7cm", "a4 portrait"),
        ("148mm 210mm", "A5"),
        ("152.4mm 228.6mm", "6in 9in"),
        ("432pt 648pt", "6in  9in"),
    ],
)
def test_a_size_is_known_by_its_length_and_not_by_its_words(written: str, called: str, tmp_path: Path) -> None:
    """A page has the margins and letters of its size, in whatever units it is written."""
    theme = load_theme(tmp_path)
    page, known = theme.page(settings(written)), theme.page(settings(called))
    assert page is not None
    assert known is not None
    assert (page.text_size, page.inner) == (known.text_size, known.inner)
    assert page.lines == pytest.approx(known.lines, abs=0.1)
    assert page.text_size != theme.page(settings("297mm 210mm")).text_size
