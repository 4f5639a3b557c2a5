"""An author -> book.toml: its keys line by line, in every valid combination."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from tests.random_books.author import Author

STYLE: Mapping[str, Sequence[str]] = {
    "page-size": (
        "7in 9.25in",
        "7.5in 9.25in",
        "6in 9in",
        "A5",
        "A4",
        "letter",
        "8.5in 11in",
        "5.5in 8.5in",
        "10in 7in",
        "170mm 240mm",
        "210mm 297mm",
        "A4 landscape",
        "B5",
    ),
    "text-size": ("9pt", "10pt", "11pt", "12pt", "14pt"),
    "leading": ("13pt", "15pt", "18pt"),
    "indent": ("0pt", "10pt", "20pt"),
    "list-indent": ("10pt", "24pt"),
    "lines": ("each", "whole"),
    "letters-give": ("0%", "1%", "3%"),
    "marks-hang": ("0%", "40%", "100%"),
    "accent": ("#7a1f2b", "#1f4e5f", "#000000"),
    "link": ("inherit", "#004488"),
    "panel": ("#f2f4f7", "#ffffff"),
    "cover-ground": ("#ffffff", "#202020"),
    "head-left": ("book", "chapter", "section", "none"),
    "head-right": ("book", "chapter", "section", "none"),
    "ornament": ("squares", "none"),
    "margin-inner": ("60pt", "90pt"),
    "margin-outer": ("50pt", "108pt"),
    "margin-top": ("48pt", "90pt"),
    "code-size": ("7pt", "9pt"),
    "note-size": ("7pt", "10pt"),
    "table-size": ("7pt", "11pt"),
    "caption-size": ("7pt", "11pt"),
    "hang": ("0pt", "12pt"),
    "listing-least": ("2", "5", "13"),
    "chapter-size": ("20pt", "40pt"),
    "heading-size": ("12pt", "18pt"),
    "font-text": ('"Book Label", "Book Code"',),
}
LANGUAGES = ("en", "en", "en", "en-GB", "de", "de-CH", "de-AT", "fr", "es", "pt-BR", "ru", "ja", "he")
"""Languages with word tables; the prose is English all the same, except for German."""
OTHERS = {
    "subtitle": ("From Shadows to Crystals", 'With "quotes" & <signs> -- and dashes'),
    "edition": ("Second edition",),
    "publisher": ("The Small Press",),
    "rights": ("All rights reserved.",),
    "description": ("A very small book about clocks.",),
    "series": ("The Long Shelf",),
    "date": ("2026-11-29", "2026-11", "2026"),
    "slug": ("telling-time",),
}


def settings(author: Author, language: str) -> list[str]:
    """Return lines of `book.toml` above and below the order of the files; each may be left out."""
    top = [f"language = {json.dumps(language)}"] if language != "en" else []
    top += [f"{key} = {json.dumps(author.one_of(values))}" for key, values in OTHERS.items() if author.chance(0.3)]
    top += ['links = "notes"'] if author.chance(0.15) else []
    top += ["resample = false"] if author.chance(0.15) else []
    top += ["drafts = false"] if author.chance(0.1) else []
    top += ['file-as = ["Example, Ada"]'] if author.chance(0.1) else []
    top += [f'theme = "{author.one_of(("plain", "manual"))}"'] if author.chance(0.3) else []
    top += ['keywords = ["clocks", "time"]'] if author.chance(0.2) else []
    top += [f"first-chapter = {author.one_of((3, 99))}"] if author.chance(0.1) else []
    top += [f"numbered-levels = {author.one_of((1, 2))}"] if author.chance(0.2) else []
    top += ['citation-style = "harvard-cite-them-right"'] if author.chance(0.4) else []
    if author.chance(0.15):
        top.append(f"cover = {json.dumps(author.picture())}")
    return top


def style(author: Author) -> list[str]:
    """Return lines of `[style]`."""
    share = author.one_of((0.0, 0.05, 0.15, 0.3))
    if author.chance(0.1):
        return ['page-size = "4in 6in"']
    lines = [f"{key} = {json.dumps(author.one_of(values))}" for key, values in STYLE.items() if author.chance(share)]
    if author.chance(0.5) and not any(line.startswith("page-size") for line in lines):
        lines.append(f"page-size = {json.dumps(author.one_of(STYLE['page-size']))}")
    return lines


def pages(author: Author) -> list[str]:
    """Return lines of `[pages]`."""
    lines = [f"{key} = false" for key in ("cover", "half-title") if author.chance(0.4)]
    return lines + ([f"lists = {author.one_of((0, 1))}"] if author.chance(0.4) else [])
