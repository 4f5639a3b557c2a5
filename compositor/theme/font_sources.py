"""A letter that no font has -> font files that have it, with their packages."""

from __future__ import annotations

from bisect import bisect_right

NOTO = "{font} ({file}-Regular.ttf in Debian's fonts-noto-core)"
FONTSOURCE = "{font} ({file}-400-normal.woff2 in the npm package @fontsource/{package})"


def _noto(font: str) -> str:
    return NOTO.format(font=f"Noto {font}", file=f"Noto{font.replace(' ', '')}")


def _slice(font: str, script: str) -> str:
    package = font.lower().replace(" ", "-")
    return FONTSOURCE.format(font=font, file=f"{package}-{script}", package=package)


SYMBOLA = "Symbola (Symbola_hint.ttf in Debian's fonts-symbola)"
SANS, SERIF, MATH, SYMBOLS = _noto("Sans"), _noto("Serif"), _noto("Sans Math"), _noto("Sans Symbols2")
DEJAVU = "DejaVu Sans (DejaVuSans.ttf in Debian's fonts-dejavu-core)"
IPAEX = "IPAex Gothic (ipaexg.ttf in Debian's fonts-ipaexfont-gothic)"
JAPANESE = f"{_slice('Noto Sans JP', 'japanese')} or {IPAEX}"
CHINESE = f"{_slice('Noto Sans SC', 'chinese-simplified')} or, for Japanese, {IPAEX}"
KOREAN = f"{_slice('Noto Sans KR', 'korean')} or Nanum Gothic (NanumGothic.ttf in Debian's fonts-nanum)"
EMOJI = _slice("Noto Emoji", "emoji")
BLOCKS: tuple[tuple[int, int, str], ...] = (
    *((0x0100, 0x036F, SANS), (0x0370, 0x03FF, DEJAVU), (0x0400, 0x052F, SERIF), (0x0530, 0x058F, "Armenian")),
    *((0x0590, 0x05FF, "Hebrew"), (0x0600, 0x06FF, "Arabic"), (0x0700, 0x074F, "Syriac")),
    *((0x0750, 0x077F, "Arabic"), (0x0780, 0x07BF, "Thaana"), (0x07C0, 0x07FF, "NKo")),
    *((0x08A0, 0x08FF, "Arabic"), (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali")),
    *((0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"), (0x0B00, 0x0B7F, "Oriya")),
    *((0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada")),
    *((0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai")),
    *((0x0E80, 0x0EFF, "Lao"), (0x0F00, 0x0FFF, _noto("Serif Tibetan"))),
    *((0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, KOREAN)),
    *((0x1200, 0x139F, "Ethiopic"), (0x13A0, 0x13FF, "Cherokee"), (0x1400, 0x167F, "CanadianAboriginal")),
    *((0x1680, 0x169F, "Ogham"), (0x16A0, 0x16FF, "Runic"), (0x1700, 0x171F, "Tagalog"), (0x1780, 0x17FF, "Khmer")),
    *((0x1800, 0x18AF, "Mongolian"), (0x1900, 0x194F, "Limbu"), (0x1950, 0x197F, "TaiLe")),
    *((0x1980, 0x19DF, "NewTaiLue"), (0x19E0, 0x19FF, "Khmer"), (0x1A00, 0x1A1F, "Buginese")),
    *((0x1A20, 0x1AAF, "TaiTham"), (0x1B00, 0x1B7F, "Balinese"), (0x1B80, 0x1BBF, "Sundanese")),
    *((0x1C00, 0x1C4F, "Lepcha"), (0x1C50, 0x1C7F, "OlChiki"), (0x1D00, 0x1DFF, SANS), (0x1E00, 0x1EFF, SERIF)),
    *((0x1F00, 0x1FFF, SERIF), (0x2000, 0x214F, SERIF), (0x2150, 0x218F, DEJAVU), (0x2190, 0x21FF, DEJAVU)),
    *((0x2200, 0x22FF, MATH), (0x2300, 0x23FF, SYMBOLA), (0x2400, 0x243F, SYMBOLS)),
    *((0x2460, 0x24FF, _noto("Sans Symbols")),),
    *((0x2500, 0x259F, DEJAVU), (0x25A0, 0x25FF, SYMBOLS), (0x2600, 0x26FF, EMOJI), (0x2700, 0x27BF, EMOJI)),
    *((0x27C0, 0x27FF, MATH), (0x2800, 0x28FF, SYMBOLS), (0x2900, 0x2AFF, MATH), (0x2B00, 0x2BFF, SYMBOLS)),
    *((0x2C00, 0x2C5F, "Glagolitic"), (0x2C60, 0x2C7F, SANS), (0x2C80, 0x2CFF, "Coptic"), (0x2D00, 0x2D2F, "Georgian")),
    *((0x2D30, 0x2D7F, "Tifinagh"), (0x2D80, 0x2DDF, "Ethiopic"), (0x2DE0, 0x2DFF, SANS)),
    *((0x2E80, 0x2FDF, JAPANESE), (0x3000, 0x30FF, JAPANESE), (0x3130, 0x318F, KOREAN)),
    *((0x3190, 0x33FF, JAPANESE), (0x3400, 0x9FFF, CHINESE), (0xA000, 0xA4CF, "Yi"), (0xA4D0, 0xA4FF, "Lisu")),
    *((0xA500, 0xA63F, "Vai"), (0xA720, 0xA7FF, SANS), (0xA980, 0xA9DF, "Javanese"), (0xAA00, 0xAA5F, "Cham")),
    *((0xAA60, 0xAA7F, "Myanmar"), (0xAB00, 0xAB2F, "Ethiopic"), (0xAB70, 0xABBF, "Cherokee")),
    *((0xABC0, 0xABFF, "MeeteiMayek"), (0xAC00, 0xD7FF, KOREAN)),
    *((0xF900, 0xFAFF, CHINESE), (0xFB00, 0xFB06, SERIF), (0xFB1D, 0xFB4F, "Hebrew"), (0xFB50, 0xFDFF, "Arabic")),
    *((0xFE70, 0xFEFF, "Arabic"), (0xFF00, 0xFFEF, JAPANESE), (0x10000, 0x100FF, "LinearB")),
    *((0x10300, 0x1032F, "OldItalic"), (0x10330, 0x1034F, "Gothic"), (0x10900, 0x1091F, "Phoenician")),
    *((0x12000, 0x1254F, "Cuneiform"), (0x13000, 0x1342F, "EgyptianHieroglyphs")),
    *((0x1D400, 0x1D7FF, MATH), (0x1F000, 0x1F0FF, SYMBOLS), (0x1F100, 0x1F1FF, SYMBOLA)),
    *((0x1F300, 0x1FAFF, EMOJI), (0x20000, 0x3134F, CHINESE)),
)
"""First and last letter of a block, and fonts with all or nearly all of it, or the script of a Noto font.

Sources: the blocks of Unicode 15; the character maps of the fonts in Debian 12 and in the packages named.
"""
STARTS = tuple(first for first, _, _ in BLOCKS)


def fonts_with(letter: str) -> str:
    """Return fonts that have a letter, with their files and packages; empty if none is known."""
    code = ord(letter)
    first, last, fonts = BLOCKS[max(bisect_right(STARTS, code) - 1, 0)]
    if not first <= code <= last:
        return ""
    return fonts if "(" in fonts else _noto(f"Sans {fonts}")
