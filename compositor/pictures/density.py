"""A picture -> how many of its pixels go into an inch where nobody says how large it is to be printed."""

from __future__ import annotations

from PIL import Image

PRINTED = 220
"""Pixels per inch that a picture is printed with whose file says nothing of its size."""
SAME = 0.98
"""Of a density: less than this is another."""
READABLE = 150
"""Pixels per inch, rather, where it would be narrow otherwise: the letters of a screenshot are read with ease."""
NARROW = 8 / 2.54
"""Inches; 8 cm."""
SCREEN = 96.5
"""Up to here a file says what programs write that know of screens alone, 72 or 96, and nothing of paper."""
FINEST = 4800
"""Pixels per inch of the finest scanners; what says more was written by mistake, and says nothing."""
FINE = 300
"""Pixels per inch that printers ask for."""
RESOLUTION, UNIT, CENTIMETRES = 282, 296, 3
"""Tags of Exif and one of its units. Source: Exif 3.0, section 4.6.5."""


def stated_density(picture: Image.Image) -> float | None:
    """What the file says (pHYs, JFIF, Exif), in pixels per inch; None where it says nothing, or nothing of paper."""
    found = picture.info.get("dpi")
    given = _number(found[0]) if isinstance(found, tuple) and found else 0.0
    if not given:
        exif = exif_of(picture)
        given = _number(exif.get(RESOLUTION)) * (2.54 if exif.get(UNIT) == CENTIMETRES else 1)
    return given if SCREEN < given <= FINEST else None


def exif_of(picture: Image.Image) -> Image.Exif:
    """What stands in Exif; a PNG is not read to its end for it, with all its pixels, as Pillow would."""
    return Image.Exif() if picture.format == "PNG" and "exif" not in picture.info else picture.getexif()


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0


def density(width: int) -> float:
    """Pixels per inch of a picture of so many pixels across whose file does not say it.

    Where 220 make it narrower than 8 cm they become fewer, down to 150. Icons stay small: they stand in a line.
    """
    if width < READABLE:
        return PRINTED
    return max(READABLE, min(PRINTED, width / NARROW))


def finer(pixels: float, width: float) -> str:
    """What mends a picture of so many pixels that is too coarse at a width in points: more of them, or less width."""
    remedy = f"give it {width * FINE / 72:.0f} pixels across"
    fitting = int(pixels * 25.4 / FINE) / 10
    return f"{remedy}, or print it smaller: {{width={fitting:g}cm}}" if fitting else remedy


def natural_density(width: int, stated: float | None) -> float | None:
    """The density at which nobody has to be told that a picture is coarse: its file's own, or what we call enough."""
    return stated or (PRINTED if density(width) >= PRINTED else None)
