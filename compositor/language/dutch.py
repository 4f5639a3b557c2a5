"""Dutch. Months, dates, quotation marks and numbers: CLDR 47."""

from __future__ import annotations

from compositor.language.tables import table

DUTCH = table(
    "nl",
    """
quotes: ‘|’|“|”
months: januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december
date_order: {day} {month} {year}
and_: en
part: Deel
chapter: Hoofdstuk
section: Paragraaf
appendix: Bijlage
figure: Figuur
table: Tabel
listing: Codefragment
note: Noot
notes: Noten
page: Pagina
see: zie
see_also: zie ook
exercise: Oefening
answer: Antwoord
item_inside: punt
on_page: op pagina {page}
plurals: delen|hoofdstukken|paragrafen|bijlagen|figuren|tabellen|codefragmenten|oefeningen|punten
index_symbols: Symbolen en cijfers
continued: vervolg
cover: Omslag
cover_alt: Omslag van {title}
half_title: Franse titel
title_page: Titelpagina
copyright_page: Auteursrecht
contents: Inhoud
list_of_figures: Lijst van figuren
list_of_tables: Lijst van tabellen
list_of_listings: Lijst van codefragmenten
front_matter: Voorwerk
body_matter: Hoofdtekst
back_matter: Nawerk
colophon: Colofon
landmarks: Oriëntatiepunten
list_of_pages: Pagina’s van het gedrukte boek
start_of_content: Begin van de tekst
back_to_text: Terug naar de tekst
task_done: gedaan
task_open: te doen
by: door {authors}
edition: Editie
build: Versie
build_line: Versie {build}, {date}
checksum: controlesom van de bronnen
again: Om dit boek opnieuw te maken:
changed_line: De bronnen hebben wijzigingen die in geen commit staan: {commit} en meer.
unsure_line: Het is niet bekend of de bronnen die van commit {commit} zijn.
copyright_line: Copyright © {year} {holders}
published_by: Uitgegeven door {publisher}
identifier_line: {format}: {identifier}
made_with: Gezet en opgemaakt met {program}.
typefaces: Lettertypen: {names}.
decimal: ,
thousands: .
equation: vergelijking
et_al: e.a.
abbreviations: d. w. z.|o. a.
accessibility: De tekst is in elke grootte, hardop en in braille te lezen. Koppen, noten en verwijzingen zijn
  gemarkeerd.|Elke afbeelding heeft een beschrijving.|Sommige afbeeldingen hebben geen beschrijving.
callouts: Opmerking|Tip|Belangrijk|Waarschuwing|Voorzichtig|Oefening|Voor de lol
changes: Wat is er nieuw|Wijzigingen sinds {revision}. Toegevoegde woorden zijn onderstreept; geschrapte woorden zijn
  doorgehaald.|Sinds {revision} is er niets veranderd.|Toegevoegd|Geschrapt|Gewijzigd|Hierheen verplaatst uit
  {section}|Binnen de paragraaf verplaatst|Nieuw|Niet meer in het boek|Overige wijzigingen: {count}|Overige gewijzigde
  paragrafen: {count}
site: Zoeken|Niets gevonden|Vorige|Volgende|Weergave|Zoals het systeem|Licht|Sepia|Donker|Kopiëren|Gekopieerd|Link
  naar deze plaats|Deze pagina bewerken|Pagina niet gevonden|Op dit adres is geen pagina.|Downloaden|Naar de
  tekst|Sluiten
""",
)
