"""The ways in which git stores objects: each function makes a repository and returns the book's folder."""

from __future__ import annotations

from pathlib import Path

from tests.git.forms import LONG, Form, origin
from tests.git.repositories import DATE, commit, git, start


def _told_again(folder: Path) -> Path:
    """Make a repository where deltas pay off: a long text in twenty versions, in long chains."""
    top = origin(folder)
    for number in range(20):
        commit(top, {"book/long.txt": LONG.replace(f"Line {number * 7} ", f"Verse {number} "), "n": str(number)})
    return top


def _has_deltas(top: Path) -> None:
    [pack] = (top / ".git/objects/pack").glob("*.idx")
    chains = git(top, "verify-pack", "-v", pack)
    assert "chain length = 2" in chains
    assert not (top / ".git/objects/00").exists()


def packed(folder: Path) -> Path:
    """Put all objects into one pack, as `git gc` leaves them, with deltas to earlier objects."""
    top = _told_again(folder)
    git(top, "gc", "-q", "--aggressive")
    _has_deltas(top)
    return top / "book"


def packed_by_names(folder: Path) -> Path:
    """Make a pack with deltas to objects that are named by their ids."""
    top = _told_again(folder)
    git(top, "-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=50")
    _has_deltas(top)
    return top / "book"


def old_pack_index(folder: Path) -> Path:
    """Make a pack with an index of version 1."""
    top = _told_again(folder)
    git(top, "-c", "pack.indexVersion=1", "repack", "-adfq")
    [index] = (top / ".git/objects/pack").glob("*.idx")
    assert not index.read_bytes().startswith(b"\xfftOc")
    return top / "book"


def large_offsets(folder: Path) -> Path:
    """Make a pack index that has all its offsets in the table for packs of more than 2 GiB."""
    top = _told_again(folder)
    git(top, "repack", "-adfq")
    [pack] = (top / ".git/objects/pack").glob("*.pack")
    pack.with_suffix(".idx").chmod(0o644)
    git(top, "index-pack", "--index-version=2,0x40", pack)
    return top / "book"


def several_packs(folder: Path) -> Path:
    """Make some packs and some loose objects, with a multi-pack index and a commit graph."""
    top = origin(folder)
    for number in range(3):
        git(top, "repack", "-dq")
        commit(top, {"book/01-one.md": f"# One\n\nVersion {number}.\n"})
    git(top, "repack", "-dq")
    git(top, "multi-pack-index", "write")
    git(top, "commit-graph", "write", "--reachable")
    commit(top, {"book/part/02-two.md": "# Two\n\nNewest.\n"})
    return top / "book"


def not_compressed(folder: Path) -> Path:
    """Store loose objects without compression."""
    start(folder / "stored")
    git(folder / "stored", "config", "core.looseCompression", "0")
    commit(folder / "stored", {"book/01-one.md": "# One\n\nStored.\n"})
    return folder / "stored" / "book"


def sha256(folder: Path) -> Path:
    """Make a repository with ids of 64 digits."""
    return start(folder / "long-ids", "--object-format=sha256")


def sha256_packed(folder: Path) -> Path:
    """Make a repository with ids of 64 digits in packs, with deltas, and with packed references."""
    book = start(folder / "long-ids", "--object-format=sha256", files={"book/01-one.md": LONG, "book/book.toml": ""})
    for number in range(5):
        commit(folder / "long-ids", {"book/01-one.md": LONG.replace(f"Line {number} ", "Lines ")})
    git(folder / "long-ids", "gc", "-q")
    return book


def signed(folder: Path) -> Path:
    """Make a commit with a signature whose lines look like a date, a tree and an author."""
    top = origin(folder)
    lines = ("-----BEGIN PGP SIGNATURE-----", "", "committer X <x> 1 +0000", f"tree {'0' * 40}", "-----END-----")
    signature = "gpgsig " + "\n ".join(lines)
    before, _, message = git(top, "cat-file", "commit", "HEAD").partition("\n\n")
    text = f"{before}\nencoding ISO-8859-1\n{signature}\n\n{message}\ncommitter Y <y> 2 +0000\n"
    made = git(top, "hash-object", "-t", "commit", "-w", "--stdin", data=text.encode())
    git(top, "update-ref", "HEAD", made)
    return top / "book"


def odd_name(folder: Path) -> Path:
    """Make a committer whose name has brackets, digits, and letters that are not UTF-8."""
    top = origin(folder)
    before, _, message = git(top, "cat-file", "commit", "HEAD").partition("\n\n")
    lines = [line for line in before.splitlines() if not line.startswith("committer ")]
    lines.append("committer A \udcff > 12 +0000 <1700000000@example.org> 1709208000 +1345")
    text = "\n".join([*lines, "", message, ""]).encode("utf-8", "surrogateescape")
    git(top, "update-ref", "HEAD", git(top, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=text))
    return top / "book"


def merge(folder: Path) -> Path:
    """Make a commit with two parents."""
    top = origin(folder)
    git(top, "checkout", "-q", "-b", "second", "HEAD~1")
    commit(top, {"notes/two.txt": "Second.\n"})
    git(top, "checkout", "-q", "main")
    git(top, "merge", "-q", "--no-edit", "second")
    return top / "book"


def west_of_greenwich(folder: Path) -> Path:
    """Make a commit with a time zone far in the west."""
    top = origin(folder)
    commit(top, {"n": "1"}, GIT_COMMITTER_DATE="1709208000 -1130", GIT_AUTHOR_DATE=DATE)
    return top / "book"


def east_of_greenwich(folder: Path) -> Path:
    """Make a commit with a time zone far in the east."""
    top = origin(folder)
    commit(top, {"n": "1"}, GIT_COMMITTER_DATE="1709208000 +1400", GIT_AUTHOR_DATE=DATE)
    return top / "book"


def clone_without_trees(folder: Path) -> Path:
    """Make a partial clone that has the trees of the checked-out commit and no others."""
    git(origin(folder), "config", "uploadpack.allowFilter", "true")
    git(folder, "clone", "-q", "--filter=tree:0", f"file://{folder}/origin", "partial")
    return folder / "partial" / "book"


def clone_without_blobs(folder: Path) -> Path:
    """Make a partial clone that has the files of the checked-out commit and no others."""
    git(origin(folder), "config", "uploadpack.allowFilter", "true")
    git(folder, "clone", "-q", "--filter=blob:none", f"file://{folder}/origin", "partial")
    return folder / "partial" / "book"


ALL: tuple[Form, ...] = (
    packed, packed_by_names, old_pack_index, large_offsets, several_packs, not_compressed, sha256, sha256_packed,
    signed, odd_name, merge, west_of_greenwich, east_of_greenwich, clone_without_trees, clone_without_blobs,
)  # fmt: skip
