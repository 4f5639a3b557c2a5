"""Numbers in tables that are not prices: dependent numbers are computed, and AWS's own numbers are repeated here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

ARCHITECTURE, COMPARISON = "18.01-architecture.md", "18.02-aurora-vs-rds.md"
ENDPOINTS, LEARNING = "18.03-endpoints.md", "18.07-machine-learning.md"
BOOK = Path(__file__).parents[2] / "book"
CONNECTIONS = {
    "1": (90, 189),
    "4": (135, 823),
    "8": (1000, 1669),
    "16": (2000, 3360),
    "32": (3000, 5000),
    "64": (4000, 5000),
    "128": (5000, 5000),
    "192, 256": (6000, 5000),
}
"""Ceiling in ACU -> default `max_connections` of Aurora MySQL and of Aurora PostgreSQL, as the guide has them."""
CAP = 2000
"""The maximum on Aurora PostgreSQL with a floor of 0 or 0.5."""


def rows(chapter: str, label: str) -> list[list[str]]:
    """Return the cells of the rows of a table, without its head."""
    text = (BOOK / chapter).read_text(encoding="utf-8")
    lines = text[: text.index("{#" + label + "}")].splitlines()
    block: list[str] = []
    for line in reversed(lines):
        if line.startswith("|"):
            block.append(line)
        elif block:
            break
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in reversed(block)][2:]


def number(cell: str) -> int:
    """1,969 -> 1969."""
    return int(cell.replace(",", ""))


def test_connections_follow_the_ceiling() -> None:
    """The default of max_connections is the guide's, and the last column is capped."""
    found = {row[0]: tuple(map(number, row[1:])) for row in rows("18.04-serverless.md", "tbl-sless-conn")}
    assert found == {name: (my, pg, min(pg, CAP)) for name, (my, pg) in CONNECTIONS.items()}


def test_factors_of_the_paper_are_divisions() -> None:
    """Each factor is Aurora's number by that of MySQL, in as many digits as are printed."""
    table = rows("18.02-aurora-vs-rds.md", "tbl-rds-paper")
    assert len(table) == 7
    for _, mysql, aurora, factor in table:
        places = len(factor.partition(".")[2])
        assert f"{number(aurora) / number(mysql):.{places}f}" == factor


def sentences() -> Iterator[tuple[str, str]]:
    """Yield each chapter with the sentences whose numbers follow from other numbers in them."""
    ten_gigabytes = 10 * 8 // 10
    yield ARCHITECTURE, f"that makes {64_000 // 10 * 6:,} segments"
    yield ARCHITECTURE, f"256 TB is {256_000 // 10:,} groups and {256_000 // 10 * 6:,} segments"
    yield ARCHITECTURE, f"are 80 gigabits; a 10 Gbps link moves them in {ten_gigabytes} seconds"
    yield ARCHITECTURE, f"8,000 divided by 10 Gbps is {8000 // 10} seconds, more than {800 // 60} minutes"
    yield ARCHITECTURE, f"at quorum these are {2031 + 1:,} to 2,040, nine of them"
    assert 2040 - 2031 == 9
    yield COMPARISON, f"{number_word(len(rows(COMPARISON, 'tbl-rds-paper')))} rows of AWS measuring AWS"
    yield COMPARISON, "On 1 December 2026, eight days after we last read the calendar"
    assert (date(2026, 12, 1) - date(2026, 11, 23)).days == 8
    yield COMPARISON, f"times {12 * 730:,} is a month of 730 hours"
    terms = (30, 5, 30, 30)
    yield ENDPOINTS, " + ".join(rf"{term}\,\text{{s}}" for term in terms) + rf" = {sum(terms)}\,\text{{s}}"
    yield ENDPOINTS, f"each of your two terms, @eq-ends-recovery comes down to {30 + 5 + 5 + 5} seconds"
    yield ENDPOINTS, f"about {round(40 / 3 * 2 / 3)} of the 40"
    yield ENDPOINTS, f"each reader has {40 // 3} or so"
    yield "18.05-global-database.md", f"the round trip costs {2 * 5500 // 200} ms"
    yield "18.05-global-database.md", f"has {730 * 3600 / 1e6:.3f} million seconds"
    yield "18.06-backtrack.md", f"in seconds, from 0 to {72 * 3600:,}"
    yield LEARNING, f"a million rows are {1_000_000 // 10_000} requests"
    yield LEARNING, f"the same million is {1_000_000 // 25:,} requests"
    yield LEARNING, f"five hundred rows are {number_word(500 // 25)} requests of 25"
    yield LEARNING, f"8 milliseconds a row, one after the other, a batch of 10,000 needs {10_000 * 8 // 1000} seconds"
    yield LEARNING, f"while a batch of 5,000 needs {5000 * 8 // 1000}"
    yield LEARNING, f"at 10,000 rows leaves about {6_000_000 // 10_000} bytes a row"
    yield "a-lab.md", f"both clusters at their floor of half an ACU, {number_word(2 + 1)} instances in all"


def number_word(value: int) -> str:
    """3 -> three."""
    return {3: "three", 7: "seven", 20: "twenty"}[value]


@pytest.mark.parametrize(("chapter", "words"), [*sentences()])
def test_numbers_in_sentences_follow_from_others(chapter: str, words: str) -> None:
    """Each number that a sentence computes appears in it with that value."""
    text = re.sub(r"\[\]\{\.index[^}]*\}", "", (BOOK / chapter).read_text(encoding="utf-8"))
    assert words in text


def test_versions_of_the_calendar_are_those_of_the_figure() -> None:
    """Every major version in the table of the calendar has a bar in the figure."""
    names = {row[0] for row in rows("18.02-aurora-vs-rds.md", "tbl-rds-versions")}
    figure = (BOOK / "figures" / "rds-calendar.svg").read_text(encoding="utf-8")
    assert names == set(re.findall(r">((?:MySQL|PostgreSQL) [\d.]+)<", figure))
