"""A commit -> whether it gives the same bytes: built twice, in two copies, as if on two machines.

    python tools/reproduce.py [BOOK] [-o dist]

The second build differs from the first in everything that must not matter: folder, age of the files, time zone, date,
language, order of sets, home, fonts of the machine, permissions, and whether both files are made in one build or
separately. Changes that are not committed are left out. If all is equal, the files are put into the folder together
with reproduce.json: hashes, and the versions of everything that could change a byte. Exit codes: 0 the same bytes; 1
other bytes, or a build has failed; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import distributions
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Found only once the root of the repository is on the path.
from compositor.formats.writing.files import write_all  # noqa: E402
from compositor.git import Checkout, Unreadable, read_checkout  # noqa: E402
from compositor.machine import native  # noqa: E402

RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from compositor.cli import main; raise SystemExit(main())"
OTHER_DAY = 1_000_000_000
"""Seconds since 1970: the age of the files of the second copy, and the time on its clock."""
CLOCK = """
import time
real, shift = time.time, {day} - time.time()
time.time = lambda: real() + shift
time.time_ns = lambda: int(time.time() * 1e9)
for name in ("gmtime", "localtime", "ctime"):
    def shifted(seconds=None, function=getattr(time, name)):
        return function(time.time() if seconds is None else seconds)
    setattr(time, name, shifted)
"""
"""The code that Python runs first on the second machine, if faketime does not change the date of everything."""
FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{}</dir></fontconfig>'
KEPT = ("PATH", "LD_LIBRARY_PATH", "HOMEBREW_PREFIX", "SOURCE_DATE_EPOCH")
"""Variables that both builds get unchanged."""


class Failed(Exception):
    """A copy could not be made, or a build has failed."""


@dataclass(frozen=True)
class Machine:
    """A copy of the commit, and the environment of its build."""

    name: str
    copy: Path
    book: Path
    """The book's folder in the copy."""
    variables: Mapping[str, str]
    before: tuple[str, ...] = ()
    """A program that changes the date, with its arguments."""
    rights: int = 0o022

    def build(self, command: str) -> dict[str, bytes]:
        """Return name -> bytes of the files that a command makes of the book. Raises Failed."""
        output = self.copy.parent / f"made by {command}"
        program = self.copy if (self.copy / "compositor").is_dir() else ROOT
        words = [*self.before, sys.executable, "-P", "-c", RUN, str(program), command, str(self.book)]
        run = subprocess.run(
            [*words, "-q", "-o", f"{output}/"],
            cwd=self.copy, env=dict(self.variables), umask=self.rights, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if run.returncode:
            raise Failed(f"`{command}` has failed on {self.name}:\n{run.stderr}")
        return {path.name: path.read_bytes() for path in sorted(output.iterdir())}


@dataclass(frozen=True)
class Comparison:
    """The same file, made twice."""

    name: str
    how: str
    first: bytes
    second: bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Build twice and compare; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("book", nargs="?", type=Path, default=ROOT / "book")
    parser.add_argument("-o", "--output", type=Path, default=Path("dist"))
    given = parser.parse_args(arguments)
    checkout = _checkout(given.book)
    if checkout is None:
        parser.error(f"{given.book} is in no git repository with a commit that can be read")
    if checkout.state != "clean":
        print("What is not as committed is left out.", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="reproduce-") as scratch:
        try:
            made = tuple(comparisons(*machines(given.book.resolve(), checkout.top, Path(scratch))))
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 1
    return conclude(checkout.commit, made, given.output)


def machines(book: Path, repository: Path, scratch: Path) -> tuple[Machine, Machine]:
    """Make two copies of what is committed, on machines that differ in everything that may differ.

    A clone that is not local is what git recommends for a repository that one does not trust.
    """
    inside = book.relative_to(repository)
    one, two = scratch / "one" / "copy", scratch / "the second place, über alles" / "another copy"
    for copy in (one, two):
        copy.parent.mkdir()
        clone = ("git", "clone", "--quiet", "--no-local", str(repository), str(copy))
        run = subprocess.run(clone, capture_output=True, text=True, check=False)
        if run.returncode:
            raise Failed(f"the commit cannot be copied:\n{run.stderr}")
    kept = {name: os.environ[name] for name in KEPT if name in os.environ} | {"COMPOSITOR_CACHE": "off"}
    plain = {**kept, "HOME": str(one.parent), "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
    other = {**kept, **_other_variables(two.parent / "home")}
    for path in two.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (OTHER_DAY, OTHER_DAY), follow_symlinks=False)
    faketime = shutil.which("faketime")
    before = (faketime, f"@{OTHER_DAY}") if faketime else ()
    if not before:
        other["PYTHONPATH"] = other["HOME"]
    first = Machine("the first machine", one, one / inside, plain)
    return first, Machine("the second machine", two, two / inside, other, before, 0o077)


def _other_variables(home: Path) -> dict[str, str]:
    """Return another language, another time zone, and other fonts: with the names of ours, but with other letters."""
    (home / "fonts").mkdir(parents=True)
    for font in sorted((ROOT / "styles" / "fonts").rglob("*.ttf")):
        shutil.copy(font, home / "fonts")
    (home / "sitecustomize.py").write_text(CLOCK.format(day=OTHER_DAY), encoding="utf-8")
    (home / "fonts.conf").write_text(FONTS.format(home / "fonts"), encoding="utf-8")
    language = {"LANG": "tr_TR.UTF-8", "LC_CTYPE": "C.UTF-8", "LANGUAGE": "tr:ja", "PANGO_LANGUAGE": "ja"}
    place = {"HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf"), "TZ": "Pacific/Kiritimati"}
    return {**language, **place, "PYTHONHASHSEED": "4242", "COLUMNS": "40"}


def comparisons(one: Machine, two: Machine) -> Iterator[Comparison]:
    """Yield every file that should be equal, for every way to make it."""
    first, second = one.build("all"), two.build("all")
    for name in first:
        yield Comparison(name, "by `all`, twice", first[name], second.get(name, b""))
    for name, alone in two.build("pdf").items():
        yield Comparison(name, "by `all` and by `pdf`", first[name], alone)
    for name, alone in two.build("epub").items():
        yield Comparison(name, "by `epub`, twice", one.build("epub")[name], alone)
        if not has_page_list(first[name]):  # only `all` knows the pages of the PDF
            yield Comparison(name, "by `all` and by `epub`", first[name], alone)


def has_page_list(epub: bytes) -> bool:
    """Return whether an EPUB has the pages of the PDF."""
    with zipfile.ZipFile(BytesIO(epub)) as archive:
        documents = [archive.read(name) for name in archive.namelist() if name.endswith("nav.xhtml")]
    return any(b'"page-list"' in document for document in documents)


def conclude(commit: str, made: Sequence[Comparison], output: Path) -> int:
    """Print each comparison; if all are equal, write the files and their data."""
    for one in made:
        print(f"{sha256(one.first).hexdigest()}  {one.name}, {one.how}")
        if one.first != one.second:
            print(f"{sha256(one.second).hexdigest()}  DIFFERENT: {difference(one.first, one.second)}")
    if any(one.first != one.second for one in made):
        return 1
    files = {one.name: one.first for one in made if "`all`, twice" in one.how}
    record = {
        "commit": commit,
        "files": {name: sha256(data).hexdigest() for name, data in files.items()},
        "compared": [f"{one.name}, {one.how}" for one in made],
        "date": "changed by faketime" if shutil.which("faketime") else "changed for Python alone",
        "versions": versions(),
    }
    files["reproduce.json"] = (json.dumps(record, indent=2, sort_keys=True) + "\n").encode()
    write_all({output / name: data for name, data in files.items()})
    print(f"The same bytes; they are in {output}.")
    return 0


def difference(first: bytes, second: bytes) -> str:
    """Return where two files first differ: which members of a zip, or at which byte."""
    if not second:
        return "it was made only once"
    if zipfile.is_zipfile(BytesIO(first)) and zipfile.is_zipfile(BytesIO(second)):
        members = [_members(data) for data in (first, second)]
        names = [name for name in {**members[0], **members[1]} if members[0].get(name) != members[1].get(name)]
        return ", ".join(names) or "the zip itself"
    at = next((at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), len(first))
    return f"from byte {at} on: {first[at : at + 40]!r}, {second[at : at + 40]!r}"


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def versions() -> dict[str, object]:
    """Return what the bytes of a PDF depend on besides the commit: native libraries, packages, Python, the system."""
    return {
        "libraries": native.versions(),
        "packages": {one.metadata["Name"].lower(): one.version for one in distributions()},
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def _checkout(book: Path) -> Checkout | None:
    try:
        return read_checkout(book)
    except Unreadable:
        return None


if __name__ == "__main__":
    raise SystemExit(main())
