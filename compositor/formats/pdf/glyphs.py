"""A letter that no face has -> fonts that have it, with the packages that they come in."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

NOTO = "{font} (Debian: fonts-noto-core)"
SYMBOLA = "Symbola (Debian: fonts-symbola)"
SERIF = NOTO.format(font="Noto Serif")
MATH = NOTO.format(font="Noto Sans Math")
SYMBOLS = NOTO.format(font="Noto Sans Symbols 2")
DEJAVU = "DejaVu Sans (Debian: fonts-dejavu-core)"
JAPANESE = "IPAex Gothic (Debian: fonts-ipaexfont-gothic) or Noto Sans JP (npm: @fontsource/noto-sans-jp)"
CHINESE = "Noto Sans SC (npm: @fontsource/noto-sans-sc) or, for Japanese, IPAex Gothic (Debian: fonts-ipaexfont-gothic)"
KOREAN = "Nanum Gothic (Debian: fonts-nanum) or Noto Sans KR (npm: @fontsource/noto-sans-kr)"
EMOJI = "Noto Emoji (npm: @fontsource/noto-emoji) or Symbola (Debian: fonts-symbola)"
BLOCKS: tuple[tuple[int, int, str], ...] = (
    *((0x0370, 0x03FF, DEJAVU), (0x0400, 0x052F, SERIF), (0x0530, 0x058F, "Armenian")),
    *((0x0590, 0x05FF, "Hebrew"), (0x0600, 0x06FF, "Arabic"), (0x0700, 0x074F, "Syriac")),
    *((0x0750, 0x077F, "Arabic"), (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali")),
    *((0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"), (0x0B00, 0x0B7F, "Oriya")),
    *((0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada")),
    *((0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai")),
    *((0x0E80, 0x0EFF, "Lao"), (0x0F00, 0x0FFF, NOTO.format(font="Noto Serif Tibetan"))),
    *((0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, KOREAN)),
    *((0x1200, 0x137F, "Ethiopic"), (0x13A0, 0x13FF, "Cherokee"), (0x1780, 0x17FF, "Khmer")),
    *((0x1800, 0x18AF, "Mongolian"), (0x1E00, 0x1EFF, SERIF), (0x1F00, 0x1FFF, SERIF), (0x2000, 0x214F, SERIF)),
    *((0x2150, 0x218F, DEJAVU), (0x2190, 0x21FF, DEJAVU), (0x2200, 0x22FF, MATH), (0x2300, 0x23FF, SYMBOLA)),
    *((0x2400, 0x243F, SYMBOLS), (0x2460, 0x24FF, NOTO.format(font="Noto Sans Symbols"))),
    *((0x2500, 0x259F, DEJAVU), (0x25A0, 0x25FF, SYMBOLS), (0x2600, 0x26FF, EMOJI), (0x2700, 0x27BF, EMOJI)),
    *((0x27C0, 0x27FF, MATH), (0x2800, 0x28FF, SYMBOLS), (0x2900, 0x2AFF, MATH), (0x2B00, 0x2BFF, SYMBOLS)),
    *((0x2E80, 0x2FDF, JAPANESE), (0x3000, 0x30FF, JAPANESE), (0x3130, 0x318F, KOREAN)),
    *((0x3190, 0x33FF, JAPANESE), (0x3400, 0x9FFF, CHINESE), (0xAC00, 0xD7FF, KOREAN)),
    *((0xF900, 0xFAFF, CHINESE), (0xFE70, 0xFEFF, "Arabic"), (0xFF00, 0xFFEF, JAPANESE)),
    *((0x1D400, 0x1D7FF, MATH), (0x1F000, 0x1F0FF, SYMBOLS), (0x1F100, 0x1F1FF, SYMBOLA)),
    *((0x1F300, 0x1FAFF, EMOJI), (0x20000, 0x3134F, CHINESE)),
)
"""First and last letter of a block, and the fonts that have all or nearly all of it, or the script of a Noto font.

Sources: the blocks of Unicode 15; the character maps of the fonts in Debian 12 and in the packages named.
"""
STARTS = tuple(first for first, _, _ in BLOCKS)


def fonts_with(letter: str) -> str:
    """Fonts that have a letter, with their packages; empty where none is known."""
    code = ord(letter)
    first, last, fonts = BLOCKS[max(bisect_right(STARTS, code) - 1, 0)]
    if not first <= code <= last:
        return ""
    return fonts if "(" in fonts else NOTO.format(font=f"Noto Sans {fonts}")


def has_it(letter: str) -> tuple[str, ...]:
    """What a finding says about where a letter is to be had: one sentence, or nothing."""
    found = fonts_with(letter) if len(letter) == 1 else ""
    return (f"{unicodedata.name(letter, 'the letter')} is in {found}",) if found else ()
