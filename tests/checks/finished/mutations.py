"""Finished files with one word removed, doubled or swapped: mistakes that the checks must find."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from compositor.formats import EPUB, PDF
from compositor.model import Book, PageMap
from compositor.press import Timings, read_book

Change = Callable[[list[Any], list[Any], list[Any]], list[Any]]
"""First word, the text between, second word -> the text there after the change."""
CHANGES: dict[str, Change] = {
    "removed": lambda first, between, second: second,
    "doubled": lambda first, between, second: [*first, *between, *first, *between, *second],
    "swapped": lambda first, between, second: [*second, *between, *first],
}


@dataclass(frozen=True)
class Files:
    """A book and its finished files, in memory."""

    book: Book
    pdf: bytes
    epub: bytes
    pages: PageMap

    @property
    def both(self) -> dict[str, bytes]:
        """Return both files as the checks want them."""
        return {"pdf": self.pdf, "epub": self.epub}


def files_of(folder: Path) -> Files:
    """Make both files of a book, without any checks."""
    proof = read_book(folder, Timings())
    assert proof.book is not None and proof.theme is not None, proof.findings
    assert not proof.errors, proof.errors
    paper = PDF.make(proof.book, proof.theme)
    assert paper.pages is not None
    screen = EPUB.make(proof.book, proof.theme, paper.pages)
    return Files(proof.book, paper.data, screen.data, paper.pages)


def changed_epub(data: bytes, document: str, old: str, new: str) -> bytes:
    """Return the EPUB with the first match in the body of a document replaced."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as copy:
        for info in archive.infolist():
            content = archive.read(info)
            if info.filename == document:
                head, body, rest = content.decode().partition("<body")
                rest, count = re.subn(_outside_tags(old), lambda match: new, rest, count=1)
                assert count == 1, old
                content = (head + body + rest).encode()
            copy.writestr(info, content)
    return target.getvalue()


def _outside_tags(old: str) -> str:
    """Return a pattern that finds words only outside attributes; a text that is part of a tag may match anywhere."""
    return re.escape(old) if set(old) & set('<>="/') else re.escape(old) + "(?=[^<>]*<)"


def changed_pdf(data: bytes, pages: Sequence[int], words: tuple[str, str], change: Change) -> bytes:
    """Return the PDF with one change: in the first line on these pages that has both words, one after the other."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for number in pages:
            if _change_page(pdf, pdf.pages[number - 1], words, change):
                target = BytesIO()
                pdf.save(target, deterministic_id=True)
                return target.getvalue()
    raise AssertionError(f"{words} stand on none of the pages {pages}")


def _change_page(pdf: pikepdf.Pdf, page: pikepdf.Page, words: tuple[str, str], change: Change) -> bool:
    font: dict[bytes, str] = {}
    instructions, done = [], False
    saved: list[dict[bytes, str]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "q":
            saved.append(font)
        elif str(operator) == "Q":
            font = saved.pop()
        elif str(operator) == "Tf":
            font = _letters(page.obj.Resources.Font[str(operands[0])])
        if str(operator) == "TJ" and not done:
            glyphs = [g for item in operands[0] for g in _glyphs(item)]
            found = _changed(glyphs, font, words, change)
            done = found is not None
            instructions.append(([pikepdf.Array(found)] if found is not None else operands, operator))
            continue
        instructions.append((operands, operator))
    if done:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    return done


def _glyphs(item: Any) -> list[Any]:
    """Yield each glyph of a string on its own; keep numbers, which move the pen, as they are."""
    if not isinstance(item, pikepdf.String):
        return [item]
    data = bytes(item)
    return [pikepdf.String(data[i : i + 2]) for i in range(0, len(data), 2)]


def _letters(font: Any) -> dict[bytes, str]:
    """Return the text of each glyph, by the font's ToUnicode map."""
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>\s", cmap)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _changed(glyphs: list[Any], font: dict[bytes, str], words: tuple[str, str], change: Change) -> list[Any] | None:
    """Return the glyphs of a line, changed, or None if the words are not in it."""
    texts = [font.get(bytes(g), "") if isinstance(g, pikepdf.String) else "" for g in glyphs]
    texts = [text.replace("\u00a0", " ") for text in texts]
    line = "".join(texts)
    start, wanted = line.find(" ".join(words)), " ".join(words)
    if start < 0:
        return None
    places = [i for i, text in enumerate(texts) for _ in text] + [len(texts)]
    first = places[start], places[start + len(words[0])]
    second = places[start + len(words[0]) + 1], places[start + len(wanted)]
    middle = change(glyphs[first[0] : first[1]], glyphs[first[1] : second[0]], glyphs[second[0] : second[1]])
    return [*glyphs[: first[0]], *middle, *glyphs[second[1] :]]
