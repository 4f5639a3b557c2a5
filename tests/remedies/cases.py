"""A fault of a book, the printed remedy, and the same book after its author has followed it literally."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Files = dict[str, str]
BOOK = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
PICTURES = {"a.svg": SVG, "b.svg": SVG}
WORKS = '[{"id": "knuth84", "type": "book", "title": "The TeXbook", "issued": {"date-parts": [[1984]]}}]'


@dataclass(frozen=True, slots=True)
class Case:
    """A code, a smallest book that has it, the decisive words of a remedy, and the book after it."""

    code: str
    before: Files
    remedy: str
    after: Files

    def __str__(self) -> str:
        return f"{self.code}: {self.remedy}"


def chapter(text: str, **others: str) -> Files:
    """Return a book of one chapter with this text below its title, two pictures, and other files under their names."""
    return {"01-one.md": f"# One\n\n{text}\n", "book.toml": BOOK} | PICTURES | others


def whole(text: str, **others: str) -> Files:
    """Return a book of one chapter that is nothing but this text."""
    return {"01-one.md": text, "book.toml": BOOK} | others


def text(code: str, before: str, remedy: str, after: str, **others: str) -> Case:
    """Return a fault in the text of a chapter."""
    return Case(code, chapter(before, **others), remedy, chapter(after, **others))


def file(code: str, before: str, remedy: str, after: str) -> Case:
    """Return a fault in a chapter as a whole."""
    return Case(code, whole(before), remedy, whole(after))


def settings(code: str, before: str, remedy: str, after: str, **others: str) -> Case:
    """Return a fault in book.toml, with these lines below those that every book has."""
    book = chapter("Text.", **others)
    return Case(code, book | {"book.toml": BOOK + before}, remedy, book | {"book.toml": BOOK + after})


def toml(code: str, before: str, remedy: str, after: str, **others: str) -> Case:
    """Return a fault in book.toml, with this as its whole text."""
    book = chapter("Text.", **others)
    return Case(code, book | {"book.toml": before}, remedy, book | {"book.toml": after})


def cited(code: str, before: str, remedy: str, after: str) -> Case:
    """Return a fault in the text of a book with a bibliography of one work."""
    toml_ = BOOK + 'bibliography = ["works.json"]\n'
    return text(code, before, remedy, after, **{"book.toml": toml_, "works.json": WORKS})


def files(code: str, before: Files, remedy: str, after: Files) -> Case:
    """Return a fault of the files themselves, below a book.toml unless they have one."""
    return Case(code, {"book.toml": BOOK} | before, remedy, {"book.toml": BOOK} | after)


def written(folder: Path, book: Files) -> Path:
    """Write a book with these files and return its folder; an empty name of a folder makes one."""
    folder.mkdir(parents=True)
    for name, content in book.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            path.write_bytes(content.encode("utf-8", "surrogateescape"))
    return folder
