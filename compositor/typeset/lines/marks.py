"""A text and where a line ends in it -> how far its marks hang out of the column: hyphens, full stops, quotation marks.

A small mark at the edge makes the edge look dented. Outside the column, it leaves the edge to the letters. Source: Hàn
Thế Thành, "Micro-typographic extensions to the TeX typesetting system" (2000).
"""

from __future__ import annotations

from compositor.typeset.lines.shapes import Shape

WHOLE = 1.0
"""The part of the width that the style names by which such a mark stands outside."""
AT_END = {mark: WHOLE for mark in "-.,’”“‐"} | {mark: 0.5 for mark in ":;–!?"}
AT_START = {mark: WHOLE for mark in "“‘„‚"}

def at_end(line: bytes, shaped: Shape) -> float:
    """Return the width in pixels of the mark with which a text ends, multiplied by the part that counts; 0 without a
    mark.
    """
    mark = line[-3:].decode(errors="ignore")[-1:]
    part = AT_END.get(mark)
    return part * (shaped.at(len(line)) - shaped.at(len(line) - len(mark.encode()))) if part else 0.0


def at_start(text: bytes, byte: int, shaped: Shape) -> float:
    """Return the same for the mark with which a line begins, at `byte`."""
    mark = text[byte : byte + 3].decode(errors="ignore")[:1]
    part = AT_START.get(mark)
    return part * (shaped.at(byte + len(mark.encode())) - shaped.at(byte)) if part else 0.0
