"""A drawing -> the same without what a book may not contain: the one list of what is allowed, for both formats."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote_to_bytes

from lxml import etree
from PIL import Image, UnidentifiedImageError

from compositor.pictures import open_picture
from compositor.pictures.svg.values import HREFS, SVG, XHTML, Work, local, namespace, take_out

DRAWN = {
    "a", "circle", "clipPath", "defs", "desc", "ellipse", "filter", "foreignObject", "g", "image", "line",
    "linearGradient", "marker", "mask", "metadata", "path", "pattern", "polygon", "polyline", "radialGradient",
    "rect", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use", "view",
    "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
    "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR",
    "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
    "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
}  # fmt: skip
"""Elements of SVG that are allowed."""
IN_LABELS = {
    "a", "abbr", "b", "bdi", "bdo", "big", "blockquote", "body", "br", "center", "cite", "code", "dd", "del", "dfn",
    "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "i", "ins", "kbd", "label",
    "li", "mark", "nobr", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr", "colgroup", "col",
    "article", "aside", "header", "footer", "main", "nav", "figure", "figcaption", "caption",
}  # fmt: skip
"""Elements of HTML in a `foreignObject` whose words are kept."""
MOVING = {"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard", "mpath"}
EDITORS = re.compile(r"inkscape|sodipodi|creativecommons|purl\.org/dc|w3\.org/1999/02/22-rdf|adobe|boxy-svg|serif")
"""Namespaces of drawing programs: the data that they add is never shown."""
REVEALING = ("export-filename", "docname", "absref", "export-batch-path")
"""Attributes of editors that reveal the machine that they ran on."""
OF_A_MACHINE = re.compile(r"file://|(?<![\w.:/-])/(?:home|Users|root|tmp|var|mnt|Volumes)/\S|\b[A-Za-z]:\\\w")
"""A path on the author's machine."""
PICTURE = re.compile(r"data:image/(png|jpe?g|gif|webp|avif|svg\+xml)(?:;[\w=.-]+)*(,)", re.IGNORECASE)
LINKS = ("http:", "https:", "mailto:")
GAPS = re.compile(r"[\0-\x20]+")
Clean = Callable[[bytes], bytes]


def clean_elements(work: Work, nested: Clean) -> None:
    """Remove elements and attributes; a drawing within the drawing is cleaned by `nested`."""
    for instruction in list(work.root.iter(etree.ProcessingInstruction)):
        _clean_instruction(work, instruction)
    outside = (*work.root.itersiblings(preceding=True), *work.root.itersiblings())
    for remark in [*outside, *work.root.iter(etree.Comment), *work.root.iter(f"{{{SVG}}}metadata")]:
        if OF_A_MACHINE.search(etree.tostring(remark, encoding="unicode", with_tail=False)):
            work.changed = True
            take_out(remark)
    for element in list(work.root.iter("{*}*")):
        if element.getparent() is None and element is not work.root:
            continue
        if not _stays(work, element):
            work.changed = True
            take_out(element)
    for element in work.root.iter("{*}*"):
        _clean_attributes(work, element, nested)


def _clean_instruction(work: Work, element: etree._Element) -> None:
    """Remove a style sheet that is named in a processing instruction; comments stay."""
    if getattr(element, "target", "") == "xml-stylesheet":
        work.changed = True
        take_out(element)


def _stays(work: Work, element: etree._Element) -> bool:
    """Return whether an element may stay; record the change if something is lost with it."""
    name, space = local(element), namespace(element)
    if space == SVG and name in DRAWN:
        return True
    if any(above.tag == f"{{{SVG}}}metadata" for above in element.iterancestors()):
        return True
    if space == SVG:
        work.say("left out", _called(name), element)
        return False
    if space != XHTML:
        return bool(EDITORS.search(space)) or _in_label(element)
    if name in IN_LABELS and _in_label(element):
        return True
    if name not in ("style", "meta", "title", "link", "head"):
        work.say("left out", _called(name), element)
    return False


def _called(name: str) -> str:
    if name in MOVING:
        return "a movement"
    return {"script": "a program", "img": "a picture in a label"}.get(name, f"an element <{name}>")


def _in_label(element: etree._Element) -> bool:
    return any(above.tag == f"{{{SVG}}}foreignObject" for above in element.iterancestors())


def _clean_attributes(work: Work, element: etree._Element, nested: Clean) -> None:
    for key in map(str, element.attrib):
        name = key.rpartition("}")[2]
        if name.lower().startswith("on") and key == name:
            work.say("left out", f"a program ({name})", element)
        elif key in HREFS or (name == "href" and key[:1] == "{"):
            if _href_stays(work, element, key, nested):
                continue
        elif key == "{http://www.w3.org/XML/1998/namespace}base":
            work.changed = True
        elif not _reveals(key, str(element.get(key))) and not (key == "content" and element is work.root):
            continue
        work.changed = True
        del element.attrib[key]


def _reveals(key: str, value: str) -> bool:
    """Return whether an attribute of a drawing program reveals the machine that it ran on."""
    is_of_a_program = key.startswith("{")
    return is_of_a_program and (key.rpartition("}")[2] in REVEALING or OF_A_MACHINE.search(value) is not None)


def _href_stays(work: Work, element: etree._Element, key: str, nested: Clean) -> bool:
    address = GAPS.sub("", str(element.get(key)))
    name, fragment = local(element), address.partition("#")[2]
    if name == "a":
        return _link_stays(work, element, address)
    if address.startswith("#"):
        return True
    if name in ("image", "feImage") and (match := PICTURE.match(address)):
        return _picture_stays(work, element, key, nested if match[1].lower() == "svg+xml" else None)
    if name == "use" and "/" not in address and fragment in work.ids:
        element.set(key, f"#{fragment}")  # written when the drawing was in a page of the web
        work.changed = True
        return True
    work.say("left out", f'"{address[:40]}{"…" if len(address) > 40 else ""}" from outside', element)
    if name == "image":
        _frame(element)
    return False


def _link_stays(work: Work, element: etree._Element, address: str) -> bool:
    """Return whether it leads to the web; within a picture there is no target."""
    stays = address.lower().startswith(LINKS)
    if not stays and not address.startswith("#"):
        work.say("left out", f'a link to "{address[:40]}"', element)
    return stays


def _picture_stays(work: Work, element: etree._Element, key: str, nested: Clean | None) -> bool:
    """Return whether an embedded picture can be opened; a drawing is cleaned."""
    if nested is not None:
        _clean_nested(work, element, key, nested)
    elif not _can_be_opened(str(element.get(key))):
        work.say("left out", "a picture that is broken", element)
        _frame(element)
        return False
    return True


def _clean_nested(work: Work, element: etree._Element, key: str, nested: Clean) -> None:
    data = _written_out(str(element.get(key)))
    if (made := nested(data)) != data:
        work.changed = True
        element.set(key, f"data:image/svg+xml;base64,{b64encode(made).decode()}")


def _written_out(address: str) -> bytes:
    """Return the content of an address that begins with `data:`; None if it is damaged."""
    head, _, body = address.partition(",")
    try:
        return b64decode(body) if head.strip().lower().endswith("base64") else unquote_to_bytes(body)
    except ValueError:
        return b""


def _can_be_opened(address: str) -> bool:
    try:
        with open_picture(BytesIO(_written_out(address))) as picture:
            return picture.width > 0
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False


def _frame(element: etree._Element) -> None:
    """Turn a picture into an empty frame."""
    element.tag = f"{{{SVG}}}rect"
    element.set("style", "fill:none;stroke:#808080;stroke-dasharray:4 3")
