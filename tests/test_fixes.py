"""What programs get beside the message of a finding: how to fix the text, and where its code is explained."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from compositor import errors
from compositor.cli import main
from compositor.errors import error, fixes
from compositor.model import Place

TEXT = "# One {#sec-one}\n\n"
SETTINGS = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'


def found(book: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Return the findings of a book, in the form for programs."""
    main(["check", str(book), "--format", "json"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def mended(text: str, findings: list[dict[str, Any]]) -> str:
    """Return a text after the first fix of each finding, applied as an editor does: from the end to the beginning."""
    lines = text.split("\n")
    for one in sorted((one["fixes"][0] for one in findings if one["fixes"]), key=lambda fix: -fix["column"]):
        line = lines[one["line"] - 1]
        assert one["end_line"] == one["line"]
        lines[one["line"] - 1] = line[: one["column"] - 1] + one["text"] + line[one["end_column"] - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("A101", "See @sec-oen.", "See @sec-one."),
        ("A102", "See [it](02-tow.md).", "See [it](02-two.md)."),
        ("A103", "See [it](02-two.md#a-plaec).", "See [it](02-two.md#a-place)."),
        ("C101", '![A](pcis/a.svg){fig-alt="a"}', '![A](pics/a.svg){fig-alt="a"}'),
        ("L161", "> [!TPI]\n> Words.", "> [!TIP]\n> Words."),
        ("L161", "> [!tpi]\n> Words.", "> [!tip]\n> Words."),
        ("L181", "A[^noet].\n\nMore[^note].\n\n[^note]: A note.", "A[^note].\n\nMore[^note].\n\n[^note]: A note."),
        ("L151", '```text {fliename="a"}\nx\n```', None),
        ("L151", '```text {lst-cpa="a"}\nx\n```', '```text {lst-cap="a"}\nx\n```'),
        ("L152", "```pyhton\nx = 1\n```", "```python\nx = 1\n```"),
        ("L341", "{{< var naem >}}", "{{< var name >}}"),
        ("L361", '[a]{.content-visible when-format="pfd"} b', '[a]{.content-visible when-format="pdf"} b'),
    ],
)
def test_what_is_said_of_a_chapter_mends_it(
    small_book: Path, capsys: pytest.CaptureFixture[str], code: str, wrong: str, right: str | None
) -> None:
    """The fix changes the wrong word and nothing else; without a similar name there is no fix."""
    (small_book / "book.toml").write_text(f'{SETTINGS}[variables]\nname = "Ada"\n', encoding="utf-8")
    (small_book / "02-two.md").write_text("# Two\n\n## A place\n\nText.\n", encoding="utf-8")
    (small_book / "pics").mkdir()
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    (small_book / "pics" / "a.svg").write_text(picture, encoding="utf-8")
    chapter = small_book / "01-one.md"
    chapter.write_text(f"{TEXT}{wrong}\n", encoding="utf-8")
    about = [one for one in found(small_book, capsys) if one["code"] == code]
    assert about
    assert [bool(one["fixes"]) for one in about] == [right is not None] * len(about)
    if right is not None:
        chapter.write_text(mended(chapter.read_text(encoding="utf-8"), about), encoding="utf-8")
        assert chapter.read_text(encoding="utf-8") == f"{TEXT}{right}\n"
        assert [one for one in found(small_book, capsys) if one["code"] == code] == []


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("S002", 'subtitel = "A"', 'subtitle = "A"'),
        ("S047", '[callouts.mine]\ntitle = "A"\nicon = "tpi"', '[callouts.mine]\ntitle = "A"\nicon = "tip"'),
        ("M002", '[order]\nchapters = ["01-oen.md"]', '[order]\nchapters = ["01-one.md"]'),
        ("T011", '[style]\nacent = "red"', '[style]\naccent = "red"'),
        ("S025", 'bibliography = "a.bib"\ncitation-style = "iee"', 'bibliography = "a.bib"\ncitation-style = "ieee"'),
    ],
)
def test_what_is_said_of_the_settings_mends_them(
    small_book: Path, capsys: pytest.CaptureFixture[str], code: str, wrong: str, right: str
) -> None:
    """The same holds for book.toml."""
    (small_book / "a.bib").write_text("@misc{a, title = {A}}\n", encoding="utf-8")
    settings = small_book / "book.toml"
    settings.write_text(f"{SETTINGS}{wrong}\n", encoding="utf-8")
    about = [one for one in found(small_book, capsys) if one["code"] == code]
    assert about
    settings.write_text(mended(settings.read_text(encoding="utf-8"), about), encoding="utf-8")
    assert settings.read_text(encoding="utf-8") == f"{SETTINGS}{right}\n"
    assert [one for one in found(small_book, capsys) if one["code"] == code] == []


@pytest.mark.parametrize(
    ("excerpt", "column", "length", "where"),
    [
        ("see @one and @one", 5, 4, 6),
        ("see @one and @one", 1, 1, None),
        ("x=1 one=2", 1, 1, 5),
        ("x=1 ones=2", 1, 1, None),
        ("", 1, 1, None),
    ],
)
def test_a_word_that_is_not_found_once_is_not_touched(
    excerpt: str, column: int, length: int, where: int | None
) -> None:
    """A wrong fix would be worse than none."""
    told = error("A101", "m", Place("a.md", 1, column, length), meant=("one", "two"))
    made = fixes(replace(told, excerpt=excerpt))
    assert [one["column"] for one in made] == ([] if where is None else [where])


def test_a_finding_without_a_line_has_no_fix() -> None:
    """There is no fix if the place is unknown, no name is similar, or the name changes the direction of writing."""
    assert fixes(error("A101", "m", Place("a.md"), meant=("one", "two"))) == []
    assert fixes(error("A101", "m", Place("a.md", 1, 1))) == []
    told = replace(error("A101", "m", Place("a.md", 1, 1), meant=("one", "t\u202ewo")), excerpt="one")
    assert fixes(told) == []


def test_the_address_of_an_explanation_names_no_host_that_nobody_has_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is relative to Compositor's repository, or begins with the address in its package."""
    assert errors.address("A101") == "docs/manual/reference.md#a101"
    monkeypatch.setattr(errors, "_repository", lambda: ("https://example.org/press", "1.2"))
    assert errors.address("A101") == "https://example.org/press/blob/v1.2/docs/manual/reference.md#a101"
