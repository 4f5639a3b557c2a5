"""Random numbers -> the bytes of a picture: of several sizes, densities, kinds and modes, drawn in memory."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZES = ((24, 24), (180, 60), (320, 200), (640, 480), (800, 1100), (1200, 90), (60, 700))
DENSITIES = (None, None, 72, 96, 144, 300, 600)
MODES = ("RGB", "RGB", "RGB", "L", "P", "1", "RGBA", "CMYK", "I;16")
KINDS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}
OF_KIND = {
    "png": (*MODES[:-2], "I;16"),
    "jpg": ("RGB", "L", "CMYK"),
    "gif": ("P", "L"),
    "webp": ("RGB", "RGBA"),
    "avif": ("RGB",),
}
ORIENTATION = 0x0112
SVG = """<svg xmlns="http://www.w3.org/2000/svg" {size}>
<rect x="2" y="2" width="116" height="56" fill="none" stroke="#444" stroke-width="1.5"/>
<path d="M8 50 L40 {turn} L80 30 L112 10" fill="none" stroke="#1f4e5f" stroke-width="2"/>
<circle cx="40" cy="{turn}" r="4" fill="#7a1f2b"/>{label}
</svg>
"""
LABEL = '\n<text x="10" y="16" font-size="9" font-family="Book Label, sans-serif">{words}</text>'
SVG_SIZES = ('viewBox="0 0 120 60"', 'width="120" height="60"', 'viewBox="0 0 120 60" width="60mm" height="30mm"')


def picture(dice: Random, words: str) -> tuple[str, bytes]:
    """Return the ending of a picture's name, and the picture; a drawing has words in it."""
    if dice.random() < 0.35:
        return "svg", drawing(dice, words)
    ending = dice.choice(("png", "png", "png", "jpg", "jpg", "gif", "webp", "avif"))
    return ending, pixels(dice, ending)


def drawing(dice: Random, words: str) -> bytes:
    """Return an SVG of lines, sometimes with words."""
    label = LABEL.format(words=words) if dice.random() < 0.5 else ""
    return SVG.format(size=dice.choice(SVG_SIZES), turn=dice.randint(15, 50), label=label).encode()


def pixels(dice: Random, ending: str) -> bytes:
    """Return stripes of a few colours in one of the modes that this kind of file can have."""
    mode = dice.choice(OF_KIND[ending])
    image = Image.new("RGB", dice.choice(SIZES), tuple(dice.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for at in range(0, image.width, max(8, image.width // 9)):
        colour = tuple(dice.randrange(256) for _ in range(3))
        draw.rectangle((at, dice.randrange(image.height), at + image.width // 20, image.height), fill=colour)
    stored = image.convert("L").convert("I;16") if mode == "I;16" else image.convert(mode)
    said: dict[str, object] = {}
    if (density := dice.choice(DENSITIES)) is not None and ending in ("png", "jpg"):
        said["dpi"] = (density, density)
    if ending == "jpg" and dice.random() < 0.3:
        said["exif"] = _turned(dice.randint(1, 8))
    data = BytesIO()
    stored.save(data, KINDS[ending], **said)
    return data.getvalue()


def _turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif
