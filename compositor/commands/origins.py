"""What a folder was written for: said by `doctor BOOK`, chosen by `--language`, left by `init --from`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from compositor.errors import BookError, one_line
from compositor.fence import Worker
from compositor.machine.items import ABSENT, FINE, MISSING, Item
from compositor.machine.steps import step
from compositor.model import Entry, Manuscript, Role
from compositor.skeleton import DIRECTIVE, SCHEMA

OF_OTHERS = ("mkdocs.yml", "_quarto.yml", "_bookdown.yml", "myst.yml", "_toc.yml", "LANGS.md", ".gitbook.yaml")
"""Files by which a folder is a book, whatever lies beside them."""
NATIVE = "a book of this press: book.toml has format = 1"


def book_here() -> Path:
    """The book that is meant where none is named: `book`, or the folder one stands in when that is one."""
    here = Path()
    named = any((here / name).exists() for name in ("book.toml", *OF_OTHERS))
    if named or (not Path("book").is_dir() and any(here.glob("*.md"))):
        return here
    return Path("book")


def recognised(book: Path, worker: Worker) -> tuple[Item, ...]:
    """What a folder is read as and why, what the book is called, and what makes it; nothing in it steers a terminal."""
    with step("reading it", "book.toml"):
        return tuple(_shown(one) for one in _recognised(book))


def _shown(one: Item) -> Item:
    return one._replace(detail=one_line(one.detail), remedy=one_line(one.remedy))


def _recognised(book: Path) -> Iterator[Item]:
    from compositor import dialects

    manuscript, findings = dialects.read(book)
    if manuscript is None:
        first = next((one for one in findings if one.severity == "error"), None)
        said = f"{first.place}: {first.message}" if first else "nothing that is a book"
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
            yield Item(one.code, FINE, one.message)
    yield from _letters(manuscript)


def _letters(manuscript: Manuscript) -> Iterator[Item]:
    """Letters of the sources for which a font has to be named, and the files that have them."""
    from compositor.checks.sources.letters import fonts_wanted
    from compositor.theme import load_theme

    try:
        theme = load_theme(manuscript.folder, manuscript.theme, manuscript.fonts)
    except BookError:  # a build says what is wrong with it
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
    """Write a native book.toml into a new folder, and beside it copies of what the book is made of; gives the names.

    Nothing is written beside the files of the other tool. Raises BookError.
    """
    from compositor import dialects

    manuscript, findings = dialects.read(book)
    if manuscript is None:
        raise BookError(findings)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_started(book, folder, manuscript))


def may_start(book: Path, folder: Path) -> None:
    """Raise BadParameter for a folder that is in use, or a part of the book that it is to be made from."""
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
    for name, text in (("book.toml", _settings(manuscript)), (SCHEMA, f"{schema_text('book')}\n")):
        (folder / name).write_text(text, encoding="utf-8")
        yield str(folder / name)


def _files(manuscript: Manuscript) -> Iterator[str]:
    """Everything in the folder of the texts; settings of other tools are not part of a book of this press."""
    root = manuscript.folder / manuscript.sources
    for path in sorted(root.rglob("*")):
        name = path.relative_to(manuscript.folder).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if path.is_file() and not path.is_symlink() and not hidden and path.suffix not in (".toml", ".yml", ".yaml"):
            yield name


def _settings(manuscript: Manuscript) -> str:
    """The book.toml: what the press has taken the book for, and its order."""
    told = manuscript.metadata
    lines = [DIRECTIVE, "format = 1", f"title = {_quoted(told.title)}"]
    lines += [f"authors = [{', '.join(map(_quoted, told.authors))}]"] if told.authors else []
    lines += [f"language = {_quoted(told.language)}", f"slug = {_quoted(told.slug)}"]
    lines += [f"description = {_quoted(told.description)}"] if told.description else []
    roles = {Role.FRONT: "front", Role.APPENDIX: "appendices", Role.BACK: "back"}
    entries = manuscript.entries
    order = ["", "[order]"]
    for role, key in roles.items():
        rows = [_row(entry) for entry in entries if entry.role is role]
        order += [f"{key} = [{', '.join(rows)}]"] if rows else []
    body = [entry for entry in entries if entry.role not in roles]
    if all(entry.role is not Role.PART for entry in body):
        return "\n".join([*lines, *order, _chapters(body), ""])
    for is_part, group in groupby(body, lambda entry: entry.role is Role.PART):
        run = list(group)
        for part in run if is_part else []:
            named = f"file = {_quoted(part.source.path)}"
            title = named if "#" not in part.source.path else f"title = {_quoted(_title(part))}"
            order += ["", "[[order.parts]]", title, _chapters(part.children)]
        if not is_part:
            title = told.title if run[0] is body[0] else run[0].source.title or run[0].source.key.capitalize()
            order += ["", "[[order.parts]]", f"title = {_quoted(title)}", _chapters(run)]
    return "\n".join([*lines, *order, ""])


def _chapters(entries: Sequence[Entry]) -> str:
    return "\n".join(["chapters = [", *(f"  {_row(entry)}," for entry in entries if "#" not in entry.source.path), "]"])


def _row(entry: Entry) -> str:
    """A file, with all that lies below it as its sections."""
    below = ", ".join(_quoted(one.source.path) for one in _flat(entry.children))
    file = _quoted(entry.source.path)
    return f"{{ file = {file}, sections = [{below}] }}" if below and entry.role is not Role.FRONT else file


def _title(part: Entry) -> str:
    return part.source.text.strip().removeprefix("# ").replace("\\", "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
