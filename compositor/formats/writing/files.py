"""Bytes -> files: all written beside their targets and flushed to the disk, then renamed over them; or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from compositor.errors import refuse, stop
from compositor.formats.writing.drafts import AnyDraft, begin, put_in_place, remove_stale
from compositor.formats.writing.folders import Folder, faults_of_folder, remove_site
from compositor.machine.locks import locked
from compositor.machine.scratch import FULL
from compositor.model import Place

FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_atomically(target: Path, data: bytes) -> None:
    """Replace the target by these bytes. If that fails, raises BookError and leaves the old file unchanged."""
    write_all({target: data})


Write = Callable[[Mapping[Path, bytes], Sequence[Path]], None]
"""Puts files in place, and removes outdated ones. Raises BookError."""
_writes: list[Write] = []


@contextmanager
def written_by(write: Write) -> Iterator[None]:
    """Let this function write inside the block, instead of this process."""
    _writes.append(write)
    try:
        yield
    finally:
        _writes.remove(write)


def write_all(files: Mapping[Path, bytes], outdated: Sequence[Path] = ()) -> None:
    """Replace all of these files by their bytes. If that fails, raises BookError and leaves all old files unchanged.

    `outdated` are files that an earlier build had set aside: they are removed afterwards, with their folders. Only a
    kill between the renames, which follow each other directly, can leave a mixed set; even then, each file is whole.
    """
    if _writes:
        return _writes[-1](files, outdated)
    _put(files)
    for path in outdated:
        remove_unproved(path)


def _put(files: Mapping[Path, bytes]) -> None:
    contents = {_real(target, isinstance(data, Folder)): data for target, data in files.items()}
    with ExitStack() as left_over:
        drafts = [_begin(target, isinstance(data, Folder), left_over) for target, data in contents.items()]
        for draft in drafts:
            with _explained(draft.target):
                draft.fill(contents[draft.target])
        folders = sorted({target.parent for target in contents})
        with ExitStack() as locks:
            for folder in folders:
                locks.enter_context(locked(folder))
            with _explained(next(iter(contents))):
                put_in_place(drafts)
    for folder in folders:
        _flush_folder(folder)


def remove_unproved(path: Path) -> None:
    """Remove a file, or a site, that an earlier build had set aside, and its folder if it is empty then."""
    with suppress(OSError):
        path.unlink()
    remove_site(path)
    if path.parent.is_dir():
        with locked(path.parent):
            remove_stale(path)
    _remove_empty(path.parent)


def _begin(target: Path, is_folder: bool, left_over: ExitStack) -> AnyDraft:
    """Begin a draft in an existing folder; leftovers are removed at the end: drafts, and empty folders."""
    with _explained(target):
        for folder in _folders(target.parent):
            left_over.callback(_remove_empty, folder)
        draft = begin(target, is_folder)
        left_over.callback(draft.discard)
        return draft


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _real(target: Path, is_folder: bool) -> Path:
    """Return the file, or the folder, to be replaced: a link keeps pointing to it."""
    if is_folder:
        real = Path(os.path.realpath(target))
        refuse(faults_of_folder(real))
        return real
    if target.is_dir():
        place = Place(target.as_posix())
        stop("F001", "the output is a file, but a folder has that name", place, "name a file with -o")
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        place = Place(target.as_posix())
        stop("F006", "the output is a file, but this is a device or a pipe", place, "name a file with -o")
    return target


def _folders(folder: Path) -> list[Path]:
    """Make a folder and its parents; return the new ones."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _flush_folder(folder: Path) -> None:
    """Flush the new names to the disk too, if the file system supports that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn errors of the system inside the block into findings."""
    elsewhere = "name another place with -o"
    try:
        yield
    except OSError as problem:
        place = Place(Path(problem.filename2 or target).as_posix())
        if problem.errno in FULL:
            remedy = f"free some space on the disk of {target.parent}"
            stop("F002", "there is no space left for the output", place, remedy, elsewhere)
        if problem.errno in FORBIDDEN:
            remedy = f"make {target.parent} writable"
            stop("F003", "the output may not be written there", place, remedy, elsewhere)
        if isinstance(problem, (FileExistsError, NotADirectoryError)):
            stop("F004", "a file has the name of the output's folder", place, elsewhere)
        stop("F005", f"the output cannot be written: {problem.strerror}", place, elsewhere)


EXPLANATIONS: dict[str, str] = {
    "F008": "The finished file does not match the book: words are missing, doubled or out of order. The last good "
    "file is unchanged. The new file is in the folder `unproved` next to it, in case you need one at once; compare "
    "it with the source at the places that were named. This is a bug in Compositor: please report it. The next good "
    "build removes the folder.",
    "F001": "A folder has the name that the output should get. Name a file with `-o`, or a folder that ends "
    "in `/`; or remove the folder that is in the way.",
    "F002": "The disk, or your share of it, is full. What was there before is untouched. Make room, or name "
    "another place with `-o`.",
    "F003": "The folder for the output, or the disk it is on, may not be written to. What was there before "
    "is untouched. Change its permissions, or name another place with `-o`.",
    "F004": "The output's folder cannot be made, because a file has its name. Move the file, or name another "
    "place with `-o`.",
    "F005": "The system refused to write the output, for the reason that the message gives. What was there "
    "before is untouched. Name another place with `-o`.",
    "F009": "The output, its folder, or a folder above is a link, and writing there would change a file of another "
    "kind, or something outside the book's folder and its repository. Whoever sent the book may have put the link "
    "there. Name the intended place with `-o`, or remove the link. Example: compositor all book -o /srv/books/",
    "F010": "The site is a folder that a build replaces as a whole. The folder of that name contains something that "
    "no build has put there, or the name is that of a file. It may be your work, so it was left alone. Name another "
    "folder with `-o`, or remove your own files from this one. Example: compositor web book -o public/",
    "F006": "The output would replace a device or a pipe. Name a file or a folder with `-o`.",
}
"""Code -> what it means and how to fix it."""
