"""The table that every language fills in: what Compositor prints, how it quotes, joins, dates and sorts.

Placeholders are in braces and are filled with `str.format`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language; if there are two forms, `…_inside` is the form inside a sentence."""

    tag: str
    """As in book.toml, in the usual letter case: `en`, `de-CH`."""
    hyphenation: str
    """The tag whose hyphenation patterns are used."""
    quotes: tuple[str, str, str, str]
    """Opening and closing double, opening and closing single: markdown-it's `quotes`."""
    months: tuple[str, ...]
    date_order: str
    """Order of `{day}`, `{month}` and `{year}`."""
    and_: str

    # What is numbered and referred to
    part: str
    part_inside: str
    chapter: str
    chapter_inside: str
    section: str
    section_inside: str
    appendix: str
    appendix_inside: str
    figure: str
    table: str
    listing: str
    note: str
    notes: str
    page: str
    page_inside: str
    see: str
    see_also: str
    exercise: str
    answer: str
    item_inside: str
    on_page: str
    """Text after a reference on paper; takes `{page}`."""
    plurals: Mapping[str, str]
    """What can be referred to -> the word for several of them inside a sentence."""
    index_symbols: str
    """Heading of the terms that begin with no letter."""
    continued: str

    # Parts of the book
    cover: str
    cover_alt: str
    """Alternative text of a generated cover; takes `{title}`."""
    half_title: str
    title_page: str
    copyright_page: str
    contents: str
    list_of_figures: str
    list_of_tables: str
    list_of_listings: str
    front_matter: str
    body_matter: str
    back_matter: str
    colophon: str

    # Navigation in the EPUB
    landmarks: str
    list_of_pages: str
    start_of_content: str
    back_to_text: str
    """Label of the link from a note back to its call."""
    task_done: str
    task_open: str

    # Sentences on the title and copyright pages
    by: str
    """Takes `{authors}`."""
    edition: str
    build: str
    build_line: str
    """Takes `{build}` and `{date}`."""
    checksum: str
    """What the number of a build is."""
    again: str
    """Before the commands that make the book again."""
    changed_line: str
    """Takes `{commit}`, the last one before the changes."""
    unsure_line: str
    """Takes `{commit}`, if it cannot be determined whether there are changes."""
    copyright_line: str
    """Takes `{year}` and `{holders}`."""
    published_by: str
    """Takes `{publisher}`."""
    identifier_line: str
    """Takes `{format}` and `{identifier}`."""
    made_with: str
    """Takes `{program}`."""
    typefaces: str
    """Takes `{names}`."""

    # Numbers, equations and abbreviations
    decimal: str
    """Separates a number and its fraction."""
    thousands: str
    """Separates groups of three digits."""
    equation: str
    abbreviations: tuple[str, ...]
    """Kept on one line inside: `e. g.`, `z. B.`, as words with a space between them."""
    before_numbers: tuple[str, ...]
    """Words that stay with the number that follows: `page 5`, `Abb. 3`."""
    locators: Mapping[str, str]
    """An author's word for the place in a cited work -> CSL's label."""
    locator_terms: Mapping[str, tuple[tuple[str, str], tuple[str, str]]]
    """CSL's label -> its words, one and several, long and short, where CSL's own would not be understood."""
    et_al: str
    kinds_of_work: Mapping[str, str]
    """biblatex's name for a kind of thesis, report or patent, a publication state, a country -> its words."""

    accessibility: tuple[str, str, str]
    """The accessibility summary for all books; then its sentence if all, or not all, pictures have a text instead."""
    callouts: Mapping[str, str]
    """Kind of callout -> its title if the author gives none."""
    changes: Mapping[str, str]
    """What the page "What is new" says around the words of the book; takes `{revision}`, `{section}` or `{count}`."""
    site: Mapping[str, str]
    """What the site of a book says around the text, as `search`, `previous`, `copy`."""

    direction: str = "ltr"
    """The direction of its lines: `ltr` or `rtl`."""
    own_letters: Mapping[str, str] = field(default_factory=dict)
    """Letters with a place of their own in the alphabet -> what they are sorted as."""
    has_words: bool = True
    """Whether the words are in this language, or in English instead."""

    def numbered(self, word: str, number: str) -> str:
        """Return a word with its number: `Figure 3`, `第3章`."""
        return word.format(number=number) if "{number}" in word else f"{word} {number}"

    def join(self, names: tuple[str, ...]) -> str:
        """Return the names as a sentence lists them: `A`, `A and B`, `A, B and C`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.and_} {names[-1]}"

    def quoted(self, text: str) -> str:
        """Return a text in quotation marks; those inside it become the inner ones."""
        opening, closing, *inner = self.quotes
        return f"{opening}{text.replace(opening, inner[0]).replace(closing, inner[1])}{closing}"

    def day(self, day: date) -> str:
        """Return the date as it is printed: `23 November 2026`, `23. November 2026`."""
        return self.date_order.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def sort_key(self, text: str) -> tuple[bool, str, str, str]:
        """Return the key of a term in an alphabetical list: word by word, accents and umlauts as their base letters.

        Terms that begin with no letter come first; of words that differ only in an accent, the plain one does. Sources:
        DIN 5007-1 (ä as a, ß as ss), ISO 999, section 8.2 (word by word). English and German agree; other alphabets
        have their own letters (`own_letters`, as CLDR orders them).
        """
        own = "".join(self.own_letters.get(letter, letter) for letter in text.casefold())
        letters = re.sub(r"[^\w ]", "", base_letters(own)) or text
        return self.letter(text) != "", letters, text.casefold(), text

    def letter(self, text: str) -> str:
        """Return the letter that a term is listed under, in upper case; empty if it begins with none."""
        if text[:1].lower() in self.own_letters:
            return text[:1].upper()
        return base_letters(text)[:1].upper() if text[:1].isalpha() else ""


BASE_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"})
"""Letters that Unicode does not decompose."""


def base_letters(text: str) -> str:
    """Return the text in lower case without accents; `ß` becomes `ss`."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(BASE_LETTERS))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))
