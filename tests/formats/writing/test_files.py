"""A finished file is written whole, or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

import pytest

from compositor.errors import BookError
from compositor.formats.writing import files
from compositor.formats.writing.files import EXPLANATIONS, remove_unproved, write_atomically


def codes(problem: pytest.ExceptionInfo[BookError]) -> list[str]:
    """Return the codes of the findings."""
    return [finding.code for finding in problem.value.findings]


def test_a_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    """Missing folders are made."""
    write_atomically(tmp_path / "dist" / "new" / "book.epub", b"whole")
    assert (tmp_path / "dist" / "new" / "book.epub").read_bytes() == b"whole"


def test_an_old_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    """Afterwards the folder holds only the new file."""
    target = tmp_path / "book.pdf"
    target.write_bytes(b"old")
    write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]
    assert target.read_bytes() == b"new"


def test_the_file_has_the_rights_that_any_new_file_would_have(tmp_path: Path) -> None:
    """The permissions come from the umask, not from a temporary file that only its owner may read."""
    old = os.umask(0o022)
    try:
        write_atomically(tmp_path / "book.pdf", b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "book.pdf").stat().st_mode) == 0o644


def test_a_link_goes_on_pointing_to_its_file(tmp_path: Path) -> None:
    """The file that a link names is replaced, and not the link."""
    (tmp_path / "link.pdf").symlink_to(tmp_path / "book.pdf")
    write_atomically(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "book.pdf").read_bytes() == b"new"


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    """A folder with the name of the output is left as it is."""
    (tmp_path / "book.pdf").mkdir()
    with pytest.raises(BookError) as problem:
        write_atomically(tmp_path / "book.pdf", b"new")
    assert codes(problem) == ["F001"]
    assert not any((tmp_path / "book.pdf").iterdir())


def test_a_pipe_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    """Renaming over `/dev/null` would remove it for the whole machine."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link.pdf"):
        with pytest.raises(BookError) as problem:
            write_atomically(tmp_path / name, b"new")
        assert codes(problem) == ["F006"]
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path) -> None:
    """A file with the name of the output's folder is left as it is."""
    (tmp_path / "dist").write_bytes(b"mine")
    with pytest.raises(BookError) as problem:
        write_atomically(tmp_path / "dist" / "book.pdf", b"new")
    assert codes(problem) == ["F004"]
    assert (tmp_path / "dist").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "F002"),
        (errno.EDQUOT, "F002"),
        (errno.EACCES, "F003"),
        (errno.EROFS, "F003"),
        (errno.EIO, "F005"),
    ],
)
def test_what_the_system_refuses_leaves_the_old_file(
    number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full or protected disk costs the new file, but never the old one, and no temporary file remains."""

    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    target = tmp_path / "book.epub"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(BookError) as problem:
        write_atomically(target, b"new")
    assert codes(problem) == [code]
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="not run: this system has no /dev/full")
def test_a_disk_that_is_really_full_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own message for a full disk is understood."""
    write = os.write
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(full, data))
    with pytest.raises(BookError) as problem:
        write_atomically(tmp_path / "book.epub", b"new")
    os.close(full)
    assert codes(problem) == ["F002"]
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at the worst moment removes the temporary file and nothing else."""

    def interrupt(*paths: object) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "book.epub"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


def test_every_refusal_says_where_and_what_to_do(tmp_path: Path) -> None:
    """A finding names the file, has a remedy, and can be explained."""
    with pytest.raises(BookError) as problem:
        write_atomically(tmp_path, b"new")
    finding = problem.value.findings[0]
    assert finding.place.file == tmp_path.as_posix()
    assert finding.helps
    text = Path(str(files.__file__)).read_text(encoding="utf-8")
    assert set(re.findall(r'"(F\d{3})"', text)) == set(EXPLANATIONS)


def test_what_is_kept_private_stays_private(tmp_path: Path) -> None:
    """The new file gets the permissions of the one that it replaces."""
    (tmp_path / "book.pdf").write_bytes(b"old")
    (tmp_path / "book.pdf").chmod(0o600)
    write_atomically(tmp_path / "book.pdf", b"new")
    assert (tmp_path / "book.pdf").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "book.pdf").stat().st_mode) == 0o600


def test_what_a_killed_build_left_beside_an_unproved_file_is_removed(tmp_path: Path) -> None:
    """The folder is removed with the last file in it, even if that is an unfinished draft."""
    aside = tmp_path / "unproved" / "book.pdf"
    aside.parent.mkdir()
    aside.with_name(".book-01234567.pdf.tmp").write_bytes(b"half")
    remove_unproved(aside)
    assert list(tmp_path.iterdir()) == []
