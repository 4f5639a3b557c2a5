"""`[fonts]` in book.toml -> the book's own fonts: read and checked, and what they lack."""

from __future__ import annotations

import glob
import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path

from compositor.errors import BookError, error, warning
from compositor.folder.paths import in_utf8, is_inside
from compositor.fonts.faces import Face
from compositor.machine.steps import step
from compositor.model import Finding, Fonts, Place
from compositor.theme.font_files import Sort, Unusable, is_regular, sorts

USES = ("text", "display", "small", "label", "code")
"""What a family is used for: the properties `font-text` and so on."""
FALLBACK = "fallback"
UPRIGHT, ITALIC, BOLD, BOLD_ITALIC = (False, False), (False, True), (True, False), (True, True)
NAMES = {UPRIGHT: "upright", ITALIC: "italic", BOLD: "bold", BOLD_ITALIC: "bold italic"}
WANTED: Mapping[str, Sequence[tuple[bool, bool]]] = {
    "text": (UPRIGHT, ITALIC, BOLD, BOLD_ITALIC),
    "display": (UPRIGHT, ITALIC),
    "small": (UPRIGHT, ITALIC),
    "label": (UPRIGHT, BOLD),
    "code": (UPRIGHT, ITALIC, BOLD),
}
"""Use -> the styles (bold, slanted) that the themes ask for."""
BOLD_FROM = 550
LARGEST = 50_000_000
MOST_FILES = 500
"""The most files of one entry: the slices of a font."""
ENDINGS = (".woff2", ".ttf", ".otf", ".ttc", ".otc", ".woff")
"""Formats of fonts; of files that differ only in this, the first is taken."""


@dataclass(frozen=True, slots=True)
class OwnFace:
    """A font of the book, or a sign font of Compositor, and its properties."""

    use: str
    """One of USES, or `fallback`."""
    family: str
    """Its family in style sheets."""
    path: str
    data: bytes
    weight: int
    slanted: bool
    characters: frozenset[int]
    advance: float
    """Width of the digit 0, in ems."""
    axes: tuple[tuple[str, float], ...] = ()
    """The axis values of a variable font; empty for any other."""
    is_part: bool = False
    """Whether `path` is a collection, so that no file has exactly these bytes."""
    by_press: bool = False
    """Whether it is built in."""

    @property
    def css_class(self) -> str:
        """`own-fallback-1`: the class of text that is set in it on a screen."""
        return self.family.lower().replace(" ", "-")

    @property
    def kind(self) -> tuple[bool, bool]:
        """Whether it is bold, and whether it is slanted."""
        return self.weight >= BOLD_FROM, self.slanted

    @property
    def face(self) -> Face:
        """The content of its `@font-face` rule."""
        return Face(self.family, str(self.weight), "italic" if self.slanted else "normal", self.path)


def read_own_faces(folder: Path, fonts: Fonts) -> tuple[tuple[OwnFace, ...], tuple[Finding, ...]]:
    """Return every font of the book, and a warning for each file that cannot be used.

    Raises BookError with a finding for each path that leads out of the book's folder.
    """
    found: list[OwnFace] = []
    faults: list[Finding] = []
    for use in (*USES, FALLBACK):
        taken: set[tuple[str, int, bool]] = set()
        for path, wanted in (one for entry in getattr(fonts, use) for one in _files(folder, entry)):
            try:
                read = _read(folder, path, wanted)
            except Unusable as problem:
                faults.append(_fault(fonts, use, path, problem))
                continue
            found += (_face(use, _family(use, sort, taken), path, sort) for sort in _chosen(use, read))
    if any(fault.severity == "error" for fault in faults):
        raise BookError(faults)
    return tuple(found), tuple(faults)


def _family(use: str, sort: Sort, taken: set[tuple[str, int, bool]]) -> str:
    """Return `Own Fallback 1`; or `Own Text`, and for a second file of the same weight and slant, `Own Text 2`."""
    numbers = (f" {number}" if number > 1 or use == FALLBACK else "" for number in count(1))
    names = (f"Own {use.title()}{number}" for number in numbers)
    weight, slanted = (0, False) if use == FALLBACK else (sort.weight, sort.slanted)
    family = next(name for name in names if (name, weight, slanted) not in taken)
    taken.add((family, weight, slanted))
    return family


class Outside(Unusable):
    """A path that leads out of the book's folder."""


def _fault(fonts: Fonts, use: str, path: str, problem: Unusable) -> Finding:
    place = fonts.places.get(use, Place("book.toml"))
    message = f'the font "{path}" {problem.problem}'
    if isinstance(problem, Outside):
        return error("T016", message, place, problem.remedy)
    return warning("T016", f"{message}; the book is set without it", place, problem.remedy)


def _files(folder: Path, entry: str) -> Iterator[tuple[str, str]]:
    """Yield the files of an entry, each with the text after `#`: one, those of a folder, of a pattern."""
    path, _, wanted = (entry, "", "") if os.path.exists(folder / entry) else entry.partition("#")
    if os.path.isdir(folder / path) and is_inside(folder, folder / path):
        pattern = posixpath.join(glob.escape(path), "*")
    elif any(sign in path for sign in "*?[") and not os.path.exists(folder / path):
        pattern = path
    else:
        yield path, wanted
        return
    found = _matching(folder, pattern) if not posixpath.isabs(pattern) else []
    yield from ((one, wanted) for one in found[:MOST_FILES] or [path])


def _matching(folder: Path, pattern: str) -> list[str]:
    """Return font files in the order of their names and numbers: the regular ones, and each in one format only."""
    best: dict[str, str] = {}
    for name in sorted(filter(in_utf8, glob.glob(pattern, root_dir=folder, recursive=True)), key=_by_number):
        stem, ending = posixpath.splitext(name)
        if ending.lower() in ENDINGS and is_regular(posixpath.basename(stem)):
            known = posixpath.splitext(best.get(stem, ".none"))[1].lower()
            if known not in ENDINGS or ENDINGS.index(ending.lower()) < ENDINGS.index(known):
                best[stem] = name
    return list(best.values())


def _by_number(name: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key: `slice-9` comes before `slice-10`."""
    parts = "".join(letter if letter.isdecimal() else f" {letter} " for letter in name).split()
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _read(folder: Path, path: str, wanted: str) -> tuple[Sort, ...]:
    file = Path(os.path.realpath(folder / path))
    if not is_inside(folder, file):
        raise Outside("is not in the book's folder")
    if os.path.isdir(file):
        raise Unusable("is a folder without a font in it")
    if not os.path.isfile(file):
        raise Unusable("is not in the book's folder")
    if file.suffix.lower() not in ENDINGS:
        raise Unusable("has an unsupported format")
    if file.stat().st_size > LARGEST:
        raise Unusable("is too large")
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise Unusable(f"cannot be read: {problem.strerror}", "check its permissions") from problem
    with step("reading it", file.as_posix()):
        return _sorts(data, wanted)


@lru_cache(maxsize=256)
def _sorts(data: bytes, wanted: str) -> tuple[Sort, ...]:
    return sorts(data, wanted)


def _chosen(use: str, read: Sequence[Sort]) -> Sequence[Sort]:
    """Return only the regular face of a fallback; of a family, all faces that are used."""
    if use == FALLBACK:
        return [min(read, key=lambda sort: (sort.slanted, abs(sort.weight - 400)))]
    light = use == "display" or len({sort.weight for sort in read}) == 1
    return [sort for sort in read if light or not sort.axes or sort.weight >= 400] or read


def _face(use: str, family: str, path: str, sort: Sort) -> OwnFace:
    return OwnFace(
        use,
        family,
        path,
        sort.data,
        sort.weight,
        sort.slanted,
        sort.characters,
        sort.advance,
        sort.axes,
        sort.number is not None,
    )


def lacking(faces: Sequence[OwnFace], fonts: Fonts) -> Iterator[Finding]:
    """Yield the weights and slants that a family of the book lacks, and the theme asks for."""
    for use, wanted in WANTED.items():
        have = {face.kind for face in faces if face.use == use}
        missing = [NAMES[kind] for kind in wanted if have and kind not in have]
        if missing:
            lacks = " and no ".join(missing)
            message = f'the fonts for "{use}" have no {lacks}; they are imitated from the other styles'
            place = fonts.places.get(use, Place("book.toml"))
            yield warning("T017", message, place, "add the files, or a variable font that has them")
