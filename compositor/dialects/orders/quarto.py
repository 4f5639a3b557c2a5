"""`_quarto.yml` and `_bookdown.yml` -> the order of their chapters, and the data of the book.

Sources: https://quarto.org/docs/books/book-structure.html, https://bookdown.org/yihui/bookdown/configuration.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from compositor.dialects.guests import text_of
from compositor.dialects.order import in_natural_order
from compositor.dialects.orders.nodes import README, Node, Written, as_list, as_table, load_yaml, text_named
from compositor.dialects.syntax import QUARTO
from compositor.dialects.titles import heading_of, matter_of, without_code
from compositor.model import Role

_PART = re.compile(r"\((?P<kind>PART|APPENDIX)\\?\*?\)\s*(?P<title>.*?)\s*\Z")
_TITLE = re.compile(r"^#[ \t]+\S", re.MULTILINE)


def read(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of a book of Quarto; None if there is none."""
    file, told = load_yaml(folder, "_quarto.yml", "_quarto.yaml")
    book = as_table(as_table(told).get("book"))
    missing: list[str] = []
    nodes = [*_nodes(as_list(book.get("chapters")), names, missing)]
    appendices = [replace(node, role=Role.APPENDIX) for node in _nodes(as_list(book.get("appendices")), names, missing)]
    if not nodes:
        return None
    language = str(as_table(told).get("lang") or "")
    works = works_of(as_table(told).get("bibliography") or book.get("bibliography"), names)
    said = {**said_of(book), "language": language, **works}
    return Written(file, (*nodes, *appendices), said, "", "a book of Quarto", True, tuple(missing), QUARTO)


def _nodes(listed: Sequence[Any], names: Sequence[str], missing: list[str]) -> Iterator[Node]:
    for one in listed:
        table = as_table(one)
        named = one if isinstance(one, str) else table.get("part") or table.get("file") or table.get("href")
        address = str(named or "")
        children = tuple(_nodes(as_list(table.get("chapters") or table.get("contents")), names, missing))
        path = text_named(address, "", names)
        if path or children:
            title = str(table.get("text") or ("" if path else address))
            yield Node(title, path, children, Role.PART if children and table.get("part") else None)
        elif address and "://" not in address:
            missing.append(address)


def said_of(table: dict[str, Any] | Any) -> dict[str, object]:
    """Return title, subtitle, authors and description, as in Pandoc's metadata."""
    author = table.get("author") or []
    authors = author if isinstance(author, list) else [author]
    found: dict[str, object] = {
        name: str(table.get(name) or "") for name in ("title", "subtitle", "description")
    }
    found["authors"] = [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in authors]
    return found


def works_of(said: object, names: Sequence[str]) -> dict[str, object]:
    """Return the named bibliographies that exist."""
    listed = said if isinstance(said, list) else [said]
    there = [str(one) for one in listed if isinstance(one, str) and one in names]
    return {"bibliography": there} if there else {}


def read_bookdown(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of a book of bookdown; None if there is none."""
    file, loaded = load_yaml(folder, "_bookdown.yml", "_bookdown.yaml")
    told = as_table(loaded)
    if not told:
        return None
    listed = told.get("rmd_files") or []
    by_format = as_table(listed)
    files = as_list(by_format.get("html") or by_format.get("epub") or next(iter(by_format.values()), listed))
    missing = [str(one) for one in files if not text_named(str(one), "", names)]
    paths = [path for one in files if (path := text_named(str(one), "", names))]
    if not paths:
        texts = [name for name in in_natural_order(names) if name.lower().endswith((".rmd", ".md")) and "/" not in name]
        texts = [name for name in texts if not name.startswith("_") and name.casefold() != README]
        paths = sorted(texts, key=lambda name: not name.casefold().startswith("index."))
    first = matter_of(text_of(folder, paths[0])) if paths else {}
    said = {**said_of(first), "title": str(first.get("title") or told.get("book_filename") or "")}
    said |= works_of(first.get("bibliography"), names)
    nodes = tuple(_in_parts(folder, paths))
    return Written(file, nodes, said, "", "a book of bookdown", True, tuple(missing), QUARTO)


def _in_parts(folder: Path, paths: Sequence[str]) -> Iterator[Node]:
    """Yield the texts, in parts and as appendices, as the first titles of some of them say."""
    role: Role | None = None
    title, inside = "", list[Node]()
    for path in paths:
        text = text_of(folder, path)
        begins = _PART.match(heading_of(text))
        if begins is not None:
            yield from [Node(title, "", tuple(inside), Role.PART)] if inside else []
            role = Role.APPENDIX if begins["kind"] == "APPENDIX" else None
            title, inside = "" if role else begins["title"], []
        node = Node("", path, (), role)
        if begins is not None and len(_TITLE.findall(without_code(text))) < 2:
            continue
        if title:
            inside.append(node)
        else:
            yield node
    yield from [Node(title, "", tuple(inside), Role.PART)] if inside else []
