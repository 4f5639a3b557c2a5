"""A text in one style -> the widths of its parts, and where it may be broken; it is shaped once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

WORD = re.compile(r"[^\W\d_]+")
"""Letters that a language may hyphenate, if only a mark or a space stands on either side."""
BESIDE = frozenset(" \u00a0,.;:!?()[]\"'’‘“”«»„…–—-")
SOFT_HYPHEN = "\u00ad"
SIGNS = frozenset("<>=≤≥±×·÷+−~≈")
"""A line should not end between one of these and a number."""
_NUMBER = re.compile(rb"[0-9]{1,2}(?![.,:]?[0-9]|\xc2\xa0)(?:\W|$)")
_PART = re.compile(rb"/?\w{1,2}(?:\W|$)")
_PART_BEFORE = re.compile(rb"(?:^|\W)\w{1,2}/$")
LINE_BREAK = 1
"""The bit of Pango's attributes of a letter that says that a line may begin with it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the clusters of a text begin, in bytes, and their distance from its start, in pixels; the places of its
    breaks."""

    starts: list[int]
    pens: list[float]
    breaks: list[tuple[int, bool]]
    """Byte offsets, and whether a hyphen is drawn there."""
    height: float
    baseline: float
    is_plain: bool
    """Whether all of it is in one face, so that each part has this height and baseline."""

    def at(self, byte: int) -> float:
        """Return the distance of a byte from the start, in pixels."""
        return self.pens[bisect_left(self.starts, byte)]

    @property
    def width(self) -> float:
        return self.pens[-1]


def is_torn(text: bytes, byte: int) -> bool:
    """Return whether a line that ends here divides what is read as one: `I/O`, `< 60`, `or 1`."""
    before, after = text[max(byte - 4, 0) : byte], text[byte : byte + 5]
    if before.endswith(b"/"):
        return bool(_PART.match(after) or _PART_BEFORE.search(before))
    if not before.endswith(b" "):
        return False
    sign = text[:byte].rstrip(b" ")[-3:].decode(errors="ignore")[-1:]
    return (sign in SIGNS and after[:1].isdigit()) or bool(_NUMBER.match(after))


def is_between(text: bytes, byte: int) -> bool:
    """Return whether at least three bytes without a space stand on either side."""
    around = text[max(byte - 3, 0) : byte + 3]
    return len(around) == 6 and b" " not in around


def shape(text: str, style: Any, context: Any) -> Shape:
    """Shape a text without breaking it."""
    from weasyprint.text.ffi import FROM_UNITS, pango
    from weasyprint.text.line_break import create_layout, line_size

    layout = create_layout(text, style, context, None, 0)
    starts, widths, faces = _clusters(layout)
    _, height = line_size(layout.get_first_line()[0], style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    pens = [0.0, *accumulate(widths)]
    wraps = style["white_space"] in ("normal", "pre-line")
    places = dict(_breaks(layout, text)) if wraps else {}
    if wraps and style["hyphens"] != "none":
        places |= _hyphens(text, style, context)
    layout.deactivate()
    is_plain = faces == 1 and style["letter_spacing"] == "normal"
    return Shape(starts, pens, sorted(places.items()), height, baseline, is_plain)


def _clusters(layout: Any) -> tuple[list[int], list[float], int]:
    """Return where the glyphs of a line from left to right belong, in bytes; their widths; and the number of faces."""
    from weasyprint.text.ffi import FROM_UNITS, ffi

    line, _ = layout.get_first_line()
    run, starts, widths, faces = line.runs[0], list[int](), list[float](), set[int]()
    size = ffi.sizeof("PangoGlyphInfo")
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        count = glyphs.num_glyphs
        faces.add(int(ffi.cast("intptr_t", item.analysis.font)))
        raw = memoryview(ffi.buffer(glyphs.glyphs, count * size)).cast("i")
        widths += [width * FROM_UNITS for width in raw[1 :: size // 4]]
        starts += [item.offset + cluster for cluster in ffi.unpack(glyphs.log_clusters, count)]
        run = run.next
    return starts, widths, len(faces)


def _breaks(layout: Any, text: str) -> Iterator[tuple[int, bool]]:
    """Yield the bytes inside a text where Pango may break it, and whether a soft hyphen is there."""
    from weasyprint.text.ffi import ffi, pango

    found = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
    size = ffi.sizeof("PangoLogAttr")
    attributes = memoryview(ffi.buffer(found, (len(text) + 1) * size)).cast("I")[:: size // 4]
    byte = 0
    for index, letter in enumerate(text):
        if index and attributes[index] & LINE_BREAK:
            yield byte, text[index - 1] == SOFT_HYPHEN
        byte += 1 if letter < "\x80" else len(letter.encode())


def _hyphens(text: str, style: Any, context: Any) -> dict[int, bool]:
    """Return where words may be hyphenated by the dictionary of the language; every value is True."""
    import pyphen

    lang = style["lang"] and pyphen.language_fallback(style["lang"])
    if style["hyphens"] != "auto" or not lang:
        return {}
    total, left, right = style["hyphenate_limit_chars"]
    key = (lang, left, right, total)
    dictionary = context.dictionaries.get(key)
    if dictionary is None:
        dictionary = context.dictionaries[key] = pyphen.Pyphen(lang=lang, left=left, right=right)
    found: dict[int, bool] = {}
    for match in WORD.finditer(text):
        start, end = match.span()
        around = text[start - 1 : start] + text[end : end + 1]
        if end - start >= total and BESIDE.issuperset(around):
            first = len(text[:start].encode())
            for at in dictionary.positions(match.group()):
                found[first + len(match.group()[:at].encode())] = True
    return found
