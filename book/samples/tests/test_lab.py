"""The labs of the book in their order, from an empty account to an empty account, and what they cost."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import mutating
import pytest

import wire
from account import FILES, Account, Refused, run

SAMPLES = Path(__file__).resolve().parents[1]
LAB = tomllib.loads((SAMPLES / "lab.toml").read_text(encoding="utf-8"))
SECTIONS = LAB["section"]
PRICES = {
    "acu-hour": "acu-hour",
    "db.r6g.large": "r6g-large",
    "ml.m5.large": "ml-m5-large",
    "vpc-endpoint": "vpc-endpoint",
}
"""What an hour costs -> its name in prices.toml."""


def requests(name: str, chapter: str) -> list[list[str]]:
    """What a listing asks for, as its record has it; `a-lab lst-lab-tags` is one of another chapter."""
    *other, name = name.split()
    return [shlex.split(line) for line in wire.recorded(other[0] if other else chapter)[name]]


def live(account: Account, sections: int) -> list[float]:
    """Go through so many sections of the lab, of which nothing may be refused; USD of each."""
    table = tomllib.loads((SAMPLES.parent / "prices.toml").read_text(encoding="utf-8"))
    prices = {name: table[called]["value"] for name, called in PRICES.items()}
    bill: list[float] = []
    for section in SECTIONS[:sections]:
        bill.append(0.0)
        account.later()
        for step in section["listings"]:
            if isinstance(step, str) and step != "later":
                listing = requests(step, section["chapter"])
                assert run(account, listing, bears=step == "lst-ml-clean") == [], step
            elif step == "later":
                account.later()
            else:
                bill[-1] += step * account.cost(section["acu"], prices)
    return bill


def clean(account: Account) -> None:
    """The cleanup of the appendix, an hour later."""
    account.later()
    run(account, requests("lst-lab-clean", "a-lab"), bears=True)


def test_the_lab_leaves_an_empty_account() -> None:
    """Every listing in its order, nothing refused; behind the cleanup nothing stands, and a second changes nothing."""
    account = Account()
    live(account, len(SECTIONS))
    assert account.standing
    clean(account)
    assert account.standing == {}
    clean(account)
    assert account.standing == {}


@pytest.mark.parametrize("sections", range(len(SECTIONS)))
def test_whoever_stops_between_two_sections_leaves_nothing(sections: int) -> None:
    """The cleanup finds the rest after any section."""
    account = Account()
    live(account, sections)
    clean(account)
    assert account.standing == {}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section["chapter"])
def test_whoever_stops_in_a_section_leaves_nothing(section: dict[str, Any]) -> None:
    """The cleanup finds the rest after any listing, if it is run again when what is busy has ended."""
    before = SECTIONS.index(section)
    for last, name in enumerate(section["listings"]):
        account = Account()
        live(account, before)
        account.later()
        for step in section["listings"][: last + 1]:
            account.later()
            if isinstance(step, str) and step != "later":
                run(account, requests(step, section["chapter"]), bears=True)
        if name == "lst-glob-move":
            continue  # the writer is in Ireland: the text says to switch over first
        clean(account)
        clean(account)
        assert account.standing == {}, name


def test_a_proxy_goes_too() -> None:
    """The proxy of section 18.3 is no part of the lab's order, and the cleanup takes it away."""
    account = Account()
    live(account, 3)
    proxy, targets = (requests(name, "18.03-endpoints") for name in ("lst-ends-proxy", "lst-ends-proxy-targets"))
    assert run(account, proxy, bears=False) == []
    [refusal] = run(account, targets, bears=False)
    assert "InvalidDBProxyStateFault" in refusal
    account.later()
    assert run(account, targets, bears=False) == []
    clean(account)
    assert account.standing == {}


def test_every_listing_has_its_place_in_the_lab() -> None:
    """Each listing of bash stands in the order, or among those that the lab does without."""
    placed = [step.split()[-1] for section in SECTIONS for step in section["listings"] if isinstance(step, str)]
    names = {fence.name for fence, _ in mutating.listings("bash")}
    assert {*placed, *LAB["without"]} - {"later"} == names
    assert not set(placed) & set(LAB["without"])


@pytest.mark.parametrize(
    ("before", "command", "said"),
    [
        ("", "rds delete-db-cluster --db-cluster-identifier lab", "is not in us-east-1"),
        ("", "rds create-db-instance --db-instance-identifier lab-1 --db-cluster-identifier lab", "is not in"),
        ("C", "rds create-db-cluster --db-cluster-identifier lab", "which is there"),
        ("CI", "rds delete-db-cluster --db-cluster-identifier lab", "still contains"),
        ("C", "rds describe-db-clusters --region eu-west-1 --db-cluster-identifier lab", "is not in eu-west-1"),
        ("CP", "rds delete-db-cluster --db-cluster-identifier lab", "is protected"),
        ("CG", "rds delete-db-cluster --db-cluster-identifier lab", "in a global database"),
        ("CG", "rds delete-global-cluster --global-cluster-identifier all", "has members"),
        ("CK", "rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name own", "is used by lab"),
    ],
)
def test_the_account_is_strict(before: str, command: str, said: str) -> None:
    """What is not there, what is there already, and what something else stands on is refused."""
    account = Account()
    made = {
        "C": "rds create-db-cluster --db-cluster-identifier lab",
        "I": "rds create-db-instance --db-instance-identifier lab-1 --db-cluster-identifier lab --db-instance-class x",
        "P": "rds modify-db-cluster --db-cluster-identifier lab --deletion-protection",
        "G": "rds create-global-cluster --global-cluster-identifier all --source-db-cluster-identifier lab",
        "K": "rds modify-db-cluster --db-cluster-identifier lab --db-cluster-parameter-group-name own",
    }
    for letter in before:
        if letter == "K":
            account.do(["rds", "create-db-cluster-parameter-group", "--db-cluster-parameter-group-name", "own"])
        account.later()
        account.do(made[letter].split())
    account.later()
    with pytest.raises(Refused, match=said):
        account.do(command.split())


def test_the_bill_of_the_appendix_is_that_of_the_lab() -> None:
    """The table of the appendix has the hours and the dollars of each section as the lab adds them up."""
    bill = live(Account(), len(SECTIONS))
    hours = [sum(step for step in section["listings"] if not isinstance(step, str)) for section in SECTIONS]
    text = (SAMPLES.parent / "a-lab.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| @sec-[\w-]+ \| [^|]+ \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert [(float(spent), usd) for spent, usd in rows] == [
        (spent, f"{usd:.2f}") for spent, usd in zip(hours, bill, strict=True) if spent
    ]
    assert f"| {sum(hours):.0f} | {sum(bill):.2f} |" in text
    budget = json.loads((FILES / "budget.json").read_text(encoding="utf-8"))["BudgetLimit"]["Amount"]
    [notify] = json.loads((FILES / "notify.json").read_text(encoding="utf-8"))
    email = float(budget) * notify["Notification"]["Threshold"] / 100
    assert sum(bill[:-1]) < email < sum(bill)  # "arrives during the last one"
