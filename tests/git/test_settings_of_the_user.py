"""The user's global git settings: which files are ignored everywhere, and how lines end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.git.answers import told
from tests.git.repositories import git, start, write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of a user who has settings of their own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def state(top: Path, home: Path) -> str:
    """Return the state of the book, and check that git with the same home agrees."""
    found = told(top / "book")[2]
    folder = {"XDG_CONFIG_HOME": value} if (value := os.environ.get("XDG_CONFIG_HOME")) else {}
    settings = {"HOME": str(home), "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"), **folder}
    assert found == ("changed" if git(top, "status", "--porcelain", **settings) else "clean")
    return found


@pytest.mark.parametrize("named", ["~/ignored", "ignored-by-path"])
def test_files_that_a_user_ignores_everywhere_are_left_out(tmp_path: Path, home: Path, named: str) -> None:
    """The user's `core.excludesFile` counts, as a path from home or from the root."""
    path = named if named.startswith("~") else str(home / "ignored")
    write(home, {".gitconfig": f"[core]\n\texcludesFile = {path}\n", "ignored": ".DS_Store\n"})
    start(tmp_path / "top")
    write(tmp_path / "top", {"book/.DS_Store": "x"})
    assert state(tmp_path / "top", home) == "clean"
    write(tmp_path / "top", {"book/other": "x"})
    assert state(tmp_path / "top", home) == "changed"


@pytest.mark.parametrize("folder", [".config", "elsewhere"])
def test_the_usual_file_of_a_user_needs_no_setting(
    tmp_path: Path, home: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`git/ignore` in the configuration folder counts, which XDG_CONFIG_HOME may name."""
    if folder != ".config":
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home / folder))
    write(home, {f"{folder}/git/ignore": "*.swp\n", ".gitconfig": ""})
    start(tmp_path / "top")
    write(tmp_path / "top", {"book/a.swp": "x"})
    assert state(tmp_path / "top", home) == "clean"


@pytest.mark.parametrize(("own", "expected"), [("", "clean"), ("[core]\n\tautocrlf = false\n", "changed")])
def test_line_ends_of_the_user_count_where_the_repository_says_nothing(
    tmp_path: Path, home: Path, own: str, expected: str
) -> None:
    """The user's `core.autocrlf` counts, unless the repository sets it."""
    write(home, {".gitconfig": "[core]\n\tautocrlf = input\n"})
    start(tmp_path / "top")
    with (tmp_path / "top/.git/config").open("a") as config:
        config.write(own)
    write(tmp_path / "top", {"book/01-one.md": "# One\r\n\r\nA paragraph.\r\n"})
    assert told(tmp_path / "top/book")[2] == expected


@pytest.mark.parametrize("named", ["", "~/attributes"])
def test_attributes_of_a_user_come_last(tmp_path: Path, home: Path, named: str) -> None:
    """`core.attributesFile`, or `git/attributes` in the configuration folder, counts after the repository's own."""
    setting = f"[core]\n\tattributesFile = {named}\n" if named else ""
    write(home, {".gitconfig": setting, named.replace("~/", "") or ".config/git/attributes": "*.md text\n"})
    start(tmp_path / "top")
    write(tmp_path / "top", {"book/01-one.md": "# One\r\n\r\nA paragraph.\r\n"})
    assert told(tmp_path / "top/book")[2] == "clean"
    write(tmp_path / "top", {".git/info/attributes": "*.md -text\n"})
    assert told(tmp_path / "top/book")[2] == "changed"


def test_settings_of_a_repository_name_no_file_to_read(tmp_path: Path, home: Path) -> None:
    """`core.excludesFile` counts in the user's settings only, so that a received book names no file of the machine."""
    write(home, {"ignored": "*.swp\n"})
    start(tmp_path / "top")
    git(tmp_path / "top", "config", "core.excludesFile", str(home / "ignored"))
    write(tmp_path / "top", {"book/a.swp": "x"})
    assert told(tmp_path / "top/book")[2] == "changed"


@pytest.mark.parametrize(
    "text", ["[core\n", "[include]\n\tpath = ~/.gitconfig\n", "\0\xff", "[core]\n\texcludesFile\n"]
)
def test_settings_that_make_no_sense_are_none(tmp_path: Path, home: Path, text: str) -> None:
    """A configuration that cannot be read, or that includes itself, counts as missing."""
    (home / ".gitconfig").write_text(text, encoding="latin-1")
    start(tmp_path / "top")
    assert told(tmp_path / "top/book")[2] == "clean"
