"""Remedies of findings on finished pages: chapters that each break a page rule, and what mends them."""

from __future__ import annotations

from tests.formats.pdf.test_page_findings import CASES, LISTING, LONG_LISTING, PLAIN, ROWS, STYLE, TEXT, TOML, WORDS

__all__ = ["CASES", "MENDED", "PLAIN", "SPOILT", "STYLE", "TEXT", "TOML"]

BREAK = "::: {.page-break}\n:::"
MENDED = {
    "together": ("or shorten it", f"::: {{.keep-together}}\n\n{WORDS}\n\n:::"),
    "word": ("shorten it, or show where it may break", f"::: {{.unbroken}}\n\n{'a' * 30} {WORDS}\n\n:::"),
    "picture": ("{width=100%} fits", "::: {.wide}\n\n![A bar.](drawing.svg){width=100%}\n\n:::"),
    "cut": ("split what cannot continue on the next page", WORDS),
    "heading": (
        "or break the page before it with ::: {.page-break}",
        f"::: {{.fill-13}}\n:::\n\n{BREAK}\n\n::: {{.loose}}\n\n## Alone\n\n{TEXT}\n\n:::",
    ),
    "caption": (
        "break the page before it with ::: {.page-break}",
        f"::: {{.fill-13}}\n:::\n\n{BREAK}\n\n::: {{.loose}}\n\n"
        f'```text {{#lst-loose lst-cap="Loose"}}\n{LISTING}\n```\n\n:::',
    ),
    "widow": ("remove or add a line before it", f"::: {{.fill-15}}\n:::\n\nA line.\n\n::: {{.loose}}\n\n{TEXT}\n\n:::"),
    "end": ("remove or add a few lines before it", f"::: {{.fill-12}}\n:::\n\n{WORDS}"),
    "hole": ("move text before it", f"{TEXT * 2}\n\n::: {{.whole}}\n\n{WORDS}\n\n:::"),
    "listing": (
        "or put text before it",
        f"::: {{.fill-12}}\n:::\n\n{TEXT}\n\n::: {{.loose}}\n\n```text\n{LISTING}\n```\n\n:::",
    ),
    "silent": ("do not change the strings of pre.long in the style sheet", f"```text\n{LONG_LISTING}\n```"),
    "parted": ("or move some into the text", f"::: {{.fill-12}}\n:::\n\nCalled. {WORDS}\n\n{TEXT * 3}"),
    "sunk": ("split what cannot continue on the next page", WORDS),
    "heavy": ("or use another", f"{WORDS}"),
    "ladder": ("reword one of them", f"::: {{.narrow}}\n\n{'Words of a few letters each ' * 5}\n\n:::"),
    "loose": (
        "allow a hyphen in the word after it",
        f"Words.\n\nOnce {'m' * 18} {'nnn&shy;' * 13}n and so it goes on. {WORDS}",
    ),
    "short": ("reword the paragraph", f"{WORDS} so.\n\n{WORDS}"),
    "sizes": ("set fewer sizes", "Text.\n\n" + "\n\n".join(f"::: {{.size-{n}}}\n\n{WORDS}\n\n:::" for n in (1, 2))),
    "coarse": ("or print it smaller: {width=4.2cm}", "![A coarse one.](coarse.png){width=4.2cm}"),
    "plain": ("or print it smaller: {width=8.4cm}", "![A plain one.](plain.png){width=8.4cm}"),
    "grid": ("a height of whole lines", f"::: {{.fill-15}}\n:::\n\n{TEXT}\n\n{TEXT * 6}"),
    "headless": ("shorten its head or row", f"| A | B |\n|---|---|\n{ROWS}"),
    "many": ("remove columns", f"|{' words |' * 5}\n|{'---|' * 5}\n|{' a |' * 5}"),
    "wide": ("remove columns", f"|{' words |' * 6}\n|{'---|' * 6}\n|{' a |' * 6}"),
    "columns": ("remove columns", f"|{' A |' * 7}\n|{'---|' * 7}\n|{' a |' * 7}"),
    "figure": (
        "write @fig-lonely where one should look at it",
        "At @fig-lonely.\n\n![Lonely.](drawing.svg){#fig-lonely fig-alt=A}",
    ),
}
"""Chapter -> the decisive words of the remedy, and the text of the chapter after it."""
SPOILT = {
    "a head on an opener": "remove it from @page :first",
    "no folio on an opener": "add it",
    "an empty page with words": "print nothing on @page :blank",
    "a head of two lines": "give the file a short-title in its front matter",
    "a chapter on the left": "do not set break-before of html",
    "a font of the machine": "declare the font with @font-face, or use another",
    "lines too short": "change margin-outer, margin-inner or text-size in [style]",
}
"""A style with a fault -> the decisive words of the remedy, which is to remove it."""
