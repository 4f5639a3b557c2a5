"""A folder with a SUMMARY.md -> Manuscript: a book of GitBook or HonKit, with the values of `book.json`.

Sources: HonKit's documentation, "Configuration", "Pages and Summary", "Languages"; GitBook's, "Content configuration".
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from compositor.dialects import native
from compositor.dialects.guests import Guest, drafts_told, guest_files, missing_told, not_followed, read_guest, text_of
from compositor.dialects.loose_yaml import Loose
from compositor.dialects.numbers import Planned
from compositor.dialects.order import walk
from compositor.dialects.orders import order_of_a_tool
from compositor.dialects.orders.names import by_names, chapters_of
from compositor.dialects.orders.nodes import broken_yaml
from compositor.dialects.summary import nearest, read_summary, title_of
from compositor.dialects.syntax import EMOJI, GITBOOK, GUESTS, MDBOOK
from compositor.dialects.titles import heading_of
from compositor.errors import warning
from compositor.folder.data import json_of
from compositor.model import Finding, Manuscript, Place, Role

GITBOOK_FILE, BOOK_FILE, LANGUAGES, GLOSSARY = ".gitbook.yaml", "book.json", "LANGS.md", "GLOSSARY.md"
_LANGUAGE = re.compile(r"\[(?P<name>[^\]\n]*)\]\((?P<folder>[^()\s]+)\)")


def recognises(folder: Path) -> bool:
    """Return whether there is one of the files of these tools, in a folder without book.toml.

    If the summary is missing, the order of another tool has precedence.
    """
    if not folder.is_dir() or (folder / native.SETTINGS).exists():
        return False
    if _named(folder, LANGUAGES) or _summary(folder)[1]:
        return True
    return bool(_named(folder, GITBOOK_FILE)) and not order_of_a_tool(folder, guest_files(folder))


def read(folder: Path, language: str = "") -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """Return the manuscript, with a finding that says what was assumed; None if it cannot be put together."""
    told: list[Finding] = []
    inside, spoken = _language(folder, language, told)
    book, path = _summary(folder, inside)
    root, readme = posixpath.join(inside, book["root"]), book["readme"]
    names = guest_files(folder)
    summary = read_summary(text_of(folder, path), path, partial(nearest, above=posixpath.dirname(path), names=names))
    first = nearest(readme, posixpath.normpath(root), names)
    listed = summary.tree or by_names(chapters_of([name for name in names if name.startswith(_below(inside, root))]))
    tree = (*_introduced(listed, first), *_glossary(summary.tree, nearest(GLOSSARY, inside, names)))
    origin = next((name for name in (GITBOOK_FILE, BOOK_FILE) if _named(folder, name)), "")
    by = f"there is {origin}" if origin else "there is a SUMMARY.md"
    title = title_of(summary) or heading_of(text_of(folder, first))
    settings = {**_json(folder, BOOK_FILE), **(_json(folder, posixpath.join(inside, BOOK_FILE)) if inside else {})}
    guest = Guest(
        kind="a book of GitBook",
        why=f"{by}, and the order is that of {path or 'the names, because there is no summary'}",
        tree=tree,
        told=_said(settings, title, spoken),
        extensions=GUESTS | GITBOOK | {GITBOOK_FILE: EMOJI, BOOK_FILE: frozenset()}.get(origin, MDBOOK),
        sources="" if posixpath.normpath(root) == "." else posixpath.normpath(root),
        findings=(*told, *_broken(folder), *drafts_told(summary.drafts), *missing_told(summary.missing)),
        place=Place(path or origin),
        variables={"book": _variables({"language": spoken, **settings})},
    )
    return read_guest(folder, guest)


def _named(folder: Path, name: str) -> str:
    """Return a file with this name in any case; empty if there is none."""
    return next((path.name for path in folder.iterdir() if path.name.casefold() == name.casefold()), "")


def _introduced(tree: tuple[Planned, ...], first: str) -> tuple[Planned, ...]:
    """Put the readme before the chapters, without a number."""
    if tree and tree[0].path == first and not tree[0].children:
        return (replace(tree[0], role=Role.FRONT), *tree[1:])
    if not first or first in {file.path for file in walk(tree)}:
        return tree
    return (Planned(Role.FRONT, first, Place(first)), *tree)


def _below(inside: str, root: str) -> str:
    """Return the prefix of the paths of texts."""
    above = posixpath.normpath(posixpath.join(inside, root))
    return "" if above == "." else f"{above}/"


def _glossary(tree: tuple[Planned, ...], path: str) -> tuple[Planned, ...]:
    """Put the glossary after the chapters, where HonKit makes a page of it."""
    listed = {file.path for file in walk(tree)}
    return (Planned(Role.BACK, path, Place(path)),) if path and path not in listed else ()


def _language(folder: Path, wanted: str, told: list[Finding]) -> tuple[str, str]:
    """Return the folder and the language of the wanted book, if there is one for each language."""
    name = _named(folder, LANGUAGES)
    found = [(_folder(match["folder"]), match["name"]) for match in _LANGUAGE.finditer(text_of(folder, name))]
    found = [(inside, called) for inside, called in found if os.path.isdir(folder / inside)]
    if not found:
        return "", ""
    tags = [inside.rpartition("/")[2] for inside, _ in found]
    called = [tag.casefold() for tag in tags] + [name.casefold() for _, name in found]
    at = called.index(wanted.casefold()) % len(tags) if wanted.casefold() in called else 0
    if wanted.casefold() in called:
        return found[at][0], tags[at]
    message = f"the folder has a book in each of these languages: {', '.join(tags)}; this build makes {tags[at]}"
    message = f'{message}, because there is none in "{wanted}"' if wanted else message
    remedy = f"choose another with --language, such as --language {tags[at - 1] if len(tags) > 1 else tags[0]}"
    told.append(warning("M032", message, Place(name), remedy))
    return found[at][0], tags[at]


def _folder(address: str) -> str:
    """Return the folder of the book of a language; some name it by its first text."""
    return posixpath.dirname(address).strip("./") if address.lower().endswith(".md") else address.strip("./")


def _summary(folder: Path, inside: str = "") -> tuple[dict[str, str], str]:
    """Return where the texts are, the name of the first, and the path of the summary; empty if there is none."""
    book = {"root": ".", "readme": "README.md", "summary": "SUMMARY.md"}
    here = folder / inside
    old, new = _json(folder, posixpath.join(inside, BOOK_FILE)), _yaml(here)
    structure = old.get("structure") if isinstance(old.get("structure"), dict) else {}
    for told in (old, structure, new, new.get("structure")):
        if isinstance(told, dict):
            book |= {name: told[name].strip() for name in book if isinstance(told.get(name), str) and told[name]}
    root = posixpath.normpath(posixpath.join(inside, book["root"].strip("/") or "."))
    wanted = posixpath.normpath(posixpath.join(root, book["summary"]))
    above = folder / posixpath.dirname(wanted)
    if not wanted.startswith("..") and os.path.isdir(above):
        name = _named(above, posixpath.basename(wanted))
        found = posixpath.join(posixpath.dirname(wanted), name) if name else ""
        return book | {"root": posixpath.relpath(root, inside or ".")}, found
    return book, ""


def _json(folder: Path, path: str) -> Mapping[str, Any]:
    try:
        told = json_of(text_of(folder, path) or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _yaml(folder: Path) -> Mapping[str, Any]:
    try:
        told = yaml.load(text_of(folder, GITBOOK_FILE) or "{}", Loader=Loose)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _broken(folder: Path) -> Iterator[Finding]:
    """Yield findings about broken settings."""
    yield from broken_yaml(folder, (GITBOOK_FILE,))
    try:
        json.loads(text_of(folder, BOOK_FILE) or "{}")
    except (ValueError, RecursionError) as problem:
        place = Place(BOOK_FILE, getattr(problem, "lineno", None), getattr(problem, "colno", None))
        yield not_followed(BOOK_FILE, place, getattr(problem, "msg", "too deep"))


def _said(book: Mapping[str, Any], title: str, language: str) -> dict[str, object]:
    author = book.get("author") or book.get("authors") or []
    authors = author if isinstance(author, list) else [author]
    return {
        "title": str(book.get("title") or title),
        "authors": [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in authors],
        "language": str(book.get("language") or language or ""),
        "description": str(book.get("description") or ""),
    }


def _variables(book: Mapping[str, Any]) -> dict[str, object]:
    """Return the values of `{{ book.name }}`: the variables, and the book's own data."""
    names = ("title", "description", "author", "language")
    own = {name: str(book[name]) for name in names if isinstance(book.get(name), str)}
    variables = book.get("variables")
    return {**own, **(variables if isinstance(variables, dict) else {})}
