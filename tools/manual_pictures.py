"""The examples of the manual -> docs/manual/pictures/: each as it is printed, and as a phone shows it.

    python3 tools/manual_pictures.py

Needs pdftoppm (package poppler-utils) and Chromium. Run it when a construct, an example or the theme has changed.
Pictures without an example are deleted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from compositor.formats import EPUB, PDF
from compositor.press import Timings, read_book
from tools.examples import BOTTOM, PAGE_SIZE, ROOT, TOP, Example, examples, make_book

PICTURES = ROOT / "docs" / "manual" / "pictures"
KINDS = ("print", "screen")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RESOLUTION = 96
"""Pixels per inch of the printed page."""
SCREEN = (480, 1400)
"""Width and greatest height of the screen, in CSS pixels."""
ACROSS = 12
"""Screens side by side in the one picture that the browser takes."""
COLOURS, MARGIN, EMPTY = 64, 12, 36
"""Colours of a picture; pixels around it; empty rows that stay, so that a note at the foot is close to its text."""
MOST_PAGES = 2
SOURCE = "Source"
"""The key under which a picture contains its source: a test compares it with the manual."""


def main() -> int:
    """Write the pictures; return the exit code."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None or shutil.which("pdftoppm") is None:
        print("This needs pdftoppm (poppler-utils) and Chromium.", file=sys.stderr)
        return 3
    shown = examples()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_book(shown, folder / "book")
        printed, screens = _pictures(folder, shown, browser)
    for old in pictures():
        old.unlink()
    size = 0
    for example in shown:
        for kind, picture in zip(KINDS, (printed[example.name], screens[example.name]), strict=True):
            size += _save(picture, PICTURES / f"{example.name}-{kind}.png", example)
    print(f"{PICTURES.relative_to(ROOT)}: {2 * len(shown)} pictures, {size // 1000} kB")
    return 0


def pictures() -> tuple[Path, ...]:
    """Return the existing pictures; others in the folder belong to other tools."""
    return tuple(sorted(file for kind in KINDS for file in PICTURES.glob(f"*-{kind}.png")))


def _pictures(
    folder: Path, shown: Sequence[Example], browser: str
) -> tuple[Mapping[str, Image.Image], Mapping[str, Image.Image]]:
    """Return the pictures of each example on paper and on a screen. Raises BookError if the examples are no book."""
    proof = read_book(folder / "book", Timings())
    if proof.errors or proof.book is None or proof.theme is None:
        raise SystemExit("\n".join(f"{f.place}: {f.message}" for f in proof.errors))
    units = {unit.chapter.source.path: unit.key for unit in proof.book.units}
    keys = {one.name: units.get(f"example-{one.name}.md") or units[f"{one.name}.md"] for one in shown}
    paper = PDF.make(proof.book, proof.theme)
    screen = EPUB.make(proof.book, proof.theme, paper.pages)
    (folder / "book.pdf").write_bytes(paper.data)
    assert paper.pages is not None
    pages = {key: [n for n, page in enumerate(paper.pages.pages, 1) if page.unit == key] for key in keys.values()}
    with zipfile.ZipFile(BytesIO(screen.data)) as archive:
        archive.extractall(folder)
    printed = {name: _printed(folder / "book.pdf", pages[key][:MOST_PAGES]) for name, key in keys.items()}
    documents = [folder / "EPUB" / f"{key}.xhtml" for key in keys.values()]
    return printed, dict(zip(keys, _on_screens(browser, documents, folder), strict=True))


def _printed(pdf: Path, numbers: Iterable[int]) -> Image.Image:
    """Return the text of some pages, one below the other, without heads and page numbers."""
    scale = RESOLUTION / 72
    top, bottom = (round(points * scale) for points in (TOP, PAGE_SIZE[1] - BOTTOM))
    area = (0, top - MARGIN, round(PAGE_SIZE[0] * scale), bottom + MARGIN)
    pieces = [_squeezed(_page(pdf, number).crop(area)) for number in numbers]
    whole = Image.new("RGB", (max(one.width for one in pieces), sum(one.height for one in pieces)), "white")
    top = 0
    for one in pieces:
        whole.paste(one, (0, top))
        top += one.height
    return _trimmed(whole)


def _page(pdf: Path, number: int) -> Image.Image:
    words = ["pdftoppm", "-r", str(RESOLUTION), "-f", str(number), "-l", str(number), "-png", str(pdf)]
    return Image.open(BytesIO(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)).convert("RGB")


def _on_screens(browser: str, documents: Sequence[Path], folder: Path) -> Iterator[Image.Image]:
    """Yield the documents as a browser shows them at the width of a phone, in one picture that is cut up."""
    width, height = SCREEN
    frame = f'<iframe width="{width}" height="{height}" scrolling="no" src="{{}}"></iframe>'
    frames = "".join(frame.format(escape(document.as_uri())) for document in documents)
    css = f"body{{margin:0;width:{ACROSS * width}px;line-height:0;font-size:0}}iframe{{border:0}}"
    sheet, target = folder / "sheet.html", folder / "sheet.png"
    sheet.write_text(f"<!doctype html><style>{css}</style>{frames}", encoding="utf-8")
    down = -(-len(documents) // ACROSS)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-sync"]
        words += ["--disable-background-networking", f"--user-data-dir={profile}", f"--screenshot={target}"]
        words += [f"--window-size={ACROSS * width},{down * height}", "--virtual-time-budget=5000", sheet.as_uri()]
        # Typesetting has hidden the fonts of the machine from this process; a browser needs them.
        own = {name: value for name, value in os.environ.items() if name not in ("FONTCONFIG_FILE", "XDG_CACHE_HOME")}
        subprocess.run(words, check=True, capture_output=True, timeout=180, env=own)
    picture = Image.open(target).convert("RGB")
    for index in range(len(documents)):
        left, top = index % ACROSS * width, index // ACROSS * height
        yield _trimmed(picture.crop((left, top, left + width, top + height)))


def _squeezed(picture: Image.Image) -> Image.Image:
    """Return a picture with long stretches of empty rows shortened."""
    ink = ImageChops.invert(picture.convert("L"))
    kept, empty = list[int](), 0
    for y in range(picture.height):
        empty = 0 if ink.crop((0, y, picture.width, y + 1)).getbbox() else empty + 1
        if empty <= EMPTY:
            kept.append(y)
    made = Image.new("RGB", (picture.width, len(kept)), "white")
    for target, y in enumerate(kept):
        made.paste(picture.crop((0, y, picture.width, y + 1)), (0, target))
    return made


def _trimmed(picture: Image.Image) -> Image.Image:
    """Return a picture without its empty edges, except a margin."""
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox() or (0, 0, 1, 1)
    inner = picture.crop(box)
    whole = Image.new("RGB", (inner.width + 2 * MARGIN, inner.height + 2 * MARGIN), "white")
    whole.paste(inner, (MARGIN, MARGIN))
    return whole


def _save(picture: Image.Image, target: Path, example: Example) -> int:
    told = PngInfo()
    told.add_itxt(SOURCE, example.source)
    picture.quantize(COLOURS).save(target, optimize=True, pnginfo=told)
    return target.stat().st_size


if __name__ == "__main__":
    raise SystemExit(main())
