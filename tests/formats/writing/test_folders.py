"""Writing a site: the whole folder or nothing, and never over files that no build has made."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from compositor.errors import BookError
from compositor.folder.paths import SITE_MARK, list_files
from compositor.formats import EPUB, WEB
from compositor.formats.writing import folders
from compositor.formats.writing.files import EXPLANATIONS, remove_unproved, write_all
from compositor.formats.writing.folders import Folder
from compositor.formats.writing.outputs import target


def site(**files: str) -> Folder:
    """Return the zip of a site with these files, and their list."""
    whole = {name.replace("_", "."): text for name, text in files.items()}
    listed = {"press": "Compositor", "build": "0", "files": sorted((*whole, SITE_MARK))}
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in {**whole, SITE_MARK: json.dumps(listed)}.items():
            archive.writestr(name, text)
    return Folder(data.getvalue())


def names(folder: Path) -> set[str]:
    """Return all files below a folder, except the list of a site."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {SITE_MARK}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_site_takes_the_place_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    """Files that the new site lacks are removed, and nothing else remains, with or without an atomic exchange."""
    if not at_once:
        monkeypatch.setattr(folders, "_exchanged_at_once", lambda one, other: False)
    place = tmp_path / "out" / "site"
    write_all({place: site(old_html="1", both_html="1")})
    write_all({place: site(both_html="2", new_html="2")})
    assert names(place) == {"both.html", "new.html"}
    assert (place / "both.html").read_text(encoding="utf-8") == "2"
    assert [path.name for path in place.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("what", ["notes.txt", "styles/mine.css", "empty/"])
def test_a_folder_that_holds_something_else_stays_as_it_is(tmp_path: Path, what: str) -> None:
    """A file or folder that no build has made stays, also inside a site."""
    place = tmp_path / "site"
    write_all({place: site(index_html="1")})
    foreign = place / what
    foreign.mkdir(parents=True) if what.endswith("/") else foreign.parent.mkdir(exist_ok=True)
    if not what.endswith("/"):
        foreign.write_text("mine", encoding="utf-8")
    with pytest.raises(BookError) as problem:
        write_all({place: site(index_html="2")})
    assert [one.code for one in problem.value.findings] == ["F010"] and "F010" in EXPLANATIONS
    assert (place / "index.html").read_text(encoding="utf-8") == "1" and foreign.exists()


def test_a_folder_of_somebody_and_a_file_are_no_sites(tmp_path: Path) -> None:
    """A folder without the list of a site, one with a link in it, and a file of that name are not replaced."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    write_all({tmp_path / "linked": site(index_html="1")})
    (tmp_path / "linked" / "index.html").unlink()
    (tmp_path / "linked" / "index.html").symlink_to(tmp_path / "file")
    for name in ("mine", "file", "linked"):
        with pytest.raises(BookError):
            write_all({tmp_path / name: site(index_html="2")})
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert names(tmp_path / "mine") == {"index.html"}


def test_what_a_file_manager_leaves_is_nobody_s(tmp_path: Path) -> None:
    """Such a file does not keep a site from being replaced."""
    write_all({tmp_path / "site": site(index_html="1")})
    (tmp_path / "site" / ".DS_Store").write_bytes(b"")
    write_all({tmp_path / "site": site(index_html="2")})
    assert names(tmp_path / "site") == {"index.html"}


def test_when_one_output_cannot_be_put_in_place_the_site_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure after the exchange reverses it, and leaves no hidden file."""
    place, book = tmp_path / "site", tmp_path / "book.epub"
    write_all({place: site(index_html="old"), book: b"old"})

    def full(source: object, goal: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("compositor.formats.writing.drafts.os.replace", full)
    with pytest.raises(BookError):
        write_all({place: site(index_html="new"), book: b"new"})
    monkeypatch.undo()
    assert (place / "index.html").read_text(encoding="utf-8") == "old" and book.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"site", "book.epub"}


def test_what_a_killed_build_has_left_is_removed(tmp_path: Path) -> None:
    """The next build removes an unlocked draft of a folder."""
    (tmp_path / ".site-0123abcd.tmp" / "styles").mkdir(parents=True)
    write_all({tmp_path / "site": site(index_html="1")})
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_set_aside_is_removed_with_its_folder(tmp_path: Path) -> None:
    """The next good build removes the faulty site, unless somebody has put a file into it."""
    place = tmp_path / "unproved" / "site"
    write_all({place: site(index_html="1")})
    remove_unproved(place)
    assert not (tmp_path / "unproved").exists()
    write_all({place: site(index_html="1")})
    (place / "mine.txt").write_text("mine", encoding="utf-8")
    remove_unproved(place)
    assert (place / "mine.txt").exists()


def test_a_site_is_never_read_as_a_source(tmp_path: Path) -> None:
    """Files in the folder of a site are not part of the book next to it."""
    write_all({tmp_path / "public": site(README_md="# Not a chapter\n")})
    (tmp_path / "01-one.md").write_text("# One\n", encoding="utf-8")
    assert list_files(tmp_path) == ["01-one.md"]


def test_where_a_site_is_put(tmp_path: Path) -> None:
    """A name without a slash at its end is the site's own folder, if nothing else is in it."""
    write_all({tmp_path / "ours": site(index_html="1")})
    (tmp_path / "empty").mkdir()
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "file").write_text("mine", encoding="utf-8")
    found = {name: target(f"{tmp_path}/{name}", "book", WEB) for name in ("new", "new/", "ours/", "empty", "theirs")}
    assert {name: str(path.relative_to(tmp_path)) for name, path in found.items()} == {
        "new": "new",
        "new/": "new/book-web",
        "ours/": "ours",
        "empty": "empty",
        "theirs": "theirs/book-web",
    }
    assert target("dist/", "book", EPUB) == Path("dist/book.epub")
