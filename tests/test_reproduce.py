"""A commit that is built twice gives the same bytes, and influences of the machine are found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.finished import ROOT
from tools import reproduce
from tools.reproduce import Comparison, conclude, difference, machines

WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org")


@pytest.fixture
def committed(small_book: Path) -> Path:
    """Return a book in a repository of its own; commit changes with `commit`."""
    subprocess.run(("git", "init", "-q"), cwd=small_book, check=True)
    return commit(small_book)


def commit(book: Path) -> Path:
    """Commit everything."""
    subprocess.run(("git", "add", "."), cwd=book, check=True)
    subprocess.run(("git", *WHO, "commit", "-q", "-m", "x"), cwd=book, check=True)
    return book


def test_a_commit_gives_the_same_bytes_twice(
    committed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All ways to make a small book give the same result under all changes, which is stored with its data."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (committed / "01-one.md").write_text("# One\n\nNot committed.\n", encoding="utf-8")
    assert reproduce.main([str(committed), "-o", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "left out" in said.err
    record = json.loads((tmp_path / "out" / "reproduce.json").read_text(encoding="utf-8"))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"small.pdf", "small.epub", "reproduce.json"}
    assert set(record["files"]) == {"small.pdf", "small.epub"}
    assert all(f"{value}  {name}, " in said.out for name, value in record["files"].items())
    assert {"small.pdf, by `all` and by `pdf`", "small.epub, by `epub`, twice"} <= set(record["compared"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", record["versions"]["libraries"]["pango"])
    assert record["versions"]["packages"]["weasyprint"].startswith("70.")


def test_the_machines_differ(committed: Path, tmp_path: Path) -> None:
    """The simulated machines differ in clock, time zone, order of sets and age of the files."""
    code = "import os, time; print(time.time(), time.strftime('%z'), hash('a'), os.stat('book.toml').st_mtime)"
    seen = []
    for machine in machines(committed, committed, tmp_path):
        command = [*machine.before, sys.executable, "-P", "-c", code]
        run = subprocess.run(
            command, cwd=machine.book, env=dict(machine.variables), capture_output=True, text=True, check=True
        )
        seen.append(run.stdout.split())
    assert all(one != two for one, two in zip(*seen, strict=True))
    assert abs(float(seen[0][0]) - time.time()) < 3600
    assert abs(float(seen[1][0]) - reproduce.OTHER_DAY) < 3600


def test_what_slips_in_from_the_machine_is_caught(
    committed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A template prints a memory address: the bytes differ, and the report names the document."""
    (committed / "templates").mkdir()
    spoilt = '{% extends "default/copyright.xhtml" %}{% block colophon %}<p>{{ range }}</p>{% endblock %}'
    (committed / "templates" / "copyright.xhtml").write_text(spoilt, encoding="utf-8")
    commit(committed)
    files = [machine.build("epub")["small.epub"] for machine in machines(committed, committed, tmp_path)]
    assert conclude("0" * 40, [Comparison("small.epub", "by `epub`, twice", *files)], tmp_path / "out") == 1
    assert "DIFFERENT: EPUB/copyright.xhtml\n" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_a_build_that_fails_is_said(committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is compared if one of the builds fails."""
    (committed / "01-one.md").write_text("# One\n\n{{< include ../_part.md >}}\n", encoding="utf-8")
    assert reproduce.main([str(commit(committed))]) == 1
    error = capsys.readouterr().err
    assert "`all` has failed on the first machine" in error
    assert "error[" in error


def test_without_a_commit_there_is_nothing_to_reproduce(small_book: Path) -> None:
    """A folder outside git is wrong usage."""
    with pytest.raises(SystemExit) as ended:
        reproduce.main([str(small_book)])
    assert ended.value.code == 2


def test_a_difference_is_told_by_its_place() -> None:
    """Different bytes are counted; a file that only one build has made is not compared."""
    assert difference(b"same", b"sane") == "from byte 2 on: b'me', b'ne'"
    assert difference(b"same", b"same and more") == "from byte 4 on: b'', b' and more'"
    assert difference(b"same", b"") == "it was made only once"


def test_a_dirty_tree_says_so_in_the_book(committed: Path, tmp_path: Path) -> None:
    """The copyright page names the commit to check out, or says that there are uncommitted changes."""

    def copyright_page() -> str:
        command = [sys.executable, ROOT / "build.py", "epub", committed, "-o", tmp_path / "out.epub"]
        subprocess.run(command, check=True, capture_output=True)
        with zipfile.ZipFile(tmp_path / "out.epub") as archive:
            return archive.read("EPUB/copyright.xhtml").decode()

    assert re.search(r"git checkout [0-9a-f]{12}", copyright_page())
    (committed / "01-one.md").write_text("# One\n\nChanged.\n", encoding="utf-8")
    assert re.search(r"The sources have changes that are in no commit: [0-9a-f]{12} and more\.", copyright_page())


def test_no_part_of_the_program_reads_the_clock() -> None:
    """The program measures time and waits; it uses the date only for data outside the book."""
    asked = re.compile(r"\b(?:datetime\.(?:now|today|utcnow)|date\.today|time\.(?:time|time_ns|localtime|gmtime))\b")
    says_when = ("watching.py", "serving.py")  # these tell the hour of each build
    files = (path for path in (ROOT / "compositor").rglob("*.py") if path.name not in says_when)
    assert [path.name for path in files if asked.search(path.read_text(encoding="utf-8"))] == []
