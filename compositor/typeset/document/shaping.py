"""Text of shaped scripts -> the same marks on the page, and the letters of the source in text extraction.

A PDF has one text for a glyph, and WeasyPrint gives each glyph the first text that it meets. But in Arabic, pointed
Hebrew, Devanagari, Burmese or Khmer several glyphs draw a letter, a glyph serves several letters, and vowels stand
before the consonant after which they are written.

From left to right, a word whose glyphs do not give its text has an `ActualText` (ISO 32000-1, 14.9.4). From right to
left that does not help: PDF readers reverse such lines, and reverse an `ActualText` too. There, each cluster is one
glyph with the whole text, in a copy of the font if the glyph has another text there; marks are drawn as outlines.
WeasyPrint draws Latin words as always.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from hashlib import md5
from itertools import groupby
from typing import Any

from compositor.typeset.document.letters import BACKWARD, PRIVATE, RAISED, SHAPED, TWINS
from compositor.typeset.document.outlines import Outline, draw

FILLER = "\u200b"
"""The text of a glyph for which a cluster has no letter: PDF/UA-1 demands a text for every glyph (7.21.7)."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph, its place in its run and its width, in thousandths of its size; how far it is lowered, in pixels."""

    number: int
    at: float
    width: int
    lowered: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Letters that are drawn together, and the glyphs that draw them."""

    letters: str
    glyphs: Sequence[Glyph]


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line in one face and one direction, with its clusters from left to right."""

    stream: Any
    font: Any
    size: float
    backward: bool
    clusters: Sequence[Cluster]
    width: float
    """In thousandths of its size."""


def is_turned(box: Any) -> bool:
    """Return whether a box has text that is not drawn, or not entirely, in reading order."""
    from weasyprint.formatting_structure import boxes

    is_text = isinstance(box, boxes.TextBox)
    return is_text and (box.style["direction"] == "rtl" or BACKWARD.search(box.text) is not None)


def say_clusters() -> None:
    """Draw shaped text here, and the rest with WeasyPrint's function; called once in a process."""
    from weasyprint.draw import text
    from weasyprint.formatting_structure import boxes

    original = text.draw_first_line

    def draw_first_line(stream: Any, box: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        is_whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        shaped = isinstance(box, boxes.TextBox) and (is_turned(box) or _is_shaped(box.text))
        may_be = shaped or (isinstance(box, boxes.TextBox) and _is_raised(box))
        if may_be and is_whole and box.text.strip() and box.style["font_size"] > 0.01:
            items = list(_items(box))
            if all(_is_plain(item, stream.add_font(item.item.analysis.font)[0]) for item in items):
                runs = [_run(stream, box, item) for item in items]
                if shaped or not all(_is_said(run.font, one) for run in runs for one in run.clusters):
                    _draw(stream, runs, matrix)
                    return []
        return original(stream, box, text_overflow, block_ellipsis, matrix)

    text.draw_first_line = draw_first_line


def _is_shaped(text: str) -> bool:
    return bool(SHAPED.search(text) or PRIVATE.search(text))


def _is_raised(box: Any) -> bool:
    """Return whether a glyph in a box may serve two letters: a raised 2 and ², or two letters that look alike."""
    raised = box.style["font_variant_position"] != "normal" or RAISED.search(box.text) is not None
    return raised or TWINS.search(box.text) is not None


def _items(box: Any) -> Iterator[Any]:
    """Yield Pango's runs of a line, from left to right."""
    from weasyprint.text.ffi import ffi, pango

    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    run = box.pango_layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _is_plain(item: Any, font: Any) -> bool:
    """Return whether a run is drawn by outlines, and its face has every letter."""
    from weasyprint.text.ffi import pango

    glyphs = [info.glyph for info in item.glyphs.glyphs[0 : item.glyphs.num_glyphs]]
    missing = any(g & pango.PANGO_GLYPH_UNKNOWN_FLAG for g in glyphs if g != pango.PANGO_GLYPH_EMPTY)
    return not missing and not (font.bitmap or font.svg or font.png or font.colr)


def _run(stream: Any, box: Any, item: Any) -> Run:
    from weasyprint.text.ffi import FROM_UNITS, pango

    font, size = stream.add_font(item.item.analysis.font)
    size = box.style["font_size"] if pango.pango_version() < 14802 else size
    text, offset, scale = box.pango_layout.text.encode(), item.item.offset, 1000 * FROM_UNITS / size
    begins = [item.glyphs.log_clusters[index] for index in range(item.glyphs.num_glyphs)]
    ends = dict(zip(sorted(set(begins)), [*sorted(set(begins))[1:], item.item.length], strict=True))
    found, pen = [], 0.0
    for start, indexes in groupby(range(len(begins)), key=lambda index: begins[index]):
        glyphs = []
        for info in (item.glyphs.glyphs[index] for index in indexes):
            geometry = info.geometry
            if info.glyph != pango.PANGO_GLYPH_EMPTY:
                width = _width(stream, font, size, item.item.analysis.font, info.glyph)
                at = pen + geometry.x_offset * scale
                glyphs.append(Glyph(info.glyph, at, width, geometry.y_offset * FROM_UNITS))
            pen += geometry.width * scale
        found.append(Cluster(text[offset + start : offset + ends[start]].decode(), glyphs))
    backward = bool(item.item.analysis.level % 2)
    return Run(stream, font, size, backward, _with_their_marks(found, backward), pen)


def _with_their_marks(clusters: Sequence[Cluster], backward: bool) -> list[Cluster]:
    """Return letters with the vowels and accents after them, which some fonts draw as separate clusters."""
    found: list[Cluster] = []
    for cluster in reversed(clusters) if backward else clusters:
        if found and all(unicodedata.combining(letter) for letter in cluster.letters):
            letters, glyphs = found[-1].letters + cluster.letters, (*found[-1].glyphs, *cluster.glyphs)
            found[-1] = Cluster(letters, sorted(glyphs, key=lambda glyph: glyph.at) if backward else glyphs)
        else:
            found.append(cluster)
    return found[::-1] if backward else found


def _width(stream: Any, font: Any, size: float, face: Any, glyph: int) -> int:
    """Return the width of a glyph in its face, in thousandths of its size."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(face, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return int(font.widths[glyph])


def _draw(stream: Any, runs: Sequence[Run], matrix: Any) -> None:
    stream.set_text_matrix(*matrix.values)
    x, y = matrix.values[4:]
    outlines: list[Outline] = []
    for run in runs:
        pen = 0.0
        if run.backward or any(map(_is_beyond, run.clusters)):
            pen = _letter_by_letter(run)
            outlines += [_outline(run, glyph, x, y) for one in run.clusters for glyph in _split(one.glyphs)[1]]
        else:
            pen = _forward(run)
        if move := _move(pen, run.width):
            stream.show_text(move)
        x += run.width * run.size / 1000
    draw(stream, outlines)


def _outline(run: Run, glyph: Glyph, x: float, y: float) -> Outline:
    return Outline(run.font, glyph.number, run.size, x + glyph.at * run.size / 1000, y + glyph.lowered)


def _forward(run: Run) -> float:
    """Draw a run from left to right, word by word where glyphs do not give their letters; return where the pen is."""
    import pydyf

    pen, waiting = 0.0, list[Glyph]()
    run.stream.set_font_size(run.font.hash, run.size)
    for _, group in groupby(run.clusters, key=lambda cluster: cluster.letters.isspace()):
        word = list(group)
        glyphs = [glyph for cluster in word for glyph in cluster.glyphs]
        if all([_is_said(run.font, cluster) for cluster in word]) and not any(map(_is_private, word)):
            waiting += glyphs
            continue
        pen = _show(run.stream, pen, waiting)
        waiting = []
        letters = "".join(cluster.letters for cluster in word)
        run.stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(letters)}))
        pen = _show(run.stream, pen, glyphs)
        run.stream.end_marked_content()
    return _show(run.stream, pen, waiting)


def _is_private(cluster: Cluster) -> bool:
    return PRIVATE.search(cluster.letters) is not None


def _is_said(font: Any, cluster: Cluster) -> bool:
    """Return whether the glyphs of a cluster give its letters; a glyph without a text gets one.

    A letter that looks like a more frequent one does not claim the glyph.
    """
    glyphs, letters = cluster.glyphs, cluster.letters
    if len(glyphs) == 1 and not TWINS.search(letters):
        return _alike(font.to_unicode.setdefault(glyphs[0].number, letters), letters)
    guesses = font.__dict__.setdefault("guesses", {})
    for index, glyph in enumerate(glyphs):
        last = index == len(glyphs) - 1
        guesses.setdefault(glyph.number, (letters[index:] if last else letters[index : index + 1]) or FILLER)
    return not glyphs


def _alike(known: str, letters: str) -> bool:
    return known == letters or (known.isspace() and letters.isspace())


def _is_beyond(cluster: Cluster) -> bool:
    """Return whether a cluster may share its glyph and cannot say so: pdfium reads no such letters in an `ActualText`.
    """
    return max(cluster.letters) > "\uffff" and TWINS.search(cluster.letters) is not None


def _letter_by_letter(run: Run) -> float:
    """Draw the letters of a run in their places, each in a font where it has its text; return where the pen is."""
    pen = 0.0
    pairs = [(glyph, cluster.letters) for cluster in run.clusters for glyph in _split(cluster.glyphs)[0]]
    fonts = [(_font(run, glyph.number, letters), glyph) for glyph, letters in pairs]
    for font, group in groupby(fonts, key=lambda pair: pair[0]):
        run.stream.set_font_size(font.hash, run.size)
        pen = _show(run.stream, pen, [glyph for _, glyph in group])
    return pen


def _split(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Return the widest glyph of a cluster, which is its letter, and the marks around it."""
    letter = max(glyphs, key=lambda glyph: (not glyph.lowered, glyph.width), default=None)
    return [glyph for glyph in glyphs if glyph is letter], [glyph for glyph in glyphs if glyph is not letter]


def _font(run: Run, number: int, letters: str) -> Any:
    """Return the first font in which a glyph has this text or no text yet; make one if there is none.

    The text of a bracket in the font itself is what it looks like, not what it means in a text from right to left.
    """
    copies = run.font.__dict__.setdefault("copies", [run.font])
    for font in copies[1:] if unicodedata.mirrored(letters[0]) else copies:
        if _alike(font.to_unicode.setdefault(number, letters), letters):
            font.widths[number] = run.font.widths[number]
            return font
    made = copy(run.font)
    digest = md5(f"{run.font.hash} {len(copies)}".encode(), usedforsecurity=False).digest()
    made.hash = "".join(chr(65 + letter % 26) for letter in digest[:6])
    made.name = b"/" + made.hash.encode() + b"+" + run.font.name.partition(b"+")[2]
    made.to_unicode, made.widths, made.guesses = {number: letters}, {number: run.font.widths[number]}, {}
    run.stream._fonts["copy", made.hash] = made
    copies.append(made)
    return made


def _show(stream: Any, pen: float, glyphs: Sequence[Glyph]) -> float:
    """Draw glyphs at the places that Pango gave them; return where the pen is then."""
    line = ""
    for glyph in glyphs:
        if glyph.lowered and line:
            stream.show_text(line)
            line = ""
        line += f"{_move(pen, glyph.at)}<{glyph.number:04x}>"
        pen += round(glyph.at - pen) + glyph.width
        if glyph.lowered:
            stream.set_text_rise(-glyph.lowered)
            stream.show_text(line)
            stream.set_text_rise(0)
            line = ""
    if line:
        stream.show_text(line)
    return pen


def _move(pen: float, goal: float) -> str:
    """Return the number with which the operator TJ moves the pen, in thousandths; TJ subtracts it."""
    return f" {-round(goal - pen)} " if round(goal - pen) else ""
