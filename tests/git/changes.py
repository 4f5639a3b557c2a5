"""What can be done to a work tree: each function does one thing to a repository with a book."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.git.repositories import commit, git, start, write

Change = Callable[[Path], None]
"""Something that is done to the top folder of a repository."""


def nothing(top: Path) -> None:
    """The files are as they were checked out."""


def touched(top: Path) -> None:
    """A file has another time and the same bytes."""
    os.utime(top / "book/01-one.md", (1, 1))


def same_length_and_time(top: Path) -> None:
    """A change that neither the size nor the time of the file tells."""
    file = top / "book/01-one.md"
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b"paragraph", b"paragrapf"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def longer(top: Path) -> None:
    """A line more in a file of the book."""
    write(top, {"book/01-one.md": "# One\n\nA paragraph.\n\nAnother.\n"})


def changed_outside_the_book(top: Path) -> None:
    """A change to a file that is in the repository and not in the book."""
    write(top, {"notes/one.txt": "Changed.\n"})


def emptied(top: Path) -> None:
    """A file without anything in it."""
    write(top, {"book/01-one.md": b""})


def deleted(top: Path) -> None:
    """A file is missing."""
    (top / "notes/one.txt").unlink()


def folder_deleted(top: Path) -> None:
    """A folder is missing with its files."""
    shutil.rmtree(top / "book/part")


def renamed(top: Path) -> None:
    """A file is called otherwise."""
    (top / "book/01-one.md").rename(top / "book/01-uno.md")


def renamed_in_letters_only(top: Path) -> None:
    """A file's name differs only in a capital letter."""
    (top / "book/01-one.md").rename(top / "book/01-One.md")


def new_in_the_book(top: Path) -> None:
    """A file in the book's folder that git does not know."""
    write(top, {"book/03-three.md": "# Three\n"})


def new_and_hidden_in_the_book(top: Path) -> None:
    """A new file whose name begins with a dot."""
    write(top, {"book/.hidden": ""})


def new_deep_in_the_book(top: Path) -> None:
    """A new file in a new folder of a new folder."""
    write(top, {"book/part/new/deep/three.md": "# Three\n"})


def new_outside_the_book(top: Path) -> None:
    """A new file elsewhere in the work tree does not concern the book."""
    write(top, {"notes/two.txt": "Two.\n", "three.txt": "Three.\n"})


def empty_folder(top: Path) -> None:
    """Git keeps no folders, and an empty one is nothing to it."""
    (top / "book/empty/within").mkdir(parents=True)


def pipe_in_the_book(top: Path) -> None:
    """What is neither file nor link nor folder is nothing to git."""
    os.mkfifo(top / "book/pipe")


def file_became_a_folder(top: Path) -> None:
    """A folder where a file was."""
    (top / "book/01-one.md").unlink()
    write(top, {"book/01-one.md/one.md": "# One\n\nA paragraph.\n"})


def file_became_an_empty_folder(top: Path) -> None:
    """A folder without files where a file was."""
    (top / "notes/one.txt").unlink()
    (top / "notes/one.txt").mkdir()


def folder_became_a_file(top: Path) -> None:
    """A file where a folder was."""
    shutil.rmtree(top / "book/part")
    write(top, {"book/part": "No folder.\n"})


def file_became_a_pipe(top: Path) -> None:
    """A pipe where a file was."""
    (top / "notes/one.txt").unlink()
    os.mkfifo(top / "notes/one.txt")


def executable(top: Path) -> None:
    """The executable bit says nothing of the words in a book."""
    (top / "book/01-one.md").chmod(0o755)


def committed_as_executable(top: Path) -> None:
    """A file that was committed with the bit and has lost it."""
    git(top, "update-index", "--chmod=+x", "book/01-one.md")
    git(top, "commit", "-q", "-m", "A commit")


def new_and_staged(top: Path) -> None:
    """A file in the index and not in the commit, outside the book."""
    write(top, {"notes/two.txt": "Two.\n"})
    git(top, "add", "notes/two.txt")


def staged_then_deleted(top: Path) -> None:
    """A file that is only in the index."""
    new_and_staged(top)
    (top / "notes/two.txt").unlink()


def intended(top: Path) -> None:
    """A file that the index only announces."""
    write(top, {"notes/two.txt": "Two.\n"})
    git(top, "add", "-N", "notes/two.txt")


def change_staged(top: Path) -> None:
    """A change that is in the index too."""
    write(top, {"notes/one.txt": "Changed.\n"})
    git(top, "add", "notes/one.txt")


def deletion_staged(top: Path) -> None:
    """A file that is neither in the index nor there any more."""
    git(top, "rm", "-q", "notes/one.txt")


def conflict(top: Path) -> None:
    """A merge that has stopped at a conflict: the index has a file three times."""
    git(top, "checkout", "-q", "-b", "other")
    commit(top, {"README.md": "Theirs.\n"})
    git(top, "checkout", "-q", "-b", "ours", "main")
    commit(top, {"README.md": "Ours.\n"})
    git(top, "read-tree", "-m", "main", "ours", "other")
    assert git(top, "ls-files", "-u")


def repository_within(top: Path) -> None:
    """A repository in the book's folder that is not a submodule."""
    start(top / "book/within", files={"one.txt": "1\n"})


def empty_repository_within(top: Path) -> None:
    """A repository without a commit in the book's folder."""
    (top / "book/within").mkdir()
    git(top / "book/within", "init", "-q", "--template=")


def odd_names(top: Path) -> None:
    """Names with blanks, quotation marks, line ends, other letters, and bytes that are not UTF-8."""
    names = [" a b ", 'q"uo\\te', "line\nend", "tab\t", "füße", "日本", "é", "é", "-n", ":(top)", "\udcff\udcfe.md"]
    commit(top, {f"book/{name}": f"{index}\n" for index, name in enumerate(names)})


def odd_name_changed(top: Path) -> None:
    """A change in a file whose name is not text."""
    odd_names(top)
    write(top, {"book/\udcff\udcfe.md": "Changed.\n"})


def odd_name_new(top: Path) -> None:
    """A new file whose name is not text."""
    odd_names(top)
    write(top, {"book/\udcff\udcfd.md": "New.\n"})


def names_beside_each_other(top: Path) -> None:
    """A folder sorts in git as if its name ended in a slash."""
    names = ("a", "a-b", "a.b", "a0", "ab/c", "ab.c", "ab-c", "ab0", "ab/c.d/e")
    commit(top, {f"book/sorted/{name}": name for name in names})


def many_files(top: Path) -> None:
    """More entries than fit into one byte, in a folder of their own."""
    commit(top, {f"book/many/{number:03}.md": f"{number}\n" for number in range(300)})


def index_of_version_4(top: Path) -> None:
    """An index with shortened names, and a new file in it."""
    many_files(top)
    git(top, "update-index", "--index-version", "4")


def staged_in_version_4(top: Path) -> None:
    """A file that only an index with shortened names knows."""
    index_of_version_4(top)
    new_and_staged(top)


def split_index(top: Path) -> None:
    """An index in two files."""
    git(top, "update-index", "--split-index")
    write(top, {"notes/one.txt": "Changed.\n"})


def split_index_with_changes(top: Path) -> None:
    """An index in two files, of which one takes back what stands in the other."""
    many_files(top)
    git(top, "config", "core.splitIndex", "true")
    git(top, "config", "splitIndex.maxPercentChange", "100")
    git(top, "update-index", "--split-index")
    commit(top, {"book/many/007.md": "Other words.\n", "book/many/new.md": "New.\n"})
    assert b"link" in (top / ".git/index").read_bytes()


def git_folder_within(top: Path) -> None:
    """A folder `.git` deep in the book that is not a repository."""
    write(top, {"book/part/.git/notes": "Nothing.\n"})


def only_ignored_files_within(top: Path) -> None:
    """A new folder that holds nothing but what is ignored."""
    commit(top, {".gitignore": "*.tmp\n"})
    write(top, {"book/new/one.tmp": "", "book/new/deep/two.tmp": ""})


def ignored_and_committed(top: Path) -> None:
    """A pattern does not hide the change of a file that is committed."""
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
