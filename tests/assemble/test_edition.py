"""The build id, the date and the commit of an edition."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compositor.model import Edition
from compositor.press import Timings, read_book


@pytest.fixture(autouse=True)
def _no_given_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def edition(folder: Path) -> Edition:
    """Return the edition of a book without errors."""
    book = read_book(folder, Timings()).book
    assert book is not None
    return book.edition


def git(folder: Path, *arguments: str) -> None:
    """Run git in a repository, with a fixed author and date."""
    names = {"NAME": "A", "EMAIL": "a@example.org", "DATE": "2024-02-29T12:00:00Z"}
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in names.items()}
    subprocess.run(
        ("git", *arguments), cwd=folder, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", **who}
    )


def test_outside_git_the_date_is_fixed(small_book: Path) -> None:
    """Without a repository and SOURCE_DATE_EPOCH, the same folder always gives the same date."""
    assert edition(small_book).date == datetime(2000, 1, 1, tzinfo=UTC)
    assert edition(small_book).commit == ""


def test_the_last_commit_gives_the_date(small_book: Path) -> None:
    """In a repository the date is the commit's; a change since then is marked with a plus."""
    git(small_book, "init", "-q")
    git(small_book, "add", ".")
    git(small_book, "commit", "-q", "-m", "one")
    clean = edition(small_book)
    assert clean.date == datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert len(clean.commit) == 12
    (small_book / "01-one.md").write_text("# One\n\nOther words.\n", encoding="utf-8")
    assert edition(small_book).commit == clean.commit + "+"


def test_source_date_epoch_wins(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH gives the date; an invalid value is an error that names the variable."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert edition(small_book).date == datetime(1970, 1, 2, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert [finding.code for finding in read_book(small_book, Timings()).errors] == ["B101"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("01-one.md", "# One\n\nA paragraph!\n"),
        ("book.toml", 'format = 1\ntitle = "Smaller"\nauthors = ["A"]\n'),
        ("styles/print.css", "p { color: red }"),
    ],
)
def test_whatever_goes_into_the_book_changes_the_build_id(small_book: Path, file: str, text: str) -> None:
    """Text, settings and style all count; the same content in another folder has the same id."""
    before = edition(small_book).build_id
    (small_book / file).parent.mkdir(exist_ok=True)
    (small_book / file).write_text(text, encoding="utf-8")
    assert edition(small_book).build_id != before


def test_the_place_of_the_folder_does_not_count(small_book: Path) -> None:
    """A copy of the book in another folder has the same build id."""
    before = edition(small_book).build_id
    moved = small_book.rename(small_book.with_name("elsewhere"))
    assert edition(moved).build_id == before


def repository_of_another(book: Path) -> None:
    """Write a file that claims the repository of somebody else for the book."""
    other = book.with_name("other")
    other.mkdir()
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "private")
    (book / ".git").write_text(f"gitdir: {other}/.git\n", encoding="utf-8")


@pytest.mark.parametrize("given", ["", "86400"])
def test_a_repository_that_cannot_be_read_is_told(
    small_book: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """A warning says why the date is missing, what to do about it, and what the copyright page lacks."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    repository_of_another(small_book)
    proof = read_book(small_book, Timings())
    assert proof.book is not None
    (finding,) = proof.findings
    assert (finding.code, finding.severity, str(finding.place)) == ("B102", "warning", ".git")
    assert "the repository of another folder" in finding.message
    assert "clone the repository" in finding.helps[0]
    assert ("no year" in finding.helps[1]) == (not given)
    assert (proof.book.edition.commit, proof.book.edition.dated) == ("", bool(given))


def test_a_state_that_cannot_be_told_is_told(small_book: Path) -> None:
    """If git filters a file, it may have changed: the commit gets a mark, and a warning names the file."""
    git(small_book, "init", "-q")
    (small_book / ".gitattributes").write_text("*.md filter=own\n", encoding="utf-8")
    git(small_book, "add", ".")
    git(small_book, "commit", "-q", "-m", "one")
    (small_book / "01-one.md").write_text("# One\n\nOther words.\n", encoding="utf-8")
    proof = read_book(small_book, Timings())
    assert proof.book is not None
    assert proof.book.edition.commit.endswith("?")
    assert [(one.code, one.severity, str(one.place)) for one in proof.findings] == [("B103", "warning", "01-one.md")]


def test_a_name_in_a_message_steers_no_terminal(small_book: Path) -> None:
    """A file name from the repository is shown without its control characters."""
    repository_of_another(small_book)
    moved = small_book.rename(small_book.with_name("a\x1b[31m\n::error::b"))
    inner = moved / "inner"
    inner.mkdir()
    for name in ("book.toml", "01-one.md"):
        (moved / name).rename(inner / name)
    (finding,) = read_book(inner, Timings()).findings
    assert all(text.isprintable() for text in (finding.message, finding.place.file, *finding.helps))


def test_settings_of_git_say_nothing_into_the_date(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The date and commit are the same on a machine that shows signatures with every log."""
    git(small_book, "init", "-q")
    git(small_book, "add", ".")
    git(small_book, "commit", "-q", "-m", "one")
    before = edition(small_book)
    config = tmp_path / "config"
    config.write_text("[log]\n\tshowSignature = true\n\tdecorate = full\n[color]\n\tui = always\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert edition(small_book) == before


def test_a_file_that_is_not_of_the_book_is_not_in_its_build_id(tmp_path: Path) -> None:
    """A new file that nothing links to leaves the build id as it is, although `[[name]]` may link to any file."""
    (tmp_path / "01-one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    first = edition(tmp_path).build_id
    (tmp_path / "notes.txt").write_text("Not of the book.\n", encoding="utf-8")
    assert edition(tmp_path).build_id == first
    (tmp_path / "01-one.md").write_text("# One\n\nOther text.\n", encoding="utf-8")
    assert edition(tmp_path).build_id != first


def test_a_file_that_may_be_linked_by_its_name_is_in_the_build_id(tmp_path: Path) -> None:
    """If a text, or a file that it includes, has such a link, a new file changes the build id: it may be the target."""
    (tmp_path / "01-one.md").write_text("# One\n\nSee [[plan]].\n", encoding="utf-8")
    first = edition(tmp_path).build_id
    (tmp_path / "plan.txt").write_text("A plan.\n", encoding="utf-8")
    assert edition(tmp_path).build_id != first
