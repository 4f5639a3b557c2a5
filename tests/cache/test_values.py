"""Values of the cache are read back as written, and reading runs no code."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from enum import StrEnum

import pytest

from compositor.cache import Damaged, Values, digest


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"


@dataclass(frozen=True, slots=True)
class Pair:
    """A value with two others in it."""

    one: object
    other: object = None


VALUES = Values(Pair, Colour)


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -7, 1.1, 1e300, "a\ud800\x00ä", b"", b"bytes", (), (1, "a", (b"x", b"yz")), [1, [2]],
        {1: "a", "b": ()},
        frozenset({"b", "a"}), Pair(Colour.RED, Pair(b"in", {"k": b"v"})), {(1, 2): Pair(1)},
    ],
)  # fmt: skip
def test_what_is_written_is_read_again(value: object) -> None:
    """Values are read back with the types of all their parts."""
    read = VALUES.read(VALUES.written(value))
    assert read == value
    assert repr(read) == repr(value) or isinstance(value, frozenset)


def test_equal_sets_have_equal_bytes() -> None:
    """The order of a set is not the same from one process to the next."""
    assert VALUES.written(frozenset("abc")) == VALUES.written(frozenset("cba"))


def test_what_has_no_form_is_not_written() -> None:
    """A value of a class that is not in the list is a bug in Compositor."""
    with pytest.raises(TypeError):
        VALUES.written(object())


def _plain(said: object) -> bytes:
    data = json.dumps(said).encode()
    return b"%d\n" % len(data) + data


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", b"5\n{", pickle.dumps(print), _plain([2, 1]), _plain([-1, 1]), _plain(["x", 1]), _plain([0]),
        _plain([0, 1, 2, 3]), _plain([1, "blue"]), _plain([]), _plain(["d", 1]), _plain(["s", ["l"]]),
        _plain([True, 1, 2]),
        b"9000\n" + b"[" * 9000,
    ],
)  # fmt: skip
def test_other_bytes_hold_nothing(data: bytes) -> None:
    """Damaged bytes give no value, and neither do bytes that name a class outside the list."""
    with pytest.raises(Damaged):
        VALUES.read(data)


def test_a_digest_knows_where_a_part_ends() -> None:
    """Two words give another digest than the same letters as one word."""
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest(["ab", "c"]), digest(["a", "bc"])}) == 5
