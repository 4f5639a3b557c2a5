"""Multiplying input is limited before it is built: nested includes, widths of formats, digits of numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.dialects.native import EXTENSIONS
from compositor.language import language_for
from compositor.markdown import Context, parse
from compositor.markdown.book.includes import MOST_FILES
from compositor.markdown.reading import walk
from compositor.model import Chapter, Source
from compositor.press import Timings, read_book
from compositor.settings import read_settings


def chapter(text: str, files: dict[str, str], variables: dict[str, object] | None = None) -> Chapter:
    """Return a chapter that may use these files and variables."""
    context = Context(frozenset(EXTENSIONS), language_for("en"), files.__getitem__, variables or {})
    return parse(Source("01-a.md", f"# A\n\n{text}\n", "a"), context)


def test_files_that_include_one_another_come_to_an_end() -> None:
    """Seven files with ten includes each would make ten million; a thousand are included, with one finding."""
    files = {f"_{n}.md": f"{{{{< include _{n + 1}.md >}}}}\n" * 10 for n in range(7)} | {"_7.md": "words\n"}
    made = chapter("{{< include _0.md >}}", files)
    assert len(made.inclusions) == MOST_FILES
    assert [finding.code for finding in made.findings] == ["L335"]
    assert any(token.type == "code_inline" and token.content == "_7.md" for token in walk(made.tokens))


@pytest.mark.parametrize("wanted", [".999999999f", "999999999999", "099999.1f", "9" * 5000, ".2e", ",.1f"])
def test_a_format_asks_for_no_more_than_a_page_has(wanted: str) -> None:
    """A width of a billion letters is not a format; ordinary widths are."""
    made = chapter(f'{{{{< var x format="{wanted}" >}}}}', {}, {"x": 1.5})
    assert [finding.code for finding in made.findings] == ([] if wanted in (".2e", ",.1f") else ["L342"])


def test_a_number_without_end_in_a_variable() -> None:
    """Formats of numbers that no machine number can hold are reported."""
    made = chapter('{{< var x format=".2f" >}}', {}, {"x": 10**4200})
    (finding,) = made.findings
    assert finding.code == "L342"
    assert len(finding.message) < 200


def test_a_number_of_more_digits_than_can_be_read() -> None:
    """The error is in the settings, at its place."""
    found, (finding,) = read_settings(f"format = 1\ntitle = 'T'\nfirst-chapter = {'9' * 5000}\n", "book.toml")
    assert found is None
    assert (finding.code, str(finding.place)) == ("S001", "book.toml:3:17")


@pytest.mark.parametrize("inside", ["[" * 5000, "- " * 5000 + "x", "{a: " * 5000, "? [a]\n: b", "[a]: b"])
def test_front_matter_that_is_nested_too_deeply_is_told_and_left_out(small_book: Path, inside: str) -> None:
    """The chapter is made without its front matter."""
    (small_book / "01-one.md").write_text(f"---\n{inside}\n---\n\n# One\n\nText.\n", encoding="utf-8")
    proof = read_book(small_book, Timings())
    assert {one.code for one in proof.findings} & {"L111", "L112"}
    assert proof.errors == ()
