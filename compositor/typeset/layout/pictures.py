"""Rules of pictures: enough pixels for paper."""

from __future__ import annotations

from collections.abc import Iterator

from compositor.pictures.density import FINE, SAME, finer
from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Picture, Setting

LEAST = 220
GOOD = FINE
"""Pixels per inch at the printed size."""


def coarse_picture(setting: Setting) -> Iterator[Fault]:
    """An image has fewer than 220 pixels per inch at its printed size, and the pixels would show.

    Export the image with more pixels, or print it smaller (`{width=5cm}`). Use SVG for drawings. An image that has the
    size its own file asks for is not reported.
    """
    return _coarse(setting, 0, LEAST)


def plain_picture(setting: Setting) -> Iterator[Fault]:
    """An image has fewer than 300 pixels per inch at its printed size, which is less than printers ask for.

    From 220 on it can be printed; an image without a given size is printed so without a warning. Export it with more
    pixels if you can.
    """
    return _coarse(setting, LEAST, GOOD)


def _coarse(setting: Setting, least: int, good: int) -> Iterator[Fault]:
    for page, sheet in enumerate(setting.sheets):
        for picture in sheet.pictures:
            density = _density(picture)
            natural = picture.natural is not None and density is not None and density > picture.natural * SAME
            if density is not None and least <= density < good and not natural:
                message = f"an image of {density:.0f} pixels per inch"
                remedy = finer(picture.pixels or 0, picture.edges.right - picture.edges.left)
                yield Fault(page, picture.node.position, message, remedy)


def _density(picture: Picture) -> float | None:
    """Return pixels per inch; None for a drawing, and for the cover, whose pixels are what shops ask for (C104)."""
    if not picture.node.position and picture.node.inside("cover"):
        return None
    width = picture.edges.right - picture.edges.left
    return None if picture.pixels is None or width <= 0 else picture.pixels * 72 / width
