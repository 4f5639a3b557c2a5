"""An author -> blocks: paragraphs, headings, lists, quotations, callouts, exercises, figures, nested in one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.random_books.author import TERMS, Author, inside, quoted
from tests.random_books.code import LISTINGS
from tests.random_books.lines import FORMULAS, line, paragraph, sentence
from tests.random_books.tables import table

DEEPEST = 3
KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "EXERCISE", "JOKE", "QUESTION")
ATTRIBUTES = (".aside", ".keep-together", "lang=de", ".keep-together lang=fr", "#place-{}")
LONG_FORMULA = " + ".join(f"\\frac{{a_{{{n}}}}}{{b_{{{n}}} + c}}" for n in range(14))
DISPLAYED = (
    *FORMULAS,
    f"S = {LONG_FORMULA}",
    "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}^{-1}",
    "\\begin{aligned} a &= b + c \\\\ &= d \\end{aligned}",
    "f(x) = \\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
    "a = b \\tag{7}",
    "\\begin{align} a &= b \\label{eq:none} \\\\ c &= d \\nonumber \\end{align}",
    "\\begin{gather*} a = b \\\\ \\sum_{\\substack{i < n \\\\ j < m}} a_{ij} \\end{gather*}",
    "\\left[\\begin{array}{c|cc} 1 & 2 & 3 \\\\ \\hline 4 & 5 & 6 \\end{array}\\right]",
    "\\overbrace{" + LONG_FORMULA + "}^{\\text{as wide as it is}}",
    f"\\begin{{aligned}} S &= {LONG_FORMULA} \\\\ &\\le \\infty \\end{{aligned}}",
    "\\begin{bmatrix} " + " \\\\ ".join([" & ".join(["a_{ij}"] * 9)] * 9) + " \\end{bmatrix}",
    "\\newcommand{\\norm}[1]{\\left\\lVert #1 \\right\\rVert} \\norm{x + y} \\le \\norm{x} + \\norm{y}",
)


def some(author: Author, depth: int, most: int = 3) -> str:
    """Return a few blocks inside another one."""
    return "\n\n".join(block(author, depth + 1) for _ in range(author.dice.randint(1, most)))


def items(author: Author, depth: int) -> str:
    """Return a list: of bullets, numbers, or tasks; tight or loose; with blocks and lists inside."""
    kind = author.one_of(("- ", "- ", "* ", "1. ", "1. ", "9. ", "998. ", "- [ ] ", "- [x] ", "1) "))
    count = author.dice.randint(1, author.one_of((4, 4, 6, 13)))
    loose, done = author.chance(0.3), []
    first = int(kind[:-2]) if kind[0].isdigit() else 0
    for at in range(count):
        marker = f"{first + at}{kind[-2:]}" if first else kind
        name = f"{{#{author.label('item')}}} " if first and author.chance(0.1) else ""
        text = name + (sentence(author) if author.chance(0.6) else line(author, 1, 5))
        if depth < DEEPEST and author.chance(0.12):
            text += "\n\n" + some(author, depth, 2) if loose else "\n" + items(author, depth + 1)
        done.append(inside(" " * 0 + marker, text) if "[" not in marker else inside("- ", marker[2:] + text))
    return ("\n\n" if loose else "\n").join(done)


def definitions(author: Author, depth: int) -> str:
    """Return terms and what they mean."""
    more = "\n\n  " + author.prose.sentence() if author.chance(0.2) else ""
    return "\n\n".join(f"{line(author, 1, 3)}\n: {sentence(author)}{more}" for _ in range(author.dice.randint(1, 4)))


def quotation(author: Author, depth: int) -> str:
    """Return a quotation, sometimes with its source."""
    source = f"\n\n{author.one_of(('-- ', '— '))}{line(author, 2, 6)}" if author.chance(0.5) else ""
    return quoted(some(author, depth, 2) + source)


def callout(author: Author, depth: int) -> str:
    """Return a callout of any kind, sometimes with a title, sometimes longer than half a page."""
    title = f" {line(author, 1, 6)}" if author.chance(0.4) else ""
    return quoted(f"[!{author.one_of(KINDS)}]{title}\n{some(author, depth, author.one_of((1, 2, 2, 5)))}")


def division(author: Author, depth: int) -> str:
    """Return a block with attributes."""
    colons = ":" * (3 + DEEPEST - depth)
    return f"{colons} {{{author.one_of(ATTRIBUTES).format(author.number())}}}\n{some(author, depth)}\n{colons}"


def exercise(author: Author, depth: int) -> str:
    """Return an exercise with an answer or without."""
    colons, title = ":" * (3 + DEEPEST - depth), f' title="{author.prose.title()}"' if author.chance(0.5) else ""
    answer = f"\n\n::: {{.answer}}\n{paragraph_or_list(author)}\n:::" if author.chance(0.7) else ""
    return f"{colons} {{#{author.label('exr')} .exercise{title}}}\n{paragraph(author)}{answer}\n{colons}"


def paragraph_or_list(author: Author) -> str:
    """Return a block that an answer may hold: no headings and no notes."""
    before, author.in_note = author.in_note, True
    text = author.one_of((paragraph, lambda a: items(a, DEEPEST), author.one_of(LISTINGS)))(author)
    author.in_note = before
    return text


def figure(author: Author, depth: int) -> str:
    """Return a picture with a number and a caption, of its own size or another."""
    width = author.one_of(("", "", " width=60%", " width=30%", " width=4cm", " .here", " .decorative"))
    name = f"#{author.label('fig')} " if author.chance(0.8) else ""
    return f'![{sentence(author)}]({author.picture()}){{{name}fig-alt="{author.prose.words(2, 9)}"{width}}}'


def panels(author: Author, depth: int) -> str:
    """Return a figure of several pictures."""
    one = '![{}]({}){{#{} fig-alt="{}"}}'
    name, count = author.label("fig"), author.dice.randint(2, 4)
    said = [
        one.format(
            author.one_of(("", author.prose.words(1, 5))), author.picture(), author.label("fig"), author.prose.word()
        )
        for _ in range(count)
    ]
    columns = author.one_of(("", f" layout-ncol={author.dice.randint(1, 4)}"))
    return f"::: {{#{name}{columns}}}\n" + "\n".join(said) + f"\n\n{sentence(author)}\n:::"


def formula(author: Author, depth: int) -> str:
    """Return a displayed formula, with a number or without."""
    if author.chance(0.1):
        return f"```math\n{author.one_of(DISPLAYED)}\n```"
    name = f" {{#{author.label('eq')}}}" if author.chance(0.4) else ""
    return f"$$\n{author.one_of(DISPLAYED)}\n$${name}"


def verse(author: Author, depth: int) -> str:
    """Return lines that keep their ends."""
    return "\n".join(
        f"| {author.one_of(('', '', '    '))}{line(author, 1, 12)}" for _ in range(author.dice.randint(2, 5))
    )


def epigraph(author: Author, depth: int) -> str:
    """Return words before the text, and who said them."""
    return f"::: {{.epigraph}}\n{sentence(author)}\n\n-- {line(author, 1, 4)}\n:::"


def folded(author: Author, depth: int) -> str:
    """Return a block that a web page folds."""
    return f"<details>\n<summary>{line(author, 1, 5)}</summary>\n\n{some(author, depth, 2)}\n\n</details>"


def of_the_web(author: Author, depth: int) -> str:
    """Return blocks that are written in HTML."""
    one, two = line(author, 1, 5), line(author, 1, 5)
    form = author.one_of(
        (
            "<ul><li>one<li><b>two</b></ul>",
            "<table><tr><th>one<th>two<tr><td rowspan=2>a<td>b<tr><td>c</table>",
            "<dl><dt>one</dt><dd>two</dd></dl>",
            '<p align="center">words of a <i>page</i></p>',
            "<pre><code>x = 1\n</code></pre>",
            '<div class="warning">\n\nwords of a *box*\n\n</div>',
            '<figure><img src="figures/from-html.png" alt="a"><figcaption>Words of <b>it</b></figcaption></figure>',
            '<table><tr><td><img src="figures/from-html.png" alt="in a cell"><td colspan=2>b</table>',
            "<center>\n\n### In the middle {.unnumbered}\n\n</center>" if not author.in_note else "<p>p</p>",
            "<ul><li><p>one</p><ol type=a><li>two</ol></ul>",
        )
    )
    return f'{form}\n\n<div align="right">\n\n{one}\n\n{two}\n\n</div>'


def for_one_format(author: Author, depth: int) -> str:
    """Return a block that one format has."""
    form = author.one_of(('visible when-format="pdf"', 'hidden when-format="pdf"', 'visible unless-format="pdf"'))
    return f"::: {{.content-{form}}}\n{author.prose.sentences(1, 3)}\n:::"


def long_note(author: Author, depth: int) -> str:
    """Return a call whose note holds blocks."""
    if author.in_note or depth:
        return paragraph(author)
    author.in_note = True
    held = "\n\n".join(block(author, DEEPEST) for _ in range(author.dice.randint(1, 3)))
    author.in_note = False
    name = f"n{author.number()}"
    author.waiting.append(f"[^{name}]: " + inside("    ", held)[4:])
    return f"{author.prose.sentence()}[^{name}] {author.prose.sentence()}"


def included(author: Author, depth: int) -> str:
    """Return a line that includes a file of blocks."""
    name = f"_part-{author.number()}.md"
    before, author.in_note = author.in_note, True
    author.files[name] = (author.settled(paragraph(author)) + "\n").encode()
    author.in_note = before
    return f"{{{{< include {name} >}}}}"


def apart(author: Author, depth: int) -> str:
    """Return a rule, a page break, a comment, the explanation of an abbreviation, or a range of the index."""
    term = author.one_of(TERMS)
    return author.one_of(
        (
            "---",
            "::: {.page-break}\n:::",
            "<!-- a comment -- with *stars* -->",
            f"*[NASA]: {author.prose.words(2, 4)}\n\n{author.prose.words(3, 6)} NASA {author.prose.sentence()}",
            f'[]{{.index term="{term}" range=start}}{paragraph(author)}[]{{.index term="{term}" range=end}}',
            f'[]{{.index term="{author.prose.word()}" see="{term}"}}{author.prose.sentence()} [{term}]{{.index}}',
        )
    )


def numbered_equations(author: Author, depth: int) -> str:
    """Return a formula of several rows with names of their own, and references to them."""
    if author.in_note:
        return paragraph(author)
    one, two = (f"eq:row-{author.number()}" for _ in range(2))
    author.labels.setdefault("eq", []).extend(name.replace(":", "-") for name in (one, two))
    rows = f"a + b &= {author.one_of(FORMULAS)} \\label{{{one}}} \\\\\n  c &= d \\label{{{two}}}"
    marks = author.one_of((("$$\n", "\n$$"), ("\\[\n", "\n\\]")))
    return f"{marks[0]}\\begin{{align}}\n{rows}\n\\end{{align}}{marks[1]}\n\nBy \\eqref{{{two}}}, {sentence(author)}"


def lettered(author: Author, depth: int) -> str:
    """Return a list with roman or alphabetic numbers, from any number on, as HTML writes it."""
    kind, first = author.one_of("iIaA1"), author.one_of((1, 1, 3, 26, 88, 997))
    inside = "".join(f"<li>{author.prose.sentence()}</li>\n" for _ in range(author.dice.randint(1, 14)))
    return f'<ol type="{kind}" start="{first}">\n{inside}</ol>'


def many_items(author: Author, depth: int) -> str:
    """Return a numbered list with wide numbers."""
    first = author.one_of((1, 95, 995, 9995))
    return "\n".join(f"{first + at}. {line(author, 2, 9)}" for at in range(author.dice.randint(4, 40)))


def short_form(author: Author, depth: int) -> str:
    """Return a block with a class or a language, in the short form."""
    colons = ":" * (3 + DEEPEST - depth)
    return author.one_of((f"{colons} aside", f"{colons} {{lang=fr}}")) + f"\n{some(author, depth, 2)}\n{colons}"


def listing(author: Author, depth: int) -> str:
    """Return a listing of any kind."""
    return author.one_of(LISTINGS)(author)


def text(author: Author, depth: int) -> str:
    """Return a paragraph."""
    return paragraph(author)


BLOCKS: Mapping[Callable[[Author, int], str], int] = {
    **{text: 50, items: 10, listing: 8, table: 6, figure: 6, callout: 5, quotation: 4, definitions: 3, formula: 3},
    **{
        exercise: 3,
        division: 2,
        panels: 2,
        verse: 2,
        long_note: 2,
        apart: 3,
        included: 1,
        folded: 1,
        of_the_web: 1,
        for_one_format: 1,
    },
    **{epigraph: 1, numbered_equations: 1, lettered: 1, many_items: 1, short_form: 1},
}
"""Every kind of block, and its frequency in a book."""
_KINDS, _WEIGHTS = tuple(BLOCKS), tuple(BLOCKS.values())
SIMPLE = (text, text, text, items, listing, table, figure, formula)
"""Blocks that contain no others, or only small ones."""


def block(author: Author, depth: int = 0) -> str:
    """Return one block, which may hold others up to a certain depth."""
    if depth >= DEEPEST:
        return author.one_of(SIMPLE)(author, depth)
    return author.dice.choices(_KINDS, _WEIGHTS)[0](author, depth)


def heading(author: Author, level: int) -> str:
    """Return a heading, sometimes with a name, without a number, or with more than words."""
    words = line(author, 1, 7) if author.chance(0.2) else author.prose.title()
    name = author.one_of(("", "", f" {{#{author.label('sec')}}}", " {.unnumbered}", " {-}"))
    if level < 3 and author.chance(0.1):
        return f"{words}{name}\n{'=-'[level - 1] * 5}"
    return f"{'#' * level} {words}{name}"
