"""Findings and finished files -> the promises that Compositor has checked itself during the build."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from importlib import import_module

from lxml import etree

from compositor import __version__
from compositor.checks.finished import FINISHED_CHECKS
from compositor.errors import FINE, PROBLEMS
from compositor.formats.epub.claims import CONFORMS
from compositor.formats.pdf.page_findings import EXPLANATIONS as LAYOUT
from compositor.model import Finding
from compositor.proof.judges import NO_FILE
from compositor.proof.rows import Answer, Files, Question, Row, answered, count, not_run, sha256
from compositor.proof.structure import compared

CHECK = "python build.py check --full BOOK"
SELF = "Compositor"
LAID_OUT = "Nothing on the pages is cut off, separated from what it belongs to, or otherwise badly set"
PROMISES = {
    "completeness": "Every letter of the source is in every file, once, in its order, and visible",
    "parity": "Numbers, labels, captions, alternative texts, notes and links in every file are those of the model",
    "drawings": "The words of every drawing are in every file",
    "links": "Every internal link leads to its target",
    "pagination": "PDF and EPUB of one build have the same pages, which begin with the same words",
    "openings": "The pages before the text have the lines that the book gives them, in order and once",
}
"""Check of the finished files -> what it finds to hold."""
WITHHELD = {"E013", "E014"}
"""Codes of claims that the EPUB does not make."""


def sources(files: Files) -> Iterator[Row]:
    """No finding stops the book; warnings are counted."""
    yield _without("Nothing in the sources or on the pages stops the book", files.findings, files)


def finished(files: Files) -> Iterator[Row]:
    """Yield a row for each check of the finished files, which is a promise of its own."""
    tables = {name: import_module(f"compositor.checks.finished.{name}").EXPLANATIONS for name in FINISHED_CHECKS}
    checks = [(PROMISES[name], tables[name]) for name in FINISHED_CHECKS]
    for promise, codes in (*checks, (LAID_OUT, LAYOUT)):
        if files.paths or any(finding.code in codes for finding in files.findings):
            yield _without(promise, [finding for finding in files.findings if finding.code in codes], files)
        else:
            yield not_run(Question(promise, SELF, CHECK), NO_FILE)


def _without(promise: str, findings: Iterable[Finding], files: Files) -> Row:
    errors = [finding for finding in findings if finding.severity == "error"]
    warnings = [finding for finding in findings if finding.severity == "warning"]
    units = len(files.book.units) if files.book else 0
    figure = f"{count(len(errors), 'error')}, {count(len(warnings), 'warning')} in {count(units, 'file')}"
    details = tuple(f"{finding.place}: {finding.message} [{finding.code}]" for finding in (*errors, *warnings))
    status = PROBLEMS if errors else FINE
    answer = Answer(not errors and files.book is not None, figure, __version__, status, details)
    return answered(Question(promise, SELF, CHECK), answer, *files.paths)


def structure(files: Files) -> Iterator[Row]:
    """One element of the source is one element of the structure tree."""
    question = Question(
        "One element of the source is one element of the PDF's structure tree", SELF, "pdfinfo -struct-text BOOK.pdf"
    )
    path = files.path(".pdf")
    if path is None or files.book is None:
        yield not_run(question, NO_FILE)
        return
    counts = tuple(compared(files.book, path.read_bytes()))
    wrong = [count for count in counts if count[1] != count[2]]
    against = tuple(f"{kind}: {found} in the tree, {wanted} in the book" for kind, wanted, found in wrong)
    figure = ", ".join(f"{found} {kind}" for kind, _, found in counts) or "the book has none that is counted"
    yield answered(question, Answer(not against, figure, __version__, None, against), path)


def accessibility(files: Files) -> Iterator[Row]:
    """Every claim that Compositor can compute holds and is made."""
    question = Question("The EPUB claims what was found to hold, and all of it held", SELF, CHECK)
    path = files.path(".epub")
    if path is None:
        yield not_run(question, NO_FILE)
        return
    withheld = tuple(finding.message for finding in files.findings if finding.code in WITHHELD)
    with zipfile.ZipFile(path) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        root = next(container.iter("{*}rootfile")).get("full-path", "")
        package = etree.fromstring(archive.read(posixpath.normpath(root)))
    said = [(str(meta.get("property")), str(meta.text)) for meta in package.iter("{*}meta")]
    features = [value for name, value in said if name == "schema:accessibilityFeature"]
    conforms = "reviewed by people" if ("dcterms:conformsTo", CONFORMS) in said else "no review by people"
    figure = f"{len(features)} features, {len(withheld)} withheld, {conforms}"
    yield answered(question, Answer(bool(features) and not withheld, figure, __version__, None, withheld), path)


def same_bytes(files: Files) -> Iterator[Row]:
    """The files equal those of another build, byte for byte."""
    question = Question("Another build of the same sources gives the same bytes", "SHA-256", "sha256sum -c SHA256SUMS")
    if files.sums is None or not files.paths:
        yield not_run(question, NO_FILE if files.sums is not None else "no sums of another build were given (--sums)")
        return
    for path in files.paths:
        given, here = files.sums.get(path.name, ""), sha256(path)
        details = () if given == here else (f"the other build: {given or 'has no such file'}",)
        yield answered(question, Answer(not details, "equal" if not details else "different", "", None, details), path)
