"""Parts of a drawing that WeasyPrint cannot draw -> pixels, painted by resvg in the book's fonts; words stay text.

A part with a filter becomes a picture in its place, and the rest stays a drawing. If that is not simple, the whole
drawing becomes one picture, with its words as invisible text on top.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from io import BytesIO
from math import ceil
from pathlib import Path

from lxml import etree

from compositor.fonts.faces import maker_calls_it
from compositor.pictures import open_picture
from compositor.pictures.svg import drawing
from compositor.pictures.svg.cascade import Styles
from compositor.pictures.svg.lines import length
from compositor.pictures.svg.values import HREFS, SVG, is_drawn, named
from compositor.typeset.faces import USUAL, book_families
from compositor.typeset.values import Look

Box = tuple[float, float, float, float]
"""Left, top, width and height, in units of a drawing."""
Paint = Callable[..., bytes]
MARK, MOST_PARTS = "data-part", 24
CHANGING = {"filter", "opacity", "mask", "clip-path", "mix-blend-mode", "transform", "display"}
"""Properties that change everything inside an element."""
PAINTED = (
    "g", "a", "svg", "rect", "circle", "ellipse", "line", "path", "polygon", "polyline", "image", "use", "text",
)  # fmt: skip
SHOWN = ("text", "tspan", "textPath")
KEPT = ("svg", "g", "a", "text", "tspan", "style", "title", "desc", "switch")
"""Elements of a painted drawing that stay, to hold its words."""
DOTS = 300 / 96
"""Pixels for each unit of a drawing that is printed in its own size: 300 per inch."""
WIDEST, HIGHEST, LEAST = 2100, 3000, 300
"""The most pixels of a drawing across and down, and the fewest across."""
INVISIBLE = "fill:none !important;stroke:none !important"


def in_dots(data: bytes, look: Look) -> bytes | None:
    """Return the drawing with pictures of what has to be painted; None if it cannot be painted, or resvg is missing."""
    try:
        import resvg_py
    except ImportError:
        return None
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, no_network=True))
    box = _box(root)
    if box is None:
        return None
    try:
        return _parts(root, look, box, resvg_py.svg_to_bytes) or _whole(root, look, box, resvg_py.svg_to_bytes)
    except ValueError:
        return None
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":  # the name of an error in resvg itself
            return None
        raise


def _painted(root: etree._Element, look: Look, box: Box, paint: Paint) -> bytes:
    """Return a PNG of the visible area of a drawing, with the faces of the book alone."""
    across = min(max(box[2] * DOTS, LEAST), WIDEST, max(HIGHEST * box[2] / box[3], 1))
    called = {family: _makers_name(path) for family, path in reversed(look.faces)}
    copy = _with_makers_names(root, look, called)
    copy.set("viewBox", " ".join(f"{number:g}" for number in box))
    copy.set("width", f"{box[2]:g}")
    copy.set("height", f"{box[3]:g}")
    made = paint(
        svg_string=etree.tostring(copy, encoding="unicode"),
        width=ceil(across),
        skip_system_fonts=True,
        font_files=sorted({str(path) for _, path in look.faces}),
        font_family=called.get({**USUAL, **dict(look.families)}["label"][0]),
    )
    return bytes(made)


@cache
def _makers_name(path: Path) -> str:
    return maker_calls_it(path.read_bytes())


def _whole(root: etree._Element, look: Look, box: Box, paint: Paint) -> bytes:
    return _words_on(root, _painted(root, look, box, paint), box)


def _parts(root: etree._Element, look: Look, box: Box, paint: Paint) -> bytes | None:
    """Return the drawing with a picture for each part with a filter; None if the whole has to be painted."""
    if {change.what for change in drawing(etree.tostring(root)).of("dots")} != {"a filter"}:
        return None
    styles = Styles(root)
    parts = [element for element in root.iter("{*}*") if _is_filtered(element, styles)]
    parts = [one for one in parts if not any(above in parts for above in one.iterancestors())]
    if not 0 < len(parts) <= MOST_PARTS or not all(_stands_alone(one, styles) for one in parts):
        return None
    pictures = [_picture(root, one, look, box, paint) for one in parts]
    for one, picture in zip(parts, pictures, strict=True):
        parent = one.getparent()
        assert parent is not None
        picture.tail = one.tail
        parent.replace(one, picture)
    return etree.tostring(root, encoding="utf-8")


def _is_filtered(element: etree._Element, styles: Styles) -> bool:
    told = styles.own(element).get("filter")
    return told is not None and told.value.strip().lower() not in ("", "none")


def _stands_alone(part: etree._Element, styles: Styles) -> bool:
    """Return whether a part has no words, and nothing around it changes more than its place by an attribute."""
    if part.getparent() is None or next(part.iter(f"{{{SVG}}}text", f"{{{SVG}}}use"), None) is not None:
        return False
    root = part.getroottree().getroot()
    around = [above for above in part.iterancestors() if above is not root]
    return all(is_drawn(above, "g", "a") and not styles.own(above).keys() & CHANGING for above in around)


def _picture(root: etree._Element, part: etree._Element, look: Look, box: Box, paint: Paint) -> etree._Element:
    """Return the part, painted alone, as a picture at its place."""
    from weasyprint.matrix import Matrix
    from weasyprint.svg.utils import transform

    part.set(MARK, "")
    copy = deepcopy(root)
    del part.attrib[MARK]
    chosen = next(one for one in copy.iter("{*}*") if one.get(MARK) is not None)
    kept = {chosen, *chosen.iter("{*}*"), *chosen.iterancestors()}
    for element in list(copy.iter("{*}*")):
        parent = element.getparent()
        if parent is not None and parent in kept and element not in kept and is_drawn(element, *PAINTED):
            parent.remove(element)
    matrix = Matrix()
    for above in part.iterancestors():
        if above.get("transform"):
            matrix = matrix @ transform(above.get("transform"), None, 16, 1)
    with open_picture(BytesIO(_painted(copy, look, box, paint))) as whole:
        where = whole.getbbox() or (0, 0, 1, 1)
        target = BytesIO()
        whole.crop(where).save(target, "PNG")
        scale = box[2] / whole.width
    left, top, right, bottom = (number * scale for number in where)
    picture = _image((box[0] + left, box[1] + top, right - left, bottom - top), target.getvalue())
    values = matrix.invert.values
    if values != Matrix().values:
        picture.set("transform", f"matrix({' '.join(f'{value:.6g}' for value in values)})")
    return picture


def _box(root: etree._Element) -> Box | None:
    """Return the visible area of the drawing; None if the drawing does not name one."""
    try:
        left, top, width, height = (float(part) for part in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        left, top = 0.0, 0.0
        width, height = (length(root.get(name), 16.0) or 0.0 for name in ("width", "height"))
    return (left, top, width, height) if width > 0 and height > 0 else None


def _with_makers_names(root: etree._Element, look: Look, called: Mapping[str, str]) -> etree._Element:
    """Return the drawing with the families of the book named as in their font files."""
    families = {**USUAL, **dict(look.families)}
    styles = Styles(root)
    found: list[tuple[etree._Element, str]] = []
    for element in root.iter(*(f"{{{SVG}}}{name}" for name in SHOWN)):
        mapped = book_families(styles.of(element).get("font-family", ""), {one.lower() for one in called}, families)
        names = (called.get(name, "") for name in mapped)
        found.append((element, ",".join(f"'{name}'" for name in dict.fromkeys(names) if name)))
    painted = deepcopy(root)
    places = painted.iter(*(f"{{{SVG}}}{name}" for name in SHOWN))
    for element, (_, family) in zip(places, found, strict=True):
        element.set("style", f"{element.get('style', '').rstrip(';')};font-family:{family} !important".lstrip(";"))
    return painted


def _words_on(root: etree._Element, painted: bytes, box: Box) -> bytes:
    """Return a drawing of one picture, with all words in their places."""
    for element in list(root.iter("{*}*")):
        if is_drawn(element, "textPath"):
            _begin_at_its_line(root, element)
        elif not is_drawn(element, *KEPT) and element.getparent() is not None:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
    for element in root.iter(f"{{{SVG}}}text", f"{{{SVG}}}tspan"):
        element.set("style", f"{element.get('style', '').rstrip(';')};{INVISIBLE}".lstrip(";"))
    root.insert(0, _image(box, painted))
    return etree.tostring(root, encoding="utf-8")


def _image(box: Box, painted: bytes) -> etree._Element:
    told = dict(zip(("x", "y", "width", "height"), (f"{number:.6g}" for number in box), strict=True))
    picture = etree.Element(f"{{{SVG}}}image", {**told, "preserveAspectRatio": "none"})
    picture.set(HREFS[1], f"data:image/png;base64,{b64encode(painted).decode()}")
    return picture


def _begin_at_its_line(root: etree._Element, words: etree._Element) -> None:
    """Make words along a line begin where the line begins, and continue straight."""
    names = (words.get(key, "").strip().removeprefix("#") for key in HREFS)
    line = next((one for one in (named(root, name) for name in names) if one is not None), None)
    words.tag = f"{{{SVG}}}tspan"
    start = "" if line is None else line.get("d", "").replace(",", " ").lstrip("Mm ")
    numbers = [length(part, 1.0) for part in start.split()[:2]]
    for key, number in zip(("x", "y"), numbers, strict=False):
        if number is not None:
            words.set(key, f"{number:g}")
