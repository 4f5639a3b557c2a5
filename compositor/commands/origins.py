"""Which tool a folder was written for: printed by `doctor BOOK`, chosen by `--language`, converted by `init --from`."""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import click

from compositor.errors import BookError, one_line
from compositor.fence import Worker
from compositor.machine.items import ABSENT, FINE, MISSING, NOTED, Item
from compositor.machine.steps import step
from compositor.model import Entry, Manuscript, Role
from compositor.skeleton import DIRECTIVE, SCHEMA

SETTINGS, BOOK = "book.toml", "book"
"""The settings of a book, and its folder in one that `init` has made."""
OF_OTHERS = ("mkdocs.yml", "_quarto.yml", "_bookdown.yml", "myst.yml", "_toc.yml", "LANGS.md", ".gitbook.yaml")
"""Files that make a folder a book, whatever else is in it."""
FIDELITY = "fidelity.json"
"""Files in a folder into which `init --from` has written a book of another tool."""
MADE = (FIDELITY, ".pdf", ".epub", ".zip")
WRITTEN = ("format", "title", "authors", "language", "slug", "description")
"""Keys for which `init --from` writes the values of the book."""
NATIVE = "a Compositor book: book.toml has format = 1"


def book_here() -> Path:
    """Return the book if none is named: `book`, or the current folder if that is a book."""
    here = Path()
    is_here = _says_that_it_is_a_book(here) or (not Path(BOOK).is_dir() and any(here.glob("*.md")))
    return here if is_here else Path(BOOK)


def the_book_in(folder: Path) -> Path:
    """Return the folder itself, or the book in it if `init` has put one there; the reader decides what either is."""
    inside = folder / BOOK
    return inside if not _says_that_it_is_a_book(folder) and (inside / SETTINGS).is_file() else folder


def _says_that_it_is_a_book(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in (SETTINGS, *OF_OTHERS))


def recognised(book: Path, worker: Worker) -> tuple[Item, ...]:
    """Return what a folder is read as and why, the book's title, and commands to build it, all safe for a terminal."""
    with step("reading it", SETTINGS):
        return tuple(_shown(one) for one in _recognised(book))


def _shown(one: Item) -> Item:
    return one._replace(detail=one_line(one.detail), remedy=one_line(one.remedy))


def _recognised(book: Path) -> Iterator[Item]:
    from compositor import dialects

    manuscript, findings = dialects.read(book)
    if manuscript is None:
        first = next((one for one in findings if one.severity == "error"), None)
        said = f"{first.place}: {first.message}" if first else "not a book"
        yield Item("book", MISSING, said, "; ".join(first.helps) if first else "")
        return
    told = manuscript.metadata
    yield Item("book", FINE, f"read as {manuscript.origin or NATIVE}")
    yield Item("title", FINE, told.title)
    yield Item("authors", FINE, ", ".join(told.authors) or "none")
    yield Item("language", FINE, told.language)
    files = [entry.source.path for entry in _flat(manuscript.entries)]
    yield Item("texts", FINE, f"{len(files)}, from {files[0]} to {files[-1]}")
    for one in findings:
        if one.code != "M018":
            yield Item(one.code, NOTED, one.message)
    yield from _letters(manuscript)


def _letters(manuscript: Manuscript) -> Iterator[Item]:
    """Yield letters of the sources that need a font of the book, and the files that contain them."""
    from compositor.checks.sources.letters import fonts_wanted
    from compositor.theme import load_theme

    try:
        theme = load_theme(manuscript.folder, manuscript.theme, manuscript.fonts)
    except BookError:  # a build reports what is wrong with it
        return
    told = manuscript.metadata
    text = "".join((told.title, told.subtitle, *told.authors, *(one.source.text for one in _flat(manuscript.entries))))
    for said, fonts in fonts_wanted(theme, manuscript.style, text):
        yield Item("letters", ABSENT, said, fonts)


def _flat(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if "#" not in entry.source.path:
            yield entry
        yield from _flat(entry.children)


def start_from(book: Path, folder: Path, worker: Worker) -> tuple[str, ...]:
    """Write a native book.toml into a new folder, and copies of the book's files next to it. Returns the names.

    Nothing is written into the folder of the other tool. Raises BookError.
    """
    from compositor import dialects

    manuscript, findings = dialects.read(book)
    if manuscript is None:
        raise BookError(findings)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_started(book, folder, manuscript))


def may_start(book: Path, folder: Path) -> None:
    """Raise BadParameter for a folder that is not empty, or that is inside the book to be copied."""
    inside = folder.resolve().is_relative_to(book.resolve())
    if inside or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise click.BadParameter(f"{folder} is in the book, or not empty; name a new folder", param_hint="FOLDER")


def _started(book: Path, folder: Path, manuscript: Manuscript) -> Iterator[str]:
    from compositor.commands.schemas import schema_text

    for path in _files(manuscript):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(book / path, target)
        yield str(target)
    for name, text in ((SETTINGS, _settings(manuscript)), (SCHEMA, f"{schema_text('book')}\n")):
        (folder / name).write_text(text, encoding="utf-8")
        yield str(folder / name)


def _files(manuscript: Manuscript) -> Iterator[str]:
    """Yield all files of the book's folder except settings of other tools and generated files."""
    from compositor.dialects.guests import guest_files

    names = guest_files(manuscript.folder)
    made = {posixpath.dirname(name) for name in names if posixpath.basename(name) == FIDELITY}
    below = f"{manuscript.sources}/" if manuscript.sources else ""
    for name in names:
        file = manuscript.folder / name
        is_made = posixpath.dirname(name) in made and name.endswith(MADE)
        wanted = name.startswith(below) and not is_made and file.suffix not in (".toml", ".yml", ".yaml")
        if wanted and file.is_file() and not file.is_symlink() and not posixpath.basename(name).startswith("."):
            yield name


def _settings(manuscript: Manuscript) -> str:
    """Return the book.toml: what the folder was read as, its order, and what compositor.toml adds."""
    return "\n".join([*_taken_for(manuscript), *_besides(manuscript), ""])


def _besides(manuscript: Manuscript) -> Iterator[str]:
    """Yield the tables of compositor.toml; its other keys are written above them."""
    if manuscript.origin:
        for name, table in tomllib.loads(manuscript.settings.text).items():
            if isinstance(table, dict) and name != "order":
                yield from ("", f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in table.items()))


def _value(value: object) -> str:
    """Return a value as TOML, in one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {_value(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int | float) else str(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _keys(manuscript: Manuscript) -> Iterator[str]:
    """Yield the keys of compositor.toml that are in no table and are not written anyway."""
    if manuscript.origin:
        for name, value in tomllib.loads(manuscript.settings.text).items():
            if not isinstance(value, dict) and name not in WRITTEN:
                yield f"{_key(name)} = {_value(value)}"


def _taken_for(manuscript: Manuscript) -> list[str]:
    told = manuscript.metadata
    lines = [DIRECTIVE, "format = 1", f"title = {_quoted(told.title)}"]
    lines += [f"authors = [{', '.join(map(_quoted, told.authors))}]"] if told.authors else []
    lines += [f"language = {_quoted(told.language)}", f"slug = {_quoted(told.slug)}"]
    lines += [f"description = {_quoted(told.description)}"] if told.description else []
    lines += _keys(manuscript)
    roles = {Role.FRONT: "front", Role.APPENDIX: "appendices", Role.BACK: "back"}
    entries = manuscript.entries
    order = ["", "[order]"]
    for role, key in roles.items():
        rows = [_row(entry) for entry in entries if entry.role is role]
        order += [f"{key} = [{', '.join(rows)}]"] if rows else []
    body = [one for entry in entries if entry.role not in roles for one in _with_files(entry)]
    if all(entry.role is not Role.PART for entry in body):
        return [*lines, *order, _chapters(body)]
    for is_part, group in groupby(body, lambda entry: entry.role is Role.PART):
        run = list(group)
        for part in run if is_part else []:
            named = f"file = {_quoted(part.source.path)}"
            title = named if "#" not in part.source.path else f"title = {_quoted(_title(part))}"
            order += ["", "[[order.parts]]", title, _chapters(part.children)]
        if not is_part:
            title = told.title if run[0] is body[0] else run[0].source.title or run[0].source.key.capitalize()
            order += ["", "[[order.parts]]", f"title = {_quoted(title)}", _chapters(run)]
    return [*lines, *order]


def _with_files(entry: Entry) -> Iterator[Entry]:
    """Yield the entry, or its children if it has no file and is not a part."""
    if entry.role is Role.PART or "#" not in entry.source.path:
        yield replace(entry, children=tuple(one for child in entry.children for one in _with_files(child)))
    else:
        yield from (one for child in entry.children for one in _with_files(child))


def _chapters(entries: Sequence[Entry]) -> str:
    return "\n".join(["chapters = [", *(f"  {_row(entry)}," for entry in entries if "#" not in entry.source.path), "]"])


def _row(entry: Entry) -> str:
    """Return a file, with all files below it as its sections."""
    below = ", ".join(_quoted(one.source.path) for one in _flat(entry.children))
    file = _quoted(entry.source.path)
    return f"{{ file = {file}, sections = [{below}] }}" if below and entry.role is not Role.FRONT else file


def _title(part: Entry) -> str:
    return part.source.text.strip().removeprefix("# ").replace("\\", "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
