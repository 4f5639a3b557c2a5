"""Book + Theme -> the site of a book: a page for each source file, as the files of a folder in one zip.

It needs no PDF, no server, and no request to another host: everything that a page shows is in the folder.

site.py        book         -> all files of the site
texts.py       units        -> their XHTML as trees, with the pages of the PDF
shells.py      a page       -> the same between contents, header and footer
headings.py    headings     -> with permanent links beside them
notes.py       notes        -> the place of each beside the text on a wide screen
markup.py      trees        -> text that is both HTML and well-formed XML
looks.py       theme        -> style sheet, fonts, script, icon
search.py      pages        -> the index for the search
addresses.py   metadata     -> the address of the site, and of its sources for editing
packing.py     files        -> a zip, the same bytes each time
single.py      the same book in one file
"""

from __future__ import annotations

from collections.abc import Mapping

from compositor.formats import NOTHING, PAGES, Output
from compositor.formats.web.packing import zipped
from compositor.formats.web.site import site_of
from compositor.model import Book, PageMap
from compositor.theme import Theme


def make(
    book: Book, theme: Theme, pages: PageMap | None = None, others: Mapping[str, bytes] = NOTHING
) -> Output:
    """Return a zip of the files of the site, and warnings. Raises BookError if it cannot be made.

    `pages`: those of the PDF of the same build, whose numbers the site shows; `others`: what else the build has made,
    by file name, for readers to download.
    """
    site = site_of(book, theme, PAGES, pages, others)
    return Output(zipped(book, site.files), site.findings)
