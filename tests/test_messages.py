"""No output can control a terminal or a job log, whatever a book contains."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from compositor.cli import main
from compositor.errors import BookError, error, one_line, printable, warning, written
from compositor.model import Place
from compositor.press import Timings, read_book
from compositor.report import Report, bug

SPITEFUL = "a\n::error::b\r\x1b[31mc\x9b2J\u2028::error::d\u202ee\u2066f\x7fg\x00h##[error]i"
COMMAND = re.compile(r"^\s*::[a-z]|##\[[a-z]", re.MULTILINE)
STYLES = ("text", "short", "json", "github")


def steering(text: str) -> set[str]:
    """Return the control characters in the output."""
    bad = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp", "Cf")}
    return bad - {"\n", "\t", "\xad", "\u200c", "\u200d"}


@pytest.mark.parametrize("style", STYLES)
def test_no_part_of_a_finding_steers(style: str) -> None:
    """Message, place, remedies, the quoted line and a program's output are shown, each on its line."""
    found = error("L100", SPITEFUL, Place(f"{SPITEFUL}.md", 1, 2), SPITEFUL)
    found = replace(found, excerpt=SPITEFUL, said=(SPITEFUL, "::error::x"))
    shown = written(found, style, False)
    assert steering(shown) == set()
    lines = shown.split("\n")
    assert len(lines) == (8 if style == "text" else 1)
    own = "::error file=" if style == "github" else ""
    assert not COMMAND.search(shown.removeprefix(own))
    assert style != "json" or json.loads(shown)["line"] == 1


@pytest.mark.parametrize("style", STYLES)
def test_a_spiteful_book_prints_its_findings_and_nothing_else(
    style: str, small_book: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """This covers paths of images and links, file names, keys of book.toml and names in templates."""
    text = "# A\n\n![x](no%0A::error::img%1B%E2%80%AE.png){fig-alt=\"x\"}\n\n[a](b%0A::error::link%C2%9B.md)\n"
    (small_book / "01-one.md").write_text(text, encoding="utf-8")
    (small_book / "2-b\n::error::\u202e\x1bfile.md").write_text("# B\n", encoding="utf-8")
    (small_book / "templates").mkdir()
    for toml in ("", '"k\\n::error::key\\u009b" = 1\n', 'theme = "x\\n::error::y"\n', "x = \x1b\n::error::z\n"):
        with (small_book / "book.toml").open("a", encoding="utf-8") as file:
            file.write(toml)
        code = main(["check", str(small_book), "--format", style])
        said = capfd.readouterr()
        assert code == (1 if toml else 0)
        assert steering(said.out + said.err) == set()
        own = r"^::(error|warning) file=.*?::" if style == "github" else "^$"
        assert not COMMAND.search(re.sub(own, "x", said.out + said.err, flags=re.MULTILINE))


def test_a_template_that_names_a_line_of_the_log_does_not_write_one(
    small_book: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Jinja2's own message also quotes the template."""
    (small_book / "templates").mkdir()
    page = small_book / "templates" / "copyright.xhtml"
    for text in ('{% include "x\\n::error::y\\u202e" %}', "{{ metadata['\\n::error::z'] }}", "{% \x1b\n::error:: %}"):
        page.write_text(text, encoding="utf-8")
        assert main(["epub", str(small_book), "-o", f"{small_book}/out/"]) == 1
        said = capfd.readouterr()
        assert steering(said.err) == set()
        assert not COMMAND.search(said.err)


def test_names_of_files_are_printed_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts read the names, so ordinary characters of file names are not replaced."""
    report = Report()
    for name in ("a b\u00a0c.pdf", "B\u00fccher \u200d\U0001f468.epub", "x\u00ad.epub", "::b.pdf", "a:: b.pdf"):
        report.result(tmp_path / name)
        assert capsys.readouterr().out == f"{tmp_path / name}\n"
    report.result(Path("::error::a\n::error::b\x1b"))
    shown = capsys.readouterr().out
    assert shown.count("\n") == 1
    assert not COMMAND.search(shown)
    assert steering(shown) == set()
    Report("json").result(Path("a\n\x1b\u202e"))
    assert json.loads(capsys.readouterr().out) == {"output": "a\n\x1b\u202e"}


def test_talk_tables_and_timings_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """All other output of a command is escaped in the same way."""
    timings = Timings(lambda name: None)
    timings.seconds[SPITEFUL] = 1.0
    report = Report(timings=True)
    report.say([SPITEFUL, "::error::x"])
    report.table([SPITEFUL, "::error::x"], "")
    report.finish((), Path(), timings.seconds)
    Report("json").table([], json.dumps({"a": SPITEFUL}, ensure_ascii=False) + '\n{"b": 1}')
    said = capsys.readouterr()
    assert steering(said.out + said.err) == set()
    assert not COMMAND.search(said.out + said.err)
    assert [json.loads(line) for line in said.out.splitlines()[2:]][1] == {"b": 1}


def test_a_fault_of_the_press_quotes_a_book_safely(capsys: pytest.CaptureFixture[str]) -> None:
    """A traceback keeps its lines, and the message of an exception begins no command."""
    try:
        raise ValueError(SPITEFUL)
    except ValueError as problem:
        assert bug(problem) == 70
    said = capsys.readouterr().err
    assert "Traceback (most recent call last):\n" in said
    assert steering(said) == set()
    assert not COMMAND.search(said)
    assert steering(str(BookError([error("L1", SPITEFUL, Place(SPITEFUL))]))) == set()


def test_what_is_shown_keeps_its_places() -> None:
    """Each letter is replaced by one character, so that the marks under a quoted line stay in place."""
    assert len(printable(SPITEFUL)) == len(SPITEFUL)
    plain = "Tab\tand \u00a0 \u2009 \u200d\U0001f468 z.\u202fB. stay"
    assert printable(plain) == plain
    assert one_line("  ::error::x") == "  \ufffd:error::x"
    assert one_line("a::b") == "a::b"


def test_a_very_long_line_is_quoted_a_few_times(tmp_path: Path) -> None:
    """Otherwise each finding would quote the whole line: 80,000 letters with 20,000 findings would be 1.6 GB."""
    (tmp_path / "01-a.md").write_text(f"# A\n\n{'{.a} ' * 3000}\n\nA [link](gone.md).\n", encoding="utf-8")
    found = read_book(tmp_path, Timings()).findings
    told = [one for one in found if one.place.line == 3]
    assert len(told) > 2000
    assert [bool(one.excerpt) for one in told] == [n < 20 for n in range(len(told))]
    assert [one.excerpt for one in found if one.place.line == 5] == ["A [link](gone.md)."]


def test_of_many_findings_those_that_readers_will_miss_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Errors, then letters without a font and missing pictures, then the most frequent kind."""
    made = [warning("L144", "a caption", Place("a.md", line)) for line in range(1, 12)]
    made += [warning("C101", "no image", Place("b.md", 1)), warning("P105", "no font", Place("b.md", 2))]
    made += [error("C202", "twice", Place("c.md", 1))]
    Report(style="text").finish(made, Path("book"), {})
    shown = re.findall(r"\[([A-Z]\d+)\]", capsys.readouterr().err)
    assert shown == ["C202", "C101", "P105", "L144"]
