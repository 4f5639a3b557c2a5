"""Books with errors: which files are made, which are set aside, and which messages are shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import pytest

from compositor import cli
from compositor.checks.finished import pagination
from compositor.errors import error
from compositor.fence.beside import Beside, begun_beside
from compositor.formats import EDITIONS, EPUB, PDF, Output
from compositor.formats.writing.outputs import aside
from compositor.machine.cores import VARIABLE
from compositor.machine.variables import CACHE
from compositor.making import make
from compositor.model import Finding, Limits, Place
from compositor.press import Timings, read_book
from tests.finished import ROOT

LOST = "p { display: none }"
"""A style that hides words: the check of the finished file finds it."""


def style(book: Path, name: str, text: str) -> None:
    """Write a style sheet of the book's own."""
    (book / "styles").mkdir(exist_ok=True)
    (book / "styles" / name).write_text(text, encoding="utf-8")


def run(*arguments: str | Path, here: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command line, in a process and a folder of its own."""
    command = [sys.executable, ROOT / "build.py", *map(str, arguments)]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)


def names(folder: Path) -> set[str]:
    """Return all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("sheet", "made", "set_aside"), [("print.css", "small.epub", "small.pdf"), ("epub.css", "small.pdf", "small.epub")]
)
def test_a_file_that_does_not_hold_is_set_aside(
    small_book: Path, tmp_path: Path, sheet: str, made: str, set_aside: str
) -> None:
    """The other format is made; the last good file stays, and the new one is put into a folder of its own."""
    out = tmp_path / "out"
    out.mkdir()
    (out / set_aside).write_bytes(b"the last good one")
    style(small_book, sheet, LOST)
    done = run("all", small_book, "-o", f"{out}/")
    assert (done.returncode, done.stdout) == (4, f"{out}/{made}\n")
    assert names(out) == {made, set_aside, f"unproved/{set_aside}"}
    assert (out / set_aside).read_bytes() == b"the last good one"
    assert "F008" in done.stderr
    missing = {"small.pdf": "PDF", "small.epub": "EPUB"}[set_aside]
    assert done.stderr.splitlines()[-1].startswith(f"made {out}/{made}; not made: the {missing};")


def test_the_next_good_build_removes_what_was_set_aside(small_book: Path, tmp_path: Path) -> None:
    """No outdated file remains that the checks have refused."""
    style(small_book, "print.css", LOST)
    make(read_book(small_book, Timings()), (PDF,), f"{tmp_path}/out/", Timings())
    assert names(tmp_path / "out") == {"unproved/small.pdf"}
    style(small_book, "print.css", "")
    make(read_book(small_book, Timings()), (PDF,), f"{tmp_path}/out/", Timings())
    assert names(tmp_path / "out") == {"small.pdf"}
    assert not (tmp_path / "out" / "unproved").exists()


def test_an_epub_names_no_pages_of_a_file_that_nobody_gets(small_book: Path, tmp_path: Path) -> None:
    """If the PDF fails its checks, the EPUB equals the one that `epub` alone makes."""
    style(small_book, "print.css", LOST)
    alone = make(read_book(small_book, Timings()), (EPUB,), f"{tmp_path}/alone/", Timings()).paths[0].read_bytes()
    made = make(read_book(small_book, Timings()), EDITIONS, f"{tmp_path}/out/", Timings())
    assert [format_.name for format_ in made.missing] == ["pdf"]
    assert made.paths[0].read_bytes() == alone


def test_the_epub_is_made_while_the_pdf_is(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and findings equal those of a sequential build, even if the copy of the worker is killed."""
    (small_book / "01-one.md").write_text("# One\n\nA paragraph.\n\n<script>1</script>\n", encoding="utf-8")
    monkeypatch.setenv(CACHE, "off")
    begun: list[Beside | None] = []

    def built(workers: str, work: Callable[[], object] | None = None) -> tuple[tuple[Output, ...], tuple[Finding, ...]]:
        def beside(folder: Path, limits: Limits, theirs: Callable[[], object]) -> Beside | None:
            begun.append(begun_beside(folder, limits, work or theirs))
            return begun[-1]

        monkeypatch.setattr("compositor.making.begun_beside", beside)
        monkeypatch.setenv(VARIABLE, workers)
        done = make(read_book(small_book, Timings()), EDITIONS, None, Timings())
        return tuple(replace(one, counts={}) for one in done.outputs), done.findings

    one_behind_the_other = built("1")
    assert begun == [None]
    assert built("2") == one_behind_the_other
    assert built("2", lambda: os.kill(os.getpid(), signal.SIGKILL)) == one_behind_the_other
    assert None not in begun[1:] and len(begun) == 3





def test_of_files_that_do_not_agree_the_first_is_kept(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file agrees with the book, but the EPUB names a PDF page wrongly: the PDF is good nevertheless."""

    def disagree(*_: object) -> Iterator[Finding]:
        yield error("C242", "page 1 begins elsewhere", Place("01-one.md", 1))

    monkeypatch.setattr(pagination, "compare", disagree)
    made = make(read_book(small_book, Timings()), EDITIONS, f"{tmp_path}/out/", Timings())
    assert names(tmp_path / "out") == {"small.pdf", "unproved/small.epub"}
    assert [format_.name for format_ in made.missing] == ["epub"]
    assert {finding.code for finding in made.findings if finding.severity == "error"} == {"C242", "F008"}


WORKFLOWS = sorted([*(ROOT / ".github" / "workflows").glob("*.yml"), *(ROOT / "skeleton").rglob("*.yml")])


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_release_takes_what_was_set_aside(workflow: Path) -> None:
    """The files that our workflows, and that of the skeleton, name are never those of the folder `unproved`."""
    words = {word.strip("\"'") for word in workflow.read_text(encoding="utf-8").split()}
    globs = {word for word in words if word.startswith("dist/") and "*" in word}
    for name in ("book.pdf", "book.epub"):
        path = Path("dist") / name
        assert not {one for one in globs if _matches(aside(path), one)}
    assert not globs or any(_matches(Path("dist/book.pdf"), one) for one in globs)


def _matches(path: Path, pattern: str) -> bool:
    """Return whether a glob of a shell or of a workflow, in which a star stops at a slash, matches this path."""
    wanted = pattern.split("/")
    return "**" in pattern or (len(path.parts) == len(wanted) and all(map(fnmatch, path.parts, wanted)))


def test_what_only_the_pdf_minds_never_stops_the_epub(small_book: Path, tmp_path: Path) -> None:
    """A page breaks a rule in a strict book: the EPUB is made."""
    style(small_book, "print.css", "p { font-size: 1.9pt; margin-left: -40pt }")
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[strict]\ncodes = ["P2"]\n')
    done = run("all", small_book, "-o", f"{tmp_path}/out/")
    assert done.returncode == 4, done.stderr
    assert names(tmp_path / "out") == {"small.epub"}


def test_many_findings_are_one_screen(small_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Equal findings are shown once, with their number and first places; `--all` and JSON list every one."""
    wide = f"```text\n{'x' * 101}\n```\n\n"
    (small_book / "01-one.md").write_text("# One\n\n" + wide * 12, encoding="utf-8")
    assert cli.main(["check", str(small_book)]) == 0
    said = capsys.readouterr().err
    assert said.count("warning[L153]") == 1
    assert "12 times" in said
    assert "and 9 more places" in said
    assert said.splitlines()[-1] == "12 warnings; for an explanation: compositor explain L153"
    assert cli.main(["check", "--all", str(small_book)]) == 0
    assert capsys.readouterr().err.count("warning[L153]") == 12
    assert cli.main(["check", "--format", "json", str(small_book)]) == 0
    assert capsys.readouterr().out.count('"L153"') == 12


# --- Folders without a book.toml --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("note.md", "# Ship *logs*\n\nWords.\n", "Ship logs"),
        ("01-one.md", "Ship logs\n=========\n\nWords.\n", "Ship logs"),
        ("README.md", "---\ndraft: false\n---\n# Ship logs {#top}\n\nWords.\n", "Ship logs"),
        ("ähre.md", '# He said "no" \\ twice\n\nWords.\n', 'He said “no” \\ twice'),
    ],
)
def test_one_file_of_markdown_is_a_book(tmp_path: Path, name: str, text: str, title: str) -> None:
    """Both files are made, and the guesses are reported; only the outputs and the fidelity report are written."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    done = run("all", here=folder)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert "warning[M018]" in done.stderr
    assert names(folder) == {name, *done.stdout.splitlines(), "dist/fidelity.json"}
    proof = read_book(folder, Timings())
    assert proof.book is not None
    assert proof.book.metadata.title == title


def test_several_files_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    """Numbers are sorted as numbers; the title comes from the README, which is no chapter, or from the folder."""
    folder = tmp_path / "Harbour"
    folder.mkdir()
    for name in ("10-ten.md", "2-two.md", "1-one.md", "README.md"):
        (folder / name).write_text(f"# {name}\n\nWords.\n", encoding="utf-8")
    book = read_book(folder, Timings()).book
    assert book is not None
    assert [unit.chapter.source.path for unit in book.units] == ["1-one.md", "2-two.md", "10-ten.md"]
    assert book.metadata.title == "README.md"
    (folder / "README.md").unlink()
    book = read_book(folder, Timings()).book
    assert book is not None
    assert book.metadata.title == "Harbour"


def test_the_book_is_where_one_stands(small_book: Path) -> None:
    """Inside a book's folder its name is not needed; in the folder above `book`, that one is meant."""
    assert run("check", here=small_book).returncode == 0
    small_book.rename(small_book.with_name("book"))
    assert run("check", here=small_book.parent).returncode == 0


@pytest.mark.parametrize("folder", ["book", "specimen"])
def test_our_own_books_are_strict(folder: str) -> None:
    """A warning stops them: these books pass every check."""
    told = tomllib.loads((ROOT / folder / "book.toml").read_text(encoding="utf-8"))
    assert told["strict"]["everything"] is True
