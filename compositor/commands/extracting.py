"""A book, read -> the part of it that a command asks for, with the page numbers of the last whole build."""

from __future__ import annotations

from dataclasses import dataclass, replace

from compositor.assemble.extracts import NoSuchPart, extract
from compositor.commands.work import Build
from compositor.formats.writing.finished_pages import FinishedPages
from compositor.made_before.of_pages import earlier_pages
from compositor.model import Book, Finding, Role
from compositor.press import Proof

OF_PARTS = frozenset({"P206", "P225"})
"""Findings about the last page of a file, and about figures without references, which may be outside the part."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be made, and remarks about it."""

    proof: Proof
    remarks: tuple[str, ...] = ()
    unknown: str = ""
    """A sentence that says that the part does not exist."""


def extracted(proof: Proof, wanted: Build) -> Part:
    """Return the part that is asked for; the whole book if none is, or if the book has no parts.

    Findings about files outside the part are left out, and so are those that concern only the whole book.
    """
    if not wanted.only or proof.book is None:
        return Part(proof)
    try:
        book = extract(proof.book, wanted.only)
    except NoSuchPart as problem:
        return Part(proof, unknown=str(problem))
    remarks: tuple[str, ...] = ()
    if any(format_.medium.paged for format_ in wanted.formats):
        book, said = _numbered(book, proof.book, earlier_pages(proof, wanted.output))
        remarks = (said,)
    others = _files(proof.book) - _files(book)
    findings = tuple(one for one in proof.findings if not _is_about(one, others))
    on_purpose = proof.on_purpose | OF_PARTS
    return Part(replace(proof, book=book, findings=findings, on_purpose=on_purpose), remarks)


def _numbered(book: Book, whole: Book, pages: FinishedPages | None) -> tuple[Book, str]:
    """Return the part, with its page numbers in the whole book if they are known, and a remark about them."""
    folio = pages.folio(book.units[0].anchor) if pages is not None else ""
    if book.units[0].role is Role.FRONT:
        return book, "page numbers: its own; those before the first chapter are roman, and continue from the title page"
    if pages is None or not folio.isdecimal():
        why = "it is not in the PDF of the whole book" if pages else "there is no PDF of the whole book"
        return book, f"page numbers: its own, from 1; {why}"
    of = "the whole book" if pages.build == whole.edition.build_id else "the last PDF of the whole, of another state"
    return replace(book, first_folio=int(folio)), f"page numbers: from {folio}, as in {of}"


def _files(book: Book) -> set[str]:
    """Return the files that contain the text of a book."""
    chapters = [unit.chapter for unit in book.units]
    return {one.source.path for one in chapters} | {one.path for chapter in chapters for one in chapter.inclusions}


def _is_about(finding: Finding, files: set[str]) -> bool:
    return finding.place.file in files
