"""German, and how Switzerland and Liechtenstein write it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from compositor.language.words import Language

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
    half_title="Schmutztitel",
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
            **{name: "figure" for name in ("Abb.", "Abbildung", "Abbildungen", "fig.")},
            **{name: "volume" for name in ("Bd.", "Bde.", "Band", "vol.")},
            **{name: "line" for name in ("Z.", "Zeile", "Zeilen", "l.", "ll.")},
            **{name: "paragraph" for name in ("Abs.", "Absatz", "Absätze", "¶")},
            **{name: "appendix" for name in ("Anh.", "Anhang", "Anhänge", "app.")},
            **{name: "article-locator" for name in ("Art.", "Artikel", "art.")},
            **{name: "book" for name in ("Buch", "Bücher", "bk.")},
            **{name: "column" for name in ("Sp.", "Spalte", "Spalten", "col.")},
            **{name: "equation" for name in ("Gl.", "Gln.", "Gleichung", "Gleichungen", "eq.")},
            **{name: "folio" for name in ("Bl.", "Blatt", "fol.")},
            **{name: "issue" for name in ("Nr.", "Nrn.", "Nummer", "Nummern", "Heft", "no.")},
            **{name: "note" for name in ("Anm.", "Anmerkung", "Anmerkungen", "n.", "nn.")},
            **{name: "part" for name in ("Teil", "Teile", "pt.")},
            **{name: "rule" for name in ("Regel", "Regeln")},
            **{name: "table" for name in ("Tab.", "Tabelle", "Tabellen", "tbl.")},
            **{name: "verse" for name in ("V.", "Vers", "Verse")},
        }
    ),
    locator_terms=MappingProxyType(
        {
            "appendix": (("Anhang", "Anhänge"), ("Anh.", "Anh.")),
            "equation": (("Gleichung", "Gleichungen"), ("Gl.", "Gln.")),
            "rule": (("Regel", "Regeln"), ("Regel", "Regeln")),
            "table": (("Tabelle", "Tabellen"), ("Tab.", "Tab.")),
        }
    ),
    et_al="u. a.",
    kinds_of_work=MappingProxyType(
        {
            "phdthesis": "Dissertation",
            "mathesis": "Masterarbeit",
            "mastersthesis": "Masterarbeit",
            "bathesis": "Bachelorarbeit",
            "candthesis": "Kandidatenarbeit",
            "thesis": "Abschlussarbeit",
            "techreport": "Technischer Bericht",
            "resreport": "Forschungsbericht",
            "software": "Software",
            "datacd": "CD-ROM",
            "audiocd": "Audio-CD",
            "patent": "Patent",
            "patentus": "US-Patent",
            "patenteu": "europäisches Patent",
            "patentuk": "britisches Patent",
            "patentde": "deutsches Patent",
            "patentfr": "französisches Patent",
            "patreq": "Patentanmeldung",
            "patrequs": "US-Patentanmeldung",
            "patreqeu": "europäische Patentanmeldung",
            "inpreparation": "in Vorbereitung",
            "submitted": "eingereicht",
            "forthcoming": "erscheint demnächst",
            "inpress": "im Druck",
            "prepublished": "Vorveröffentlichung",
            "countryus": "Vereinigte Staaten",
            "countryeu": "Europäische Union",
            "countryuk": "Vereinigtes Königreich",
            "countryde": "Deutschland",
            "countryfr": "Frankreich",
        }
    ),
    by="von {authors}",
    edition="Ausgabe",
    build="Build",
    build_line="Build {build}, {date}",
    changed_line="Die Quellen haben Änderungen, die in keinem Commit sind: {commit} und mehr.",
    unsure_line="Ob die Quellen die des Commits {commit} sind, ist nicht bekannt.",
    copyright_line="Copyright © {year} {holders}",
    published_by="Erschienen bei {publisher}",
    identifier_line="{format}: {identifier}",
    made_with="Gesetzt und umbrochen mit {program}.",
    typefaces="Gesetzt aus {names}.",
    accessibility=(
        "Der Text lässt sich in jeder Größe, als Sprache und in Braille lesen. Überschriften, Anmerkungen "
        "und Verweise sind ausgezeichnet.",
        "Jedes Bild hat eine Beschreibung.",
        "Einige Bilder haben keine Beschreibung.",
    ),
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


def swiss(language: Language) -> Language:
    """German as Switzerland and Liechtenstein write it: guillemets, and `ss` where others write `ß`."""
    titles = {kind: title.replace("ß", "ss") for kind, title in language.callouts.items()}
    general, all_of_them, some_of_them = (sentence.replace("ß", "ss") for sentence in language.accessibility)
    return replace(
        language,
        quotes=("«", "»", "‹", "›"),
        decimal=".",
        thousands="’",
        cover_alt="Umschlag von «{title}»",
        accessibility=(general, all_of_them, some_of_them),
        callouts=MappingProxyType(titles),
    )
