"""Inputs that others have collected: each gives both files, and no word is lost without a message."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.corpora import corpora
from tests.corpora.corpora import Example
from tests.corpora.trial import missing, try_all

OLDER = {"gfm 645"}
"""An older specification did not allow `<!-- a -- b -->` as a comment; today's does, and so does Compositor."""
SAMPLE = 12


def tried(name: str, examples: Sequence[Example], every: int = 1) -> None:
    """Build these examples, or every nth of them, and print the results."""
    if not examples:
        pytest.skip(f"not run: {name} cannot be fetched here")
    outcome = try_all([one for one in examples[::every] if one.name not in OLDER])
    print(f"{name}: {outcome.tried} tried, of {outcome.told} something is told")
    assert outcome.failures == {}


def test_a_sample_of_the_examples_of_commonmark_is_made() -> None:
    """Every sixtieth example is built, all in one book."""
    examples = corpora.commonmark()
    tried("CommonMark", examples, max(1, len(examples) // SAMPLE))


@pytest.mark.slow
def test_the_examples_of_commonmark_are_made() -> None:
    """All 652 examples of the specification are built."""
    examples = corpora.commonmark()
    tried("CommonMark", examples)
    assert len(examples) == 652


@pytest.mark.slow
def test_naughty_strings_are_made() -> None:
    """Strings in all scripts, with all signs, and with special meaning for other programs are built."""
    strings = corpora.naughty()
    if not strings:
        pytest.skip("npm did not install the strings: no npm, or no registry")
    tried("naughty strings", strings)
    assert len(strings) == 485


@pytest.mark.slow
def test_the_examples_of_github_are_made() -> None:
    """All 673 examples of GitHub's specification, its extensions, the regressions of cmark and CORPORA are built."""
    found = dict(corpora.others())
    assert len(found["gfm"]) == 673
    assert sum(len(examples) for name, examples in found.items() if name != "gfm") >= 47
    for name, examples in found.items():
        tried(name, examples)


def test_a_lost_word_is_found() -> None:
    """The trial compares the words with those that other programs produce."""
    assert missing(Example("", "", "<p>one <em>two</em></p>"), "one two") == ""
    assert missing(Example("", "", "<p>one <em>two</em></p><script>x</script>"), "one") == "two"
    assert missing(Example("", "", "<!DOCTYPE html>\n"), "") == ""
