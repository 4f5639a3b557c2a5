"""A handmade book of one chapter for templates, without Markdown and without a disk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from compositor.language import language_for
from compositor.model import (
    Book,
    Chapter,
    ContentsEntry,
    Edition,
    FrontMatter,
    Manuscript,
    Medium,
    Metadata,
    Page,
    PageMap,
    Role,
    Source,
    Unit,
)
from compositor.render.preliminaries import caption_lists, page_list
from compositor.theme.drawn.ornament import ornament_of_unit

CHAPTER_FILE = Chapter(
    Source("lights.md", "# Lights & Signals\n", "lights"),
    (),
    FrontMatter(epigraph="Red & green"),
    (),
    (),
    (),
    (),
    (),
)
UNIT = Unit(
    Role.CHAPTER, CHAPTER_FILE, "lights", "2", "Chapter 2", "Lights & Signals", verso="2", recto="Lights"
)
CONTENTS = (
    ContentsEntry("Preface", "", "preface", "preface", Role.FRONT),
    ContentsEntry(
        *("The Road", "I", "road", "road", Role.PART),
        (
            ContentsEntry(
                *("Lights & Signals", "2", "lights", "lights", Role.CHAPTER),
                (
                    ContentsEntry(
                        *("Red", "2.1", "red", "red", Role.SECTION),
                        (ContentsEntry("Why red", "2.1.1", "red-why", "red", None),),
                    ),
                ),
            ),
        ),
    ),
)
BOOK_OF_ONE = Book(
    Manuscript(Path(), Metadata(title="Roads & Rails", authors=("Ada", "Ben")), (), frozenset()),
    (UNIT,),
    {},
    {},
    CONTENTS,
    Edition("0123456789ab", datetime(2026, 11, 23, tzinfo=UTC), "abc1234"),
)
PAGES = PageMap((Page("preface", "vii", ("preface",)), Page("lights", "13", ("lights", "red"))))


def names(medium: Medium) -> dict[str, object]:
    """Return the names that every template gets, and those of `unit.xhtml`."""
    return {
        "book": BOOK_OF_ONE,
        "metadata": BOOK_OF_ONE.metadata,
        "words": language_for("en"),
        "lists": caption_lists(BOOK_OF_ONE, language_for("en")),
        "medium": medium,
        "page_list": page_list(PAGES),
        "pages": PAGES if medium.paged else None,
        "stylesheets": medium.stylesheets,
        "typefaces": ("Serif", "Mono"),
        "unit": UNIT,
        "heading": Markup("Lights &amp; <em>Signals</em>"),
        "inside": (),
        "body": Markup("<p>Stop.</p>"),
        "epigraph": (Markup("Red &amp; green"),),
        "front_matter": CHAPTER_FILE.front_matter,
        "ornament": ornament_of_unit(UNIT, medium, "#0a5a66"),
        "band": "",
        "band_ground": "#0a5a66",
        "band_ink": "#ffffff",
    }
