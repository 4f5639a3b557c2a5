"""`<flowRoot>` -> a label: text that an older Inkscape wraps in a box, and that no other program shows."""

from __future__ import annotations

from lxml import etree

from compositor.pictures.svg.declarations import declarations
from compositor.pictures.svg.values import SVG, XHTML, Work, take_out

BOX = ("x", "y", "width", "height")


def set_flowed_text(work: Work) -> None:
    """Replace each flowed text with HTML of the same words."""
    for flowed in list(work.root.iter(f"{{{SVG}}}flowRoot")):
        box = next(iter(flowed.iter(f"{{{SVG}}}rect")), None)
        paragraphs = [*flowed.iter(f"{{{SVG}}}flowPara", f"{{{SVG}}}flowDiv")]
        parent = flowed.getparent()
        if parent is None or not "".join(map(str, flowed.itertext())).strip():
            continue
        label = etree.Element(f"{{{SVG}}}foreignObject")
        label.sourceline = flowed.sourceline
        for name in BOX:
            label.set(name, "0" if box is None else box.get(name, "0"))
        if flowed.get("transform"):
            label.set("transform", flowed.get("transform", ""))
        body = etree.SubElement(label, f"{{{XHTML}}}div", {"style": _style(flowed)})
        for paragraph in paragraphs:
            body.append(_paragraph(paragraph))
        parent.insert(parent.index(flowed), label)
        take_out(flowed)


def _paragraph(paragraph: etree._Element) -> etree._Element:
    made = etree.Element(f"{{{XHTML}}}p", {"style": f"margin:0;{_style(paragraph)}"})
    made.text = paragraph.text
    for span in paragraph.iter(f"{{{SVG}}}flowSpan"):
        inside = etree.SubElement(made, f"{{{XHTML}}}span", {"style": _style(span)})
        inside.text, inside.tail = span.text, span.tail
    return made


def _style(element: etree._Element) -> str:
    """Return the style, with the text colour as in HTML."""
    found = [one for one in declarations(element.get("style", "")) if one.name not in ("white-space", "display")]
    colours = [f"color:{one.value}" for one in found if one.name == "fill"]
    names = ("font-size", "font-family", "font-weight", "font-style")
    own = [f"{name}:{element.get(name)}" for name in names if element.get(name)]
    return ";".join([*own, *(str(one) for one in found if one.name != "fill"), *colours])
