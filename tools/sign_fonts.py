"""One complete font of signs or emoji -> the small TTF that Compositor contains: subset, without hints, with sequences.

The output depends only on the input file and on the fontTools version. See styles/fonts/README.md for the files to give
and the names to write.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Found only once the root of the repository is on the path.
from compositor.theme.sequences import tell_apart  # noqa: E402

SPACES = (0x20, 0xA0)
KEYS = frozenset(map(ord, "#*0123456789"))
"""Characters of which a keycap is made."""
FIRST_SIGN = 0x2000
BRAILLE = range(0x2800, 0x2900)
"""The code font has it."""
EMOJI = 0x1F600
"""A character that every emoji font has."""
DROPPED = ("GPOS", "GDEF", "STAT", "vhea", "vmtx", "MATH")


def is_wanted(code: int) -> bool:
    """Return whether a character is kept: signs, spaces between them, and the parts of keycaps."""
    return code in SPACES or code in KEYS or (code >= FIRST_SIGN and code not in BRAILLE)


def cut(font: TTFont, is_emoji: bool) -> None:
    """Keep only the signs; for emoji also the sequences, for anything else no feature."""
    options = Options()
    options.layout_features = ["ccmp"] if is_emoji else []
    options.drop_tables += [*DROPPED, *([] if is_emoji else ["GSUB"])]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if is_wanted(code)])
    subsetter.subset(font)


def make_square(font: TTFont) -> None:
    """Make an emoji one em wide, as wide as two columns of code."""
    font["head"].unitsPerEm = max(width for width, _ in font["hmtx"].metrics.values())


def write_signs(source: Path, target: Path) -> None:
    """Read a complete font (TTF, WOFF or WOFF2) and write its signs as TTF."""
    with TTFont(source, recalcTimestamp=False) as font:
        is_emoji = EMOJI in font.getBestCmap()
        cut(font, is_emoji)
        if is_emoji:
            tell_apart(font)
            make_square(font)
        font.flavor = None
        font.save(target)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write one font."""
    parser = argparse.ArgumentParser(description="Cut one face of signs or emoji for the book.")
    parser.add_argument("source", type=Path, help="the complete face, TTF or WOFF2")
    parser.add_argument("target", type=Path, help="the TTF to write")
    given = parser.parse_args(arguments)
    write_signs(given.source, given.target)


if __name__ == "__main__":
    main()
