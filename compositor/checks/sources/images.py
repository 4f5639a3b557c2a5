"""Checks of the images a book uses."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from compositor.assemble.pictures import DRAWING, ENDINGS, picture_fault, picture_file
from compositor.errors import warning
from compositor.folder.paths import OF_GIT, is_inside, is_of_git, list_files
from compositor.model import Book, Finding, Image, Meant
from compositor.pictures import open_picture
from compositor.pictures.preparing import moves

FRAMED = "; a frame with its text and its path is printed instead"


def _images(book: Book) -> Iterator[Image]:
    for unit in book.units:
        yield from unit.chapter.images


def _file(book: Book, image: Image) -> Path | None:
    """Return the image's file, if it is a plain file inside the book's folder."""
    return picture_file(book.manuscript.folder, image.path)


def missing_image(book: Book) -> Iterable[Finding]:
    """An image names a file that does not exist or that is outside the book's folder.

    The path is relative to the chapter, and upper and lower case count even where your file system ignores them. A
    build reads no file outside the book's folder, so that the book can be built anywhere. A frame with the text and the
    path of the image is printed instead.
    """
    for image in _images(book):
        if _file(book, image) is None:
            outside = image.path.startswith(("../", "/"))
            message = f'there is no image "{image.path}"'
            if outside or _is_there(book.manuscript.folder / image.path):
                message = f'the image "{image.path}" {_why_not(book, image)}'
            remedy, meant = _remedy(book, image)
            yield warning("C101", message + FRAMED, image.place, remedy, meant=meant)


def _is_there(file: Path) -> bool:
    """Return whether there is such a file, or a link to itself; False for a name that no file can have."""
    try:
        return os.path.exists(file) or os.path.islink(os.path.realpath(file))
    except ValueError:
        return False


def _why_not(book: Book, image: Image) -> str:
    folder = book.manuscript.folder.resolve()
    file = Path(os.path.realpath(folder / image.path))
    if not file.is_relative_to(folder):
        return "lies outside the book's folder"
    if is_of_git(str(file.relative_to(folder))):
        return OF_GIT
    return "is a link to itself" if os.path.islink(file) else "is not a plain file"


def _remedy(book: Book, image: Image) -> tuple[str, Meant]:
    """Return the picture that is most likely meant, as its chapter has to write it, in words and for an editor."""
    wanted = image.path.replace("\\", "/").lstrip("/")
    names = _pictures(book.manuscript.folder, posixpath.dirname(wanted))
    near = _nearest(wanted, [name for name in names if name != image.path])
    if not near:
        return "put the file there, or correct the path", ("", "")
    here = posixpath.dirname(image.place.file) or "."
    written = posixpath.relpath(near, here)
    meant = posixpath.relpath(image.path, here), written
    if near.casefold() == image.path.casefold():
        return f'write "{written}": upper and lower case are different files', meant
    return f'did you mean "{written}"?', meant


def _pictures(book: Path, folder: str) -> list[str]:
    """Return the pictures in a book's folder, those in the folder of the wanted one first."""
    beside = book / folder
    inside = _is_there(beside) and is_inside(book, beside) and beside.is_dir()
    names = [posixpath.join(folder, one.name) for one in beside.iterdir()] if inside else []
    return [name for name in (*sorted(names), *list_files(book)) if name.lower().endswith(ENDINGS)]


def _nearest(wanted: str, names: Sequence[str]) -> str:
    """Return the path that differs only in case, else the same name elsewhere, else a similar name; or nothing."""
    name = posixpath.basename(wanted).casefold()
    same = [one for one in names if one.casefold() == wanted.casefold()]
    same += [one for one in names if posixpath.basename(one).casefold() == name]
    stems = {posixpath.splitext(posixpath.basename(one))[0].casefold(): one for one in reversed(names)}
    same += [stems[stem] for stem in get_close_matches(posixpath.splitext(name)[0], stems, 1)]
    return same[0] if same else ""


def unreadable_image(book: Book) -> Iterable[Finding]:
    """An image cannot be used: it is broken, empty, too large, or of a format that Compositor does not read.

    A book takes SVG, PNG, JPEG, GIF, WebP and AVIF. CMYK colours become RGB, because an archival PDF has one kind of
    colour (ISO 19005-2, 6.2.4). The contents of the file decide, not its name. The PDF would silently lose a broken
    image, and the EPUB would be invalid. A frame with the text and the path of the image is printed instead; for a
    cover, one is made from the theme.
    """
    remedy = "export it again, as SVG, PNG or JPEG"
    for image in _images(book):
        if fault := _fault(book, image):
            yield warning("C102", f'the image "{image.path}" {fault}{FRAMED}', image.place, remedy)


def moving_image(book: Book) -> Iterable[Finding]:
    """An image is animated, and a book shows only its first frame.

    Paper cannot move, and movement on a screen disturbs reading and may flash (WCAG 2.2, 2.2.2). If the first frame
    shows too little, export the one that shows most as PNG, or several side by side.
    """
    remedy = "export one frame as PNG"
    for image in _images(book):
        file = _file(book, image)
        if file is not None and file.suffix.lower() != DRAWING and not picture_fault(file) and _has_frames(file):
            message = f'the image "{image.path}" is animated; only its first frame is shown'
            yield warning("C108", message, image.place, remedy)


def _has_frames(file: Path) -> bool:
    try:
        with open_picture(file) as picture:
            return moves(picture)
    except (OSError, ValueError, SyntaxError):
        return False


def _fault(book: Book, image: Image) -> str:
    file = _file(book, image)
    return picture_fault(file) if file is not None else ""
