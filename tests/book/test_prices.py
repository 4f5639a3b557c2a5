"""book/prices.toml against the text: each sum that follows from a price is computed and looked for in its chapter.

The sentences are written out with the numbers left to arithmetic, so a new price shows which sentences it makes wrong.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.book.sums import SUMS, Price, endpoints

BOOK = Path(__file__).parents[2] / "book"
DATA = tomllib.loads((BOOK / "prices.toml").read_text(encoding="utf-8"), parse_float=Decimal)
PRICE = Price(**{name.replace("-", "_"): one["value"] for name, one in DATA.items()})
DIGITS = {format(one["value"], one["format"]) for one in DATA.values()}
VARIABLE = re.compile(r"\{\{<\s*var\s+price\.([\w-]+)\s*>\}\}")
FENCE = re.compile(r"^```python \{[^}\n]*\.vars\b[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MONEY = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?= USD| dollars)|(?<![\w.,-])\d[\d,]*\.\d\d(?![\d.])")
GIVEN = {
    "18.02-aurora-vs-rds.md": ("compute 900 USD, 4,000 GB",),
    "18.06-backtrack.md": ("does a budget of 200 USD buy",),
}
"""Sums of money that are not computed: the questions of exercises."""


def source(name: str) -> str:
    """Return a file of the book as it is written; of a figure, the text in it."""
    text = (BOOK / name).read_text(encoding="utf-8")
    return re.sub(r"<[^<>]*>", "", text) if name.endswith(".svg") else text


def printed(name: str) -> str:
    """Return the source with the prices filled in."""
    return VARIABLE.sub(lambda match: format(DATA[match[1]]["value"], DATA[match[1]]["format"]), source(name))


def without_fences(text: str) -> str:
    """Blank the Python listings of the text, because they compute for themselves."""
    return FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def chapters() -> list[str]:
    """Return every text of the book and every figure, by its path in the folder."""
    return sorted(str(path.relative_to(BOOK)) for path in (*BOOK.glob("*.md"), *BOOK.glob("figures/*.svg")))


@pytest.mark.parametrize("name", SUMS)
def test_sums_follow_from_the_prices(name: str) -> None:
    """Every sum that is computed here appears in the text with that value."""
    text = printed(name)
    missing = [sentence for sentence in SUMS[name](PRICE) if sentence not in text]
    assert missing == []


def test_a_new_price_shows_what_it_makes_wrong() -> None:
    """After a price changes, the sentences that depend on it are no longer found."""
    dearer = replace(PRICE, acu_hour=PRICE.acu_hour + Decimal("0.01"))
    text = printed("18.03-endpoints.md")
    assert [sentence for sentence in endpoints(dearer) if sentence not in text] == ["= 0.78 USD with the same caveats"]


@pytest.mark.parametrize("name", chapters())
def test_no_sum_is_left_out(name: str) -> None:
    """Every amount of money in the book is a variable or appears in a sentence that is computed here."""
    text = without_fences(printed(name))
    covered = {
        position
        for sentence in (*(SUMS[name](PRICE) if name in SUMS else ()), *GIVEN.get(name, ()))
        for found in re.finditer(re.escape(sentence), text)
        for position in range(found.start(), found.end())
    }
    loose = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for paragraph in re.finditer(r"[^\n]+", text)
        if "USD" in paragraph[0] or "dollars" in paragraph[0]
        for match in MONEY.finditer(text, paragraph.start(), paragraph.end())
        if match.start() not in covered and match[0] not in DIGITS
    ]
    assert loose == []


@pytest.mark.parametrize("name", chapters())
def test_a_price_stands_in_one_place(name: str) -> None:
    """No chapter, listing or figure writes a price in digits that prices.toml has."""
    text = re.sub(r"^assert .*", "", source(name), flags=re.MULTILINE)  # sums that are equal to a price by chance
    for sentence in SUMS[name](PRICE) if name in SUMS else ():
        text = text.replace(sentence, "")
    written = re.findall(r"(?<![\w.,-])\d+\.\d+(?![\w.])", text)
    assert [literal for literal in written if literal in DIGITS] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [(name, code) for name in chapters() if name.endswith(".md") for code in FENCE.findall(printed(name))],
)
def test_listings_that_compute_prices_run(name: str, code: str) -> None:
    """The listings that use the prices pass their own assertions."""
    exec(compile(code, name, "exec"), {"__name__": "listing"})


def test_prices_say_where_they_are_from() -> None:
    """Every price has a unit, a Region, the day on which it was read, and a source, and is used."""
    used = {match for name in chapters() for match in VARIABLE.findall(source(name))}
    assert used == set(DATA)
    for name, one in DATA.items():
        assert set(one) == {"value", "format", "unit", "region", "read", "source"}, name
        assert isinstance(one["read"], date) and one["unit"].startswith("USD per ") and one["source"], name
