"""Gradients of drawings as WeasyPrint writes them -> as every PDF reader draws them.

WeasyPrint 70 paints a gradient as a pattern of tiles with sides of length 1, and poppler draws nothing for it. It also
computes a radius in per cent from the diagonal; SVG computes it from the diagonal divided by the square root of 2.
"""

from __future__ import annotations

from math import hypot, sqrt
from typing import Any

FINE = 1000
"""Units along the side of a tile, instead of 1."""
SHORTEST = 1 / 500
"""Part of a drawing: a gradient that repeats within less is not repeated."""
ACROSS, DOWN, ROUND = ("x1", "x2", "cx", "fx"), ("y1", "y2", "cy", "fy"), ("r", "fr")


def draw_gradients_for_every_reader() -> None:
    """Wrap WeasyPrint's functions; called once in a process."""
    from weasyprint import svg

    original, original_pattern = svg.draw_gradient, svg.draw_pattern

    def draw_gradient(drawn: Any, node: Any, gradient: Any, font_size: float, *others: Any, stroke: bool) -> Any:
        """Draw a gradient: as a shading if it is opaque, else as a tile of many units."""
        _in_numbers(drawn, gradient)
        patterns = drawn.stream._resources["Pattern"]
        before = set(patterns)
        done = original(drawn, node, gradient, font_size, *others, stroke=stroke)
        _set_width(drawn, node, font_size, stroke)
        for name in set(patterns) - before:
            group = next(iter(patterns[name].extra["Resources"]["XObject"].values()))
            if group.extra["Resources"]["ExtGState"]:
                _enlarge(patterns[name])
            else:
                patterns[name] = _as_shading(patterns[name], group)
        return done

    def draw_pattern(drawn: Any, node: Any, pattern: Any, font_size: float, *others: Any, stroke: bool) -> Any:
        """Draw a pattern; if it is for a stroke, set the width of the line."""
        done = original_pattern(drawn, node, pattern, font_size, *others, stroke=stroke)
        _set_width(drawn, node, font_size, stroke)
        return done

    svg.draw_gradient, svg.draw_pattern = draw_gradient, draw_pattern


def _set_width(drawn: Any, node: Any, font_size: float, stroke: bool) -> None:
    """Set the width of a line, which WeasyPrint sets only for a line of one plain colour."""
    if stroke:
        drawn.stream.set_line_width(drawn.length(node.get("stroke-width", "1px"), font_size))


def _in_numbers(drawn: Any, gradient: Any) -> None:
    """Replace lengths in per cent with lengths: parts of the box of what is painted, or of the whole drawing."""
    user = gradient.get("gradientUnits") == "userSpaceOnUse"
    width, height = (drawn.inner_width, drawn.inner_height) if user else (1.0, 1.0)
    if gradient.tag == "radialGradient":
        for name in ("cx", "cy", "r"):
            gradient.attrib.setdefault(name, "50%")
    else:
        gradient.attrib.setdefault("x2", "100%")
    for names, whole in ((ACROSS, width), (DOWN, height), (ROUND, hypot(width, height) / sqrt(2))):
        for name in names:
            text = str(gradient.get(name, "")).strip()
            if text.endswith("%"):
                gradient.attrib[name] = str(float(text[:-1]) / 100 * whole)


    if gradient.get("spreadMethod", "pad") != "pad" and _span(gradient) < SHORTEST * hypot(width, height):
        gradient.attrib["spreadMethod"] = "pad"


def _span(gradient: Any) -> float:
    """Return the distance from the first colour to the last."""
    from weasyprint.svg.utils import size, transform

    numbers = [float(size(gradient.get(name, 0))) for name in ("x1", "y1", "x2", "y2", "fr", "r")]
    across, down, out = (numbers[place + step] - numbers[place] for place, step in ((0, 2), (1, 2), (4, 1)))
    scale = abs(transform(gradient.get("gradientTransform", ""), "0 0", 16, 1).determinant) ** 0.5
    return float(scale * (out if gradient.tag == "radialGradient" else hypot(across, down)))


def _as_shading(pattern: Any, group: Any) -> Any:
    """Return a shading pattern (type 2; ISO 32000-1, 8.7.4): it has no tiles."""
    import pydyf

    (shading,) = group.extra["Resources"]["Shading"].values()
    told = {"Type": "/Pattern", "PatternType": 2, "Shading": shading, "Matrix": pattern.extra["Matrix"]}
    made: Any = pydyf.Dictionary(told)
    made.id, made.extra = pattern.id, {}
    return made


def _enlarge(pattern: Any) -> None:
    import pydyf

    a, b, c, d, e, f = pattern.extra["Matrix"]
    pattern.extra["Matrix"] = pydyf.Array((a / FINE, b / FINE, c / FINE, d / FINE, e, f))
    pattern.extra["BBox"] = pydyf.Array([number * FINE for number in pattern.extra["BBox"]])
    pattern.extra["XStep"], pattern.extra["YStep"] = pattern.extra["XStep"] * FINE, pattern.extra["YStep"] * FINE
    pattern.stream.insert(0, f"{FINE} 0 0 {FINE} 0 0 cm".encode())
