"""How many pages a book has -> how far its text is from the spine, if a printer is to bind it.

The text block is moved outwards as it is, so that no line end changes.
"""

from __future__ import annotations

from dataclasses import replace

from compositor.model import Book
from compositor.theme import Theme

ROOM = ((150, 27.0), (300, 36.0), (500, 45.0), (700, 54.0))
"""Most pages for which an inner margin of so many points is enough. Source: Kindle Direct Publishing, "Margins"."""
MOST_ROOM = 63.0
OUTSIDE = 27.0
"""Points that are left at the outer edge, for inaccurate trimming."""


def room_at_the_spine(pages: int) -> float:
    """Return the inner margin that a book with so many pages needs, in points."""
    return next((room for most, room in ROOM if pages <= most), MOST_ROOM)


def moved_from_the_spine(book: Book, theme: Theme, pages: int) -> Book | None:
    """Return the book with a wider inner margin; None if it is wide enough, or the author has set it."""
    told = book.manuscript
    page = theme.page(told.style)
    if not told.paper.is_asked or page is None or "margin-inner" in told.style:
        return None
    lacking = min(room_at_the_spine(pages) - page.inner, page.outer - OUTSIDE)
    if lacking <= 0:
        return None
    margins = {"margin-inner": f"{page.inner + lacking:g}pt", "margin-outer": f"{page.outer - lacking:g}pt"}
    return replace(book, manuscript=replace(told, style={**told.style, **margins}))
