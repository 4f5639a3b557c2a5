"""Every remedy, followed to the letter, mends the case: for each code of a book, one before and one after."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.model import Finding
from compositor.press import Timings, read_book
from tests.remedies import of_blocks, of_files, of_references, of_settings, of_text
from tests.remedies.cases import Case, Files, written

TABLES = (of_text, of_blocks, of_references, of_files, of_settings)
CASES = tuple(case for table in TABLES for case in table.CASES)


def found(folder: Path, book: Files) -> tuple[Finding, ...]:
    """What is said of a book's sources, also of the pages that they will make."""
    proof = read_book(written(folder, book), Timings())
    return (*proof.findings, *proof.foreseen())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_remedy_mends_the_case(case: Case, tmp_path: Path) -> None:
    """The fault is told with its remedy; a book in which that was done has it no more, and no other instead."""
    before = found(tmp_path / "before", case.before)
    assert [help_ for one in before if one.code == case.code for help_ in one.helps if case.remedy in help_], before
    after = {one.code for one in found(tmp_path / "after", case.after)}
    assert case.code not in after
    assert after <= {one.code for one in before}
