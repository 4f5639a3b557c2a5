"""Faults in the sources: each is reported with a warning, both files are made, and their checks find nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from compositor.explanations import explanations
from compositor.formats import EDITIONS
from compositor.making import make
from compositor.press import Timings, read_book
from tests.faults import FAULTS, NOT_HERE, OF_A_FILE, OF_THE_PAGES, Files
from tests.validators import broken_rules

EVERY = pytest.mark.parametrize(("code", "files", "words"), [pytest.param(*fault, id=fault[0]) for fault in FAULTS])
CODE = r"\b[A-Z]\d{3}\b"
TOGETHER = ("A101", "A103", "C101", "L124", "L131", "L142", "L171", "L181", "L230", "L257")
"""Faults of one book: those most frequent in books of other tools."""


def written(folder: Path, files: Files) -> Path:
    """Write a book with these files and return its folder."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def made_of(folder: Path, output: Path) -> tuple[Path, ...]:
    """Return both files of a book, in which the checks find no errors."""
    made = make(read_book(folder, Timings()), EDITIONS, f"{output}/", Timings())
    assert [finding for finding in made.findings if finding.severity == "error"] == []
    return made.paths


@EVERY
def test_a_fault_of_the_sources_is_a_warning(code: str, files: Files, words: str, tmp_path: Path) -> None:
    """A book with the fault has no errors; the warning is a whole sentence, and contains no path of this machine."""
    proof = read_book(written(tmp_path / "book", files), Timings())
    assert [one for one in proof.findings for text in (one.message, *one.helps) if text != text.strip()] == []
    assert [one for one in proof.findings if str(tmp_path) in " ".join((one.message, *one.helps))] == []
    assert (code, "warning") in {(finding.code, finding.severity) for finding in proof.findings}
    assert proof.errors == ()


def test_every_warning_that_a_book_can_cause_stands_here() -> None:
    """Each code of `explain` has a book here, or a reason why it has none."""
    codes, known = {code for code, *_ in FAULTS}, {code for code in explanations() if not code.startswith("X")}
    assert (codes | set(NOT_HERE)) ^ known == set()
    assert codes & set(NOT_HERE) == set()


@pytest.mark.slow
@EVERY
def test_a_fault_of_the_sources_is_printed(code: str, files: Files, words: str, tmp_path: Path) -> None:
    """Both files of a book with the fault are made and checked, and contain its words."""
    pdf, epub = made_of(written(tmp_path / "book", files), tmp_path / "out")
    assert "".join(words.split()) in letters(pdf)
    assert epub.is_file()


def test_many_faults_make_a_book_that_is_valid(tmp_path: Path, epubcheck: Callable[[Path], list[str]]) -> None:
    """The most frequent faults, a chapter each, make a PDF that conforms and an EPUB that is valid."""
    faults = [files for code, files, _ in FAULTS if code in TOGETHER]
    files = {f"{number:02}-{key(number)}.md": one["01-one.md"] for number, one in enumerate(faults, 1)}
    others = {name: text for one in faults for name, text in one.items() if name != "01-one.md"}
    pdf, epub = made_of(written(tmp_path / "book", files | others), tmp_path / "out")
    assert broken_rules(pdf, "ua1") == []
    assert epubcheck(epub) == []


def key(number: int) -> str:
    """Return a name for a chapter."""
    return "abcdefghijklmnop"[number] * 3


def letters(pdf: Path) -> str:
    """Return the letters of a PDF, without spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def test_the_manual_says_of_every_warning_what_is_done_instead() -> None:
    """Each code that a book can cause is in a table of the page about it, and no other code is."""
    page = (Path(__file__).parents[1] / "docs/manual/when-something-is-wrong.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("|")]
    named = set(re.findall(CODE, " ".join(rows)))
    for letter, first, last in re.findall(r"\b([A-Z])(\d{3}) to [A-Z](\d{3})", " ".join(rows)):
        named |= {f"{letter}{number:03}" for number in range(int(first), int(last) + 1)} & set(explanations())
    others = {code for code, why in NOT_HERE.items() if why in (OF_THE_PAGES, OF_A_FILE)}
    assert {code for code, *_ in FAULTS} | others <= named <= set(explanations())
