"""A PDF -> contact sheets of all its pages: spreads side by side, twelve pages to a sheet, to be looked at.

    python3 tools/proof_sheets.py [dist/six-copies-one-writer.pdf] [-o dist/proof-sheets] [--page 27]

Below each page are its page label in the PDF, and its number in the file. `--page` makes one large page instead, by
label or, after a `#`, by number in the file. Needs pdftoppm (package poppler-utils).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont, ImageOps

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "proof-sheets"
FACE = ROOT / "styles" / "fonts" / "SourceSans3-Semibold.ttf"
SMALL, LARGE = 64, 160
"""Pixels per inch, on a sheet and alone."""
ACROSS, DOWN = 3, 2
"""Spreads on a sheet."""
GAP, CAPTION, LETTERS = 28, 24, 15
DESK, EDGE, INK = "#dddad2", "#b9b5aa", "#1b1b1a"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be shown: its number in the file (from 1), its label, its picture."""

    number: int
    label: str
    picture: Path


Spread = tuple[Page | None, Page | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheets; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pdf", nargs="?", type=Path, default=ROOT / "dist" / "six-copies-one-writer.pdf")
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, help="folder for the sheets")
    parser.add_argument("--page", help="one page, large: its folio, or # and its number in the file")
    options = parser.parse_args(arguments)
    try:
        labels = page_labels(options.pdf)
        options.output.mkdir(parents=True, exist_ok=True)
        made = one_page(options, labels) if options.page else all_pages(options, labels)
    except (OSError, pikepdf.PdfError, subprocess.CalledProcessError, LookupError) as problem:
        needs = "" if shutil.which("pdftoppm") else "; pdftoppm (poppler-utils) is needed, and not there"
        print(f"{options.pdf} cannot be shown: {problem}{needs}", file=sys.stderr)
        return 1
    for path in made:
        print(path)
    return 0


def page_labels(pdf: Path) -> tuple[str, ...]:
    """Return the label of every page, as a viewer shows it."""
    with pikepdf.open(pdf) as opened:
        return tuple(page.label for page in opened.pages)


def one_page(options: argparse.Namespace, labels: Sequence[str]) -> list[Path]:
    """Write one page, large: the first with this label."""
    wanted = str(options.page)
    number = int(wanted[1:]) if wanted.startswith("#") else _numbered(wanted, labels)
    target = options.output / f"page-{number:03}.png"
    rendered = paint(options.pdf, options.output, LARGE, number)
    return [rendered[0].replace(target)]


def _numbered(folio: str, labels: Sequence[str]) -> int:
    if folio not in labels:
        raise LookupError(f"no page bears the folio {folio}")
    return labels.index(folio) + 1


def all_pages(options: argparse.Namespace, labels: Sequence[str]) -> list[Path]:
    """Write all sheets; those of an earlier run are removed."""
    for old in options.output.glob("sheet-*.png"):
        old.unlink()
    made = []
    with tempfile.TemporaryDirectory() as folder:
        pictures = paint(options.pdf, Path(folder), SMALL)
        pages = [
            Page(number, label, picture)
            for number, (label, picture) in enumerate(zip(labels, pictures, strict=True), 1)
        ]
        for number, spreads_ in enumerate(batches(spreads(pages), ACROSS * DOWN), 1):
            path = options.output / f"sheet-{number:02}.png"
            sheet(spreads_).save(path, optimize=True)
            made.append(path)
    return made


def paint(pdf: Path, folder: Path, resolution: int, number: int | None = None) -> list[Path]:
    """Return pages as PNG files, in order: all of them, or one."""
    only = () if number is None else ("-f", str(number), "-l", str(number))
    command = ("pdftoppm", "-r", str(resolution), *only, "-png", str(pdf), str(folder / "painted"))
    subprocess.run(command, check=True)
    return sorted(folder.glob("painted-*.png"))


def spreads(pages: Sequence[Page]) -> Iterator[Spread]:
    """Yield pages in pairs as they lie open: the first is alone on the right."""
    slots: list[Page | None] = [None, *pages]
    for left in range(0, len(slots), 2):
        yield slots[left], slots[left + 1] if left + 1 < len(slots) else None


def batches(spreads_: Iterable[Spread], size: int) -> Iterator[list[Spread]]:
    """Yield so many at a time."""
    group: list[Spread] = []
    for one in spreads_:
        group.append(one)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def sheet(spreads_: Sequence[Spread]) -> Image.Image:
    """Return spreads on a desk, each page with an edge and with its label below."""
    shown = [[_framed(page) for page in spread] for spread in spreads_]
    width = max(one.width for pair in shown for one in pair if one is not None)
    height = max(one.height for pair in shown for one in pair if one is not None)
    rows = -(-len(shown) // ACROSS)
    cell = 2 * width + GAP, height + CAPTION + GAP
    desk = Image.new("RGB", (ACROSS * cell[0] + GAP, rows * cell[1] + GAP), DESK)
    draw = ImageDraw.Draw(desk)
    face = ImageFont.truetype(str(FACE), LETTERS, layout_engine=ImageFont.Layout.BASIC)
    for place, (spread, pair) in enumerate(zip(spreads_, shown, strict=True)):
        left, top = GAP + place % ACROSS * cell[0], GAP + place // ACROSS * cell[1]
        for side, (page, picture) in enumerate(zip(spread, pair, strict=True)):
            if page is not None and picture is not None:
                corner = left + side * width + (0 if side else width - picture.width)
                desk.paste(picture, (corner, top))
                middle = corner + picture.width // 2, top + height + CAPTION // 2 + 2
                draw.text(middle, f"{page.label or '-'}   #{page.number}", font=face, fill=INK, anchor="mm")
    return desk


def _framed(page: Page | None) -> Image.Image | None:
    if page is None:
        return None
    with Image.open(page.picture) as opened:
        return ImageOps.expand(opened.convert("RGB"), 1, EDGE)


if __name__ == "__main__":
    raise SystemExit(main())
