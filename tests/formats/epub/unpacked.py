"""Small sources for books, and finished EPUBs unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from compositor.errors import BookError
from compositor.formats.epub import EXPLANATIONS, cover, make
from compositor.model import Book, Entry, Finding, Role, Source
from compositor.theme import load_theme

BookMaker = Callable[..., Book]

ROOT = Path(__file__).resolve().parents[3]
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
EPUB, XHTML = "{http://www.idpf.org/2007/ops}", "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A</title>'
    '<rect width="9" height="9"/></svg>'
)


def entry(path: str, text: str, role: Role = Role.CHAPTER, children: Sequence[Entry] = ()) -> Entry:
    """Return a source file in the tree of a book; its key is its name."""
    return Entry(role, Source(path, text, Path(path).stem), tuple(children))


def drawing(folder: Path, name: str, data: str | bytes = SVG) -> None:
    """Put a picture into the book's folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def png(size: tuple[int, int] = (4, 4)) -> bytes:
    """Return a small picture."""
    target = BytesIO()
    Image.new("RGB", size, "white").save(target, "PNG")
    return target.getvalue()


def made(book: Book) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Return the files of a book's EPUB by name, and the findings."""
    output = make(book, load_theme(book.manuscript.folder))
    with zipfile.ZipFile(BytesIO(output.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, output.findings


def package_of(files: dict[str, bytes]) -> etree._Element:
    """Return the package document."""
    return etree.fromstring(files["EPUB/content.opf"])


def metas(files: dict[str, bytes], name: str) -> list[str | None]:
    """Return the values of a property in the package's metadata."""
    return [meta.text for meta in package_of(files).iter(f"{OPF}meta") if meta.get("property") == name]


def refused(make_it: Callable[[], object]) -> Finding:
    """Return the only finding."""
    with pytest.raises(BookError) as problem:
        make_it()
    (found,) = problem.value.findings
    assert found.code in {**EXPLANATIONS, **cover.EXPLANATIONS} or found.code[0] == "T"
    assert found.helps
    return found
