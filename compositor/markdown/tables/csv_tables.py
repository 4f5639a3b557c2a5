"""Tables from files: `::: {#tbl-x .csv file="data/x.csv" tbl-cap="Caption"}` and `:::`; the first row is the head."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.errors import BookError, warning
from compositor.markdown.attributes import Attributes, instead, meant
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.markdown.tables import cells, column_widths
from compositor.model import Place

OF_TABLE = {*cells.KEYS, column_widths.KEY}
KEYS = {"align", "delimiter", "file", "lang", "tbl-cap", *OF_TABLE}
SIDES = {"l": "left", "c": "center", "r": "right"}
QUOTED = "put the cell in quotation marks, and double each quotation mark inside it"
NOTHING = ("", "-", "–", "—", "n/a")
_NUMBER = re.compile(r"[-+−–~≈<>]?\s?[$€£]?\s?\d[\d.,’' \u00a0]*(?:%|[A-Za-zµ°€£$]{1,4}(?:/[A-Za-z]{1,3})?)?\Z")


@dataclass(frozen=True, slots=True)
class _Data:
    """The rows of a file, all of the same length."""

    rows: Sequence[Sequence[str]]
    sides: Sequence[str]


def syntax(md: MarkdownIt) -> None:
    """Such blocks are tables before captions are looked for."""
    md.core.ruler.after("divs", "csv_tables", make_tables)


def make_tables(state: StateCore) -> None:
    """Turn an empty block with the class `csv` into the tokens of a table."""
    reading = reading_of(state)
    made: list[Token] = []
    skip = False
    for i, token in enumerate(state.tokens):
        if skip:
            skip = False
        elif token.type != "div_open" or "csv" not in token.meta["attributes"].classes:
            made.append(token)
        elif state.tokens[i + 1].type != "div_close":
            place = reading.line_place(state.tokens[i + 1])
            message = "this table has a file and text; the text is printed, the file is not"
            reading.warning("L263", message, place, "move the text after the block, or into the file as a row")
            token.meta["keys"] = KEYS
            made.append(token)
        else:
            made += _table(reading, token)
            skip = True
    state.tokens = made


def _table(reading: Reading, token: Token) -> Iterator[Token]:
    found: Attributes = token.meta["attributes"]
    for unknown in sorted(set(found.pairs) - KEYS):
        place = reading.after(reading.line_place(token), unknown)
        message = f'a table has no attribute "{unknown}"; it is ignored'
        reading.warning("L264", message, place, instead(unknown, KEYS), meant=meant(unknown, KEYS))
    rows = _rows(reading, token)
    if not rows:
        yield from _path_instead(token)
    else:
        yield from _tokens(reading, token, _Data(rows, _sides(reading, token, rows)))


def _path_instead(like: Token) -> Iterator[Token]:
    """Put a paragraph with the path of a file that cannot be made into a table."""
    path = like.meta["attributes"].pairs.get("file", "")
    if path:
        line = _token(like, "inline", "", 0)
        line.content, line.children = f"`{path}`", []
        yield from (_token(like, "paragraph_open", "p", 1), line, _token(like, "paragraph_close", "p", -1))


def _rows(reading: Reading, token: Token) -> list[list[str]]:
    pairs = token.meta["attributes"].pairs
    if not pairs.get("file"):
        place = reading.line_place(token)
        message = "this table names no file; nothing is printed"
        reading.warning("L264", message, place, 'name it: file="data/prices.csv"')
        return []
    path = posixpath.normpath(posixpath.join(posixpath.dirname(reading.source.path), pairs["file"]))
    text = _text(reading, path, reading.after(reading.line_place(token), pairs["file"]))
    return list(_checked(reading, path, text, pairs.get("delimiter", ","))) if text is not None else []


def _text(reading: Reading, path: str, place: Place) -> str | None:
    try:
        text = reading.context.read(path)
    except BookError as problem:
        for finding in problem.findings:
            where = finding.place if finding.place.line else place
            report = reading.error if finding.code == "M003" else reading.warning
            report("L260", f"{finding.message}; its path is printed", where, *finding.helps)
        return None
    except OSError:
        message = f'there is no file "{path}"; its path is printed'
        reading.warning("L260", message, place, "put the file there, or correct the path")
        return None
    reading.files.append(path)
    return text.removeprefix("\ufeff")


def _checked(reading: Reading, path: str, text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a file that fit the first; report the others, with the line of the file."""
    separator = "\t" if delimiter == "tab" else delimiter[:1] or ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, wanted, line = text.split("\n"), 0, 1
    try:
        for read in rows:
            row = read
            wanted = wanted or len(row)
            if row and len(row) != wanted:
                done = "its last cell has the rest" if len(row) > wanted else "the others are empty"
                message = f"this row has {_cells(len(row))}, the first has {wanted}; {done}"
                place = Place(path, line, 1, len(lines[line - 1]) or 1)
                fault = warning("L261", message, place, _as_many(row, wanted, separator))
                reading.findings.append(replace(fault, excerpt=lines[line - 1].rstrip("\r")))
                row = [*row[: wanted - 1], separator.join(row[wanted - 1 :]), *[""] * (wanted - len(row))][:wanted]
            if row:
                yield [" ".join(cell.split()) for cell in row]
            line = rows.line_num + 1
    except csv.Error as problem:
        message = f"this is not CSV; the table ends before this row: {problem}"
        fault = warning("L261", message, Place(path, line), QUOTED)
        reading.findings.append(replace(fault, excerpt=lines[line - 1].rstrip("\r")))
        return
    if not wanted:
        message = "this table has no rows; its path is printed"
        reading.warning("L261", message, Place(path, 1), "write rows into the file; the first is the head")


def _as_many(row: list[str], wanted: int, separator: str) -> str:
    """Return the remedy for a row with more or fewer cells than the first."""
    sign = {"\t": "tab", ",": "comma", ";": "semicolon"}.get(separator, f'"{separator}"')
    if len(row) > wanted:
        return f'put a cell with a {sign} in quotation marks, "…", or delete the last cells'
    return f"write {wanted} cells, separated by a {sign}; a cell may be empty"


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _sides(reading: Reading, token: Token, rows: list[list[str]]) -> list[str]:
    """Return the alignment of each column: from `align`, else right if all cells are numbers."""
    given = token.meta["attributes"].pairs.get("align")
    if given is None:
        return ["right" if _numbers([row[i] for row in rows[1:]]) else "" for i in range(len(rows[0]))]
    if len(given) == len(rows[0]) and set(given) <= set(SIDES):
        return [SIDES[letter] for letter in given]
    place, columns = reading.after(reading.line_place(token), "align"), len(rows[0])
    remedy = f'one letter of l, c, r for each of {columns} columns: align="{("l" + "r" * columns)[:columns]}"'
    reading.warning("L262", f'"{given}" does not align these columns; they are aligned to the left', place, remedy)
    return [""] * columns


def _numbers(column: list[str]) -> bool:
    said = [cell for cell in column if cell not in NOTHING]
    return bool(said) and all(_NUMBER.match(cell) for cell in said)


def _tokens(reading: Reading, token: Token, data: _Data) -> Iterator[Token]:
    found: Attributes = token.meta["attributes"]
    pairs = {key: value for key, value in found.pairs.items() if key in OF_TABLE or key == "lang"}
    classes = tuple(name for name in found.classes if name != "csv")
    table = _token(token, "table_open", "table", 1)
    table.meta = {"attributes": Attributes(found.id, classes, pairs), "braces_place": reading.line_place(token)}
    yield table
    if found.pairs.get("tbl-cap"):
        caption = _token(token, "inline", "", 0)
        caption.content, caption.children, table.meta["caption"] = found.pairs["tbl-cap"], [], caption
        yield from (_token(token, "caption_open", "caption", 1), caption, _token(token, "caption_close", "caption", -1))
    for number, row in enumerate(data.rows):
        if number < 2:
            yield _token(token, "tbody_open" if number else "thead_open", "tbody" if number else "thead", 1)
        yield _token(token, "tr_open", "tr", 1)
        for cell, side in zip(row, data.sides, strict=True):
            yield from _cell(token, cell, side, "td" if number else "th")
        yield _token(token, "tr_close", "tr", -1)
        if number in (0, len(data.rows) - 1):
            yield _token(token, "tbody_close" if number else "thead_close", "tbody" if number else "thead", -1)
    yield _token(token, "table_close", "table", -1)


def _cell(like: Token, text: str, side: str, tag: str) -> tuple[Token, Token, Token]:
    """Return a cell as text: data is not Markdown, and every sign is kept."""
    opening, inline = _token(like, f"{tag}_open", tag, 1), _token(like, "inline", "", 0)
    opening.attrs = {"style": f"text-align:{side}"} if side else {}
    opening.map = None
    if _NUMBER.match(text):
        text = text.replace(" ", "\u00a0")
    inline.children = [Token("text_special", "", 0, content=text)] if text else []
    return opening, inline, _token(like, f"{tag}_close", tag, -1)


def _token(like: Token, type_: str, tag: str, nesting: int) -> Token:
    return Token(type_, tag, nesting, level=like.level, map=like.map, block=True)  # type: ignore[arg-type]


EXTENSION = Extension(
    "csv_tables",
    syntax,
    {},
    {
        "L260": """A table names a file that cannot be read: it does not exist, is outside the book's folder, or is not
text in UTF-8. The path starts from the folder of the chapter.""",
        "L261": """A row of a CSV file has more or fewer cells than the first, or the file cannot be read as CSV. Put a
cell that contains the delimiter or a line end in double quotes, and write a double quote inside it twice (RFC 4180).
`delimiter=";"` or `delimiter=tab` is for files that do not use a comma.""",
        "L262": """`align` has one letter for each column of the table: `l`, `c` or `r`.""",
        "L263": """A block `::: {.csv file="…"}` contains text, which would not be printed: the rows are those of the
file. Close it with `:::` on the next line.""",
        "L264": """A table from a file names no file, or has an unknown attribute.""",
    },
)
