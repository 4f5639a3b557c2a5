"""Book + theme -> what the sources already show of the finished pages: pictures with too few pixels on paper."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token
from PIL import Image

from compositor.assemble.pictures import picture_fault, picture_file
from compositor.errors import warning
from compositor.markdown.reading import place_of
from compositor.model import Book, Finding
from compositor.pictures import open_picture
from compositor.pictures.density import PRINTED, SAME, density, finer, natural_density, stated_density
from compositor.theme.page import Page, points


def foreseen(book: Book, page: Page | None) -> Iterator[Finding]:
    """Yield what a build will report about the figures of a book; nothing if its page size cannot be known."""
    if page is None:
        return
    for unit in book.units:
        for block in unit.chapter.tokens:
            for token in _alone(block):
                yield from _coarse(book, token, page)


def _alone(block: Token) -> Iterator[Token]:
    """Yield a picture that is alone in its paragraph, with or without a caption."""
    inside = [child for child in block.children or () if child.content.strip() or child.type != "text"]
    if block.type == "picture" and block.level == 0:
        yield block
    elif block.level == 1 and len(inside) == 1 and inside[0].type in ("image", "picture"):
        yield from inside


def _coarse(book: Book, token: Token, page: Page) -> Iterator[Finding]:
    file = picture_file(book.manuscript.folder, str(token.meta.get("path", "")))
    if file is None or file.suffix.lower() == ".svg" or picture_fault(file):
        return
    with open_picture(file) as picture:
        width, printed = picture.width, _width(picture, token, page)
        own = natural_density(width, stated_density(picture))
    found = width * 72 / printed
    if found < PRINTED and not (own is not None and found > own * SAME):
        message = f"the image will have {found:.0f} pixels per inch on paper"
        yield warning("P217", message, place_of(token), finer(width, printed))


def _width(picture: Image.Image, token: Token, page: Page) -> float:
    """Return the printed width of a picture, in points: the author's, else its own, at most that of the text."""
    given = str(token.meta["attributes"].pairs.get("width", "")) if "attributes" in token.meta else ""
    width = picture.width * 72 / (stated_density(picture) or density(picture.width))
    if given.endswith("%"):
        width = page.measure * float(given[:-1]) / 100
    elif given:
        width = points(given if given[-1].isalpha() else f"{given}px") or width
    higher = page.height - page.top - page.bottom
    return min(width, page.measure, higher * picture.width / picture.height)
