"""Rules of pictures: enough pixels for paper."""

from __future__ import annotations

from collections.abc import Iterator

from compositor.pictures.density import FINE, SAME, finer
from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Picture, Setting

LEAST = 220
GOOD = FINE
"""Pixels per inch at the printed size (typography, rule C11)."""


def coarse_picture(setting: Setting) -> Iterator[Fault]:
    """An image has fewer than 220 pixels per inch at the size it is printed in: one would see them.

    Take the image from its source in more pixels, or print it smaller (`{width=5cm}`). Drawings are better given as
    SVG. An image that stands as large as its own file asks for is not called coarse.
    """
    return _coarse(setting, 0, LEAST)


def plain_picture(setting: Setting) -> Iterator[Fault]:
    """An image has fewer than 300 pixels per inch at the size it is printed in; that is less than printers ask for.

    From 220 on it can be printed, and an image of which nobody says how large it is to be is printed so, without a
    word. Take it in more pixels if you can.
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
    """Pixels per inch; None of a drawing, and of the cover, whose pixels are what shops ask for (C104)."""
    if not picture.node.position and picture.node.inside("cover"):
        return None
    width = picture.edges.right - picture.edges.left
    return None if picture.pixels is None or width <= 0 else picture.pixels * 72 / width
