"""Gradients of drawings, as WeasyPrint writes them -> as every reader of PDFs draws them.

WeasyPrint 70 paints a gradient as a pattern of tiles whose side is the length 1, which poppler draws as nothing, and
reckons a radius in percent as a share of the diagonal, where SVG has 1.4 times less.
"""

from __future__ import annotations

from math import hypot, sqrt
from typing import Any

FINE = 1000
"""Units along the side of a tile, rather than 1."""
SHORTEST = 1 / 500
"""Of a drawing: what is repeated more often is not repeated."""
ACROSS, DOWN, ROUND = ("x1", "x2", "cx", "fx"), ("y1", "y2", "cy", "fy"), ("r", "fr")


def draw_gradients_for_every_reader() -> None:
    """Put our function round WeasyPrint's; called once in a process."""
    from weasyprint import svg

    original, original_pattern = svg.draw_gradient, svg.draw_pattern

    def draw_gradient(drawn: Any, node: Any, gradient: Any, font_size: float, *others: Any, stroke: bool) -> Any:
        """The gradient, as a shading where it lets nothing through, else as a tile of many units."""
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
        """The pattern; where it is a line's, the line has its width."""
        done = original_pattern(drawn, node, pattern, font_size, *others, stroke=stroke)
        _set_width(drawn, node, font_size, stroke)
        return done

    svg.draw_gradient, svg.draw_pattern = draw_gradient, draw_pattern


def _set_width(drawn: Any, node: Any, font_size: float, stroke: bool) -> None:
    """The width of a line, which WeasyPrint sets for one of a plain colour alone."""
    if stroke:
        drawn.stream.set_line_width(drawn.length(node.get("stroke-width", "1px"), font_size))


def _in_numbers(drawn: Any, gradient: Any) -> None:
    """Lengths in percent as what they are a share of: the box of what is painted, or the whole drawing."""
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
    """From the first colour to the last."""
    from weasyprint.svg.utils import size, transform

    numbers = [float(size(gradient.get(name, 0))) for name in ("x1", "y1", "x2", "y2", "fr", "r")]
    across, down, out = (numbers[place + step] - numbers[place] for place, step in ((0, 2), (1, 2), (4, 1)))
    scale = abs(transform(gradient.get("gradientTransform", ""), "0 0", 16, 1).determinant) ** 0.5
    return float(scale * (out if gradient.tag == "radialGradient" else hypot(across, down)))


def _as_shading(pattern: Any, group: Any) -> Any:
    """A pattern of the second kind (ISO 32000-1, 8.7.4): it has no tiles."""
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
