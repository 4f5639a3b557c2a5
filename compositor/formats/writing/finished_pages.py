"""A finished PDF -> the labels of its pages, and the page of each anchor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from compositor.formats.writing.siblings import build_id


@dataclass(frozen=True, slots=True)
class FinishedPages:
    """The pages of a PDF that an earlier build has made."""

    build: str
    """The build id of that build."""
    labels: tuple[str, ...]
    """The label of each page in a viewer: the word for the cover, `xii`, `27`."""
    pages: Mapping[str, int]
    """Anchor -> number of its page, from 0."""

    def folio(self, anchor: str) -> str:
        """Return the label of an anchor's page; empty if the file does not have it."""
        return self.labels[self.pages[anchor]] if anchor in self.pages else ""


def finished_pages(file: Path) -> FinishedPages | None:
    """Return the pages of a PDF that Compositor made; None for any other file, or without one."""
    import pikepdf

    build = build_id(file) if file.is_file() else ""
    if not build:
        return None
    try:
        with pikepdf.open(file) as pdf:
            numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
            places = pikepdf.NameTree(pdf.Root.Names.Dests).items()
            pages = {str(name): numbers[goal] for name, place in places if (goal := place[0].objgen) in numbers}
            labels = tuple(page.label for page in pdf.pages)
    except (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, OSError):
        return None
    return FinishedPages(build, labels, pages)
