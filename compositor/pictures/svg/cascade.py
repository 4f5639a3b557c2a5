"""A drawing -> the computed style of each of its elements: rules, attributes, inheritance, `var()`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import cssselect2
import tinycss2
from lxml import etree

from compositor.pictures.svg.declarations import FONT, Declaration, declarations, font, plain, split
from compositor.pictures.svg.numbers import GLOBAL
from compositor.pictures.svg.values import SVG, XHTML, is_drawn, local, namespace

INHERITED = {
    "color", "fill", "stroke", "font-size", "font-family", "font-weight", "font-style", "line-height", "text-align",
    "white-space", "text-anchor", "visibility", "direction", "letter-spacing", "writing-mode", "paint-order",
    "list-style-type",
}  # fmt: skip
PRESENTED = INHERITED | {
    "display", "filter", "mask", "clip-path", "marker", "marker-start", "marker-mid", "marker-end", "opacity", "font",
    "stop-color", "flood-color", "background-color", "mix-blend-mode",
}  # fmt: skip
"""Attributes with the meaning of the property of the same name, among those that are looked at."""
LONGEST, DEEPEST = 10_000, 30
"""Most letters of a value, and depth of properties that refer to one another; beyond that there is no value."""
MEDIA = {"", "all", "screen", "print"}


MOST = 5_000_000
"""Rules, or variables, times elements."""


class TooMuch(ValueError):
    """There are too many rules for too many elements; the message ends the sentence that says so."""


class Styles:
    """The style of every element of a drawing, computed once."""

    def __init__(self, root: etree._Element) -> None:
        self._matcher = cssselect2.Matcher()
        self._rules = 0
        self._variables: set[str] = set()
        for sheet in root.iter(f"{{{SVG}}}style", f"{{{XHTML}}}style"):
            self._read(tinycss2.parse_stylesheet(sheet.text or "", skip_comments=True, skip_whitespace=True))
        count = sum(1 for _ in root.iter("{*}*"))
        if count * max(self._rules, len(self._variables)) > MOST:
            raise TooMuch("has too many style rules")
        self._values: dict[etree._Element, dict[str, str]] = {}
        self._won: dict[etree._Element, dict[str, Declaration]] = {}
        plain_tree = ElementTree.fromstring(etree.tostring(root))
        wrapped = cssselect2.ElementWrapper.from_xml_root(plain_tree)
        for element, wrapper in zip(root.iter("{*}*"), wrapped.iter_subtree(), strict=True):
            self._work_out(element, wrapper)

    def _read(self, rules: list[Any]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
                if tinycss2.serialize(rule.prelude).strip().lower() in MEDIA:
                    self._read(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.type == "qualified-rule":
                found = tuple(declarations(tinycss2.serialize(rule.content)))
                self._variables |= {one.name for one in found if one.name.startswith("--")}
                for selector in selectors(rule.prelude):
                    self._rules += 1
                    self._matcher.add_selector(selector, found)

    def _work_out(self, element: etree._Element, wrapper: Any) -> None:
        own = {name: Declaration(name, value) for name, value in _presented(element)}
        ranks: dict[str, int] = dict.fromkeys(own, -1)
        matched = [one for *_, found in self._matcher.match(wrapper) for one in found]
        for rank, found in ((0, matched), (1, [*declarations(element.get("style", ""))])):
            for one in (part for whole in found for part in plain(whole)):
                level = rank + 2 if one.important else rank
                if level >= ranks.get(one.name, -2):
                    ranks[one.name], own[one.name] = level, one
                    for name in FONT if one.name == "font" else ():
                        own.pop(name, None)
        self._won[element] = own
        above = element.getparent()
        given = self._values.get(above, {}) if above is not None else {}
        values = {name: value for name, value in given.items() if name in INHERITED or name.startswith("--")}
        for name, one in own.items():
            if name.startswith("--"):
                values[name] = one.value
        self._values[element] = values
        for name, one in own.items():
            if not name.startswith("--"):
                self._set(values, given, name, one.value)

    @staticmethod
    def _set(values: dict[str, str], given: Mapping[str, str], name: str, written: str) -> None:
        value = substituted(written, values) if "var(" in written else written
        for part, said in font(value or "") if name == "font" else ((name, value),):
            if said is None or said.lower() in GLOBAL:
                if said is not None and said.lower() == "inherit" and part in given:
                    values[part] = given[part]
                elif part not in INHERITED:
                    values.pop(part, None)
            else:
                values[part] = said

    def of(self, element: etree._Element) -> Mapping[str, str]:
        """Return property -> value, of those that an element has or inherits."""
        return self._values[element]

    def computed(self, element: etree._Element) -> Iterator[Declaration]:
        """Yield the computed values of an element's own properties with a `var()`; empty if invalid."""
        for name, one in self._won[element].items():
            if "var(" in one.value and not name.startswith("--"):
                value = substituted(one.value, self._values[element]) or ""
                yield from plain(Declaration(name, value, one.important)) if value else (Declaration(name, ""),)

    def own(self, element: etree._Element) -> Mapping[str, Declaration]:
        """Return what rules and attributes set on an element itself."""
        return self._won[element]


def selectors(prelude: Any) -> list[Any]:
    """Return the selectors of a rule that can be understood."""
    try:
        found = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return []
    return [one for one in found if one.pseudo_element is None and not one.never_matches]


def _presented(element: etree._Element) -> Iterator[tuple[str, str]]:
    if namespace(element) == SVG:
        for name, value in element.attrib.items():
            if str(name) in PRESENTED or "var(" in str(value):
                yield str(name), str(value).strip()
    elif local(element) == "font":
        for name, said in (("color", "color"), ("face", "font-family")):
            if element.get(name):
                yield said, str(element.get(name))
    if element.get("align") and not is_drawn(element, local(element)):
        yield "text-align", str(element.get("align"))


def substituted(value: str, known: Mapping[str, str], depth: int = 0) -> str | None:
    """Return a value with every `var()` replaced; None if one is missing, cyclic, or beyond all limits."""
    if depth > DEEPEST or len(value) > LONGEST:
        return None
    made: list[str] = []
    size = 0
    for token in tinycss2.parse_component_value_list(value):
        piece = _piece(token, known, depth)
        size += len(piece or "")
        if piece is None or size > LONGEST:
            return None
        made.append(piece)
    return "".join(made).strip()


def _piece(token: Any, known: Mapping[str, str], depth: int) -> str | None:
    if token.type != "function":
        return str(token.serialize())
    if token.lower_name != "var":
        inside = substituted(tinycss2.serialize(token.arguments), known, depth + 1)
        return None if inside is None else f"{token.name}({inside})"
    name, *rest = split(token.arguments)
    given = known.get(tinycss2.serialize(name).strip())
    found = substituted(given, known, depth + 1) if given is not None else None
    if found is None and rest:
        return substituted(tinycss2.serialize(token.arguments[len(name) + 1 :]), known, depth + 1)
    return found
