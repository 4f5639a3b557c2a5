"""Each row of the report fails for a fault made on purpose, and a missing tool counts as not run."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from compositor.checks.finished import FINISHED_CHECKS, completeness
from compositor.errors import error, warning
from compositor.model import Place
from compositor.proof import ROWS, Files, Row, judges, own, prove, structure, versions
from compositor.proof.own import PROMISES
from compositor.proof.rows import sha256
from tests.finished import Built
from tools import install_ace

LOST = error("C201", "a word is lost", Place("01-one.md", 3))
PALE = warning("E013", 'the EPUB does not claim "alternativeText": a picture has no text', Place("01-one.md"))
Rows = Callable[[Files], Iterable[Row]]
EPUB_JUDGES = [own.accessibility, judges.epubcheck, judges.ace]
PDF_JUDGES = [own.structure, judges.pdf_ua, judges.pdf_a, judges.qpdf, judges.fonts, judges.tagged]


@pytest.fixture
def files(several: Built) -> Files:
    """Return the files of a test book without findings."""
    return Files(several.proof.book, (), (several.pdf, several.epub))


@pytest.fixture
def spoilt(several: Built, tmp_path: Path) -> tuple[Path, Path]:
    """Return copies of the files to spoil."""
    return Path(shutil.copy(several.pdf, tmp_path / "a.pdf")), Path(shutil.copy(several.epub, tmp_path / "a.epub"))


@pytest.fixture(scope="session")
def installed() -> None:
    """Install Ace from its lock if there is Node; otherwise its rows are not run."""
    install_ace.main()


def only(rows: Rows, files: Files) -> Row:
    """Return the only row of a promise; skip the test if its tool is not on this machine."""
    (row,) = rows(files)
    if row.outcome == "not run":
        pytest.skip(f"not run: {row.figure}")
    return row


def without(archive: Path, *texts: tuple[str, str]) -> None:
    """Remove or replace words in every document of an EPUB."""
    with zipfile.ZipFile(archive) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(archive, "w") as new:
        for name, data in members.items():
            new.writestr(name, spoil(data, texts) if name.endswith((".xhtml", ".opf")) else data)


def spoil(data: bytes, texts: Iterable[tuple[str, str]]) -> bytes:
    """Replace these words in the document."""
    for was, becomes in texts:
        data = data.replace(was.encode(), becomes.encode())
    return data


@pytest.mark.parametrize("rows", [*EPUB_JUDGES[:2], *PDF_JUDGES], ids=lambda rows: rows.__name__)
def test_good_files_hold(rows: Rows, files: Files) -> None:
    """The row has the tool's version, and the checksum of the checked file."""
    row = only(rows, files)
    assert (row.outcome, row.details) == ("holds", ())
    assert row.version
    ((name, total),) = row.sums
    path = files.path(Path(name).suffix)
    assert path is not None and (name, total) == (path.name, sha256(path))
    assert f" {name}" in row.command or rows is own.accessibility, "it can be typed beside the file as it stands"


@pytest.mark.slow
@pytest.mark.usefixtures("installed")
def test_ace_finds_nothing_in_our_books(files: Files, real_book: Built, german: Built) -> None:
    """Ace checks the book and the test books."""
    for book in (files, *(Files(one.proof.book, (), (one.epub,)) for one in (real_book, german))):
        row = only(judges.ace, book)
        assert (row.outcome, row.figure, row.status, row.details) == ("holds", "0 violations", 0, ())


@pytest.mark.slow
@pytest.mark.usefixtures("installed")
def test_ace_finds_what_is_wrong(files: Files, spoilt: tuple[Path, Path]) -> None:
    """Pictures without alternative text are violations."""
    without(spoilt[1], (" alt=", " data-alt="))
    row = only(judges.ace, replace(files, paths=spoilt))
    assert row.outcome == "fails"
    assert row.status != 0
    assert any("image-alt" in line for line in row.details)


def test_an_epub_with_an_error_is_not_valid(files: Files, spoilt: tuple[Path, Path]) -> None:
    """The row shows EPUBCheck's messages."""
    without(spoilt[1], ("<h1", "<h7"), ("</h1>", "</h7>"))
    row = only(judges.epubcheck, replace(files, paths=spoilt))
    assert (row.outcome, row.status) == ("fails", 1)
    assert any("h7" in line for line in row.details)


def test_a_file_that_is_no_epub_at_all_fails(files: Files, tmp_path: Path) -> None:
    """A validator that crashes has not accepted the file."""
    broken = tmp_path / "a.epub"
    broken.write_bytes(b"no book")
    assert only(judges.epubcheck, replace(files, paths=(broken,))).outcome == "fails"


@pytest.mark.parametrize("rows", [judges.pdf_ua, judges.pdf_a, judges.qpdf], ids=lambda rows: rows.__name__)
def test_a_tool_that_stumbles_fails_its_row(rows: Rows, files: Files, tmp_path: Path) -> None:
    """A file that is not a PDF does not pass because the validator fails, and the report continues."""
    broken = tmp_path / "a.pdf"
    broken.write_bytes(b"no book")
    row = only(rows, replace(files, paths=(broken,)))
    assert (row.outcome, row.status) != ("holds", 0)
    assert row.outcome == "fails" and row.details


def test_without_qpdf_its_library_is_asked(files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The package that Compositor uses includes the library, and the command says so."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (row,) = judges.qpdf(files)
    assert (row.outcome, row.tool) == ("holds", "libqpdf")
    assert row.command.startswith("python ")
    assert row.version


@pytest.mark.parametrize("rows", [judges.pdf_ua, judges.pdf_a], ids=lambda rows: rows.__name__)
def test_a_pdf_that_does_not_conform_fails(rows: Rows, files: Files, spoilt: tuple[Path, Path]) -> None:
    """A file without its metadata does not conform."""
    with pikepdf.open(spoilt[0], allow_overwriting_input=True) as pdf:
        del pdf.Root.Metadata
        pdf.save(spoilt[0])
    row = only(rows, replace(files, paths=spoilt))
    assert row.outcome == "fails"
    assert row.details


def test_a_pdf_that_is_cut_off_fails(files: Files, spoilt: tuple[Path, Path]) -> None:
    """qpdf finds the truncated file."""
    data = spoilt[0].read_bytes()
    spoilt[0].write_bytes(data[: len(data) // 2])
    assert only(judges.qpdf, replace(files, paths=spoilt)).outcome == "fails"


def test_a_face_that_is_not_embedded_fails(files: Files, spoilt: tuple[Path, Path]) -> None:
    """poppler finds a font that is not embedded."""
    with pikepdf.open(spoilt[0], allow_overwriting_input=True) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    if key in one:
                        del one[key]
        pdf.save(spoilt[0])
    row = only(judges.fonts, replace(files, paths=spoilt))
    assert row.outcome == "fails"
    assert row.details


def test_a_pdf_without_tags_fails_twice(files: Files, spoilt: tuple[Path, Path]) -> None:
    """Poppler reports it, and the counts of the structure tree differ from the book's."""
    with pikepdf.open(spoilt[0], allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo
        pdf.save(spoilt[0])
    bare = replace(files, paths=spoilt)
    assert only(judges.tagged, bare).details == ("Tagged: no",)
    assert "Table: 0 in the tree, 2 in the book" in only(own.structure, bare).details


@pytest.mark.parametrize("name", ["real_book", "specimen", "several", "german"])
def test_the_structure_tree_of_a_book_has_what_the_book_has(name: str, request: pytest.FixtureRequest) -> None:
    """Tables, cells, lists, items, figures, formulas, headings, notes … are compared with the model, kind by kind."""
    made: Built = request.getfixturevalue(name)
    assert made.proof.book is not None
    counts = list(structure.compared(made.proof.book, made.pdf.read_bytes()))
    assert [(kind, wanted) for kind, wanted, _ in counts] == [(kind, found) for kind, _, found in counts]
    assert {"Table", "Figure", "Note", "LI", "Code", "Caption"} <= {kind for kind, _, found in counts if found}


def test_an_element_that_is_lost_or_split_is_found_whatever_its_kind(specimen: Built) -> None:
    """For each kind in the specimen, an element is once removed and once doubled; the row names it."""
    files = Files(specimen.proof.book, (), (specimen.pdf,))
    assert specimen.proof.book is not None
    counts = structure.compared(specimen.proof.book, specimen.pdf.read_bytes())
    found = Counter({kind: count for kind, _, count in counts})
    for kind in (*structure.ELEMENTS, "Figure", "Note"):
        for change in (-1, 1):
            other = Counter(found)
            other[kind] += change
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(structure, "kinds", lambda data, opening, other=other: other)
                (row,) = own.structure(files)
            wrong = [line.partition(":")[0] for line in row.details]
            assert (row.outcome, wrong) == ("fails", [kind]), (kind, change)


def test_a_table_that_was_split_at_a_page_break_is_found(specimen: Built, spoilt: tuple[Path, Path]) -> None:
    """The file has a second element for the rows of a table that continues on the next page."""
    with pikepdf.open(specimen.pdf) as pdf:
        table = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Table")
        rows = [kid for kid in table.K if kid.S == "/TBody"]
        again = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=table.S, P=table.P, K=rows))
        table.P.K.append(again)
        pdf.save(spoilt[0])
    (row,) = own.structure(Files(specimen.proof.book, (), spoilt))
    assert row.outcome == "fails"
    assert any(line.startswith("Table: ") for line in row.details)


def test_what_was_found_stands_in_the_row_of_its_check(files: Files) -> None:
    """An error of completeness fails that promise and the first one, and no other."""
    broken = replace(files, findings=(LOST,), paths=())
    failed = [row for rows in (own.sources, own.finished) for row in rows(broken) if row.outcome == "fails"]
    assert LOST.code in completeness.EXPLANATIONS
    assert [row.details for row in failed] == [("01-one.md:3: a word is lost [C201]",)] * 2
    assert {row.status for row in failed} == {1}


def test_what_the_press_found_is_about_both_files(files: Files) -> None:
    """Compositor's own row has the checksum of each file, like the other rows."""
    for row in own.finished(files):
        assert row.sums == tuple((path.name, sha256(path)) for path in files.paths)


def test_a_withheld_claim_fails_its_row(files: Files) -> None:
    """The book claims less than it could; the row says why."""
    row = only(own.accessibility, replace(files, findings=(PALE,)))
    assert (row.outcome, row.details) == ("fails", (PALE.message,))


def test_the_same_bytes_are_those_of_the_other_build(files: Files) -> None:
    """The bytes are equal, different, or missing in the other build."""
    sums = {path.name: sha256(path) for path in files.paths}
    assert [row.outcome for row in own.same_bytes(replace(files, sums=sums))] == ["holds", "holds"]
    other = {files.paths[0].name: "0" * 64}
    rows = list(own.same_bytes(replace(files, sums=other)))
    assert [row.details for row in rows] == [(f"the other build: {'0' * 64}",), ("the other build: has no such file",)]
    assert [row.outcome for row in own.same_bytes(files)] == ["not run"]


def test_what_is_not_here_is_not_run(files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a machine without tools, every row exists and none of the tools' rows passes."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(judges, "ACE", tmp_path / "none")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    rows = [row for judge in (*EPUB_JUDGES[1:], *PDF_JUDGES[1:]) for row in judge(files) if judge != judges.qpdf]
    assert {row.outcome for row in rows} == {"not run"}
    assert all("installed" in row.figure for row in rows)
    assert {row.status for row in rows} == {None}


def test_files_that_were_not_made_are_not_run(files: Files) -> None:
    """The error of a failed build is a failure, and the other checks are not run."""
    rows = prove(replace(files, findings=(LOST,), paths=()))
    assert {row.outcome for row in rows} == {"fails", "not run"}
    assert {"fails"} == {row.outcome for row in rows if row.details}


def test_every_promise_has_a_test_above() -> None:
    """A new row needs a file that breaks it."""
    assert {*ROWS} == {own.sources, own.finished, own.same_bytes, *EPUB_JUDGES, *PDF_JUDGES}


def test_the_versions_are_those_of_the_libraries() -> None:
    """The versions of Compositor, its packages and the system libraries are listed."""
    known = dict(versions.versions())
    assert {"Compositor", "Python", "weasyprint", "pango", "harfbuzz", "fontconfig"} <= set(known)
    assert all(known.values())


def test_each_check_of_the_finished_files_has_its_promise() -> None:
    """A promise is a sentence about the files, and not about the code that checks it."""
    assert list(PROMISES) == list(FINISHED_CHECKS)
    assert not any(promise.split()[0] in ("Check", "Return", "Yield") for promise in PROMISES.values())
