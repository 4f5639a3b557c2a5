"""This machine -> what it has and lacks for making a book, each with the command that fixes it.

Uses only the standard library, in the syntax of Python 3.9: it runs before anything is installed, and reports a Python
that is too old. What stops a build is missing (exit code 3); what only the tests use is absent. Others that run a
program of this machine (the set-up, the report on a build) use `run_program`; a test lists them.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Optional

from compositor.machine import native
from compositor.machine.items import ABSENT, FINE, MISSING, NOTED, Item

MARKS = {FINE: "\u2713", MISSING: "\u2717", ABSENT: "\u2013", NOTED: "!"}
PLAIN_MARKS = {FINE: "ok", MISSING: "NO", ABSENT: "--", NOTED: "!!"}
WIDTH = 24  # of the names, in characters
COLOURS = {FINE: "32", MISSING: "31", ABSENT: "33", NOTED: "33"}

ROOM = 500_000_000  # bytes: the environment, a large book's outputs and their temporary copies
REINSTALL = "pip install --force-reinstall compositor"
PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent

Ended = subprocess.CompletedProcess[str]  # the result of a program: its returncode, stdout and stderr


class Tool(NamedTuple):
    """An optional program: its command, what prints its version, its purpose."""

    name: str
    commands: tuple[str, ...]
    version: str
    need: str
    purpose: str


TOOLS = (
    Tool("git", ("git",), "--version", "git", "tests and `make reproduce` only: clones"),
    Tool("Java", ("java",), "-version", "java", "tests and reports only: EPUBCheck"),
    Tool("Node", ("node",), "--version", "node", "tests and reports only: Ace"),
    Tool(
        "Chromium",
        ("chromium", "chromium-browser", "google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"),
        "--version",
        "chromium",
        "tests and reports only: the EPUB in a browser",
    ),
    Tool("poppler", ("pdftotext",), "-v", "poppler", "tests and reports only: the PDF's text, fonts and tags"),
    Tool("MuPDF", ("mutool",), "-v", "mupdf", "tests only: the PDF's text, a third time"),
)


def main(format: str = "text", quiet: bool = False) -> int:
    """Print the report on stdout; return 3 if something that a build needs is missing, else 0.

    `json` prints one object per line; every other format is text. `quiet` leaves out what is fine.
    """
    return native.ENVIRONMENT if show(examine(), format, quiet) else 0


def show(items: Sequence[Item], format: str = "text", quiet: bool = False) -> bool:
    """Print these lines on stdout; return whether something is missing."""
    shown = [item for item in items if not (quiet and item.state == FINE)]
    try:
        for line in map(_json, shown) if format == "json" else _text_lines(shown):
            print(line, flush=True)
    except BrokenPipeError:
        # The reader has seen enough (`| head -1`); what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return any(item.state == MISSING for item in items)


def run(arguments: Optional[Sequence[str]] = None) -> int:
    """Run the command `doctor` with only the standard library, on a machine where nothing is installed yet."""
    parser = argparse.ArgumentParser(prog="build.py doctor", description="Report what this machine has and lacks.")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("-q", "--quiet", action="store_true", help="print only what is missing")
    options = parser.parse_args(arguments)
    return main(options.format, options.quiet)


def run_program(
    words: Sequence[str],
    environment: Optional[Mapping[str, str]] = None,
    seconds: Optional[float] = None,
    together: bool = False,
) -> Ended:
    """Run a program of this machine to its end, without a shell; never one that a book has named.

    It can read nothing from stdin. `together` adds stderr to stdout, in the order of printing. Raises OSError if it
    cannot be started, and TimeoutError if it was stopped after so many seconds.
    """
    try:
        return subprocess.run(
            list(words),
            env=environment,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if together else subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(errno.ETIMEDOUT, f"gave no answer in {seconds} seconds") from None


def examine() -> list[Item]:
    """Return all items, in the order of the report."""
    system = native.this_system()
    return [
        python(system),
        environment(system),
        *libraries(system),
        fonts(),
        *(tool(each, system) for each in TOOLS),
        encoding(),
        disk(),
    ]


def python(system: Optional[native.System]) -> Item:
    """Report on the Python that runs this."""
    found = f"{sys.version.split()[0]} ({sys.executable})"
    if sys.version_info[:2] >= native.OLDEST:
        return Item("Python", FINE, found)
    return Item("Python", MISSING, f"{found}, older than {_dotted(native.OLDEST)}", native.command(system, "python"))


def environment(system: Optional[native.System], repository: Path = REPOSITORY) -> Item:
    """Report whether the virtual environment matches the lock file; for an installed program, on its packages."""
    lock, folder = repository / "requirements.lock", repository / ".venv"
    if not lock.exists():
        return _installed()
    if not (folder / "bin" / "python").exists():
        return _not_yet(system)
    stamp = folder / ".ok-build"
    if (folder / ".unfinished").exists() or not stamp.exists():
        return Item("environment", MISSING, ".venv is not finished", "make epub")
    if stamp.read_text(encoding="ascii").strip() != hashlib.sha256(lock.read_bytes()).hexdigest():
        return Item("environment", MISSING, ".venv is older than requirements.lock", "make epub")
    return Item("environment", FINE, ".venv matches requirements.lock")


def libraries(system: Optional[native.System]) -> Iterator[Item]:
    """Report on the system libraries that the PDF needs, one by one."""
    missing = native.missing_libraries()
    for library in native.LIBRARIES:
        if library.name in missing:
            yield Item(library.name, MISSING, "not found; the PDF needs it", native.command(system, "pango"))
        else:
            yield Item(library.name, FINE, "found")


def fonts(folder: Optional[Path] = None) -> Item:
    """Check that the theme's fonts exist and match SHA256SUMS."""
    folder = folder or _font_folder()
    remedy = REINSTALL if PACKAGE in folder.parents else "git checkout -- styles/fonts"
    found = [path for path in folder.rglob("*") if path.suffix in {".otf", ".ttf", ".woff2"}]
    if not found:
        return Item("fonts", MISSING, f"none in {folder}", remedy)
    wrong = [name for name, total in _sums(folder) if _sha256(folder / name) != total]
    if wrong:
        return Item("fonts", MISSING, f"missing or changed: {', '.join(wrong)}", remedy)
    return Item("fonts", FINE, f"{len(found)} files of the theme")


def tool(wanted: Tool, system: Optional[native.System]) -> Item:
    """Report on a program that tests or conveniences use."""
    for command in wanted.commands:
        path = shutil.which(command)
        version = _version([path, wanted.version]) if path else None
        if version is not None:
            return Item(wanted.name, FINE, f"{version} ({wanted.purpose})")
    return Item(wanted.name, ABSENT, f"not found ({wanted.purpose})", native.command(system, wanted.need))


def encoding() -> Item:
    """Check that file names and output are UTF-8 here."""
    name = sys.getfilesystemencoding()
    stream = sys.stdout.encoding or "none"
    if re.fullmatch(r"utf-?8", name, re.IGNORECASE) and re.fullmatch(r"utf-?8", stream, re.IGNORECASE):
        return Item("encoding", FINE, "UTF-8")
    return Item("encoding", ABSENT, f"file names {name}, output {stream}", "export LC_ALL=C.UTF-8")


def disk(folder: Optional[Path] = None) -> Item:
    """Report on free space for the environment and the outputs, in megabytes of 10^6 bytes."""
    folder = folder or Path.cwd()
    free = shutil.disk_usage(folder).free
    detail = f"{free // 1_000_000} MB free in {folder}"
    if free >= ROOM:
        return Item("disk", FINE, detail)
    return Item("disk", MISSING, f"{detail}, {ROOM // 1_000_000} MB wanted", f"df -h {folder}")


def _not_yet(system: Optional[native.System]) -> Item:
    means = [name for name in ("ensurepip", "pip") if importlib.util.find_spec(name)]
    if means or shutil.which("uv"):
        return Item("environment", MISSING, "there is no .venv yet", "make epub")
    return Item("environment", MISSING, "no .venv yet, and this Python cannot make one", native.command(system, "venv"))


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def _installed() -> Item:
    wanted = ("click", "ebooklib", "jinja2", "lxml", "markdown_it", "pydantic", "pygments", "weasyprint")
    lacking = [name for name in wanted if importlib.util.find_spec(name) is None]
    if lacking:
        return Item("environment", MISSING, f"not installed: {', '.join(lacking)}", REINSTALL)
    return Item("environment", FINE, f"installed in {sys.prefix}")


def _font_folder() -> Path:
    folders = (REPOSITORY / "styles" / "fonts", PACKAGE / "_theme" / "styles" / "fonts")
    return next((folder for folder in folders if folder.is_dir()), folders[0])


def _sums(folder: Path) -> list[tuple[str, str]]:
    listing = folder / "SHA256SUMS"
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return [(name.lstrip("*"), total) for total, name in pairs]


def _sha256(path: Path) -> str:
    with contextlib.suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""


def _version(words: Sequence[str]) -> Optional[str]:
    """Return the version line of a program; None if it does not run (macOS has a java that does not)."""
    try:
        result = run_program(words, seconds=20)
    except OSError:
        return None
    if result.returncode:
        return None
    printed = (result.stdout + result.stderr).strip()
    return printed.splitlines()[0] if printed else "found"


def _json(item: Item) -> str:
    return json.dumps(item._asdict(), ensure_ascii=False)


def _text_lines(items: Sequence[Item]) -> Iterator[str]:
    """Yield a line per item; a remedy for several consecutive items is given once, below the last of them."""
    unicode = re.fullmatch(r"utf-?8", sys.stdout.encoding or "", re.IGNORECASE) is not None
    for item, following in zip(items, [*items[1:], None]):  # noqa: B905 -- Python 3.9 has no strict
        mark = (MARKS if unicode else PLAIN_MARKS)[item.state]
        mark = f"\033[{COLOURS[item.state]}m{mark}\033[0m" if _in_colour() else mark
        lines = [f"{mark} {item.name:<{WIDTH}} {item.detail}"]
        if following is None or following.remedy != item.remedy:
            lines += [f"{'':<{WIDTH + 2}} {part}" for part in item.remedy.splitlines()]
        for line in lines:
            yield line if unicode else line.encode("ascii", "backslashreplace").decode("ascii")


def _in_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
