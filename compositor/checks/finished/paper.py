"""PDF -> runs: what pdfium, the engine of Chromium, extracts and a reader can see, in the order of painting.

The order of painting is used, not the tag tree: every PDF has it, copying and searching follow it, and the tag tree of
WeasyPrint 70 puts nested lists before their items. In it, notes, heads and folios come after the text of a page;
`completeness` handles that. One text object is one line of one inline box, so a block begins and ends with a run.
Nothing is rendered; 150 pages take less than half a second.

A text is invisible if its mode or its colour is none, if it has the colour of its background, if it is outside the
page, or if a clipping path excludes it. Text that is painted over later counts as visible.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from compositor.checks.finished.directions import SHAPED, from_left_to_right
from compositor.checks.finished.runs import Run, letters

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""
Colour = tuple[int, int, int, int]
Matrix = tuple[float, float, float, float, float, float] | None
"""The matrix as PDF writes it; None if nothing is moved."""
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
INVISIBLE_MODES = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
SLACK = 1.5
"""Points by which a glyph's box may stick out, because of side bearings and slanted letters."""
CONTRAST = 12
"""Difference in the strongest channel, of 255, below which two colours cannot be told apart."""
WHITE: Colour = (255, 255, 255, 255)
PICTURES = frozenset({"Figure", "Formula"})
"""Marks of content that is a picture: its letters are compared by its alternative text."""
DRAWINGS = frozenset({"Figure"})
FURNITURE, FAINT = frozenset({"Artifact"}), frozenset({"faint"})
"""The mark of what is not part of the text (heads, folios, repeated heads of tables); what a form makes transparent."""
MARK_LENGTHS = {2 * len(name) + 2 for name in PICTURES | FURNITURE}


@dataclass(slots=True)
class _Page:
    """A page while it is read: its handles, its box, and the coloured areas painted so far."""

    number: int
    page: Any
    text: Any
    box: Box
    areas: list[tuple[Box, Colour]]
    turned: Mapping[int, str]
    """Address of each text object -> its characters from left to right; empty if no line is reversed."""
    picture: Any = None
    """The page in grey, one pixel a point; made only if something is transparent."""


def read_page(page: Any) -> tuple[tuple[Run, ...], str]:
    """Return the runs of a page of pypdfium2, in the order of painting and without its number, without the letters in
    pictures; and the text in its pictures."""
    text = page.get_textpage()
    return tuple(_runs(page, text, 0)), "".join(_written(page, text))


def _written(page: Any, text: Any) -> Iterator[str]:
    count = pdfium.FPDFPage_CountObjects(page.raw)
    waiting = [(pdfium.FPDFPage_GetObject(page.raw, number), False) for number in range(count)]
    while waiting:
        item, inside = waiting.pop()
        inside = inside or _marked(item, DRAWINGS)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and inside:
            yield _read(item, text.raw)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdfium.FPDFFormObj_CountObjects(item)
            waiting += [(pdfium.FPDFFormObj_GetObject(item, n), inside) for n in range(count)]


def _runs(page: Any, text: Any, number: int) -> Iterator[Run]:
    media, crop = page.get_mediabox(), page.get_cropbox()
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    reading = _Page(number, page, text.raw, box, [], from_left_to_right(text))
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield from _object(reading, pdfium.FPDFPage_GetObject(page.raw, index), None, frozenset())


def _object(reading: _Page, item: Any, outer: Matrix, around: frozenset[str]) -> Iterator[Run]:
    """Yield the runs of an object; `around` is what holds for the forms around it: faint, or a mark."""
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        run = None if _marked(item, PICTURES) else _text(reading, item, outer, around)
        if run is not None:
            yield run
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _keep_area(reading, item, outer)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and not _marked(item, PICTURES):
        inner = _inner(item, outer)
        said = (FAINT, bool(pdfium.FPDFPageObj_HasTransparency(item))), (FURNITURE, _marked(item, FURNITURE))
        around = around.union(*(one for one, holds in said if holds))
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _object(reading, pdfium.FPDFFormObj_GetObject(item, index), inner, around)


def _inner(form: Any, outer: Matrix) -> Matrix:
    """Convert coordinates inside a form, such as a group with an opacity, to those of the page."""
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(form, found)
    a, b, c, d, e, f = outer or IDENTITY
    return (
        found.a * a + found.b * c, found.a * b + found.b * d,
        found.c * a + found.d * c, found.c * b + found.d * d,
        found.e * a + found.f * c + e, found.e * b + found.f * d + f,
    )  # fmt: skip


_NAME = (ctypes.c_ushort * 64)()
_LENGTH = ctypes.c_ulong()


def _marked(item: Any, names: frozenset[str]) -> bool:
    """Return whether an object is in content with one of these marks."""
    for index in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        pdfium.FPDFPageObjMark_GetName(mark, _NAME, 128, _LENGTH)
        if _LENGTH.value in MARK_LENGTHS and ctypes.string_at(_NAME, _LENGTH.value - 2).decode("utf-16-le") in names:
            return True
    return False


_TEXT = (ctypes.c_ushort * 8192)()


def _read(item: Any, text: Any) -> str:
    """Return the characters of a text object."""
    size = pdfium.FPDFTextObj_GetText(item, text, buffer := _TEXT, 8192)
    if size > 8192:
        pdfium.FPDFTextObj_GetText(item, text, buffer := (ctypes.c_ushort * size)(), size)
    return ctypes.string_at(buffer, max(0, size - 2)).decode("utf-16-le", "replace")


def _text(reading: _Page, item: Any, outer: Matrix, around: frozenset[str]) -> Run | None:
    shown = letters(_read(item, reading.text))
    drawn = reading.turned.get(ctypes.addressof(item.contents), "") if reading.turned else ""
    if drawn and not SHAPED.search(shown):
        shown = letters(drawn)
    if not shown:
        return None
    box = _bounds(item, outer)
    why = _unpainted(item) or _blends_in(reading, item, box)
    why = why or (_leaves_no_trace(reading, box) if around >= FAINT else "")
    window = reading.box if outer else _window(reading, item)
    if not why and not _inside(box, window):
        cut = "cut off" if window != reading.box else "off the page"
        why = "" if not outer and _letters_inside(reading, item, window) == shown else cut
    content, aside = pdfium.FPDFPageObj_GetMarkedContentID(item), around >= FURNITURE or _marked(item, FURNITURE)
    return Run(shown, reading.number, reading.box[3] - box[3], why, content, box[0], drawn, aside)


_LEFT, _BOTTOM, _RIGHT, _TOP = (ctypes.c_float() for _ in range(4))
_RED, _GREEN, _BLUE, _ALPHA = (ctypes.c_uint() for _ in range(4))


def _bounds(item: Any, outer: Matrix) -> Box:
    left, bottom, right, top = _LEFT, _BOTTOM, _RIGHT, _TOP
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    box = left.value, bottom.value, right.value, top.value
    if outer is None:
        return box
    a, b, c, d, e, f = outer
    across = [x * a + y * c + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    upward = [x * b + y * d + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(across), min(upward), max(across), max(upward)


def _inside(box: Box, window: Box) -> bool:
    left, bottom, right, top = window
    return left - SLACK <= box[0] and bottom - SLACK <= box[1] and box[2] <= right + SLACK and box[3] <= top + SLACK


def _unpainted(item: Any) -> str:
    return "set as invisible" if pdfium.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE_MODES else ""


def _colour(item: Any) -> Colour:
    red, green, blue, alpha = _RED, _GREEN, _BLUE, _ALPHA
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, alpha.value


def _blends_in(reading: _Page, item: Any, box: Box) -> str:
    """Return why a text has too little contrast to the last area below it; a frame counts, so pixels decide."""
    colour = _colour(item)
    if colour[3] <= CONTRAST:
        return "transparent"
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    ground = WHITE
    for area, painted in reversed(reading.areas):
        if area[0] <= middle[0] <= area[2] and area[1] <= middle[1] <= area[3]:
            ground = painted
            break
    near = max(abs(a - b) for a, b in zip(colour[:3], ground[:3], strict=True)) < CONTRAST
    return "in the colour of its background" if near and _leaves_no_trace(reading, box) else ""


def _leaves_no_trace(reading: _Page, box: Box) -> str:
    """Return why nothing inside this box is visible on the rendered page; empty if something is."""
    if reading.picture is None:
        reading.picture = reading.page.render(scale=1, grayscale=True).to_pil()
    left, top = reading.box[0], reading.box[1] + reading.picture.height  # the page begins outside 0 if it has a bleed
    corners = int(box[0] - left), int(top - box[3]), int(box[2] - left) + 1, int(top - box[1]) + 1
    low, high = reading.picture.crop(corners).getextrema()
    return "transparent" if high - low < CONTRAST else ""


def _keep_area(reading: _Page, item: Any, outer: Matrix) -> None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    if mode.value and (colour := _colour(item))[3] > 127:
        reading.areas.append((_bounds(item, outer), colour))


def _window(reading: _Page, item: Any) -> Box:
    """Return the page's box, minus what clipping paths exclude."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    window = reading.box
    for index in range(max(0, count)):
        points = list(_points(clip, index))
        if points:
            across, down = [p[0] for p in points], [p[1] for p in points]
            window = (
                max(window[0], min(across)), max(window[1], min(down)),
                min(window[2], max(across)), min(window[3], max(down)),
            )  # fmt: skip
    return window


def _points(clip: Any, index: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFClipPath_CountPathSegments(clip, index)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, index, number)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def _letters_inside(reading: _Page, item: Any, window: Box) -> str:
    """Return the letters of a text whose middles are inside the window; slow, and needed only if a line sticks out."""
    address = ctypes.addressof(item.contents)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    kept = []
    for index in range(pdfium.FPDFText_CountChars(reading.text)):
        owner = pdfium.FPDFText_GetTextObject(reading.text, index)
        if not owner or ctypes.addressof(owner.contents) != address:
            continue
        pdfium.FPDFText_GetCharBox(reading.text, index, left, right, bottom, top)
        across, up = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        if window[0] <= across <= window[2] and window[1] <= up <= window[3]:
            kept.append(chr(pdfium.FPDFText_GetUnicode(reading.text, index)))
    return letters("".join(kept))
