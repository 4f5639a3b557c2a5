"""A picture -> how many of its pixels make an inch if its printed size is not given."""

from __future__ import annotations

from PIL import Image

PRINTED = 220
"""Pixels per inch for a picture whose file does not state its size."""
SAME = 0.98
"""A ratio: a density that is at least so much of another counts as equal."""
READABLE = 150
"""Pixels per inch for a picture that would otherwise be narrow: the text in a screenshot must be readable."""
NARROW = 8 / 2.54
"""Inches; 8 cm."""
SCREEN = 96.5
"""Densities up to this come from programs for screens, 72 or 96, and say nothing about paper."""
FINEST = 4800
"""Pixels per inch of the finest scanners; larger values are mistakes, and are ignored."""
FINE = 300
"""Pixels per inch that printers ask for."""
RESOLUTION, UNIT, CENTIMETRES = 282, 296, 3
"""Tags of Exif and one of its units. Source: Exif 3.0, section 4.6.5."""


def stated_density(picture: Image.Image) -> float | None:
    """Return the density in the file (pHYs, JFIF, Exif), in pixels per inch; None if there is none for paper."""
    found = picture.info.get("dpi")
    given = _number(found[0]) if isinstance(found, tuple) and found else 0.0
    if not given:
        exif = exif_of(picture)
        given = _number(exif.get(RESOLUTION)) * (2.54 if exif.get(UNIT) == CENTIMETRES else 1)
    return given if SCREEN < given <= FINEST else None


def exif_of(picture: Image.Image) -> Image.Exif:
    """Return the Exif data; a PNG is not read to its end for it, with all its pixels, as Pillow would."""
    return Image.Exif() if picture.format == "PNG" and "exif" not in picture.info else picture.getexif()


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0


def density(width: int) -> float:
    """Return pixels per inch of a picture with so many pixels across, if its file does not state them.

    If 220 make it narrower than 8 cm, there are fewer, down to 150. Icons stay small: they are in a line.
    """
    if width < READABLE:
        return PRINTED
    return max(READABLE, min(PRINTED, width / NARROW))


def finer(pixels: float, width: float) -> str:
    """Return the remedy for a picture with too few pixels at a width in points: more of them, or less width."""
    remedy = f"give it {width * FINE / 72:.0f} pixels across"
    fitting = int(pixels * 25.4 / FINE) / 10
    return f"{remedy}, or print it smaller: {{width={fitting:g}cm}}" if fitting else remedy


def natural_density(width: int, stated: float | None) -> float | None:
    """Return the density at which a picture is not reported as coarse: that of its file, or the one that we require."""
    return stated or (PRINTED if density(width) >= PRINTED else None)
