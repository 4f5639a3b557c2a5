"""A book's folder -> the commit that it is at, its date, and whether the files are as committed; no program is started.

Git itself would run what a repository's configuration names (`core.fsmonitor`, filters, hooks), and whoever sends a
book may have written that. So the repository is read here: objects, references, the index, and the few settings that
say what a file looks like. It is code of our own and no library, because each step has to be bounded: what is read
may have been made to be endless.

The files are compared with the commit that HEAD names. So a staged change that the work tree no longer has does not
count (a staged new file and a conflict do), nor what `git replace` puts in a commit's place, what `git update-index
--assume-unchanged` hides, nor who may run a file. A submodule is compared by its commit, and not by its files. Which
files are ignored, the repository's own core.excludesFile does not say. What git reads from the index where a sparse
checkout has left out an attribute file or an ignore file is not read.

files.py       a path -> its bytes, if it is an ordinary file of the repository; what a look may cost
settings.py    the few values of a configuration that are read
places.py      a folder -> the repository that it belongs to
references.py  HEAD -> the id of the commit
objects.py     an id -> a commit, a tree, a pointer
packs.py       one object of a pack
trees.py       a commit -> its date and its files
index.py       what git has noted of each file
split.py       an index that is kept in two files
patterns.py    a pattern, a path -> whether it matches
ignores.py     what git leaves out
attributes.py  how a file is turned into what git keeps
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
    """Why that is unknown, where it is."""
    top: Path = Path()
    """The top of the work tree, a real path."""


_seen: list[dict[str, Checkout | None]] = []


@contextmanager
def one_look() -> Iterator[None]:
    """Inside, what the repository of a folder says is read once: a build has one commit."""
    _seen.append({})
    try:
        with asking():
            yield
    finally:
        _seen.pop()


def read_checkout(folder: Path) -> Checkout | None:
    """What the repository of a folder says; None outside any repository, and before the first commit.

    Raises Unreadable where there is a repository whose commit cannot be read.
    """
    seen, name = _seen[-1] if _seen else {}, os.path.realpath(folder)
    try:
        if name not in seen:
            seen[name] = _read(folder)
        return seen[name]
    except (OSError, ValueError) as problem:  # a name that is too long, a folder that went away, …
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
    """Those of these files, by their paths in the folder, that are not as the last commit has them.

    None outside any repository, before its first commit, and where it cannot be read.
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
