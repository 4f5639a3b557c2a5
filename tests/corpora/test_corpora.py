"""Inputs that others have gathered: each gives both files, and no word is lost without a word about it."""

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
    """Try these examples, or each so-manieth, and print what became of them."""
    if not examples:
        pytest.skip(f"not run: {name} cannot be fetched here")
    outcome = try_all([one for one in examples[::every] if one.name not in OLDER])
    print(f"{name}: {outcome.tried} tried, of {outcome.told} something is told")
    assert outcome.failures == {}


def test_a_sample_of_the_examples_of_commonmark_is_made() -> None:
    """Every sixtieth, in one book."""
    examples = corpora.commonmark()
    tried("CommonMark", examples, max(1, len(examples) // SAMPLE))


@pytest.mark.slow
def test_the_examples_of_commonmark_are_made() -> None:
    """All 652 of the specification."""
    examples = corpora.commonmark()
    tried("CommonMark", examples)
    assert len(examples) == 652


@pytest.mark.slow
def test_naughty_strings_are_made() -> None:
    """Strings in all scripts, with all signs, and such as mean something to other programs."""
    tried("naughty strings", corpora.naughty())


@pytest.mark.slow
def test_the_examples_of_github_are_made() -> None:
    """All 673 of its specification, its extensions and the regressions of cmark; and what CORPORA names."""
    found = dict(corpora.others())
    assert len(found["gfm"]) == 673
    for name, examples in found.items():
        tried(name, examples)


def test_a_lost_word_is_found() -> None:
    """The trial looks for what others make of an example."""
    assert missing(Example("", "", "<p>one <em>two</em></p>"), "one two") == ""
    assert missing(Example("", "", "<p>one <em>two</em></p><script>x</script>"), "one") == "two"
    assert missing(Example("", "", "<!DOCTYPE html>\n"), "") == ""
