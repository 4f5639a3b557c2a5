"""Sizes of a drawing, its filters and its texts -> sizes that fit a page, and filters that finish."""

from __future__ import annotations

import re

from lxml import etree

from compositor.pictures.svg.lines import length
from compositor.pictures.svg.numbers import NUMBER
from compositor.pictures.svg.values import SVG, Work, take_out

LEAST, MOST = 1e-4, 1e7
"""The largest side of a drawing, in its own units."""
MOST_LETTERS = 10_000
"""The longest text, which is one line of a drawing: more than forty pages wide in the smallest type."""
FILTERED = {"numOctaves": 10.0, "order": 20.0, "radius": 200.0, "stdDeviation": 1000.0}
"""Attributes of a filter that increase its work, and the value beyond which no difference can be seen."""
MOST_STEPS = 100
"""The limit for all filters of a drawing."""
STEP = re.compile(r"fe[A-Z]")


def keep_sizes(work: Work) -> None:
    """Remove sizes that fit no page and texts that fit no line, and limit what a filter does."""
    _keep_canvas(work)
    for text in endless_texts(work.root):
        work.say("left out", f"a text of over {MOST_LETTERS:,} letters", text)
        take_out(text)
    steps = [one for one in work.root.iter(f"{{{SVG}}}*") if STEP.match(etree.QName(one).localname)]
    for number, step in enumerate(steps):
        if number >= MOST_STEPS:
            work.say("left out", f"filter work beyond {MOST_STEPS} steps", step)
            take_out(step)
        else:
            _keep_step(work, step)


def endless_texts(root: etree._Element) -> list[etree._Element]:
    """Return the texts that are too long for any line."""
    return [one for one in root.iter(f"{{{SVG}}}text") if sum(map(len, one.itertext())) > MOST_LETTERS]


def _keep_canvas(work: Work) -> None:
    root = work.root
    box = [float(one) for one in NUMBER.findall(root.get("viewBox", ""))]
    is_whole = len(box) == 4 and all(abs(one) <= MOST for one in box) and all(one >= LEAST for one in box[2:])
    if root.get("viewBox") is not None and not is_whole:
        del root.attrib["viewBox"]
        work.changed = True
    for name in ("width", "height"):
        value = root.get(name, "auto").strip()
        found = length(value, 16.0)
        if value != "auto" and not value.endswith("%") and (found is None or not LEAST <= found <= MOST):
            del root.attrib[name]
            work.changed = True


def _keep_step(work: Work, step: etree._Element) -> None:
    for name, most in FILTERED.items():
        value = step.get(name, "")
        if any(abs(float(one)) > most for one in NUMBER.findall(value)):
            step.set(name, " ".join(f"{min(float(one), most):g}" for one in NUMBER.findall(value)))
            work.changed = True

