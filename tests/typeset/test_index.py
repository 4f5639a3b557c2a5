"""The index on paper: a continued entry says so in the next column, and long names break at their joints."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from compositor.typeset import Context, LaidOut, Look, Typesetter, UnitText
from tests.finished import ROOT
from tests.typeset.test_lines import SHEETS

LETTER = '<h2 class="index-letter">W</h2>'
NAME = "<wbr/>".join(("Aurora", "Global", "DB", "Replicated", "Write", "IO"))


@cache
def laid(entries: int, subentries: int, name: str = "part") -> tuple[LaidOut, tuple[tuple[str, ...], ...]]:
    """Return the layout of such an index, and the lines of each column."""
    items = "".join(f"<li>{name} {number}</li>" for number in range(subentries))
    inner = f'<ul class="entries" data-again="Whole (continued)">{items}</ul>'
    return set_in_columns(f'{LETTER}<ul class="entries">{f"<li>Whole{inner}</li>" * entries}</ul>')


def set_in_columns(lists: str) -> tuple[LaidOut, tuple[tuple[str, ...], ...]]:
    """Return the layout of an index, and the lines of each column."""
    text = f'<section class="unit"><div class="index-list">{lists}</div></section>'
    unit = UnitText("a", f'<html lang="en"><body>{text}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(tuple((sheet, ROOT / "styles") for sheet in SHEETS), Path()), keeps_pages=True)
    made = typesetter.typeset(unit)
    pages = [page._page_box for page in typesetter.document(unit).pages]
    columns = (box for page in pages for box in page.descendants() if getattr(box, "is_column", False))
    return made, tuple(tuple(map(_said, filter(_is_line, column.descendants()))) for column in columns)


def _is_line(box: Any) -> bool:
    return type(box).__name__ == "LineBox"


def _said(line: Any) -> str:
    return "".join(getattr(one, "text", "") for one in line.descendants()).strip().replace("\u200b", "")


def test_an_entry_that_goes_on_says_so_at_the_head_of_the_column() -> None:
    """Its words are repeated at the top, at least two sub-entries are on either side, and none is lost."""
    made, columns = laid(6, 17)
    torn = 0
    for before, column in pairwise(columns):
        if column[0] == "Whole (continued)":
            torn += 1
            assert before[-2].startswith("part") and before[-1].startswith("part")
            assert column[1].startswith("part") and column[2].startswith("part")
        else:
            assert column[0] == "Whole"
    assert torn
    lines = [line for column in columns for line in column if line.startswith("part")]
    assert lines == [f"part {number}" for number in range(17)] * 6
    assert sum(line.endswith("(continued)") for column in columns for line in column) == torn
    assert not made.layout.faults


def test_letters_with_one_entry_fill_the_columns_alike() -> None:
    """A column may end after each of them."""
    _, columns = set_in_columns(f'{LETTER}<ul class="entries"><li>word</li></ul>' * 8)
    assert [len(column) for column in columns] == [8, 8]


def test_a_last_page_of_a_few_lines_is_saved() -> None:
    """An index whose last page would have four lines is set a little tighter, and ends on the page before."""
    _, columns = laid(23, 3)
    assert len(columns) == 2


def test_a_short_entry_is_not_torn() -> None:
    """An entry with a few sub-entries goes to the next column whole."""
    _, columns = laid(30, 4)
    assert len(columns) > 1
    assert {column[0] for column in columns[1:]} == {"Whole"}


def test_a_long_name_ends_its_line_at_a_joint() -> None:
    """It is broken between its words, and not inside one of them."""
    _, columns = laid(1, 2, f'<code class="jointed">{NAME}<wbr/>Lamp</code> and more')
    lines = [line for column in columns for line in column]
    assert lines[2:4] == ["AuroraGlobalDBReplicatedWriteIO", "Lamp and more 0"]


def test_contents_that_would_end_with_a_few_lines_are_set_closer() -> None:
    """They end on the page before; contents with more lines on the last page stay as they were."""
    run = '<ol class="run-in">' + '<li><a href="#a"><span class="title">Some title here</span></a></li>' * 12 + "</ol>"
    item = f'<li class="section"><a href="#a" data-folio="1"><span class="title">One</span></a>{run}</li>'

    def pages(chapters: int, style: str = "") -> int:
        text = f'<nav class="contents"><h1>Contents</h1><ol>{item * chapters}</ol></nav><p id="a"></p>'
        unit = UnitText("a", f'<html lang="en"><body>{text}</body></html>', Context(1, "decimal", "right"))
        sheets = (*((sheet, ROOT / "styles") for sheet in SHEETS), (style, Path()))
        typesetter = Typesetter(Look(sheets, Path()), keeps_pages=True)
        typesetter.typeset(unit)
        return len(typesetter.document(unit).pages)

    as_ever = ":root nav.contents ol.run-in { padding-bottom: 0.35rlh !important; line-height: 0.85rlh !important }"
    first = next(count for count in range(6, 20) if pages(count, as_ever) == 2)
    assert pages(first) == 1
    assert pages(first + 3) == 2
