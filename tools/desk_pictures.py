"""A small book at work -> docs/manual/pictures/desk-*.png: what the commands print and make.

    .venv/bin/python -m tools.desk_pictures [NAME …]

The book is the one that `init` makes, with a first state called v1.2 and some changes. Everything that a picture shows
was printed or made by its command. Needs pdftoppm (package poppler-utils), git and Chromium, and for the picture of an
editor Node 20 and npm. Without names, all are made.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from tools.editor_picture import edited
from tools.job_summary import summary
from tools.manual_pictures import PICTURES, SOURCE
from tools.page_picture import EDGE, ROOT, numbers, page, side_by_side
from tools.window_picture import SCALE, chromium, picture, shot, terminal

COLOURS = 128
MOST = 60_000
"""Bytes of a picture."""
PAPER = 0.75
"""Scale of a page at 72 dots per inch."""
NAMED = "A reference is an `@` and the name of what is meant;"
MOVING = (
    "Some sentences should be seen by readers who only leaf through. "
    "They are quotations with a kind in the first line:\n\n"
)
EDITS = (
    ("01-the-page.md", NAMED, NAMED.replace("is an", "is nothing but an")),
    ("02-the-book.md", "\n## ", "\nA new paragraph stands here, which nobody has seen.\n\n## "),
    ("02-the-book.md", MOVING, ""),
    ("02-the-book.md", "\n## ", f"\n{MOVING}## "),
)
"""File, words, and their replacement in the second state."""
SUMMARY = """
.page { padding: 20px 28px; font: 15px/1.5 Label }
h2 { margin: 0 0 12px; padding-bottom: 6px; border-bottom: 1px solid #d0d7de }
table { border-collapse: collapse; margin: 0 0 16px }
td, th { border: 1px solid #d0d7de; padding: 5px 12px; text-align: left }
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """The book, in a folder of its own."""

    folder: Path

    @property
    def book(self) -> Path:
        """The folder of its files."""
        return self.folder / "book"

    def run(self, *words: str) -> str:
        """Return the output of a command, with findings."""
        command = [sys.executable, str(ROOT / "build.py"), *words]
        run = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, env=_alone())
        return "\n".join(line for line in (run.stdout + run.stderr).rstrip().splitlines() if line.strip())

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace words in a file, once. Raises ValueError if they are not there."""
        path = self.book / file
        text = path.read_text(encoding="utf-8")
        text.index(old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _alone() -> Mapping[str, str]:
    return {**os.environ, "COLUMNS": "100"}


def started(folder: Path) -> Desk:
    """Return the book, with both of its states, and its PDF."""
    desk = Desk(folder / "my-book")
    subprocess.run([sys.executable, str(ROOT / "build.py"), "init", str(desk.folder)], check=True, capture_output=True)
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "The first edition"), ("tag", "v1.2")):
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *words], cwd=desk.folder, check=True)
    for edit in EDITS:
        desk.edit(*edit)
    desk.run("all")
    return desk


Shown = tuple[Image.Image, str]
"""A picture, and what it shows in words."""


def stats(desk: Desk) -> Shown:
    """Show the table of `stats`."""
    return _session(desk, ("stats",), 930)


def diff(desk: Desk) -> Shown:
    """Show the page of `diff --page`."""
    words = ("diff", "v1.2", "--page", "changes.html")
    said = desk.run(*words)
    window = shot(desk.folder / "changes.html", (820, 660))
    framed = ImageOps.expand(ImageOps.scale(window, 0.95 / SCALE), 1, EDGE)
    return framed, f"$ compositor {' '.join(words)}\n{said}"


def only(desk: Desk) -> Shown:
    """Show pages of `pdf --only 2`."""
    words = ("pdf", "--only", "2")
    said = desk.run(*words)
    file = next((desk.folder / "dist").glob("*-2.pdf"))
    pages = [page(file, number) for number in (1, *numbers(file, ("sec-book",)), numbers(file, ("sec-book",))[0] + 1)]
    return side_by_side([ImageOps.scale(one, PAPER) for one in pages]), f"$ compositor {' '.join(words)}\n{said}"


def news(desk: Desk) -> Shown:
    """Show the page "What is new", on paper and on the site."""
    desk.edit("book.toml", "format = 1\n", 'format = 1\nchanges-since = "v1.2"\n')
    said = desk.run("all", "--web")
    desk.edit("book.toml", 'changes-since = "v1.2"\n', "")
    (pdf,), (site,) = (desk.folder / "dist").glob("a-small-book.pdf"), (desk.folder / "dist").glob("*-web")
    paper = page(pdf, numbers(pdf, ("what-is-new",))[0])
    screen = ImageOps.scale(shot(site / "what-is-new.html", (900, 1010)), paper.height / (1010 * SCALE))
    return side_by_side([paper, screen]), f'changes-since = "v1.2"\n$ compositor all --web\n{said}'


def watch(desk: Desk) -> Shown:
    """Run `watch` during edits: a change, a broken reference, and its correction."""
    words = [sys.executable, str(ROOT / "build.py"), "watch"]
    told: list[tuple[str, str]] = [("$", "compositor watch")]
    process = subprocess.Popen(
        words, cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_alone()
    )
    assert process.stdout is not None
    lines = _Lines(process.stdout)
    try:
        told += [("", line) for line in lines.next()]
        for said, old, new in (
            ("a sentence is added and saved", "## A table", "One more sentence.\n\n## A table"),
            ("a reference is misspelt and saved", "@fig-way shows", "@fig-wa shows"),
            ("and mended", "@fig-wa shows", "@fig-way shows"),
        ):
            desk.edit("01-the-page.md", old, new)
            told += [("#", said), *(("", line) for line in lines.next())]
    finally:
        process.terminate()
        process.wait()
    desk.edit("01-the-page.md", "One more sentence.\n\n", "")
    return terminal(told, 930), _in_words(told)


class _Lines:
    """The output so far of a program that keeps running."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._all: list[str] = []
        self._came = threading.Event()
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self._all.append(line.rstrip("\n"))
            self._came.set()

    def next(self) -> list[str]:
        """Return the next lines, until nothing has come for a while. Raises TimeoutError if none comes."""
        if not self._came.wait(120):
            raise TimeoutError("nothing was printed")
        while self._came.wait(1.5):
            self._came.clear()
        made, self._all = self._all, []
        return made


def job(desk: Desk) -> Shown:
    """Return the summary of a GitHub job, of a book with a misspelt reference."""
    desk.edit("01-the-page.md", "@tbl-sizes is", "@tbl-size is")
    log = desk.run("all", "--format", "github").splitlines()
    counted = json.loads(desk.run("stats", "--format", "json").splitlines()[0])
    desk.edit("01-the-page.md", "@tbl-size is", "@tbl-sizes is")
    os.chdir(desk.folder)  # as the log names the files
    text = "\n".join(summary(log, counted))
    os.chdir(ROOT)
    html = MarkdownIt("commonmark").enable("table").render(text)
    return picture(f'<div class="page">{html}</div>', 760, SUMMARY), text


def schema(desk: Desk) -> Shown:
    """Show an editor that has the schema: a key half written, and one that is misspelt."""
    return edited(desk.book / "book.toml", "subtitle", ("sub", 'subtilte = "Two chapters to write over"'))


def _session(desk: Desk, words: Sequence[str], width: int) -> Shown:
    said = desk.run(*words)
    told = [("$", f"compositor {' '.join(words)}"), ("", said)]
    return terminal(told, width), _in_words(told)


def _in_words(told: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{sign} {text}" if sign else text for sign, text in told)


SHOWN: Mapping[str, Callable[[Desk], Shown]] = {
    "stats": stats, "only": only, "diff": diff, "news": news, "watch": watch, "job": job, "schema": schema,
}  # fmt: skip
"""Name of a picture -> what makes it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures; return the exit code."""
    asked = (sys.argv[1:] if arguments is None else list(arguments)) or list(SHOWN)
    lacks = [name for name in ("pdftoppm", "git", "node", "npm") if shutil.which(name) is None]
    lacks += [] if chromium() else ["Chromium"]
    if lacks or set(asked) - set(SHOWN):
        print(f"Missing programs: {', '.join(lacks) or 'none'}; pictures: {', '.join(SHOWN)}.", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as name:
        desk = started(Path(name))
        for one in asked:
            made, told = SHOWN[one](desk)
            size = _save(made, PICTURES / f"desk-{one}.png", told)
            print(f"desk-{one}.png: {made.width} × {made.height}, {size // 1000} kB")
    return 0


def _save(made: Image.Image, target: Path, told: str) -> int:
    """Write a picture with its description; return its bytes."""
    words = PngInfo()
    words.add_itxt(SOURCE, told)
    few = made.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(target, optimize=True, pnginfo=words)
    return target.stat().st_size


if __name__ == "__main__":
    raise SystemExit(main())
