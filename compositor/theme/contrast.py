"""Style sheet -> colours that cannot be read on their ground, by WCAG's contrast.

A reading system sets ink and ground; a style sheet that sets one of the two must be readable with any choice of the
other. Rules for dark mode are checked on dark grounds, all others also there unless the style sheet overrides them in
dark mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import tinycss2
from tinycss2.color4 import parse_color

from compositor.errors import warning
from compositor.model import Finding, Manuscript, Place

LEAST = 4.5
"""Ratio of luminances between text and its ground. Source: WCAG 2.2, success criterion 1.4.3."""
LEAST_LARGE = 3.0
"""The same for large letters, and for large bold ones. Source: the same, and its definition of "large scale"."""
LARGE, LARGE_BOLD = 1.5, 1.17
"""Ems of 12 points from which letters are large: 18 points, and 14 points for bold ones."""
LIGHT = (("#ffffff", "#000000"), ("#f4ecd8", "#3b2f1e"))
DARK = (("#000000", "#ffffff"), ("#101010", "#d8d8d8"))
"""Ground and ink, as offered by reading systems."""
PAPER = "#ffffff"
NO_COLOUR = {"inherit", "currentcolor", "transparent", "initial", "unset", "revert", "none", "auto"}
REPLACED = re.compile(r"(?:^|[\s>+~,])(?:img|svg|image|rect|path|hr)[^\s>+~]*$")
"""A selector of elements without text: a picture has its own ground."""
EMS = re.compile(r"(\d*\.?\d+)r?em")
BOLD = {"bold", "700", "800", "900"}
PALE = 1.3
"""Contrast with paper below which a colour is not meant for paper, but for example for a dark background."""
STEP = 0.97
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A rule whose letters are unreadable on their background."""

    selector: str
    ink: str
    ground: str
    ratio: float


@dataclass(slots=True)
class _Rule:
    """The declarations of one selector, for dark mode or for the other."""

    ink: str = ""
    ground: str = ""
    size: str = ""
    weight: str = ""

    @property
    def least(self) -> float:
        """The contrast that its letters need: less if the rule makes them large."""
        size = EMS.fullmatch(self.size)
        wanted = LARGE_BOLD if self.weight in BOLD else LARGE
        return LEAST_LARGE if size is not None and float(size[1]) >= wanted else LEAST


def contrast(ink: str, ground: str) -> float | None:
    """Return the ratio from 1 to 21 of two CSS colours; None if one is no plain colour, or is transparent.

    Source: WCAG 2.2, "contrast ratio".
    """
    colours = [_rgb(ink), _rgb(ground)]
    if None in colours:
        return None
    darker, lighter = sorted(luminance(colour) for colour in colours if colour is not None)
    return (lighter + 0.05) / (darker + 0.05)


def darkened(ink: str) -> str:
    """Return the colour, dark enough for words on paper, as `#` and six digits; empty if invalid, or hardly visible."""
    found, ratio = _rgb(ink), contrast(ink, PAPER)
    if found is None or ratio is None or ratio < PALE:
        return ""
    while ratio is not None and ratio < LEAST:
        found = found[0] * STEP, found[1] * STEP, found[2] * STEP
        ratio = contrast(_digits(found), PAPER)
    return _digits(found)


def _digits(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * min(max(share, 0.0), 1.0)):02x}" for share in colour)


def _rgb(text: str) -> Colour | None:
    if text.lower() in NO_COLOUR:
        return None
    colour = parse_color(text)
    if colour is None or isinstance(colour, str) or colour.alpha < 1:
        return None
    red, green, blue = colour.to("srgb").coordinates
    return float(red), float(green), float(blue)


def luminance(colour: Colour) -> float:
    """Return the relative luminance. Source: WCAG 2.2, "relative luminance"."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def unreadable(css: str) -> Iterator[Unreadable]:
    """Yield every rule that some reader cannot read, with the worst pair of colours."""
    light: dict[str, _Rule] = {}
    dark: dict[str, _Rule] = {}
    _collect(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), (light, dark), False)
    for selector, rule in light.items():
        again = dark.get(selector)
        modes = LIGHT if again is not None else (*LIGHT, *DARK)
        yield from _worst(selector, rule, modes)
        if again is not None:
            both = replace(rule, ink=again.ink or rule.ink, ground=again.ground or rule.ground)
            yield from _worst(selector, both, DARK)
    for selector, rule in dark.items():
        if selector not in light:
            yield from _worst(selector, rule, DARK)


def _collect(rules: Sequence[object], modes: tuple[dict[str, _Rule], dict[str, _Rule]], dark: bool) -> None:
    for rule in rules:
        content = getattr(rule, "content", None)
        if content is None:
            continue
        prelude = " ".join(tinycss2.serialize(getattr(rule, "prelude", [])).split())
        if getattr(rule, "type", "") == "at-rule" and getattr(rule, "lower_at_keyword", "") in {"media", "supports"}:
            inner = tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True)
            _collect(inner, modes, dark or ("prefers-color-scheme" in prelude and "dark" in prelude))
        elif getattr(rule, "type", "") == "qualified-rule":
            for selector in prelude.split(","):
                _set(modes[dark].setdefault(selector.strip(), _Rule()), content)


def _set(rule: _Rule, content: Sequence[object]) -> None:
    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration" and one.lower_name == "color":
            rule.ink = tinycss2.serialize(one.value).strip()
        elif one.type == "declaration" and one.lower_name in ("font-size", "font-weight"):
            setattr(rule, one.lower_name.removeprefix("font-"), tinycss2.serialize(one.value).strip().lower())
        elif one.type == "declaration" and one.lower_name in ("background", "background-color"):
            words = tinycss2.serialize(one.value).split()
            rule.ground = next((word for word in words if _rgb(word) is not None), "")


def _worst(selector: str, rule: _Rule, modes: Sequence[tuple[str, str]]) -> Iterator[Unreadable]:
    """Yield the worst case of a rule for a reader, if it is unreadable; None if the rule leaves all to the reader."""
    own_ink, own_ground = _rgb(rule.ink) is not None, _rgb(rule.ground) is not None
    if not (own_ink or own_ground) or REPLACED.search(selector):
        return
    pairs = [(rule.ink if own_ink else ink, rule.ground if own_ground else ground) for ground, ink in modes]
    rated = [(contrast(*pair) or 21.0, *pair) for pair in dict.fromkeys(pairs)]
    ratio, ink, ground = min(rated)
    if ratio < rule.least:
        yield Unreadable(selector, ink, ground, ratio)


PRINTED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("ink", "soft"), ("#ffffff", "panel")),
    "accent": ("#ffffff", "panel", "tint"),
    "warning": ("#ffffff", "panel", "warning-tint"),
    "link": ("#ffffff",),
    **dict.fromkeys(("string", "comment", "output"), ("panel",)),
}
"""Custom property with the colour of letters -> the grounds on which they are printed."""


def unreadable_on_paper(values: Mapping[str, str]) -> Iterator[Unreadable]:
    """Yield colours of letters in print that cannot be read on paper, or on the background of a listing."""
    for name, grounds in PRINTED.items():
        for ground in grounds:
            behind = values.get(ground, ground)
            ratio = contrast(values.get(name, ""), behind)
            if ratio is not None and ratio < LEAST:
                yield Unreadable(name, values[name], behind, ratio)
                break


def doubts_of_colours(values: Mapping[str, str], manuscript: Manuscript) -> Iterator[Finding]:
    """Yield findings for colours of letters on paper that a book sets and readers will hardly make out."""
    own = {f"callout {kind}": one.colour for kind, one in manuscript.callouts.items() if one.colour}
    changed = {*manuscript.style_places}
    for found in unreadable_on_paper(values):
        if found.selector in changed or (found.ground == values.get("panel") and "panel" in changed):
            place = manuscript.style_places.get(found.selector) or manuscript.style_places["panel"]
            yield _pale(found, place)
    for name, colour in own.items():
        ratio = contrast(colour, PAPER)
        if ratio is not None and ratio < LEAST:
            yield _pale(Unreadable(name, colour, PAPER, ratio), Place("book.toml"))


def _pale(found: Unreadable, place: Place) -> Finding:
    message = f'"{found.selector}" is {found.ink} on {found.ground}: a contrast of {found.ratio:.1f} to 1'
    return warning("T018", message, place, f"readers need at least {LEAST} to 1: use a darker colour")
