"""A folder of Markdown without book.toml -> Manuscript: in the order of some file, else that of names."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from compositor.dialects import native
from compositor.dialects.guests import OTHERS, Guest, guest_files, missing_told, read_guest, some, text_of
from compositor.dialects.numbers import Planned
from compositor.dialects.order import walk
from compositor.dialects.orders import Written, broken_orders, written_order
from compositor.dialects.orders.names import by_names, chapters_of
from compositor.dialects.orders.nodes import OPENING, as_table, load_yaml, readme_of, tree_of
from compositor.dialects.orders.quarto import said_of
from compositor.dialects.orders.translations import in_one_language
from compositor.dialects.summary import names_no_book
from compositor.dialects.syntax import GUESTS, OBSIDIAN, PANDOC, PLAIN, QUARTO
from compositor.dialects.titles import heading_of, matter_of, without_code
from compositor.folder.paths import list_files
from compositor.model import Finding, Manuscript, Place

METADATA = ("metadata.yaml", "metadata.yml", "title.txt")
"""Usual names of the file of metadata for Pandoc."""
LONG = 1000
"""Words outside of links and code from which on a README is a text of the book and not only about it."""
_NO_PROSE = re.compile(r"<[^<>]*>|!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()]*\)")
OWN = f'to change that, write {native.SETTINGS} there: format = 1, title = "…", authors = ["…"]'
"""The remedy if no other tool has an order, so that adding our book.toml loses nothing."""


def recognises(folder: Path) -> bool:
    """Return whether there are chapters, and no file that was meant for a book.toml."""
    if not folder.is_dir() or native.recognises(folder):
        return False
    names = list_files(folder)
    has_texts = bool(chapters_of(names)) or written_order(folder, guest_files(folder)) is not None
    return has_texts and not difflib.get_close_matches(native.SETTINGS, names, 1, 0.7)


def read(folder: Path, language: str = "") -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """Return the manuscript, with a finding that says what was assumed; None if it cannot be put together."""
    files = guest_files(folder)
    names, translated = in_one_language(files, language)
    left_out = frozenset(files).difference(names)
    written = written_order(folder, names)
    chapters = [] if written else chapters_of([name for name in list_files(folder) if name not in left_out])
    tree = _with_readme(folder, tree_of(written) if written else by_names(chapters), readme_of(names), written)
    told = dict(written.told) if written else {}
    first = next((file.path for file in tree if file.path), "")
    readme = readme_of(files)
    title, where = _title(folder, told, chapters, readme)
    missing = [(name, Place(written.file)) for name in written.missing] if written else []
    guest = Guest(
        kind=written.tool if written else "a folder of texts",
        why=_why(written, chapters, title, where) + _outside(readme, written, tree),
        tree=tree,
        told={**_said(folder, first), **{name: value for name, value in told.items() if value}, "title": title},
        extensions=GUESTS | PLAIN | (written.extensions if written else _extensions(folder)),
        sources=written.sources if written else "",
        findings=(*broken_orders(folder), *missing_told(missing), *([translated] if translated else ())),
        whole=written.whole if written else False,
        place=Place(written.file if written else first),
        remedy=OTHERS if written else OWN,
        files=files_by_name(names),
        told_of=left_out,
    )
    return read_guest(folder, guest)


def _with_readme(
    folder: Path, tree: tuple[Planned, ...], readme: str, written: Written | None
) -> tuple[Planned, ...]:
    """Return the tree with the README before all others if it is long, unless a tool has written the order."""
    listed = any(file.path == readme for file in walk(tree))
    if not readme or listed or (written is not None and written.file != readme):
        return tree
    words = len(_NO_PROSE.sub(" ", without_code(text_of(folder, readme))).split())
    return (*by_names([readme]), *tree) if words > LONG else tree


def files_by_name(paths: Iterable[str]) -> dict[str, str]:
    """Return names of files -> their paths: with folders or without, for a text also without its ending."""
    found: dict[str, str] = {}
    for path in sorted(paths, key=lambda one: (one.count("/"), one)):
        stem, ending = posixpath.splitext(path)
        named = stem if ending.lower() in (".md", ".markdown") else path
        parts = named.casefold().split("/")
        for start in range(len(parts)):
            found.setdefault("/".join(parts[start:]), path)
    return found


def _extensions(folder: Path) -> frozenset[str]:
    """Return the extensions of texts without a written order: Pandoc's lists or Obsidian's remarks, if it was used."""
    vault = OBSIDIAN if (folder / ".obsidian").is_dir() else frozenset[str]()
    return (QUARTO if _metadata(folder) else PANDOC) | vault


def _why(written: Written | None, chapters: Sequence[str], title: str, where: str) -> str:
    if written:
        return f"the order is that of {written.file}"
    order = f"the order is that of the names: {some(chapters)}"
    return f'there is no book.toml; the title "{title}" is {where}, and {order}'


def _outside(readme: str, written: Written | None, tree: Sequence[Planned]) -> str:
    """Return a finding about a README at the top that is not a chapter, if no other file has the order."""
    outside = bool(readme) and (written is None or written.file == readme) and all(file.path != readme for file in tree)
    return f"; {readme} itself is not printed" if outside else ""


def _said(folder: Path, first: str) -> dict[str, object]:
    """Return the data about the whole book in the front matter of the opening text, or in a metadata file."""
    opens = posixpath.splitext(posixpath.basename(first))[0].casefold() in OPENING
    matter = {**_metadata(folder), **(matter_of(text_of(folder, first)) if opens else {})}
    told = said_of(matter) | {"language": str(matter.get("lang") or "")}
    kept = ("authors", "subtitle", "description", "language")
    return {name: told[name] for name in kept if told[name]} | {"drafts": False}


def _metadata(folder: Path) -> Mapping[str, Any]:
    """Return the data about a book in a file that Pandoc is given next to the texts."""
    return as_table(load_yaml(folder, *METADATA)[1])


def _title(folder: Path, told: dict[str, object], chapters: Sequence[str], readme: str) -> tuple[str, str]:
    """Return the title of the book, and where it was found."""
    if told.get("title"):
        return str(told["title"]), "said there"
    alone = heading_of(text_of(folder, chapters[0])) if len(chapters) == 1 else ""
    if alone and not names_no_book(alone):
        return alone, "its heading"
    if named := str(_metadata(folder).get("title") or "").strip():
        return named, "from its metadata"
    heading = heading_of(text_of(folder, readme))
    if heading and not names_no_book(heading):
        return heading, "the heading of the README"
    return folder.resolve().name or "Book", "the name of the folder"
