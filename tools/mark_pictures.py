"""Two fonts of the book -> pictures of digits and of the line-wrap sign, which are shown beside code and are no text.

A number or an arrow in text would be copied, searched and read aloud with the code beside it. The output depends only
on the fonts and on the version of fontTools: `python tools/mark_pictures.py`
"""

from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "styles" / "fonts"
GREY, WHITE = "#6f6b62", "#ffffff"


def picture(font: TTFont, letters: str, letter: str, colour: str) -> str:
    """Return one glyph as an SVG: as wide as its advance, and from the lowest foot to the highest head of all."""
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    bounds = BoundsPen(glyphs)
    for other in letters:
        glyphs[names[ord(other)]].draw(bounds)
    left, low, right, high = bounds.bounds
    glyph = glyphs[names[ord(letter)]]
    path = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
    glyph.draw(TransformPen(path, (1, 0, 0, -1, 0, high)))
    start, width = min(0, left), max(glyph.width, right) - min(0, left)
    size = f'viewBox="{start:.0f} 0 {width:.0f} {high - low:.0f}" width="{width:.0f}" height="{high - low:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path fill="{colour}" d="{path.getCommands()}"/></svg>\n'


def main() -> None:
    """Write styles/fonts/marks/."""
    folder = FONTS / "marks"
    folder.mkdir(exist_ok=True)
    label = TTFont(FONTS / "SourceSans3-Semibold.ttf")
    code = TTFont(FONTS / "Iosevka-Regular.ttf")
    digits = "0123456789"
    for digit in digits:
        (folder / f"{digit}.svg").write_text(picture(label, digits, digit, GREY), encoding="utf-8")
        (folder / f"{digit}-white.svg").write_text(picture(label, digits, digit, WHITE), encoding="utf-8")
    (folder / "turn.svg").write_text(picture(code, "\u21aa", "\u21aa", GREY), encoding="utf-8")


if __name__ == "__main__":
    main()
