"""A book -> docs/desk.png: `serve` with a section that has a finding, and the spread beside it, for README and manual.

    .venv/bin/python -m tools.desk_picture [skeleton/book]

Needs Chromium. The book is copied, and a broken reference is put into it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps

from tests.formats.web.browser import CHROMIUM
from tests.live.chromium import Page
from tools.page_picture import ROOT

PICTURE = ROOT / "docs" / "desk.png"
BOOK = ROOT / "skeleton" / "book"
FILE, WORDS, WRONG = "01-the-page.md", "@fig-way shows", "@fig-ways shows"
SIZE, SCALE, COLOURS = (1440, 860), 0.72, 128
SETTLED = 2.0
"""Seconds in which animations on the page end."""
TRUE = """!document.querySelector("#spreads.stale")
  && [...document.querySelectorAll(".page")].some(one => one.dataset.near)
  && [...document.querySelectorAll(".page")].every(one => !one.dataset.near || one.dataset.shown === one.dataset.key)"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("book", nargs="?", type=Path, default=BOOK)
    options = parser.parse_args(arguments)
    if not CHROMIUM:
        print("This needs Chromium.", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "book"
        shutil.copytree(options.book, book)
        file = book / FILE
        text = file.read_text(encoding="utf-8").replace(WORDS, WRONG, 1)
        file.write_text(text, encoding="utf-8")
        line = text[: text.index(WRONG)].count("\n") - 1
        picture = Path(name) / "desk.png"
        show(book, f"{file}:{line}", picture)
        shown = Image.open(picture).convert("RGB")
        small = ImageOps.scale(shown, SCALE / 2, Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")
    return 0


def show(book: Path, place: str, picture: Path) -> None:
    """Show the desk at a place of a book."""
    command = [sys.executable, str(ROOT / "build.py"), "serve"]
    with subprocess.Popen([*command, str(book)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            with Page(*SIZE, scale=2.0) as page:
                page.open(server.stdout.readline().strip())
                page.until("document.body.dataset.pages", 240)
                subprocess.run([*command, "--goto", place], check=True, timeout=60)
                page.until("document.body.dataset.at")
                page.until('!document.querySelector(".page.shown")')
                page.until(TRUE, 120)
                time.sleep(SETTLED)
                page.picture(picture)
        finally:
            server.terminate()


if __name__ == "__main__":
    raise SystemExit(main())
