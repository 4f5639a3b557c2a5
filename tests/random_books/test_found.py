"""Books of a few lines, reduced from random books, that Compositor refused or that crashed it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.random_books.trial import faults

SENTENCE = "Harbour water keeps the river and the stone of the engine."
TALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 700"><rect width="60" height="700" fill="#444"/></svg>'
WORDS = """<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60">
<rect x="2" y="2" width="116" height="56" fill="none" stroke="#444"/><text x="10" y="16">some words</text></svg>"""
FOUND: Mapping[str, tuple[str, str]] = {
    "words of a cell are joined by spaces that do not break, and some are stressed": (
        'page-size = "A5"\nmargin-inner = "60pt"',
        "| 1,024 | figure-like simple x^n^~i~ straightforward | letter from carpenter "
        "| ***reliable***\u00a0that\u00a0minute | n/a | some be sailor |\n| :-: | :-- | :-: | --- | :-: | --- |\n"
        "| $\\{a, b\\}$ only for | -3 | -3 | window\u00a0writes | 0.25 | bridge |\n"
        "| `on` | narrow | baker baker somebody | `on` | somebody\u00a0up | 0.25 |\n"
        "| everybody recovery **everything**. | | | | | |\n",
    ),
    "words of a paragraph are joined by spaces that do not break, and some are stressed": (
        "",
        "Words. " + "and *so* on with **another** word that is in the same piece ".replace(" ", "\u00a0") * 3,
    ),
    "the head of a table is higher than a page": (
        "",
        f"A paragraph.\n\n| {SENTENCE * 90} | b |\n|---|---|\n| one | {SENTENCE * 90} |\n| two | three |\n",
    ),
    "a tall picture stands in the head of a table on its side": (
        "",
        "| one | ![A tower](tall.svg){width=3cm} | two |\n|---|---|---|\n| 1 | 2 | 3 |\n\n: A tower. {.turned}\n",
    ),
    "a raised 2 is the number of a note, and a letter of the text": (
        "",
        "One.[^a] Two.[^b] And 2² is four, then two more.[^c]\n\n[^a]: A.\n\n[^b]: The 3³ and 2².\n\n[^c]: 2²?",
    ),
    "a note that is one long listing is called at the foot of a page": (
        'page-size = "A5"',
        f"{SENTENCE * 7}\n\n{SENTENCE * 3} Called.[^n] {SENTENCE}\n\n[^n]: ```python\n"
        + "    x = 1\n" * 70
        + "    ```\n",
    ),
    "a picture in a note waits for the end of a longer note": (
        'page-size = "A5"',
        f"{SENTENCE * 5} One.[^n] {SENTENCE * 6} Two.[^m] {SENTENCE * 9}\n\n[^n]: ```python\n"
        + "    x = 1\n" * 72
        + "    ```\n\n[^m]: A word.\n\n    ![A tower.](tall.svg){#fig-tower width=4cm}\n\n    | a |\n    |---|\n",
    ),
    "two tall cells of a row say the same again and again": (
        "",
        f"| a | b |\n|---|---|\n| {f'{SENTENCE} ' * 40} | {f'{SENTENCE} ' * 50} |\n| {SENTENCE} | d |\n",
    ),
    "a page of 4 by 6 inches has a long title, of long words": (
        'page-size = "4in 6in"',
        "# org.example.harbour.tides.StationObservationRepository\n\nSome words.\n\n"
        f"## {'Harbour and water of the ferry ' * 9}\n\n{SENTENCE}",
    ),
    "brackets stand back to back above a word from right to left": (
        "",
        "```python\nx = [[1, 2], [3, (4)], (5)]\n# \u05e9\u05dc\u05d5\u05dd\n```\n",
    ),
    "a title is longer than its page": (
        'page-size = "A5"',
        f"# {'Harbour and water of the ferry ' * 9}\n\n{SENTENCE}",
    ),
    "a table stands before a long box on the next page": (
        'page-size = "5.5in 8.5in"',
        "| auch zu schwer | 8.00 |\n|---|---|\n| `on` | Garten einfach word[^n] |\n\n[^n]: A note.\n\n"
        f"> [!TIP]\n> {SENTENCE * 9}\n\n> [!JOKE]\n",
    ),
    "a heading begins a page, and its table is moved behind the text": (
        'page-size = "A5"',
        f"{SENTENCE}\n\n::: {{.page-break}}\n:::\n\n## Tide\n\n| a | b |\n|---|---|\n| {SENTENCE} | {SENTENCE} |\n\n"
        f": A table. {{.turned}}\n\n{SENTENCE * 3}\n\n{SENTENCE * 5}\n\n{SENTENCE * 5}",
    ),
    "a cell at the right calls a note of several lines": (
        'page-size = "A5"',
        f"| a | b |\n|---|--:|\n| c | 1[^n] |\n\n[^n]: {SENTENCE * 4}",
    ),
    "a table that would be turned stands in a note": (
        "",
        "A call.[^n] Behind.\n\n[^n]: "
        + "\n    ".join(
            "| " + " | ".join(words) + " |"
            for words in (["StationObservation"] * 8, ["---"] * 8, ["ConfigurationFactory"] * 8)
        ),
    ),
    "a drawing with words and no text for it stands below a running head that is cut": (
        'page-size = "4in 6in"',
        "# Configuration and the characteristics of a harbour\n\nText.\n\n"
        "![A dial.](words.svg){#fig-dial .decorative}\n",
    ),
    "a caption that calls a note goes on overleaf": (
        'page-size = "4in 6in"',
        f"![{SENTENCE * 3} It calls[^n] a note. {SENTENCE * 12}](words.svg){{#fig-a fig-alt=a}}\n\n[^n]: {SENTENCE}",
    ),
    "a note is called in the epigraph of the front matter and again in the text": (
        "",
        f'---\nepigraph: "{SENTENCE}[^n]"\n---\n# One\n\nAgain.[^n]\n\n[^n]: {SENTENCE}',
    ),
    "a drawing with words stands in the head of a table that goes on overleaf": (
        'page-size = "4in 6in"',
        "| a ![A dial.](words.svg){width=40%} | b |\n|---|---|\n" + "| c | d |\n" * 40,
    ),
    "a cell that has begun finds no room on the next page": (
        'page-size = "4in 6in"',
        "|  |  | n/a | 8.00 | interoperability copper however bell interoperability water keeper |\n"
        "| --: | :-- | :-- | --- | :-: |\n"
        "| n/a |  | number carries ![A.](words.svg) no word[^n] to | recovery and | to ferry than reliable as into |\n"
        "| EarlyStoppingConfigurationFactoryBeanImplementation some careful ferry column market | `on` | summer "
        "| slowly writes and at keeper as | response than be strange Replica |\n\n"
        "[^n]: Small response everything was Donaudampfschifffahrtsgesellschaftskapitän recovery not.",
    ),
    "a title takes eight lines in the plain theme": (
        'theme = "plain"\n|page-size = "4in 6in"',
        "# War Übergang war Übergang too langsam auch Lampe die und daß\n\nText.",
    ),
    "a table of sixteen long words in each row stands on a small page": (
        'page-size = "4in 6in"',
        "\n".join("| " + " | ".join(row) + " |" for row in (["StationObservationRepository"] * 16, ["--:"] * 16)),
    ),
    "the first cell of a row has no room for its note, and the next one has room": (
        'page-size = "4in 6in"',
        "| they word[^n] | 8.00 | a | from summer | 8.00 | yes | number with | n/a | or out |\n"
        + "|---" * 9
        + "|\n"
        + "| river responsibility | measures memory system | 8.00 | perhaps | yes | 12 % | a | n/a | we |\n" * 12
        + "\n[^n]: Often quiet.\n",
    ),
}
"""What is in a book -> its lines of `[style]`, after `|` if the book names a theme before it, and its text."""


@pytest.mark.parametrize("case", FOUND)
def test_it_is_made(case: str, tmp_path: Path) -> None:
    """Both files are made, and the checks find nothing."""
    style, text = FOUND[case]
    theme, _, style = style.rpartition("|")
    folder = tmp_path / "book"
    folder.mkdir()
    title = "" if text.startswith(("#", "---")) else "# One\n\n"
    (folder / "a.md").write_text(f"{title}{text}\n", encoding="utf-8")
    (folder / "tall.svg").write_text(TALL, encoding="utf-8")
    (folder / "words.svg").write_text(WORDS, encoding="utf-8")
    settings = f'format = 1\n{theme}title = "Found"\nauthors = ["A"]\n[order]\nchapters = ["a.md"]\n[style]\n{style}\n'
    (folder / "book.toml").write_text(settings, encoding="utf-8")
    assert faults(folder, tmp_path / "out") == ()
