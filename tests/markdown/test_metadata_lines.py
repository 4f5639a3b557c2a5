"""Lines of metadata at the beginning of a text, as MkDocs reads them."""

from __future__ import annotations

import pytest

from compositor.dialects.syntax import GUESTS, MKDOCS, PLAIN
from compositor.language import language_for
from compositor.markdown import parse
from compositor.markdown.reading import Context, plain_text
from compositor.model import Source


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("Title: A day out\nAuthor: Ann\n    and Bob\n\nWords.\n", "A day out", ["A day out", "Words."]),
        ("author: Ann\n\n# Sails\n", "", ["Sails"]),
        ("Note: this is a text.\n\nWords.\n", "", ["X", "Note: this is a text.", "Words."]),
        ("Title: and so on,\nwithout an end of it\n", "", ["X", "Title: and so on, without an end of it"]),
    ],
)
def test_what_opens_a_text(text: str, title: str, words: list[str]) -> None:
    """Lines that begin with a known key are not printed, and their title becomes that of the text."""
    context = Context(GUESTS | PLAIN | MKDOCS, language_for("en"))
    chapter = parse(Source("x.md", text, "x"), context)
    shown = (" ".join(plain_text(token.children).split()) for token in chapter.tokens if token.type == "inline")
    assert [one for one in shown if one] == words
    assert chapter.front_matter.title == title
