"""Changes to a work tree: each function does one thing to a repository with a book."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.git.repositories import commit, git, start, write

Change = Callable[[Path], None]
"""A change to the top folder of a repository."""


def nothing(top: Path) -> None:
    """Leave the files as they were checked out."""


def touched(top: Path) -> None:
    """Give a file another time and the same bytes."""
    os.utime(top / "book/01-one.md", (1, 1))


def same_length_and_time(top: Path) -> None:
    """Change a file so that its size and time stay the same."""
    file = top / "book/01-one.md"
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b"paragraph", b"paragrapf"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def longer(top: Path) -> None:
    """Add a line to a file of the book."""
    write(top, {"book/01-one.md": "# One\n\nA paragraph.\n\nAnother.\n"})


def changed_outside_the_book(top: Path) -> None:
    """Change a file that is in the repository but not in the book."""
    write(top, {"notes/one.txt": "Changed.\n"})


def emptied(top: Path) -> None:
    """Empty a file."""
    write(top, {"book/01-one.md": b""})


def deleted(top: Path) -> None:
    """Delete a file."""
    (top / "notes/one.txt").unlink()


def folder_deleted(top: Path) -> None:
    """Delete a folder with its files."""
    shutil.rmtree(top / "book/part")


def renamed(top: Path) -> None:
    """Rename a file."""
    (top / "book/01-one.md").rename(top / "book/01-uno.md")


def renamed_in_letters_only(top: Path) -> None:
    """Change only the case of a letter in a file's name."""
    (top / "book/01-one.md").rename(top / "book/01-One.md")


def new_in_the_book(top: Path) -> None:
    """Add a file to the book's folder that git does not know."""
    write(top, {"book/03-three.md": "# Three\n"})


def new_and_hidden_in_the_book(top: Path) -> None:
    """Add a file whose name begins with a dot."""
    write(top, {"book/.hidden": ""})


def new_deep_in_the_book(top: Path) -> None:
    """Add a file in a new folder inside a new folder."""
    write(top, {"book/part/new/deep/three.md": "# Three\n"})


def new_outside_the_book(top: Path) -> None:
    """Add a file elsewhere in the work tree; it does not concern the book."""
    write(top, {"notes/two.txt": "Two.\n", "three.txt": "Three.\n"})


def empty_folder(top: Path) -> None:
    """Add an empty folder, which git ignores."""
    (top / "book/empty/within").mkdir(parents=True)


def pipe_in_the_book(top: Path) -> None:
    """Add a pipe, which git ignores."""
    os.mkfifo(top / "book/pipe")


def file_became_a_folder(top: Path) -> None:
    """Replace a file by a folder."""
    (top / "book/01-one.md").unlink()
    write(top, {"book/01-one.md/one.md": "# One\n\nA paragraph.\n"})


def file_became_an_empty_folder(top: Path) -> None:
    """Replace a file by a folder without files."""
    (top / "notes/one.txt").unlink()
    (top / "notes/one.txt").mkdir()


def folder_became_a_file(top: Path) -> None:
    """Replace a folder by a file."""
    shutil.rmtree(top / "book/part")
    write(top, {"book/part": "No folder.\n"})


def file_became_a_pipe(top: Path) -> None:
    """Replace a file by a pipe."""
    (top / "notes/one.txt").unlink()
    os.mkfifo(top / "notes/one.txt")


def executable(top: Path) -> None:
    """Set the executable bit, which does not change the words of a book."""
    (top / "book/01-one.md").chmod(0o755)


def committed_as_executable(top: Path) -> None:
    """Remove the executable bit of a file that was committed with it."""
    git(top, "update-index", "--chmod=+x", "book/01-one.md")
    git(top, "commit", "-q", "-m", "A commit")


def new_and_staged(top: Path) -> None:
    """Add a file outside the book to the index but not to the commit."""
    write(top, {"notes/two.txt": "Two.\n"})
    git(top, "add", "notes/two.txt")


def staged_then_deleted(top: Path) -> None:
    """Add a file to the index and delete it."""
    new_and_staged(top)
    (top / "notes/two.txt").unlink()


def intended(top: Path) -> None:
    """Add a file to the index with `--intent-to-add`."""
    write(top, {"notes/two.txt": "Two.\n"})
    git(top, "add", "-N", "notes/two.txt")


def change_staged(top: Path) -> None:
    """Make a change and add it to the index."""
    write(top, {"notes/one.txt": "Changed.\n"})
    git(top, "add", "notes/one.txt")


def deletion_staged(top: Path) -> None:
    """Delete a file from the index and from the folder."""
    git(top, "rm", "-q", "notes/one.txt")


def conflict(top: Path) -> None:
    """Stop a merge at a conflict: the index has a file three times."""
    git(top, "checkout", "-q", "-b", "other")
    commit(top, {"README.md": "Theirs.\n"})
    git(top, "checkout", "-q", "-b", "ours", "main")
    commit(top, {"README.md": "Ours.\n"})
    git(top, "read-tree", "-m", "main", "ours", "other")
    assert git(top, "ls-files", "-u")


def repository_within(top: Path) -> None:
    """Add a repository to the book's folder that is not a submodule."""
    start(top / "book/within", files={"one.txt": "1\n"})


def empty_repository_within(top: Path) -> None:
    """Add a repository without a commit to the book's folder."""
    (top / "book/within").mkdir()
    git(top / "book/within", "init", "-q", "--template=")


def odd_names(top: Path) -> None:
    """Commit names with spaces, quotation marks, line ends, other letters, and bytes that are not UTF-8."""
    names = [" a b ", 'q"uo\\te', "line\nend", "tab\t", "füße", "日本", "é", "é", "-n", ":(top)", "\udcff\udcfe.md"]
    commit(top, {f"book/{name}": f"{index}\n" for index, name in enumerate(names)})


def odd_name_changed(top: Path) -> None:
    """Change a file whose name is not text."""
    odd_names(top)
    write(top, {"book/\udcff\udcfe.md": "Changed.\n"})


def odd_name_new(top: Path) -> None:
    """Add a file whose name is not text."""
    odd_names(top)
    write(top, {"book/\udcff\udcfd.md": "New.\n"})


def names_beside_each_other(top: Path) -> None:
    """Commit names that git sorts in its own way: a folder sorts as if its name ended in a slash."""
    names = ("a", "a-b", "a.b", "a0", "ab/c", "ab.c", "ab-c", "ab0", "ab/c.d/e")
    commit(top, {f"book/sorted/{name}": name for name in names})


def many_files(top: Path) -> None:
    """Commit a folder with more entries than one byte can count."""
    commit(top, {f"book/many/{number:03}.md": f"{number}\n" for number in range(300)})


def index_of_version_4(top: Path) -> None:
    """Write an index with shortened names, and a new file in it."""
    many_files(top)
    git(top, "update-index", "--index-version", "4")


def staged_in_version_4(top: Path) -> None:
    """Add a file to an index with shortened names only."""
    index_of_version_4(top)
    new_and_staged(top)


def split_index(top: Path) -> None:
    """Split the index into two files."""
    git(top, "update-index", "--split-index")
    write(top, {"notes/one.txt": "Changed.\n"})


def split_index_with_changes(top: Path) -> None:
    """Split the index into two files, one of which reverts part of the other."""
    many_files(top)
    git(top, "config", "core.splitIndex", "true")
    git(top, "config", "splitIndex.maxPercentChange", "100")
    git(top, "update-index", "--split-index")
    commit(top, {"book/many/007.md": "Other words.\n", "book/many/new.md": "New.\n"})
    assert b"link" in (top / ".git/index").read_bytes()


def git_folder_within(top: Path) -> None:
    """Add a folder `.git` deep in the book that is not a repository."""
    write(top, {"book/part/.git/notes": "Nothing.\n"})


def only_ignored_files_within(top: Path) -> None:
    """Add a folder that holds only ignored files."""
    commit(top, {".gitignore": "*.tmp\n"})
    write(top, {"book/new/one.tmp": "", "book/new/deep/two.tmp": ""})


def ignored_and_committed(top: Path) -> None:
    """Change a committed file that a pattern ignores: git still reports the change."""
    commit(top, {".gitignore": "*.md\n"})
    write(top, {"book/01-one.md": "# One\n\nChanged.\n"})


ALL: tuple[Change, ...] = (
    nothing, touched, same_length_and_time, longer, changed_outside_the_book, emptied, deleted, folder_deleted,
    renamed, renamed_in_letters_only, new_in_the_book, new_and_hidden_in_the_book, new_deep_in_the_book,
    new_outside_the_book, empty_folder, pipe_in_the_book, file_became_a_folder, file_became_an_empty_folder,
    folder_became_a_file, file_became_a_pipe, executable, committed_as_executable, new_and_staged,
    staged_then_deleted, intended, change_staged, deletion_staged, conflict, repository_within,
    empty_repository_within, odd_names, odd_name_changed, odd_name_new, names_beside_each_other, many_files,
    index_of_version_4, staged_in_version_4, split_index, split_index_with_changes, git_folder_within,
    only_ignored_files_within,
    ignored_and_committed,
)  # fmt: skip
