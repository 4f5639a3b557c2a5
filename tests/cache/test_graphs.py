"""Values that refer to each other are read back as written, with shared parts shared, and reading runs no code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pytest

from compositor.cache import Damaged
from compositor.cache.graphs import Graphs


@dataclass(slots=True, eq=False)
class Node:
    """A node that others refer to."""

    name: str
    others: list[object] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A value whose fields are given by name."""

    one: object
    other: object = None


@dataclass(frozen=True, slots=True)
class Only:
    """A singleton."""

    name: str


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"


THE_ONE = Only("one")
GRAPHS = Graphs((Node,), (Plain, Only, Colour), {Only: {THE_ONE: THE_ONE}})


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -7, 1.1, 1e300, float("inf"), "a\ud800ä", (), (1, "a", ("x",)), [1, [2]], {}, {"a": {"t": [1]}},
        {1: "a", "b": ()}, {"a", "b"}, frozenset({"b"}), Plain(one=Colour.RED, other=Plain(one={"k": (1,)})),
        ["t", "n"], date(2026, 2, 3),
    ],
)  # fmt: skip
def test_what_is_written_is_read_again(value: object) -> None:
    """Values are read back with the types of all their parts."""
    read = GRAPHS.read(GRAPHS.written(value))
    assert read == value
    assert repr(read) == repr(value) or isinstance(value, set)


def test_things_that_hold_each_other_do_so_again() -> None:
    """A shared object stays one object, however many others refer to it."""
    first, second = Node("first"), Node("second")
    first.others, second.others = [second, Plain(one=first), second], [first]
    one, plain, again = GRAPHS.read(GRAPHS.written((first, plain_of(first), first)))
    assert one is again is plain.one
    assert one.name == "first"
    assert one.others[0] is one.others[2]
    assert one.others[0].others == [one]
    assert one.others[1].one is one


def plain_of(node: Node) -> Plain:
    """Return a value that refers to a node."""
    return Plain(one=node)


def test_what_there_is_one_of_stays_one() -> None:
    """A singleton is still the same object after it was read, so that tests with `is` give the same answer."""
    assert GRAPHS.read(GRAPHS.written([Only("one")]))[0] is THE_ONE


def test_what_has_no_form_is_not_written() -> None:
    """A value of an unknown class is not written."""
    with pytest.raises(TypeError):
        GRAPHS.written([object()])


@pytest.mark.parametrize(
    "said",
    [
        "no", {}, [1], [["n", 0], []], [["n", -1], [[0, "a", None]]], [[0], [[0, "a", None]]], [[9, 1], []],
        [None, [[0, "a"]]], [None, [[1, 2, 3]]], [["z", 1], []], [[True, 1], []], [["f", "x"], []], [["d", 1], []],
        [[], []], [["s", {}], []],
    ],
)  # fmt: skip
def test_damage_is_told(said: object) -> None:
    """Bytes that this writer would not have written make no value."""
    with pytest.raises(Damaged):
        GRAPHS.read(json.dumps(said).encode())
    with pytest.raises(Damaged):
        GRAPHS.read(json.dumps(said).encode()[:-1])
