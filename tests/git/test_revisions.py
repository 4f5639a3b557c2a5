"""Files of a revision are read from the repository: by branch, tag and id, loose and packed, and by steps back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from compositor.cli import main
from compositor.git.revisions import NoRevision, files_of

TEXTS = ("Words of the first state.", "Words of the second state.", "Words of the third state.")


def git(folder: Path, *words: str) -> str:
    """Return what a command of git prints."""
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make three commits of a book in a folder, the first with an annotated tag, the second with a lightweight one."""
    folder = tmp_path / "repository"
    (folder / "book" / "inner").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    (folder / "book" / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "book" / "inner" / "file").write_bytes(b"\0bytes")
    os.symlink("/etc/passwd", folder / "book" / "link")
    for number, text in enumerate(TEXTS):
        (folder / "book" / "01-one.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", text)
        if number == 0:
            git(folder, "tag", "-a", "v1", "-m", "The first")
        if number == 1:
            git(folder, "tag", "v2")
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_a_revision_is_found_by_all_its_names(repository: Path, packed: bool) -> None:
    """Annotated and lightweight tags, branches, HEAD, ids, and steps back from each are resolved."""
    if packed:
        git(repository, "gc", "-q")
    first = git(repository, "rev-parse", "v1^{commit}")
    names = {"v1": 0, first: 0, "HEAD~2": 0, "HEAD^^": 0, "v2~1": 0, "v2": 1, "main~1": 1, "HEAD": 2, "main": 2, "@": 2}
    for name, number in names.items():
        found = dict(files_of(repository / "book", name))
        assert TEXTS[number] in found["01-one.md"].decode(), name
        assert set(found) == {"book.toml", "01-one.md", "inner/file"}
        assert found["inner/file"] == b"\0bytes"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("v9", 'there is no revision "v9"'),
        ("", "there is no revision"),
        ("HEAD~9", "before the first commit"),
        ("../../etc", "there is no revision"),
        ("0" * 40, "there is no revision"),
    ],
)
def test_what_is_no_revision_is_told(repository: Path, name: str, why: str) -> None:
    """The message has the name."""
    with pytest.raises(NoRevision, match=why):
        list(files_of(repository / "book", name))


def test_a_folder_that_a_revision_had_not(repository: Path, tmp_path: Path) -> None:
    """Outside a repository there is nothing either."""
    (repository / "other").mkdir()
    with pytest.raises(NoRevision, match="has no folder"):
        list(files_of(repository / "other", "HEAD"))
    (tmp_path / "none").mkdir()
    with pytest.raises(NoRevision, match="is in no repository"):
        list(files_of(tmp_path / "none", "HEAD"))


def test_the_command_compares_revisions_and_the_book_as_it_is(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It compares two revisions, a revision and the current state, or folders; the page goes to the given place."""
    book = ["--book", str(repository / "book")]
    assert main(["diff", "v1", "v2", *book, "--page", str(tmp_path / "page.html")]) == 0
    assert "~ Words of the [-first-] {+second+} state." in capsys.readouterr().out
    assert "from v1 to v2" in (tmp_path / "page.html").read_text(encoding="utf-8")
    (repository / "book" / "01-one.md").write_text("# One\n\nWords of a fourth state.\n", encoding="utf-8")
    assert main(["diff", "v2", *book]) == 0
    assert "[-the second-] {+a fourth+}" in capsys.readouterr().out
    assert main(["diff", str(repository / "book"), str(repository / "book")]) == 0
    assert main(["diff", "v9", *book]) == 2
    assert 'no revision "v9"' in capsys.readouterr().err
