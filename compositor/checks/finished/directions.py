"""Runs of a line that is read from right to left -> one run, in reading order.

Such a line is painted from left to right. Every PDF reader reverses it in its own way, and none knows which end of a
line with words of both directions comes first. The structure tree knows: screen readers use it. Its text is taken if
the glyphs of the line have the same letters, and the same words are next to each other.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import Any

import pypdfium2.raw as pdfium

from compositor.checks.finished.runs import BACKWARD, Run, letter_counts, letters

SHAPED = re.compile("[\u0590-\u1cff\u200c-\u200f\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U0001efff]")
"""Letters whose order is not that of their places on the page."""
OTHERWISE = str.maketrans("()[]{}«»", ")(][}{»«")


def from_left_to_right(text: Any) -> dict[int, str]:
    """Return address of a text object -> its characters from left to right, for a page with right-to-left letters.

    Together with such a line, pdfium reverses neighbouring text too: `Table 1.1` before a Hebrew title, or the next
    cell.
    """
    found: dict[int, list[tuple[float, str]]] = {}
    if BACKWARD.search(text.get_text_range()):
        for index in range(pdfium.FPDFText_CountChars(text.raw)):
            owner = pdfium.FPDFText_GetTextObject(text.raw, index)
            if owner:
                character = _along(text.raw, index), chr(pdfium.FPDFText_GetUnicode(text.raw, index))
                found.setdefault(ctypes.addressof(owner.contents), []).append(character)
    return {address: _drawn(characters) for address, characters in found.items()}


def _along(text: Any, index: int) -> float:
    """Return how far along its line a character begins; in a table on its side, how high it is."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    placed = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    pdfium.FPDFText_GetMatrix(text, index, placed)
    return bottom.value * placed.b if abs(placed.b) > abs(placed.a) else left.value


def _drawn(characters: Sequence[tuple[float, str]]) -> str:
    """Return characters with their places, given in the order of pdfium, from left to right."""
    ordered = sorted(characters, key=lambda one: one[0])
    text = _whole("".join(letter for _, letter in ordered))
    return text if ordered == list(characters) else _facing_in(text)


def _whole(text: str) -> str:
    """Join the halves of characters beyond U+FFFF, which pdfium gives one by one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _facing_in(text: str) -> str:
    """Return a text in which brackets that pdfium has reversed with the line, as in `]2[`, face each other again."""
    turned = text.translate(OTHERWISE)
    return turned if turned != text and _is_balanced(turned) and not _is_balanced(text) else text


def _is_balanced(text: str) -> bool:
    open_ = 0
    for letter in text:
        open_ += (letter in "([{«") - (letter in ")]}»")
        if open_ < 0:
            return False
    return not open_


def has_backward(runs: Sequence[Run]) -> bool:
    """Return whether there are right-to-left letters on a page."""
    return any(BACKWARD.search(run.letters) for run in runs)


def in_order_of_reading(page: Any, runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs of a page in reading order, which its structure tree gives."""
    return tuple(_read(runs, _spoken(page)))


def _read(runs: Sequence[Run], spoken: Mapping[int, str]) -> Iterator[Run]:
    for content, group in groupby(runs, key=lambda run: run.content):
        line = list(group)
        text = spoken.get(content, "")
        hidden = {run.hidden for run in line}
        if text and len(hidden) == 1 and _says(line, text):
            yield replace(line[0], letters=letters(text), top=min(run.top for run in line))
        else:
            yield from line


def _says(line: Sequence[Run], text: str) -> bool:
    """Return whether a text matches the glyphs of a line: the same letters, and the same words next to each other."""
    shown = "".join(run.letters for run in line).replace("\x02", "-")
    if letter_counts(shown) != letter_counts(letters(text)):
        return False
    drawn = _plain("".join(run.drawn for run in sorted(line, key=lambda run: run.left)))
    return all(_stand_in(drawn, words) for words in _backward(text))


def _backward(text: str) -> Iterator[list[str]]:
    """Yield the words of a text that are next to each other and read from right to left, without signs."""
    for is_latin, group in groupby(text.split(), key=_has_latin):
        if not is_latin:
            yield [plain for word in group if (plain := _plain(letters(word)))]


def _has_latin(word: str) -> bool:
    return any(unicodedata.bidirectional(letter) == "L" for letter in word)


def _stand_in(drawn: str, words: Sequence[str]) -> bool:
    """Return whether words follow one another from right to left, in letters that are given from left to right.

    One glyph may stand for several letters, in either order; so the letters of a word are counted.
    """
    wanted = [Counter(word) for word in reversed(words)]
    ends = [*accumulate(len(word) for word in reversed(words))]
    starts = [0, *ends[:-1]]
    return not words or any(
        all(Counter(drawn[at + a : at + b]) == one for a, b, one in zip(starts, ends, wanted, strict=True))
        for at in range(len(drawn) - ends[-1] + 1)
    )


def _plain(text: str) -> str:
    """Return only the right-to-left letters, without marks, digits and signs."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if BACKWARD.match(c) and c.isalpha())


def _spoken(page: Any) -> dict[int, str]:
    """Return number of a marked content on a page -> the text that its structure element gives."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    found: dict[int, str] = {}
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        waiting = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
        while waiting:
            element = waiting.pop()
            text = _actual(element) if element else ""
            for index in range(pdfium.FPDF_StructElement_CountChildren(element) if element else 0):
                number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
                if text and number >= 0:
                    found[number] = text
                waiting.append(pdfium.FPDF_StructElement_GetChildAtIndex(element, index))
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _actual(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetActualText(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetActualText(element, buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")
