"""A commit's id -> its date, and the files of its tree.

Source: git-cat-file(1), gitformat-pack(5), git-fsck(1) for names that no tree may contain.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from compositor.git.files import LONGEST_PATH, Unreadable
from compositor.git.objects import FSCK, Objects
from compositor.git.places import Places

FOLDER, LINK, SUBMODULE = 0o040000, 0o120000, 0o160000
"""Kinds of entries in a tree, as file types; anything else is a file."""
TREE = re.compile(rb"tree ([0-9a-f]{64}|[0-9a-f]{40})\n")
COMMITTER = re.compile(rb"^committer [^\n]*> (\d{1,20}) [+-]\d{4}$", re.MULTILINE)
MODE = re.compile(rb"[0-7]{1,6}")
LAST_DATE = 253_402_300_799
"""The end of the year 9999, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, link or submodule of a commit, or a folder on the way there."""

    kind: int
    path: bytes
    """From the top of the work tree."""
    name: str
    """The id of its object, in hexadecimal."""


def tree_and_date(commit: str, objects: Objects, places: Places) -> tuple[str, int]:
    """Return the tree of a commit, and the seconds since 1970 at which it was committed. Raises Unreadable."""
    header = objects.read(commit, "commit").partition(b"\n\n")[0]
    tree, date = TREE.match(header), COMMITTER.search(header)
    if tree is None:
        raise Unreadable(places.common / "objects", f"the commit {commit[:12]} is damaged", FSCK)
    if date is None or int(date[1]) > LAST_DATE:
        why = f"the commit {commit[:12]} has no committer date up to the year 9999"
        raise Unreadable(places.common / "objects", why, "`git commit --amend --no-edit` gives it one")
    return tree[1].decode(), int(date[1])


def entries(name: str, above: bytes, objects: Objects, places: Places) -> Iterator[Entry]:
    """Yield the entries of one tree; `above` is the path of its folder, with a slash at its end, or empty."""
    tree, width, at = objects.read(name, "tree"), len(name) // 2, 0
    while at < len(tree):
        end = tree.find(b"\0", at, at + LONGEST_PATH)
        mode, _, own = tree[at : max(end, at)].partition(b" ")
        found = tree[end + 1 : end + 1 + width]
        if not MODE.fullmatch(mode) or not _is_a_name(own) or len(found) < width or len(above + own) > LONGEST_PATH:
            raise Unreadable(places.common / "objects", f"the tree {name[:12]} is damaged", FSCK)
        yield Entry(stat.S_IFMT(int(mode, 8)), above + own, found.hex())
        at = end + 1 + width


def _is_a_name(name: bytes) -> bool:
    return bool(name) and b"/" not in name and name.lower() not in (b".", b"..", b".git")
