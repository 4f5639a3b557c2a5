"""Lines and pages become one string of letters, in which repeated blocks are matched quickly."""

from __future__ import annotations

import pytest

from compositor.checks.finished.block import Block
from compositor.checks.finished.laying import lay
from compositor.checks.finished.removal import _has_the_letters_of
from compositor.checks.finished.runs import Run
from compositor.checks.finished.sheet import sheet_of
from compositor.model import Place

HERE = Place("a.md", 1)
SAID = "The harbour keeps the river and the stone of the engine and the water of the ferry"


def test_a_mark_of_the_next_page_makes_no_hyphen_the_authors() -> None:
    """The typesetter's hyphen is removed, even if the source has these letters with a hyphen elsewhere."""
    said = ("in the directory of it", "keep dir- too, and dir-not")
    blocks = [Block("paragraph", Place("a.md"), words) for words in said]
    here = [Run("inthe", 1), Run("dir\x02", 1), Run("3", 1)]
    runs = [*here, Run("ectoryofit", 2), Run("-", 2), Run("keepdir-too,anddir-not", 2), Run("not", 2)]
    assert sheet_of(blocks, runs).text.startswith("inthedir3ectoryofit")


def test_a_sign_of_minus_is_no_hyphen_though_the_source_has_those_letters_without_it() -> None:
    """The typesetter puts its hyphens after letters."""
    blocks = [Block("listing", Place("a.md"), words, exact=True) for words in ("Object.is(-0,a)", "Object.is(0,-0)")]
    runs = [Run("Object.", 1), Run("is(-", 1), Run("0,a)", 1), Run("Object.is(", 2), Run("0,-0)", 2)]
    assert sheet_of(blocks, runs).exact == "Object.is(-0,a)Object.is(0,-0)"


def test_a_hyphen_of_the_author_stays_where_the_next_page_has_the_word_with_another_sign() -> None:
    """`panic-semihosting` at the end of a line is not `panic` and `_impl`, which are on the next page."""
    blocks = [Block("paragraph", Place("a.md"), words) for words in ("panic-semihosting is a crate", "a panic_impl")]
    runs = [Run("panic-", 1, 10.0), Run("semihosting", 1, 20.0), Run("isacrate", 1, 30.0), Run("a", 2, 10.0)]
    assert sheet_of(blocks, [*runs, Run("panic", 2, 10.0), Run("_impl", 2, 10.0)]).exact.startswith("panic-semihosting")


@pytest.mark.parametrize("tops", [(10.0, 10.0, 10.0, 10.0, 10.0), (10.0, 10.0, 10.0, 30.0, 30.0)])
def test_an_address_keeps_its_hyphens_though_the_text_has_the_words_without_one(tops: tuple[float, ...]) -> None:
    """`order-reducers` is in a line or at the end of one, and elsewhere the source says "order reducers"."""
    said = ("https://example.org/a/high-order-reducers-it", "a high-order reducer", "high-orderreducer")
    blocks = [Block("paragraph", Place("a.md"), words) for words in said]
    letters = ("https://example.org/a/", "high-", "order-", "reducers-", "it")
    runs = [Run(words, 1, top) for words, top in zip(letters, tops, strict=True)]
    runs += [Run("ahigh-orderreducer", 1, 50.0), Run("reducers", 2, 10.0)]
    assert sheet_of(blocks, runs).exact.startswith("https://example.org/a/high-order-reducers-it")


def test_a_note_that_ends_a_page_with_a_hyphen_of_the_author_goes_on_below_the_text_of_the_next() -> None:
    """The hyphen stays if any line of the next page continues the word as it is written."""
    note = Block("note", HERE, "1 so and [lst-nowhere?] of it", note=True)
    text = Block("paragraph", HERE, "one two")
    runs = [Run("one", 1, 10), Run("1soand[lst\x02", 1, 90), Run("two", 2, 10), Run("nowhere?]ofit", 2, 80)]
    sheet = sheet_of([text, note], runs)
    assert lay([text, note], sheet) == []
    assert sheet.lies[1] == (3, len(sheet.text))


def test_lines_that_are_all_the_same_are_not_looked_for_in_every_way() -> None:
    """A listing of 90 equal lines without its last one is compared once for each line, so the loss is found quickly."""
    lines = [Run("x=1", page, 10.0 * line) for page in (1, 2, 3) for line in range(30)]
    listing = Block("listing", HERE, "x = 1 " * 90 + "end", exact=True)
    asked = 0

    class Counting(list):
        def __getitem__(self, index):
            nonlocal asked
            asked += 1
            return super().__getitem__(index)

    sheet = sheet_of([listing], [*lines, Run("and", 3, 310.0)])
    sheet.furniture = Counting(sheet.furniture)
    assert lay([listing], sheet) == [0]
    assert asked < 100_000


def test_cells_behind_a_table_that_was_moved_are_found_though_the_text_before_them_went_on() -> None:
    """The text after two tables is set before both of them, and the second table is on the page after the first."""
    texts = (f"{SAID} in a table", f"{SAID} one", "2", "3", f"{SAID} two")
    blocks = [Block("block", HERE, text, cell=number in (0, 2, 3)) for number, text in enumerate(texts)]
    painted = ((texts[1], 1), (texts[4], 1), (SAID, 2), ("in a table", 3), ("Head", 4), ("2", 4), ("3", 4))
    runs = [Run(text.replace(" ", ""), page, 10.0, furniture=text == "Head") for text, page in painted]
    sheet = sheet_of(blocks, runs)
    assert lay(blocks, sheet) == []
    assert [sheet.page(sheet.lies[number][0]) for number in range(5)] == [2, 1, 4, 4, 1]


def test_a_lowered_number_is_not_the_beginning_of_a_note_that_goes_on_overleaf() -> None:
    """The 2 of a formula in a cell stands alone like the number of a note; the longest matching beginning wins."""
    texts = ("H2O", f"{SAID} goes on", f"{SAID} was moved", f"2 {SAID} and the bell")
    blocks = [Block("block", HERE, text, cell=text == "H2O", note=text.startswith("2")) for text in texts]
    painted = ((texts[2], 1), *((letter, 1) for letter in "H2O"), (SAID, 2), ("2", 2), (SAID, 2))
    painted += (("goes on", 3), ("and the bell", 3))
    sheet = sheet_of(blocks, [Run(text.replace(" ", ""), page, 10.0) for text, page in painted])
    assert lay(blocks, sheet) == []
    assert [sheet.page(sheet.lies[number][0]) for number in range(4)] == [1, 2, 1, 2]


def test_cells_behind_one_that_stands_again_are_found_however_long_that_is() -> None:
    """Each part of a split table repeats the first column in its rows; these cells are no part of the text."""
    first = (SAID, "die", "turm", "eine")
    others = "on yes die die 7 eine als die 8 mit eine on die on 8 abend turm 7 als mit"
    parts = [others.split()[at : at + 4] for at in range(0, 20, 4)]
    blocks, runs = [], []
    for number, part in enumerate(parts):
        for row, (again, value) in enumerate(zip(first, part, strict=True)):
            page, top = 1 + number // 2, 10.0 * row + 200 * (number % 2)
            runs += [Run(again.replace(" ", ""), page, top, furniture=number > 0), Run(value, page, top)]
            blocks += [Block("block", HERE, text, cell=True) for text in ([] if number else [again]) + [value]]
    sheet = sheet_of(blocks, runs)
    assert lay(blocks, sheet) == []
    assert [sheet.lies[number] for number in sorted(sheet.lies)] == sorted(sheet.lies.values())


def test_a_cell_of_a_table_that_was_moved_does_not_take_the_place_of_an_equal_one() -> None:
    """The first table is printed after the second one, and both have a cell "yes"."""
    texts = (f"{SAID} one", "yes", "careful", f"{SAID} two", "bell", "yes", "lamp")
    blocks = [Block("block", HERE, text, cell=not text.startswith(SAID)) for text in texts]
    order = (0, 3, 4, 5, 6, 1, 2)
    runs = [Run(texts[number].replace(" ", ""), 1 + place // 5, 10.0) for place, number in enumerate(order)]
    sheet = sheet_of(blocks, runs)
    assert lay(blocks, sheet) == []
    assert sorted(sheet.lies, key=lambda number: sheet.lies[number]) == list(order)


@pytest.mark.parametrize("page", [1, 2])
def test_a_line_of_a_paragraph_that_went_before_a_table_is_not_taken_for_a_cell_of_it(page: int) -> None:
    """Text that is long enough to match in one place only is matched first; so is text that is split over two pages."""
    cells = [Block("table cell", HERE, words, cell=True) for words in ("number distribution", "-3", "on this")]
    text = Block("list item", HERE, "The ferry waits before the pier on this number distribution under the last of it.")
    lines = ["Theferrywaitsbeforethepier", "onthis", "numberdistribution", "underthelastofit."]
    before = [Run(line, 1 if n < 1 else page, 10.0 * n) for n, line in enumerate(lines)]
    table = [Run(line, page, 100.0) for line in ("numberdistribution", "-3", "onthis")]
    runs = [*before, *table]
    assert lay([*cells, text], sheet_of([*cells, text], runs)) == ([] if page == 1 else [3])
    assert lay([*cells, text], sheet_of([*cells, text], runs), first=[3]) == []


def test_the_rows_of_a_table_say_where_it_is_if_its_words_do_not() -> None:
    """The table has a caption and cells of a few letters, which also occur elsewhere, and one cell that is repeated."""
    caption = Block("caption", HERE, "Table 1.1 What is so")
    words = ["8.00", "on it", "12 %", "yes", "-3", "of them all", "at the pier of it", "by day and by night", "no"]
    cells = [Block("table cell", HERE, one, cell=True) for one in words]
    text = [Block("paragraph", HERE, f"{SAID} {n} 8.00") for n in range(9)]
    moved = [Run(block.letters, 1 + n // 3, 10.0 * n) for n, block in enumerate(text)]
    runs = [*moved, *(Run(block.letters, 5, 90.0) for block in (caption, *cells))]
    runs[-5:-5] = [Run("again", 5, 90.0, furniture=True)]
    assert lay([caption, *cells, *text], sheet_of([caption, *cells, *text], runs)) == []


def test_the_number_of_a_note_that_begins_with_a_listing_is_laid_once() -> None:
    """The number may be matched together with what follows it, before it is matched alone."""
    blocks = [Block("paragraph", HERE, f"{SAID} 1"), Block("note", HERE, "1", note=True)]
    blocks.append(Block("listing", HERE, SAID[::-1], exact=True, note=True))
    assert lay(blocks, sheet_of(blocks, [Run(block.letters) for block in blocks])) == []


def test_the_number_of_a_chapter_takes_its_word_along() -> None:
    """`Chapter` is matched together with its number, even if the letters after it identify its place alone."""
    blocks = [
        Block("number of the unit", HERE, "1", instead="Chapter 1"),
        *(Block(kind, HERE, words) for kind, words in (("heading", "More"), ("paragraph", SAID))),
    ]
    runs = [Run("Chapter", 1, 10.0), Run("1", 1, 20.0), Run("More", 1, 20.0), Run("".join(SAID.split()), 1, 30.0)]
    sheet = sheet_of(blocks, runs)
    assert lay(blocks, sheet) == []
    assert list(sheet.gaps()) == []


@pytest.mark.parametrize(("shown", "holds"), [("…a8org.example.obs", True), ("…a8org.example.obsz", False)])
def test_a_running_head_that_is_cut_stands_beside_others_from_right_to_left(shown: str, holds: bool) -> None:
    """A shortened running head may have fewer letters than the source; extra letters are found."""
    assert _has_the_letters_of(shown, ["a", "8", "org.example.observation", ""]) is holds


def test_a_short_item_is_found_beside_a_longer_one_that_is_found_behind_it() -> None:
    """A figure before a list has moved to a later page, so the items depend on one another."""
    words = ("in one", "in two", "memory this baker recovery the failure")
    moved = ("a caption that was moved with its figure", "the caption of all of these figures")
    blocks = [Block("paragraph", HERE, SAID), *(Block("caption", HERE, one) for one in moved)]
    blocks += [Block("list item", HERE, one) for one in words] + [Block("paragraph", HERE, f"{SAID} again")]
    runs = [Run("".join(SAID.split()), 1, 10.0)]
    for top, (mark, item) in enumerate(zip("123", words, strict=True)):
        runs += [Run(mark, 1, 20.0 + top), Run("".join(item.split()), 1, 20.0 + top)]
    runs += [Run("x" * 2000, page, 10.0) for page in (2, 3, 4)]
    runs += [Run("".join(one.split()), 5, 10.0 + top) for top, one in enumerate((*moved, f"{SAID} again"))]
    assert lay(blocks, sheet_of(blocks, runs)) == []
