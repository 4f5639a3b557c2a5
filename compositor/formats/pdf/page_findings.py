"""Placed units + Book -> Findings of the layout rules, with chapter, line and printed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import getdoc
from statistics import median

from compositor.errors import warning
from compositor.formats.pdf.sheets import Placed
from compositor.markdown.reading import walk
from compositor.markdown.references.references import REFERENCE
from compositor.markdown.tables.column_widths import breaks_words, fit
from compositor.model import Book, Finding, Page, PageMap, Place, Unit
from compositor.render import measure_of
from compositor.theme import Theme
from compositor.typeset.layout import EXPLANATIONS as RULES
from compositor.typeset.layout.faults import Fault

CAPTIONED = ("figure", "table", "listing")
CALLOUT_KINDS = 5
"""Kinds of callouts that a reader can distinguish."""
FEW_CALLOUTS = 4
"""So many callouts are never too many, on however few pages."""
COLUMNS = 7
"""Most columns of a table."""
MEASURE = (60, 75)
"""Characters of a full line of running text."""
ENOUGH_LINES = 40
"""Least full lines for a meaningful median."""


def check_layout(book: Book, theme: Theme, placed: Sequence[Placed], pages: PageMap) -> Iterator[Finding]:
    """Yield findings about each page, in order; then about the book as a whole."""
    index = 0
    for one in placed:
        for fault in one.laid.layout.faults:
            yield _finding(one, fault, pages.pages[index + fault.page])
        index += len(one.laid.pages)
    yield from unreferred(book, pages)
    yield from crowded(book, pages)
    yield from wide(book, theme)
    yield from parted(book)
    yield from measure(placed)


def _finding(one: Placed, fault: Fault, page: Page) -> Finding:
    name = f"page {page.folio}" if page.folio else "an empty page"
    return warning(fault.code, f"{name}: {fault.message}", _place(one, fault.position), fault.remedy)


def _place(one: Placed, position: str) -> Place:
    file, _, line = position.rpartition(":")
    if file and line.isdecimal():
        return Place(file, int(line))
    return Place(one.sheet.unit.chapter.source.path if one.sheet.unit else f"templates/{one.sheet.key}.xhtml")


def unreferred(book: Book, pages: PageMap) -> Iterator[Finding]:
    """No text refers to a numbered figure, table or listing, or only a later spread does.

    A caption says what readers see; a sentence has to say when to look, at the latest on the two pages that are open.
    Refer to it by its label (`@fig-plan`), or remove the caption if it needs no name.
    """
    units = {unit.key for unit in book.units}
    stands = {anchor: number for number, page in enumerate(pages.pages) for anchor in page.anchors}
    first: dict[str, int] = {}
    for number, page in enumerate(pages.pages):
        for anchor in page.refers_to if page.unit in units else ():
            first.setdefault(anchor, number)
    for name, target in book.targets.items():
        if target.anchor.kind not in CAPTIONED or not target.number or target.anchor.within or name not in stands:
            continue
        spread_end = stands[name] + stands[name] % 2
        where = f"page {pages.pages[stands[name]].folio}: "
        if name not in first:
            message = f"{where}no text refers to {target.label}"
            yield warning("P225", message, target.anchor.place, how_to_refer(name, target.anchor.kind))
        elif first[name] > spread_end:
            message = f"{where}{target.label} is first referred to on page {pages.pages[first[name]].folio}"
            yield warning("P225", message, target.anchor.place, "refer to it earlier, or move it to that page")


def how_to_refer(name: str, kind: str) -> str:
    """Return what to write to point to it; if it has no id that a reference can name, one is suggested."""
    if REFERENCE.fullmatch(f"@{name}"):
        return f"write @{name} where one should look at it"
    short = {"figure": "fig", "table": "tbl", "listing": "lst"}[kind]
    own = f"{short}-{name.rpartition(f'{short}-')[2]}"
    return f"give it an id in its braces, {{#{own}}}, and write @{own} where one should look at it"


def crowded(book: Book, pages: PageMap) -> Iterator[Finding]:
    """A file has more callouts than pages, or the book has more than five kinds of them.

    If everything stands out, nothing does. Turn callouts that a reader could miss without harm into plain paragraphs.
    """
    kinds: dict[str, Place] = {}
    for unit in book.units:
        opened = [token for token in unit.chapter.tokens if token.type == "callout_open"]
        for token in opened:
            kinds.setdefault(str(token.meta["kind"]), _token_place(unit, token.map))
        count = sum(page.unit == unit.key for page in pages.pages)
        if len(opened) > max(count, FEW_CALLOUTS):
            message = f"{len(opened)} callouts on {count} page{'s' * (count > 1)}"
            place = _token_place(unit, opened[0].map)
            yield warning("P226", message, place, "turn some of them into plain paragraphs")
    for kind in list(kinds)[CALLOUT_KINDS:]:
        message = f'"{kind}" is one kind of callout more than the {CALLOUT_KINDS} that readers tell apart'
        yield warning("P226", message, kinds[kind], "use a kind that the book already has")


def _token_place(unit: Unit, lines: list[int] | None) -> Place:
    file, line = unit.chapter.line_of((lines or [0])[0] + 1)
    return Place(file, line)


def wide(book: Book, theme: Theme) -> Iterator[Finding]:
    """A table is too wide, even in smaller type on a turned page, or has too many columns.

    Its longest words are broken at the edge of their columns. The same happens to `tbl-colwidths` that would break most
    words; these widths are ignored. A table in a list, a quotation, a callout or a note is never turned. Remove
    columns, turn columns into rows, or split the table in two.
    """
    room = measure_of(book, theme)
    for unit in book.units:
        for token in unit.chapter.tokens:
            if token.type != "table_open":
                continue
            place, columns = _token_place(unit, token.map), token.meta["grid"].columns
            if breaks_words(token, room):
                message = "a table has widths that would break most of its words; they are ignored"
                yield warning("P228", message, place, "write other numbers in tbl-colwidths, or leave it out")
            if fit(token, room).is_too_wide:
                remedy = "remove columns, or split the table in two"
                message = "a table is too wide for any page; its longest words are broken"
                yield warning("P228", message, place, remedy)
            elif columns > COLUMNS:
                message = f"a table of {columns} columns; {COLUMNS} are as many as a reader can follow"
                yield warning("P229", message, place, "remove columns, or turn columns into rows")


def parted(book: Book) -> Iterator[Finding]:
    """A table has so many columns that most of its words would be broken on any page.

    So it is printed in several parts. Each part has some of the columns, and the first column again. The EPUB has the
    table in one piece. Remove columns, turn columns into rows, or split it into tables that make sense alone.
    """
    for unit in book.units:
        for token in walk(unit.chapter.tokens):
            if token.type == "conditional" and "parted" in token.meta:
                table, parts = token.meta["parted"], token.meta["parts"]
                message = f"a table of {table.meta['grid'].columns} columns is too wide for any page, and is printed"
                message += f" in {parts} parts, each with the first column"
                yield warning("P233", message, _token_place(unit, table.map), "remove columns, or split the table")


def measure(placed: Sequence[Placed]) -> Iterator[Finding]:
    """The lines of running text are too short or too long to be read with ease: 60 to 75 characters are good.

    Half of the full lines have more characters than the number in the message, half have fewer. Change the margins or
    the size of the text: `margin-outer` and `text-size` in `[style]`.
    """
    lengths = [length for one in placed for length in one.laid.layout.full_lines]
    if len(lengths) < ENOUGH_LINES:
        return
    middle = median(lengths)
    if not MEASURE[0] <= middle <= MEASURE[1]:
        message = f"full lines have {middle:.0f} characters; {MEASURE[0]} to {MEASURE[1]} are easy to read"
        yield warning("P227", message, Place("book.toml"), "change margin-outer, margin-inner or text-size in [style]")


EXPLANATIONS: dict[str, str] = RULES | {
    "P223": """A font in the PDF comes from this machine and not from a style sheet: on another machine the book would
look different, or letters would be missing. Declare the font with `@font-face` in a style sheet of the book.""",
    "P225": getdoc(unreferred) or "",
    "P226": getdoc(crowded) or "",
    "P227": getdoc(measure) or "",
    "P228": getdoc(wide) or "",
    "P233": getdoc(parted) or "",
    "P229": """A table has more than seven columns, and readers lose the row on the way, on paper and on a screen.
Remove columns that are the same in every row, or turn columns into rows.""",
}
