"""Malicious packs: endless deltas, false sizes, indexes that point anywhere."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.git.answers import answer, kind, told
from tests.git.made_by_hand import (
    BLOB,
    COMMIT,
    OFS_DELTA,
    REF_DELTA,
    begin,
    book_tree,
    commit_text,
    copied,
    entry,
    loose,
    name_of,
    number,
    offset_of,
    pack,
    point,
    size_of,
)
from tests.git.repositories import git

SOMEBODY = "5" * 40
Spoilt = Callable[[Path, bytes], None]
"""A function that adds a commit in a bad pack to a repository; it gets the text of the commit."""


def _in_a_pack(top: Path, entries: list[tuple[str, bytes]], head: bytes | None = None) -> Path:
    path, _ = pack(top, entries, head)
    return path


def unpacks_to_much(top: Path, text: bytes) -> None:
    """Pack a commit of spaces."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1 << 8)) + packer.flush()
    _in_a_pack(top, [(SOMEBODY, size_of(COMMIT, 1 << 28) + data)])


def unpacks_to_more_than_it_says(top: Path, text: bytes) -> None:
    """Pack a small size before much text."""
    _in_a_pack(top, [(SOMEBODY, entry(COMMIT, text + b" " * (1 << 26), size=len(text)))])


def unpacks_to_less_than_it_says(top: Path, text: bytes) -> None:
    """Pack a size of 2^60 before little text."""
    _in_a_pack(top, [(SOMEBODY, entry(COMMIT, text, size=1 << 60))])


def size_without_an_end(top: Path, text: bytes) -> None:
    """Pack a size whose every byte says that another follows."""
    _in_a_pack(top, [(SOMEBODY, b"\x9f" + b"\xff" * 100_000)])


def differs_from_itself(top: Path, text: bytes) -> None:
    """Pack a delta whose base is the object that it makes."""
    delta = number(len(text)) + number(len(text)) + copied(0, len(text))
    _in_a_pack(top, [(SOMEBODY, entry(REF_DELTA, delta, bytes.fromhex(SOMEBODY)))])


def differ_from_each_other(top: Path, text: bytes) -> None:
    """Pack two deltas, each the base of the other."""
    delta = number(len(text)) + number(len(text)) + copied(0, len(text))
    other = "6" * 40
    pairs = ((SOMEBODY, other), (other, SOMEBODY))
    _in_a_pack(top, [(name, entry(REF_DELTA, delta, bytes.fromhex(base))) for name, base in pairs])


def base_before_the_pack(top: Path, text: bytes) -> None:
    """Pack a delta whose base is before the beginning of the pack."""
    _in_a_pack(top, [(SOMEBODY, entry(OFS_DELTA, number(5) + number(5) + copied(0, 5), offset_of(1 << 40)))])


def base_is_the_heading(top: Path, text: bytes) -> None:
    """Pack a delta whose base is in the first bytes of the pack."""
    _in_a_pack(top, [(SOMEBODY, entry(OFS_DELTA, number(5) + number(5) + copied(0, 5), offset_of(12)))])


def base_is_itself(top: Path, text: bytes) -> None:
    """Pack a delta with a distance of zero."""
    _in_a_pack(top, [(SOMEBODY, entry(OFS_DELTA, number(5) + number(5) + copied(0, 5), offset_of(0)))])


def offset_without_an_end(top: Path, text: bytes) -> None:
    """Pack a distance whose every byte says that another follows."""
    _in_a_pack(top, [(SOMEBODY, size_of(OFS_DELTA, 5) + b"\xff" * 100_000)])


def base_is_missing(top: Path, text: bytes) -> None:
    """Pack a delta whose base does not exist."""
    _in_a_pack(top, [(SOMEBODY, entry(REF_DELTA, number(5) + number(5) + copied(0, 5), bytes.fromhex("7" * 40)))])


def doubles_forty_times(top: Path, text: bytes) -> None:
    """Pack a chain of deltas, each of which doubles its base: 8 bytes become 8 TiB."""
    entries = [(name_of("commit", b"12345678"), entry(COMMIT, b"12345678"))]
    place, size = 12, 8
    for step in range(40):
        double = b"".join(copied(at, min(size - at, 0xFFFFFF)) for at in range(0, min(size, 1 << 32), 0xFFFFFF))
        delta = number(size) + number(size * 2) + double + double
        base, place = place, place + len(entries[-1][1])
        entries.append((SOMEBODY if step == 39 else f"{step:040x}", entry(OFS_DELTA, delta, offset_of(place - base))))
        size *= 2
    _in_a_pack(top, entries)


def chain_of_many_steps(top: Path, text: bytes) -> None:
    """Pack 20,000 deltas, each on the one before."""
    entries = [("0" * 40, entry(BLOB, text))]
    delta = number(len(text)) + number(len(text)) + copied(0, len(text))
    for step in range(20_000):
        before = len(entries[-1][1])
        entries.append((SOMEBODY if step == 19_999 else f"{step + 1:040x}", entry(OFS_DELTA, delta, offset_of(before))))
    _in_a_pack(top, entries)


def copies_beyond_its_base(top: Path, text: bytes) -> None:
    """Pack a delta that copies bytes from beyond the end of its base."""
    delta = number(len(text)) + number(100) + copied(len(text) - 1, 100)
    first = entry(COMMIT, text)
    _in_a_pack(top, [("0" * 40, first), (SOMEBODY, entry(OFS_DELTA, delta, offset_of(len(first))))])


def delta_with(body: Callable[[int], bytes]) -> Spoilt:
    """Return a delta with faulty instructions, which are made from the size of the base."""

    def spoilt(top: Path, text: bytes) -> None:
        first = entry(COMMIT, text)
        _in_a_pack(top, [("0" * 40, first), (SOMEBODY, entry(OFS_DELTA, body(len(text)), offset_of(len(first))))])

    return spoilt


def other_words(top: Path, text: bytes) -> None:
    """Pack a whole object that does not hash to its id."""
    _in_a_pack(top, [(SOMEBODY, entry(COMMIT, text))])


def other_kind(kind_: int) -> Spoilt:
    """Return a commit that is declared as another kind."""

    def spoilt(top: Path, text: bytes) -> None:
        _in_a_pack(top, [(SOMEBODY, entry(kind_, text))])

    return spoilt


DELTAS: dict[str, Spoilt] = {
    "empty": delta_with(lambda size: b""),
    "sizes only": delta_with(lambda size: number(size) + number(0)),
    "reserved": delta_with(lambda size: number(size) + number(1) + b"\0"),
    "cut off": delta_with(lambda size: number(size) + number(50) + b"\x32abc"),
    "copy cut off": delta_with(lambda size: number(size) + number(50) + b"\xff\0"),
    "other base": delta_with(lambda size: number(size + 1) + number(5) + copied(0, 5)),
    "huge result": delta_with(lambda size: number(size) + number(1 << 62) + copied(0, 5)),
    "more than it says": delta_with(lambda size: number(size) + number(1) + copied(0, size) * 1000),
    "number without an end": delta_with(lambda size: b"\xff" * 100_000),
}
FUNCTIONS: tuple[Spoilt, ...] = (
    unpacks_to_much, unpacks_to_more_than_it_says, unpacks_to_less_than_it_says, size_without_an_end,
    differs_from_itself, differ_from_each_other, base_before_the_pack, base_is_the_heading, base_is_itself,
    offset_without_an_end, base_is_missing, doubles_forty_times, chain_of_many_steps, copies_beyond_its_base,
    other_words,
)  # fmt: skip
SPOILT = {
    **{made.__name__: made for made in FUNCTIONS},
    **{f"delta {name}": made for name, made in DELTAS.items()},
    **{f"kind {number_}": other_kind(number_) for number_ in (0, 2, 3, 4, 5, 7)},
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_commit_in_a_pack_that_was_spoilt_is_refused(tmp_path: Path, spoilt: str) -> None:
    """Whatever the pack has instead of the commit, the reader answers without a commit."""
    book = begin(tmp_path)
    SPOILT[spoilt](tmp_path, commit_text(book_tree(tmp_path)))
    point(tmp_path, SOMEBODY)
    assert kind(answer(book)) == "unreadable"


def test_the_packs_of_these_tests_are_good_where_nothing_is_spoilt(tmp_path: Path) -> None:
    """Both git and the reader read a commit as a delta on another, in a hand-made pack."""
    book = begin(tmp_path)
    text = commit_text(book_tree(tmp_path))
    base = text + b"More.\n"
    delta = number(len(base)) + number(len(text)) + copied(0, len(text))
    first = entry(COMMIT, base)
    second = entry(OFS_DELTA, delta, offset_of(len(first)))
    pack(tmp_path, [(name_of("commit", base), first), (name_of("commit", text), second)])
    point(tmp_path, name_of("commit", text))
    assert told(book)[0] == git(tmp_path, "rev-parse", "HEAD")
    assert git(tmp_path, "cat-file", "commit", "HEAD").encode() + b"\n" == text
    assert told(book)[2] == "clean"
    assert loose(tmp_path, "commit", text) == name_of("commit", text)
