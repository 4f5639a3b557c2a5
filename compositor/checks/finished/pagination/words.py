"""The first words of a page of the PDF, and the words after a mark in the EPUB, for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from lxml import etree

from compositor.checks.finished.runs import Run
from compositor.checks.finished.screen import XHTML, is_mark
from compositor.model import plain_letters

TYPE = "{http://www.idpf.org/2007/ops}type"
DRAWN = {f"{XHTML}img", "{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/1998/Math/MathML}math"}
CELLS = {f"{XHTML}td", f"{XHTML}th"}
BLOCKS = {f"{XHTML}{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "pre")}
KIND = "callout-kind"
"""The class of the word that names the kind of a callout."""
COMPARED = 12
"""Letters after a mark that must match the beginning of the page."""
RUNS = 4 * COMPARED
"""Runs that contain so many letters: an accent may be a run of its own."""
SAME_LINE = 6.0
"""Points between the tops of runs in one line of type: a number may be smaller than the text after it."""


def starts_of(body: Sequence[Run], reach: float) -> Iterator[str]:
    """Yield the text from the run that is painted first, and from each run close enough to the top of a page.

    A heading may be painted after the text below it, and a table may be on its side.

    On paper, the number of an exercise is followed by a reference to its answer: the end of a line may be left out.
    """
    if body:
        yield read(body[:RUNS])  # usually this matches, and nothing else has to be read
    top = min((run.top for run in body), default=0.0)
    plain = [plain_letters(run.letters) for run in body]
    known = ["".join(plain[index : index + RUNS]) for index in range(len(body))]
    for index, run in enumerate(body):
        if run.top <= top + reach:
            yield known[index]
            end = index + sum(1 for _ in line_of(body[index:]))
            line = "".join(plain[index:end])
            yield from (line + rest for rest in known)
            rest = "".join(plain[end:])
            yield from ("".join(plain[index:cut]) + rest for cut in range(index + 1, end))


def line_of(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs that are side by side with the first."""
    return takewhile(lambda run: abs(run.top - runs[0].top) < SAME_LINE, runs)


def read(runs: Iterable[Run]) -> str:
    return plain_letters("".join(run.letters for run in runs))


def words_behind(mark: etree._Element, one_block: bool = False, kinds: bool = True) -> tuple[bool, str]:
    """Return whether a picture directly follows a mark, and the letters after it in its document, or in its block.

    On a screen, the notes are after the text, on paper at the foot of the page: so it ends at the notes. A cell that
    continues on the next page may be followed there by one that began on the page before. Not every style prints the
    kind of a callout.
    """
    words, drawn = plain_letters(mark.tail or ""), False
    for element, tail in _after(mark):
        parted = tail and element.tag in CELLS and words != plain_letters("".join(map(str, element.itertext())))
        if len(words) >= COMPARED or element.get(TYPE) == "footnote" or (words and parted):
            break
        if one_block and words and tail and element.tag in BLOCKS:
            break
        if not tail and element.tag in DRAWN:
            drawn = drawn or not words
        elif not tail and not kinds and element.get("class") == KIND:
            continue
        elif tail or not is_mark(element):
            words += plain_letters((element.tail if tail else element.text) or "")
    return drawn, words


def up_to_the_next(mark: etree._Element) -> str:
    """Return the letters between a mark and the next mark, the notes, or the end of the document."""
    parts = [mark.tail]
    for element, tail in _after(mark):
        if element.get(TYPE) in ("pagebreak", "footnote"):
            break
        parts.append(element.tail if tail else element.text)
    return plain_letters("".join(part or "" for part in parts))


def _after(mark: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the elements after another in text order, and again (with True) where the text after them is due."""
    above = mark
    while True:
        for sibling in above.itersiblings():
            yield from _inside(sibling)
        parent = above.getparent()
        if parent is None:
            return
        yield parent, True
        above = parent


def _inside(element: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    yield element, False
    if element.tag not in DRAWN:
        for child in element:
            yield from _inside(child)
    yield element, True
