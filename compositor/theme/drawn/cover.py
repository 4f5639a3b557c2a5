"""Metadata + the theme's fonts -> the design of a cover: its lines, their sizes, its colours and its squares.

The title is on a ground of one colour, the hue of the book. Below it a field of squares extends to the edges of the
paper, and below that, on the ground again, are authors and publisher.

The picture in the EPUB and the first page of the PDF both follow this design, so that they are one cover. Text is
measured by Pillow itself and not by Raqm, which not every machine has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO

from markupsafe import Markup
from PIL import ImageFont

from compositor.fonts.faces import Face
from compositor.language import language_for
from compositor.model import Book, Metadata
from compositor.theme import Theme
from compositor.theme.drawn.fields import FILLED, Field, drawing, edges, squares
from compositor.theme.drawn.hues import FALLBACK, as_hex, ink_on
from compositor.theme.drawn.ornament import mixed
from compositor.theme.page import page_size

WIDTH, MARGIN = 1600, 134
"""All lengths are in parts of a cover that is 1600 wide: the pixels of the picture. Text begins where a square does."""
TALL, LOW = 2560, 2064
"""Heights: of the picture that shops ask for, and of the lowest page that books are printed on (Letter)."""
COLUMNS, LEAST_ROWS = 12, 3
CELL = WIDTH / COLUMNS
FIELD_SHARE, TOP_SHARE = 0.4, 0.125
"""Fractions of the height: of the squares, and of the space above the title."""
FOOT, LEAST_GAP = 150, 110
"""Space below the last line; above and below the squares."""
TITLE_SIZES = range(236, 39, -4)
SMALLER_SIZES = {
    "subtitle": range(84, 27, -8),
    "authors": range(60, 27, -4),
    "series": range(42, 25, -4),
    "imprint": range(42, 25, -4),
}
MOST_DIGITS = 4
"""Of a weight."""
LONGEST = 2000
"""Most letters of a title, or of the lines below it."""
SOFT = 0.78
"""Share of the ink in secondary text."""
OUR_FACE, READABLE = "styles/fonts/SourceSans3-Regular.ttf", (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
"""A font for families without files; the first bytes of fonts that Pillow reads on every machine."""


@dataclass(frozen=True, slots=True)
class CoverFace:
    """A font of the theme, as CSS names it and as Pillow reads it."""

    weight: str
    style: str
    data: bytes = field(repr=False)

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return it at a size, for measuring and drawing."""
        return ImageFont.truetype(BytesIO(self.data), size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text of one kind, and the height at which the first of them begins."""

    kind: str
    lines: tuple[str, ...]
    face: CoverFace
    size: int
    leading: int
    colour: str
    top: int = 0

    @property
    def height(self) -> int:
        """The height of all lines."""
        return len(self.lines) * self.leading


@dataclass(frozen=True, slots=True)
class CoverDesign:
    """A cover: title and subtitle at the top, a field of squares to the edges, authors and publisher at the bottom."""

    height: int
    ground: str
    ink: str
    title: str
    has_field: bool
    backward: bool
    paper: int
    """Its height on paper."""
    blocks: tuple[Block, ...] = ()

    @property
    def soft(self) -> str:
        """The ink of secondary text."""
        return mixed(self.ink, SOFT, self.ground)

    @property
    def field(self) -> Field:
        """Columns and rows of the squares: those of the page on paper, so that both covers have the same squares."""
        return Field(COLUMNS, max(LEAST_ROWS, round(FIELD_SHARE * self.paper / CELL)), backward=self.backward)

    @property
    def field_top(self) -> float:
        """Where the squares begin: the field ends above the text at the bottom."""
        foot = min((block.top for block in self.blocks if block.kind in AT_FOOT), default=self.height - FOOT)
        return foot - LEAST_GAP - self.field.rows * CELL

    def squares(self) -> Iterator[tuple[float, float, float, float, str]]:
        """Yield left, top, right and bottom of each square, and its colour; none if the theme has no squares."""
        for one in squares(self.title, self.field) if self.has_field else ():
            left, right = edges(one.column, self.field)
            top = self.field_top + one.row * CELL
            yield left * CELL, top, right * CELL, top + FILLED * CELL, one.colour(self.ground)

    @property
    def drawing(self) -> Markup:
        """The squares as inline SVG."""
        found = squares(self.title, self.field) if self.has_field else ()
        return drawing(((one.column, one.row, one.colour(self.ground)) for one in found), self.field)


AT_FOOT = ("authors", "imprint")


def design_cover(book: Book, theme: Theme, height: int) -> CoverDesign:
    """Return the cover of a book, on the theme's background; the title is as large as the rest allows."""
    values = theme.values(book.manuscript.style)
    ground = as_hex(values.get("cover-ground", FALLBACK))
    backward = language_for(book.metadata.language).direction == "rtl"
    has_field = values.get("ornament") != "none"
    paper = min(height, height_on_paper(theme, book.manuscript.style))
    plain = CoverDesign(height, ground, ink_on(ground), book.metadata.title, has_field, backward, paper)
    faces = theme.faces(book.manuscript.style)
    label = _face(faces["label"], "normal", 400, theme)
    foot = tuple(_foot(book, plain, label))
    given = values.get("cover-weight", "")
    weight = int(given) if given.isdecimal() and len(given) <= MOST_DIGITS else 400
    title, subtitle = (_face(faces["display"], *wanted, theme) for wanted in (("normal", weight), ("italic", 300)))
    head = _head(book, replace(plain, blocks=foot), title, subtitle, label)
    return replace(plain, blocks=(*head, *foot))


def height_on_paper(theme: Theme, style: Mapping[str, str]) -> int:
    """Return the height of the cover on a page of this book."""
    size = page_size(theme.value("page-size", style, ""))
    return round(WIDTH * size[1] / size[0]) if size is not None and all(size) else LOW


def _face(known: Iterable[tuple[Face, bytes]], style: str, weight: int, theme: Theme) -> CoverFace:
    """Return the nearest font of a family; ours if the family has no readable file."""
    fits = [(face, data) for face, data in known if data[:4] in READABLE and face.weight.isdigit()]
    if not fits:
        return CoverFace("400", "normal", theme.read(OUR_FACE))
    face, data = min(fits, key=lambda one: (one[0].style != style, abs(int(one[0].weight) - weight)))
    return CoverFace(face.weight, face.style, data)


def _foot(book: Book, design: CoverDesign, label: CoverFace) -> Iterator[Block]:
    """Yield authors and publisher, from the last line upwards."""
    authors = language_for(book.metadata.language).join(book.metadata.authors)
    end = design.height - FOOT
    found = []
    for kind, text, colour in (("imprint", book.metadata.publisher, design.soft), ("authors", authors, design.ink)):
        if text:
            block = _fitted(kind, text, label, design.height // 10, colour)
            end -= block.height
            found.append(replace(block, top=end))
            end -= 16
    yield from reversed(found)


def _head(
    book: Book, design: CoverDesign, title: CoverFace, subtitle: CoverFace, label: CoverFace
) -> Iterator[Block]:
    """Yield the series, the title and the subtitle."""
    metadata = book.metadata
    top = round(TOP_SHARE * design.height)
    room = round(design.field_top - LEAST_GAP) - top
    if metadata.series:
        series = _fitted("series", _series(metadata), label, top // 3, design.soft)
        yield replace(series, top=(top - series.height) // 2)
    below = _fitted("subtitle", metadata.subtitle, subtitle, room // 3, design.soft) if metadata.subtitle else None
    left = room - (below.height + ABOVE_SUBTITLE if below is not None else 0)
    heading = replace(_title(metadata.title, title, left, design.ink), top=top)
    yield heading
    if below is not None:
        yield replace(below, top=top + heading.height + ABOVE_SUBTITLE)


ABOVE_SUBTITLE = 50


def _series(metadata: Metadata) -> str:
    """Return the series, and its place in it."""
    index = metadata.series_index
    return metadata.series if index is None else f"{metadata.series} \u00b7 {index:g}"


def _fitted(kind: str, text: str, face: CoverFace, height: int, colour: str) -> Block:
    """Return the lines below the title, smaller if they would be higher than this."""
    text = _shortened(text)
    for size in SMALLER_SIZES[kind]:
        lines, leading = wrapped(text, face.at(size)), round(size * 1.25)
        if len(lines) * leading <= height:
            break
    return Block(kind, balanced(text, face.at(size)), face, size, leading, colour)


def _title(title: str, face: CoverFace, height: int, ink: str) -> Block:
    """Return the title as large as possible: no word is wider than the text, and the whole is not too high."""
    title = _shortened(title)
    for size in TITLE_SIZES:
        font, leading = face.at(size), round(size * 1.06)
        lines = wrapped(title, font)
        wide = any(font.getlength(line) > WIDTH - 2 * MARGIN for line in lines)
        if not wide and len(lines) * leading <= height:
            break
    return Block("title", balanced(title, font), face, size, leading, ink)


def _shortened(text: str) -> str:
    """Return a text that is too long for a cover, cut to fit; the title page has all of it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"


def wrapped(text: str, font: ImageFont.FreeTypeFont, measure: float = WIDTH - 2 * MARGIN) -> tuple[str, ...]:
    """Return the text in lines of the text width; a word that is too long has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def balanced(text: str, font: ImageFont.FreeTypeFont) -> tuple[str, ...]:
    """Return the same number of lines, all about equally long."""
    found, measure = wrapped(text, font), WIDTH - 2 * MARGIN
    while measure > MARGIN and len(narrower := wrapped(text, font, measure - STEP)) == len(found):
        found, measure = narrower, measure - STEP
    return found


STEP = 20
"""The step by which a measure is narrowed."""
