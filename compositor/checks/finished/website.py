"""A site, as the zip of its files or as one page -> what the checks of finished files read: texts, facts, files.

The pages are well-formed XML, and are read as such. Text outside `main` is Compositor's and no text of the book; text
inside is that of the source file whose key it names.
"""

from __future__ import annotations

import base64
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from lxml import etree

from compositor.checks.finished.facts import Facts, Link, described, letters_of
from compositor.checks.finished.runs import Run, loose
from compositor.checks.finished.screen import XHTML, hidden_elements, rules_of, runs_below

UNIT, ENDING, PERMALINK = "data-unit", ".html", "permalink"
START, WHOLE = "index.html", "whole.html"
"""The first page, and the name of a site of one page."""
DATA, ENDINGS = "data:", {"image/svg+xml": ".svg", "text/css": ".css"}


@dataclass(frozen=True, slots=True)
class Site:
    """An opened site: its files, its pages as trees, and the element of each unit with the name of its page."""

    files: Mapping[str, bytes]
    pages: Mapping[str, etree._Element]
    units: Mapping[str, tuple[str, etree._Element]]


@lru_cache(maxsize=2)
def site_of(data: bytes) -> Site:
    """Return the site, from its zip or from its one page."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    else:
        files = {WHOLE: data}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    pages = {name: etree.fromstring(files[name], parser) for name in files if name.endswith(ENDING)}
    if WHOLE in files:
        files = {**files, **dict(_inside(pages[WHOLE]))}
    texts = ((name, one) for name, page in pages.items() for one in page.iter("{*}*") if one.get(UNIT))
    return Site(files, pages, {str(one.get(UNIT)): (name, one) for name, one in texts})


def _inside(page: etree._Element) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are embedded in the page, by their addresses."""
    for element in page.iter(f"{XHTML}link", f"{XHTML}img", "{*}image"):
        for name in ("href", "src"):
            address = str(element.get(name, ""))
            if address.startswith(DATA):
                yield _called(address), _decoded(address)


def _called(address: str) -> str:
    """Return a name for a file that has none, with the ending of its type."""
    kind = address.removeprefix(DATA).partition(";")[0].partition(",")[0]
    return f"{sha256(address.encode()).hexdigest()}{ENDINGS.get(kind, '')}"


def _decoded(address: str) -> bytes:
    head, _, body = address.partition(",")
    return base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)


@lru_cache(maxsize=2)
def site_runs(data: bytes) -> Mapping[str, tuple[Run, ...]]:
    """Return key of each unit -> the text nodes of its element in page order, and which are hidden."""
    site = site_of(data)
    written = {name: content.decode("utf-8-sig") for name, content in site.files.items() if name.endswith(".css")}
    sheets = {name: rules_of(sheet) for name, sheet in written.items()}
    found: dict[str, tuple[Run, ...]] = {}
    for name, page in site.pages.items():
        rules = [rule for link in page.iter(f"{XHTML}link") for rule in sheets.get(_sheet(name, link), ())]
        mine = {key: element for key, (where, element) in site.units.items() if where == name}
        hidden = hidden_elements(page, site.files[name].decode(), rules) if mine else {}
        found |= {key: tuple(runs_below(element, hidden)) for key, element in mine.items()}
    return found


def _sheet(page: str, link: etree._Element) -> str:
    address = str(link.get("href", ""))
    return _called(address) if address.startswith(DATA) else posixpath.normpath(unquote(address))


@lru_cache(maxsize=2)
def site_facts(data: bytes) -> Facts:
    """Return the facts of the site; what is beside the text belongs to no unit."""
    site = site_of(data)
    ids = {name: {str(e.get("id")): e for e in page.iter("{*}*") if e.get("id")} for name, page in site.pages.items()}
    links: dict[str, tuple[Link, ...]] = {}
    alternatives: dict[str, tuple[str, ...]] = {}
    told = set()
    for key, (name, element) in site.units.items():
        mine = [one for one in element.iter(f"{XHTML}a") if one.get("href") is not None]
        told.update(mine)
        links[key] = tuple(_link(site, name, one, ids) for one in mine if one.get("class") != PERMALINK)
        alternatives[key] = tuple(described(element))
    rest = [(name, one) for name, page in site.pages.items() for one in page.iter(f"{XHTML}a") if one.get("href")]
    others = tuple(_link(site, name, one, ids) for name, one in rest if one not in told)
    labelled = {anchor: loose("".join(letters_of(one))) for found in ids.values() for anchor, one in found.items()}
    return Facts("site", alternatives, links, tuple(_contents(site, ids)), labelled, others)


_Ids = Mapping[str, Mapping[str, etree._Element]]


def _link(site: Site, name: str, element: etree._Element, ids: _Ids) -> Link:
    """Return a link out of a page; the target of a link to a whole page is the id of its first heading."""
    href = str(element.get("href"))
    parts = urlsplit(href)
    if parts.scheme:
        return Link(href, name)
    file = posixpath.normpath(unquote(parts.path)) if parts.path else name
    anchor = unquote(parts.fragment)
    lands = file in site.files and (not anchor or anchor in ids.get(file, {}))
    if file in ids and not anchor:
        anchor = next((i for i, e in ids[file].items() if e.tag == f"{XHTML}h1"), "")
    return replace(Link(anchor or href, name, lands), mark=element.get("class") == "annotation")


def _contents(site: Site, ids: _Ids) -> Iterator[tuple[str, str]]:
    """Yield the lines of the contents on the first page, or on the only one."""
    name = START if START in site.pages else WHOLE
    navs = [one for one in site.pages[name].iter(f"{XHTML}nav") if one.get("role") == "doc-toc"]
    for element in navs[-1].iter(f"{XHTML}a") if navs else ():
        link = _link(site, name, element, ids)
        yield " ".join("".join(map(str, element.itertext())).split()), link.target if link.lands else ""


def front_of(data: bytes) -> str:
    """Return the letters on the first page, or on the only one, that Compositor adds."""
    site = site_of(data)
    page = site.pages.get(START, site.pages.get(WHOLE))
    return loose("".join(map(str, next(page.iter(f"{XHTML}main")).itertext()))) if page is not None else ""
