"""The text of a CSL style + Language -> the style as citeproc takes it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from lxml import etree

from compositor.assemble.citations.substitutes import mend_substitutes
from compositor.language import Language

LOCALES = {
    **{tag: tag for tag in ("de-AT", "de-CH", "en-GB", "es-MX", "fr-CA", "pt-PT", "zh-TW", "ar")},
    **{tag: f"{tag}-{tag.upper()}" for tag in ("bg", "de", "es", "fi", "fr", "hr", "hu", "it", "nl", "pl", "ro", "ru")},
    **{"en": "en-US", "cs": "cs-CZ", "da": "da-DK", "el": "el-GR", "he": "he-IL", "ja": "ja-JP", "ko": "ko-KR"},
    **{"nb": "nb-NO", "pt": "pt-BR", "sv": "sv-SE", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN"},
}
"""Language or region -> citeproc's table of terms."""
_SEVERAL = re.compile(r"\d+[^\d.]+\d+|\b[ivxlcdm]+\s*[-–,&]\s*(?:[ivxlcdm]+|\d+)\b", re.IGNORECASE)
"""Several numbers, including roman ones, for which citeproc has one label: `pp. xi–xx`."""
CSL = "{http://purl.org/net/xbiblio/csl}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def load_style(text: str, words: Language) -> Any:
    """Return citeproc's object for a style, with the terms of our language."""
    from citeproc import CitationStylesStyle, model

    mend_substitutes()
    model.Label.RE_MULTIPLE_NUMBERS = _SEVERAL
    language = words.tag.split("-")[0]
    locale = LOCALES.get(words.hyphenation) or LOCALES.get(language, "en-US")
    return CitationStylesStyle(BytesIO(_with_terms(text, language, words)), locale=locale, validate=False)


def _with_terms(text: str, language: str, words: Language) -> bytes:
    """Return the style with our terms where those of CSL's table would not be understood; the style's own win."""
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    locale = next((one for one in root.iterfind(f"{CSL}locale") if one.get(XML_LANG) == language), None)
    if locale is None:
        locale = etree.SubElement(root, f"{CSL}locale", {XML_LANG: language})
    terms = locale.find(f"{CSL}terms")
    terms = etree.SubElement(locale, f"{CSL}terms") if terms is None else terms
    known = {term.get("name") for term in terms}
    for name, forms in words.locator_terms.items():
        for form, (one, several) in zip(("long", "short"), forms, strict=True) if name not in known else ():
            term = etree.SubElement(terms, f"{CSL}term", {"name": name, "form": form})
            etree.SubElement(term, f"{CSL}single").text = one
            etree.SubElement(term, f"{CSL}multiple").text = several
    return etree.tostring(root)
