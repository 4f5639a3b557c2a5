"""A repository -> the id of the commit that is checked out: HEAD, loose references, packed references.

Source: gitrepository-layout(5), git-check-ref-format(1), git-pack-refs(1).
"""

from __future__ import annotations

import os
import re

from compositor.git.files import MEBIBYTE, Unreadable, read
from compositor.git.places import Places

STEPS = 5
"""Most references that may lead from one to the next, as in git."""
LOOSE_LIMIT = 64 * 1024
PACKED_LIMIT = 64 * MEBIBYTE
LONGEST = 1024
"""Letters of the name of a reference; no system allows many more in a path."""
ID = re.compile(rb"([0-9a-f]{64}|[0-9a-f]{40})\s*")
OF_ONE_WORK_TREE = ("refs/bisect/", "refs/worktree/", "refs/rewritten/")
FORBIDDEN = re.compile(r"[\x00-\x20\x7f~^:?*\\\[]|\.\.|@\{|//|/\.|\.lock(?:/|$)|[/.]$")


def head(places: Places) -> str | None:
    """Return the commit that is checked out, in hexadecimal; None before the first. Raises Unreadable."""
    path = places.git / "HEAD"
    if path.is_symlink():
        data: bytes | None = b"ref: " + os.fsencode(os.readlink(path))
    else:
        data = read(path, places.roots, LOOSE_LIMIT)
    for _ in range(STEPS + 1):
        if data is None:
            _refuse_reftable(places)
            return None
        if found := ID.fullmatch(data):
            return found[1].decode()
        data = _resolved(places, _name(places, data))
    raise _damaged(places, "HEAD leads from one reference to another endlessly")


def named(places: Places, name: str) -> str:
    """Return the id for a reference such as `refs/tags/v1.0`; empty if there is none. Raises Unreadable."""
    if FORBIDDEN.search(name) or len(name) > LONGEST:
        return ""
    for _ in range(STEPS + 1):
        data = _resolved(places, name)
        if data is None:
            return ""
        if found := ID.fullmatch(data):
            return found[1].decode()
        name = _name(places, data)
    raise _damaged(places, "a reference leads from one to another endlessly")


def tags(places: Places) -> set[str]:
    """Return the names of all tags, except those that are paths of folders. Raises Unreadable."""
    packed = read(places.common / "packed-refs", places.roots, PACKED_LIMIT) or b""
    found = {os.fsdecode(name) for name in re.findall(rb"^[0-9a-f]{40,64} refs/tags/(\S+)\r?$", packed, re.MULTILINE)}
    folder = places.common / "refs/tags"
    return found | {one.name for one in os.scandir(folder) if one.is_file()} if folder.is_dir() else found


def _name(places: Places, data: bytes) -> str:
    """Return the reference that a symbolic one names."""
    if not data.startswith(b"ref:"):
        raise _damaged(places, "a reference contains neither a commit nor another reference")
    name = os.fsdecode(data[4:].strip())
    if not name.startswith("refs/") or FORBIDDEN.search(name) or len(name) > LONGEST:
        raise _damaged(places, "HEAD contains an invalid reference name")
    return name


def _resolved(places: Places, name: str) -> bytes | None:
    folder = places.git if name.startswith(OF_ONE_WORK_TREE) else places.common
    path = folder / name
    loose = None if path.is_dir() else read(path, places.roots, LOOSE_LIMIT)
    return _packed(places, name) if loose is None else loose


def _packed(places: Places, name: str) -> bytes | None:
    data = read(places.common / "packed-refs", places.roots, PACKED_LIMIT) or b""
    found = re.search(rb"^([0-9a-f]{40,64}) " + re.escape(os.fsencode(name)) + rb"\r?$", data, re.MULTILINE)
    return found[1] if found else None


def _refuse_reftable(places: Places) -> None:
    """Take a missing reference as one without a commit, unless references are stored in another format."""
    if (places.common / "reftable").exists():
        remedy = "`git refs migrate --ref-format=files` there keeps them as files"
        raise Unreadable(places.common / "reftable", "the references are stored in the reftable format", remedy)


def _damaged(places: Places, why: str) -> Unreadable:
    return Unreadable(places.git / "HEAD", why, "`git fsck` reports details; a fresh clone fixes it")
