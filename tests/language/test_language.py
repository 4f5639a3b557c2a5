"""Every language has every word, and a tag finds its language."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from string import Formatter

import pytest

from compositor.language import LANGUAGES, Language, canonical, language_for
from compositor.markdown.text.callouts import KINDS

TAGS = (*LANGUAGES, "en-GB", "de-CH")


@pytest.mark.parametrize("tag", TAGS)
def test_no_word_is_empty(tag):
    """No word of a language is left empty."""
    words = language_for(tag)
    assert [field.name for field in fields(Language) if not getattr(words, field.name)] in ([], ["own_letters"])


@pytest.mark.parametrize("tag", LANGUAGES)
def test_sentences_take_the_same_placeholders(tag):
    """A sentence takes the same values in every language."""
    for field in fields(Language):
        english, other = getattr(LANGUAGES["en"], field.name), getattr(LANGUAGES[tag], field.name)
        if isinstance(english, str):
            assert placeholders(other) - {"number"} == placeholders(english), field.name


def placeholders(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_callouts_are_the_same_in_every_language():
    """Every kind of callout has a name in every language."""
    kinds = set(KINDS)
    assert {"note", "tip", "important", "warning", "caution"} <= kinds, "GitHub's five"
    assert all(set(language_for(tag).callouts) == kinds for tag in TAGS)


@pytest.mark.parametrize(
    ("tag", "quotes"),
    [("en", "“”‘’"), ("en-GB", "“”‘’"), ("de", "„“‚‘"), ("de-AT", "„“‚‘"), ("de-CH", "«»‹›"), ("de-Latn-LI", "«»‹›")],
)
def test_quotation_marks(tag, quotes):
    """Quotation marks follow the language, and the region where that differs."""
    assert "".join(language_for(tag).quotes) == quotes


def test_region_keeps_its_tag():
    """Quotation marks follow the language, and the region if that differs."""
    british = language_for("en-GB")
    assert (british.tag, british.hyphenation, british.figure) == ("en-GB", "en-GB", "Figure")


def test_switzerland_writes_no_sharp_s():
    """A region uses the words of its language and keeps its own tag."""
    swiss = language_for("de-CH")
    words = [getattr(swiss, field.name) for field in fields(Language)]
    words += [*swiss.callouts.values(), *swiss.accessibility]
    assert not [word for word in words if "ß" in str(word)]
    assert swiss.callouts["joke"] == "Nur zum Spass"
    assert language_for("de").callouts["joke"] == "Nur zum Spaß"


@pytest.mark.parametrize(("given", "usual"), [("DE-ch", "de-CH"), ("en-latn-gb", "en-Latn-GB"), ("de-1996", "de-1996")])
def test_canonical(given, usual):
    """A tag is written in the usual letter case."""
    assert canonical(given) == usual


@pytest.mark.parametrize(
    ("tag", "names", "sentence"),
    [("en", (), ""), ("en", ("A",), "A"), ("en", ("A", "B"), "A and B"), ("de", ("A", "B", "C"), "A, B und C")],
)
def test_join(tag, names, sentence):
    """Names are listed as a sentence of the language lists them."""
    assert language_for(tag).join(names) == sentence


def test_day():
    """A date is printed in the order of the language."""
    day = date(2026, 3, 1)
    assert language_for("en").day(day) == "1 March 2026"
    assert language_for("de").day(day) == "1. März 2026"


@pytest.mark.parametrize("tag", TAGS)
def test_terms_are_sorted_by_their_base_letters(tag):
    """Umlauts and accents count as base letters, spaces before letters; signs and numbers come first."""
    terms = ["--strict", "404", "Apfel", "Äpfel", "Maß", "Masse", "new", "New York", "newer", "Ofen", "Öl", "Ørsted"]
    assert sorted(reversed(terms), key=language_for(tag).sort_key) == ["404", *terms[:1], *terms[2:]]
    letters = [language_for(tag).letter(term) for term in terms]
    assert letters == ["", "", "A", "A", "M", "M", "N", "N", "N", "O", "O", "O"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_plurals_are_the_same_in_every_language(tag):
    """Each kind with a plural in one language has one in the others."""
    assert set(LANGUAGES[tag].plurals) == set(LANGUAGES["en"].plurals)
