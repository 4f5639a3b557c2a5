"""Book -> pages whose printed numbers are true: set, counted, and set again until nothing changes."""

from __future__ import annotations

from compositor.cache import current, digest
from compositor.errors import BookError, error
from compositor.formats.pdf.expected import expected
from compositor.formats.pdf.sheets import Counted, Placed, Round, page_map
from compositor.model import Book, PageMap, Place
from compositor.render.asked import held_in_memory
from compositor.theme import Theme
from compositor.typeset import Typesetting

KEY = "pages of the last build"
ROUNDS = 8
"""Most rounds in which page numbers are settled; two are usual, a third when a reference moves a line."""
GROWING = 3
"""From this round on, a unit keeps the pages it once had, so that no number can alternate forever."""


def settle(book: Book, theme: Theme, typesetter: Typesetting) -> tuple[tuple[Placed, ...], PageMap]:
    """Set the book until the page numbers it prints are those of its pages."""
    with held_in_memory():
        return _settled(book, theme, typesetter)


def _settled(book: Book, theme: Theme, typesetter: Typesetting) -> tuple[tuple[Placed, ...], PageMap]:
    pages, least = expected(book, theme), dict[str, int]()
    counted = Counted(_last_time(book))
    for number in range(ROUNDS):
        this = Round(book, theme, typesetter, pages, least, counted=counted)
        placed = this.set_and_place()
        now = page_map(placed)
        if now == pages:
            _keep(book, sum(counted.pages.values()))
            return placed, pages
        pages = now
        if number >= GROWING:
            least = {one.sheet.key: max(len(one.laid.pages), least.get(one.sheet.key, 0)) for one in placed}
    remedy = "reword a paragraph near a page reference, or report this"
    raise BookError([error("P101", "the page numbers keep changing", Place("book.toml"), remedy)])


def _last_time(book: Book) -> int:
    """Return how many pages the last build of this book set, for display only; 0 if unknown."""
    cache = current()
    data = cache.get(digest(KEY, book.slug)) if cache is not None else None
    return int(data) if data is not None and data.isdigit() and len(data) < 8 else 0


def _keep(book: Book, pages: int) -> None:
    if (cache := current()) is not None:
        cache.put(digest(KEY, book.slug), str(pages).encode())
