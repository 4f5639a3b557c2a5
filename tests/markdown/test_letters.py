"""A formula of a single letter or number is drawn in the font of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.formats import PAPER
from compositor.markdown.math.drawing import drawing
from compositor.markdown.math.letters import plain
from compositor.markdown.math.mathml import tree
from compositor.press import Timings, read_book
from compositor.render import render_body


@pytest.mark.parametrize(
    ("tex", "is_plain"), [("n", True), ("10", True), ("3.5", True), ("n+1", False), ("n_1", False)]
)
def test_what_is_one_letter_or_one_number_is_drawn_in_the_texts_face(tex: str, is_plain: bool) -> None:
    """Everything else is a formula; both are images with the source as their alternative text."""
    assert (plain(tree(tex, False)) is not None) is is_plain
    assert f'alt="{tex}"' in drawing(tex, False)


def test_a_number_has_the_figures_of_its_place() -> None:
    """Those of a table and of a title are as high as capitals; a letter has one form."""
    assert drawing("3.5", False, lining=True) != drawing("3.5", False)
    assert drawing("n", False, lining=True) == drawing("n", False)


@pytest.mark.parametrize(
    ("text", "lining"),
    [("# One\n\n| a |\n|---|\n| $3.5$ |\n", True), ("# One\n\n## $3.5$\n", True), ("# One\n\nOf $3.5$.\n", False)],
)
def test_a_number_in_a_table_and_in_a_title_is_lining(text: str, lining: bool, small_book: Path) -> None:
    """As the other figures there are, and nowhere else."""
    (small_book / "01-one.md").write_text(text, encoding="utf-8")
    book = read_book(small_book, Timings()).book
    assert book is not None
    assert (drawing("3.5", False, lining=True) in render_body(book, book.units[0], PAPER)) == lining


AROUND = (r"\sqrt{2}", r"\sqrt{x}", r"\boxed{2}", r"\cancel{x}", r"\phantom{2}", r"\overline{x}", r"\mathbf{2}")


@pytest.mark.parametrize("tex", [*AROUND, r"\color{red}{2}"])
def test_what_is_drawn_around_a_number_stays(tex: str) -> None:
    """A root of two is not two, and a box, a stroke or a colour is not lost."""
    assert plain(tree(tex, False)) is None
    alone = tex.partition("{")[2].rpartition("{")[2].rstrip("}")
    assert drawing(tex, False) != drawing(alone, False)
