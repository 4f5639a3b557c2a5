"""Changes with symbolic links: each function does one thing to a repository with a book."""

from __future__ import annotations

from pathlib import Path

from tests.git.changes import Change
from tests.git.repositories import commit, write


def link_to_nowhere(top: Path) -> None:
    """Add a symbolic link, which is a new file wherever it leads."""
    (top / "book/link").symlink_to("nowhere")


def file_became_a_link(top: Path) -> None:
    """Replace a file by a link to a file with the same bytes."""
    (top / "book/01-one.md").rename(top / "elsewhere.md")
    (top / "book/01-one.md").symlink_to("../elsewhere.md")


def folder_became_a_link(top: Path) -> None:
    """Replace a folder by a link to a folder with the same files."""
    (top / "book/part").rename(top / "elsewhere")
    (top / "book/part").symlink_to("../elsewhere")


def links_kept(top: Path) -> None:
    """Leave committed links to a file, to a folder, to nothing and to themselves as they were."""
    for name, target in (("file", "01-one.md"), ("folder", "part"), ("gone", "/nowhere/ü"), ("self", "self")):
        (top / "book" / name).symlink_to(target)
    commit(top)


def link_changed(top: Path) -> None:
    """Change the target of a committed link."""
    links_kept(top)
    (top / "book/file").unlink()
    (top / "book/file").symlink_to("01-one.me")


def link_became_a_file(top: Path) -> None:
    """Replace a link by a file that holds its target."""
    links_kept(top)
    (top / "book/file").unlink()
    write(top, {"book/file": "01-one.md"})


def file_became_a_link_to_what_it_says(top: Path) -> None:
    """Replace a file by a link whose target is the text of the file."""
    commit(top, {"book/file": "01-one.md"})
    (top / "book/file").unlink()
    (top / "book/file").symlink_to("01-one.md")


def link_to_a_folder_became_the_folder(top: Path) -> None:
    """Replace a link to a folder by a folder with files."""
    links_kept(top)
    (top / "book/folder").unlink()
    write(top, {"book/folder/02-two.md": "# Two\n\nAnother paragraph.\n"})


def link_deleted(top: Path) -> None:
    """Delete a link."""
    links_kept(top)
    (top / "book/gone").unlink()


ALL: tuple[Change, ...] = (
    link_to_nowhere, file_became_a_link, folder_became_a_link, links_kept, link_changed, link_became_a_file,
    file_became_a_link_to_what_it_says, link_to_a_folder_became_the_folder, link_deleted,
)  # fmt: skip
