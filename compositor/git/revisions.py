"""The name of a revision -> the files that a folder had in it, read from the repository; git is not started.

A name is that of a branch or a tag, HEAD, or a full id, optionally followed by `~2` or `^` for earlier commits.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compositor.git.files import MEBIBYTE, Budget, Unreadable
from compositor.git.objects import Objects
from compositor.git.places import Places, find
from compositor.git.references import head, named, tags
from compositor.git.trees import FOLDER, entries, tree_and_date

WHERE = ("refs/tags/", "refs/heads/", "refs/remotes/", "refs/")
"""Where a name is looked for, in this order."""
STEPS = 1000
"""Most commits to go back."""
TAGS = 5
"""Tags that may lead from one to the next."""
_BACK = re.compile(r"(?P<name>.*?)(?P<back>(?:~\d{0,4}|\^)*)")
_ID = re.compile(r"[0-9a-f]{64}|[0-9a-f]{40}")
_LEADS = re.compile(rb"object ([0-9a-f]{64}|[0-9a-f]{40})\ntype (commit|tag)\n")
_PARENT = re.compile(rb"^parent ([0-9a-f]{64}|[0-9a-f]{40})$", re.MULTILINE)


class NoRevision(LookupError):
    """A folder is in no repository, or the repository has no such revision, or the revision no such folder."""


_asked: list[dict[str, str]] = []


@contextmanager
def asking() -> Iterator[None]:
    """Record the revisions that are asked for inside the block, with their commits."""
    _asked.append({})
    try:
        yield
    finally:
        _asked.pop()


def asked() -> dict[str, str]:
    """Return each revision that was passed to `tree_of`, and its commit; empty if it cannot be read."""
    return _asked[-1] if _asked else {}


def commit_of(folder: Path, revision: str) -> str:
    """Return the id of the commit of a revision of a folder's repository; empty if there is none."""
    try:
        places = find(folder)
        if places is None:
            return ""
        with Objects(places, Budget(places.common)) as objects:
            return _commit(places, objects, revision)[0]
    except (NoRevision, Unreadable):
        return ""


def tree_of(folder: Path, revision: str) -> str:
    """Return the id of a folder's content in a revision. Raises NoRevision, and Unreadable like `files_of`."""
    asked()[revision] = ""
    with _opened(folder, revision) as (_, _, commit, tree):
        asked()[revision] = commit
        return tree


def files_of(folder: Path, revision: str) -> Iterator[tuple[str, bytes]]:
    """Yield path below the folder, and bytes, of each ordinary file that it had; links and large files are left out.

    Raises NoRevision, and Unreadable if the repository cannot be read.
    """
    with _opened(folder, revision) as (places, objects, _, tree):
        yield from _below(tree, b"", objects, places)


def names_of(folder: Path) -> tuple[str, ...]:
    """Return the names of the tags of a folder's repository, sorted; none if they cannot be read."""
    try:
        places = find(folder)
        return tuple(sorted(tags(places))) if places is not None else ()
    except (Unreadable, OSError):
        return ()


def is_shallow(folder: Path) -> bool:
    """Return whether the repository of a folder has only the last commits of another, like a checkout in CI."""
    try:
        places = find(folder)
    except Unreadable:
        return False
    return places is not None and (places.common / "shallow").is_file()


@contextmanager
def _opened(folder: Path, revision: str) -> Iterator[tuple[Places, Objects, str, str]]:
    """Return the repository of a folder, its objects, the commit of a revision, and the folder's path in it."""
    places = find(folder)
    if places is None:
        raise NoRevision(f'"{folder}" is in no repository')
    budget = Budget(places.common, seconds=60, objects=1024 * MEBIBYTE)
    with Objects(places, budget) as objects:
        commit, tree = _commit(places, objects, revision)
        for part in folder.resolve().relative_to(places.work).parts:
            inside = (one for one in entries(tree, b"", objects, places) if os.fsdecode(one.path) == part)
            tree = next((one.name for one in inside if one.kind == FOLDER), "")
            if not tree:
                raise NoRevision(f"{revision} has no folder {folder}")
        yield places, objects, commit, tree


def _below(tree: str, above: bytes, objects: Objects, places: Places) -> Iterator[tuple[str, bytes]]:
    for entry in entries(tree, above, objects, places):
        if entry.kind == FOLDER:
            yield from _below(entry.name, entry.path + b"/", objects, places)
        elif entry.kind == stat.S_IFREG:
            try:
                yield os.fsdecode(entry.path), objects.read(entry.name, "blob")
            except Unreadable:  # too large to be read here, like a film, or borrowed from elsewhere
                continue


def _commit(places: Places, objects: Objects, revision: str) -> tuple[str, str]:
    """Return the id of the wanted commit, and of its tree. Raises NoRevision."""
    match = _BACK.fullmatch(revision.strip())
    name, back = (match["name"], match["back"]) if match else (revision, "")
    found = _named(places, name)
    for _ in range(TAGS):
        try:
            data = objects.read(found, "commit") if found else b""
            break
        except Unreadable:
            found = _peeled(objects, found)
    else:
        data = b""
    if not found or not data:
        raise NoRevision(f'there is no revision "{revision}": name a branch, a tag, or the full id of a commit')
    for step in re.findall(r"~(\d*)|(\^)", back):
        for _ in range(min(int(step[0] or 1) if not step[1] else 1, STEPS)):
            parent = _PARENT.search(objects.read(found, "commit").partition(b"\n\n")[0])
            if parent is None:
                raise NoRevision(f'"{revision}" goes back before the first commit')
            found = parent[1].decode()
    return found, tree_and_date(found, objects, places)[0]


def _peeled(objects: Objects, name: str) -> str:
    """Return the target of a tag; empty for anything else."""
    try:
        match = _LEADS.match(objects.read(name, "tag"))
    except Unreadable:
        return ""
    return match[1].decode() if match else ""


def _named(places: Places, name: str) -> str:
    """Return the id that a name means; empty if there is no such name."""
    if _ID.fullmatch(name):
        return name
    if name in ("HEAD", "@"):
        return head(places) or ""
    return next((found for where in WHERE if (found := named(places, f"{where}{name}"))), "")
