"""The cover that is made when the author gives none."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from compositor.formats.epub import cover
from compositor.formats.epub.cover import make_cover
from compositor.theme import Theme, load_theme
from compositor.theme.drawn.cover import LOW, MARGIN, TALL, WIDTH, design_cover


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    """Return our theme alone."""
    return load_theme(tmp_path)


def opened(data: bytes) -> Image.Image:
    """Return the picture, decoded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_the_cover_has_the_size_and_kind_that_shops_ask_for(make_book, theme: Theme) -> None:
    """It is a JPEG in RGB of 1600 by 2560 pixels and below 5 MB."""
    data, findings = make_cover(make_book("# One\n\nText.\n"), theme)
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 2560))
    assert len(data) < 5_000_000
    assert not findings


def test_the_same_book_has_the_same_cover(make_book, theme: Theme) -> None:
    """Neither a clock nor chance affects the cover."""
    book = make_book("# One\n\nText.\n", subtitle="Of two", publisher="Press")
    assert make_cover(book, theme) == make_cover(book, theme)


def test_another_title_has_another_ornament(make_book, theme: Theme) -> None:
    """Books can be told apart by the squares on the cover."""
    box = (150, 1800, 1450, 2300)
    one, two = (
        opened(make_cover(make_book("# One\n\nText.\n", title=title), theme)[0]).crop(box).tobytes()
        for title in ("A", "B")
    )
    assert one != two


def test_the_ground_is_the_accent_colour_of_the_book(make_book, theme: Theme) -> None:
    """A book that sets its accent gets that colour on the cover; JPEG may be off by a little."""
    data, _ = make_cover(make_book("# One\n\nText.\n", style={"accent": "#7a3b10"}), theme)
    pixel = opened(data).getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert all(abs(a - b) <= 2 for a, b in zip(pixel, (0x7A, 0x3B, 0x10), strict=True))


def test_a_light_cover_has_an_edge(make_book, theme: Theme) -> None:
    """The edge shows where the cover ends on the white page of a shop; a dark cover needs none."""
    edges = []
    for ground in ("#f4f4f4", "#1f4e5f"):
        image = opened(make_cover(make_book("# One\n\nText.\n", style={"accent": ground}), theme)[0]).convert("L")
        edges.append(abs(int(image.getpixel((0, 700))) - int(image.getpixel((40, 700)))))
    assert edges[0] > 30
    assert edges[1] < 5


def test_an_accent_that_is_no_plain_colour_gives_our_ground(make_book, theme: Theme) -> None:
    """A colour that only CSS understands does not stop the cover."""
    data, _ = make_cover(make_book("# One\n\nText.\n", style={"accent": "oklch(40% 0.1 200)"}), theme)
    assert opened(data).size == (1600, 2560)


@pytest.mark.parametrize("title", ["A", "Word " * 30, "Donaudampfschifffahrtsgesellschaftskapitän"])
@pytest.mark.parametrize("height", [TALL, LOW])
def test_titles_of_any_length_stay_on_the_cover(title: str, height: int, make_book, theme: Theme) -> None:
    """No line is wider than the text width, and the block ends above the ornament."""
    made = design_cover(make_book("# One\n\nText.\n", title=title, subtitle="so " * 90), theme, height)
    for block in made.blocks:
        font = block.face.at(block.size)
        assert max(font.getlength(line) for line in block.lines) <= WIDTH - 2 * MARGIN
    squares = [(top, bottom) for _, top, _, bottom, _ in made.squares()]
    head = [block for block in made.blocks if block.kind in ("title", "subtitle")]
    assert max(block.top + block.height for block in head) < min(top for top, _ in squares)
    assert all(block.top > max(bottom for _, bottom in squares) for block in made.blocks if block not in head)
    assert " ".join(made.blocks[0].lines) == " ".join(title.split())


def test_a_letter_that_no_face_has_is_said(make_book, theme: Theme) -> None:
    """A title in a script that the theme lacks gives a warning with a remedy, and a cover anyway."""
    data, findings = make_cover(make_book("# One\n\nText.\n", title="本 Book"), theme)
    assert opened(data).size == (1600, 2560)
    assert [(finding.code, finding.severity) for finding in findings] == [("E010", "warning")]
    assert "本" in findings[0].message
    assert "E010" in cover.EXPLANATIONS
