"""A formula of a single letter or number is drawn in the font of the text."""

from __future__ import annotations

import pytest

from compositor.markdown.math.drawing import drawing
from compositor.markdown.math.letters import plain
from compositor.markdown.math.mathml import tree


@pytest.mark.parametrize(
    ("tex", "is_plain"), [("n", True), ("10", True), ("3.5", True), ("n+1", False), ("n_1", False)]
)
def test_what_is_one_letter_or_one_number_is_drawn_in_the_texts_face(tex: str, is_plain: bool) -> None:
    """Everything else is a formula; both are images with the source as their alternative text."""
    assert (plain(tree(tex, False)) is not None) is is_plain
    assert f'alt="{tex}"' in drawing(tex, False)


AROUND = (r"\sqrt{2}", r"\sqrt{x}", r"\boxed{2}", r"\cancel{x}", r"\phantom{2}", r"\overline{x}", r"\mathbf{2}")


@pytest.mark.parametrize("tex", [*AROUND, r"\color{red}{2}"])
def test_what_is_drawn_around_a_number_stays(tex: str) -> None:
    """A root of two is not two, and a box, a stroke or a colour is not lost."""
    assert plain(tree(tex, False)) is None
    alone = tex.partition("{")[2].rpartition("{")[2].rstrip("}")
    assert drawing(tex, False) != drawing(alone, False)
