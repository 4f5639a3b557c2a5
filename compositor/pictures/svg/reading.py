"""Bytes -> the tree of a drawing, within limits: nothing is fetched, entities do not grow, open tags are closed."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Any

from lxml import etree

from compositor.pictures.svg.values import SVG, XHTML, XLINK, Work, local, namespace

LONG = 9_000_000
"""Bytes from which on libxml2 may take a text in a file, such as an embedded picture, for an attack."""
DEEPEST = 250
"""Depth of nested elements."""
KNOWN = ('"-//W3C//DTD SVG 1.1//EN"', "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd")
"""The one DOCTYPE that an EPUB may have. Source: EPUB 3.3, section 3.4 (external identifiers)."""
PREFIXES = {"xlink": XLINK, "xhtml": XHTML, "svg": SVG}
OPEN = re.compile(r"<(br|hr|img|input|wbr|col)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)(?<!/)>(?!\s*</\1\s*>)", re.I)
ENTITY = re.compile(r"&(?!#)([A-Za-z][A-Za-z0-9]*);")
BARE = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|[A-Za-z_][\w.-]*;)")
PREFIX = re.compile(r"(?:<|\s)([A-Za-z_][\w-]*):[A-Za-z_][\w-]*(?=[\s=/>])")
OF_XML = {"lt", "gt", "amp", "quot", "apos"}


class Unreadable(ValueError):
    """The file is not a drawing; the message ends the sentence that says so."""


def read(data: bytes) -> Work:
    """Return the drawing. Raises Unreadable if it cannot be repaired."""
    mended = False
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError as problem:
        try:
            root, mended = _parsed(_closed(data)), True
        except (etree.XMLSyntaxError, UnicodeDecodeError):
            raise Unreadable(f"is not well-formed SVG: {problem.msg}") from None
    if local(root) != "svg":
        raise Unreadable("is not SVG")
    if namespace(root) != SVG:
        root, mended = _named(root), True
    if _depth(root) > DEEPEST:
        raise Unreadable(f"has more than {DEEPEST} nested elements")
    work = Work(root)
    work.changed = mended or _has_more_than_a_tree(root)
    return work


def _parsed(data: bytes) -> etree._Element:
    huge = len(data) > LONG and b"<!ENTITY" not in data and b"\0" not in data
    told: dict[str, Any] = {"resolve_entities": "internal", "no_network": True, "load_dtd": False, "huge_tree": huge}
    return etree.fromstring(data, etree.XMLParser(**told))


def _closed(data: bytes) -> bytes:
    """Return the file as XML, if a browser has saved it as HTML."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = data.decode(encoding)
    start = re.search(r"<!DOCTYPE|<(?:\w+:)?svg\b", text)
    text = text[start.start() if start else 0 :]
    own = set(re.findall(r"<!ENTITY\s+([\w.-]+)", text)) | OF_XML
    text = ENTITY.sub(lambda match: match[0] if match[1] in own else _letter(match), text)
    text = OPEN.sub(r"<\1\2/>", BARE.sub("&amp;", text))
    return _with_prefixes(text).encode()


def _letter(match: re.Match[str]) -> str:
    """Return the character of an HTML entity; the entity itself if it is unknown."""
    found = html5.get(f"{match[1]};")
    return html.escape(found) if found else f"&amp;{match[1]};"


def _with_prefixes(text: str) -> str:
    """Return the same with every used prefix declared at the top."""
    told = set(re.findall(r"xmlns:([\w-]+)\s*=", text)) | {"xml", "xmlns"}
    missing = sorted({match[1] for match in PREFIX.finditer(text)} - told)
    added = "".join(f' xmlns:{name}="{PREFIXES.get(name, f"urn:{name}")}"' for name in missing)
    return re.sub(r"<((?:\w+:)?svg)\b", rf"<\1{added}", text, count=1) if added else text


def _named(root: etree._Element) -> etree._Element:
    """Return the same in the namespace of SVG, if the file names none or another."""
    text, wrong = etree.tostring(root, encoding="unicode"), namespace(root)
    if wrong:
        return _parsed(text.replace(f'"{wrong}"', f'"{SVG}"').encode())
    return _parsed(re.sub(r"<svg\b", f'<svg xmlns="{SVG}"', text, count=1).encode())


def _depth(root: etree._Element) -> int:
    deepest, level = 0, [root]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [child for element in level for child in element]
    return deepest


def _has_more_than_a_tree(root: etree._Element) -> bool:
    """Return whether there are entities, another DOCTYPE than SVG's, no UTF-8, or a style sheet outside."""
    info: Any = root.getroottree().docinfo
    told, declared = info.doctype, info.internalDTD
    other = (info.encoding or "UTF-8").upper() != "UTF-8"  # all that an EPUB may have
    own = declared is not None and next(iter(declared.entities()), None) is not None
    beside = [*root.itersiblings(etree.ProcessingInstruction, preceding=True)]
    foreign = bool(told) and told != "<!DOCTYPE svg>" and not all(part in told for part in KNOWN)
    return own or other or foreign or bool(beside)
