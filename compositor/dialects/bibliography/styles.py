"""`citation-style` of book.toml -> the text of a usable CSL style; else a finding, and a built-in style."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from lxml import etree

from compositor.dialects.data import Given
from compositor.errors import error, warning
from compositor.machine.steps import step
from compositor.model import Finding, Place
from compositor.settings import Settings

CSL = "{http://purl.org/net/xbiblio/csl}"
DEFAULT = "ieee"
MOST = 200_000
"""Most elements that a style may have with every macro call expanded; real ones have some ten thousand."""
DEEPEST = 60
"""Depth of nested elements, macros included; each level costs the formatter several calls."""


def read_style(settings: Settings, given: Given) -> tuple[str, list[Finding]]:
    """Return the text of a built-in style, or of a file of the book; a built-in one if that is unusable."""
    name, asked = settings.citation_style, settings.place("citation-style")
    ours = {file.stem: file for file in sorted(our_styles().glob("*.csl"))}
    if name in ours:
        return ours[name].read_text(encoding="utf-8"), []
    if not name.endswith(".csl"):
        near = get_close_matches(name, ours, 1, 0.4)
        remedy = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(ours)}, and your own CSL files"
        meant = (name, near[0]) if near else ("", "")
        return fallback(), [error("S025", f'there is no citation style "{name}"', asked, remedy, meant=meant)]
    text = given(name, asked)
    with step("reading it", name):
        faults = [] if text is None else faults_of_style(text, name)
    return (fallback() if text is None or faults else text), faults


def fallback() -> str:
    """Return the text of the style that replaces an unusable one."""
    return (our_styles() / f"{DEFAULT}.csl").read_text(encoding="utf-8")


def faults_of_style(text: str, name: str) -> list[Finding]:
    """Return why a style is unusable, if so: it is truncated, no CSL, without layout, or endless."""
    remedy = "use a style from https://github.com/citation-style-language/styles, but not a dependent one"
    so = f'; "{DEFAULT}" is used instead'
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as wrong:
        return [warning("S025", f"this is not CSL: {wrong.msg}{so}", Place(name, wrong.lineno, None), remedy)]
    if root.getroottree().docinfo.internalDTD is not None:
        message = f"this style has a DOCTYPE, which may define entities and is never needed{so}"
        return [warning("S025", message, Place(name), f"remove it, or {remedy}")]
    whole = root.tag == f"{CSL}style" and root.find(f"{CSL}citation/{CSL}layout") is not None
    if not whole or root.find(f"{CSL}bibliography/{CSL}layout") is None:
        return [warning("S025", f"this style has no rules for citations and bibliography{so}", Place(name), remedy)]
    if (found := _endless(root)) is not None:
        return [warning("S025", f"{found[0]}{so}", Place(name, found[1], None), remedy)]
    return []


def _endless(root: etree._Element) -> tuple[str, int | None] | None:
    """Return the first place where expanding the macros would take too long or never end."""
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{CSL}macro")}
    sizes: dict[str, tuple[int, int]] = {}
    for element in root.iterfind(f"{CSL}*/{CSL}layout/.."):
        try:
            size, depth = _size(element, macros, sizes, ())
        except _Endless as found:
            return str(found), found.line
        if size > MOST or depth > DEEPEST:
            return "the macros of this style call one another too often", _line(element)
    return None


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


class _Endless(ValueError):
    """A macro calls itself, or one that does not exist."""

    def __init__(self, message: str, line: int | None) -> None:
        self.line = line
        super().__init__(message)


def _size(
    element: etree._Element,
    macros: Mapping[str, etree._Element],
    sizes: dict[str, tuple[int, int]],
    way: tuple[str, ...],
) -> tuple[int, int]:
    """Return how many elements a part of a style has, and how deep; each macro counts at every call."""
    size, depth = 1, 0
    if len(way) > DEEPEST:
        return MOST + 1, DEEPEST + 1
    for child in element.iterchildren(tag=etree.Element):
        inside, below = _size(child, macros, sizes, way)
        size, depth = size + inside, max(depth, below)
    called = element.get("macro")
    if called is not None and element.tag in (f"{CSL}text", f"{CSL}key"):
        if called in way:
            raise _Endless(f'the macro "{called}" of this style calls itself', _line(element))
        if called not in macros:
            raise _Endless(f'this style calls a macro "{called}" that it does not have', _line(element))
        if called not in sizes:
            sizes[called] = _size(macros[called], macros, sizes, (*way, called))
        size, depth = size + sizes[called][0], max(depth, sizes[called][1])
    return size, depth + 1


def our_styles() -> Path:
    """Return the folder of the built-in styles: inside the package in a wheel, next to it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "_theme" / "styles" / "csl"
    return inside if inside.is_dir() else package.parent / "styles" / "csl"
