"""Language tags, and the word tables of languages other than English and German."""

from __future__ import annotations

import pytest

from compositor.language import LANGUAGES, language_for, well_formed
from compositor.language.tables import missing


@pytest.mark.parametrize(
    "tag", ["en", "EN", "de-1996", "de-CH-1996", "en-Latn-GB", "fr", "zh-cmn-Hans", "en-u-ca-buddhist", "sr-x-a"]
)
def test_a_tag_of_bcp_47_is_well_formed(tag):
    """A tag of any language is valid, in any letter case, with extensions and private use."""
    assert well_formed(tag)


@pytest.mark.parametrize("tag", ["", "english", "en_GB", "en-", "en GB", 'en"', "x"])
def test_anything_else_is_no_tag(tag):
    """Anything else is not a tag, and has no words."""
    assert not well_formed(tag)
    with pytest.raises(LookupError, match="is not a language tag"):
        language_for(tag)


@pytest.mark.parametrize(
    ("tag", "quotes", "direction"),
    [
        ("eo", "“”‘’", "ltr"),
        ("sv", "””’’", "ltr"),
        ("fa-IR", "«»‹›", "rtl"),
        ("az-Arab", "“”‘’", "rtl"),
        ("ar-Latn", "”“’‘", "rtl"),
    ],
)
def test_a_language_without_words_has_those_of_english(tag, quotes, direction):
    """Without a table, the words are English; quotation marks and direction are those of the language."""
    words = language_for(tag)
    assert ("".join(words.quotes), words.direction) == (quotes, direction)
    assert words.has_words == (tag == "ar-Latn")


@pytest.mark.parametrize(
    "language", [one for one in LANGUAGES.values() if one.tag not in ("en", "de")], ids=lambda one: one.tag
)
def test_a_table_is_whole(language):
    """Each word table is complete, and has an English word only where the language uses the same."""
    same = {
        "copyright_line",
        "identifier_line",
        "direction",
        "has_words",
        "own_letters",
        "decimal",
        "thousands",
        "quotes",
    }
    cognates = {
        "section",
        "section_inside",
        "figure",
        "listing",
        "note",
        "notes",
        "page",
        "page_inside",
        "colophon",
        "item_inside",
    }
    assert set(missing(language)) <= same | cognates | {"date_order"}


@pytest.mark.parametrize(
    ("tag", "kind"), [("zh", "第3章"), ("zh-TW", "第3章"), ("ja", "第3章"), ("ko", "3장"), ("fr", "Chapitre 3")]
)
def test_a_number_stands_where_the_language_has_it(tag, kind):
    """A chapter and its number are in the order of the language."""
    words = language_for(tag)
    assert words.numbered(words.chapter, "3") == kind


@pytest.mark.parametrize(
    ("tag", "order"), [("es", "nube ñandú oca"), ("pl", "lato łódź mapa"), ("uk", "гай ґанок дім ирій інь їжак йод")]
)
def test_letters_of_an_alphabet_have_their_places(tag, order):
    """Letters that the alphabet lists separately are sorted where it has them."""
    words = language_for(tag)
    assert sorted(reversed(order.split()), key=words.sort_key) == order.split()


@pytest.mark.parametrize(("tag", "sign"), [("fr", "\u202f"), ("pl", "\u00a0"), ("de", "."), ("it", "."), ("en", ",")])
def test_signs_between_thousands(tag: str, sign: str) -> None:
    """The separators are those of CLDR 46, `numbers/symbols/group`."""
    assert language_for(tag).thousands == sign
