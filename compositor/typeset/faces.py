"""Style sheets -> the faces that they declare: family, weights and slants that have a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from compositor.fonts.faces import families as names_of

DOCTYPE = b'<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
WEIGHTS = {"normal": 400, "bold": 700}
USUAL: Mapping[str, tuple[str, ...]] = {
    "label": ("Book Label", "Book Code"),
    "text": ("Book Text", "Book Code"),
    "code": ("Book Code",),
}
"""Use -> families that serve it if the look names none."""

SERIFS = {"serif", "times", "georgia", "garamond", "palatino", "cambria", "charter", "ui-serif"}
FIXED = {"monospace", "ui-monospace", "courier", "consolas", "menlo", "monaco", "cousine"}


def use_of(family: str) -> str:
    """Return the use of a family that the book does not have: `label`, `text` or `code`; empty if its name does not
    tell."""
    name = family.lower()
    first = name.split()[0] if name.split() else ""
    if first in FIXED or name.endswith((" mono", " code")) or "mono" in name.split():
        return "code"
    if name in SERIFS or first in SERIFS or name.endswith(" serif"):
        return "text"
    return "label" if "sans" in name or name in ("helvetica", "arial", "verdana", "system-ui", "ui-sans-serif") else ""


def book_families(value: str, declared: Iterable[str], families: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the families of a drawing that have a file, and the book's families in place of the others."""
    found: list[str] = []
    for name in names_of(value):
        found += [name] if name.lower() in declared else families.get(use_of(name), ())
    return tuple(dict.fromkeys((*found, *families["label"])))


def font_configuration(families: Mapping[str, tuple[str, ...]] | None = None, emoji: Sequence[str] = ()) -> Any:
    """Return WeasyPrint's font configuration, with an attribute `declared`: family -> the faces that `@font-face`
    added.

    `families` are those of the book, by use. `emoji` are families in which Pango looks first for emoji: it asks for a
    family named "emoji", whatever a style sheet names.
    """
    from weasyprint.text.ffi import fontconfig
    from weasyprint.text.fonts import FontConfiguration

    class DeclaredFonts(FontConfiguration):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            if emoji:
                fontconfig.FcConfigParseAndLoadFromMemory(self._config, _instead_of_emoji(emoji), True)
            self.declared: dict[str, frozenset[tuple[int, str]]] = {}
            self.families = {**USUAL, **(families or {})}

        def add_font_face(self, rule_descriptors: Mapping[str, Any], url_fetcher: object) -> None:
            super().add_font_face(rule_descriptors, url_fetcher)
            family = str(rule_descriptors["font_family"]).lower()
            weight = rule_descriptors.get("font_weight", 400)
            face = (int(WEIGHTS.get(weight, weight)), str(rule_descriptors.get("font_style", "normal")))
            self.declared[family] = self.declared.get(family, frozenset()) | {face}

    return DeclaredFonts()


def _instead_of_emoji(families: Sequence[str]) -> bytes:
    """Return the configuration that tells fontconfig which families "emoji" stands for."""
    root = Element("fontconfig")
    match = SubElement(root, "match", target="pattern")
    SubElement(SubElement(match, "test", name="family"), "string").text = "emoji"
    edit = SubElement(match, "edit", name="family", mode="prepend", binding="strong")
    for family in families:
        SubElement(edit, "string").text = family
    return DOCTYPE + bytes(tostring(root, encoding="utf-8"))


def undeclared(document: Any) -> list[str]:
    """Return the families in a finished document that no `@font-face` declared: fonts of the system."""
    used = {font.family for font in document.fonts.values()}
    return sorted(family for family in used if family.lower() not in document.font_config.declared)
