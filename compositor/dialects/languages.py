"""Texts, and the name of their folder -> their language, if no file of their tool names it.

The letters tell the script, and the script its most frequent language here; a folder may be named by its tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from compositor.dialects.tags import tag_of
from compositor.dialects.titles import without_code

SCRIPTS = {
    **{"CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "mn"), "GREEK": ("el",), "HANGUL": ("ko",)},
    **{"ARABIC": ("ar", "fa", "ur"), "HEBREW": ("he", "yi"), "DEVANAGARI": ("hi", "mr", "ne", "sa")},
    **{"HIRAGANA": ("ja",), "KATAKANA": ("ja",), "CJK": ("zh", "ja"), "THAI": ("th",), "MYANMAR": ("my",)},
    **{"BENGALI": ("bn",), "TAMIL": ("ta",), "GEORGIAN": ("ka",), "ARMENIAN": ("hy",), "KHMER": ("km",)},
    "LATIN": (
        *("en", "de", "es", "fr", "it", "nl", "pl", "pt", "ca", "cs", "da", "fi", "hr", "hu", "id", "nb", "ro", "sk"),
        *("sl", "sv", "tr", "vi"),
    ),
}
"""Script, as the Unicode names of its letters begin -> its languages as folder names; the first is the default."""
OWN_LETTERS = {"uk": "іїєґ", "be": "ў", "fa": "پچژگ", "ur": "ٹڈڑے"}
"""Letters that one language of a script has and its default language has not."""
ENOUGH, KANA, OWN = 0.5, 0.05, 0.01
"""Shares: of letters in a script, of kana in Japanese, of letters that only one language has."""
MOST = 20_000
"""Letters of a text that are looked at."""
_CODE = re.compile(r"`[^`\n]*`|<[^<>]*>|\]\([^()]*\)")


def language_of(folder: str, texts: Iterable[str]) -> str:
    """Return the tag of the language; that of English if nothing points to another."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(letter for letter in _CODE.sub(" ", without_code(text[:MOST])) if letter.isalpha())
    known = SCRIPTS[_script(counted)]
    if (tag := tag_of(folder)).partition("-")[0] in known:
        return tag
    total = counted.total() or 1
    own = (tag for tag in known if sum(counted[letter] for letter in OWN_LETTERS.get(tag, "")) > OWN * total)
    return next(own, known[0])


def _script(counted: Counter[str]) -> str:
    """Return the script of most letters; that of Japanese if some are kana."""
    scripts: Counter[str] = Counter()
    for letter, count in counted.items():
        scripts[unicodedata.name(letter, "LATIN").partition(" ")[0].partition("-")[0]] += count
    total = scripts.total()
    japanese = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if japanese > KANA * total and japanese + scripts["CJK"] > ENOUGH * total:
        return "HIRAGANA"
    return next((name for name in SCRIPTS if scripts[name] > ENOUGH * total), "LATIN")
