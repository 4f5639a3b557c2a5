"""Finished files -> facts that can be compared: alternative texts, links, outlines, labelled texts.

Both readers return the same type, unit by unit, so that a check does not need to know which file a fact comes from.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from compositor.cache import Ledger, digest
from compositor.checks.finished.runs import loose
from compositor.checks.finished.screen import PICTURES as DRAWN
from compositor.checks.finished.screen import XHTML, Package, package_of

OPS = "{http://www.idpf.org/2007/ops}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the file has it."""

    target: str
    """An anchor, or a full address on the web."""
    where: str
    """`page 12 of the PDF`, `EPUB/preface.xhtml`."""
    lands: bool = True
    mark: bool = False
    """Whether it is the number of an annotation in or below a listing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file contains besides its words. Keys are those of units; the empty key is for what belongs to none."""

    file: str
    alternatives: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[Link, ...]]
    contents: tuple[tuple[str, str], ...]
    """Words and anchor of each line of the outline or the navigation document."""
    labelled: Mapping[str, str]
    """Anchor -> the letters at that place: of its element, or of its page and the next."""
    others: tuple[Link, ...] = ()
    """Generated links: contents, outline, landmarks, NCX."""
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Anchor -> the letters of each of the pages after its own."""


@lru_cache(maxsize=2)
def epub_facts(data: bytes) -> Facts:
    """Return the facts of the EPUB; the key of a unit is the name of its document."""
    package = package_of(data)
    with Ledger("facts of documents", *package.spine) as ledger:
        known = {
            name: _Said(*ledger.of(digest(package.files[name]), partial(_said, package, name)))
            for name in package.documents
        }
    links: dict[str, tuple[Link, ...]] = {}
    others: list[Link] = []
    alternatives: dict[str, tuple[str, ...]] = {}
    for name, said in known.items():
        key = posixpath.basename(name).removesuffix(".xhtml")
        links[key] = tuple(replace(_link(name, href, known), mark=is_mark) for href, is_mark in said.hrefs)
        alternatives[key] = tuple(said.described)
    for name, content in package.files.items():
        if name.endswith(".ncx"):
            for element in etree.fromstring(content).iter(f"{NCX}content"):
                others.append(_link(name, str(element.get("src")), known))
    nav, lines = next(((name, said.lines) for name, said in known.items() if said.lines is not None), ("", None))
    made = ((words, _link(nav, href, known)) for words, href in lines or ())
    contents = tuple((words, link.target if link.lands else "") for words, link in made)
    labelled = {anchor: words for said in known.values() for anchor, words in said.labelled.items()}
    return Facts("EPUB", alternatives, links, contents, labelled, tuple(others))


@dataclass(frozen=True, slots=True)
class _Said:
    """The facts of one document, besides its words."""

    labelled: Mapping[str, str]
    """Id -> the letters of its element."""
    title: str
    """The id of its first heading of level 1; empty if it has none."""
    hrefs: Sequence[tuple[str, bool]]
    """The address of each link, and whether it is the number of an annotation."""
    described: Sequence[str]
    lines: Sequence[tuple[str, str]] | None
    """Words and address of each line of the contents; None without a navigation."""


_Documents = Mapping[str, _Said]


def _said(package: Package, name: str) -> tuple[Any, ...]:
    """Return these fields as plain values."""
    tree = package.documents[name]
    ids = {str(e.get("id")): e for e in tree.iter("{*}*") if e.get("id")}
    labelled = {anchor: loose("".join(letters_of(element))) for anchor, element in ids.items()}
    title = next((anchor for anchor, element in ids.items() if element.tag == f"{XHTML}h1"), "")
    links = (one for one in tree.iter(f"{XHTML}a") if one.get("href") is not None)
    hrefs = [(str(one.get("href")), one.get("class") == "annotation") for one in links]
    navs = [*tree.iter(f"{XHTML}nav")]
    toc = next((nav for nav in navs if nav.get(f"{OPS}type") == "toc"), None)
    lines = [(_words(one), str(one.get("href"))) for one in toc.iter(f"{XHTML}a")] if toc is not None else []
    return labelled, title, hrefs, [*described(tree)], lines if navs else None


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def letters_of(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element without that of its formulas and pictures."""
    if element.tag not in DRAWN:
        yield element.text or ""
        for child in element:
            yield from letters_of(child)
            yield child.tail or ""


def _link(name: str, href: str, documents: _Documents) -> Link:
    """Return a link out of a document; the target of a link to a whole document is the id of its first heading."""
    parts = urlsplit(href)
    if parts.scheme:
        return Link(href, name)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    anchor = unquote(parts.fragment)
    lands = file in documents and (not anchor or anchor in documents[file].labelled)
    if file in documents and not anchor:
        anchor = documents[file].title
    return Link(anchor or href, name, lands)


def described(tree: etree._Element) -> Iterator[str]:
    """Yield the alternative texts of pictures and formulas."""
    for element in tree.iter("{*}img", "{*}math", "{*}svg"):
        text = element.get("alt") or element.get("alttext") or element.get("aria-label") or ""
        if text and element.get("aria-hidden") != "true":
            yield text
