"""Repositories for the tests, made by git with a fixed author, date and configuration; what git says of them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

DATE = "2024-02-29T12:00:00Z"
SETTINGS = {
    "init.defaultBranch": "main",
    "protocol.file.allow": "always",
    "gc.auto": "0",
    "core.abbrev": "40",
}
SAFE = {"core.fsmonitor": "false", "core.hooksPath": "/dev/null", "core.fileMode": "false"}
"""With these, git starts nothing when it reports the state of the files; executable bits do not matter."""
BOOK: Mapping[str, str | bytes] = {
    "README.md": "A book.\n",
    "notes/one.txt": "Not in the book.\n",
    "book/book.toml": 'format = 1\ntitle = "Small"\nauthors = ["A"]\n',
    "book/01-one.md": "# One\n\nA paragraph.\n",
    "book/part/02-two.md": "# Two\n\nAnother paragraph.\n",
    "book/figures/dot.bin": bytes(range(256)) * 4,
}
Told = tuple[str, int, str]
"""The expected answer for a folder: commit, seconds, state."""


def environment(**more: str) -> dict[str, str]:
    """Return the environment for git: nothing of this machine but PATH."""
    names = {"NAME": "A", "EMAIL": "a@example.org", "DATE": DATE}
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in names.items()}
    alone = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": "/nonexistent"}
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **who, **alone, **more}


def git(folder: Path, *arguments: str | Path, data: bytes | None = None, **more: str) -> str:
    """Return the output of a git command; a failing command fails the test."""
    settings = [word for pair in SETTINGS.items() for word in ("-c", "=".join(pair))]
    run = subprocess.run(
        ["git", *settings, *map(str, arguments)],
        cwd=folder, input=data, capture_output=True, check=False, env=environment(**more),
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    return os.fsdecode(run.stdout).rstrip("\n")


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder, by name."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


def commit(folder: Path, files: Mapping[str, str | bytes] | None = None, **more: str) -> None:
    """Commit these files and all others."""
    write(folder, files or {})
    git(folder, "add", "-A", "-f", ".", **more)
    git(folder, "commit", "-q", "--allow-empty", "-m", "A commit", **more)


def start(folder: Path, *options: str, files: Mapping[str, str | bytes] = BOOK) -> Path:
    """Make a new repository with one commit; return the folder of the book in it."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "--template=", *options)
    commit(folder, files)
    return folder / "book"


def said_by_git(book: Path) -> Told:
    """Return commit, seconds and state as git reports them: any output of `status` is a change."""
    commit, index = git(book, "rev-parse", "HEAD", "--git-path", "index").splitlines()
    settings = [word for pair in SAFE.items() for word in ("-c", "=".join(pair))]
    status = (*settings, "status", "--porcelain", "--ignore-submodules=dirty")
    with _doubtful(book / index) as asked:
        quiet = {"GIT_OPTIONAL_LOCKS": "0", **asked}
        changed = git(book, *status, "--untracked-files=no", **quiet) or git(book, *status, "--", ".", **quiet)
    return commit, int(git(book, "log", "-1", "--format=%ct")), "changed" if changed else "clean"


@contextmanager
def _doubtful(index: Path) -> Iterator[dict[str, str]]:
    """Copy an index so that it is older than every file: git trusts none of its times, and reads the files."""
    copy = index.with_name("index-of-the-test")
    if index.exists():
        shutil.copyfile(index, copy)
        os.utime(copy, (1, 1))
    yield {"GIT_INDEX_FILE": str(copy.absolute())} if copy.exists() else {}
    copy.unlink(missing_ok=True)
