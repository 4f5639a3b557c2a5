"""Metadata + the theme's faces -> the design of a cover: its lines, their sizes, its colours and its squares.

The title stands on a ground of one colour, the hue of the book. Below it a field of squares runs to the edges of the
paper, and below that, on the ground again, stand authors and publisher.

The picture in the EPUB is drawn by it and the first page of the PDF is set by it, so that they are one cover. Pillow's
own measuring is used rather than Raqm, which is there on some machines and missing on others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO

from markupsafe import Markup
from PIL import ImageFont

from compositor.language import language_for
from compositor.model import Book, Metadata
from compositor.theme import Theme
from compositor.theme.drawn.fields import FILLED, Field, drawing, edges, squares
from compositor.theme.drawn.hues import FALLBACK, as_hex, ink_on
from compositor.theme.drawn.ornament import mixed
from compositor.theme.faces import Face
from compositor.theme.page import page_size

WIDTH, MARGIN = 1600, 134
"""All lengths are in parts of a cover that is 1600 wide: the pixels of the picture. Text begins where a square does."""
TALL, LOW = 2560, 2064
"""Heights: of the picture that shops ask for, and of the lowest page that books are printed on (Letter)."""
COLUMNS, LEAST_ROWS = 12, 3
CELL = WIDTH / COLUMNS
FIELD_SHARE, TOP_SHARE = 0.4, 0.125
"""Of the height: that of the squares, and of what lies above the title."""
FOOT, LEAST_GAP = 150, 110
"""Below the last line; above and below the squares."""
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
"""Letters of a title, or of what stands below it."""
SOFT = 0.78
"""Share of the ink in what steps back."""
OUR_FACE, READABLE = "styles/fonts/SourceSans3-Regular.ttf", (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
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
    """Lines of text of one kind, with the height at which the first of them begins."""

    kind: str
    lines: tuple[str, ...]
    face: CoverFace
    size: int
    leading: int
    colour: str
    top: int = 0

    @property
    def height(self) -> int:
        """Of all lines."""
        return len(self.lines) * self.leading


@dataclass(frozen=True, slots=True)
class CoverDesign:
    """A cover: title and subtitle at the top, a field of squares to the edges, authors and publisher at the foot."""

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
        """The ink of what steps back."""
        return mixed(self.ink, SOFT, self.ground)

    @property
    def field(self) -> Field:
        """Columns and rows of the squares: those of the page on paper, so that both covers have the same squares."""
        return Field(COLUMNS, max(LEAST_ROWS, round(FIELD_SHARE * self.paper / CELL)), backward=self.backward)

    @property
    def field_top(self) -> float:
        """Where the squares begin: they end above what stands at the foot."""
        foot = min((block.top for block in self.blocks if block.kind in AT_FOOT), default=self.height - FOOT)
        return foot - LEAST_GAP - self.field.rows * CELL

    def squares(self) -> Iterator[tuple[float, float, float, float, str]]:
        """Left, top, right and bottom of each square, and its colour; none where the theme has none."""
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
    """The cover of a book, on the ground that the theme wants; the title as large as the rest leaves room for."""
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
    """The height of the cover on a page of this book."""
    size = page_size(theme.value("page-size", style, ""))
    return round(WIDTH * size[1] / size[0]) if size is not None and all(size) else LOW


def _face(known: Iterable[tuple[Face, bytes]], style: str, weight: int, theme: Theme) -> CoverFace:
    """The face of a family that is nearest to what is wanted; ours where the family has no file that can be read."""
    fits = [(face, data) for face, data in known if data[:4] in READABLE and face.weight.isdigit()]
    if not fits:
        return CoverFace("400", "normal", theme.read(OUR_FACE))
    face, data = min(fits, key=lambda one: (one[0].style != style, abs(int(one[0].weight) - weight)))
    return CoverFace(face.weight, face.style, data)


def _foot(book: Book, design: CoverDesign, label: CoverFace) -> Iterator[Block]:
    """Authors and publisher, from the last line upwards."""
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
    """The series, the title and the subtitle."""
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
    """The series, and its place in it."""
    index = metadata.series_index
    return metadata.series if index is None else f"{metadata.series} \u00b7 {index:g}"


def _fitted(kind: str, text: str, face: CoverFace, height: int, colour: str) -> Block:
    """What stands below the title: smaller where it would take more than this height."""
    text = _shortened(text)
    for size in SMALLER_SIZES[kind]:
        lines, leading = wrapped(text, face.at(size)), round(size * 1.25)
        if len(lines) * leading <= height:
            break
    return Block(kind, balanced(text, face.at(size)), face, size, leading, colour)


def _title(title: str, face: CoverFace, height: int, ink: str) -> Block:
    """The title as large as it may be: no word wider than the measure, the whole not too high."""
    title = _shortened(title)
    for size in TITLE_SIZES:
        font, leading = face.at(size), round(size * 1.06)
        lines = wrapped(title, font)
        wide = any(font.getlength(line) > WIDTH - 2 * MARGIN for line in lines)
        if not wide and len(lines) * leading <= height:
            break
    return Block("title", balanced(title, font), face, size, leading, ink)


def _shortened(text: str) -> str:
    """A text that no cover has room for, as far as one might have; the title page has all of it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"


def wrapped(text: str, font: ImageFont.FreeTypeFont, measure: float = WIDTH - 2 * MARGIN) -> tuple[str, ...]:
    """The text in lines that fit the measure; a word that is too long for it has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def balanced(text: str, font: ImageFont.FreeTypeFont) -> tuple[str, ...]:
    """The same number of lines, each about as long as the others."""
    found, measure = wrapped(text, font), WIDTH - 2 * MARGIN
    while measure > MARGIN and len(narrower := wrapped(text, font, measure - STEP)) == len(found):
        found, measure = narrower, measure - STEP
    return found


STEP = 20
"""By how much a measure is narrowed."""
