"""Language tag -> words: what the press itself prints into a book, and how a language quotes and hyphenates.

Placeholders stand in braces and are filled with `str.format`. A region keeps its tag (`en-GB`) and takes the
words of its language; where a region quotes or spells differently, `REGIONS` says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language; where two forms are given, `…_inside` is the form inside a sentence."""

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
    """What follows a reference on paper; takes `{page}`."""
    plurals: Mapping[str, str]
    """What can be referred to -> the word for several of them inside a sentence."""
    index_symbols: str
    """Heading of the terms that begin with no letter."""
    continued: str

    # Parts of the book
    cover: str
    cover_alt: str
    """Alternative text of a cover that the press has made; takes `{title}`."""
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
    """What stands between a number and its fraction."""
    thousands: str
    """What stands between groups of three digits."""
    equation: str
    abbreviations: tuple[str, ...]
    """What is kept on one line inside: `e. g.`, `z. B.`, as words with a space between them."""
    before_numbers: tuple[str, ...]
    """Words that stay with the number that follows: `page 5`, `Abb. 3`."""
    locators: Mapping[str, str]
    """How an author writes the place in a cited work -> what CSL calls it."""
    et_al: str

    callouts: Mapping[str, str]
    """Kind of callout -> the title it has when the author gives none."""

    def join(self, names: tuple[str, ...]) -> str:
        """The names as a sentence lists them: `A`, `A and B`, `A, B and C`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.and_} {names[-1]}"

    def day(self, day: date) -> str:
        """The date as it is printed: `23 November 2026`, `23. November 2026`."""
        return self.date_order.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def sort_key(self, text: str) -> tuple[bool, str, str, str]:
        """Where a term stands in an alphabetical list: word by word, accents and umlauts as their base letters.

        What begins with no letter comes first; of words that differ in an accent alone, the plain one does. Sources:
        DIN 5007-1 (ä as a, ß as ss), ISO 999, section 8.2 (word by word). English and German agree; a language
        whose alphabet has letters of its own, such as Swedish, will need a table here.
        """
        letters = re.sub(r"[^\w ]", "", base_letters(text)) or text
        return self.letter(text) != "", letters, text.casefold(), text

    def letter(self, text: str) -> str:
        """The letter that a term stands under, in upper case; empty when it begins with none."""
        return base_letters(text)[:1].upper() if text[:1].isalpha() else ""


BASE_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"})
"""Letters that Unicode does not take apart."""


def base_letters(text: str) -> str:
    """The text in lower case without accents; `ß` is `ss`."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(BASE_LETTERS))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


ENGLISH = Language(
    tag="en",
    hyphenation="en",
    quotes=("“", "”", "‘", "’"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date_order="{day} {month} {year}",
    and_="and",
    part="Part",
    part_inside="part",
    chapter="Chapter",
    chapter_inside="chapter",
    section="Section",
    section_inside="section",
    appendix="Appendix",
    appendix_inside="appendix",
    figure="Figure",
    table="Table",
    listing="Listing",
    note="Note",
    notes="Notes",
    page="Page",
    page_inside="page",
    see="see",
    see_also="see also",
    exercise="Exercise",
    answer="Answer",
    item_inside="item",
    on_page="on page {page}",
    plurals=MappingProxyType(
        {
            "part": "parts",
            "chapter": "chapters",
            "section": "sections",
            "appendix": "appendices",
            "figure": "figures",
            "table": "tables",
            "listing": "listings",
            "exercise": "exercises",
            "item": "items",
        }
    ),
    index_symbols="Symbols and numbers",
    continued="continued",
    cover="Cover",
    cover_alt="Cover of {title}",
    title_page="Title page",
    copyright_page="Copyright",
    contents="Contents",
    list_of_figures="List of figures",
    list_of_tables="List of tables",
    list_of_listings="List of listings",
    front_matter="Front matter",
    body_matter="Main text",
    back_matter="Back matter",
    colophon="Colophon",
    landmarks="Landmarks",
    list_of_pages="Pages of the printed book",
    start_of_content="Start of content",
    back_to_text="Back to the text",
    task_done="done",
    task_open="to do",
    decimal=".",
    thousands=",",
    equation="equation",
    abbreviations=("e. g.", "i. e.", "a. m.", "p. m.", "U. S.", "et al."),
    before_numbers=(
        *("page", "pages", "p.", "pp.", "chapter", "chapters", "section", "sections", "appendix", "figure", "figures"),
        *("table", "tables", "listing", "listings", "equation", "part", "step", "version", "no.", "vol.", "fig."),
    ),
    locators=MappingProxyType(
        {
            **{name: "page" for name in ("p.", "pp.", "page", "pages")},
            **{name: "chapter" for name in ("chap.", "chaps.", "ch.", "chapter", "chapters")},
            **{name: "section" for name in ("sec.", "secs.", "§", "§§", "section", "sections")},
            **{name: "figure" for name in ("fig.", "figs.", "figure")},
            **{name: "volume" for name in ("vol.", "vols.", "volume")},
            **{name: "line" for name in ("l.", "ll.", "line", "lines")},
            **{name: "paragraph" for name in ("para.", "paras.", "¶")},
        }
    ),
    et_al="et al.",
    by="by {authors}",
    edition="Edition",
    build="Build",
    build_line="Build {build}, {date}",
    copyright_line="Copyright © {year} {holders}",
    published_by="Published by {publisher}",
    identifier_line="{format}: {identifier}",
    made_with="Typeset and made up with {program}.",
    typefaces="Set in {names}.",
    callouts=MappingProxyType(
        {
            "note": "Note",
            "tip": "Tip",
            "important": "Important",
            "warning": "Warning",
            "caution": "Caution",
            "exercise": "Exercise",
            "joke": "Just for fun",
        }
    ),
)

GERMAN = Language(
    tag="de",
    hyphenation="de",
    quotes=("„", "“", "‚", "‘"),
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    date_order="{day}. {month} {year}",
    and_="und",
    part="Teil",
    part_inside="Teil",
    chapter="Kapitel",
    chapter_inside="Kapitel",
    section="Abschnitt",
    section_inside="Abschnitt",
    appendix="Anhang",
    appendix_inside="Anhang",
    figure="Abbildung",
    table="Tabelle",
    listing="Listing",
    note="Anmerkung",
    notes="Anmerkungen",
    page="Seite",
    page_inside="Seite",
    see="siehe",
    see_also="siehe auch",
    exercise="Übung",
    answer="Lösung",
    item_inside="Punkt",
    on_page="auf Seite {page}",
    plurals=MappingProxyType(
        {
            "part": "Teile",
            "chapter": "Kapitel",
            "section": "Abschnitte",
            "appendix": "Anhänge",
            "figure": "Abbildungen",
            "table": "Tabellen",
            "listing": "Listings",
            "exercise": "Übungen",
            "item": "Punkte",
        }
    ),
    index_symbols="Zeichen und Zahlen",
    continued="Fortsetzung",
    cover="Umschlag",
    cover_alt="Umschlag von „{title}“",
    title_page="Titelseite",
    copyright_page="Impressum",
    contents="Inhalt",
    list_of_figures="Abbildungsverzeichnis",
    list_of_tables="Tabellenverzeichnis",
    list_of_listings="Verzeichnis der Listings",
    front_matter="Vorspann",
    body_matter="Haupttext",
    back_matter="Nachspann",
    colophon="Kolophon",
    landmarks="Orientierungspunkte",
    list_of_pages="Seiten der gedruckten Ausgabe",
    start_of_content="Beginn des Inhalts",
    back_to_text="Zurück zum Text",
    task_done="erledigt",
    task_open="offen",
    decimal=",",
    thousands=".",
    equation="Gleichung",
    abbreviations=(
        *("z. B.", "d. h.", "u. a.", "z. T.", "u. U.", "i. d. R.", "o. Ä.", "s. o.", "s. u.", "v. a.", "i. A."),
        *("n. Chr.", "v. Chr.", "z. Zt.", "et al."),
    ),
    before_numbers=(
        *("Seite", "Seiten", "S.", "Kapitel", "Kap.", "Abschnitt", "Abschnitte", "Anhang", "Abbildung", "Abb."),
        *("Abbildungen", "Tabelle", "Tabellen", "Tab.", "Listing", "Gleichung", "Teil", "Schritt", "Version", "Nr."),
        *("Bd.", "§", "Art."),
    ),
    locators=MappingProxyType(
        {
            **{name: "page" for name in ("S.", "Seite", "Seiten", "p.", "pp.")},
            **{name: "chapter" for name in ("Kap.", "Kapitel", "chap.")},
            **{name: "section" for name in ("Abschn.", "Abschnitt", "§", "§§", "sec.")},
            **{name: "figure" for name in ("Abb.", "Abbildung", "fig.")},
            **{name: "volume" for name in ("Bd.", "Bde.", "Band", "vol.")},
            **{name: "line" for name in ("Z.", "Zeile", "Zeilen", "l.", "ll.")},
            **{name: "paragraph" for name in ("Abs.", "Absatz", "¶")},
        }
    ),
    et_al="u. a.",
    by="von {authors}",
    edition="Ausgabe",
    build="Build",
    build_line="Build {build}, {date}",
    copyright_line="Copyright © {year} {holders}",
    published_by="Erschienen bei {publisher}",
    identifier_line="{format}: {identifier}",
    made_with="Gesetzt und umbrochen mit {program}.",
    typefaces="Gesetzt aus {names}.",
    callouts=MappingProxyType(
        {
            "note": "Hinweis",
            "tip": "Tipp",
            "important": "Wichtig",
            "warning": "Warnung",
            "caution": "Vorsicht",
            "exercise": "Übung",
            "joke": "Nur zum Spaß",
        }
    ),
)


def _swiss(language: Language) -> Language:
    """German as Switzerland and Liechtenstein write it: guillemets, and `ss` where others write `ß`."""
    titles = {kind: title.replace("ß", "ss") for kind, title in language.callouts.items()}
    return replace(
        language,
        quotes=("«", "»", "‹", "›"),
        decimal=".",
        thousands="’",
        cover_alt="Umschlag von «{title}»",
        callouts=MappingProxyType(titles),
    )


LANGUAGES: Mapping[str, Language] = MappingProxyType({"en": ENGLISH, "de": GERMAN})
"""Primary language subtag -> words. A new language is one more table here."""

REGIONS: Mapping[str, Callable[[Language], Language]] = MappingProxyType({"de-CH": _swiss, "de-LI": _swiss})
"""Regions that differ from their language in more than the tag."""

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2}|-[0-9]{3})?(-[A-Za-z0-9]{5,8}|-[0-9][A-Za-z0-9]{3})*")
"""Language, script, region, variants. Source: RFC 5646 (BCP 47), section 2.1, without its rarer subtags."""


def canonical(tag: str) -> str:
    """The tag in the letter case that RFC 5646, section 2.1.1 recommends: `DE-ch` -> `de-CH`."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *map(_subtag, rest)])


def _subtag(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 else subtag.lower()


def known(tag: str) -> bool:
    """Whether the tag is well formed and the press has words for its language."""
    return TAG.fullmatch(tag) is not None and tag.partition("-")[0].lower() in LANGUAGES


def language_for(tag: str) -> Language:
    """The words for a tag that is `known`; raises LookupError for any other."""
    if not known(tag):
        names = ", ".join(LANGUAGES)
        raise LookupError(f'there are no words for the language "{tag}"; there are for {names}')
    language, *rest = canonical(tag).split("-")
    region = next((f"{language}-{subtag}" for subtag in rest if len(subtag) == 2), language)
    words = REGIONS.get(region, _same)(LANGUAGES[language])
    return replace(words, tag=canonical(tag), hyphenation=region)


def _same(language: Language) -> Language:
    return language
