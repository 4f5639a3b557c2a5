"""Rules of what surrounds the text: heads, page numbers, empty pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Line, Setting, Sheet, excerpt


def head_on_opener(setting: Setting) -> Iterator[Fault]:
    """The first page of a chapter or a section has a running head, or no page number at its foot.

    The page has its title; a running head would repeat it. A style of the book has changed `@page :first`. The page of
    a part has neither.
    """
    for sheet in setting.sheets[:1]:
        opener = next((line for line in sheet.of("text") if line.node.inside("opener") is not None), None)
        if opener is None or opener.node.inside("part") is not None:
            continue
        heads = _heads(sheet)
        if heads:
            message = f"the first page of a file has a running head: {excerpt(heads[0].words)}"
            yield Fault(0, opener.node.position, message, "remove it from @page :first")
        if not any(line.edges.top > sheet.block.bottom for line in sheet.of("margin")):
            yield Fault(0, opener.node.position, "the first page of a file has no page number at its foot", "add it")


def _heads(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.of("margin") if line.baseline < sheet.block.top]


def blank_page_with_words(setting: Setting) -> Iterator[Fault]:
    """A page that is left empty, so that a chapter begins on the right, has a head or a folio.

    Empty pages are empty. A style of the book prints something on `@page :blank`.
    """
    for page, sheet in enumerate(setting.sheets):
        if sheet.blank and sheet.lines:
            message = f"an empty page is not empty: {excerpt(sheet.lines[0].words)}"
            yield Fault(page, "", message, "print nothing on @page :blank")


def wrong_side(setting: Setting) -> Iterator[Fault]:
    """A file begins on the other side than expected, or with an empty page.

    Chapters begin on a right-hand page, and Compositor itself leaves the page before them empty. A style sheet of the
    book sets another `break-before` for `html`.
    """
    first = setting.sheets[0]
    if first.side != setting.side or (first.blank and len(setting.sheets) > 1):
        message = f"a file begins here but should begin on a {setting.side}-hand page"
        line = next((line for sheet in setting.sheets for line in sheet.of("text")), None)
        position = line.node.position if line is not None else ""
        yield Fault(0, position, message, "do not set break-before of html")


def wrapped_head(setting: Setting) -> Iterator[Fault]:
    """A running head takes more than one line.

    The theme cuts a head to one line, with an ellipsis; a style sheet of the book has changed that (`text-overflow`).
    Remove that rule, or give the chapter or section a `short-title` in its front matter, which the heads then print.
    """
    for page, sheet in enumerate(setting.sheets):
        heads = _heads(sheet)
        for before, line in pairwise(heads):
            if line.edges.left < before.edges.right and line.edges.top >= before.edges.bottom - 0.5:
                message = f"the running head takes more than one line: {excerpt(before.words)}"
                first = next(iter(sheet.of("text")), line)
                yield Fault(page, first.node.position, message, "give the file a short-title in its front matter")
                break
