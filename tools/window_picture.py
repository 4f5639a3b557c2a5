"""HTML -> a picture of it: a terminal, a page of an editor, a page of GitHub, as Chromium shows them in our fonts."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

from tools.page_picture import EDGE, ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
FONTS = ROOT / "styles" / "fonts"
SCALE, SMALLER = 2, 0.82
"""Pixels of the browser per CSS pixel; and by how much the picture is then reduced."""
HEIGHT = 3000
"""Size of the window, in CSS pixels; empty space below is cut off."""
FACES = (
    ("Code", 400, "Iosevka-Regular.ttf"), ("Code", 700, "Iosevka-SemiBold.ttf"),
    ("Label", 400, "SourceSans3-Regular.ttf"), ("Label", 700, "SourceSans3-Semibold.ttf"),
)  # fmt: skip
STYLE = """
body { margin: 0; background: #ffffff; color: #1c1b19; font: 15px/1.5 Label }
.window { background: #fbfaf6; padding: 14px 18px }
.window pre, pre.window { margin: 0; white-space: pre-wrap; font: 14px/1.45 Code }
b { font-weight: 700 }
.typed { color: #0a5a66; font-weight: 700 }
.aside { color: #676767 }
"""


def chromium() -> str:
    """Return where the browser is; empty if there is none."""
    return next((found for found in map(shutil.which, NAMES) if found), "")


def terminal(pieces: Iterable[tuple[str, str]], width: int = 900) -> Image.Image:
    """Return what was typed (`$`), what was printed (empty) and what was done meanwhile (`#`), one below the other."""
    kinds = {"$": "typed", "#": "aside", "": "said"}
    lines = ((kinds[sign], f"{sign} {text}" if sign else text) for sign, text in pieces)
    shown = "".join(f'<span class="{kind}">{escape(line)}</span>\n' for kind, line in lines)
    return picture(f'<pre class="window">{shown}</pre>', width)


def picture(body: str, width: int, style: str = "") -> Image.Image:
    """Return a body of HTML in a window so wide, in CSS pixels, as high as its content, with an edge."""
    faces = "".join(
        f"@font-face {{ font-family: {name}; font-weight: {weight}; src: url({(FONTS / file).as_uri()}) }}\n"
        for name, weight, file in FACES
    )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        head = f'<!doctype html><meta charset="utf-8"><style>{faces}{STYLE}{style}</style>'
        page.write_text(f"{head}<body>{body}</body>", encoding="utf-8")
        whole = shot(page, (width, HEIGHT))
    shown = ImageOps.scale(_filled(whole), SMALLER / SCALE * 1.2, Image.Resampling.LANCZOS)
    return ImageOps.expand(shown, 1, EDGE)


def shot(page: Path, size: tuple[int, int], words: Sequence[str] = ()) -> Image.Image:
    """Return a file as the browser shows it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "shot.png"
        command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *words]
        command += [f"--user-data-dir={folder}/profile", f"--force-device-scale-factor={SCALE}"]
        command += [f"--window-size={size[0]},{size[1]}", f"--screenshot={target}", page.as_uri()]
        # Typesetting has hidden the fonts of the machine from this process; a browser needs them.
        own = {name: value for name, value in os.environ.items() if name not in ("FONTCONFIG_FILE", "XDG_CACHE_HOME")}
        subprocess.run(command, check=True, capture_output=True, timeout=120, env=own)
        return Image.open(target).convert("RGB")


def _filled(whole: Image.Image) -> Image.Image:
    """Return the part of a window that has something in it, in its whole width."""
    box = ImageChops.difference(whole, Image.new("RGB", whole.size, "white")).getbbox() or (0, 0, 1, 1)
    return whole.crop((0, 0, whole.width, box[3]))
