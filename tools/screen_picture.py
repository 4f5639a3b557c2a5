"""An EPUB -> docs/screens.png: four of its pages side by side as a phone shows them, for the README.

    .venv/bin/python -m tools.screen_picture [dist/six-copies-one-writer.epub]

The pages are shown by foliate-js; this needs what tools/reading_engines.py needs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps

from tools import reading_engines
from tools.page_picture import COLOURS, ROOT, side_by_side

PICTURE = ROOT / "docs" / "screens.png"
ENGINE, SIZE = "foliate", "phone"
SHOWN = (("opener", "light"), ("annotations", "dark"), ("cards", "sepia"), ("popup", "light"))
"""Kinds of pages as in reading_engines, and the ground of each; the kind "note" makes a pop-up."""
SCALE = 0.8


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("epub", nargs="?", type=Path, default=ROOT / "dist" / "six-copies-one-writer.epub")
    options = parser.parse_args(arguments)
    lacking = reading_engines.missing()
    if lacking or not options.epub.exists():
        print(f"This needs {', '.join(lacking) or options.epub}.", file=sys.stderr)
        return 3
    reading_engines.install()
    with tempfile.TemporaryDirectory() as name:
        pictures = shots(options.epub, Path(name))
    desk = side_by_side(pictures).quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    desk.save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")
    return 0


def shots(epub: Path, folder: Path) -> list[Image.Image]:
    """Return the screens, small."""
    book = folder / "marked.epub"
    kinds = {"note" if kind == "popup" else kind for kind, _ in SHOWN}
    wanted = list(reading_engines.marked(epub, book, sorted(kinds)))
    for ground in sorted({ground for _, ground in SHOWN}):
        names = {kind for kind, on in SHOWN if on == ground}
        screens = [one for one in reading_engines.screens() if one["name"] == f"{SIZE}-{ground}"]
        shown = [shot for shot in wanted if shot["name"] in names]
        job = {"book": str(book), "engines": [ENGINE], "screens": screens, "shots": shown, "folder": str(folder)}
        reading_engines.ask(job)
    files = [folder / f"{kind}-{ENGINE}-{SIZE}-{ground}.png" for kind, ground in SHOWN]
    return [ImageOps.scale(Image.open(file).convert("RGB"), SCALE, Image.Resampling.LANCZOS) for file in files]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
