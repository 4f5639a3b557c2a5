"""WeasyPrint's text in a PDF: which letters a glyph stands for, where several of them stand for several letters.

WeasyPrint 70 says of a base and its mark that the first of their glyphs stands for nothing and the last for both, and
keeps that for every later base without a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

EMPTY = 0x0FFFFFFF
"""Pango's name for no glyph; those that no font has come behind it. Source: pango-font.h, PANGO_GLYPH_EMPTY."""
NOMINAL = "hb_bool_t hb_font_get_nominal_glyph(hb_font_t*, hb_codepoint_t, hb_codepoint_t*);"


def name_glyphs() -> None:
    """Have every glyph stand for its letter in whatever company it comes."""
    from weasyprint.draw import text
    from weasyprint.text.ffi import ffi

    ffi.cdef(NOMINAL)
    original = text.draw_first_line

    def draw_first_line(stream: Any, box: Any, *arguments: Any) -> Any:
        if not box.text.isascii():
            _name(stream, box)
        return original(stream, box, *arguments)

    text.draw_first_line = draw_first_line


def _name(stream: Any, box: Any) -> None:
    """Tell the fonts what the glyphs of a line stand for, before WeasyPrint does."""
    for item, content in _runs(box):
        glyphs = [info.glyph for info in item.glyphs.glyphs[0 : item.glyphs.num_glyphs]]
        starts = list(item.glyphs.log_clusters[0 : len(glyphs)])
        if len(set(starts)) == len(starts):
            continue
        font, _ = stream.add_font(item.item.analysis.font)
        ends = sorted({*starts, len(content)})
        for start, end in pairwise(ends):
            together = [glyph for glyph, at in zip(glyphs, starts, strict=True) if at == start]
            if len(together) > 1:
                _name_cluster(font, together, content[start:end].decode())


def _runs(box: Any) -> Iterator[tuple[Any, bytes]]:
    """The runs of the first line of a text, each with the bytes that it sets."""
    from weasyprint.text.ffi import ffi

    line, _ = box.pango_layout.get_first_line()
    content, run = box.pango_layout.text.encode(), line.runs[0]
    while run != ffi.NULL:
        item = run.data
        yield item, content[item.item.offset : item.item.offset + item.item.length]
        run = run.next


def _name_cluster(font: Any, glyphs: list[int], letters: str) -> None:
    """Glyphs that stand for letters together: each for its own, and the first of the rest for what is left."""
    left, rest = list(letters), []
    for glyph in glyphs:
        own = next((letter for letter in left if _nominal(font, letter) == glyph), "")
        if own:
            left.remove(own)
            font.to_unicode[glyph] = own
        elif glyph < EMPTY:
            rest.append(glyph)
    for place, glyph in enumerate(rest):
        font.to_unicode.setdefault(glyph, "".join(left) if place == 0 else "")


def _nominal(font: Any, letter: str) -> int:
    """The glyph that a font has for a letter by itself; 0 for none."""
    from weasyprint.text.ffi import ffi, harfbuzz

    found = ffi.new("hb_codepoint_t *")
    return int(found[0]) if harfbuzz.hb_font_get_nominal_glyph(font.hb_font, ord(letter), found) else 0
