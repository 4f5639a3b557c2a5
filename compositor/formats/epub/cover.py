"""Book + Theme -> the cover of the EPUB: a JPEG by the design of `cover.py`, or a picture of the author's own.

The same book has the same cover everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from compositor.cache import digest, remembered
from compositor.errors import warning
from compositor.model import Book, Finding, Place
from compositor.theme import Theme
from compositor.theme.drawn.cover import MARGIN, OUR_FACE, TALL, WIDTH, CoverDesign, design_cover
from compositor.theme.drawn.hues import DARK
from compositor.theme.drawn.ornament import mixed

EDGE = 0.25
"""Darkness of the edge of a light cover."""


def make_cover(book: Book, theme: Theme) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the JPEG of 1600 by 2560 pixels, and a warning for every letter that the theme's fonts lack."""
    style, told = book.manuscript.style, book.metadata
    words = (told.title, told.subtitle, told.authors, told.publisher, told.series, told.series_index, told.language)
    faces = [(repr(one), digest(data)) for use in theme.faces(style).values() for one, data in use]
    seen = repr(words), repr(sorted(theme.values(style).items())), repr(faces), theme.read(OUR_FACE)
    data, lost = remembered(lambda: _painted(design_cover(book, theme, TALL)), "cover of an EPUB", *seen)
    return data, tuple(_warning(letters) for letters in lost)


def _painted(design: CoverDesign) -> tuple[bytes, list[str]]:
    """Return the JPEG, and for each block the letters that its font lacks, if any."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, TALL), design.ground)
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom, colour in design.squares():
        draw.rectangle((round(left), round(top), round(right) - 1, round(bottom) - 1), fill=colour)
    if design.ink == DARK:  # a light cover needs an edge on the white page of a shop
        draw.rectangle((0, 0, WIDTH - 1, TALL - 1), outline=mixed(design.ink, EDGE, design.ground), width=3)
    for block in design.blocks:
        font = block.face.at(block.size)
        for number, line in enumerate(block.lines):
            draw.text((MARGIN, block.top + number * block.leading), line, font=font, fill=block.colour)
    target = BytesIO()
    image.save(target, "JPEG", quality=92, subsampling=0, optimize=True, dpi=(300, 300))
    return target.getvalue(), [*_missing_letters(design)]


def _missing_letters(design: CoverDesign) -> Iterator[str]:
    from fontTools.ttLib import TTFont

    for block in design.blocks:
        known = TTFont(BytesIO(block.face.data), lazy=True).getBestCmap()
        missing = sorted({letter for line in block.lines for letter in line if ord(letter) not in known})
        if missing:
            yield "".join(missing)


def _warning(letters: str) -> Finding:
    message = f'the font of the cover has no letter "{letters}"'
    return warning("E010", message, Place("book.toml"), 'use a picture of your own: cover = "cover.jpg"')


EXPLANATIONS: dict[str, str] = {
    "E010": "The cover that is made from the theme cannot show a letter of the title, subtitle or authors, because "
    "the fonts of the theme do not have it. Use a picture of your own as cover.",
}
"""Code -> what it means and how to fix it."""
