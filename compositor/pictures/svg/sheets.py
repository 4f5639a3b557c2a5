"""The style sheets and attributes of a drawing -> the same without forbidden parts, in CSS that all readers know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import tinycss2
from lxml import etree

from compositor.pictures.svg.cascade import PRESENTED, Styles, selectors
from compositor.pictures.svg.declarations import (
    MOVES,
    RUNS,
    Declaration,
    declarations,
    for_xml,
    leads_outside,
    plain,
    written,
)
from compositor.pictures.svg.numbers import LOOKED_AT as NUMBERS
from compositor.pictures.svg.values import SVG, XHTML, Work

KEPT = {"media", "supports", "font-face", "layer", "container", "charset", "namespace"}
"""At-rules that stay; others move something, fetch something, or have no effect."""
LOOKED_AT = {"fill", "stroke", "stop-color", "font", *NUMBERS} - {"transform"}
"""Attributes with the effect of CSS properties, in syntax that not every program knows."""
SHORT = 40


def clean_styles(work: Work) -> None:
    """Remove from every sheet and attribute what fetches, runs or moves, and write the rest in plain CSS."""
    for sheet in work.root.iter(f"{{{SVG}}}style", f"{{{XHTML}}}style"):
        _clean_sheet(work, sheet)
    for element in work.root.iter("{*}*"):
        _clean_attributes(work, element)


def _clean_sheet(work: Work, sheet: etree._Element) -> None:
    text = "".join(str(part) for part in sheet.itertext())
    for child in list(sheet):
        sheet.remove(child)
    made = "\n".join(_rules(work, sheet, tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))
    before = "\n".join(_unchanged(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))
    if made != before:
        work.changed = True
        sheet.text = for_xml(made)
    elif sheet.text != text:
        sheet.text = text


def _unchanged(rules: list[Any]) -> Iterator[str]:
    """Yield the same rules, written as `_rules` writes them."""
    for rule in rules:
        if rule.type == "at-rule":
            yield _at(rule, None if rule.content is None else _serialized(rule))
        elif rule.type == "qualified-rule":
            yield _rule(rule, declarations(tinycss2.serialize(rule.content)))
        else:
            yield ""


def _serialized(rule: Any) -> str:
    if rule.lower_at_keyword == "font-face":
        return written(declarations(tinycss2.serialize(rule.content)))
    if _is_group(rule):
        return "\n".join(_unchanged(_inside(rule)))
    return str(tinycss2.serialize(rule.content))


def _is_group(rule: Any) -> bool:
    return rule.content is not None and rule.lower_at_keyword in ("media", "supports", "layer", "container")


def _inside(rule: Any) -> list[Any]:
    return list(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _at(rule: Any, content: str | None) -> str:
    head = for_xml(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}")
    return f"{head};" if content is None else f"{head}{{{content}}}"


def _rule(rule: Any, found: Iterable[Declaration]) -> str:
    return f"{for_xml(tinycss2.serialize(rule.prelude).strip())}{{{written(found)}}}"


def _rules(work: Work, sheet: etree._Element, rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule":
            yield from _at_rule(work, sheet, rule)
        elif rule.type == "qualified-rule" and selectors(rule.prelude):
            yield _rule(rule, _allowed(work, sheet, declarations(tinycss2.serialize(rule.content))))


def _at_rule(work: Work, sheet: etree._Element, rule: Any) -> Iterator[str]:
    name = rule.lower_at_keyword
    if name == "import":
        work.say("left out", f"a style sheet from outside, {_short(tinycss2.serialize(rule.prelude))}", sheet)
    elif name == "font-face":
        found = [*declarations(tinycss2.serialize(rule.content or []))]
        outside = next((leads_outside(one.value) for one in found if leads_outside(one.value)), "")
        if outside:
            work.say("left out", f"a font from outside, {_short(outside)}", sheet)
        else:
            yield _at(rule, written(one for one in found if one.name != "font-stretch" or "%" not in one.value))
    elif _is_group(rule):
        yield _at(rule, "\n".join(_rules(work, sheet, _inside(rule))))
    elif name in KEPT:
        yield _at(rule, None if rule.content is None else str(tinycss2.serialize(rule.content)))


def _short(text: str) -> str:
    text = " ".join(text.split()).strip("\"'")
    return f'"{text if len(text) <= SHORT else text[:SHORT] + "…"}"'


def _allowed(work: Work, element: etree._Element, found: Iterable[Declaration]) -> Iterator[Declaration]:
    for one in found:
        outside = leads_outside(one.value)
        if one.name in RUNS or "expression(" in one.value.lower():
            work.say("left out", f"a program in a style ({one.name})", element)
        elif outside and (fragment := _own_fragment(work, outside)):
            yield Declaration(one.name, f"url(#{fragment})", one.important)
        elif outside:
            work.say("left out", f"{_short(outside)} from outside ({one.name})", element)
        elif one.name.startswith(MOVES):
            continue
        else:
            yield from plain(one)


@lru_cache(maxsize=4096)
def _stays(style: str) -> bool:
    """Return whether nothing in a `style` attribute has to change; one drawing repeats the same ones many times."""
    found = tuple(declarations(style))
    forbidden = any(one.name in RUNS or one.name.startswith(MOVES) or leads_outside(one.value) for one in found)
    return not forbidden and "expression(" not in style.lower() and all(plain(one) == (one,) for one in found)


def _own_fragment(work: Work, address: str) -> str:
    """Return the id in the drawing for an address that was written when the drawing was a page of the web."""
    fragment = address.partition("#")[2]
    return fragment if fragment in work.ids else ""


def _clean_attributes(work: Work, element: etree._Element) -> None:
    for key, value in element.attrib.items():
        name, text = str(key), str(value)
        if name == "style":
            if not _stays(text):
                work.changed = True
                element.set("style", written(_allowed(work, element, declarations(text))))
        elif name[:1] != "{" and ("(" in text or "\\" in text or name in LOOKED_AT):
            _clean_presented(work, element, name, text)


def _clean_presented(work: Work, element: etree._Element, name: str, text: str) -> None:
    if name not in PRESENTED | LOOKED_AT and not leads_outside(text):
        return
    if _stays(f"{name}:{text}"):
        return
    after = [*_allowed(work, element, [Declaration(name, text.strip())])]
    if after != [Declaration(name, text.strip())]:
        work.changed = True
        del element.attrib[name]
        for one in after:
            element.set(one.name, one.value)


def resolve_variables(work: Work) -> None:
    """Replace each `var()` with its value, and remove it from the sheets."""
    styles = Styles(work.root)
    for element in list(work.root.iter("{*}*")):
        if found := [*styles.computed(element)]:
            work.changed = True
            _write(element, found)
    for sheet in work.root.iter(f"{{{SVG}}}style", f"{{{XHTML}}}style"):
        rules = tinycss2.parse_stylesheet(sheet.text or "", skip_comments=True, skip_whitespace=True)
        sheet.text = for_xml("\n".join(_without_variables(rules)))
        work.changed = True


def _write(element: etree._Element, found: Iterable[Declaration]) -> None:
    own = [one for one in declarations(element.get("style", "")) if "var(" not in one.value]
    for one in found:
        if "var(" in element.get(one.name, ""):
            del element.attrib[one.name]
        own += [one] if one.value else []
    if own or element.get("style") is not None:
        element.set("style", written(own))


def _without_variables(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule":
            inside = "\n".join(_without_variables(_inside(rule))) if _is_group(rule) else None
            content = inside if inside is not None or rule.content is None else str(tinycss2.serialize(rule.content))
            yield _at(rule, content)
        elif rule.type == "qualified-rule":
            found = declarations(tinycss2.serialize(rule.content))
            yield _rule(rule, (one for one in found if "var(" not in one.value))
