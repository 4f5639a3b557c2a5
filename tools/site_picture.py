"""A site -> docs/site.png: its first page and a section, on a screen and on a phone, for README and manual.

    .venv/bin/python -m tools.site_picture [dist/six-copies-one-writer-web]

Needs Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps

from tools.page_picture import COLOURS, ROOT, side_by_side

PICTURE = ROOT / "docs" / "site.png"
SITE = ROOT / "dist" / "six-copies-one-writer-web"
NAMES = ("chromium", "chromium-browser", "google-chrome")
HEIGHT, SCALE = 860, 0.58
SHOWN = (("index.html", 390, "light"), ("aurora-vs-rds.html", 1440, "light"), ("endpoints.html", 390, "dark"))
"""Page, width of the window, ground."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", nargs="?", type=Path, default=SITE)
    options = parser.parse_args(arguments)
    chromium = next((path for path in map(shutil.which, NAMES) if path), None)
    if chromium is None or not (options.site / "index.html").exists():
        print(f"This needs Chromium, and {options.site}: `compositor all book --web`.", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "site"
        shutil.copytree(options.site, copy)
        pictures = [shot(chromium, copy, *one) for one in SHOWN]
    side_by_side(pictures).quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")
    return 0


def shot(chromium: str, site: Path, page: str, width: int, ground: str) -> Image.Image:
    """Return a page as the window shows it, small; the copy of the site sets the ground that a reader has chosen."""
    file, picture = site / page, site / f"{width}-{ground}.png"
    file.write_text(
        file.read_text(encoding="utf-8").replace("<html ", f'<html data-ground="{ground}" '), encoding="utf-8"
    )
    script = site / "styles" / "web.js"
    script.write_text(script.read_text(encoding="utf-8").replace("show(kept());", ""), encoding="utf-8")
    words = [chromium, "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{HEIGHT}"]
    words += ["--force-device-scale-factor=2", f"--screenshot={picture}", file.as_uri()]
    subprocess.run(words, capture_output=True, check=True, timeout=120)
    shown = Image.open(picture).convert("RGB")
    return ImageOps.scale(shown, SCALE / 2, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    raise SystemExit(main())
