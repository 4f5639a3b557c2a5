"""Temporary folders: in one place of the user, locked while in use, removed by the next build, safe from links."""

from __future__ import annotations

import fcntl
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from compositor.machine.scratch import Scratch, temporary_folder
from tests.finished import ROOT


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a private folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"compositor-{os.geteuid()}"


def test_a_folder_lies_in_the_one_place_of_its_user_and_goes_at_the_end(temporary: Path) -> None:
    """No other user may read the place, and nothing is left."""
    with Scratch("pages") as folder:
        Path(folder, "file").write_text("x", encoding="utf-8")
        assert Path(folder).parent == temporary
        assert temporary.stat().st_mode & 0o777 == 0o700
    assert list(temporary.iterdir()) == []


def test_the_next_folder_removes_those_whose_builds_were_killed(temporary: Path) -> None:
    """A locked folder belongs to a running build, and stays."""
    with Scratch("pages") as living:
        dead = temporary / "pages-dead"
        (dead / "deeper").mkdir(parents=True)
        (dead / "deeper" / "file").write_bytes(b"x" * 1000)
        with Scratch("proof") as new:
            assert {path.name for path in temporary.iterdir()} == {Path(living).name, Path(new).name}


def test_a_killed_process_leaves_nothing_for_longer_than_until_the_next(temporary: Path) -> None:
    """Leftovers of a process ended by SIGKILL are removed when the next temporary folder is made."""
    code = "import os; from compositor.machine.scratch import Scratch; Scratch('pages'); os.kill(os.getpid(), 9)"
    environment = {**os.environ, "TMPDIR": str(temporary.parent)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, env=environment)
    assert len(list(temporary.iterdir())) == 1
    with Scratch("pages") as folder:
        assert [path.name for path in temporary.iterdir()] == [Path(folder).name]


def test_links_in_the_place_are_not_followed(temporary: Path, tmp_path: Path) -> None:
    """The target of a link is not removed, whether the link is in the place itself or deeper."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("x", encoding="utf-8")
    (temporary / "pages-old").mkdir(parents=True)
    (temporary / "pages-link").symlink_to(precious)
    (temporary / "pages-old" / "link").symlink_to(precious)
    with Scratch("pages"):
        assert not (temporary / "pages-old").exists()
    assert (precious / "file").read_text(encoding="utf-8") == "x"


def test_a_place_that_is_a_link_or_a_file_is_refused(temporary: Path, tmp_path: Path) -> None:
    """Another user could have made it."""
    temporary.symlink_to(tmp_path)
    with pytest.raises(PermissionError):
        Scratch("pages")
    temporary.unlink()
    temporary.write_text("", encoding="utf-8")
    with pytest.raises(PermissionError):
        Scratch("pages")


def test_a_place_of_somebody_else_is_refused(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of another user, that user could change the files."""
    other = os.geteuid() + 1
    temporary.with_name(f"compositor-{other}").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: other)
    with pytest.raises(PermissionError):
        Scratch("pages")


def test_a_place_that_others_may_look_into_is_closed(temporary: Path) -> None:
    """An older program may have made it readable."""
    temporary.mkdir(mode=0o755)
    with Scratch("pages"):
        assert temporary.stat().st_mode & 0o777 == 0o700


def test_the_lock_is_held_while_the_folder_lives() -> None:
    """Another process cannot get the lock."""
    with Scratch("pages") as folder:
        lock = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(lock)


def test_where_no_folder_can_be_written_the_one_that_was_meant_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python finds no folder if not even a few bytes can be written anywhere."""

    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in []")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    monkeypatch.setenv("TMPDIR", "/meant")
    assert temporary_folder() == "/meant"


@pytest.mark.parametrize("size", [0, 8 << 10, 100 << 10])
def test_no_room_for_temporary_files_is_said_as_such(small_book: Path, tmp_path: Path, size: int) -> None:
    """The message names the folder and a way out; it does not mention style sheets."""
    room = tmp_path / "room"
    room.mkdir()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    words = [sys.executable, "-B", str(ROOT / "build.py"), "pdf", str(small_book), "-o", f"{tmp_path}/out/"]
    environment = {**os.environ, "TMPDIR": str(room)}
    made = subprocess.run(words, capture_output=True, text=True, check=False, env=environment, preexec_fn=limit)
    assert made.returncode == 1
    assert f"[P114]: there is no space for temporary files in TMPDIR ({room})" in made.stderr
    assert "TMPDIR=/path/to/folder" in made.stderr
    assert [path for path in room.rglob("*") if path.is_file()] == []

