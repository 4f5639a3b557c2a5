"""Italian. Months, dates, quotation marks and numbers: CLDR 47."""

from __future__ import annotations

from compositor.language.tables import table

ITALIAN = table(
    "it",
    """
quotes: «|»|“|”
months: gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre
date_order: {day} {month} {year}
and_: e
part: Parte
chapter: Capitolo
section: Sezione
appendix: Appendice
figure: Figura
table: Tabella
listing: Listato
note: Nota
notes: Note
page: Pagina
see: vedi
see_also: vedi anche
exercise: Esercizio
answer: Soluzione
item_inside: punto
on_page: a pagina {page}
plurals: parti|capitoli|sezioni|appendici|figure|tabelle|listati|esercizi|punti
index_symbols: Simboli e numeri
continued: continua
cover: Copertina
cover_alt: Copertina di {title}
half_title: Occhiello
title_page: Frontespizio
copyright_page: Diritti d’autore
contents: Indice
list_of_figures: Elenco delle figure
list_of_tables: Elenco delle tabelle
list_of_listings: Elenco dei listati
front_matter: Pagine iniziali
body_matter: Testo principale
back_matter: Pagine finali
colophon: Colofone
landmarks: Punti di riferimento
list_of_pages: Pagine del libro stampato
start_of_content: Inizio del testo
back_to_text: Torna al testo
task_done: fatto
task_open: da fare
by: di {authors}
edition: Edizione
build: Versione
build_line: Versione {build}, {date}
checksum: checksum dei sorgenti
again: Per generare di nuovo questo libro:
changed_line: I sorgenti hanno modifiche che non sono in nessun commit: {commit} e altro.
unsure_line: Non si sa se i sorgenti sono quelli del commit {commit}.
copyright_line: Copyright © {year} {holders}
published_by: Pubblicato da {publisher}
identifier_line: {format}: {identifier}
made_with: Composto con {program}.
typefaces: Caratteri: {names}.
decimal: ,
thousands: .
equation: equazione
et_al: et al.
abbreviations: p. es.|et al.
accessibility: Il testo si può leggere in ogni dimensione, ad alta voce e in braille. Titoli, note e rimandi
  sono marcati.|Ogni immagine ha una descrizione.|Alcune immagini non hanno una descrizione.
callouts: Nota|Suggerimento|Importante|Avvertenza|Attenzione|Esercizio|Per divertimento
changes: Novità|Modifiche da {revision} in poi. Il testo aggiunto è sottolineato; quello eliminato è barrato.|Nulla è
  cambiato da {revision} in poi.|Aggiunto|Eliminato|Modificato|Spostato qui da {section}|Spostato all’interno della
  sezione|Nuovo|Non è più nel libro|Altre modifiche: {count}|Altre sezioni modificate: {count}
site: Cerca|Nessun risultato|Precedente|Successivo|Aspetto|Come il sistema|Chiaro|Seppia|Scuro|Copia|Copiato|Link a
  questo punto|Modifica questa pagina|Pagina non trovata|A questo indirizzo non c’è nessuna pagina.|Scarica|Vai al
  testo|Chiudi
""",
)
