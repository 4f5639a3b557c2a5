"""Metadata + the theme's faces -> the design of a cover: its lines, their sizes, its colours and its squares.

The picture in the EPUB is drawn by it and the first page of the PDF is set by it, so that they are one cover. Pillow's
own measuring is used rather than Raqm, which is there on some machines and missing on others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO

from PIL import ImageColor, ImageFont

from compositor.language import language_for
from compositor.model import Book
from compositor.theme import Theme
from compositor.theme.faces import Face
from compositor.theme.ornament import COVER, mixed, tints

WIDTH, MARGIN = 1600, 150
"""All lengths are in parts of a cover that is 1600 wide: the pixels of the picture."""
TALL, LOW = 2560, 2064
"""Heights: of the picture that shops ask for, and of the lowest page that books are printed on (Letter)."""
TEXT_TOP, FIELD_BOTTOM, IMPRINT_BOTTOM = 280, 260, 124
"""Text from the top down, the squares and the publisher from the bottom up."""
LEAST_GAP, TITLE_SHARE = 160, 0.68
TITLE_SIZES = range(236, 39, -4)
SMALLER_SIZES = {"subtitle": range(84, 27, -8), "authors": range(58, 27, -6)}
GROUND, LIGHT, DARK = "#0a5a66", "#ffffff", "#1b1b1a"
SOFT = 0.78
"""Share of the ink in what steps back."""
FALLBACK, READABLE = "styles/fonts/SourceSans3-Regular.ttf", (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
"""A face for families without files; how a font begins that Pillow reads on every machine."""


@dataclass(frozen=True, slots=True)
class CoverFace:
    """A face of the theme, as CSS asks for it and as Pillow reads it."""

    weight: str
    style: str
    data: bytes = field(repr=False)

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """To measure and to draw with."""
        return ImageFont.truetype(BytesIO(self.data), size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text of one kind, with the space above them."""

    kind: str
    lines: tuple[str, ...]
    face: CoverFace
    size: int
    leading: int
    colour: str
    above: int = 0


@dataclass(frozen=True, slots=True)
class CoverDesign:
    """A cover: text at the top, a field of squares near the bottom, the publisher below."""

    height: int
    ground: str
    ink: str
    soft: str
    title: str
    publisher: str
    label: CoverFace
    has_field: bool
    blocks: tuple[Block, ...] = ()

    @property
    def field_height(self) -> int:
        """Of the squares."""
        return round((WIDTH - 2 * MARGIN) / COVER.columns * COVER.rows)

    def squares(self) -> Iterator[tuple[float, float, float, str]]:
        """Left and top edge of each square's cell, the cell's side, and the colour; none where the theme has none."""
        cell = (WIDTH - 2 * MARGIN) / COVER.columns
        top = self.height - FIELD_BOTTOM - self.field_height
        for number, tint in enumerate(tints(self.title, COVER.columns * COVER.rows * self.has_field)):
            row, column = divmod(number, COVER.columns)
            yield MARGIN + column * cell, top + row * cell, cell, mixed(self.ink, tint, self.ground)


def design_cover(book: Book, theme: Theme, height: int) -> CoverDesign:
    """The cover of a book, on the ground that the theme wants; the title as large as the rest leaves room for."""
    values = theme.values(book.manuscript.style)
    ground = _ground(values.get("cover-ground", GROUND))
    ink = LIGHT if _luminance(ground) < 0.179 else DARK
    faces = theme.faces(book.manuscript.style)
    label = _face(faces["label"], "normal", 400, theme)
    has_field = values.get("ornament") != "none"
    metadata = book.metadata
    soft = mixed(ink, SOFT, ground)
    plain = CoverDesign(height, ground, ink, soft, metadata.title, metadata.publisher, label, has_field)
    title, subtitle = (_face(faces["display"], *wanted, theme) for wanted in (("normal", 400), ("italic", 300)))
    return replace(plain, blocks=tuple(_blocks(book, plain, title, subtitle)))


def _face(known: Iterable[tuple[Face, bytes]], style: str, weight: int, theme: Theme) -> CoverFace:
    """The face of a family that is nearest to what is wanted; ours where the family has no file that can be read."""
    fits = [(face, data) for face, data in known if data[:4] in READABLE and face.weight.isdigit()]
    if not fits:
        return CoverFace("400", "normal", theme.read(FALLBACK))
    face, data = min(fits, key=lambda one: (one[0].style != style, abs(int(one[0].weight) - weight)))
    return CoverFace(face.weight, face.style, data)


def _ground(accent: str) -> str:
    """A colour as `#rrggbb`; ours where only CSS understands it."""
    try:
        red, green, blue = ImageColor.getrgb(accent)[:3]
    except ValueError:
        return GROUND
    return f"#{red:02x}{green:02x}{blue:02x}"


def _luminance(colour: str) -> float:
    """Relative luminance; above 0.179 dark ink has more contrast than white. Source: WCAG 2.2, definitions."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _blocks(book: Book, design: CoverDesign, title: CoverFace, subtitle: CoverFace) -> Iterator[Block]:
    """Title, subtitle and authors."""
    metadata = book.metadata
    authors = language_for(metadata.language).join(metadata.authors)
    room = design.height - TEXT_TOP - LEAST_GAP - design.field_height - FIELD_BOTTOM
    below = []
    if metadata.subtitle:
        below.append(_fitted("subtitle", metadata.subtitle, subtitle, room // 3, design.soft))
    if authors:
        below.append(_fitted("authors", authors, design.label, room // 4, design.ink))
    left = room - sum(block.above + len(block.lines) * block.leading for block in below)
    yield _title(metadata.title, title, min(round(TITLE_SHARE * room), left), design.ink)
    yield from below


def _fitted(kind: str, text: str, face: CoverFace, height: int, colour: str) -> Block:
    """What stands below the title: smaller where it would take more than this height."""
    for size in SMALLER_SIZES[kind]:
        lines, leading = wrapped(text, face.at(size)), round(size * 1.25)
        if len(lines) * leading <= height:
            break
    return Block(kind, lines, face, size, leading, colour, above=70)


def _title(title: str, face: CoverFace, height: int, ink: str) -> Block:
    """The title as large as it may be: no word wider than the measure, the whole not too high."""
    for size in TITLE_SIZES:
        font, leading = face.at(size), round(size * 1.06)
        lines = wrapped(title, font)
        wide = any(font.getlength(line) > WIDTH - 2 * MARGIN for line in lines)
        if not wide and len(lines) * leading <= height:
            break
    return Block("title", lines, face, size, leading, ink)


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
