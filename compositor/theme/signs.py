"""Theme -> the built-in fonts of signs and emoji, for what no other font has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from compositor.fonts.faces import characters_of
from compositor.theme.own_faces import FALLBACK, OwnFace

FILES = (
    ("Book Symbols", "fonts/NotoSansSymbols-Regular.ttf", "fonts/OFL-NotoSansSymbols.txt"),
    ("Book Symbols 2", "fonts/NotoSansSymbols2-Regular.ttf", "fonts/OFL-NotoSansSymbols.txt"),
    ("Book Mathematics", "fonts/NotoSansMath-Regular.ttf", "fonts/OFL-NotoSansMath.txt"),
    ("Book Emoji", "fonts/NotoEmoji-Regular.ttf", "fonts/OFL-NotoEmoji.txt"),
)
"""Their family names, and their files and licences in `styles/`; of two that have a sign, the first counts."""
EMOJI = "Book Emoji"
FIRST_PICTURE = 0x1F000
PICTURES = frozenset(
    map(
        ord,
        "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲"
        "⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕",
    )
)
"""Signs shown as emoji by default. Source: Unicode 15.1, emoji-data.txt, Emoji_Presentation below U+1F000."""
DIGITS = "fonts/Iosevka-SemiBold.ttf"
"""The font of the digits in the box for a letter that no font has."""


def sign_faces(read: Callable[[str], bytes]) -> tuple[OwnFace, ...]:
    """Return the fonts; `read` gives the bytes of `styles/…`."""
    *others, emoji = (_face(family, path, read(f"styles/{path}")) for family, path, _ in FILES)
    pictures = frozenset(code for code in emoji.characters if code in PICTURES or code >= FIRST_PICTURE)
    return (*(replace(face, characters=face.characters - pictures) for face in others), emoji)


@lru_cache(maxsize=8)
def _face(family: str, path: str, data: bytes) -> OwnFace:
    signs = frozenset(code for code in characters_of(data) if code > 0xFF)
    return OwnFace(FALLBACK, family, path, data, 400, False, signs, 1.0, by_press=True)


def licence_of(face: OwnFace) -> str:
    """Return the text of the licence of one of these fonts, in `styles/`."""
    return next(licence for family, _, licence in FILES if family == face.family)
