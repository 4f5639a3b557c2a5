"""`<switch>` -> the branch that a reader with SVG support shows: draw.io writes each label, and a picture of it."""

from __future__ import annotations

from lxml import etree

from compositor.pictures.svg.values import SVG, XHTML, Work, is_element, take_out

FEATURES = "http://www.w3.org/TR/SVG11/feature#"
TESTS = ("requiredFeatures", "requiredExtensions", "systemLanguage")


def resolve_switches(work: Work) -> None:
    """Replace each switch with the branch that is shown."""
    for switch in list(work.root.iter(f"{{{SVG}}}switch")):
        work.changed = True
        branches = [child for child in switch if is_element(child)]
        chosen = next((child for child in branches if _holds(child)), None)
        if chosen is None and branches and all(child.get("systemLanguage") for child in branches):
            chosen = branches[0]
        for child in list(switch):
            if child is not chosen:
                take_out(child)
        for name in TESTS if chosen is not None else ():
            if chosen is not None and chosen.get(name) is not None:
                del chosen.attrib[name]
        switch.tag = f"{{{SVG}}}g"


def _holds(branch: etree._Element) -> bool:
    """Return whether its conditions hold for a reader that knows SVG, its labels in HTML, and English."""
    features = branch.get("requiredFeatures")
    extensions = branch.get("requiredExtensions")
    languages = branch.get("systemLanguage")
    known = features is None or (bool(features.split()) and all(one.startswith(FEATURES) for one in features.split()))
    able = extensions is None or extensions.strip() == XHTML
    spoken = languages is None or any(one.strip().lower().split("-")[0] == "en" for one in languages.split(","))
    return known and able and spoken
