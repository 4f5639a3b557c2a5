"""WeasyPrint with restrictions: no system fonts, no network, no other files, and no message is lost."""

from __future__ import annotations

import ctypes.util
import gc
import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from compositor.folder.paths import in_utf8, is_of_git
from compositor.typeset.document.bleed import end_paint_with_bleed
from compositor.typeset.document.ink import print_grey_with_one_ink
from compositor.typeset.document.shaping import say_clusters
from compositor.typeset.document.twins import tell_twins_apart
from compositor.typeset.floats import allow_floats
from compositor.typeset.folios import keep_margins_open
from compositor.typeset.heads import cut_long_heads
from compositor.typeset.large import break_large_boxes
from compositor.typeset.lines import set_paragraphs_whole
from compositor.typeset.lines.parted import part_listings
from compositor.typeset.lists import say_words_again
from compositor.typeset.long_notes import break_long_notes
from compositor.typeset.margins.side_notes import set_notes_beside
from compositor.typeset.margins.wider import widen
from compositor.typeset.pictures.drawings import draw_in_faces_of_the_book
from compositor.typeset.pictures.gradients import draw_gradients_for_every_reader
from compositor.typeset.pictures.ids import find_ids_at_once
from compositor.typeset.pictures.images import set_pictures_by_their_density
from compositor.typeset.quick import work_out_once
from compositor.typeset.repairs import repair
from compositor.typeset.resumed.watch import watch_pages
from compositor.typeset.rows import break_rows
from compositor.typeset.titles import balance_headings
from compositor.typeset.tree import adjust_tree

BIGGEST_FILE = 50 << 20
"""The largest size in bytes of an image or font that is read."""
DRAWING = ".svg"
NO_FONTS = Path(__file__).with_name("fonts.conf")
"""A configuration of fontconfig that names no folder of fonts."""


@cache
def weasyprint() -> Any:
    """Import WeasyPrint with an empty font configuration, so that only the fonts of the style sheets exist.

    Raises OSError if a native library is missing.
    """
    if "weasyprint" not in sys.modules:
        _forget_fonts_of_the_machine()
        _ask_no_compiler()
    import weasyprint

    work_out_once()
    _number_late()
    keep_margins_open()
    say_clusters()
    tell_twins_apart()
    set_notes_beside()
    widen()
    say_words_again()
    repair()
    find_ids_at_once()
    allow_floats()
    break_large_boxes()
    break_rows()
    adjust_tree()
    cut_long_heads()
    set_pictures_by_their_density()
    draw_in_faces_of_the_book()
    draw_gradients_for_every_reader()
    break_long_notes()
    balance_headings()
    set_paragraphs_whole()
    part_listings()
    print_grey_with_one_ink()
    end_paint_with_bleed()
    watch_pages()
    return weasyprint


def _number_late() -> None:
    from compositor.typeset.document.late import number_late

    number_late()


def _forget_fonts_of_the_machine() -> None:
    os.environ["FONTCONFIG_FILE"] = str(NO_FONTS)
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig", UserWarning)


def _ask_no_compiler() -> None:
    """Let the loader find WeasyPrint's libraries by their full names, which WeasyPrint tries last.

    For the names before them, cffi asks `find_library`, which runs ldconfig, gcc and ld: any program with that name on
    PATH. On macOS it runs nothing, and the libraries are found only with it.
    """
    if sys.platform != "darwin":
        ctypes.util.find_library = lambda name: None


def fetcher(
    roots: tuple[Path, ...], drawn: Callable[[bytes], bytes] = bytes, noted: Callable[[Path], None] = lambda path: None
) -> object:
    """Return a URL fetcher that reads only plain files below the roots, and `data:` URLs.

    For a drawing it returns the result of `drawn` for its bytes. `noted` is called with each file that is read.

    Source: the guarded fetcher of WeasyPrint's documentation, "Access to local files"; CVE-2025-68616.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = tuple(root.resolve() for root in roots)

    class BookFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if urlsplit(url).scheme == "file":
                path = _check_file(url, allowed)
                noted(path)
                if path.suffix.lower() == DRAWING:
                    return URLFetcherResponse(url, drawn(path.read_bytes()), {"Content-Type": "image/svg+xml"})
                if not in_utf8(str(path)):  # WeasyPrint would decode it as UTF-8
                    return URLFetcherResponse("", path.read_bytes())
            elif urlsplit(url).scheme != "data":
                raise ValueError(f"a build uses no network: {url}")
            return super().fetch(url, headers)

    return BookFetcher(allowed_protocols={"file", "data"}, allow_redirects=False)


def _check_file(url: str, allowed: tuple[Path, ...]) -> Path:
    """Return the file at an address; raises ValueError for a file that a build must not read."""
    path = Path(os.path.realpath(os.fsdecode(unquote_to_bytes(urlsplit(url).path))))
    inside = [path.relative_to(root) for root in allowed if path.is_relative_to(root)]
    if not inside:
        raise ValueError("a build reads no file outside the book's folder and the theme")
    if any(is_of_git(str(one)) for one in inside):
        raise ValueError("a build reads no file of a repository into a book")
    if not path.is_file() or path.stat().st_size > BIGGEST_FILE:
        raise ValueError(f"it is not there, or no plain file of at most {BIGGEST_FILE >> 20} MiB")
    return path


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def heard() -> Iterator[list[str]]:
    """Collect WeasyPrint's messages inside the `with` block; a missing image is reported only in its log."""
    logger, collector = logging.getLogger("weasyprint"), _Collector()
    before = logger.propagate
    logger.propagate = False
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = before


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Turn garbage collection off inside the `with` block: it takes a quarter of the time and frees nothing that
    matters."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
