"""Finished files -> facts that can be compared: alternatives, links, outlines, labelled texts.

Both readers give the same type, unit by unit, so that a check needs not know from which file a fact comes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import pikepdf
from lxml import etree

from compositor.checks.finished.paper import pages_of
from compositor.checks.finished.runs import Run, loose
from compositor.checks.finished.screen import PICTURES as DRAWN
from compositor.checks.finished.screen import XHTML, package_of
from compositor.model import PageMap

OPS = "{http://www.idpf.org/2007/ops}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
PICTURES = {"/Figure", "/Formula"}
_Fact = TypeVar("_Fact")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a file has it."""

    target: str
    """An anchor, or a whole address on the web."""
    where: str
    """`page 12 of the PDF`, `EPUB/preface.xhtml`."""
    lands: bool = True
    mark: bool = False
    """Whether it is the number of an annotation in or below a listing."""

FAR = 9
"""Pages on which the panels of one figure may stand."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says beside its words; keys are those of units, and empty for what belongs to none."""

    file: str
    alternatives: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[Link, ...]]
    contents: tuple[tuple[str, str], ...]
    """Words and anchor of each line of the outline or the navigation document."""
    labelled: Mapping[str, str]
    """Anchor -> the letters that stand there: of its element, or of its page and the next."""
    others: tuple[Link, ...] = ()
    """Links that no author wrote: contents, outline, landmarks, NCX."""
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Anchor -> the letters of each of the pages behind its own."""


@lru_cache(maxsize=2)
def pdf_facts(data: bytes, pages: PageMap) -> Facts:
    """Facts of the PDF; its pages belong to units by the page map."""
    units = [page.unit for page in pages.pages]
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = dict(_destinations(pdf, numbers))
        links: dict[str, list[Link]] = {}
        for number, page in enumerate(pdf.pages, 1):
            key = units[number - 1] if number <= len(units) else ""
            links.setdefault(key, []).extend(_annotations(page, number, names, pages))
        alternatives: dict[str, list[str]] = {}
        for page_number, text in _alternatives(pdf, numbers):
            alternatives.setdefault(units[page_number - 1], []).append(text)
        contents = tuple(_outline(pdf, numbers, names))
    shown = [loose("".join(run.letters for run in runs if _is_text(run))) for runs in pages_of(data)]
    labelled = {name: "".join(shown[page - 1 : page + 1]) for name, page in names.items() if page}
    others = tuple(Link(anchor, "the outline of the PDF", bool(anchor)) for _, anchor in contents)
    behind = {name: tuple(shown[page : page + FAR]) for name, page in names.items() if page}
    return Facts("PDF", _tuples(alternatives), _tuples(links), contents, labelled, others, behind)


def _is_text(run: Run) -> bool:
    return not run.hidden and not run.furniture


def _tuples(lists: Mapping[str, Iterable[_Fact]]) -> dict[str, tuple[_Fact, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _destinations(pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[tuple[str, int]]:
    """Name of each destination, and its page; 0 where it leads to no page of the file."""
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        for name, value in pikepdf.NameTree(pdf.Root.Names.Dests).items():
            place = value.D if isinstance(value, pikepdf.Dictionary) else value
            yield str(name), numbers.get(place[0].objgen, 0)


def _annotations(page: pikepdf.Page, number: int, names: Mapping[str, int], pages: PageMap) -> Iterator[Link]:
    where = f"page {number} of the PDF"
    for annotation in page.obj.get("/Annots", []):
        if annotation.get("/Subtype") != "/Link":
            continue
        action = annotation.get("/A", pikepdf.Dictionary())
        if "/URI" in action:
            yield Link(str(action.URI), where)
            continue
        target = str(annotation.get("/Dest", action.get("/D", "")))
        expected = pages.page(target)
        lands = bool(names.get(target)) and (expected is None or names[target] == expected)
        yield Link(target, where, lands)


def _alternatives(pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[tuple[int, str]]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") in PICTURES and "/Alt" in item:
            page = numbers.get(item.Pg.objgen) if "/Pg" in item else None
            if page and str(item.Alt):
                yield page, str(item.Alt)


def _outline(
    pdf: pikepdf.Pdf, numbers: Mapping[tuple[int, int], int], names: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """Words of each bookmark, and `page N`, or nothing where it leads nowhere."""

    def walk(items: Iterable[pikepdf.OutlineItem]) -> Iterator[tuple[str, str]]:
        for item in items:
            goal = item.destination if item.destination is not None else item.action.D if item.action else None
            page = numbers.get(goal[0].objgen, 0) if isinstance(goal, pikepdf.Array) else names.get(str(goal), 0)
            yield str(item.title), f"page {page}" if page else ""
            yield from walk(item.children)

    with pdf.open_outline() as outline:
        yield from walk(outline.root)


@lru_cache(maxsize=2)
def epub_facts(data: bytes) -> Facts:
    """Facts of the EPUB; the key of a unit is the name of its document."""
    package = package_of(data)
    ids = {
        name: {str(e.get("id")): e for e in tree.iter("{*}*") if e.get("id")}
        for name, tree in package.documents.items()
    }
    links: dict[str, tuple[Link, ...]] = {}
    others: list[Link] = []
    alternatives: dict[str, tuple[str, ...]] = {}
    for name, tree in package.documents.items():
        key = posixpath.basename(name).removesuffix(".xhtml")
        links[key] = tuple(_hrefs(name, tree, ids))
        alternatives[key] = tuple(described(tree))
    for name, content in package.files.items():
        if name.endswith(".ncx"):
            for element in etree.fromstring(content).iter(f"{NCX}content"):
                others.append(_link(name, str(element.get("src")), ids))
    nav = next((n for n, tree in package.documents.items() if tree.find(f".//{XHTML}nav") is not None), "")
    contents = tuple(_navigation(package.documents[nav], nav, ids)) if nav else ()
    labelled = {
        anchor: loose("".join(letters_of(element)))
        for found in ids.values()
        for anchor, element in found.items()
    }
    return Facts("EPUB", alternatives, links, contents, labelled, tuple(others))


def letters_of(element: etree._Element) -> Iterator[str]:
    """The text of an element without that of its formulas and pictures."""
    if element.tag not in DRAWN:
        yield element.text or ""
        for child in element:
            yield from letters_of(child)
            yield child.tail or ""


_Ids = Mapping[str, Mapping[str, etree._Element]]


def _hrefs(name: str, tree: etree._Element, ids: _Ids) -> Iterator[Link]:
    for element in tree.iter(f"{XHTML}a"):
        if element.get("href") is not None:
            link = _link(name, str(element.get("href")), ids)
            yield replace(link, mark=element.get("class") == "annotation")


def _link(name: str, href: str, ids: _Ids) -> Link:
    """A link out of a document; the target of one to a whole document is the id of its first heading."""
    parts = urlsplit(href)
    if parts.scheme:
        return Link(href, name)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    anchor = unquote(parts.fragment)
    lands = file in ids and (not anchor or anchor in ids[file])
    if file in ids and not anchor:
        anchor = next((i for i, e in ids[file].items() if e.tag == f"{XHTML}h1"), "")
    return Link(anchor or href, name, lands)


def described(tree: etree._Element) -> Iterator[str]:
    """The texts that stand for pictures and formulas."""
    for element in tree.iter("{*}img", "{*}math", "{*}svg"):
        text = element.get("alt") or element.get("alttext") or element.get("aria-label") or ""
        if text and element.get("aria-hidden") != "true":
            yield text


def _navigation(tree: etree._Element, name: str, ids: _Ids) -> Iterator[tuple[str, str]]:
    nav = next((nav for nav in tree.iter(f"{XHTML}nav") if nav.get(f"{OPS}type") == "toc"), None)
    if nav is not None:
        for element in nav.iter(f"{XHTML}a"):
            link = _link(name, str(element.get("href")), ids)
            yield " ".join("".join(map(str, element.itertext())).split()), link.target if link.lands else ""
