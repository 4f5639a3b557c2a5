"""Finished files, and the readers with which tests look at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from compositor.formats import EDITIONS
from compositor.making import make
from compositor.press import Proof, Timings, read_book

ROOT = Path(__file__).resolve().parent.parent
BOOKS = ROOT / "tests" / "books"


@dataclass(frozen=True)
class Built:
    """A book as it was read, and its finished files."""

    proof: Proof
    pdf: Path
    epub: Path

    def page_texts(self) -> list[str]:
        """Return the text of each physical page, as pdfium (the engine of Chromium) extracts it; a hyphen is U+0002."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
        finally:
            document.close()

    def open_pdf(self) -> pikepdf.Pdf:
        """Return the PDF's objects."""
        return pikepdf.open(self.pdf)


def built(folder: Path, output: Path) -> Built:
    """Build both files of a book in this process; the book must have no errors."""
    proof = read_book(folder, Timings())
    assert not proof.errors, proof.errors
    paths = make(proof, EDITIONS, f"{output}/", Timings()).paths
    return of_files(proof, paths)


def of_files(proof: Proof, paths: Iterable[Path]) -> Built:
    """Return the files of a build by their endings, whatever other formats there are."""
    by_ending = {path.suffix: path for path in paths}
    return Built(proof, by_ending[".pdf"], by_ending[".epub"])


def outline(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, int]]:
    """Yield depth, words and physical page (from 1) of every bookmark."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            destination = item.destination if item.destination is not None else item.action.D
            yield depth, str(item.title), numbers[destination[0].objgen]
            yield from walk(item.children, depth + 1)

    with pdf.open_outline() as opened:
        yield from walk(opened.root, 1)
