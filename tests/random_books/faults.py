"""An author -> a fault that causes a warning, although the book is made."""

from __future__ import annotations

from tests.random_books.author import Author

FAULTS = (
    "![A picture that is not there.](figures/none.png){{#fig-none-{number}}}",
    "An ![](figures/none.svg) in a line, and ![{word}](https://example.org/badge.svg) from the web.",
    "See @fig-nowhere and [{word}](none.md), [a place](#nowhere), [b][c], [](https://example.org), [d](my file.md).",
    "###### A level that is too deep\n\n{sentence}",
    "#  A second title: {word}\n\n{sentence}",
    "##\n\n{sentence}",
    "A call without a note.[^nothing]",
    "[^uncalled-{number}]: A note that nothing calls.",
    '<div class="x">\n<b>{word}</b> <u>{word}</u> &amp; <img src="a.png" alt="drawn">\n</div>',
    'Words with <font color="red">{word}</font> and <kbd>{word} without an end.',
    "[{word}]{{x y}} and [{word}]{{colour=red}} and {{{{< var nothing >}}}} and {{{{< var >}}}}.",
    "> [!FOO]\n> {sentence}",
    "::: {{.open}}\n{sentence}",
    '```python {{include="none.py"}}\n```',
    "```text {{colour=red}}\nx = 1\n```",
    "```python\ny = 2  # <1> <2>\n```\n\n1. First.",
    "| a | b |\n|---|---|\n| 1 | 2 | 3 |\nand so on",
    "| < | b |\n|---|---|\n| ^ | 2 |",
    "::: {{.csv file=none.csv}}\n:::",
    "::: {{.table-notes}}\n{sentence}\n:::",
    "::: {{.answer}}\n{sentence}\n:::",
    "::: {{#fig-more-{number} layout-ncol=7}}\n- an item\n:::",
    'A [{word}]{{.term}}, []{{.index}} and [{word}]{{.index term="a!b!c"}}; as [@nobody1900] and [see @nobody].',
    "$\\nosuchcommand{{x}}$ and $x^{{$ and\n\n$$\n\\frac{{1}}\n$$",
    "[TOC]\n\n!!! note\n    {sentence}\n\n=={word}== and ##Words",
    "{{{{< include _none.md >}}}}",
    "```python\nnever closed\n",
)


def fault(author: Author) -> str:
    """Return one of these faults."""
    words = {"word": author.prose.word(), "sentence": author.prose.sentence(), "number": author.number()}
    return author.one_of(FAULTS).format(**words)
