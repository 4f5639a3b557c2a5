"""SUMMARY.md -> the tree of files that it lists, for mdBook and for GitBook: parts, chapters, front and back matter.

Sources: mdBook's guide, "SUMMARY.md"; HonKit's documentation, "Pages and Summary".
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from compositor.dialects.numbers import Planned
from compositor.language import LANGUAGES
from compositor.model import Place, Role

NAMELESS = frozenset(language.contents.casefold() for language in LANGUAGES.values()) | frozenset(
    (
        *("summary", "table of contents", "toc", "index", "outline", "overview", "目錄", "目录", "概要", "总览"),
        *("sommaire", "résumé", "inhaltsverzeichnis", "übersicht", "zusammenfassung", "resumen", "sumario"),
        *("contenido", "contenidos", "tabla de contenido", "tabla de contenidos", "índice general", "índex", "resumo"),
        *("sommario", "indice dei contenuti", "inhoudsopgave", "overzicht", "samenvatting", "содержание", "обзор"),
        *("краткое содержание", "зміст", "змест", "съдържание", "садржај", "sadržaj", "kazalo", "obsah", "osnova"),
        *("spis rozdziałów", "streszczenie", "cuprins", "περιεχόμενα", "içindekiler", "özet", "mục lục", "daftar isi"),
        *("目次", "もくじ", "サマリー", "목차", "차례", "요약", "สารบัญ", "فهرست", "فهرست مطالب", "الفهرس", "فهرس"),
        *("innehåll", "innehållsförteckning", "indhold", "indholdsfortegnelse", "innhold", "innholdsfortegnelse"),
        *("sisällys", "sisällysluettelo", "tartalom", "tartalomjegyzék", "turinys", "sisukord", "विषय सूची", "תוכן"),
    )
)
"""Headings of such a file that are no title of a book, in lower case."""
AROUND = " :：.。-–—*#📖📚📕📗📘📙📑📋📃📜🗂"
"""Signs around such a heading."""
TEXTS = ("text", "code_inline", "text_special")

Found = Callable[[str], str]
"""Address -> the file that it leads to, as a path from the book's folder; empty if there is none."""


@dataclass(slots=True)
class Summary:
    """The content of such a file."""

    tree: tuple[Planned, ...] = ()
    title: str = ""
    """Its heading, if it is more than "Summary"."""
    drafts: list[tuple[str, Place]] = field(default_factory=list)
    """Titles without a file, and where they are."""
    missing: list[tuple[str, Place]] = field(default_factory=list)
    """Addresses that lead to no file of the folder."""


@dataclass(slots=True)
class _Lines:
    """The lines of a summary while they become a tree."""

    path: str
    found: Found
    summary: Summary = field(default_factory=Summary)
    rows: list[Planned] = field(default_factory=list)
    numbered: bool = False
    """Whether a list has been read: links before the first list come before the chapters."""
    seen: set[str] = field(default_factory=set)

    def row(self, tokens: Sequence[Token], roles: tuple[Role, Role]) -> list[Planned]:
        """Return the items of a list; those below them have the second role."""
        made: list[Planned] = []
        for item in _items(tokens):
            own = (token for token in item if token.type == "inline" and token.level <= item[0].level + 2)
            inline = next(own, None)
            below = [file for one in _lists(item) for file in self.row(one, (Role.SECTION, Role.SECTION))]
            one = next(self.links(inline), None) if inline is not None else None
            drafts = len(self.summary.drafts)
            file = self.planned(one, roles[0]) if one else None
            if file is None and below and inline is not None:
                del self.summary.drafts[drafts:]
                title = one[1] if one else _words(inline.children or ())
                file = Planned(roles[0], "", self.place(inline), title=title)
            made += [replace(file, children=tuple(below))] if file else below
        return made

    def links(self, inline: Token) -> Iterator[tuple[str, str, Place]]:
        """Yield the links of a line: address, words, place."""
        children = inline.children or []
        for at, token in enumerate(children):
            if token.type == "link_open":
                end = next(i for i in range(at, len(children)) if children[i].type == "link_close")
                below = sum(child.type == "softbreak" for child in children[:at])
                yield str(token.attrs.get("href", "")), _words(children[at:end]), self.place(inline, below)

    def place(self, token: Token, below: int = 0) -> Place:
        """Return the place of a line of the summary."""
        return Place(self.path, (token.map[0] if token.map else 0) + 1 + below)

    def planned(self, link: tuple[str, str, Place], role: Role) -> Planned | None:
        """Return the file that a link leads to; None for a draft, for the web, and for files already listed."""
        address, words, place = link
        parts = urlsplit(address)
        if not address.strip() or address == "#":
            self.summary.drafts.append((words, place))
            return None
        path = "" if parts.scheme or address.startswith("//") else self.found(unquote(parts.path))
        if not path:
            self.summary.missing.append((unquote(address), place))
            return None
        if parts.fragment and path in self.seen:
            return None
        self.seen.add(path)
        return Planned(role, path, place, title=words)


def read_summary(text: str, path: str, found: Found) -> Summary:
    """Return the tree of the files that the text lists, and its other content."""
    lines = _Lines(path, found)
    part: Planned | None = None
    for block in _blocks(MarkdownIt("commonmark").parse(text)):
        first = block[0].type
        if first == "heading_open":
            part = _headed(lines, part, block)
        elif first in ("bullet_list_open", "ordered_list_open"):
            lines.numbered = True
            row = lines.row(block, (Role.CHAPTER, Role.SECTION))
            lines.rows += [] if part else row
            part = replace(part, children=(*part.children, *row)) if part else None
        elif first == "paragraph_open":
            role = Role.BACK if lines.numbered else Role.FRONT
            bare = [file for link in lines.links(block[1]) if (file := lines.planned(link, role))]
            if bare:
                _closed(lines, part)
                part = None
            lines.rows += bare
    _closed(lines, part)
    lines.summary.tree = tuple(lines.rows)
    return lines.summary


def _headed(lines: _Lines, part: Planned | None, block: Sequence[Token]) -> Planned | None:
    """Take a heading as the title of the book's summary, or as a new part."""
    words = _words(block[1].children or ())
    if block[0].tag == "h1" and not lines.rows and part is None and not lines.summary.title:
        lines.summary.title = words
        return None
    _closed(lines, part)
    return Planned(Role.PART, "", lines.place(block[1]), title=words) if words else None


def _closed(lines: _Lines, part: Planned | None) -> None:
    """Close a part, if it has chapters."""
    lines.rows += [part] if part and part.children else []


def title_of(summary: Summary) -> str:
    """Return the heading of a summary if it is the title of a book."""
    return "" if names_no_book(summary.title) else summary.title


def names_no_book(heading: str) -> bool:
    """Return whether a heading only says that a table of contents follows."""
    return heading.strip(AROUND).casefold() in NAMELESS


def _blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the blocks at the top level, each with its content."""
    start = 0
    for at, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : at + 1]
            start = at + 1


def _items(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    yield from _inside(tokens, "list_item", tokens[0].level + 1)


def _lists(item: Sequence[Token]) -> Iterator[Sequence[Token]]:
    for kind in ("bullet_list", "ordered_list"):
        yield from _inside(item, kind, item[0].level + 1)


def _inside(tokens: Sequence[Token], kind: str, level: int) -> Iterator[Sequence[Token]]:
    start = 0
    for at, token in enumerate(tokens):
        if token.level == level and token.type == f"{kind}_open":
            start = at
        elif token.level == level and token.type == f"{kind}_close":
            yield tokens[start : at + 1]


def _words(tokens: Sequence[Token]) -> str:
    kept = (token for token in tokens if token.type in (*TEXTS, "softbreak"))
    return " ".join("".join(" " if token.type == "softbreak" else token.content for token in kept).split())


def nearest(address: str, above: str, names: Sequence[str]) -> str:
    """Return the Markdown file that a path means from a folder: itself, without ending, or the folder's first."""
    whole = posixpath.normpath(posixpath.join(above, address.lstrip("/") or "."))
    bare = whole.removesuffix(".html")
    others = (f"{bare}.md", f"{bare}/README.md", f"{bare}/index.md", f"{bare}.markdown", f"{bare}.mdx")
    choices = (whole, *others)
    folded = {name.casefold(): name for name in names}
    there = set(names)
    exact = next((one for one in choices if one in there and one.lower().endswith((".md", ".markdown", ".mdx"))), "")
    return exact or next((folded[one.casefold()] for one in choices[1:] if one.casefold() in folded), "")
