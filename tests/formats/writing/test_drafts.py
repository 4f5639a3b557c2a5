"""Drafts: what happens when a system call fails, when a build dies, and when several builds write at once."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compositor.errors import BookError
from compositor.formats.writing import drafts, files
from compositor.formats.writing.drafts import begin
from compositor.formats.writing.files import write_all, write_atomically
from compositor.machine import locks

CALLS = ("open", "write", "fsync", "link", "replace")
NAMES = ("book.epub", "book.pdf")
OLD = dict.fromkeys(NAMES, b"old")
NEW = dict.fromkeys(NAMES, b"new" * 1_000_000)


class Failing:
    """The module `os`, of which one call that touches the disk fails, counted from 0."""

    def __init__(self, fail_at: int, problem: BaseException) -> None:
        self.count, self._fail_at, self._problem = 0, fail_at, problem

    def __getattr__(self, name: str) -> object:
        found = getattr(os, name)
        return self._counted(found) if name in CALLS else found

    def _counted(self, function: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **options: object) -> object:
            self.count += 1
            if self.count - 1 == self._fail_at:
                raise self._problem
            return function(*arguments, **options)

        return called


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two old files."""
    for name, data in OLD.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """Return everything in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def replace_both(folder: Path, fail_at: int, problem: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    """Write the new files while one call fails; return how many calls there were."""
    system = Failing(fail_at, problem)
    with monkeypatch.context() as patched:
        for module in (drafts, files, locks):
            patched.setattr(module, "os", system)
        write_all({folder / name: data for name, data in NEW.items()})
    return system.count


def calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Yield the number of each call that writing both files makes."""
    count = replace_both(folder, -1, OSError(), monkeypatch)
    assert count >= 18
    for number in range(count):
        for name, data in OLD.items():
            (folder / name).write_bytes(data)
        yield number


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_any_call_may_fail(folder: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever call fails, there is an error and both old files, or no error and both new ones, without leftovers."""
    errors = 0
    for fail_at in calls(folder, monkeypatch):
        try:
            replace_both(folder, fail_at, OSError(number, os.strerror(number)), monkeypatch)
            assert contents(folder) == NEW
        except BookError:
            errors += 1
            assert contents(folder) == OLD
    assert errors >= 12


def test_an_interruption_may_come_at_any_call(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of any call leaves both files whole and of one build, without leftovers."""
    for fail_at in calls(folder, monkeypatch):
        with pytest.raises(KeyboardInterrupt):
            replace_both(folder, fail_at, KeyboardInterrupt(), monkeypatch)
        assert contents(folder) in (OLD, NEW)


def test_a_first_pair_is_not_left_by_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, neither file remains if the second one cannot be put in place."""
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if target.name == NAMES[1]:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM), source, None, target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(BookError) as problem:
        write_all({tmp_path / "new" / name: data for name, data in NEW.items()})
    (finding,) = problem.value.findings
    assert (finding.code, Path(finding.place.file).name) == ("F003", NAMES[1])
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_second_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hard links, the old file is restored from a copy."""

    def refuse(*paths: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    write_all({folder / name: data for name, data in NEW.items()})
    assert contents(folder) == NEW


def test_what_a_dead_build_has_left_is_removed(folder: Path) -> None:
    """The next build of a file removes its unlocked draft; files that only look like one stay."""
    (folder / ".book-01234567.pdf.tmp").write_bytes(b"half")
    others = (".book-0123456.pdf.tmp", ".other-01234567.pdf.tmp", ".book-01234567.epub.tmp", "book-01234567.pdf.tmp")
    for name in others:
        (folder / name).write_bytes(b"mine")
    (folder / ".book-89abcdef.pdf.tmp").symlink_to(folder / "book.epub")
    write_atomically(folder / "book.pdf", b"new")
    assert {path.name for path in folder.iterdir()} == {*NAMES, *others, ".book-89abcdef.pdf.tmp"}


def test_what_a_running_build_writes_is_left_alone(folder: Path) -> None:
    """The draft of a running build is not removed."""
    running = begin(folder / "book.pdf")
    write_atomically(folder / "book.pdf", b"new")
    assert running.path.exists()
    running.discard()
    assert {path.name for path in folder.iterdir()} == set(NAMES)


def test_a_build_that_was_stopped_holds_nobody_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build stops waiting for the lock of a folder after a while."""
    monkeypatch.setattr(locks, "PATIENCE", 0.1)
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    write_atomically(folder / "book.pdf", b"new")
    os.close(descriptor)
    assert (folder / "book.pdf").read_bytes() == b"new"


def test_a_folder_that_hides_its_names_is_written_to(folder: Path) -> None:
    """A folder that may be written to but not listed still gets its file."""
    folder.chmod(0o333)
    try:
        write_atomically(folder / "book.pdf", b"new")
    finally:
        folder.chmod(0o755)
    assert (folder / "book.pdf").read_bytes() == b"new"


def _write_often(folder: Path, letter: bytes) -> None:
    for number in range(40):
        write_all({folder / name: letter * 100 + bytes([number]) for name in NAMES})


def test_builds_that_race_leave_a_pair_of_one(folder: Path) -> None:
    """Four builds write the same two files many times; the remaining pair comes from one of them."""
    start = multiprocessing.get_context("spawn")
    racing = [start.Process(target=_write_often, args=(folder, letter)) for letter in (b"a", b"b", b"c", b"d")]
    for one in racing:
        one.start()
    for one in racing:
        one.join()
    assert [one.exitcode for one in racing] == [0, 0, 0, 0]
    left = contents(folder)
    assert set(left) == set(NAMES)
    assert left[NAMES[0]] == left[NAMES[1]]
