"""Malicious repositories: pipes, devices, loops, huge files, links outwards; each gets an answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.git.answers import ANYTHING, REFUSALS, answer, kind, pressed, told, words
from tests.git.made_by_hand import path_of, point, whole
from tests.git.repositories import BOOK, git, said_by_git, write

HUGE = 8 << 30
SECRET = "correct-horse-battery-staple"
UNREADABLE, DOUBTFUL = {"unreadable"}, {"unreadable", "unknown", "changed"}
Odd = Callable[[Path], None]


def pipe(path: Path) -> None:
    """Make a pipe that nobody writes to."""
    os.mkfifo(path)


def device(path: Path) -> None:
    """Link to a device that never ends."""
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    """Make a sparse file of 8 GiB."""
    path.touch()
    os.truncate(path, HUGE)


def loop(path: Path) -> None:
    """Make a link to itself."""
    path.symlink_to(path.name)


def folder(path: Path) -> None:
    """Make a folder."""
    path.mkdir()


def outward(path: Path) -> None:
    """Link to a file of this machine."""
    path.symlink_to("/etc/hosts")


def forbidden(path: Path) -> None:
    """Make a file that only root may read."""
    path.write_text(SECRET)
    path.chmod(0)


ODD: tuple[Odd, ...] = (pipe, device, huge, loop, folder, outward, forbidden)
FILES = {
    ".git/HEAD": REFUSALS,
    ".git/packed-refs": REFUSALS,
    ".git/refs/heads/main": REFUSALS,
    "(commit)": UNREADABLE,
    "(tree)": DOUBTFUL,
    "(blob)": ANYTHING,
    ".git/index": ANYTHING,
    ".git/config": ANYTHING,
    ".git/commondir": ANYTHING,
    ".git/shallow": ANYTHING,
    ".git/info/exclude": ANYTHING,
    ".git/info/attributes": ANYTHING,
    ".git/info/grafts": ANYTHING,
    ".git/info/sparse-checkout": ANYTHING,
    ".git/objects/info/alternates": ANYTHING,
    ".git/objects/pack/pack-0000000000000000000000000000000000000000.idx": ANYTHING,
    ".git/objects/pack/multi-pack-index": ANYTHING,
    ".git/objects/info/commit-graph": ANYTHING,
    ".gitignore": ANYTHING,
    ".gitattributes": ANYTHING,
    "book/.gitignore": ANYTHING,
    "book/.gitattributes": ANYTHING,
    ".gitmodules": ANYTHING,
    "notes/one.txt": {"changed", "unknown"},
    "book/new.md": ANYTHING,
}


def _place(top: Path, file: str, commit: str) -> Path:
    """Return the path of a file; of an object, by its kind."""
    if not file.startswith("("):
        return top / file
    name = {"(commit)": commit, "(tree)": f"{commit}:book", "(blob)": f"{commit}:README.md"}[file]
    return path_of(top, git(top, "rev-parse", name))


@pytest.mark.parametrize(
    ("file", "odd"),
    [
        pytest.param(file, odd, marks=pytest.mark.slow if (file, odd) == ("notes/one.txt", huge) else ())
        for file in FILES for odd in ODD
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)  # fmt: skip
def test_a_file_that_is_none_holds_nothing_up(
    tmp_path: Path, file: str, odd: Odd, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe, a device, 8 GiB, a loop, a folder or a link outwards in place of any file gets an answer."""
    book, commit = whole(tmp_path)
    path = _place(tmp_path, file, commit)
    if file == ".git/packed-refs":
        (tmp_path / ".git/refs/heads/main").unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    odd(path)
    found = answer(book)
    assert kind(found) in FILES[file], words(found)
    assert SECRET not in words(found)
    if file in (".git/HEAD", ".git/config", "(commit)", "(tree)"):
        pressed(capsys, "check", book)


def test_what_the_repositories_of_these_tests_say_without_harm(tmp_path: Path) -> None:
    """The hand-made repository is correct before a test damages it."""
    book, commit = whole(tmp_path)
    assert told(book) == (commit, 1709208000, "clean")
    git(tmp_path, "read-tree", "HEAD")
    assert told(book) == said_by_git(book)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("text", ["{}", "ref: {}", "ref: refs/heads/{}", "gitdir: {}", f"{'0' * 40} {{}}"])
@pytest.mark.parametrize("file", [
    ".git/HEAD", ".git/packed-refs", ".git/refs/heads/main", "(commit)", ".git/commondir", ".git/config", ".git/index",
    ".git/objects/info/alternates",
])  # fmt: skip
def test_no_message_quotes_a_file(
    tmp_path: Path, file: str, text: str, linked: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """No message shows the contents of a file in the repository, or of one that it links to."""
    book, commit = whole(tmp_path / "top")
    if file == ".git/packed-refs":
        (tmp_path / "top/.git/refs/heads/main").unlink()
    path = _place(tmp_path / "top", file, commit)
    path.unlink(missing_ok=True)
    if linked:
        write(tmp_path, {"outside": text.format(SECRET)})
        path.symlink_to(tmp_path / "outside")
    else:
        write(path.parent, {path.name: text.format(SECRET)})
    found = answer(book)
    assert SECRET not in words(found) + repr(found)
    if text == "{}":
        assert SECRET not in pressed(capsys, "check", book)


@pytest.mark.parametrize("text", ["{}", "gitdir: {}", "gitdir: /{}/.git", "gitdir: ../{}", "\n{}"])
def test_no_message_quotes_a_git_file(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A `.git` file may link to anything; the message does not quote what it contains."""
    write(tmp_path, {**BOOK, "outside": text.format(SECRET)})
    (tmp_path / "book/.git").symlink_to(tmp_path / "outside")
    found = answer(tmp_path / "book")
    assert kind(found) in REFUSALS
    assert SECRET not in words(found) + pressed(capsys, "check", tmp_path / "book")


HEADS: tuple[bytes, ...] = (
    b"", b"\n", b"\0" * 100, b"ref:", b"ref: \n", b"ref: refs/heads/\n", b"ref: refs/heads/ma in\n", b"ref: HEAD\n",
    b"ref: config\n",
    b"ref: refs/../../../outside\n", b"ref: refs/heads/../../../../outside\n", b"ref: /etc/passwd\n",
    b"ref: ../outside\n",
    b"ref: refs//etc/passwd\n", b"ref: refs/heads/\xff\xfe\n", b"ref: refs/heads/main\0x\n",
    b"ref: refs/heads/a\nref: refs/heads/main\n",
    b"ref: refs/heads/" + b"a" * 5000, b"ref: refs/heads" + b"/a" * 3000, b"0" * 39, b"0" * 41, b"0" * 40, b"1" * 64,
    b"g" * 40,
    b"ref: refs/heads/.lock\n", b"ref: refs/heads/-\n", b"ref: refs/heads/*\n", b"ref: refs/heads/main.lock\n",
    b"REF: refs/heads/main",
    b"ref: refs/heads/main/deeper\n", b"ref: refs/heads\n", b"ref: objects/info/packs\n", b"gitdir: .git\n",
    b"\xff\xfer\0e\0f\0",
)  # fmt: skip


@pytest.mark.parametrize("head", HEADS, ids=lambda head: ascii(head[:30]))
def test_a_damaged_head_names_no_commit(tmp_path: Path, head: bytes) -> None:
    """A HEAD that leads to no reference, or out of the repository, is refused or names no commit."""
    book, commit = whole(tmp_path / "top")
    write(tmp_path, {"outside": f"{commit}\n", "top/outside": f"{commit}\n"})
    (tmp_path / "top/.git/HEAD").write_bytes(head)
    found = answer(book)
    assert kind(found) in REFUSALS
    assert "aaaaaaaa" not in words(found)


@pytest.mark.parametrize("length", [1, 2, 10, 3000])
def test_references_in_a_circle_are_left(tmp_path: Path, length: int) -> None:
    """HEAD may lead to a reference that leads back to it, through any number of steps."""
    book, _ = whole(tmp_path)
    for step in range(length):
        following = f"refs/heads/{step + 1}" if step + 1 < length else "refs/heads/main"
        write(tmp_path, {f".git/refs/heads/{step}": f"ref: {following}\n"})
    write(tmp_path, {".git/refs/heads/main": "ref: refs/heads/0\n"})
    assert kind(answer(book)) in REFUSALS


@pytest.mark.parametrize("kind_", ["tree", "blob", "tag"])
def test_what_is_no_commit_is_not_told_as_one(tmp_path: Path, kind_: str) -> None:
    """HEAD may name any object, but only a commit is accepted."""
    book, commit = whole(tmp_path)
    git(tmp_path, "tag", "-a", "-m", "A tag", "v1")
    point(tmp_path, git(tmp_path, "rev-parse", {"tree": "HEAD^{tree}", "blob": "HEAD:README.md", "tag": "v1"}[kind_]))
    found = answer(book)
    assert kind(found) == "unreadable"
    assert commit not in words(found)


def test_packed_references_may_be_many(tmp_path: Path) -> None:
    """300,000 packed references are accepted; the searched one is at the end."""
    book, commit = whole(tmp_path)
    (tmp_path / ".git/refs/heads/main").unlink()
    lines = "".join(f"{number:040x} refs/tags/v{number}\n^{number:040x}\n" for number in range(300_000))
    write(tmp_path, {".git/packed-refs": f"# pack-refs with: peeled\n{lines}{commit} refs/heads/main\n"})
    assert told(book)[0] == commit


@pytest.mark.parametrize("start", ["0 ", "", f"{'0' * 40} ", "\0" * 1000, f"{'x' * 40} "])
def test_damaged_packed_references_name_no_commit(tmp_path: Path, start: str) -> None:
    """Anything but an id is refused."""
    book, _ = whole(tmp_path)
    (tmp_path / ".git/refs/heads/main").unlink()
    write(tmp_path, {".git/packed-refs": f"{start}refs/heads/main\n"})
    assert kind(answer(book)) in REFUSALS


def test_reftable_is_refused_with_words(tmp_path: Path) -> None:
    """The message names the newer format of references, and says what to do."""
    book, _ = whole(tmp_path)
    (tmp_path / ".git/refs/heads/main").unlink()
    (tmp_path / ".git/refs/heads").rmdir()
    config = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefstorage = reftable\n"
    tables = "0x000000000001-0x000000000001-00000000.ref\n"
    write(tmp_path / ".git", {"HEAD": "ref: refs/heads/.invalid\n", "config": config, "reftable/tables.list": tables})
    write(tmp_path / ".git", {"refs/heads": "this repository uses the reftable format\n"})
    found = answer(book)
    assert kind(found) == "unreadable"
    assert "reftable" in words(found)
