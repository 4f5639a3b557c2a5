"""Bytes -> file: written beside the target, flushed to the disk, then renamed over it; or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from compositor.errors import stop
from compositor.model import Place

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_atomically(target: Path, data: bytes) -> None:
    """Replace the target by these bytes; when that fails, raises BookError and leaves the old file alone."""
    if target.is_dir():
        place = Place(target.as_posix())
        stop("F001", "the output is to be a file, and a folder has that name", place, "name a file with -o")
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        place = Place(target.as_posix())
        stop("F006", "the output is to be a file, and this is a device or a pipe", place, "name a file with -o")
    temporary = target.with_name(f".{target.stem}-{secrets.token_hex(4)}{target.suffix}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(temporary, data)
        os.replace(temporary, target)
    except OSError as problem:
        _explain(problem, target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _write(path: Path, data: bytes) -> None:
    """A new file with these bytes, which are on the disk when this returns."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """The new name is on the disk too, where the file system can promise that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explain(problem: OSError, target: Path) -> NoReturn:
    place, elsewhere = Place(target.as_posix()), "name another place with -o"
    if problem.errno in FULL:
        remedy = f"make room on the disk that holds {target.parent}"
        stop("F002", "there is no room left for the output", place, remedy, elsewhere)
    if problem.errno in FORBIDDEN:
        remedy = f"make {target.parent} writable"
        stop("F003", "the output may not be written there", place, remedy, elsewhere)
    if isinstance(problem, (FileExistsError, NotADirectoryError)):
        stop("F004", "a file stands where the output's folder should be", place, elsewhere)
    stop("F005", f"the output cannot be written: {problem.strerror}", place, elsewhere)


EXPLANATIONS: dict[str, str] = {
    "F001": "A folder has the name that the output should get. Name a file with `-o`, or a folder that ends "
    "in `/`; or remove the folder that is in the way.",
    "F002": "The disk, or your share of it, is full. What was there before is untouched. Make room, or name "
    "another place with `-o`.",
    "F003": "The folder for the output, or the disk it is on, may not be written to. What was there before "
    "is untouched. Change its rights, or name another place with `-o`.",
    "F004": "The output's folder cannot be made, because a file has its name. Move the file, or name another "
    "place with `-o`.",
    "F005": "The system refused to write the output, for the reason that the message gives. What was there "
    "before is untouched. Name another place with `-o`.",
    "F006": "The output would replace a device or a pipe of the system. Name a file or a folder with `-o`.",
}
"""Code -> what it means and what mends it."""
