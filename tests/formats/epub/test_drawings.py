"""Drawings in an EPUB contain the fonts of their labels, and those as wide as the text say so."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from tests.formats.epub.unpacked import BookMaker, drawing, made

LABELS = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="20pt" viewBox="0 0 300 20"><title>A</title>'
    "<style>.b { font-weight: bold }</style>"
    '<g font-family="\'Source Sans 3\', sans-serif"><text y="9">ab<tspan class="b">cd</tspan></text></g>'
    '<text font-family="Unknown" y="9">xyz</text></svg>'
)
RULE = re.compile(rb'@font-face\{font-family:"([^"]+)";font-weight:(\d+);[^}]*base64,([^)]+)\)')


def test_labels_bring_their_faces(make_book: BookMaker, tmp_path: Path) -> None:
    """Each font has exactly the letters that are set in it; a family that the theme lacks is not embedded."""
    drawing(tmp_path, "labels.svg", LABELS)
    files, _ = made(make_book("# One\n\n![A.](labels.svg){#fig-a fig-alt='Labels.'}\n"))
    found = {
        (family, weight): {chr(code) for code in TTFont(BytesIO(b64decode(data))).getBestCmap()}
        for family, weight, data in RULE.findall(files["EPUB/labels.svg"])
    }
    assert found == {
        (b"Source Sans 3", b"400"): {" ", "a", "b"},
        (b"Source Sans 3", b"600"): {" ", "c", "d"},
    }


def test_a_drawing_without_labels_keeps_its_bytes(make_book: BookMaker, tmp_path: Path) -> None:
    """Nothing is added to such a drawing."""
    drawing(tmp_path, "plain.svg")
    files, _ = made(make_book("# One\n\n![A.](plain.svg){#fig-a fig-alt='Plain.'}\n"))
    assert files["EPUB/plain.svg"] == (tmp_path / "plain.svg").read_bytes()


def test_a_drawing_as_wide_as_the_text_fills_the_column(make_book: BookMaker, tmp_path: Path) -> None:
    """A drawing that takes most of a line on paper does so on a screen, unless its author sets a width."""
    drawing(tmp_path, "wide.svg", LABELS)
    drawing(tmp_path, "small.svg")
    told = ("wide.svg){#fig-a fig-alt=A}", "small.svg){#fig-b fig-alt=B}", "wide.svg){#fig-c fig-alt=C width=50%}")
    files, _ = made(make_book("# One\n\n" + "\n\n".join(f"![A.]({one}" for one in told) + "\n"))
    images = re.findall(r"<img[^>]*>", files["EPUB/chapter-1.xhtml"].decode())
    assert ["as-wide-as-text" in image for image in images] == [True, False, False]
