"""Packages -> examples: inputs that others have collected, each a small Markdown text, and its words if known.

npm downloads them once, and a hash checks them; without npm or a network there are none. The examples of GitHub's
dialect are in no package, so `cmark-gfm/` has them with their licence. A folder that CORPORA names may hold more, in
files of the form of CommonMark's `spec.txt`.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.finished import ROOT

KEPT = ROOT / "tests" / "corpora" / "kept"
GITHUB = ROOT / "tests" / "corpora" / "cmark-gfm"
EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One input: the name that a failure shows, its text, and the HTML that other programs make of it, if known."""

    name: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of npm, the SHA-256 of its archive, and the file in it."""

    name: str
    version: str
    hash: str
    file: str


COMMONMARK = Package(
    "commonmark-spec",
    "0.31.2",
    "588280df96c211f7ce9db0b7943ded34ac4b8ba321e2fdf9c03d188ec0f01fea",
    "package/spec.txt",
)
NAUGHTY = Package(
    "blns",
    "2.0.4",
    "07defd1e4ac44024cec61c668696afed8353ee01d2fcaeca2a174d5220c24d9d",
    "package/resources/blns.json",
)


@cache
def content(package: Package) -> bytes | None:
    """Return the file of a package, or None if it is not available here."""
    archive = KEPT / f"{package.name}-{package.version}.tgz"
    if not archive.exists() and not _fetch(package, archive):
        return None
    data = archive.read_bytes()
    assert hashlib.sha256(data).hexdigest() == package.hash, f"{archive} is not what it was"
    with tarfile.open(fileobj=io.BytesIO(data)) as opened:
        member = opened.extractfile(package.file)
        assert member is not None
        return member.read()


def _fetch(package: Package, archive: Path) -> bool:
    npm = shutil.which("npm")
    if npm is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        words = [npm, "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
        done = subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=120)
        if done.returncode:
            return False
        archive.parent.mkdir(exist_ok=True)
        shutil.move(str(next(Path(folder).iterdir())), archive)
    return True


def commonmark() -> tuple[Example, ...]:
    """Return the examples of CommonMark's specification."""
    data = content(COMMONMARK)
    return () if data is None else tuple(_examples("commonmark", data.decode()))


def naughty() -> tuple[Example, ...]:
    """Return strings that break careless programs, each as a paragraph."""
    data = content(NAUGHTY)
    strings = [] if data is None else json.loads(data)
    return tuple(Example(f"naughty {number}", text) for number, text in enumerate(strings, 1))


def others() -> Iterator[tuple[str, tuple[Example, ...]]]:
    """Yield the files of GitHub's dialect that are kept here, and those in the folder named by CORPORA."""
    folders = [GITHUB, *([Path(os.environ["CORPORA"])] if os.environ.get("CORPORA") else [])]
    for file in sorted(file for folder in folders for file in folder.glob("*.txt")):
        yield file.stem, tuple(_examples(file.stem, file.read_text(encoding="utf-8")))


def _examples(name: str, text: str) -> Iterator[Example]:
    for number, (markdown, html) in enumerate(EXAMPLE.findall(text), 1):
        yield Example(f"{name} {number}", markdown.replace("→", "\t"), html.replace("→", "\t"))
