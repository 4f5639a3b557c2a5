"""Parts of files, in the syntax of GitBook's plugin include-codeblock."""

from __future__ import annotations

import pytest

from compositor.markdown.guests.gitbook_imports import chosen, options

FILE = "a\n//! [oar]\n  b\n    c\n//! [oar]\nd\n//! [tide]\ne"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", "a|//! [oar]|  b|    c|//! [oar]|d|//! [tide]|e"),
        (', marker:"oar"', "  b|    c"),
        (', marker:"oar", unindent:"true"', "b|  c"),
        (':"oar" title:"Oars"', "  b|    c"),
        (":2-3, lang-js", "//! [oar]|  b"),
        (':"mast"', "a|  b|    c|d|e"),
    ],
)
def test_the_part_that_is_asked_for(words: str, lines: str) -> None:
    """A part is between two comments with its name; if the part is missing, the whole file is printed."""
    assert chosen(FILE, words) == lines.replace("|", "\n")


def test_what_is_said_of_it() -> None:
    """Title and part are read with a colon or an equals sign."""
    assert options(', title="a.js", marker:"oar"') == {"title": "a.js", "marker": "oar"}
