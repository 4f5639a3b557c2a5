"""A word in the name of a file or a folder -> the tag of the language that it names."""

from __future__ import annotations

import re

from compositor.language import canonical

TAGS = frozenset(
    re.findall(
        "[a-z]+",
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
        "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io "
        "is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn "
        "mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se "
        "sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo "
        "wa wo xh yi yo za zh zu cn jp ua cz gr dk",
    )
)
"""Tags of ISO 639-1, and those of countries that often stand in for a language."""
CALLED = {
    **{"arabic": "ar", "basque": "eu", "bengali": "bn", "brazilian": "pt-BR", "brazilian-portuguese": "pt-BR"},
    **{"bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da"},
    **{"dutch": "nl", "english": "en", "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he"},
    **{"hindi": "hi", "hungarian": "hu", "indonesia": "id", "indonesian": "id", "italian": "it", "japanese": "ja"},
    **{"korean": "ko", "norwegian": "nb", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro"},
    **{"russian": "ru", "serbian": "sr", "slovak": "sk", "slovenian": "sl", "spanish": "es", "swedish": "sv"},
    **{"thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi", "deutsch": "de", "francais": "fr"},
    **{"cn": "zh", "jp": "ja", "ua": "uk", "cz": "cs", "gr": "el", "dk": "da", "ptbr": "pt-BR", "zhcn": "zh-CN"},
    **{"zhtw": "zh-TW", "zhhk": "zh-HK", "zhhans": "zh-Hans", "zhhant": "zh-Hant", "engb": "en-GB", "enus": "en-US"},
}
"""Other names of languages -> their tags."""
_TAG = re.compile(r"(?P<language>[a-z]{2})(?P<rest>[-_](?:[a-z]{2}|hans|hant|latn|cyrl|\d{3}))?\Z")
"""A region or a script follows a sign: `book` and `code` would be Tibetan and Corsican otherwise."""


def tag_of(word: str) -> str:
    """Return the tag of the language that a word names, as BCP 47 writes it; empty if it names none."""
    word = word.casefold()
    match = _TAG.match(word)
    if word in CALLED or match is None or match["language"] not in TAGS:
        return CALLED.get(word, "")
    language = CALLED.get(match["language"], match["language"])
    return canonical(language + (match["rest"] or "").replace("_", "-"))
