"""`[fonts]` in book.toml -> the faces of a book's own: read, looked at, and declared before and behind the theme's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import product
from pathlib import Path
from urllib.parse import quote

from fontTools.ttLib import TTFont, TTLibError

from compositor.errors import BookError, error, warning
from compositor.folder.paths import is_inside
from compositor.model import Finding, Fonts, Place
from compositor.theme.faces import Face
from compositor.theme.layers import FONTS

USES = ("text", "display", "small", "label", "code")
"""What a family of letters is set for: the properties `font-text` and so on."""
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
"""Use -> the faces (bold, slanted) that the themes ask for."""
BOLD_FROM = 550
WEIGHTS = (300, 400, 600, 700)
"""What style sheets ask for."""
RESTRICTED = 0x0002
"""A font that may not be embedded. Source: OpenType 1.9, table `OS/2`, fsType."""
LARGEST = 50_000_000
LATIN = 0x100
"""Letters below this are never taken from a fallback face."""
NEAR = 128
"""Characters between two ranges that are declared as one: what a face does not have is looked for further on."""


@dataclass(frozen=True, slots=True)
class OwnFace:
    """A font file of the book, and what is in it."""

    use: str
    """One of USES, or `fallback`."""
    family: str
    """What style sheets call it."""
    path: str
    data: bytes
    weight: int
    slanted: bool
    characters: frozenset[int]
    advance: float
    """Width of the figure 0, in ems."""

    @property
    def css_class(self) -> str:
        """`own-fallback-1`: what is set in it on a screen bears this class."""
        return self.family.lower().replace(" ", "-")

    @property
    def kind(self) -> tuple[bool, bool]:
        """Whether it is bold, and whether it is slanted."""
        return self.weight >= BOLD_FROM, self.slanted

    @property
    def face(self) -> Face:
        """What its `@font-face` rule says."""
        return Face(self.family, str(self.weight), "italic" if self.slanted else "normal", self.path)

    def rule(self, address: str, characters: Iterable[int] | None = None) -> str:
        """The `@font-face` rule; a fallback face stands for its characters alone, whatever weight is asked for."""
        told = f'font-family:"{self.family}";src:url({quote(address)});'
        if self.use == FALLBACK:
            return f"@font-face{{{told}unicode-range:{ranges(self.characters if characters is None else characters)}}}"
        return f"@font-face{{{told}font-weight:{self.weight};font-style:{self.face.style}}}"


def read_own_faces(folder: Path, fonts: Fonts) -> tuple[OwnFace, ...]:
    """Every face that the book brings; raises BookError with a finding for each file that cannot be used."""
    found: list[OwnFace] = []
    faults: list[Finding] = []
    for use in (*USES, FALLBACK):
        for number, path in enumerate(getattr(fonts, use), 1):
            family = f"Own {use.title()}{f' {number}' if use == FALLBACK else ''}"
            try:
                found.append(_read(folder, path, use, family))
            except ValueError as problem:
                place = fonts.places.get(use, Place("book.toml"))
                faults.append(error("T016", f'the font "{path}" {problem}', place, _remedy(str(problem))))
    if faults:
        raise BookError(faults)
    return tuple(found)


def _remedy(problem: str) -> str:
    if "embedded" in problem:
        return "use another font: its maker forbids what a book has to do"
    return "put a TTF, OTF, WOFF or WOFF2 file there, inside the book's folder"


def _read(folder: Path, path: str, use: str, family: str) -> OwnFace:
    file = (folder / path).resolve()
    if not is_inside(folder, file) or not file.is_file():
        raise ValueError("is not in the book's folder")
    if file.suffix.lower() not in FONTS or file.stat().st_size > LARGEST:
        raise ValueError("is of no kind that can be used" if file.suffix.lower() not in FONTS else "is too large")
    data = file.read_bytes()
    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            about, characters = font["OS/2"], frozenset(font.getBestCmap())
            if about.fsType & 0x000F == RESTRICTED:
                raise ValueError("may not be embedded, says the font")
            zero = font.getBestCmap().get(ord("0"))
            advance = font["hmtx"][zero][0] / font["head"].unitsPerEm if zero else 0.5
            slanted = bool(about.fsSelection & 1)
            return OwnFace(use, family, path, data, about.usWeightClass, slanted, characters, advance)
    except (TTLibError, KeyError, AssertionError, TypeError, AttributeError) as problem:
        raise ValueError("cannot be read as a font") from problem


def lacking(faces: Sequence[OwnFace], fonts: Fonts) -> Iterator[Finding]:
    """The weights and slants that a family of the book's own does not have, and the theme asks for."""
    for use, wanted in WANTED.items():
        have = {face.kind for face in faces if face.use == use}
        missing = [NAMES[kind] for kind in wanted if have and kind not in have]
        if missing:
            message = f'the faces for "{use}" have no {" and no ".join(missing)}'
            place = fonts.places.get(use, Place("book.toml"))
            yield warning("T017", message, place, "add the files; until then such words look like their neighbours")


def rules(faces: Sequence[OwnFace]) -> str:
    """The faces as CSS, with addresses from the book's folder: for each weight that is asked for, the nearest.

    So a family of 400 and 700 serves a theme that asks for 300 and 600; a bold face never stands for a lighter one.
    """
    found = [face.rule(face.path) for face in faces if face.use == FALLBACK]
    for use, slanted, weight in product(USES, (False, True), WEIGHTS):
        kind = weight >= BOLD_FROM, slanted
        fit = [face for face in faces if face.use == use and face.kind == kind]
        if fit:
            nearest = min(fit, key=lambda face: abs(face.weight - weight))
            found.append(replace(nearest, weight=weight).rule(nearest.path))
    return "".join(found)


def in_front_and_behind(use: str, families: str, faces: Sequence[OwnFace]) -> str:
    """The families of a use: the book's own, the theme's, the fallbacks."""
    own = dict.fromkeys(face.family for face in faces if face.use == use)
    behind = dict.fromkeys(face.family for face in faces if face.use == FALLBACK)
    return ", ".join((*(f'"{name}"' for name in own), families, *(f'"{name}"' for name in behind)))


def ranges(characters: Iterable[int]) -> str:
    """`U+3040-309F, U+4E00-9FFF`: what CSS calls a unicode-range, without Latin letters, near ones as one."""
    found: list[list[int]] = []
    for code in sorted(code for code in characters if code >= LATIN):
        if found and code - found[-1][1] <= NEAR:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ", ".join(f"U+{first:X}-{last:X}" for first, last in found) or "U+10FFFF"
