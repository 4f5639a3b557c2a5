"""A book's folder -> its commit, the date, and whether the files are as committed; no program is started.

Git itself would run what a repository's configuration names (`core.fsmonitor`, filters, hooks), and whoever sends a
book may have written that. So the repository is read here: objects, references, the index, and the few settings that
determine the content of a file. No library is used, because each step has to be limited: the data may be endless on
purpose.

The files are compared with the commit that HEAD names. So the following do not count: a staged change that the work
tree no longer has (a staged new file and a conflict do count), what `git replace` puts in a commit's place, what `git
update-index --assume-unchanged` hides, and executable bits. A submodule is compared by its commit, not by its files.
The repository's own core.excludesFile is ignored. Attribute and ignore files that a sparse checkout has left out, and
that git reads from the index, are not read.

files.py       a path -> its bytes, if it is an ordinary file of the repository; the budget of a look
settings.py    the few values of a configuration that are read
places.py      a folder -> the repository that it belongs to
references.py  HEAD -> the id of the commit
objects.py     an id -> a commit, a tree, a pointer
packs.py       one object of a pack
trees.py       a commit -> its date and its files
index.py       git's data about each file
split.py       an index that is kept in two files
patterns.py    a pattern, a path -> whether it matches
ignores.py     what git leaves out
attributes.py  how a file is converted to what git keeps
revisions.py   a revision -> the files that a folder had in it
stored.py      a file, an id -> whether it is that object
comparing.py   all files -> whether one has changed
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compositor.git.comparing import comparison
from compositor.git.files import Budget, Unreadable, refused
from compositor.git.objects import Objects
from compositor.git.places import Places, find
from compositor.git.references import head
from compositor.git.revisions import asking
from compositor.git.trees import tree_and_date

__all__ = ["Checkout", "Unreadable", "changed_files", "one_look", "read_checkout"]

State = Literal["clean", "changed", "unknown"]


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a repository says of a folder in its work tree."""

    commit: str
    """The commit that is checked out: 40 hexadecimal digits, or 64 where the repository uses SHA-256."""
    seconds: int
    """When it was committed, in seconds since 1970."""
    state: State
    """Whether the files of the work tree, and all files of the folder, are as committed."""
    doubts: tuple[Unreadable, ...] = ()
    """Why that is unknown, if it is."""
    top: Path = Path()
    """The top of the work tree, a real path."""


_seen: list[dict[str, Checkout | None]] = []


@contextmanager
def one_look() -> Iterator[None]:
    """Read the repository of a folder only once inside the block: a build has one commit."""
    _seen.append({})
    try:
        with asking():
            yield
    finally:
        _seen.pop()


def read_checkout(folder: Path) -> Checkout | None:
    """Return the state of a folder's repository; None outside any repository, and before the first commit.

    Raises Unreadable if there is a repository whose commit cannot be read.
    """
    seen, name = _seen[-1] if _seen else {}, os.path.realpath(folder)
    try:
        if name not in seen:
            seen[name] = _read(folder)
        return seen[name]
    except (OSError, ValueError) as problem:  # a name that is too long, a folder that has vanished, …
        raise refused(folder, problem) from None
    except MemoryError:
        raise Unreadable(folder, "there is not enough memory to read it", "a fresh clone fixes it") from None


def _read(folder: Path) -> Checkout | None:
    places = find(folder)
    commit = head(places) if places is not None else None
    if places is None or commit is None:
        return None
    budget = Budget(places.common)
    with Objects(places, budget) as objects:
        tree, seconds = tree_and_date(commit, objects, places)
        state, doubts = _state(places, objects, tree, folder, budget)
    return Checkout(commit, seconds, state, doubts, places.work)


def changed_files(folder: Path, paths: Collection[str]) -> frozenset[str] | None:
    """Return those of these files, by their paths in the folder, that differ from the last commit.

    None outside any repository, before its first commit, and if it cannot be read.
    """
    try:
        places = find(folder)
        commit = head(places) if places is not None else None
        if places is None or commit is None:
            return None
        above = os.fsencode(folder.resolve().relative_to(places.work))
        here = b"" if above == b"." else above + b"/"
        wanted = {here + os.fsencode(path): path for path in paths}
        budget = Budget(places.common)
        with Objects(places, budget) as objects:
            tree, _ = tree_and_date(commit, objects, places)
            look = comparison(places, objects, budget, len(tree) // 2)
            return frozenset(wanted[path] for path in look.changed(tree, wanted))
    except (Unreadable, OSError, ValueError, MemoryError):
        return None


def _state(
    places: Places, objects: Objects, tree: str, folder: Path, budget: Budget
) -> tuple[State, tuple[Unreadable, ...]]:
    book = os.fsencode(folder.resolve().relative_to(places.work))
    try:
        look = comparison(places, objects, budget, len(tree) // 2)
        changed = look.is_changed(tree, b"" if book == b"." else book)
    except Unreadable as problem:
        return "unknown", (problem,)
    if changed:
        return "changed", ()
    return ("unknown", tuple(look.doubts)) if look.doubts else ("clean", ())
