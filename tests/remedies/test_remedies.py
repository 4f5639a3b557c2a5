"""Every remedy, followed literally, mends the fault: for each code of a book, one book before and one after."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from compositor.errors import BookError
from compositor.explanations import explanations
from compositor.formats import EPUB, PDF, Format
from compositor.making import make
from compositor.model import Finding
from compositor.press import Timings, read_book
from tests.remedies import of_blocks, of_files, of_formats, of_references, of_settings, of_text, of_works
from tests.remedies.cases import BOOK, Case, Files, written
from tests.remedies.of_pages import CASES as PAGES
from tests.remedies.of_pages import MENDED, PLAIN, SPOILT

TABLES = (
    *(of_text.CASES, of_blocks.CASES, of_references.CASES, of_files.CASES, of_settings.CASES, of_works.CASES),
    of_formats.SOURCES,
)
CASES = tuple(case for table in TABLES for case in table)


def found(folder: Path, book: Files) -> tuple[Finding, ...]:
    """Return the findings on a book's sources, also on the pages that they will make."""
    proof = read_book(written(folder, book), Timings())
    return (*proof.findings, *proof.foreseen())


def made(folder: Path, book: Files, format_: Format) -> tuple[Finding, ...]:
    """Return the findings on a book's sources, and on the file made from them."""
    proof = read_book(written(folder, book), Timings())
    try:
        return (*proof.findings, *make(proof, (format_,), None, Timings()).findings)
    except BookError as problem:
        return (*proof.findings, *problem.findings)


def mends(case: Case, before: tuple[Finding, ...], after: tuple[Finding, ...]) -> bool:
    """Return whether the fault is reported with its remedy, is gone after it, and no other fault has replaced it."""
    told = [help_ for one in before if one.code == case.code for help_ in one.helps if case.remedy in help_]
    assert told, before
    paths = [one for one in before if "/before/" in one.message or "file://" in one.message]
    assert paths == [], "a message has a path of this machine"
    assert {one.code for one in after} <= {one.code for one in before} - {case.code}, after
    return True


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_remedy_mends_the_case(case: Case, tmp_path: Path) -> None:
    """The fault is reported with its remedy; a book that follows the remedy has neither it nor a new fault."""
    assert mends(case, found(tmp_path / "before", case.before), found(tmp_path / "after", case.after))


@pytest.mark.parametrize("case", of_formats.EPUB, ids=str)
def test_the_remedy_mends_the_epub(case: Case, tmp_path: Path) -> None:
    """The same holds for faults that are found only when the EPUB is made."""
    before, after = made(tmp_path / "before", case.before, EPUB), made(tmp_path / "after", case.after, EPUB)
    assert mends(case, before, after)


@pytest.mark.slow
@pytest.mark.parametrize("case", of_formats.PAPER, ids=str)
def test_the_remedy_mends_the_pdf(case: Case, tmp_path: Path) -> None:
    """The same holds for faults that are found only when the PDF is made."""
    before, after = made(tmp_path / "before", case.before, PDF), made(tmp_path / "after", case.after, PDF)
    assert mends(case, before, after)


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "cp1251", "koi8_r", "cp932", "utf_16"])
def test_the_line_that_converts_a_file_converts_it(encoding: str, tmp_path: Path) -> None:
    """The command in M006 leaves the same file in UTF-8, in whatever folder it runs, and changes nothing else."""
    texts = {"cp1252": "Größe, café", "cp1250": "Zażółć gęślą jaźń", "cp932": "これは日本語の文章です"}
    text = f"# {texts.get(encoding, 'Привет')}\n\n{texts.get(encoding, 'Это русский текст о книгах')}.\n"
    folder = written(tmp_path / "a book", {"book.toml": BOOK, "01-one.md": ""})
    (folder / "01-one.md").write_bytes(text.encode(encoding))
    (help_,) = next(one.helps for one in read_book(folder, Timings()).findings if one.code == "M006")
    subprocess.run(["sh", "-c", help_.partition("with: ")[2]], cwd=tmp_path, check=True)
    assert (folder / "01-one.md").read_text(encoding="utf-8") == text
    assert sorted(path.name for path in folder.iterdir()) == ["01-one.md", "book.toml"]
    assert {finding.code for finding in read_book(folder, Timings()).findings} <= {"P105"}


def test_a_file_of_the_theme_is_put_there_itself(tmp_path: Path) -> None:
    """A link out of the folder is refused, but a copy of its target is not."""
    (tmp_path / "outside.css").write_text("p { margin: 0 }", encoding="utf-8")
    folder = written(tmp_path / "book", {"book.toml": BOOK, "01-one.md": "# One\n\nText.\n", "styles/": ""})
    (folder / "styles" / "print.css").symlink_to(tmp_path / "outside.css")
    (finding,) = read_book(folder, Timings()).findings
    assert (finding.code, finding.helps[0].partition(";")[0]) == ("T003", "put the file itself there")
    (folder / "styles" / "print.css").unlink()
    (tmp_path / "outside.css").rename(folder / "styles" / "print.css")
    assert read_book(folder, Timings()).findings == ()


def test_a_folder_of_books_names_one(tmp_path: Path) -> None:
    """If a book is in a subfolder, the message names that; otherwise it says how to make a new book."""
    written(tmp_path / "shelf" / "novel", {"book.toml": BOOK, "01-one.md": "# One\n\nText.\n"})
    (finding,) = read_book(tmp_path / "shelf", Timings()).findings
    assert finding.helps[0] == f'name the folder of a book in it: "{tmp_path}/shelf/novel"'
    assert f"init {tmp_path}/shelf/my-book" in finding.helps[1]
    assert read_book(tmp_path / "shelf" / "novel", Timings()).findings == ()


OF_THE_PRESS = "a bug in Compositor, which no author can fix"
OF_THE_MACHINE = "of the machine, the disk or the web, and not of the book"
TOLD_BEFORE = "another check of the sources tells it first, and this one stands behind that"
EXCEPTIONS = {
    **dict.fromkeys(("C201", "C202", "C203", "C211", "C212", "C213", "C214", "C215", "C216"), OF_THE_PRESS),
    **dict.fromkeys(("C241", "C242", "E008", "F008", "P102", "P113"), OF_THE_PRESS),
    **dict.fromkeys(("B101", "C231", "F001", "F002", "F003", "F004", "F005", "F006", "F007"), OF_THE_MACHINE),
    **dict.fromkeys(("F009", "F010", "M005", "P114", "W002", "W003"), OF_THE_MACHINE),
    "W001": "of an endless template; tests/fence/test_books.py follows it",
    **dict.fromkeys(("B102", "B103"), "of the repository, which tests/git/test_remedies.py follows"),
    **dict.fromkeys(("E001", "E002", "E003", "E004", "E005", "P111", "P223", "T002"), TOLD_BEFORE),
    "B104": "of the repository; tests/changes/test_news.py follows it",
    "A127": "no work is known at which citeproc fails, but for one that a test makes fail",
    "L335": "of a thousand files; tests/markdown/test_bounds.py follows it",
    "M032": "of a choice on the command line; tests/dialects/test_guests.py follows it",
    "P101": "no small book is known whose page numbers do not settle",
    "T003": "a link, which has a test of its own here",
}


def test_every_code_has_a_book_that_follows_its_remedy() -> None:
    """Each code of `explain` is in a table here, or in a list of exceptions with a reason."""
    codes = {case.code for case in (*CASES, *of_formats.EPUB, *of_formats.PAPER)}
    codes |= {PAGES[name][0] for name in MENDED} | {PLAIN[what][0] for what in SPOILT} | {"P226"}
    # Codes of samples are about the commands that a book names; tests/samples covers them.
    excepted = set(EXCEPTIONS) | {code for code in explanations() if code.startswith("X")}
    assert codes | excepted == set(explanations())
    assert codes & excepted == set()
