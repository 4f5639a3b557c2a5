"""The share of changes in the listings that their proofs find, and the rules that make the changes."""

from __future__ import annotations

from collections import Counter

import asserting
import mutating
import mutations
import pytest
from mutations import Tally


def changed(language: str, text: str, kind: str) -> list[str]:
    """The text after each change of a kind."""
    return [text[:at] + new + text[end:] for what, at, end, new in mutating.changes(language, text) if what == kind]


@pytest.mark.parametrize(
    ("language", "kind", "text", "after"),
    [
        ("bash", "option", "aws rds x --tier 1 --yes\n", ["aws rds x --yes\n", "aws rds x --tier 1\n"]),
        ("bash", "number", "sleep 60  # 5 minutes\n", ["sleep 61  # 5 minutes\n"]),
        ("bash", "keyword", "aws x || true\n", ["aws x\n"]),
        ("sql.pg", "keyword", "SELECT a FROM b WHERE a <=> 1;", ["SELECT a FROM b WHERE a <-> 1;"]),
        ("sql.pg", "option", "SELECT a FROM b LIMIT 5;", ["SELECT a FROM b;"]),
        ("sql.my", "value", "SELECT who FROM team;", ["SELECT whx FROM team;", "SELECT who FROM teax;"]),
        ("yaml", "option", "A:\n  B: 1\n", ["A:\n"]),
        ("json", "option", '{\n  "a": 1,\n  "b": 2\n}', ['{\n  "a": 1\n}', '{\n  "b": 2\n}']),
        ("python", "keyword", "assert a == b  # a == b\n", ["assert a != b  # a == b\n"]),
    ],
)
def test_a_rule_changes_one_thing(language: str, kind: str, text: str, after: list[str]) -> None:
    """Each change leaves everything else as it is, and comments too."""
    assert changed(language, text, kind) == after


def test_every_listing_is_asserted() -> None:
    """No listing is checked and run without anybody who says what must be true of it."""
    assert [fence.name for _, fence, how in asserting.listings() if not how] == []


def test_what_changes_nothing_is_named_with_its_reason() -> None:
    """Each is a change that the rules make, has a reason, and all of them are at most five percent."""
    names = [mutant.name for language in mutating.LANGUAGES for mutant in mutating.mutants(language)]
    known = mutations.equivalents()
    assert known.keys() <= set(names)
    assert all(len(reason.split()) > 5 for reason in known.values())
    assert 100 * len(known) <= mutations.MOST_EQUIVALENT * len(names)


def test_a_share_leaves_out_what_changes_nothing() -> None:
    """A change that changes nothing counts neither for nor against; too little found, or a false reason, is bad."""
    key = ("bash", "number")
    made, equal = Counter({key: 20}), Counter({key: 1})
    less, enough = (Tally(made, Counter({key: found}), equal) for found in (18, 19))
    assert round(less.share([key]), 1) == 94.7 and enough.share([key]) == 100
    assert [less.good, enough.good] == [False, True]
    assert not Tally(made, Counter({key: 19}), equal, broken=["a reason that does not hold"]).good


@pytest.mark.slow
def test_enough_is_found_of_a_sample_of_all_changes() -> None:
    """Of every fortieth change at least 95 percent are found, of each kind; all of them: `make samples-mutations`."""
    if "checkers" not in mutations.environments():
        pytest.skip("the environment of the checkers is made by `build.py samples`")
    assert mutations.again(["--every", "40"]) == 0
