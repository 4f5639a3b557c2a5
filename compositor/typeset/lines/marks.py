"""A text and where a line ends in it -> how far its marks stand outside the column: hyphens, points, quotation marks.

A small mark at the edge looks like a dent in it; hung out, the edge is seen where the letters are. Source: Hàn Thế
Thành, "Micro-typographic extensions to the TeX typesetting system" (2000).
"""

from __future__ import annotations

from compositor.typeset.lines.shapes import Shape

WHOLE = 1.0
"""Marks hang out by this part of what the style says."""
AT_END = {mark: WHOLE for mark in "-.,’”“‐"} | {mark: 0.5 for mark in ":;–!?"}
AT_START = {mark: WHOLE for mark in "“‘„‚"}

def at_end(line: bytes, shaped: Shape) -> float:
    """The width that counts of the mark with which a text ends."""
    mark = line[-3:].decode(errors="ignore")[-1:]
    part = AT_END.get(mark)
    return part * (shaped.at(len(line)) - shaped.at(len(line) - len(mark.encode()))) if part else 0.0


def at_start(text: bytes, byte: int, shaped: Shape) -> float:
    """The same of the mark with which a line begins."""
    mark = text[byte : byte + 3].decode(errors="ignore")[:1]
    part = AT_START.get(mark)
    return part * (shaped.at(byte + len(mark.encode())) - shaped.at(byte)) if part else 0.0
