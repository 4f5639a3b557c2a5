"""Whole builds that are ended, refused or raced: each file is whole, old or new, and both are from one build."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from compositor.formats.writing.siblings import build_id
from tests.finished import ROOT
from tests.process_trees import until

OLD = "# One\n\nA paragraph.\n"
NEW = "# One\n\nAnother paragraph.\n"


@dataclass(frozen=True)
class Ending:
    """What was in the folder after a build that was ended at this moment."""

    moment: str
    status: int
    files: dict[str, str]

    @property
    def books(self) -> dict[str, str]:
        """Return the files that a reader would see."""
        return {name: data for name, data in self.files.items() if not name.startswith(".")}

    @property
    def litter(self) -> list[str]:
        """Return hidden files."""
        return [name for name in self.files if name.startswith(".")]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `build.py` with these arguments, in a process of its own."""
    return subprocess.run(
        [sys.executable, ROOT / "build.py", *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def endings(book: Path, command: str, how: str) -> tuple[dict[str, str], dict[str, str], list[Ending]]:
    """Return the old files, the new files, and the files after each possible end of the build between them."""
    output, scratch = book.parent / "out", book.parent / "scratch"
    scratch.mkdir()
    (book / "01-one.md").write_text(OLD, encoding="utf-8")
    assert run(command, book, "-o", f"{output}/").returncode == 0
    (book / "01-one.md").write_text(NEW, encoding="utf-8")
    words = [sys.executable, "-m", "tests.endings", book, output, command, how]
    place = {**os.environ, "TMPDIR": str(scratch)}
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, env=place)
    assert done.returncode == 0, done.stderr
    first, *rest = [Ending(**json.loads(line)) for line in done.stdout.splitlines()]
    assert first.status == 0
    assert not first.litter
    old = Ending("", 0, _hashes(Path(f"{output}-good"))).books
    assert all(first.files[name] != data for name, data in old.items())
    return old, first.files, rest


def left_in(scratch: Path) -> list[Path]:
    """Return the content of a temporary folder, except the empty folder of each user."""
    return [path for path in scratch.rglob("*") if path.parent != scratch]


def _hashes(folder: Path) -> dict[str, str]:
    from tests.endings import hashes

    return hashes(folder)


@pytest.mark.parametrize(
    ("command", "how"),
    [
        ("epub", "SIGKILL"),
        pytest.param("epub", "SIGTERM", marks=pytest.mark.slow),
        ("epub", "worker-SIGKILL"),
        pytest.param("all", "worker-SIGKILL", marks=pytest.mark.slow),
        pytest.param("epub", "ENOSPC", marks=pytest.mark.slow),
        pytest.param("epub", "SIGINT", marks=pytest.mark.slow),
        pytest.param("all", "SIGKILL", marks=pytest.mark.slow),
        pytest.param("all", "SIGINT", marks=pytest.mark.slow),
        pytest.param("all", "ENOSPC", marks=pytest.mark.slow),
    ],
)
def test_a_build_that_is_ended_at_any_moment_leaves_whole_files(small_book: Path, command: str, how: str) -> None:
    """After a kill, an interruption, a full disk or a lost worker: the old files or the new, and no leftovers."""
    old, new, ended = endings(small_book, command, how)
    assert len(ended) >= (5 if how == "ENOSPC" else 12)
    renames = [one for one in ended if one.moment == "replace"]
    for one in ended:
        if how == "SIGKILL":
            assert os.WTERMSIG(one.status) == signal.SIGKILL, one
            assert all(data in (old[name], new[name]) for name, data in one.books.items()), one
            assert one.books in (old, new) or one is renames[-1], "a mixed pair comes between two renames alone"
        else:
            may_be_fine = how == "ENOSPC" or how.startswith("worker-")
            allowed = (0, 1) if may_be_fine else (128 + signal.Signals[how],)
            assert os.waitstatus_to_exitcode(one.status) in allowed, one
            assert one.books in (old, new), one
            assert one.litter == [], one
    assert any(one.books == old for one in ended)
    output = small_book.parent / "out"
    assert run(command, small_book, "-o", f"{output}/").returncode == 0
    assert _hashes(output) == new, "the next build removes what a killed one has left"
    assert until(lambda: not left_in(small_book.parent / "scratch")), "nor is any process at work"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_nohup_is_respected(small_book: Path, number: signal.Signals) -> None:
    """A signal that was ignored when Compositor was started stays ignored."""
    code = (
        "import os, signal, sys; signal.signal(int(sys.argv[1]), signal.SIG_IGN)\n"
        "from compositor import cli, press\n"
        "from compositor.commands import asking\n"
        "def read(folder, timings, strict, asked):\n"
        "    os.kill(os.getpid(), int(sys.argv[1]))\n"
        "    return press.read_book(folder, timings, strict, asked=asked)\n"
        "asking.read_book = read\n"
        "raise SystemExit(cli.main(['check', sys.argv[2]]))"
    )
    command = [sys.executable, "-c", code, str(int(number)), small_book]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def test_an_interruption_while_the_program_is_loaded_is_no_traceback() -> None:
    """Ctrl-C in the first second, before any clean-up code is loaded, gives the exit code and prints nothing."""
    code = (
        "import runpy, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'compositor.fence':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "sys.argv[:] = ['build.py', 'check', 'book']\n"
        "runpy.run_path('build.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def limited(book: Path, output: Path, size: int) -> subprocess.CompletedProcess[str]:
    """Run `build.py epub` in a process whose files may have this many bytes at most."""
    code = (
        "import resource, sys\n"
        "from compositor import cli\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))\n"
        "raise SystemExit(cli.main(['epub', sys.argv[2], '-o', sys.argv[3]]))"
    )
    command = [sys.executable, "-c", code, str(size), book, f"{output}/"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_a_file_that_finds_no_room_leaves_the_old_one(small_book: Path, tmp_path: Path, size: int) -> None:
    """The system refuses more than so many bytes: an error with a remedy, the old file, and no leftovers."""
    output = tmp_path / "out"
    output.mkdir()
    (output / "small.epub").write_bytes(b"good")
    done = limited(small_book, output, size)
    assert done.returncode == 1
    assert "error[F002]: there is no space left for the output" in done.stderr
    assert {path.name: path.read_bytes() for path in output.iterdir()} == {"small.epub": b"good"}


def test_a_folder_that_was_made_for_nothing_is_removed(small_book: Path, tmp_path: Path) -> None:
    """A build that could not write removes the empty folders that it made."""
    assert limited(small_book, tmp_path / "new" / "folder", 1).returncode == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
def test_a_disk_that_is_full(small_book: Path, tmp_path: Path) -> None:
    """On a disk of 100 kB with an older book, there is an error, and the older book stays."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("not run: it takes the right to mount a disk of its own")
    try:
        (disk / "small.epub").write_bytes(b"good")
        done = run("epub", small_book, "-o", f"{disk}/")
        assert done.returncode == 1
        assert "error[F002]" in done.stderr
        assert {path.name: path.read_bytes() for path in disk.iterdir()} == {"small.epub": b"good"}
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_builds_that_race_leave_a_pair_of_one_build(small_book: Path, tmp_path: Path) -> None:
    """Three books with one name are built into one folder at once: the remaining files come from one of them."""
    output, books = tmp_path / "out", []
    for number in range(3):
        book = tmp_path / f"book{number}"
        book.mkdir()
        (book / "book.toml").write_text((small_book / "book.toml").read_text(encoding="utf-8"), encoding="utf-8")
        (book / "01-one.md").write_text(f"# One\n\n{'Word ' * 1000 * number}\n\nNumber {number}.\n", encoding="utf-8")
        books.append(book)
    for _ in range(2):
        start = (sys.executable, ROOT / "build.py", "all", "-o", f"{output}/")
        builds = [subprocess.Popen((*start, one)) for one in books]
        assert [one.wait() for one in builds] == [0, 0, 0]
        assert {path.name for path in output.iterdir()} == {"small.pdf", "small.epub"}
        assert build_id(output / "small.pdf") == build_id(output / "small.epub") != ""


def test_a_pair_of_two_builds_is_reported(small_book: Path, tmp_path: Path) -> None:
    """A file made beside another build's file gives a message; two files of one build, from two runs, do not."""
    output = f"{tmp_path}/out/"
    assert run("all", small_book, "-o", output).stderr == ""
    (small_book / "01-one.md").write_text(NEW, encoding="utf-8")
    done = run("epub", small_book, "-o", output)
    assert done.returncode == 0
    assert "warning[F007]: small.pdf next to this file is of the build " in done.stderr
    assert run("pdf", small_book, "-o", output).stderr == ""
    (tmp_path / "out" / "small.pdf").write_bytes(b"%PDF-1.7 cut off")
    assert "small.pdf next to this file is of an unknown build" in run("epub", small_book, "-o", output).stderr
