"""A PDF -> docs/pages.png: three of its pages side by side, for the README.

    .venv/bin/python -m tools.page_picture [dist/six-copies-one-writer.pdf] [--shown sec-aurora fig-arch-tax …]

Needs pdftoppm (package poppler-utils). A page is given by an anchor on it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pages.png"
BOOK = ROOT / "dist" / "six-copies-one-writer.pdf"
SHOWN = ("sec-aurora", "fig-arch-tax", "lst-back-rewind")
"""An opener, a figure, a listing with annotations."""
RESOLUTION, GAP, COLOURS = 72, 24, 192
DESK, EDGE = "#e9e7e1", "#c9c5ba"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pdf", nargs="?", type=Path, default=BOOK)
    parser.add_argument("--shown", nargs="+", default=SHOWN)
    options = parser.parse_args(arguments)
    try:
        pages = [page(options.pdf, number) for number in numbers(options.pdf, options.shown)]
    except (OSError, KeyError, subprocess.CalledProcessError) as problem:
        print(f"{options.pdf} cannot be shown: {problem}. Run `make pdf`; pdftoppm is needed too.", file=sys.stderr)
        return 1
    side_by_side(pages).quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")
    return 0


def numbers(pdf: Path, names: Sequence[str]) -> list[int]:
    """Return the pages, counted from 1, of these anchors. Raises KeyError for one that is not in the file."""
    with pikepdf.open(pdf) as document:
        places = pikepdf.NameTree(document.Root.Names.Dests)
        order = [one.obj.objgen for one in document.pages]
        return [order.index(places[name][0].objgen) + 1 for name in names]


def page(pdf: Path, number: int, resolution: int = RESOLUTION) -> Image.Image:
    """Return one page as a picture, with so many dots to an inch."""
    words = ["pdftoppm", "-r", str(resolution), "-f", str(number), "-l", str(number), "-png", str(pdf)]
    return Image.open(BytesIO(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)).convert("RGB")


def side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    """Return the pages on a desk, each with an edge, so that white paper can be seen on a white screen."""
    framed = [ImageOps.expand(one, 1, EDGE) for one in pages]
    width = sum(one.width + GAP for one in framed) + GAP
    desk = Image.new("RGB", (width, max(one.height for one in framed) + 2 * GAP), DESK)
    left = GAP
    for one in framed:
        desk.paste(one, (left, GAP))
        left += one.width + GAP
    return desk


if __name__ == "__main__":
    raise SystemExit(main())
