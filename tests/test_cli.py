"""The command line for people and scripts: exit codes, messages, and which files stay untouched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from compositor import cli, press
from compositor.formats import EDITIONS, FORMATS
from compositor.machine import native
from tests.finished import ROOT

LONG = "x" * 300
"""A name that no system has."""


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `build.py` with these arguments, in a process of its own."""
    return subprocess.run(
        [sys.executable, ROOT / "build.py", *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def spoil(book: Path, text: str) -> None:
    """Write another text into the book's only chapter."""
    (book / "01-one.md").write_text(text, encoding="utf-8")


def test_every_format_has_its_command() -> None:
    """A format in the table is a command, without a line in cli.py."""
    assert {format_.name for format_ in FORMATS} <= set(cli.press.commands)


def test_a_build_prints_only_the_file_it_made(small_book: Path, tmp_path: Path) -> None:
    """The result is on stdout, for scripts, and stderr is empty."""
    done = run("epub", small_book, "-o", f"{tmp_path}/out/")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{tmp_path}/out/small.epub\n", "")


def test_output_may_be_a_folder_or_a_file(small_book: Path, tmp_path: Path) -> None:
    """A name that ends in a slash is a folder, and the file in it has the book's slug as its name."""
    assert run("epub", small_book, "-o", f"{tmp_path}/new/").stdout == f"{tmp_path}/new/small.epub\n"
    assert run("epub", small_book, "-o", f"{tmp_path}/mine.epub").stdout == f"{tmp_path}/mine.epub\n"
    assert sorted(path.name for path in tmp_path.rglob("*.epub")) == ["mine.epub", "small.epub"]


def test_all_needs_a_folder(small_book: Path, tmp_path: Path) -> None:
    """Two files cannot have one name: wrong usage, exit code 2."""
    done = run("all", small_book, "-o", tmp_path / "one.pdf")
    assert done.returncode == 2
    assert "several files need a folder" in done.stderr


def test_all_makes_every_format_of_one_build(small_book: Path, tmp_path: Path) -> None:
    """`all` prints the files in the order of the table."""
    done = run("all", small_book, "-o", f"{tmp_path}/out/")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{tmp_path}/out/small{format_.ending}" for format_ in EDITIONS]


def test_a_problem_is_shown_with_its_line(small_book: Path) -> None:
    """The message has the form that the manual shows, and its path can be opened from the current folder."""
    spoil(small_book, '# One\n\nSee @fig-pipline for it.\n\n![P](p.svg){#fig-pipeline fig-alt="P"}\n')
    (small_book / "p.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8")
    done = run("check", small_book)
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr == (
        'warning[A101]: nothing in the book is called "fig-pipline"; "[fig-pipline?]" is printed\n'
        f"  --> {small_book}/01-one.md:3:5\n"
        "  |\n"
        "3 | See @fig-pipline for it.\n"
        "  |     ^^^^^^^^^^^^\n"
        '   = help: did you mean "fig-pipeline" ('
        f"{small_book}/01-one.md:5:1)?\n"
        "\n"
        f"1 warning; for an explanation: python3 {ROOT / 'build.py'} explain A101\n"
    )


def test_all_findings_of_a_run_are_shown_at_once(small_book: Path) -> None:
    """Three mistakes of three kinds are three findings of one run, in the order of the text."""
    spoil(small_book, '# One\n\nSee @fig-x.\n\n![A](none.png){fig-alt="A"}\n\n#### Deep\n')
    found = [json.loads(line) for line in run("check", small_book, "--format", "json").stdout.splitlines()]
    assert [(one["code"], one["line"], one["column"]) for one in found] == [
        ("A101", 3, 5),
        ("C101", 5, 1),
        ("L124", 7, 1),
    ]
    assert (found[0]["end_line"], found[0]["end_column"]) == (3, 11)


def test_findings_for_editors_are_lines_as_compilers_write_them(small_book: Path) -> None:
    """`--format short` writes file, line, column, code and message in a line each."""
    spoil(small_book, "# One\n\nSee @fig-x.\n")
    said = run("check", small_book, "--format", "short").stdout
    message = 'nothing in the book is called "fig-x"; "[fig-x?]" is printed'
    assert said == f"{small_book}/01-one.md:3:5: A101 {message}\n"


def test_findings_for_github_name_file_and_line(small_book: Path) -> None:
    """`--format github` writes workflow commands, which GitHub shows beside the line."""
    spoil(small_book, "# One\n\nSee @fig-x.\n")
    line = run("check", small_book, "--format", "github").stdout
    assert line.startswith(
        f"::warning file={small_book}/01-one.md,line=3,col=5,title=A101::nothing in the book is called"
    )


def test_warnings_fail_only_when_asked(small_book: Path) -> None:
    """A long line of code is a warning: exit code 0, and 1 with --strict."""
    spoil(small_book, f"# One\n\n```text\n{'x' * 101}\n```\n")
    assert run("check", small_book).returncode == 0
    assert run("check", small_book, "--strict").returncode == 1


def test_what_a_book_tolerates_fails_in_no_case(small_book: Path, tmp_path: Path) -> None:
    """A tolerated long line stops neither a check nor a build with --strict."""
    spoil(small_book, f"# One\n\n```text\n{'x' * 101}\n```\n")
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[strict]\ntolerate = ["L153"]\n')
    done = run("check", small_book, "--strict")
    assert (done.returncode, "warning[L153]" in done.stderr) == (0, True)
    assert run("epub", small_book, "-o", f"{tmp_path}/out/", "--strict").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("epub", "-o", "01-one.md"),
        ("epub", "-o", "book.toml"),
        ("pdf", "-o", "new.zip"),
        ("pdf", "-o", "a.epub"),
        ("all", "-o", "01-one.md"),
        ("check", "--full", "--report", "01-one.md"),
    ],
)
def test_no_source_is_written_over(small_book: Path, arguments: tuple[str, ...]) -> None:
    """An output with the name of another kind of file is refused, with the ending that it needs."""
    command, *options, name = arguments
    before = {path.name: path.read_bytes() for path in small_book.iterdir()}
    done = run(command, small_book, *options, small_book / name)
    assert done.returncode == 2
    assert "end" in done.stderr
    assert {path.name: path.read_bytes() for path in small_book.iterdir()} == before


@pytest.mark.parametrize(
    "words",
    [
        ("pdf", ".", "-o", f"{LONG}.pdf"),
        ("web", ".", "-o", LONG),
        ("specimen", "-o", f"{LONG}/"),
        ("check", ".", "--full", "--report", f"{LONG}.html"),
        ("check", f"{LONG}/book"),
        ("all", ".", "--cache-dir", LONG),
        ("init", LONG),
        ("diff", LONG, "."),
        ("serve", "--goto", f"{LONG}:3"),
    ],
    ids=lambda words: words[0],
)
def test_a_name_that_no_file_can_have_is_a_mistake_on_the_command_line(
    small_book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """It is reported in a line, and nothing is read or written."""
    monkeypatch.chdir(small_book)
    assert cli.main(list(words)) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize("command", ["pdf", "epub", "all"])
def test_a_failed_build_leaves_the_last_good_files(small_book: Path, tmp_path: Path, command: str) -> None:
    """An error in the sources changes no existing file and leaves no other."""
    output = tmp_path / "out"
    output.mkdir()
    good = {output / "small.pdf": b"good pdf", output / "small.epub": b"good epub"}
    for path, data in good.items():
        path.write_bytes(data)
    spoil(small_book, "# One\n\n{{< include ../_part.md >}}\n")
    assert run(command, small_book, "-o", f"{output}/").returncode == 1
    assert {path: path.read_bytes() for path in output.iterdir()} == good


def test_strict_refuses_before_anything_is_written(small_book: Path, tmp_path: Path) -> None:
    """With --strict a warning leaves the output folder as it was."""
    spoil(small_book, f"# One\n\n```text\n{'x' * 101}\n```\n")
    assert run("epub", small_book, "-o", f"{tmp_path}/out/", "--strict").returncode == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["check", "no-such-folder"], 1, "there is no such folder"),
        (["check", "--no-such-option"], 2, "No such option"),
        (["no-such-command"], 2, "No such command"),
        (["explain", "AA101"], 2, "Did you mean A101?"),
        (["explain", "a101"], 0, "A reference such as"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, words: str) -> None:
    """1 is for the book, 2 for the way the command was called."""
    done = run(*arguments)
    assert done.returncode == code
    assert words in done.stdout + done.stderr


def test_a_fault_of_the_press_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An unexpected exception gives exit code 70, with the data for a report."""

    def fail(folder: Path, timings: press.Timings, strict: bool, asked: press.Asked) -> press.Proof:
        raise RuntimeError("surprise")

    monkeypatch.setattr(press, "read_book", fail)
    assert cli.main(["check", "anything"]) == 70
    assert "RuntimeError: surprise" in capsys.readouterr().err


def test_a_missing_library_is_exit_code_3(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """If Pango is missing, `pdf` names the library and the command that installs it."""
    monkeypatch.setattr(native, "missing_libraries", lambda: ["libpangoft2-1.0.so.0"])
    assert cli.main(["pdf", "anything"]) == 3
    error = capsys.readouterr().err
    assert "libpangoft2-1.0.so.0" in error
    assert "make epub" in error


@pytest.mark.parametrize("moment", [0.3, 0.6, 1.2])
def test_an_interrupted_build_changes_nothing(small_book: Path, tmp_path: Path, moment: float) -> None:
    """After Ctrl-C at any moment there is no traceback, and one whole file, the old one or the new one."""
    target = tmp_path / "out.pdf"
    target.write_bytes(b"good")
    process = subprocess.Popen(
        [sys.executable, ROOT / "build.py", "pdf", small_book, "-o", target], stderr=subprocess.PIPE, text=True
    )
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode in (0, 130, -signal.SIGINT)
    assert "This is a bug" not in error
    data = target.read_bytes()
    assert data == b"good" or (data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"))
    assert process.returncode or data != b"good"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.pdf"]


@pytest.mark.parametrize(
    ("streams", "code", "said"),
    [
        (">/dev/full", 1, "the standard output cannot be written: No space left on device"),
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        (">/dev/full 2>/dev/full", 1, ""),
        ("| true", 0, ""),
    ],
)
def test_a_stream_that_cannot_be_written(small_book: Path, tmp_path: Path, streams: str, code: int, said: str) -> None:
    """The file is made and whole, no other file is written, and no message says that nothing was made."""
    line = f'"$0" "$1" epub "$2" -o "$3" {streams}; exit ${{PIPESTATUS[0]}}'
    words = map(str, (sys.executable, ROOT / "build.py", small_book, tmp_path / "a.epub"))
    done = subprocess.run(["bash", "-c", line, *words], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stderr
    assert "fault" not in done.stderr
    with zipfile.ZipFile(tmp_path / "a.epub") as archive:
        assert archive.testzip() is None


def test_colour_only_where_it_is_wanted(small_book: Path) -> None:
    """A pipe gets plain text; FORCE_COLOR colours it, and NO_COLOR wins."""
    spoil(small_book, "# One\n\nSee @fig-x.\n")
    assert "\x1b[" not in run("check", small_book).stderr
    assert "\x1b[" in run("check", small_book, FORCE_COLOR="1").stderr
    assert "\x1b[" not in run("check", small_book, FORCE_COLOR="1", NO_COLOR="1").stderr


def test_timings_name_every_stage(small_book: Path) -> None:
    """--timings prints the stages in the order in which they ran."""
    names = [line.split("  ")[0] for line in run("check", small_book, "--timings").stderr.splitlines()]
    assert names == ["read", "parse", "assemble", "check", "in all"]


def test_init_makes_a_book_that_builds(tmp_path: Path) -> None:
    """`init` writes a small book; it has no findings, and both its files can be made."""
    folder = tmp_path / "mine"
    assert run("init", folder).returncode == 0
    done = run("all", folder / "book", "-o", f"{tmp_path}/out/", "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert run("init", folder).returncode == 2


def test_every_command_on_a_book_has_the_shared_options() -> None:
    """Book folder, output options, strictness, format, timings and quiet are the same for all."""
    wanted = {"book", "output", "strict", "style", "timings", "quiet"}
    for name in ("pdf", "epub", "all", "check"):
        assert wanted <= {parameter.name for parameter in cli.press.commands[name].params}, name


def test_check_full_keeps_the_files_where_it_is_told(small_book: Path, tmp_path: Path) -> None:
    """`check --full -o` leaves the files that it has checked; `check -o` alone makes none."""
    assert run("check", small_book, "-o", tmp_path / "kept").returncode == 0
    assert not (tmp_path / "kept").exists()
    assert run("check", small_book, "--full", "-o", tmp_path / "kept").returncode == 0
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {f"small{format_.ending}" for format_ in EDITIONS}


def test_check_full_writes_nothing(small_book: Path, tmp_path: Path) -> None:
    """`check --full` makes the files to check them, says what it has compared, and leaves none of them."""
    before = sorted(tmp_path.rglob("*"))
    done = run("check", small_book, "--full")
    assert done.returncode == 0
    assert done.stderr.startswith("compared with the finished files: 3 words of 1 text; each is there once, in order")
    assert sorted(tmp_path.rglob("*")) == before
