"""Lines of a listing as separate elements, for narrow screens."""

from __future__ import annotations

from compositor.markdown.code.highlighting import woven
from compositor.markdown.code.rows import in_rows


def rows(*pieces: tuple[str, str]) -> str:
    """Return the listing that these pieces make, in rows."""
    return woven(pieces, in_rows((), pieces, "".join(text for _, text in pieces).split("\n")))


def test_each_line_has_its_newline_and_says_how_far_in_it_begins() -> None:
    """An engine that makes a block of a row shows no empty line after it."""
    made = rows(("", "a:\n        b\n\n  c"))
    assert made == (
        '<span class="row">a:\n</span><span class="row in-2">        b\n</span>'
        '<span class="row">\n</span><span class="row">  c</span>'
    )


def test_a_comment_behind_code_is_a_remark() -> None:
    """The comment goes to the next line as a whole; a comment on a line of its own, or inside a line, does not."""
    made = rows(("", "a  "), ("c", "# one"), ("", "\n"), ("c", "# two"), ("", "\n"), ("c", "/* b */"), ("", " c"))
    assert made == (
        '<span class="row">a  <span class="remark"><span class="c"># one</span></span>\n</span>'
        '<span class="row"><span class="c"># two</span>\n</span>'
        '<span class="row"><span class="c">/* b */</span> c</span>'
    )


def test_what_stands_in_a_line_is_nested_in_its_row() -> None:
    """Marks and emphasis at one place keep their order."""
    added = [(0, "<strong>"), (1, "<a/>"), (1, "</strong>")]
    assert woven([("", "x\ny")], in_rows(added, [("", "x\ny")], ["x", "y"])) == (
        '<span class="row"><strong>x<a/></strong>\n</span><span class="row">y</span>'
    )
