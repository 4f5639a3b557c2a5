"""The specimen -> docs/manual/pictures/: each of its chapters as it is printed, and as a phone shows it.

    python3 tools/specimen_pictures.py

Needs pdftoppm (package poppler-utils) and Chromium. Run it when a construct or the theme has changed its looks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from compositor.formats import FORMATS
from compositor.model import Role
from compositor.press import Timings, make, read_book
from tools.page_picture import COLOURS, page, side_by_side

ROOT = Path(__file__).resolve().parent.parent
SPECIMEN = ROOT / "specimen"
PICTURES = ROOT / "docs" / "manual" / "pictures"
SCREEN = (480, 2600)
"""Width and greatest height of the screen, in CSS pixels."""
MOST_PAGES = 4
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Write the pictures; returns the exit code."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None or shutil.which("pdftoppm") is None:
        print("This needs pdftoppm (poppler-utils) and Chromium.", file=sys.stderr)
        return 3
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        proof = read_book(SPECIMEN, Timings())
        pdf, epub = make(proof, FORMATS, f"{folder}/", Timings(), strict=False).paths
        with zipfile.ZipFile(epub) as archive:
            archive.extractall(folder)
        assert proof.book is not None
        for unit in proof.book.units:
            if unit.role in (Role.CHAPTER, Role.BACK):
                _printed(pdf, f"{unit.number} {unit.title}".strip(), PICTURES / f"{unit.key}-print.png")
                _on_screen(browser, Path(folder) / "EPUB" / f"{unit.key}.xhtml", PICTURES / f"{unit.key}-screen.png")
    return 0


def _printed(pdf: Path, title: str, target: Path) -> None:
    """The first pages of a unit, side by side; the outline says where it begins."""
    document = pypdfium2.PdfDocument(pdf)
    starts = [mark.get_dest().get_index() for mark in document.get_toc() if mark.get_title() == title]
    following = sorted(m.get_dest().get_index() for m in document.get_toc(max_depth=15) if m.level == 0)
    end = next((index for index in following if index > starts[0]), len(document))
    numbers = range(starts[0] + 1, min(end, starts[0] + MOST_PAGES) + 1)
    shown = [number for number in numbers if document[number - 1].get_textpage().count_chars()]
    document.close()
    _save(side_by_side([page(pdf, number) for number in shown]), target)


def _on_screen(browser: str, document: Path, target: Path) -> None:
    """The document as a browser shows it at the width of a phone, without the empty foot."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-sync"]
        words += ["--disable-background-networking", f"--user-data-dir={profile}", f"--screenshot={target}"]
        words += [f"--window-size={SCREEN[0]},{SCREEN[1]}", document.as_uri()]
        # Typesetting has hidden the fonts of the machine from this process; a browser needs them.
        own = {name: value for name, value in os.environ.items() if name not in ("FONTCONFIG_FILE", "XDG_CACHE_HOME")}
        subprocess.run(words, check=True, capture_output=True, timeout=120, env=own)
    picture = Image.open(target).convert("RGB")
    used = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    foot = min(picture.height, used[3] + 24) if used else picture.height
    _save(picture.crop((0, 0, picture.width, foot)), target)


def _save(picture: Image.Image, target: Path) -> None:
    picture.quantize(COLOURS).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    raise SystemExit(main())
