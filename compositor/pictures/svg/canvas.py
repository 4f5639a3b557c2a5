"""The root of a drawing -> the same with the size and the background that its style asks for."""

from __future__ import annotations

from lxml import etree
from tinycss2.color5 import parse_color

from compositor.pictures.svg.declarations import declarations
from compositor.pictures.svg.lines import length
from compositor.pictures.svg.values import SVG, Work

PAPER = {"white", "#fff", "#ffffff", "transparent", "none", "inherit", "initial"}


def set_canvas(work: Work) -> None:
    """Set size and background. Mermaid gives the width as `max-width`; only browsers paint a background style."""
    style = {one.name: one.value for one in declarations(work.root.get("style", ""))}
    _set_size(work, style)
    _set_ground(work, style)


def _box(root: etree._Element) -> tuple[float, ...]:
    try:
        found = tuple(float(part) for part in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        return ()
    return found if len(found) == 4 and found[2] > 0 and found[3] > 0 else ()


def _set_size(work: Work, style: dict[str, str]) -> None:
    """Set the natural size, if the file gives only the largest one."""
    root, box = work.root, _box(work.root)
    widest = length(style.get("max-width"), 16.0)
    if not box or not widest or "%" in style.get("max-width", "%") or "width" in style:
        return
    if root.get("width", "100%").strip() != "100%" or root.get("height", "100%").strip() not in ("100%", "auto"):
        return
    work.changed = True
    root.set("width", f"{widest:g}")
    root.set("height", f"{widest * box[3] / box[2]:g}")


def _set_ground(work: Work, style: dict[str, str]) -> None:
    ground = (style.get("background-color") or style.get("background") or "").strip()
    colour = parse_color(ground) if ground and ground.lower() not in PAPER else None
    if colour is None or not colour.alpha or tuple(colour)[:3] == (1, 1, 1):
        return
    box = _box(work.root) or (0, 0, "100%", "100%")
    told = dict(zip(("x", "y", "width", "height"), (f"{one:g}" if one != "100%" else one for one in box), strict=True))
    rect = etree.Element(f"{{{SVG}}}rect", told)
    rect.set("style", f"fill:{ground};stroke:none")
    work.root.insert(0, rect)
    work.changed = True
