"""Book + Theme -> the cover of the EPUB: a JPEG in the manner of the title page, where the author gives none.

Pillow's own layout is used rather than Raqm, which is there on some machines and missing on others; so the
same book has the same cover everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from compositor.errors import warning
from compositor.formats.epub_resources import Resource
from compositor.language import language_for
from compositor.model import Book, Finding, Place
from compositor.ornament import BOOK, FILLED, HEX, mixed, tints
from compositor.render import has_ornament
from compositor.theme import Theme

WIDTH, HEIGHT, MARGIN = 1600, 2560, 150
"""In pixels: the size that bookshops ask for, 1 to 1.6."""
TEXT_TOP, TEXT_HEIGHT, TITLE_HEIGHT, ORNAMENT_ROWS, ORNAMENT_BOTTOM = 280, 1480, 1000, 8, 2300
TITLE_SIZES = range(236, 39, -4)
DISPLAY, ITALIC, LABEL = "SourceSerif4Display-Regular", "SourceSerif4Display-LightIt", "SourceSans3-Regular"
GROUND, INK = "#0a5a66", "#ffffff"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text in one face and size, in pixels, with the space above them."""

    lines: tuple[str, ...]
    face: str
    size: int
    leading: int
    colour: str
    above: int = 0


def make_cover(book: Book, theme: Theme) -> tuple[bytes, tuple[Finding, ...]]:
    """The JPEG, and a warning for every letter that the theme's faces do not have."""
    accent = theme.value("accent", book.manuscript.style, GROUND)
    ground = accent if HEX.fullmatch(accent) else GROUND
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    draw = ImageDraw.Draw(image)
    blocks = tuple(_blocks(book, theme, mixed(INK, 0.78, ground)))
    top = TEXT_TOP
    for block in blocks:
        top = _set(draw, block, theme, top + block.above)
    if has_ornament(book, theme):
        _ornament(draw, book.metadata.title, ground)
    _imprint(draw, book.metadata.publisher, theme, mixed(INK, 0.78, ground))
    target = BytesIO()
    image.save(target, "JPEG", quality=92, subsampling=0, optimize=True, dpi=(300, 300))
    return target.getvalue(), tuple(_missing_letters(blocks, theme))


def check_cover(cover: Resource, place: Place) -> Iterator[Finding]:
    """A drawing is allowed as a cover, but few shops and shelves show it."""
    if cover.media_type == "image/svg+xml":
        remedy = "give a JPEG of 1600 by 2560 pixels, or leave the line out and a cover is made"
        yield warning("E009", "many shops and shelves cannot show a drawing (SVG) as cover", place, remedy)


def _blocks(book: Book, theme: Theme, soft: str) -> Iterator[Block]:
    """Title, subtitle and authors; the title as large as the other two leave room for."""
    metadata = book.metadata
    authors = language_for(metadata.language).join(metadata.authors)
    below = [
        Block(wrapped(text, _font(theme, face, size)), face, size, leading, colour, above=70)
        for text, face, size, leading, colour in (
            (metadata.subtitle, ITALIC, 84, 104, soft),
            (authors, LABEL, 58, 76, INK),
        )
        if text
    ]
    room = TEXT_HEIGHT - sum(block.above + len(block.lines) * block.leading for block in below)
    yield _title(metadata.title, theme, min(TITLE_HEIGHT, room))
    yield from below


def _title(title: str, theme: Theme, height: int) -> Block:
    """The title as large as it may be: no word wider than the measure, the whole not too high."""
    for size in TITLE_SIZES:
        font, leading = _font(theme, DISPLAY, size), round(size * 1.06)
        lines = wrapped(title, font)
        wide = any(font.getlength(line) > WIDTH - 2 * MARGIN for line in lines)
        if not wide and len(lines) * leading <= height:
            break
    return Block(lines, DISPLAY, size, leading, INK)


def wrapped(text: str, font: ImageFont.FreeTypeFont) -> tuple[str, ...]:
    """The text in lines that fit the measure; a word that is too long for it has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _set(draw: ImageDraw.ImageDraw, block: Block, theme: Theme, top: int) -> int:
    """Draw the lines from here down; returns where the next block begins."""
    font = _font(theme, block.face, block.size)
    for line in block.lines:
        draw.text((MARGIN, top), line, font=font, fill=block.colour)
        top += block.leading
    return top


def _ornament(draw: ImageDraw.ImageDraw, title: str, ground: str) -> None:
    cell = (WIDTH - 2 * MARGIN) / BOOK.columns
    first = ORNAMENT_BOTTOM - ORNAMENT_ROWS * cell
    for number, tint in enumerate(tints(title, BOOK.columns * ORNAMENT_ROWS)):
        row, column = divmod(number, BOOK.columns)
        left, top = MARGIN + column * cell, first + row * cell
        corner = round(left + cell * FILLED) - 1, round(top + cell * FILLED) - 1
        draw.rectangle((round(left), round(top), *corner), fill=mixed(INK, tint, ground))


def _imprint(draw: ImageDraw.ImageDraw, publisher: str, theme: Theme, colour: str) -> None:
    draw.text((MARGIN, HEIGHT - 170), publisher, font=_font(theme, LABEL, 46), fill=colour)


def _font(theme: Theme, face: str, size: int) -> ImageFont.FreeTypeFont:
    data = BytesIO(theme.read(f"styles/fonts/{face}.ttf"))
    return ImageFont.truetype(data, size, layout_engine=ImageFont.Layout.BASIC)


def _missing_letters(blocks: Iterable[Block], theme: Theme) -> Iterator[Finding]:
    for block in blocks:
        known = TTFont(BytesIO(theme.read(f"styles/fonts/{block.face}.ttf")), lazy=True).getBestCmap()
        missing = sorted({letter for line in block.lines for letter in line if ord(letter) not in known})
        if missing:
            message = f'the face of the cover has no letter "{"".join(missing)}"'
            remedy = 'give a picture of your own: cover = "cover.jpg"'
            yield warning("E010", message, Place("book.toml"), remedy)


EXPLANATIONS: dict[str, str] = {
    "E009": "The cover is a drawing (SVG). It is allowed, but many shops and many reading systems' shelves "
    "show only JPEG and PNG. Give a JPEG of 1600 by 2560 pixels, or none: then a cover is made from "
    "the theme.",
    "E010": "The cover that is made from the theme cannot show a letter of the title, subtitle or authors, "
    "because the theme's faces do not have it. Give a picture of your own as cover.",
}
"""Code -> what it means and what mends it."""
