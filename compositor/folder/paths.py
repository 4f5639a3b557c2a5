"""Path in the book's folder -> file: what exists, and what may be read.

Every way out of the folder (`..`, an absolute path, a symbolic link) is an error here.
"""

from __future__ import annotations

import difflib
import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from compositor.errors import error, warning
from compositor.model import Finding, Place

NOT_SEARCHED = frozenset({"dist", "node_modules", "styles", "templates"})
"""Folders without chapters; so are other books, sites, and names that begin with a dot or an underscore."""
SITE_MARK = "compositor-site.json"
"""The file that marks a folder as the site of a book, made by a build."""


KINDS = {"picture": (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"), "chapter": (".md", ".markdown")}
"""Type of file -> its endings."""
OF_GIT = "belongs to git and not to the book"


def list_files(folder: Path) -> list[str]:
    """Return all files of the book, as sorted paths, without other books and linked folders in its folder.

    A name that is not UTF-8 can be written neither in a chapter nor in a book; `not_in_utf8` reports those.
    """
    return sorted(filter(in_utf8, _walk(folder, "")))


def not_in_utf8(folder: Path) -> list[Finding]:
    """Return a warning for each file whose name has bytes that are not UTF-8."""
    remedy = "rename it with letters that your terminal shows"
    message = "the name of this file is not in UTF-8; the file is ignored"
    names = sorted(name for name in _walk(folder, "") if not in_utf8(name))
    return [warning("M019", message, Place(name), remedy) for name in names]


def in_utf8(name: str) -> bool:
    """Return whether a name is text, without bytes that Python keeps as surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _walk(folder: Path, above: str) -> Iterator[str]:
    for name in os.listdir(folder):
        path = folder / name
        if name.startswith((".", "_")):
            continue
        if not path.is_dir():
            yield above + name
        elif name in NOT_SEARCHED or path.is_symlink():
            continue
        elif not (path / "book.toml").exists() and not (path / SITE_MARK).exists():
            yield from _walk_if_allowed(path, f"{above}{name}/")


def _walk_if_allowed(folder: Path, above: str) -> Iterator[str]:
    """Yield what is in a folder. One that cannot be listed has no chapters; a listed file is reported when opened."""
    try:
        yield from list(_walk(folder, above))
    except OSError:
        return


def locate(folder: Path, path: str, asked: Place, names: Sequence[str]) -> tuple[Path | None, list[Finding]]:
    """Return the file on disk if it is a readable part of the book; `asked` is where the book asks for it."""
    if (fault := _way_out(folder, path)) is not None:
        remedy = "put the file into the book's folder: a build reads nothing outside it"
        if fault == OF_GIT:
            remedy = "name a file of the book; copy what you want to print, without passwords"
        return None, [error("M003", f'"{path}" {fault}', asked, remedy)]
    file = folder / path
    if not os.path.exists(file) or _other_case(path, names):
        return None, [_missing(path, asked, names, os.path.islink(file))]
    if not os.path.isfile(file):
        kind = "a folder" if os.path.isdir(file) else "not a file that can be read to its end"
        inside = " in it" if os.path.isdir(file) else ""
        return None, [error("M004", f'"{path}" is {kind}', asked, f"name a file{inside}")]
    return file, []


def _other_case(path: str, names: Sequence[str]) -> bool:
    """Return whether the file differs in case, so that other file systems would not find it."""
    return path not in names and path.casefold() in (name.casefold() for name in names)


def _way_out(folder: Path, path: str) -> str | None:
    if posixpath.isabs(path) or re.match(r"[A-Za-z]:|\\\\", path):
        return "is an absolute path"
    if posixpath.normpath(path).split("/")[0] == "..":
        return "leads out of the book's folder"
    root, real = os.path.realpath(folder), os.path.realpath(folder / path)
    if real != root and not real.startswith(root + os.sep):
        return "is a link that leads out of the book's folder"
    return OF_GIT if is_of_git(real[len(root) :]) else None


def is_inside(folder: Path, file: Path) -> bool:
    """Return whether a file may be read for a book: in the book's folder, links followed, and in no repository."""
    real, root = Path(os.path.realpath(file)), Path(os.path.realpath(folder))
    return real.is_relative_to(root) and not is_of_git(str(real.relative_to(root)))


def is_of_git(path: str) -> bool:
    """Return whether a path below the book's folder is in a repository, whose settings may hold a password."""
    return ".git" in path.casefold().split(os.sep)


def _missing(path: str, asked: Place, names: Sequence[str], is_link: bool) -> Finding:
    if is_link:
        return error("M002", f'"{path}" is a link to a file that does not exist', asked, "correct the link")
    near = _nearest(path, names)
    if near.casefold() == path.casefold() and near != path:
        remedy = f'write "{near}": upper and lower case are different files'
    else:
        remedy = f'did you mean "{near}"?' if near else "write the file, correct its name here, or remove it"
    return error("M002", f'there is no file "{path}"', asked, remedy, meant=(path, near) if near else ("", ""))


def _nearest(path: str, names: Sequence[str]) -> str:
    """Return the existing name that is most likely meant; empty if none is similar."""
    wanted = path.replace("\\", "/").casefold()
    folded = {name.casefold(): name for name in names}
    same = [name for key, name in folded.items() if key == wanted or key.split("/")[-1] == wanted.split("/")[-1]]
    if same:
        return min(same, key=lambda name: (name.casefold() != wanted, name))
    stems: dict[str, list[str]] = {}
    for key in folded:
        if _kind(key) == _kind(wanted) or not _kind(wanted):
            stems.setdefault(_stem(key), []).append(key)
    near = difflib.get_close_matches(_stem(wanted), stems, 1, 0.6)
    if not near:
        return ""
    return folded[max(stems[near[0]], key=lambda key: difflib.SequenceMatcher(None, wanted, key).ratio())]


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _kind(path: str) -> str:
    """Return the type by which files can replace one another: a picture for a picture, a chapter for a chapter."""
    ending = posixpath.splitext(path)[1]
    return next((kind for kind, endings in KINDS.items() if ending in endings), ending)


def as_on_disk(path: str, names: Iterable[str]) -> str:
    """Return the shortest form of the path, with accents composed as on the file system."""
    short = posixpath.normpath(path)
    composed = unicodedata.normalize("NFC", short)
    same = (name for name in names if unicodedata.normalize("NFC", name) == composed)
    return short if short in names else next(same, short)


EXPLANATIONS: dict[str, str] = {
    "M002": (
        "The book names a file that does not exist, or spells it differently; upper and lower case count on most "
        'systems. Correct the name in book.toml, or write the file. Example: chapters = ["01-first.md"]'
    ),
    "M003": (
        "The book names a file outside its own folder, by `..`, an absolute path or a symbolic link, or a file in "
        "`.git`, whose configuration may contain a password. Only files in the book's folder and in the theme go "
        "into a book, so that it publishes nothing by mistake and builds everywhere alike. Copy the file into the "
        "folder, without passwords."
    ),
    "M004": (
        "A file is expected, but this is a folder, a device or a pipe. List the files of the folder one by one. "
        'Example: chapters = ["chapters/01-first.md"], not ["chapters"]'
    ),
    "M019": (
        "The name of a file in the book's folder is not UTF-8, as in archives from another system. Such a name "
        "cannot be in a chapter, in book.toml or in an EPUB, so the file is ignored. Rename it. Example: mv 02-*.md "
        "02-cafe.md"
    ),
    "M005": (
        "The system does not allow Compositor to read the file. Usually its permissions are wrong. Example: chmod "
        "u+r 01-first.md"
    ),
}
