"""Where an output may be written: links in a book from elsewhere do not lead out of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from compositor.errors import BookError
from compositor.formats.writing.drafts import begin
from compositor.formats.writing.files import EXPLANATIONS
from compositor.formats.writing.outputs import report_file
from compositor.formats.writing.places import refuse


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with a book in it, beside the user's own folder."""
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    (tmp_path / "clone" / "book").mkdir()
    (tmp_path / "own").mkdir()
    return tmp_path / "clone"


def refused(target: Path, repository: Path) -> list[str]:
    """Return the files that the findings name."""
    try:
        refuse([target], repository / "book")
    except BookError as problem:
        assert {one.code for one in problem.findings} == {"F009"} <= set(EXPLANATIONS)
        return [one.place.file for one in problem.findings]
    return []


def test_an_ordinary_place_is_allowed(repository: Path) -> None:
    """Outputs may go into the repository, beside it, into new folders, and over an older file."""
    (repository / "dist").mkdir()
    (repository / "dist" / "a.pdf").touch()
    for target in (repository / "dist/a.pdf", repository / "new/deep/a.epub", repository.parent / "own/a.pdf"):
        assert refused(target, repository) == []


def test_a_folder_that_leads_out_of_the_repository_is_refused(repository: Path) -> None:
    """The position of the link in the path does not matter."""
    (repository / "dist").symlink_to("../own")
    (repository / "out").mkdir()
    (repository / "out" / "unproved").symlink_to(repository.parent / "own")
    for target in (repository / "dist/a.pdf", repository / "dist/deep/a.pdf", repository / "out/unproved/a.pdf"):
        assert refused(target, repository) == [str(target)]


def test_a_file_that_leads_out_of_the_repository_is_refused(repository: Path) -> None:
    """It does not matter whether a file would be replaced."""
    (repository / "a.pdf").symlink_to("../own/theirs.pdf")
    assert refused(repository / "a.pdf", repository) == [str(repository / "a.pdf")]
    (repository.parent / "own" / "theirs.pdf").touch()
    assert refused(repository / "a.pdf", repository) == [str(repository / "a.pdf")]


def test_a_link_to_a_file_of_another_kind_is_refused(repository: Path) -> None:
    """Such a file may be a chapter of the book, which the PDF would replace."""
    (repository / "book" / "01-a.md").touch()
    (repository / "a.pdf").symlink_to("book/01-a.md")
    assert refused(repository / "a.pdf", repository) == [str(repository / "a.pdf")]


def test_a_link_of_ones_own_is_followed(repository: Path) -> None:
    """Files outside the repository are the user's own; links within it lead to files in it."""
    (repository.parent / "books").symlink_to("own")
    (repository / "dist").mkdir()
    (repository / "latest").symlink_to("dist")
    for target in (repository.parent / "books/a.pdf", repository / "latest/a.pdf"):
        assert refused(target, repository) == []


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"title": "T", "mine": 1}', '{"title": "T"}'])
def test_a_file_that_is_no_report_is_not_replaced(tmp_path: Path, text: str) -> None:
    """The report is written beside the output, and never replaces other data."""
    (tmp_path / "fidelity.json").write_text(text, encoding="utf-8")
    assert report_file(tmp_path / "a.pdf", "T") == tmp_path / "a.fidelity.json"


def test_a_report_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """A link to a missing file is not followed either."""
    (tmp_path / "fidelity.json").symlink_to("nowhere")
    assert report_file(tmp_path / "a.pdf", "T") == tmp_path / "a.fidelity.json"


def test_a_draft_of_a_private_file_is_private(tmp_path: Path) -> None:
    """The draft is private from its first byte on."""
    target = tmp_path / "a.pdf"
    target.touch()
    target.chmod(0o600)
    draft = begin(target)
    try:
        assert stat.S_IMODE(os.fstat(draft.descriptor).st_mode) == 0o600
    finally:
        draft.discard()
