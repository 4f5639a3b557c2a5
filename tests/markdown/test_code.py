"""Code of every language, meaningful or not: both media have exactly the author's letters."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from lxml import etree

from compositor.markdown.code.code import turns, width
from compositor.markdown.code.languages import LANGUAGES, CodeLanguage
from tests.markdown.test_constructs import MEDIA, outcome

WORDS = (
    *(
        "def ",
        "x",
        "\t",
        " ",
        "  ",
        "<1>",
        "# <1>",
        "$ ",
        "> ",
        '"""',
        "'",
        "//",
        "/*",
        "*/",
        "--",
        "+",
        "-",
        "@@",
        "\n",
    ),
    *("\n\n", "é", "語", "e\u0301", "&", "<b>", "]]>", "\\", "mysql> ", "....", "a" * 50, "{", "}", "0x1"),
)


def nonsense(seed: str) -> str:
    """Return the same fifty words for the same seed."""
    chance = random.Random(seed)
    return "".join(chance.choice(WORDS) for _ in range(50)).strip("\n") or "x"


def on_paper(code: str) -> str:
    """Return the text with tabs as spaces up to the next tab stop, and a space in every empty line but the last."""
    lines = []
    for line in code.split("\n"):
        first, *others = line.split("\t")
        for part in others:
            first += " " * (4 - width(first) % 4) + part
        lines.append(first or " ")
    return "\n".join(lines)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_no_letter_of_code_is_lost_or_added(language: CodeLanguage) -> None:
    """With highlighted, numbered and wrapped lines, the text of a listing is the text between its fences."""
    code = nonsense(language.name)
    braces = '{.number-lines code-annotations=false code-line-numbers="1"}'
    for medium in MEDIA.values():
        found = outcome(f"~~~~~{language.name} {braces}\n{code}\n~~~~~\n", "en", medium)
        listing = etree.fromstring(found[found.index("<pre") : found.index("</pre>") + 6])
        text = "".join(listing.itertext())
        assert text == code if not medium.paged else text == on_paper(code)


@pytest.mark.parametrize("seed", range(50))
def test_no_part_of_a_wrapped_line_is_too_wide(seed: int) -> None:
    """The first part takes 80 columns at most, and every other part 76 and the indent."""
    line = nonsense(f"wide {seed}").replace("\n", "")
    places = [0, *turns(line, 80), len(line)]
    parts = [line[start:end] for start, end in pairwise(places)]
    assert "".join(parts) == line
    assert width(parts[0]) <= 80
    assert all(width(part, 4) <= 76 for part in parts[1:])
