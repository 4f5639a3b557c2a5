"""Trees of XHTML -> text that browsers read as HTML and XML parsers as the same tree; and the reverse.

So checks of the finished file as XML hold for the page that a browser shows. Source: Polyglot Markup (W3C).
"""

from __future__ import annotations

from lxml import etree

from compositor.formats.epub.letters import POSITION
from compositor.formats.epub.resources import XHTML, strict_parser

OF_EPUB = "{http://www.idpf.org/2007/ops}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
VOID = frozenset(
    f"{{{XHTML}}}{name}"
    for name in ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
"""Elements that have no end tag. Source: HTML Living Standard, section 13.1.2."""

OF_TABLES = frozenset(f"{{{XHTML}}}{name}" for name in ("table", "thead", "tbody", "tr", "th", "td"))
PLAIN_ROLES = frozenset({"table", "rowgroup", "row", "cell", "columnheader", "rowheader"})
"""The implicit roles of a table and its parts. Old reading systems need them where a style sheet makes cards; in HTML
they are not valid. Source: ARIA in HTML, section 4."""


def tree_of(text: str) -> etree._Element:
    """Return the tree of a well-formed document."""
    return etree.fromstring(text.encode(), strict_parser())


def html_of(tree: etree._Element, positions: bool = False) -> str:
    """Return a whole document, without terms of EPUB and, unless they are asked for, without source positions."""
    for element in tree.iter("{*}*"):
        for name in [one for one in element.attrib if _is_elsewhere(str(one), positions)]:
            del element.attrib[name]
        if element.tag in OF_TABLES and element.get("role") in PLAIN_ROLES:
            del element.attrib["role"]
        if not element.text and not len(element) and str(element.tag).startswith(f"{{{XHTML}}}"):
            element.text = None if element.tag in VOID else ""  # an empty text forces an end tag
    etree.cleanup_namespaces(tree)
    return f"<!DOCTYPE html>\n{etree.tostring(tree, encoding='unicode')}\n"


def _is_elsewhere(name: str, positions: bool) -> bool:
    return name.startswith(OF_EPUB) or name == LANGUAGE or (name == POSITION and not positions)


def named(tag: str) -> str:
    """Return the name of an element of XHTML as in trees."""
    return f"{{{XHTML}}}{tag}"


def made(tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Make an element of XHTML; an underscore in the name of an attribute means a hyphen."""
    given = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = etree.Element(named(tag), given)
    element.text = text
    return element


def first(tree: etree._Element, tag: str) -> etree._Element:
    """Return the first element with this name, which every template of the site has."""
    return next(tree.iter(named(tag)))
