"""Title and authors -> the hue of a book, one of eight: the colour of its cover, of its openers, of its numbers.

A book or theme that sets `accent` keeps that; `hue` names one of the eight.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from hashlib import sha256

from tinycss2.color4 import parse_color

from compositor.model import Metadata
from compositor.theme.drawn.ornament import mixed

HUES: Mapping[str, str] = {
    "teal": "#0a5a66",
    "pine": "#17583c",
    "navy": "#1f3f73",
    "violet": "#4c3575",
    "plum": "#6b2858",
    "wine": "#7b2334",
    "umber": "#66431a",
    "slate": "#3c4856",
}
"""Name -> colour: readable on paper and on the ground of a listing, with white readable on it (6 to 1 and more)."""
SPARKS: Mapping[str, str] = {
    "#0a5a66": "#f2a07e",
    "#17583c": "#f0b7a4",
    "#1f3f73": "#f2c465",
    "#4c3575": "#f0a99a",
    "#6b2858": "#f2c27a",
    "#7b2334": "#f3bd86",
    "#66431a": "#9fc9de",
    "#3c4856": "#f0a45d",
}
"""Ground -> the colour of the few squares in a field that are neither ground nor ink."""
FALLBACK, LIGHT, DARK = HUES["teal"], "#ffffff", "#1b1b1a"
AUTO, TINT = "auto", 0.06
"""The hue that the digest chooses; the share of a colour in its tint."""
READ_BETTER = 0.179
"""Relative luminance above which dark ink has more contrast than white."""


def hue_of(metadata: Metadata, named: str) -> str:
    """Return the named colour, else the one that the digest of title and authors chooses."""
    key = "\n".join((metadata.title, *metadata.authors)).encode("utf-8", "surrogatepass")
    return HUES.get(named) or tuple(HUES.values())[sha256(key).digest()[0] % len(HUES)]


def as_hex(colour: str) -> str:
    """Return a colour of CSS as `#rrggbb`; ours if it is invalid, or transparent."""
    parsed = parse_color(colour)
    if parsed is None or isinstance(parsed, str) or parsed.alpha < 1:
        return FALLBACK
    try:
        shares = [min(max(float(share), 0.0), 1.0) for share in parsed.to("srgb").coordinates]
    except NotImplementedError:  # a colour space that tinycss2 reads and does not convert, such as oklch
        return FALLBACK
    return "#" + "".join(f"{round(share * 255):02x}" for share in shares)


def ink_on(ground: str) -> str:
    """Return white or dark, whichever is more readable on a background `#rrggbb`."""
    return LIGHT if luminance(ground) < READ_BETTER else DARK


def spark_on(ground: str) -> str:
    """Return the colour of the few squares: chosen for our backgrounds, else the background's opposite, pale."""
    if ground in SPARKS:
        return SPARKS[ground]
    hue, _, full = colorsys.rgb_to_hls(*_shares(ground))
    pale = colorsys.hls_to_rgb((hue + 0.5) % 1, 0.76, 0.75 if full > 0.1 else 0.0)
    return "#" + "".join(f"{round(share * 255):02x}" for share in pale)


def tint_of(colour: str) -> str:
    """Return the background of a box of this colour: near white, so that the colour is readable on it."""
    return mixed(as_hex(colour), TINT)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`. Source: WCAG 2.2, definitions."""
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in _shares(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shares(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
