"""Files that git converts when adding them: which of many variants git and the reader report as changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.git.answers import told
from tests.git.repositories import SAFE, git, write

Files = Mapping[str, bytes]


def committed(top: Path, files: Files) -> Path:
    """Return a repository with a commit of exactly these bytes, whatever the attributes say; write the files too."""
    top.mkdir(exist_ok=True)
    git(top, "init", "-q", "--template=")
    lines = [b"commit refs/heads/main\ncommitter A <a@example.org> 1709208000 +0000\ndata 0\n"]
    for name, data in files.items():
        lines.append(b'M 100644 inline "%s"\ndata %d\n%s\n' % (name.encode().replace(b'"', b'\\"'), len(data), data))
    git(top, "fast-import", "--quiet", data=b"".join(lines))
    git(top, "read-tree", "HEAD")
    write(top, files)
    return top


@dataclass(frozen=True, slots=True)
class Thoroughness:
    """How much is tried: every `step`-th change, and what the reader may say where git sees a change."""

    step: int = 1
    change: Collection[str] = ("changed",)


def differences(
    top: Path, files: Files, variants: Mapping[str, Files], how: Thoroughness = Thoroughness()
) -> dict[str, str]:
    """Return the variants on which git and the reader disagree; the bytes of the commit are never a change."""
    wrong: dict[str, str] = {}
    for number, (label, variant) in enumerate(variants.items()):
        other = {name: data for name, data in variant.items() if data != files[name]}
        write(top, other)
        changed = sorted(_modified(top) & set(other))
        write(top, {name: files[name] for name in changed})
        same = {name: data for name, data in other.items() if name not in changed}
        seen_together = told(top)[2] != "clean"
        write(top, {name: files[name] for name in same})
        if seen_together:
            wrong |= _each(top, files, same, label)
        for name in changed[number % how.step :: how.step]:
            state = _state(top, name, variant[name], files[name])
            if state not in how.change:
                wrong[f"{label} {name}"] = f"a change to git, {state} to the reader"
    return wrong


def _each(top: Path, files: Files, same: Files, label: str) -> dict[str, str]:
    states = {name: _state(top, name, data, files[name]) for name, data in same.items()}
    seen = {f"{label} {name}": f"clean to git, {state} here" for name, state in states.items() if state != "clean"}
    return seen or {label: "clean to git, and not to the reader for all together"}


def _modified(top: Path) -> set[str]:
    settings = [word for pair in SAFE.items() for word in ("-c", "=".join(pair))]
    said = git(top, *settings, "status", "--porcelain", "-z", "--untracked-files=no", GIT_OPTIONAL_LOCKS="0")
    return {entry[3:] for entry in said.split("\0") if entry}


def _state(top: Path, name: str, data: bytes, before: bytes) -> str:
    write(top, {name: data})
    state = told(top)[2]
    write(top, {name: before})
    return state
