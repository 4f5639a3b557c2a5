"""Custom properties of paper -> plain values in style sheets for screens: older reading systems know no `var()`.

A reader chooses the ground, and not every reading system says which. So there are three values of an accent. One is
mixed with the reader's ink, for engines that can: it is the accent of paper where the ink is black, and paler where
the ink is pale. For the others it is moved, its hue kept, to where large letters are told from white and from black.
For those that say that the ground is dark there is a brighter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from colorsys import hls_to_rgb, rgb_to_hls

from tinycss2.color4 import parse_color

from compositor.theme.contrast import Colour, luminance
from compositor.theme.face_rules import in_front_and_behind
from compositor.theme.own_faces import USES, OwnFace

VARIABLE = re.compile(r"var\(\s*--([a-z][a-z0-9-]*)\s*\)")
COLOURS = ("accent", "warning")
READ, LIGHT, DARK = (0.0, 0.095), (0.118, 0.145), (0.36, 0.55)
"""Luminances, from least to most: 4.5 to 1 on white and sepia; there, and 3 to 1 on black; 7 to 1 on black."""
SHARE = 0.62
"""How much of a colour is in the one that is mixed with the reader's ink."""
GREY = 0.12
"""Saturation below which a colour is grey, so that the reader's own ink is used."""
CALM = 0.7
"""Share of the saturation that a colour keeps on a dark ground, where it glows."""
INK = "currentColor"
TINT = 0.09
"""Share of a colour in a translucent ground, which lets the reader's own show through."""


def written_out(css: str, values: Mapping[str, str]) -> str:
    """Return the style sheet with every `var(--name)` as its value; a name without one stays."""
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), css)


def named_in(css: str) -> frozenset[str]:
    """Return the custom properties that a style sheet uses."""
    return frozenset(match[1] for match in VARIABLE.finditer(css))


def screen_values(values: Mapping[str, str], faces: Iterable[OwnFace]) -> Mapping[str, str]:
    """Return what style sheets for screens may use: the families of every use, `screen-accent` and others."""
    own = tuple(faces)
    families = {f"font-{use}": in_front_and_behind(use, values.get(f"font-{use}", "serif"), own) for use in USES}
    return families | dict(pair for name in COLOURS for pair in _of_colour(name, values.get(name, "")).items())


def _of_colour(name: str, value: str) -> Mapping[str, str]:
    """Return a colour of paper on light grounds and on dark ones, and as a tint of either."""
    colour = parse_color(value)
    if colour is None or isinstance(colour, str):
        return _named(name, INK, INK, "rgba(128, 128, 128, 0.1)")
    red, green, blue = (min(max(float(one), 0.0), 1.0) for one in colour.to("srgb").coordinates)
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    if saturation < GREY:
        return _named(name, INK, INK, "rgba(128, 128, 128, 0.1)")
    read, light = (moved((red, green, blue), *bounds) for bounds in (READ, LIGHT))
    dark = moved(hls_to_rgb(hue, lightness, saturation * CALM), *DARK)
    tint = ", ".join(str(round(255 * one)) for one in read)
    brighter = _hexadecimal((min(read[0] / SHARE, 1.0), min(read[1] / SHARE, 1.0), min(read[2] / SHARE, 1.0)))
    mixed = f"color-mix(in srgb, {brighter} {SHARE:.0%}, currentColor)"
    return _named(name, _hexadecimal(light), _hexadecimal(dark), f"rgba({tint}, {TINT})", mixed)


def _named(name: str, light: str, dark: str, tint: str, mixed: str = INK) -> Mapping[str, str]:
    values = {"": light, "-dark": dark, "-tint": tint, "-mixed": mixed}
    return {f"screen-{name}{use}": value for use, value in values.items()}


def moved(colour: Colour, least: float, most: float) -> Colour:
    """Return the colour of this hue within these bounds of luminance that is nearest to its own."""
    wanted = min(max(luminance(colour), least), most)
    hue, _, saturation = rgb_to_hls(*colour)
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(hls_to_rgb(hue, middle, saturation)) < wanted else (low, middle)
    return hls_to_rgb(hue, high, saturation)


def _hexadecimal(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * one):02x}" for one in colour)
