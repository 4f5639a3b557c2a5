"""Lines and pages become one string of letters, in which blocks that say the same again and again are laid quickly."""

from __future__ import annotations

from compositor.checks.finished.block import Block
from compositor.checks.finished.laying import lay
from compositor.checks.finished.runs import Run
from compositor.checks.finished.sheet import sheet_of
from compositor.model import Place

HERE = Place("a.md", 1)


def test_a_note_that_ends_a_page_with_a_hyphen_of_the_author_goes_on_below_the_text_of_the_next() -> None:
    """The hyphen stays where any line of the next page goes on with the word as it is written."""
    note = Block("note", HERE, "1 so and [lst-nowhere?] of it", note=True)
    text = Block("paragraph", HERE, "one two")
    runs = [Run("one", 1, 10), Run("1soand[lst\x02", 1, 90), Run("two", 2, 10), Run("nowhere?]ofit", 2, 80)]
    sheet = sheet_of([text, note], runs)
    assert lay([text, note], sheet) == []
    assert sheet.lies[1] == (3, len(sheet.text))


def test_lines_that_are_all_the_same_are_not_looked_for_in_every_way() -> None:
    """A listing of 90 equal lines that lacks its last one is looked at once for each line: it is lost, and soon."""
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
    """Text that follows two tables stands before both, and the second table on the page behind the first."""
    said = "The harbour keeps the river and the stone of the engine and the water of the ferry"
    texts = (f"{said} in a table", f"{said} one", "2", "3", f"{said} two")
    blocks = [Block("block", HERE, text, cell=number in (0, 2, 3)) for number, text in enumerate(texts)]
    painted = ((texts[1], 1), (texts[4], 1), (said, 2), ("in a table", 3), ("Head", 4), ("2", 4), ("3", 4))
    runs = [Run(text.replace(" ", ""), page, 10.0, furniture=text == "Head") for text, page in painted]
    sheet = sheet_of(blocks, runs)
    assert lay(blocks, sheet) == []
    assert [sheet.page(sheet.lies[number][0]) for number in range(5)] == [2, 1, 4, 4, 1]
