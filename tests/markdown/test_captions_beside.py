"""Captions of figures in the outer margin: only if the margin is wide enough and the caption is plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.formats import PDF
from compositor.press import Timings, read_book
from compositor.render.units import render_body

TEXT = """# One

![A plain caption.](a.svg){#fig-a fig-alt="A line."}

![A caption with $x$.](a.svg){#fig-b fig-alt="A line."}

- In an item:

  ![A caption in an item.](a.svg){#fig-c fig-alt="A line."}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


@pytest.mark.parametrize(
    ("style", "beside"),
    [
        ('page-size = "A4"', 1),
        ('page-size = "A4"\nside-captions = "none"', 0),
        ('page-size = "7in 9.25in"', 0),
    ],
    ids=["a wide margin", "not wanted", "a narrow margin"],
)
def test_a_caption_is_set_beside_its_figure(small_book: Path, style: str, beside: int) -> None:
    """A caption with a formula is not set there, nor one inside another construct."""
    (small_book / "01-one.md").write_text(TEXT, encoding="utf-8")
    (small_book / "a.svg").write_text(DRAWING, encoding="utf-8")
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[style]\n{style}\n")
    proof = read_book(small_book, Timings())
    assert proof.book is not None and proof.theme is not None
    made = render_body(proof.book, proof.book.units[0], PDF.medium, theme=proof.theme)
    assert made.count("<figcaption") == 3
    assert made.count('<figcaption class="beside">') == beside
