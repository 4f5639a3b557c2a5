"""Numbers in tables that are no prices: what follows from others is computed, what is AWS's stands here too."""

from __future__ import annotations

import re
from pathlib import Path

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
"""The most on Aurora PostgreSQL with a floor of 0 or 0.5."""


def rows(chapter: str, label: str) -> list[list[str]]:
    """The cells of the rows of a table, without its head."""
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


def test_versions_of_the_calendar_are_those_of_the_figure() -> None:
    """Every major version in the table of the calendar has a bar in the figure."""
    names = {row[0] for row in rows("18.02-aurora-vs-rds.md", "tbl-rds-versions")}
    figure = (BOOK / "figures" / "rds-calendar.svg").read_text(encoding="utf-8")
    assert names == set(re.findall(r">((?:MySQL|PostgreSQL) [\d.]+)<", figure))
