"""A chapter of a few lines -> docs/manual/pictures/look-*.png: the effect of each setting of the look on its pages.

    .venv/bin/python -m tools.look_pictures [NAME …]

Needs pdftoppm (package poppler-utils). Run it when a theme has changed its look; without names, all are made.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from compositor.formats import PDF
from compositor.making import make
from compositor.press import Timings, read_book
from tools.page_picture import page, side_by_side

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "manual" / "pictures"
SCALE, RESOLUTION = 0.6, 144
"""Of a page, drawn with so many dots to an inch: two for each of a screen of old, so that small letters are read."""
SHADES = 256
"""Colours of a picture; a grey next to three coloured themes stays grey."""
HEAD = 'format = 1\ntitle = "The Tides"\nauthors = ["A. Writer"]\n[pages]\ncover = false\n'
TEXT = """# Ebb and flood

The sea rises twice a day, and twice it falls. A harbour that dries out has to know when, to the quarter of an hour, and
a ferry has to know how deep. Both ask the same table, which Listing 1.1 reads.

> [!TIP]
> Ask for the height, and not for the hour.

## The table

The height is that of the water above the sill of the lock. Where it is below the draught of the boat, she stays.

``` {.python #lst-ask lst-cap="A question asked of the table."}
def leaves(tide: Tide) -> bool:
    return tide.station == "quay" and tide.height > DRAUGHT  # in metres
```

| Hour | Height |
|---|---:|
| 6:00 | 0.9 m |
| 9:00 | 1.8 m |

: What the table says {#tbl-heights}

### Spring and neap

At full moon and new moon the range is greatest: sun and moon pull along one line. In the quarters between they pull
across each other, and the sea hardly stirs. @tbl-heights is of a day in between.

A tide comes later every day, by fifty minutes or so, since the moon has moved on. A ferry that sails by the sea,
and not by the clock, has therefore another timetable each day of the month, and prints all of them in spring.

Wind is in no table. A gale from the west holds the water in the bay for hours; one from the east drives it out, and the
sill falls dry before its time. So the harbour master looks at the glass, then at the pier, and only then at the page.

## Who keeps the book

For two hundred years it was kept by hand, in a hall with a stove and a view of the lock. Whoever had the watch wrote
down the hour and the height, the wind, and which boats had come in. It is the longest series of its kind on this coast.

The float that does it now has never slept or caught a cold. It has been struck by lightning, twice. On those days the
book has a line in pencil, by someone who went to look.

What the float cannot do is to doubt. A log against the pile, a knot of weed in the pipe, and it reports a flood in calm
weather, to the centimetre. The man with the pencil would have wiped his glasses first.

So there is still a watch, and there is still a book. Each of them is a check on the other, and neither is ever quite
right: the float knows the height to a hair and nothing of the sea, the watch knows the sea and has cold hands.

## What the table leaves out

A table knows the sun and the moon. It does not know the rain that has fallen in the hills for a week, which comes down
the river and stands in the harbour a hand above everything that was printed. Nor does it know the ice of a hard winter.

It knows nothing of the bottom either. Sand moves, a little with every tide and a lot with every storm. The chart of the
channel is drawn anew each spring, from a boat with a lead line in its bow, as it was when the harbour was built.

Pilots keep a list of their own. It has no heights, only names: the barge that lies where nobody expects it, the buoy
that drags its anchor, the light that is out. It hangs beside the door, and is read before the table is.

The oldest entry says that a cow stood on the bar at low water, and was not seen to leave it. Nobody has crossed it out.
A list like this is never wrong, since it says only what somebody saw; and it is never complete, for the same reason.

So three papers hang in the hall. One is computed a year ahead, one is measured by the minute, and one is remembered. A
stranger asks which of them is right. The answer, in this hall, is that a boat needs two of them to agree.
"""


@dataclass(frozen=True, slots=True)
class Look:
    """The settings of one or several books, and which pages of the chapter show them."""

    settings: tuple[str, ...]
    pages: tuple[int, ...]
    """Counted from the opener of the chapter, 0."""
    text: str = TEXT


SIZES = ("A5", "6in 9in", "7in 9.25in", "A4")
QUESTION = TEXT.replace("> [!TIP]\n> Ask for the height, and not for the hour.", "> [!QUESTION]\n> How deep is she?")
SANS = ("Regular", "It", "Semibold", "SemiboldIt")
FILES = ", ".join(f'"fonts/SourceSans3-{face}.ttf"' for face in SANS)
LOOKS = {
    "themes": Look(('theme = "default"\n', 'theme = "manual"\n', 'theme = "plain"\n'), (0,)),
    "page-size": Look(tuple(f'[style]\npage-size = "{size}"\n' for size in SIZES), (0,)),
    "margins": Look(('[style]\nmargin-inner = "60pt"\nmargin-outer = "132pt"\nmargin-top = "48pt"\n',), (1, 2)),
    "colours": Look(('[style]\naccent = "#1c4f8c"\nstring = "#8a4b08"\npanel = "#f2f4f7"\n',), (0, 1)),
    "fonts": Look((f"[fonts]\ntext = [{FILES}]\ndisplay = [{FILES}]\n",), (0, 1)),
    "numbers": Look(("numbered-levels = 1\n",), (0, 1)),
    "heads": Look(("", '[style]\nhead-left = "book"\n'), (1,)),
    "callouts": Look(('[callouts.question]\ntitle = "Question"\nicon = "tip"\ncolour = "#7a1f2b"\n',), (0,), QUESTION),
    "ornament": Look(('[style]\nornament = "none"\nband = "2rlh"\n',), (0,)),
}
"""Name of the picture -> what it shows."""


def main(names: Sequence[str]) -> int:
    """Write the pictures; return the exit code."""
    unknown = sorted(set(names) - LOOKS.keys())
    if unknown or shutil.which("pdftoppm") is None:
        print(f"There are {', '.join(LOOKS)}; and pdftoppm (poppler-utils) is needed.", file=sys.stderr)
        return 3
    for name in names or LOOKS:
        look = LOOKS[name]
        shown = [one for settings in look.settings for one in pages(settings, look)]
        target = PICTURES / f"look-{name}.png"
        desk = side_by_side(shown).quantize(SHADES, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        desk.save(target, optimize=True)
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")
    return 0


def pages(settings: str, look: Look) -> list[Image.Image]:
    """Return the pages of a book with these settings, small."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, settings, look.text)
        (pdf,) = make(read_book(folder, Timings()), (PDF,), f"{folder / 'a.pdf'}", Timings()).paths
        document = pypdfium2.PdfDocument(pdf)
        first = next(mark.get_dest().get_index() for mark in document.get_toc() if "Ebb" in mark.get_title()) + 1
        document.close()
        found = [page(pdf, first + number, RESOLUTION) for number in look.pages]
    return [ImageOps.scale(one, SCALE, Image.Resampling.LANCZOS) for one in found]


def _write(folder: Path, settings: str, text: str) -> None:
    """Write the settings; keys of the whole book come before the first table."""
    above, _, below = settings.partition("[")
    head, table, rest = HEAD.partition("[pages]")
    settings = f"{head}{above}{table}{rest}" + (f"[{below}" if below else "")
    (folder / "book.toml").write_text(settings, encoding="utf-8")
    (folder / "01-tides.md").write_text(text, encoding="utf-8")
    (folder / "fonts").mkdir()
    for face in SANS:
        shutil.copy(ROOT / "styles" / "fonts" / f"SourceSans3-{face}.ttf", folder / "fonts")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
