"""The report: an accessible page, the same for the same rows, and an exit code."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from compositor.checks.finished.completeness import closed_list
from compositor.cli import main
from compositor.formats.writing.files import write_all
from compositor.proof import Row, as_html, judges, own
from compositor.proof.ordering import folder_for, sums_of

ROWS = (
    Row("It holds", "a tool", "tool A", "holds", "0 faults", "1.2", 0, (("a.epub", "f" * 64),)),
    Row("It <fails>", "a tool", "tool A", "fails", "2 faults", "1.2", 1, details=("a & b", "c")),
    Row("Nobody looked", "a tool", "tool A", "not run", "it is not installed"),
)
VERSIONS = (("Pango", "1.50"),)


class Elements(HTMLParser):
    """The tags of a page with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_can_be_read_aloud_and_alone() -> None:
    """It has a language, a title, one first-level heading, captions and scopes, and fetches nothing."""
    page = Elements(as_html(ROWS, None, VERSIONS))
    tags = [tag for tag, _ in page.tags]
    assert [attributes["lang"] for tag, attributes in page.tags if tag == "html"] == ["en"]
    assert (tags.count("title"), tags.count("h1"), tags.count("main")) == (1, 1, 1)
    assert tags.count("caption") == tags.count("table") == 4
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in page.tags if tag == "th")
    assert {"src", "href"}.isdisjoint(name for _, attributes in page.tags for name in attributes)
    assert "url(" not in page.words and "@import" not in page.words


def test_the_page_says_in_words_how_a_promise_stands() -> None:
    """It does not rely on colour or a mark alone; the text of a row is not markup."""
    page = as_html(ROWS, None, VERSIONS)
    assert "1 hold, 1 fail, 1 not run." in page
    assert all(f"</span> {row.outcome}</td>" in page for row in ROWS)
    assert "It &lt;fails&gt;" in page and "a &amp; b" in page
    assert "f" * 64 in page


def test_the_page_prints_what_was_left_out_of_the_comparison() -> None:
    """The page has every line of the closed list of Compositor's own texts."""
    page = Elements(as_html(ROWS, None, VERSIONS)).words
    assert all(line in page for line in closed_list())
    assert "the number of the page, in a corner" in page


def test_the_same_rows_give_the_same_page() -> None:
    """The page does not depend on the clock."""
    assert as_html(ROWS, None, VERSIONS) == as_html(ROWS, None, VERSIONS)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the slow validators."""
    kept = (own.sources, own.finished, own.structure, own.same_bytes, judges.qpdf)
    monkeypatch.setattr("compositor.proof.ROWS", kept)


@pytest.mark.usefixtures("quick")
def test_check_writes_the_report(small_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A good book gives a page, lines on stdout, exit code 0, and the same page again."""
    target = tmp_path / "report.html"
    assert main(["check", str(small_book), "--full", "--report", str(target)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("holds ")
    assert printed[-1] == str(target)
    first = target.read_bytes()
    assert main(["check", str(small_book), "--full", "--report", str(target), "-o", str(tmp_path / "kept")]) == 0
    assert target.read_bytes() == first, "kept files or not, and no name of a folder"
    assert {path.suffix for path in (tmp_path / "kept").iterdir()} == {".pdf", ".epub"}


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_promise_that_fails_is_exit_code_1(small_book: Path, tmp_path: Path, capsys) -> None:
    """Other bytes than those of another build are a failure; the page is written anyway."""
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  small.pdf\n{'0' * 64}  small.epub\n", encoding="utf-8")
    target = tmp_path / "report.html"
    command = ["check", str(small_book), "--full", "--report", str(target), "--sums", str(sums), "--format", "json"]
    assert main(command) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["figure"] for row in rows if row.get("outcome") == "fails"] == ["different", "different"]
    assert "2 fail" in target.read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick")
def test_a_book_with_an_error_has_a_report_too(small_book: Path, tmp_path: Path) -> None:
    """Checks of files that were not made are not run."""
    (small_book / "01-one.md").write_text("# One\n\n{{< include ../_part.md >}}\n", encoding="utf-8")
    target = tmp_path / "report.html"
    assert main(["check", str(small_book), "--full", "--report", str(target)]) == 1
    assert "1 fail" in target.read_text(encoding="utf-8")
    assert "the build has made no such file" in target.read_text(encoding="utf-8")


def test_a_report_needs_the_full_check(small_book: Path, tmp_path: Path) -> None:
    """Without the files there is nothing to report on."""
    assert main(["check", str(small_book), "--report", str(tmp_path / "r.html")]) == 2


def test_sums_are_read_as_both_tools_write_them(tmp_path: Path, small_book: Path, capsys) -> None:
    """reproduce.json and the output of sha256sum are accepted; anything else is wrong usage."""
    file = tmp_path / "sums"
    file.write_text(f"{'a' * 64}  a b.pdf\n{'b' * 64} *c.epub\n", encoding="utf-8")
    assert sums_of(file) == {"a b.pdf": "a" * 64, "c.epub": "b" * 64}
    file.write_text(json.dumps({"files": {"a.pdf": "a" * 64}}), encoding="utf-8")
    assert sums_of(file) == {"a.pdf": "a" * 64}
    file.write_text("nothing of the kind", encoding="utf-8")
    report = str(tmp_path / "r.html")
    assert main(["check", str(small_book), "--full", "--report", report, "--sums", str(file)]) == 2
    assert "neither a reproduce.json nor a list" in capsys.readouterr().err


@pytest.mark.usefixtures("quick")
def test_a_report_waits_for_no_lock(small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No build locks the folder into which the report's files are written."""
    tried: list[int] = []
    monkeypatch.setattr("compositor.machine.locks.time.sleep", lambda seconds: tried.append(1))
    with folder_for(None, tmp_path / "report.html") as folder:
        assert folder is not None
        write_all({Path(folder) / "a.pdf": b"%PDF"})
    assert tried == []
