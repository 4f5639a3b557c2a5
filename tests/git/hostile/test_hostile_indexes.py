"""Malicious indexes, configurations and pattern files that should break or block the reader."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from tests.git.answers import ANYTHING, answer, kind, told, words
from tests.git.made_by_hand import whole
from tests.git.repositories import git, said_by_git, start, write

DOUBTFUL = {"unreadable", "unknown", "changed"}


def signed(data: bytes) -> bytes:
    """Return an index with its correct checksum at the end."""
    return data + sha1(data).digest()


def noted(name: bytes, flags: int = 0, more: bytes = b"", mode: int = 0o100644) -> bytes:
    """Return one entry of an index, with nothing but its name."""
    text = struct.pack(">10I20sH", *([0] * 6), mode, 0, 0, 0, b"\1" * 20, flags | min(len(name), 0xFFF)) + more + name
    return text + b"\0" * (8 - len(text) % 8)


def index(entries: list[bytes], version: int = 2, count: int | None = None, more: bytes = b"") -> bytes:
    """Return an index of entries."""
    head = b"DIRC" + struct.pack(">II", version, len(entries) if count is None else count)
    return signed(head + b"".join(entries) + more)


Damage = Callable[[bytes], bytes]
INDEXES: dict[str, Damage] = {
    "empty": lambda data: b"",
    "heading only": lambda data: data[:12],
    "no heading": lambda data: b"CRID" + data[4:],
    "version 1": lambda data: signed(data[:4] + struct.pack(">I", 1) + data[8:-20]),
    "version 5": lambda data: signed(data[:4] + struct.pack(">I", 5) + data[8:-20]),
    "version 4 that is none": lambda data: signed(data[:4] + struct.pack(">I", 4) + data[8:-20]),
    "4,294,967,295 entries": lambda data: signed(data[:8] + b"\xff" * 4 + data[12:-20]),
    "one entry more": lambda data: signed(data[:11] + bytes([data[11] + 1]) + data[12:-20]),
    "cut": lambda data: data[: len(data) // 2],
    "cut and signed": lambda data: signed(data[: len(data) // 2]),
    "wrong sum": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "zeros": lambda data: bytes(len(data)),
    "all ones": lambda data: b"DIRC\0\0\0\4" + b"\xff" * 30_000,
    "text": lambda data: b"No index.\n" * 100,
}
MADE = {
    "outward": index([noted(b"../outside"), noted(b"/etc/passwd"), noted(b".git/config")]),
    "no name": index([noted(b"")]),
    "name of a folder": index([noted(b"book/")]),
    "sparse folder that is none": index([noted(b"book/", 0x4000, b"\x40\0", 0o40000)], 3),
    "everything left out": index(
        [noted(b"book/", 0x4000, b"\x40\0", 0o40000), noted(b"", 0x4000, b"\x40\0", 0o40000)], 3
    ),
    "long name": index([noted(b"a" * 100_000)]),
    "upside down": index([noted(b"z"), noted(b"a")]),
    "twice": index([noted(b"README.md")] * 2),
    "extended in version 2": index([noted(b"README.md", 0x4000, b"\x40\0")], 2),
    "prefix longer than the name": index([noted(b"")[:62] + b"\xff\xff\xff\x7f" + b"a\0"], 4),
    "prefix without an end": index([noted(b"")[:62] + b"\xff" * 1000], 4),
    "extension of 4 GiB": index([], more=b"TREE" + b"\xff\xff\xff\xff" + b"x"),
    "extension that must be known": index([], more=b"xxxx" + struct.pack(">I", 4) + b"abcd"),
    "link to another index": index([], more=b"link" + struct.pack(">I", 20) + b"\1" * 20),
}


@pytest.mark.parametrize("damage", INDEXES)
def test_a_damaged_index_is_answered(tmp_path: Path, damage: str) -> None:
    """The commit is reported anyway; an index with a changed number in it may be a valid one with other names."""
    book, commit = whole(tmp_path)
    git(tmp_path, "read-tree", "HEAD")
    file = tmp_path / ".git/index"
    file.write_bytes(INDEXES[damage](file.read_bytes()))
    assert kind(answer(book)) in ANYTHING
    assert told(book)[0] == commit


@pytest.mark.parametrize("made", MADE)
def test_an_index_made_by_hand_is_answered(tmp_path: Path, made: str) -> None:
    """Names that lead outside, false lengths and unknown extensions get an answer."""
    book, commit = whole(tmp_path)
    (tmp_path / ".git/index").write_bytes(MADE[made])
    assert kind(answer(book)) in ANYTHING
    assert told(book)[0] == commit
    write(book, {"01-one.md": "# One\n\nChanged.\n"})
    assert kind(answer(book)) in DOUBTFUL


@pytest.mark.parametrize("length", [200, 1_000_000])
def test_a_bitmap_longer_than_its_index_is_refused(tmp_path: Path, length: int) -> None:
    """A split index marks more entries as deleted than there are."""
    book = start(tmp_path)
    git(tmp_path, "update-index", "--split-index")
    index = tmp_path / ".git/index"
    shared = index.read_bytes().partition(b"link")[2][4:24]
    bits = struct.pack(">IIQ", 1, length + 1, length << 33) + b"\xff" * (8 * length) + bytes(4)
    link = shared + bits + struct.pack(">II", 0, 0) + bytes(4)
    text = b"DIRC" + struct.pack(">II", 2, 0) + b"link" + struct.pack(">I", len(link)) + link
    index.write_bytes(signed(text))
    found = answer(book)
    assert kind(found) == "unknown"
    assert "damaged" in words(found)


def test_an_index_hides_no_changed_file_of_the_book(tmp_path: Path) -> None:
    """The index excludes every file from a sparse checkout; the files that exist are compared anyway."""
    book, _ = whole(tmp_path)
    entries = [(f"book/{name}".encode(), 0x4000) for name in ("01-one.md", "book.toml")]
    (tmp_path / ".git/index").write_bytes(index([noted(name, flags, b"\x40\0") for name, flags in entries], 3))
    write(book, {"01-one.md": "# One\n\nChanged.\n"})
    assert kind(answer(book)) == "changed"


STARS = "*a" * 12 + "*b"
SLOW = {
    "stars": STARS,
    "stars and a class": "*[a-z]" * 15 + "b",
    "question marks": "?*" * 30 + "b",
    "folders": "**/" * 50 + "b",
    "folders and stars": "**/*a" * 20 + "/b",
    "folders and names": "**/a/" * 20 + "**/b",
    "long": "a*" * 5000 + "b",
    "long class": "[" + "a-z" * 5000 + "]b",
    "open classes": "[" * 5000,
    "backslashes": "\\" * 9999,
    "nested classes": "[[:alpha:]" * 1000,
}


@pytest.mark.parametrize(
    "where", [".gitignore", "book/.gitignore", ".git/info/exclude", ".gitattributes", ".git/info/attributes"]
)
@pytest.mark.parametrize("pattern", SLOW)
def test_a_pattern_made_to_take_for_ever_does_not(tmp_path: Path, pattern: str, where: str) -> None:
    """Patterns with very many ways to match are tried on names that almost match them."""
    write(tmp_path, {f"book/{'a' * 200}": "", "book/" + "a/" * 60 + "a": ""})
    ends = " text eol=crlf" if "attributes" in where else ""
    write(tmp_path, {where: f"{SLOW[pattern]}{ends}\n{SLOW[pattern].replace('b', 'c')}{ends}\n"})
    book, commit = whole(tmp_path)
    write(book, {"a" * 201: "", "01-one.md": "# One\r\n\r\nA paragraph.\r\n"})
    assert told(book)[:1] == (commit,)
    assert told(book)[2] in {"changed", "unknown"}


@pytest.mark.parametrize("where", [".gitignore", ".gitattributes", ".git/info/attributes", ".git/info/exclude"])
@pytest.mark.parametrize("text", ["*.x{0} text\n", "[attr]m{0} text -crlf eol=lf\n", "a/b{0}/c text\n"])
def test_a_hundred_thousand_patterns_are_answered(tmp_path: Path, where: str, text: str) -> None:
    """There are more lines than anybody writes, and a file in the book must be compared with all of them."""
    write(tmp_path, {where: "".join(text.format(number) for number in range(100_000))})
    book, commit = whole(tmp_path)
    write(book, {"new.md": "", "01-one.md": "# One\r\n\r\nA paragraph.\r\n"})
    assert told(book)[0] == commit
    assert told(book)[2] in {"changed", "unknown"}


def test_macros_that_grow_are_answered(tmp_path: Path) -> None:
    """Each macro uses the one before it twice, sixty times."""
    lines = ["[attr]m0 text"] + [f"[attr]m{step + 1} m{step} m{step}" for step in range(60)]
    write(tmp_path, {".gitattributes": "\n".join([*lines, "*.md m60", ""])})
    book, commit = whole(tmp_path)
    write(book, {"01-one.md": "# One\r\n\r\nA paragraph.\r\n"})
    assert told(book)[0] == commit


CONFIGS: tuple[bytes, ...] = (
    b"\0" * 1000, b"[", b"[core", b"[core]\nautocrlf", b'[core]\nautocrlf = "true', b"[core]\nautocrlf = tr\\\nue\n",
    b"[core]\n\xff\xfe = 1\n",
    b"[" + b"a" * 500_000 + b"]", b'[a "' + b"\\" * 500_000, b"[core]\nx = " + b"\\\n" * 200_000,
    b"[core]\n" + b"autocrlf = true\n" * 50_000,
    b"[core]\nx = " + b'"' * 500_000, b"[include]\npath = config\n", b"[include]\npath = /dev/zero\n",
    b"[core]\nrepositoryformatversion = 99\n",
    b"[extensions]\nobjectformat = sha256\n", b"[core]\nbare = true\n", b"[core]\nworktree = /\n",
    b"[core]\nexcludesfile = /dev/zero\n",
    b"[core]\nattributesfile = /dev/zero\n", b" " * 900_000, b"[a]" * 50_000, b"[core] autocrlf = input ; x\n",
    b"[core]\nautocrlf = \xff\n",
)  # fmt: skip


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: ascii(config[:24]))
def test_an_odd_configuration_is_answered(tmp_path: Path, config: bytes) -> None:
    """No configuration makes an unchanged file count as changed."""
    book, commit = whole(tmp_path)
    (tmp_path / ".git/config").write_bytes(config)
    assert kind(answer(book)) in ANYTHING - {"changed"}
    if kind(answer(book)) in ("clean", "unknown"):
        assert told(book)[0] == commit


def test_many_new_files_are_answered(tmp_path: Path) -> None:
    """Twenty thousand new files are all ignored by the last of many patterns."""
    book, _ = whole(tmp_path)
    write(tmp_path, {".git/info/exclude": "".join(f"/book/x{number}/\n" for number in range(100)) + "*.new\n"})
    (book / "many").mkdir()
    for step in range(20_000):
        os.close(os.open(book / "many" / f"{step}.new", os.O_CREAT | os.O_WRONLY))
    assert kind(answer(book)) == "clean"


def test_the_indexes_of_these_tests_are_good_where_nothing_is_spoilt(tmp_path: Path) -> None:
    """git accepts the hand-made entry too: a file that is in the index and not in the commit."""
    book, _ = whole(tmp_path)
    git(tmp_path, "read-tree", "HEAD")
    data = (tmp_path / ".git/index").read_bytes()
    count = struct.unpack(">I", data[8:12])[0]
    end = data.index(b"TREE") if b"TREE" in data else len(data) - 20
    (tmp_path / ".git/index").write_bytes(
        signed(data[:8] + struct.pack(">I", count + 1) + data[12:end] + noted(b"zzz"))
    )
    assert git(tmp_path, "ls-files").splitlines()[-1] == "zzz"
    assert told(book) == said_by_git(book)
    assert told(book)[2] == "changed"
