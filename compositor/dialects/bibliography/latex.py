"""LaTeX in a bibliography -> plain text: accents, dashes, escapes; braces fall away."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "TeX": "TeX",
    "LaTeX": "LaTeX", "copyright": "©", "S": "§", "textregistered": "®", "texttrademark": "™",
}  # fmt: skip
_ACCENT = re.compile(
    r"\\(?:([`'^~=.\"])|([uvHcdkr])(?![A-Za-z]))\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])[ ]?|[A-Za-z]))"
)
_LETTER = re.compile(rf"\\({'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s+)?")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*(?=\{)")


def unlatex(text: str) -> str:
    """The letters that LaTeX would print; a command that is not known leaves what it is given."""
    text = _ACCENT.sub(_accented, text)
    text = _LETTER.sub(lambda match: LETTERS[match[1]], text)
    text = _COMMAND.sub("", text)
    text = re.sub(r"\\([&%$#_{}])", lambda match: chr(0xE000 + ord(match[1])), text)
    text = text.replace("{", "").replace("}", "").replace("~", "\u00a0").replace("---", "—").replace("--", "–")
    text = text.replace("``", "“").replace("''", "”")
    text = re.sub("[\ue000-\ue0ff]", lambda match: chr(ord(match[0]) - 0xE000), text)
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _accented(match: re.Match[str]) -> str:
    letter = (match[3] or match[4]).lstrip("\\").rstrip()
    return unicodedata.normalize("NFC", letter + ACCENTS[match[1] or match[2]])
