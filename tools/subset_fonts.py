"""One complete Iosevka font -> the small TTF that the book embeds: narrow, subset, without hints.

The output depends only on the input file and on the fontTools version. See styles/fonts/README.md for the files to give
and the names to write.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# First and last character of every range that code and its output are likely to contain.
CHARACTERS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0218, 0x021B),  # the Romanian comma letters
    (0x1E9E, 0x1E9E),  # capital sharp s
    (0x0300, 0x030C),  # combining accents, as macOS writes them in file names
    (0x0327, 0x0328),  # combining cedilla and ogonek
    (0x0384, 0x03CE),  # Greek
    (0x03D1, 0x03D1),  # theta symbol
    (0x03D5, 0x03D5),  # phi symbol
    (0x03F5, 0x03F5),  # epsilon symbol
    (0x0400, 0x045F),  # Cyrillic
    (0x0490, 0x0491),  # Ukrainian ghe
    (0x2010, 0x2027),  # dashes, quotation marks, daggers, bullets, ellipsis
    (0x202F, 0x2044),  # per mille, primes, angle quotation marks, fraction slash
    (0x2070, 0x209C),  # superiors and inferiors
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letterlike: the number sets, trade mark, numero
    (0x2150, 0x215E),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2308, 0x230B),  # ceilings and floors
    (0x2320, 0x2321),  # the two halves of the integral
    (0x239B, 0x23B3),  # pieces of large brackets
    (0x23E9, 0x23FA),  # media signs
    (0x2400, 0x2426),  # control pictures
    (0x2460, 0x2473),  # circled numbers
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x259F),  # block elements
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2605, 0x2606),  # stars
    (0x2610, 0x2612),  # ballot boxes
    (0x2660, 0x2667),  # card suits
    (0x2713, 0x2718),  # ticks and crosses
    (0x274C, 0x274C),  # cross mark
    (0x276E, 0x276F),  # prompt brackets
    (0x2776, 0x277F),  # dark circled numbers
    (0x2794, 0x2794),  # heavy arrow
    (0x279C, 0x279C),  # the arrow of shell prompts
    (0x27A4, 0x27A4),  # arrowhead
    (0x27E6, 0x27EB),  # mathematical brackets
    (0x2800, 0x28FF),  # Braille, which terminals draw spinners and plots with
    (0x2B05, 0x2B0D),  # more arrows
    (0xFFFD, 0xFFFD),  # replacement character
)


def narrow_forms(font: TTFont) -> dict[str, str]:
    """Return the narrow glyph for each wide one, from the font's NWID feature."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "NWID"
        for index in record.Feature.LookupListIndex
    }
    narrow: dict[str, str] = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            narrow.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return narrow


def make_narrow(font: TTFont) -> None:
    """Map every character to its narrow glyph.

    Iosevka draws arrows, dashes, ticks and shapes two cells wide by default, which would shift a column of code output.
    """
    narrow = narrow_forms(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = {code: narrow.get(name, name) for code, name in table.cmap.items()}


def cut(font: TTFont) -> None:
    """Keep only CHARACTERS, without any feature, so that `->` stays two characters."""
    options = Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)])
    subsetter.subset(font)


def write_subset(source: Path, target: Path) -> None:
    """Read a complete font (TTF, WOFF or WOFF2) and write its subset as TTF."""
    with TTFont(source, recalcTimestamp=False) as font:
        make_narrow(font)
        cut(font)
        font.flavor = None
        font.save(target)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write one font."""
    parser = argparse.ArgumentParser(description="Cut one Iosevka face for the book.")
    parser.add_argument("source", type=Path, help="the complete face, TTF or WOFF2")
    parser.add_argument("target", type=Path, help="the TTF to write")
    given = parser.parse_args(arguments)
    write_subset(given.source, given.target)


if __name__ == "__main__":
    main()
