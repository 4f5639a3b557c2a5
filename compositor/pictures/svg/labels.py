"""`<foreignObject>` -> text of SVG, where a browser would show its HTML: Mermaid and draw.io write labels like this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from compositor.pictures.svg.cascade import Styles
from compositor.pictures.svg.declarations import declarations, written
from compositor.pictures.svg.flow import Flow, is_block, margins, side_of, sizes
from compositor.pictures.svg.lines import Line, length
from compositor.pictures.svg.values import SVG, XHTML, Work, is_element, local, take_out

MIDDLE = 0.35
"""Ems from the middle of a line down to its baseline."""
KEPT = ("id", "class", "transform", "opacity", "clip-path", "mask", "filter", "display", "visibility")
WIDER = (1.0, 1.08, 1.16)
"""How much wider than its box a line may be, so that the box is high enough for its lines."""
STOPS = {"ul", "ol", "li", "table", "tr", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
NO_GROUND = {"", "none", "transparent", "inherit", "initial", "unset"}


@dataclass(slots=True)
class _Frame:
    """A box, and where in it a label is."""

    left: float
    top: float
    width: float
    height: float
    across: str = "start"
    down: str = "start"
    ground: str = ""


def set_labels(work: Work, styles: Styles) -> None:
    """Replace every piece of HTML with lines of text."""
    ems = sizes(work.root, styles)
    for label in list(work.root.iter(f"{{{SVG}}}foreignObject")):
        if any(above.tag == label.tag for above in label.iterancestors()):
            continue
        frame = _frame(label, styles, ems)
        content = _content(label, frame, styles, ems)
        lines = _lines(content, frame, styles, ems)
        if lines:
            work.say("labels", "a label", label)
        group = _drawn(label, frame, lines, styles)
        work.changed = True
        parent = label.getparent()
        if parent is not None:
            parent.insert(parent.index(label), group)
            take_out(label)


def _lines(
    content: etree._Element, frame: _Frame, styles: Styles, ems: Mapping[etree._Element, float]
) -> list[Line]:
    """Return the lines: if a little more width is enough, no more than the program that measured the box made."""
    lines: list[Line] = []
    for wider in WIDER:
        found = Flow(styles, ems).lines(content, frame.width * wider)
        lines = lines or found
        if sum(line.before + line.height for line in found) <= frame.height + 1:
            return found
    return lines


def _frame(label: etree._Element, styles: Styles, ems: Mapping[etree._Element, float]) -> _Frame:
    whole = _viewport(label)
    values = styles.of(label)

    def measure(name: str, of: float) -> float:
        return length(label.get(name) or values.get(name), ems[label], of) or 0.0

    left, top = measure("x", whole[0]), measure("y", whole[1])
    return _Frame(left, top, measure("width", whole[0]), measure("height", whole[1]))


def _viewport(element: etree._Element) -> tuple[float, float]:
    """Return width and height of the drawing that contains an element."""
    for above in element.iterancestors(f"{{{SVG}}}svg"):
        box = (above.get("viewBox") or "").replace(",", " ").split()
        try:
            if len(box) == 4:
                return float(box[2]), float(box[3])
        except ValueError:
            pass
        size = length(above.get("width"), 16.0), length(above.get("height"), 16.0)
        if size[0] and size[1] and "%" not in above.get("width", "") + above.get("height", ""):
            return size[0], size[1]
    return 300.0, 150.0


def _content(
    label: etree._Element, frame: _Frame, styles: Styles, ems: Mapping[etree._Element, float]
) -> etree._Element:
    """Return the element with the words, with the frame enlarged to the elements around it."""
    here = label
    while (child := _only_child(here, styles)) is not None:
        style, em = styles.of(child), ems[child]
        flexed = here is not label and "flex" in styles.of(here).get("display", "")
        top, _, left, right = margins(child, styles, em) if is_block(child, styles) or flexed else (0.0,) * 4
        if flexed and not style.get("width"):
            left = right = 0.0
        given = length(style.get("width"), em, frame.width) if not flexed else None
        wide = style.get("box-sizing") == "border-box" or given is None
        inner = _padding(style, em)
        frame.left, frame.top = frame.left + left, frame.top + (0.0 if flexed else top)
        frame.width = frame.width - left - right if given is None else given - (sum(inner) if wide else 0.0)
        if (tall := length(style.get("height"), em, frame.height)) is not None:
            frame.height = tall
        elif not flexed:
            frame.height -= top
        _place(frame, style, child is not label)
        ground = style.get("background-color") or style.get("background", "")
        if ground.strip().lower() not in NO_GROUND and "url(" not in ground:
            frame.ground = ground.strip()
        here = child
    return here


def _padding(style: Mapping[str, str], em: float) -> tuple[float, float]:
    sides = (("left", 3), ("right", 1))
    found = (style.get(f"padding-{side}", side_of(style.get("padding"), at)) for side, at in sides)
    one, two = (length(text, em) or 0.0 for text in found)
    return one, two


def _place(frame: _Frame, style: Mapping[str, str], inside: bool) -> None:
    """Move the frame to where a flex container, or a table cell, places its content."""
    display = style.get("display", "")
    if "flex" in display:
        across, down = style.get("justify-content", "start"), style.get("align-items", "start")
        if style.get("flex-direction", "row").startswith("column"):
            across, down = down, across
        frame.across, frame.down = (text.split()[-1].removeprefix("flex-") for text in (across, down))
    elif display == "table-cell" and style.get("vertical-align") in ("middle", "bottom"):
        frame.down = "center" if style["vertical-align"] == "middle" else "end"


def _only_child(element: etree._Element, styles: Styles) -> etree._Element | None:
    """Return the only element inside another."""
    if local(element) in STOPS or (element.text or "").strip():
        return None
    children = [one for one in element if is_element(one) and styles.of(one).get("display") != "none"]
    if len(children) != 1 or (children[0].tail or "").strip() or local(children[0]) in ("br", "hr", *STOPS):
        return None
    return children[0] if str(children[0].tag).startswith(f"{{{XHTML}}}") else None


def _drawn(label: etree._Element, frame: _Frame, lines: list[Line], styles: Styles) -> etree._Element:
    """Return a group with a text for each line."""
    group = etree.Element(f"{{{SVG}}}g")
    for name in KEPT:
        if label.get(name):
            group.set(name, str(label.get(name)))
    told = [one for one in declarations(label.get("style", "")) if one.name in KEPT]
    if told:
        group.set("style", written(told))
    height = sum(line.before + line.height for line in lines)
    if frame.down == "start":
        height -= lines[0].before if lines and not frame.height else 0.0
    top = frame.top + {"center": 0.5, "end": 1.0}.get(frame.down, 0.0) * (frame.height - height)
    wide = max([line.width for line in lines], default=0.0)
    shrinks = frame.across != "start" or all(line.align in ("start", "left") for line in lines)
    width = wide if shrinks else max(frame.width, 0.0)
    left = frame.left + {"center": 0.5, "end": 1.0}.get(frame.across, 0.0) * (frame.width - width)
    if frame.ground and lines:
        box = {"x": left, "y": top, "width": width, "height": height}
        ground = etree.SubElement(group, f"{{{SVG}}}rect", {name: _number(value) for name, value in box.items()})
        ground.set("style", f"fill:{frame.ground};stroke:none")
    if len(lines) == 1 and frame.across != "start":
        lines[0].align = frame.across
    for line in lines:
        top += line.before
        if line.pieces:
            _text(group, line, (left, width, top + line.height / 2))
        top += line.height
    return group


def _text(group: etree._Element, line: Line, box: tuple[float, float, float]) -> None:
    left, width, middle = box
    anchor, at = {
        "center": ("middle", left + line.left + (width - line.left - line.right) / 2),
        "-webkit-center": ("middle", left + line.left + (width - line.left - line.right) / 2),
        "right": ("end", left + width - line.right),
        "end": ("end", left + width - line.right),
    }.get(line.align, ("start", left + line.left))
    ink = line.pieces[0].ink
    text = etree.SubElement(group, f"{{{SVG}}}text", {"x": _number(at), "y": _number(middle + MIDDLE * ink.size)})
    style = {
        "font-family": ink.family or "sans-serif", "font-size": f"{_number(ink.size)}px", "font-weight": ink.weight,
        "font-style": ink.slant, "fill": ink.colour or "#000", "stroke": "none", "text-anchor": anchor,
    }  # fmt: skip
    text.set("style", ";".join(f"{name}:{value}" for name, value in style.items()))
    if any("  " in piece.text for piece in line.pieces):
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if len(line.pieces) == 1 and not ink.shift:
        text.text = line.pieces[0].text
        return
    raised = 0.0
    for piece in line.pieces:
        span = etree.SubElement(text, f"{{{SVG}}}tspan")
        span.text = piece.text
        told = {
            "font-family": piece.ink.family or "sans-serif", "font-size": f"{_number(piece.ink.size)}px",
            "font-weight": piece.ink.weight, "font-style": piece.ink.slant, "fill": piece.ink.colour or "#000",
        }  # fmt: skip
        changed = {name: value for name, value in told.items() if style[name] != value}
        if changed:
            span.set("style", ";".join(f"{name}:{value}" for name, value in changed.items()))
        if piece.ink.shift != raised:
            span.set("dy", _number(raised - piece.ink.shift))
            raised = piece.ink.shift


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
