"""Which new files of a book are ignored: every kind of pattern, path by path, compared with git."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.git.answers import told
from tests.git.repositories import SAFE, commit, git, start, write

CANDIDATES = (
    "a.tmp", "b.md", "B.MD", "x", "x.md", "dir", "build/x.md", "build/deep/x.md", "part/a.tmp", "part/x", "part/b.md",
    "part/build/x.md", "part/dir", "part/dir2/x", "a b", "trail ", "trail", "#hash", "!bang", "[x]", "a[b", "f1.md",
    "fa.md", "f-.md", "f].md", "f^.md", "f\\.md", "star*.md", "q?.md", "back\\slash", "foo/bar/baz", "foo/a/b/baz",
    "foo/baz", "doc/frotz/x", "a/doc/frotz/x", ".hidden", "part/.hidden", "über.md", "\t", "tab\tx", "x~",
    "deep/1/2/3/x.md", "deep/1/x.md", "deep/x.md", "line\nend",
)  # fmt: skip
"""File names in the book's folder that no commit has."""

PATTERNS: tuple[str | bytes, ...] = (
    "*.tmp", "/x", "x", "x/", "build/", "build", "/build", "part/build", "part/build/", "build/x.md", "/part/*",
    "part/**",
    "**/x", "**/x.md", "**/build/**", "foo/**/baz", "foo/**", "foo/*", "foo/*/baz", "**", "/**", "**/", "/*", "*", "*/",
    "**/**/x.md", "deep/**/x.md", "deep/**/**/x.md", "deep/*/x.md", "de**p/x.md", "deep**", "deep/1/**", "doc/frotz",
    "doc/frotz/", "/doc/frotz", "frotz/", "*\n!*.md", "*.md\n!b.md", "part/\n!part/b.md", "part/*\n!part/b.md",
    "!b.md\n*.md", "/*\n!/part\n/part/*\n!/part/x", "*\n!*/\n!*.md", "*\n!part\n!part/b.md", "a b", "a\\ b", "trail ",
    "trail\\ ",
    "trail\\  ", "trail   ", "trail\\\\ ", " trail", "#hash", "\\#hash", "!bang", "\\!bang", "\\[x]", "[x]", "[[]x]",
    "a[b", "a[[]b",
    "f[0-9].md", "f[a-z].md", "f[!0-9].md", "f[^0-9].md", "f[]].md", "f[]-].md", "f[a-].md", "f[-a].md", "f[\\]].md",
    "f[!]a].md", "f[^^].md", "f[\\^].md", "f[\\\\].md", "f[z-a].md", "f[a", "f[", "f[]", "f[!]", "f[[:alpha:]].md",
    "f[[:digit:]].md", "f[[:punct:]].md", "f[![:alnum:]].md", "f[[:nonsense:]].md", "f[[:alpha:].md", "f[[:alpha].md",
    "f[[:upper:][:digit:]].md", "[[:space:]]", "f[+--].md", "star\\*.md", "star*.md", "q\\?.md", "q?.md", "?", "??",
    "back\\slash", "back\\\\slash", "back?slash", "x\\", "\\x", "*.m?", "?.tmp", "f?.md", "*x*", "*b*.md", ".*", "*/.*",
    ".hidden",
    "/.hidden", "über.md", "?ber.md", "??ber.md", "[ü]ber.md", "\t", "tab*", "x\r\n", "b.md\r\n*.tmp\r\n", "\ufeffx\n",
    "\n\n\nx\n\n",
    "# only a comment", "", "/", "//", "//x", "part//x", "./x", "../book/x", "part/../x", "x//", "/x/", "!", "!!", "!/",
    "part/!x",
    "**x", "x**", "***", "***/x", "/**/x", "/**/part/x", "**/part/**/x", "part/**/", "*/x", "*/*", "*/*/x.md", "[/]",
    "part[/]x",
    "part?x", "part*x", "p*t/x", "dir", "dir/", "**/dir", "**/dir/", "dir*/", "X.MD", "*.MD", "line?end", "line*",
    b"\xff", b"[\xfc]ber.md",
    b"\xc3?ber.md", "*~", "~", "deep/1/2/\n!deep/1/2/3/x.md", "deep/\n!deep/x.md",
    "deep/*\n!deep/1/\ndeep/1/*\n!deep/1/x.md",
)  # fmt: skip

NESTED = (
    {".gitignore": "*.md\n", "book/.gitignore": "!b.md\n"},
    {".gitignore": "!b.md\n", "book/.gitignore": "*.md\n"},
    {".gitignore": "/part\n", "book/.gitignore": "/x\n"},
    {".gitignore": "book/part\n", "book/part/.gitignore": "!b.md\n"},
    {".gitignore": "book/part/*\n", "book/part/.gitignore": "!b.md\n"},
    {".gitignore": "/book/*\n!/book/part/\n", "book/part/.gitignore": "*\n!x\n"},
    {".gitignore": "/book/**/x\n"},
    {".gitignore": "**/book/x\nbook/b.md\n/x.md\n"},
    {"notes/.gitignore": "*\n", "book/.gitignore": "# nothing\n"},
    {"book/part/.gitignore": "/x\n/.hidden\n*.tmp\n", "book/.gitignore": "!a.tmp\n"},
    {"book/.gitignore": "part/.gitignore\npart/b.md\n"},
    {"book/.gitignore": "*\n!.gitignore\n!*/\n"},
    {".git/info/exclude": "*.tmp\n/book/x\n/x.md\n"},
    {".git/info/exclude": "*.tmp\n", ".gitignore": "!a.tmp\n"},
    {".git/info/exclude": "!a.tmp\n", ".gitignore": "*.tmp\n"},
    {".git/info/exclude": "book/part/\n", "book/part/.gitignore": "!*\n"},
)


def _untracked(top: Path) -> set[bytes]:
    """Return the new files that git sees in the book, each by its path from the top."""
    settings = [word for pair in SAFE.items() for word in ("-c", "=".join(pair))]
    said = git(top, *settings, "status", "--porcelain", "-z", "-uall", "--", "book")
    return {os.fsencode(entry[3:]) for entry in said.split("\0") if entry}


def _differences(top: Path, step: int, first: int = 0) -> dict[str, str]:
    """Return the names on which git and the reader disagree; of those that git sees, each `step`-th is tried."""
    write(top / "book", dict.fromkeys(CANDIDATES, ""))
    seen = _untracked(top)
    hidden = [name for name in CANDIDATES if os.fsencode(f"book/{name}") not in seen]
    shown = [name for name in CANDIDATES if name not in hidden]
    _remove(top, shown)
    seen_together = told(top / "book")[2] != "clean"
    _remove(top, hidden)
    wrong = {name: "only git sees it" for name in shown[first % step :: step] if _state(top, name) == "clean"}
    if seen_together:
        wrong |= {name: "only the reader sees it" for name in hidden if _state(top, name) != "clean"}
    return wrong


def _remove(top: Path, names: list[str]) -> None:
    """Remove these files of the book, and the folders that are then empty."""
    for name in names:
        path = top / "book" / name
        path.unlink()
        while not any((path := path.parent).iterdir()):
            path.rmdir()


def _state(top: Path, name: str) -> str:
    """Return the state of the book with this new file in it."""
    write(top / "book", {name: ""})
    state = told(top / "book")[2]
    _remove(top, [name])
    return state


@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize(
    ("where", "step"),
    [(".git/info/exclude", 11), pytest.param("book/.gitignore", 1, marks=pytest.mark.slow)],
)
def test_a_pattern_ignores_what_git_ignores(tmp_path: Path, where: str, step: int, part: int) -> None:
    """Every pattern against many names: git and the reader see the same new files."""
    start(tmp_path)
    wrong = {}
    for number, pattern in enumerate(PATTERNS[part::10]):
        write(tmp_path, {where: pattern})
        if where == "book/.gitignore":
            commit(tmp_path)
        if found := _differences(tmp_path, step, number):
            wrong[pattern] = found
    assert wrong == {}


@pytest.mark.parametrize("files", NESTED, ids=" ".join)
def test_the_nearest_file_of_patterns_wins(tmp_path: Path, files: dict[str, str]) -> None:
    """Ignore files of several folders and of the repository together mean what they mean to git."""
    start(tmp_path)
    commit(tmp_path, files)
    assert _differences(tmp_path, 1) == {}


@pytest.mark.parametrize("rule", ["new", "new/", "/book/new", "book/new/", "new/**", "new/*", "**/new/", "!new"])
@pytest.mark.parametrize("shape", ["file", "folder", "link", "link to a folder", "repository"])
def test_a_rule_for_folders_is_none_for_links(tmp_path: Path, rule: str, shape: str) -> None:
    """A slash at the end means folders, and a link to one is not a folder."""
    book = start(tmp_path)
    commit(tmp_path, {".gitignore": rule})
    new = book / "new"
    match shape:
        case "file":
            new.write_text("")
        case "folder":
            write(new, {"one.md": ""})
        case "link":
            new.symlink_to("01-one.md")
        case "link to a folder":
            new.symlink_to("part")
        case _:
            start(new, files={"one.md": ""})
    expected = "changed" if _untracked(tmp_path) else "clean"
    assert told(book)[2] == expected


def test_an_ignore_file_that_was_not_committed_counts(tmp_path: Path) -> None:
    """An ignore file that ignores itself and all others hides them, as in git."""
    book = start(tmp_path)
    write(book, {".gitignore": "*\n", "new.md": ""})
    assert (told(book)[2], _untracked(tmp_path)) == ("clean", set())


def test_an_ignore_file_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """Git reads no ignore file through a link within the work tree."""
    book = start(tmp_path)
    write(tmp_path, {"notes/rules": "*\n"})
    (book / ".gitignore").symlink_to("../notes/rules")
    commit(tmp_path)
    write(book, {"new.md": ""})
    assert (told(book)[2], _untracked(tmp_path)) == ("changed", {b"book/new.md"})
