"""For every form of repository, commit, date and state equal git's, with or without git on the machine."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from compositor.git import read_checkout
from tests.git import forms, object_forms
from tests.git.answers import answer, kind, pressed, told
from tests.git.forms import Form
from tests.git.repositories import commit, git, said_by_git, start, write

EVERY = pytest.mark.parametrize("form", [*forms.ALL, *object_forms.ALL], ids=lambda form: form.__name__)
NAMED = (
    forms.plain, forms.shallow_clone, forms.worktree_with_a_branch, forms.worktree_detached, forms.submodule,
    forms.detached, forms.packed_references, forms.separate_git_folder,
)  # fmt: skip
QUICK = (forms.plain, forms.shallow_clone, forms.worktree_with_a_branch, forms.submodule)
"""One of each kind: the others differ in what tests/git asks of them without a build."""
STARTING = {"subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"}
_started: list[str] = []
_watching: list[bool] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and (event in STARTING or event.startswith("socket.")):
        _started.append(f"{event} {arguments}")


@pytest.fixture
def started() -> Iterator[list[str]]:
    """Record what Python is asked to start, or to connect with, in the course of a test."""
    if not getattr(sys, "_compositor_watched", False):
        sys.addaudithook(_note)
        sys._compositor_watched = True  # type: ignore[attr-defined]
    _started.clear()
    yield _started
    _watching.clear()


@EVERY
def test_commit_date_and_state_are_those_of_git(
    form: Form, tmp_path: Path, started: list[str], request: pytest.FixtureRequest
) -> None:
    """The reader agrees with git, also about a changed file; it needs no git, starts nothing and writes nothing."""
    book = form(tmp_path)
    said, before = said_by_git(book), _snapshot(tmp_path)
    _watching.append(True)
    found = told(book)
    assert (found, said[2], started, _snapshot(tmp_path)) == (said, "clean", [], before)
    _watching.clear()
    _change(book / "01-one.md")
    said = said_by_git(book)
    request.getfixturevalue("without_git")
    found = told(book)
    assert (found, said[2]) == (said, "changed")


def _change(file: Path) -> None:
    """Change letters in a file without changing its length and time."""
    data, times = file.read_bytes(), file.stat()
    file.write_bytes(data.swapcase())
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in folder.rglob("*")}


@pytest.mark.parametrize(
    "form",
    [form if form in QUICK else pytest.param(form, marks=pytest.mark.slow) for form in NAMED],
    ids=lambda form: form.__name__,
)
def test_every_form_gives_the_same_book(
    form: Form, tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    """The EPUB of a shallow clone, a work tree or a submodule equals that of the full clone, byte for byte."""
    made = []
    for name, make in (("full", forms.clone), ("form", form)):
        folder = tmp_path / name
        folder.mkdir()
        book = make(folder)
        made.append(_epub(book, folder / "made.epub", capsys))
    request.getfixturevalue("without_git")
    made.append(_epub(book, tmp_path / "without.epub", capsys))
    assert made[0] == made[1] == made[2]


def test_long_ids_give_the_same_book_in_a_clone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A SHA-256 repository and its shallow clone make the same EPUB."""
    book = object_forms.sha256(tmp_path)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{book.parent}", "shallow")
    copy = _epub(tmp_path / "shallow" / "book", tmp_path / "copy.epub", capsys)
    assert _epub(book, tmp_path / "made.epub", capsys) == copy


def _epub(book: Path, target: Path, capsys: pytest.CaptureFixture[str]) -> bytes:
    pressed(capsys, "epub", book, "-o", target)
    return target.read_bytes()


def test_a_submodule_at_another_commit_is_a_change(tmp_path: Path) -> None:
    """The superproject names the commit of its submodule; any other one in its folder is a change."""
    book = forms.beside_a_submodule(tmp_path)
    git(tmp_path / "super/it", "checkout", "-q", "v1")
    assert told(book) == said_by_git(book)
    assert told(book)[2] == "changed"


def test_a_submodule_with_a_sparse_checkout_is_read(tmp_path: Path) -> None:
    """Its settings move into the worktree configuration, including the one that says where its files are."""
    book = forms.submodule(tmp_path)
    git(book, "sparse-checkout", "set", "book")
    assert told(book) == said_by_git(book)


def test_a_repository_elsewhere_need_not_say_that_it_has_files(tmp_path: Path) -> None:
    """A missing `core.bare` means false."""
    book = forms.separate_git_folder(tmp_path)
    git(book, "config", "--unset", "core.bare")
    assert told(book) == said_by_git(book)


def test_files_in_a_submodule_do_not_count_above(tmp_path: Path) -> None:
    """A submodule is compared by its commit; changes in its files do not count."""
    book = forms.beside_a_submodule(tmp_path)
    write(tmp_path / "super/it", {"README.md": "Changed.\n", "new.txt": "New.\n"})
    assert told(book) == said_by_git(book)
    assert told(book)[2] == "clean"


def test_a_submodule_without_a_folder_is_a_change(tmp_path: Path) -> None:
    """git reports the removed folder of a submodule."""
    book = forms.beside_a_submodule_not_fetched(tmp_path)
    (tmp_path / "again/it").rmdir()
    assert told(book) == said_by_git(book)


def test_trees_that_are_missing_are_not_fetched(tmp_path: Path, started: list[str]) -> None:
    """A partial clone may lack folders that were never needed: the commit is reported, and the state is unknown."""
    git(forms.origin(tmp_path), "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=tree:0", f"file://{tmp_path}/origin", "partial")
    shutil.copytree(tmp_path / "origin/book", tmp_path / "partial/book")
    packs = sorted((tmp_path / "partial/.git/objects").rglob("*"))
    _watching.append(True)
    found = answer(tmp_path / "partial/book")
    assert (kind(found), started) == ("unknown", [])
    assert sorted((tmp_path / "partial/.git/objects").rglob("*")) == packs
    assert found.commit == git(tmp_path / "origin", "rev-parse", "HEAD")


def test_without_an_index_the_files_are_compared(tmp_path: Path) -> None:
    """A program that checks files out on its own may leave no index; the files are enough."""
    book = forms.plain(tmp_path)
    (tmp_path / "origin/.git/index").unlink()
    assert told(book)[2] == "clean"
    _change(book / "01-one.md")
    assert told(book)[2] == "changed"


def test_outside_any_repository_there_is_nothing_to_say(tmp_path: Path) -> None:
    """A folder outside all repositories has no commit."""
    assert read_checkout(tmp_path) is None
    write(tmp_path, {".git/description": "A folder that is only called so.\n"})
    assert read_checkout(tmp_path) is None


@pytest.mark.parametrize("missing", ["HEAD", "objects", "refs"])
def test_what_is_no_repository_is_passed_over(tmp_path: Path, missing: str) -> None:
    """A `.git` folder without the parts of a repository does not hide the one above it, as in git."""
    book = start(tmp_path)
    git(book, "init", "-q", "--template=")
    (book / ".git" / missing).rename(book / ".git" / "gone")
    assert told(book)[0] == git(tmp_path, "rev-parse", "HEAD")


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)])
def test_before_the_first_commit_there_is_nothing_to_say(tmp_path: Path, options: tuple[str, ...]) -> None:
    """A new repository, and a branch without a commit, count as no repository."""
    git(tmp_path, "init", "-q", "--template=", *options)
    assert read_checkout(tmp_path) is None
    commit(tmp_path, {"one.txt": "1"})
    git(tmp_path, "checkout", "-q", "--orphan", "empty")
    assert read_checkout(tmp_path) is None


def test_the_environment_names_no_other_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIT_DIR and similar variables, which git sets for hooks, do not apply to the book."""
    book, other = start(tmp_path / "one"), start(tmp_path / "two", files={"other.txt": "2"})
    for name in ("GIT_DIR", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(other.parent / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.parent))
    monkeypatch.setenv("GIT_INDEX_FILE", "/dev/zero")
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", "/nowhere")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path / "one"))
    found = told(book)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    assert found == said_by_git(book)


def test_another_user_may_own_the_files(tmp_path: Path) -> None:
    """In a container the clone usually belongs to another user."""
    if os.geteuid() != 0:
        pytest.skip("not run: only root can give files away")
    book = start(tmp_path / "one")
    said = said_by_git(book)
    for path in [tmp_path / "one", *(tmp_path / "one").rglob("*")]:
        os.chown(path, 12345, 12345, follow_symlinks=False)
    assert told(book) == said


def test_a_link_to_the_book_is_followed(tmp_path: Path) -> None:
    """The repository is the one that really contains the book."""
    book = start(tmp_path / "one")
    start(tmp_path / "two", files={"other.txt": "2"})
    (tmp_path / "two" / "book").symlink_to(book)
    assert told(tmp_path / "two" / "book") == said_by_git(book)
