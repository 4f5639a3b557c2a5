"""Malicious objects: some expand to too much or do not hash to their id, and some trees explode."""

from __future__ import annotations

import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from compositor.git import Checkout
from tests.git.answers import answer, kind, words
from tests.git.made_by_hand import (
    begin,
    bomb,
    commit_text,
    header,
    loose,
    name_of,
    path_of,
    point,
    tree,
    whole,
)
from tests.git.repositories import git, write

DOUBTFUL = {"unreadable", "unknown", "changed"}


@pytest.mark.parametrize("what", ["HEAD", "HEAD^{tree}", "HEAD:book"])
@pytest.mark.parametrize("size", [1 << 20, 1 << 28, pytest.param(1 << 32, marks=pytest.mark.slow)])
def test_an_object_that_unpacks_to_too_much_is_left(tmp_path: Path, what: str, size: int) -> None:
    """The object has a thousandth of the size on disk: the commit is refused, and such trees count as unknown."""
    book, _ = whole(tmp_path)
    name = git(tmp_path, "rev-parse", what)
    path_of(tmp_path, name).write_bytes(bomb("commit" if what == "HEAD" else "tree", size))
    found = answer(book)
    assert kind(found) in ({"unreadable"} if what == "HEAD" else DOUBTFUL)


def _with_dictionary(data: bytes) -> bytes:
    packer = zlib.compressobj(zdict=b"commit tree")
    return packer.compress(zlib.decompress(data)) + packer.flush()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "last byte": lambda data: data[:-1],
    "first byte": lambda data: b"\0" + data[1:],
    "more": lambda data: data + b"more",
    "zeros": lambda data: bytes(len(data)),
    "text": lambda data: b"No object.\n",
    "not compressed": lambda data: zlib.decompress(data),  # noqa: PLW0108 - it has more parameters
    "other words": lambda data: zlib.compress(zlib.decompress(data).replace(b"e", b"f")),
    "wrong size": lambda data: zlib.compress(zlib.decompress(data).replace(b" ", b" 1", 1)),
    "huge size": lambda data: zlib.compress(zlib.decompress(data).replace(b" ", b" " + b"9" * 30, 1)),
    "long number": lambda data: zlib.compress(zlib.decompress(data).replace(b" ", b" " + b"1" * 10_000, 1)),
    "negative size": lambda data: zlib.compress(zlib.decompress(data).replace(b" ", b" -", 1)),
    "no size": lambda data: zlib.compress(b"commit \0" + zlib.decompress(data).partition(b"\0")[2]),
    "no header": lambda data: zlib.compress(zlib.decompress(data).partition(b"\0")[2]),
    "no end of the header": lambda data: zlib.compress(b"commit 100" + b"1" * 100_000),
    "other kind": lambda data: zlib.compress(b"blob" + zlib.decompress(data)[zlib.decompress(data).index(b" ") :]),
    "no kind": lambda data: zlib.compress(b"\xff\xfe" + zlib.decompress(data)),
    "with a dictionary": _with_dictionary,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("what", ["HEAD", "HEAD^{tree}", "HEAD:book"])
def test_a_damaged_object_is_not_believed(tmp_path: Path, what: str, damage: str) -> None:
    """An object must hash to its id; nothing is reported from any other."""
    book, _ = whole(tmp_path)
    path = path_of(tmp_path, git(tmp_path, "rev-parse", what))
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    found = answer(book)
    states = {"unreadable"} if what == "HEAD" else DOUBTFUL
    assert kind(found) in (states | {"clean"} if damage in ("more", "last byte") else states)


@pytest.mark.parametrize("seed", [*range(24), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(24, 200))])
def test_a_byte_that_was_changed_by_chance_is_answered(tmp_path: Path, seed: int) -> None:
    """Random changes to any byte of any file never cause another exception or report another commit."""
    book, commit = whole(tmp_path)
    git(tmp_path, "read-tree", "HEAD")
    git(tmp_path, "tag", "-a", "-m", "A tag", "v1")
    if seed % 2:
        git(tmp_path, "gc", "-q")
    dice = random.Random(seed)
    for _ in range(12):
        path = dice.choice(sorted(path for path in (tmp_path / ".git").rglob("*") if path.is_file()))
        before = path.read_bytes()
        spoilt = bytearray(before or b"\0")
        for _ in range(dice.choice([1, 1, 5])):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        path.chmod(0o644)
        path.write_bytes(bytes(spoilt[: dice.choice([None, None, len(spoilt) // 2])]))
        found = answer(book)
        assert not isinstance(found, Checkout) or found.commit == commit, (seed, path)
        path.write_bytes(before)


def test_a_tree_that_doubles_with_each_folder_ends(tmp_path: Path) -> None:
    """Each folder has the same subfolder under two names, forty deep: 10^12 files in forty small objects."""
    book = begin(tmp_path)
    name = loose(tmp_path, "tree", tree([(b"100644", b"f", loose(tmp_path, "blob", b""))]))
    for _ in range(40):
        name = loose(tmp_path, "tree", tree([(b"40000", b"a", name), (b"40000", b"b", name)]))
    point(tmp_path, loose(tmp_path, "commit", commit_text(name)))
    assert kind(answer(book)) in DOUBTFUL
    folder = tmp_path
    for _ in range(40):
        (folder / "b").symlink_to("a")
        folder = folder / "a"
        folder.mkdir()
    write(folder, {"f": b""})
    assert kind(answer(book)) in DOUBTFUL


@pytest.mark.slow
def test_a_tree_that_doubles_and_is_there_ends(tmp_path: Path) -> None:
    """The folders exist on disk to a feasible depth, and are sparse below it."""
    book = begin(tmp_path)
    name = loose(tmp_path, "tree", tree([]))
    for _ in range(40):
        name = loose(tmp_path, "tree", tree([(b"40000", b"a", name), (b"40000", b"b", name)]))
    top = tree(sorted([(b"40000", b"a", name), (b"100644", b"z", loose(tmp_path, "blob", b""))]))
    point(tmp_path, loose(tmp_path, "commit", commit_text(loose(tmp_path, "tree", top))))
    for number in range(1 << 12):
        (tmp_path / "/".join("ab"[number >> bit & 1] for bit in range(12))).mkdir(parents=True, exist_ok=True)
    assert kind(answer(book)) in DOUBTFUL


@pytest.mark.parametrize("depth", [600, pytest.param(5000, marks=pytest.mark.slow)])
def test_folders_hundreds_deep_are_left(tmp_path: Path, depth: int) -> None:
    """A path of 5,000 folders is longer than any file name can be."""
    book = begin(tmp_path)
    name = loose(tmp_path, "tree", tree([(b"100644", b"f", loose(tmp_path, "blob", b""))]))
    for _ in range(depth):
        name = loose(tmp_path, "tree", tree([(b"40000", b"d", name)]))
    point(tmp_path, loose(tmp_path, "commit", commit_text(name)))
    assert kind(answer(book)) in DOUBTFUL
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
        deep.mkdir()
    assert kind(answer(book)) in DOUBTFUL


NAMES = (
    b"..",
    b".",
    b".git",
    b".GIT",
    b"/etc",
    b"/",
    b"a/b",
    b"../outside",
    b"",
    b"..\\x",
    b"\xff",
    b"a" * 5000,
    b"git~1",
    b"a\nb",
)
MODES = (
    b"100644",
    b"40000",
    b"120000",
    b"160000",
    b"0",
    b"",
    b"777777777777777777777777",
    b"100755",
    b"040000",
    b"xyz",
    b"-1",
    b"10644\xb2",
)


ODD = [*((name, mode) for name in NAMES for mode in MODES[:4]), *((b"odd", mode) for mode in MODES[4:])]


@pytest.mark.parametrize(("name", "mode"), ODD, ids=lambda text: ascii(text[:12]))
def test_no_name_in_a_tree_leads_out_of_the_work_tree(tmp_path: Path, name: bytes, mode: bytes) -> None:
    """An impossible file name is not looked up, and does not make the state clean."""
    book = begin(tmp_path / "top")
    write(tmp_path, {"outside": b"outside\n", "x": b"outside\n"})
    inner = loose(tmp_path / "top", "blob", b"outside\n")
    if mode in (b"40000", b"040000"):
        inner = loose(tmp_path / "top", "tree", tree([(b"100644", b"outside", inner)]))
    whole(tmp_path / "top")
    entries = path_of(tmp_path / "top", git(tmp_path / "top", "rev-parse", "HEAD^{tree}")).read_bytes()
    text = zlib.decompress(entries).partition(b"\0")[2] + tree([(mode, name, inner)])
    point(tmp_path / "top", loose(tmp_path / "top", "commit", commit_text(loose(tmp_path / "top", "tree", text))))
    assert kind(answer(book)) in (DOUBTFUL | {"clean"} if name == b"" or mode == b"160000" else DOUBTFUL)


@pytest.mark.parametrize(
    "text", [b"100644", b"100644 a", b"100644 a\0" + b"x" * 19, b"\0" * 100, b"a" * 1000, b"100644 a\0" * 50]
)
def test_a_tree_that_is_cut_off_is_not_believed(tmp_path: Path, text: bytes) -> None:
    """The tree ends in the middle of an entry, or is not a tree."""
    book = begin(tmp_path)
    point(tmp_path, loose(tmp_path, "commit", commit_text(loose(tmp_path, "tree", text))))
    assert kind(answer(book)) in DOUBTFUL


def test_a_hundred_thousand_names_are_compared(tmp_path: Path) -> None:
    """The repository has as many names as a very large one, of files that do not exist."""
    book = begin(tmp_path)
    empty = loose(tmp_path, "blob", b"")
    names = tree((b"100644", b"%06d" % number, empty) for number in range(100_000))
    point(tmp_path, loose(tmp_path, "commit", commit_text(loose(tmp_path, "tree", names))))
    assert kind(answer(book)) in DOUBTFUL


def test_a_folder_that_is_a_link_is_not_walked(tmp_path: Path) -> None:
    """A committed folder that is now a link has changed; nothing is read through the link."""
    book, _ = whole(tmp_path / "top")
    part = tmp_path / "top/book/part"
    part.rename(tmp_path / "part")
    part.symlink_to(tmp_path / "part")
    os.mkfifo(tmp_path / "part/new")
    assert kind(answer(book)) == "changed"
    part.unlink()
    part.symlink_to("/")
    assert kind(answer(book)) == "changed"


def test_folders_in_a_circle_are_not_walked(tmp_path: Path) -> None:
    """Links to folders above them are new files, and ignored ones do not count."""
    book, _ = whole(tmp_path)
    write(tmp_path, {".git/info/exclude": "circle\nroot\n"})
    (book / "part/circle").symlink_to("..")
    (book / "root").symlink_to("/")
    assert kind(answer(book)) == "clean"
    (book / "again").symlink_to(".")
    assert kind(answer(book)) == "changed"


def test_an_object_under_the_name_of_another_is_refused(tmp_path: Path) -> None:
    """A commit stored under a wrong id would report a commit that nobody has made."""
    book, commit = whole(tmp_path)
    wrong = "1234567890" * 4
    path_of(tmp_path, wrong).parent.mkdir()
    path_of(tmp_path, commit).rename(path_of(tmp_path, wrong))
    point(tmp_path, wrong)
    assert kind(answer(book)) == "unreadable"


def test_the_objects_of_these_tests_hash_as_in_git(tmp_path: Path) -> None:
    """The helpers of these tests hash objects as git does."""
    book, commit = whole(tmp_path)
    text = commit_text(git(tmp_path, "rev-parse", "HEAD^{tree}"))
    assert git(tmp_path, "rev-parse", "HEAD") == commit == name_of("commit", text)
    assert header("blob", b"x") == b"blob 1\0x"
    assert words(answer(book)) == ""
