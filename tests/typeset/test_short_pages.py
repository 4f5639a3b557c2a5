"""A page that would stop short is filled: what follows is parted, or what stands on the page is set a little closer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from compositor.typeset.floats import classes_of, tag_of
from compositor.typeset.layout.breaks import listing_parted
from compositor.typeset.layout.grid import off_the_grid
from compositor.typeset.layout.reader import SheetReader
from compositor.typeset.layout.sheets import Setting, Sheet
from compositor.typeset.lines.parted import LEAST, TURNED, best_place
from tests.typeset.test_lines import WORDS, paragraph

LINE = "<p>One line.</p>"
TABLE = "<div class='table'><table><tbody><tr><td>Cell</td></tr></tbody></table></div>"


@cache
def sheets(body: str) -> tuple[list[Sheet], list[list[Any]]]:
    """The pages of a unit, and the blocks on each."""
    _, _, document = paragraph(f'<section class="unit">{body}</section>')
    units = [next(box for box in page._page_box.descendants() if "unit" in classes_of(box)) for page in document.pages]
    return SheetReader().sheets(document.pages), [list(unit.children) for unit in units]


def lines_of_code(body: str) -> list[int]:
    """How many lines of listings stand on each page."""
    return [sum(line.node.inside("pre") is not None for line in sheet.of("text")) for sheet in sheets(body)[0]]


def listing(lines: Sequence[str]) -> str:
    """A listing that is kept whole where that leaves no white."""
    return "<pre class='listing'><code>" + "\n".join(lines) + "</code></pre>"


@pytest.mark.parametrize(("before", "count", "is_parted"), [(26, 20, True), (31, 20, True), (31, 7, False)])
def test_a_listing_is_parted_rather_than_leave_a_page_short(before: int, count: int, is_parted: bool) -> None:
    """Where four lines at least stand on either side; the shorter it is, the more white it may leave."""
    body = LINE * before + listing([f"line {number}" for number in range(count)]) + LINE
    found = lines_of_code(body)
    assert (found[0] > 0) == is_parted
    assert sum(found) == count
    assert not is_parted or min(found[:2]) >= LEAST
    assert not list(listing_parted(Setting(sheets(body)[0], {}, "")))


@pytest.mark.parametrize(("before", "count"), [(35, 20), (32, 12), (20, 11)])
def test_a_listing_that_leaves_little_white_or_has_room_stays_whole(before: int, count: int) -> None:
    """On this page or the next."""
    found = lines_of_code(LINE * before + listing([f"line {number}" for number in range(count)]) + LINE)
    assert max(found) == count


def test_a_listing_that_its_author_wants_whole_is_whole() -> None:
    """However much white is before it."""
    whole = listing(["line"] * 20).replace("'listing'", "'listing keep-together'")
    assert lines_of_code(LINE * 26 + whole + LINE)[0] == 0


@pytest.mark.parametrize(
    ("lines", "count", "place"),
    [
        (["a()", "b()", "c()", "", "d()", "e()", "f()", "g()", "h()", "i()"], 6, 4),
        (["if a:", "    b", "    c", "    d", "if e:", "    f", "    g", "    h", "    i"], 5, 4),
        (["{", "  a", "  b", "  c", "  d", "}", "{", "  e", "  f", "}", "x"], 7, 6),
        (["a", "b", "c", "d", "e", f"{TURNED}f", "g", "h", "i"], 5, 4),
        (["a", "b", "c", "d", "e", "f", "g", "h"], 7, 4),
        (["a", "b", "c", "", "d", "e", "f", "g", "h", "i", "j", "k"], 8, 8),
        (["a", "b", "c", "d", "# of e", "e", "f", "g", "h", "i"], 5, 4),
        (["a", "b", "c", "d", "e \\", "  --f", "g", "h", "i"], 5, 4),
        (["a", "b", "c", "d \\", "  --e", "f", "g", "h", "i"], 4, 0),
    ],
)
def test_code_is_parted_at_a_joint(lines: Sequence[str], count: int, place: int) -> None:
    """Behind an empty line, before a line that is indented least, never inside a line nor before what ends a block."""
    assert best_place(lines, count) == place


@pytest.mark.parametrize("lead", range(24, 31))
def test_a_listing_too_long_to_be_whole_is_parted_at_a_joint(lead: int) -> None:
    """Behind an empty line, if there is one within four lines of the foot of the page."""
    code = ["def one():", "    a", "    b", " "] * 12
    found = lines_of_code(LINE * lead + listing(code).replace("'listing'", "'listing long'") + LINE)
    assert found[0] % 3 == 0 and sum(found) == 36  # empty lines have no text


@pytest.mark.parametrize(("lines", "count"), [([], 0), ([], 3), (["a", "b"], 1), (["a"] * 6, 6)])
def test_too_few_lines_have_no_joint(lines: list[str], count: int) -> None:
    """What a listing has other than lines of its own, such as a table, is not counted."""
    assert best_place(lines, count) == 0


def test_a_list_behind_code_takes_nothing_to_the_next_page() -> None:
    """A listing stays where it has room, with the paragraph before it."""
    code = "<p style='break-after: avoid'>Here:</p>" + listing(["a", "b"])
    _, blocks = sheets(LINE * 30 + code + f"<ul><li>{code}</li></ul>" + LINE * 3)
    assert tag_of(blocks[0][-1]) == "pre"


@pytest.mark.parametrize(("lines", "fewest"), [(4, 4), (5, 5), (6, 3), (12, 3)])
def test_a_short_verse_is_whole_and_a_long_one_has_three_lines_on_either_side(lines: int, fewest: int) -> None:
    """Wherever on the page it begins."""
    verse = "<div class='line-block'>" + "<div class='line'>A line of it.</div>" * lines + "</div>"
    parts = []
    for before in range(30, 38):
        pages, _ = sheets(LINE * before + verse + LINE * 4)
        parts += [sum(line.node.inside("div") is not None for line in page.of("text")) for page in pages]
    assert min(count for count in parts if count) == fewest


def exercise(number: int) -> str:
    """An exercise of so many lines."""
    text = "<br/>".join(["A line of it."] * number)
    return f"<section class='exercise'><p class='exercise-title'>Exercise</p><p>{text}</p></section>"


@pytest.mark.parametrize(("lines", "is_parted"), [(8, True), (3, False)])
def test_an_exercise_below_a_heading_is_parted_rather_than_leave_a_page_short(lines: int, is_parted: bool) -> None:
    """Where two lines can stand on either side; one of three lines is whole, wherever it begins."""
    found = []
    for before in range(26, 34):
        first = sheets(LINE * before + "<h2>Exercises</h2>" + exercise(lines) * 3)[0][0]
        found.append(sum(line.node.inside("exercise") is not None for line in first.of("text")) % (lines + 1))
    assert any(found) == is_parted
    assert all(2 < count < lines for count in found if count)


def test_spaces_are_smaller_where_more_has_room_then() -> None:
    """By half a line, around what is no text, and only where that brings a heading to the page."""
    tops, headings = {}, {}
    for before in range(25, 30):
        _, blocks = sheets(LINE + TABLE * 2 + LINE * before + "<h2>Heading</h2>" + f"<p>{WORDS}</p>" * 6)
        tops[before] = round(blocks[0][3].content_box_y() * 0.75 - blocks[0][2].position_y * 0.75)
        headings[before] = any(tag_of(block) == "h2" for block in blocks[0])
    assert headings == {25: True, 26: True, 27: True, 28: False, 29: False}
    assert [tops[25] - top for top in tops.values()] == [0, 0, 7, 0, 0]


def test_a_high_space_above_a_heading_gives_a_whole_line() -> None:
    """Where half a line of each space is not enough."""
    box = "<aside class='callout keep-together'>" + "<p>Line.</p>" * 4 + "</aside>"
    tops = {}
    for above in ("<h2>A</h2>", ""):
        _, blocks = sheets(LINE + TABLE + LINE + above + LINE * (25 + 3 * (not above)) + box + LINE * 9)
        tops[above] = tag_of(blocks[0][-1])
    assert tops == {"<h2>A</h2>": "aside", "": "p"}


def test_the_space_before_code_that_goes_with_its_paragraph_gives_as_well() -> None:
    """What follows a page is looked at as far as it holds together; here it comes to the page, and all is on one."""
    before = LINE + TABLE + LINE * 20 + f"<p style='break-after: avoid'>{WORDS[:90]}</p>"
    assert len(sheets(before + listing(["line"] * 2) + LINE * 9)[0]) == 1


def test_facing_pages_of_text_keep_to_one_grid() -> None:
    """Spaces above headings change by whole lines."""
    body = "".join(f"<h2>Heading</h2><p>{WORDS * 2}</p><p>{WORDS[: 150 + 40 * number]}</p>" for number in range(16))
    assert not list(off_the_grid(Setting(sheets(body)[0], {}, "")))


def test_the_end_of_a_unit_comes_to_the_page_before_where_it_would_be_alone() -> None:
    """A last page of a line or two is spared by smaller spaces."""
    for count in range(20, 34):
        pages, _ = sheets(LINE + TABLE * 3 + LINE * count)
        if len(pages) == 2:
            break
    assert len(pages[1].of("text")) > 2
