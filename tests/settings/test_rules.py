"""Rules for single values: numbers that books have, and names made from text."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from compositor.settings import read_settings
from compositor.settings.identifiers import check_digit
from compositor.settings.rules import slugify
from compositor.settings.style_rules import style_declaration


@pytest.mark.parametrize(("digits", "right"), [("9783161484100", "0"), ("0306406152", "2"), ("080442957X", "X")])
def test_check_digits(digits, right):
    """Check digits agree with real ISBNs."""
    assert check_digit(digits) == right


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hello, World", "hello-world"),
        ("Don't Panic", "dont-panic"),
        ("Ærø łódź ß", "aero-lodz-ss"),
        ("第一章", "第一章"),
        ("ガイド", "ガイド"),
        ("हिन्दी", "हिन्दी"),
        ("C++ & C#", "c-c"),
        ("!?", ""),
    ],
)
def test_slugify(text, slug):
    """Slugs keep letters of every script and lose the accents of Latin ones."""
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("URL(x)", 'may not contain "URL("'),
        ("image-set('x' 1x)", 'may not contain "image-set("'),
        ("u\\72l(x)", 'may not contain "\\"'),
        ("@import x", 'may not contain "@"'),
        ("red; } p { color: red", 'may not contain ";"'),
        ("red /* and", 'may not contain "/*"'),
        ("calc(1in", "has an unpaired bracket"),
        ("1in)", "has an unpaired bracket"),
        ("'Serif", "has an unpaired quotation mark"),
        ("", "is empty"),
    ],
)
def test_style_values_that_reach_further(value, fault):
    """A style value that could end its declaration or fetch something is refused."""
    with pytest.raises(PydanticCustomError) as refusal:
        style_declaration(value)
    assert str(refusal.value) == f'the value "{value}" {fault}'


@pytest.mark.parametrize(
    "value", ["7in", "#7a1f2b", "calc(100% - (2 * 1em))", "'Source Serif 4', serif", "1.6", "rgb(0 0 0 / 50%)"]
)
def test_style_values(value):
    """A length, a colour, a calculation, a list of fonts or a number is a style value."""
    assert style_declaration(value) == value


@pytest.mark.parametrize("sign", ["\\n", "\\r", "\\u0000", "\\u0007", "\\u007f", "\\u0085", "\\u2028", "\\u202e"])
@pytest.mark.parametrize("place", ["a{}", "{}a", "a{}b"])
def test_a_slug_holds_no_control_character(sign: str, place: str) -> None:
    """A slug names a file and a line of a log; white space at its ends is removed, and any other fault is reported."""
    slug = place.format(sign)
    settings, findings = read_settings(f'format = 1\ntitle = "T"\nauthors = ["A"]\nslug = "{slug}"\n', "book.toml")
    if settings is None:
        assert {one.code for one in findings} & {"S009", "S014"}
    else:
        assert settings.metadata.slug == "a"
