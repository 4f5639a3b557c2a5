"""Malicious pack indexes, and packs that are truncated or too many: each gets an answer."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.git.answers import ANYTHING, answer, kind, told, words
from tests.git.made_by_hand import COMMIT, begin, entry, pack, pack_index, point, whole
from tests.git.repositories import git, write

SOMEBODY = "5" * 40


def _packed(top: Path) -> tuple[Path, Path, Path, str]:
    """Return a correct repository in one pack: the book, the pack, its index, the commit."""
    book, commit = whole(top)
    git(top, "gc", "-q")
    [path] = (top / ".git/objects/pack").glob("*.pack")
    for file in (path, path.with_suffix(".idx")):
        file.chmod(0o644)
    return book, path, path.with_suffix(".idx"), commit


CUTS = (0, 1, 4, 8, 11, 12, 13, 20, 100, -1, -19, -20, -21, -40, -60)


@pytest.mark.parametrize("length", CUTS)
@pytest.mark.parametrize("which", ["pack", "index"])
def test_a_pack_that_is_cut_off_is_answered(tmp_path: Path, which: str, length: int) -> None:
    """If the pack still has what is needed, it is reported, and otherwise nothing."""
    book, path, index, commit = _packed(tmp_path)
    file = path if which == "pack" else index
    file.write_bytes(file.read_bytes()[:length])
    found = answer(book)
    assert kind(found) in {"unreadable", "unknown", "clean"}
    assert kind(found) == "unreadable" or told(book)[0] == commit


INDEXES: dict[str, Callable[[bytes], bytes]] = {
    "heading": lambda data: b"\xfftOc\0\0\0\3" + data[8:],
    "no heading": lambda data: b"\0" * 8 + data[8:],
    "counts": lambda data: data[:8] + b"\xff" * 1024 + data[1032:],
    "falling counts": lambda data: data[:8] + struct.pack(">I", 1 << 31) + data[12:],
    "last count": lambda data: data[: 8 + 1020] + struct.pack(">I", 0xFFFFFFFF) + data[1032:],
    "no counts": lambda data: data[:8] + bytes(1024) + data[1032:],
    "places": lambda data: data[:1032] + data[1032:-40].replace(data[-40 - 4 : -40], b"\xff\xff\xff\xff") + data[-40:],
    "all places": lambda data: _placed(data, b"\x7f\xff\xff\xff"),
    "all places in the long table": lambda data: _placed(data, b"\xff\xff\xff\xff"),
    "all places at the start": lambda data: _placed(data, b"\0\0\0\0"),
    "all places in the heading": lambda data: _placed(data, b"\0\0\0\4"),
    "ids upside down": lambda data: data[:1032] + data[1032 : 1032 + 20 * _count(data)][::-1] + _after_ids(data),
    "same ids": lambda data: data[:1032] + data[1032:1052] * _count(data) + _after_ids(data),
}


def _count(data: bytes) -> int:
    return int(struct.unpack(">I", data[1028:1032])[0])


def _after_ids(data: bytes) -> bytes:
    return data[1032 + 20 * _count(data) :]


def _placed(data: bytes, place: bytes) -> bytes:
    """Return an index in which every object is at the same offset."""
    return data[: -40 - 4 * _count(data)] + place * _count(data) + data[-40:]


@pytest.mark.parametrize("damage", INDEXES)
def test_an_index_of_a_pack_that_lies_is_answered(tmp_path: Path, damage: str) -> None:
    """The object at the indexed offset is hashed before it is accepted."""
    book, _, index, commit = _packed(tmp_path)
    index.write_bytes(INDEXES[damage](index.read_bytes()))
    found = answer(book)
    assert kind(found) in {"unreadable", "unknown", "clean"}
    assert kind(found) == "unreadable" or told(book)[0] == commit


def test_an_index_that_claims_four_thousand_million_objects_is_left(tmp_path: Path) -> None:
    """A sparse file of 100 GiB, with matching counts, is refused."""
    book = begin(tmp_path)
    path, _ = pack(tmp_path, [(SOMEBODY, entry(COMMIT, b"x"))])
    fanout = [(0xFFFFFFFF // 256) * (first + 1) for first in range(256)]
    path.with_suffix(".idx").write_bytes(pack_index([(bytes.fromhex(SOMEBODY), 12, 0)], b"\0" * 20, fanout))
    os.truncate(path.with_suffix(".idx"), 100 << 30)
    point(tmp_path, SOMEBODY)
    assert kind(answer(book)) == "unreadable"


def test_a_pack_of_8_gib_is_no_trouble(tmp_path: Path) -> None:
    """Only the object is read from a large pack, not the whole file."""
    book, path, _, commit = _packed(tmp_path)
    os.truncate(path, 8 << 30)
    found = answer(book)
    assert kind(found) in {"unreadable", "unknown", "clean"}, words(found)
    assert commit


def test_a_thousand_packs_are_looked_through(tmp_path: Path) -> None:
    """Frequent fetches make many packs; empty ones are tried too."""
    book, commit = whole(tmp_path)
    for step in range(1000):
        name = f"{step:040x}"
        write(tmp_path, {f".git/objects/pack/pack-{name}.idx": b"", f".git/objects/pack/pack-{name}.pack": b"PACK"})
    assert kind(answer(book)) in ANYTHING
    for path in (tmp_path / ".git/objects/pack").iterdir():
        path.unlink()
    assert told(book)[0] == commit
