"""Tables too wide for any page, as tokens: which part has which columns, and what is repeated."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from compositor.language import language_for
from compositor.markdown import EXTENSIONS, Context, parse
from compositor.markdown.reading import plain_text
from compositor.markdown.tables.parts import with_parts
from compositor.model import Measure, Source

ROOM = Measure(20, 30)
HEADS = ["Station", *(f"measurement{number}" for number in range(1, 9))]
ROWS = [[f"place {row}", *(f"temperature{row}{number}" for number in range(1, 9))] for row in range(3)]


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return a chapter's tokens."""
    names = frozenset(extension.name for extension in EXTENSIONS)
    return parse(Source("01-a.md", f"# Title\n\n{text}", "a"), Context(names, language_for("en"))).tokens[3:]


def written(rows: Sequence[Sequence[str]], behind: str = "") -> str:
    """Return a pipe table and the text after it."""
    head, *body = (f"| {' | '.join(row)} |\n" for row in rows)
    return f"{head}|{'---|' * len(rows[0])}\n{''.join(body)}\n{behind}\n"


def parts(text: str, room: Measure = ROOM) -> list[list[list[str]]]:
    """Return the words of the cells of each part, with repeated words in brackets."""
    made: list[list[list[str]]] = []
    for token in with_parts(tokens_of(text), room, "a")[0].children or ():
        if token.type == "table_open":
            made.append([])
        elif token.type == "tr_open":
            made[-1].append([])
        elif token.type == "inline" and made and made[-1]:
            made[-1][-1].append(plain_text(token.children))
        elif token.type == "again_words":
            made[-1][-1].append(f"({plain_text(token.meta['inline'])})")
    return made


def test_each_part_has_the_first_column_and_some_of_the_others() -> None:
    """Every cell is in one part, in its row; all parts have the first column, which is a repetition in all but one."""
    made = parts(written([HEADS, *ROWS]))
    assert len(made) > 1
    for number, row in enumerate([HEADS, *ROWS]):
        assert [part[number][0] for part in made] == [row[0], *[f"({row[0]})"] * (len(made) - 1)]
        assert [cell for part in made for cell in part[number][1:]] == row[1:]


def test_other_media_have_the_table_in_one_piece() -> None:
    """The tokens have the table a second time, unchanged, for media without pages."""
    tokens = tokens_of(written([HEADS, *ROWS]))
    paper, screen = with_parts(tokens, ROOM, "a")
    assert (paper.meta["when"], paper.meta["hidden"]) == (("pdf",), False)
    assert (screen.meta["when"], screen.meta["hidden"], tuple(screen.children or ())) == (("pdf",), True, tokens)


def test_a_table_that_can_be_read_is_left_alone() -> None:
    """This includes a table in which few columns have a long word, and one whose first column leaves no space."""
    for rows in (
        [["a", "b"], ["c", "d"]],
        [["a"] * 9 + ["Donaudampfschifffahrtsgesellschaft"] * 4, ["b"] * 13],
        [["Donaudampfschifffahrtsgesellschaft"] * 4] * 2,
    ):
        tokens = tokens_of(written(rows))
        assert with_parts(tokens, ROOM, "a") == tokens


def test_a_long_first_column_is_broken_where_the_whole_would_be_broken_everywhere() -> None:
    """A table of sixteen columns of long words has parts of two columns, each with half of the width."""
    made = parts(written([["Donaudampfschifffahrtsgesellschaft"] * 16] * 2))
    assert [len(part[0]) for part in made] == [2] * 15


def test_what_spans_two_parts_stands_in_both() -> None:
    """A cell over all columns is as wide as its part, and is repeated in the next one."""
    made = parts(written([HEADS, ["all of it", *["<"] * 8], *ROWS]))
    assert [part[1] for part in made] == [["all of it"], *[["(all of it)"]] * (len(made) - 1)]


def test_all_head_columns_stand_again() -> None:
    """As many columns are repeated as the author declares as heads."""
    rows = [["Group", *HEADS], *([f"group {row[0]}", *row] for row in ROWS)]
    made = parts(written(rows, ": {header-cols=2}"), Measure(26, 30))
    assert len(made) > 1
    assert all(part[1][:2] == ["(group place 0)", "(place 0)"] for part in made[1:])


def test_notes_of_a_table_stand_under_its_last_part() -> None:
    """They appear once, before the end of the table."""
    text = written([HEADS, *ROWS], "::: {.table-notes}\nA note.\n:::\n")
    types = [token.type for token in with_parts(tokens_of(text), ROOM, "a")[0].children or ()]
    last = len(types) - 1 - types[::-1].index("table_open")
    assert types.count("table_notes_open") == 1
    assert types.index("table_notes_open") > last


def test_widths_that_break_words_do_not_keep_a_table_whole() -> None:
    """The author's widths are kept if the words fit into them."""
    assert len(parts(written([HEADS, *ROWS], f': {{tbl-colwidths="[{",".join(["1"] * 9)}]"}}'))) > 1
