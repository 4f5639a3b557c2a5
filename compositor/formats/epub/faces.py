"""The faces of a book's own -> their rules and files in an EPUB: code and fallbacks, cut down where that is allowed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from compositor.formats.epub.resources import FONTS, UNSAFE, Resource
from compositor.theme import Theme
from compositor.theme.face_rules import in_front_and_behind, of_screen, without_repeats
from compositor.theme.lettering import fallback_letters
from compositor.theme.own_faces import FALLBACK, OwnFace
from compositor.theme.signs import licence_of

EMBEDDED = ("code", FALLBACK)
"""Running text is left to the reader's own face."""
BOOK_CODE = '"Book Code"'
"""What `epub.css` calls the themes' code face."""
FOLDER = "styles/faces"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
"""Formulas, which every reading system sets in a face that it has for them."""
COPYRIGHT, LICENCE = 0, 13
"""Numbers of names in a font. Source: OpenType 1.9, table `name`."""
WHOLE_ONLY = 0x0100
"""A font that may be embedded as a whole alone. Source: OpenType 1.9, table `OS/2`, fsType."""


def with_own_faces(theme: Theme, resources: Iterable[Resource], texts: Iterable[str]) -> tuple[Resource, ...]:
    """The theme's files, with the book's own faces among them as far as these texts need them."""
    found = tuple(resources)
    used = frozenset(ord(letter) for text in texts for letter in set(FORMULA.sub("", text)))
    faces = tuple(_needed(theme, used))
    if not faces:
        return found
    css = "\n".join(("", *(_rule(face, used) for face in faces), *_families(faces), "")).encode()
    sheet = tuple(replace(one, data=one.data + css) if one.name == "styles/epub.css" else one for one in found)
    return (*sheet, *(_file(face, used) for face in faces), *_licences(theme, faces))


def _needed(theme: Theme, used: frozenset[int]) -> Iterator[OwnFace]:
    """The faces of code, and the fallbacks that have letters which the text uses and nothing else has."""
    others = fallback_letters(theme)
    wanted = {others[code] for code in used & others.keys()}
    code = (face for face in theme.own_faces if face.use == "code")
    yield from without_repeats((*code, *(face for face in theme.fallbacks() if face.css_class in wanted)))


def _name(face: OwnFace) -> str:
    """Its name in the package; a face of a collection has the place of its family in it."""
    stem, ending = posixpath.splitext(face.path.replace("/", "-"))
    if face.is_part:
        stem = f"{stem}-{face.css_class}-{face.weight}{'-italic' if face.slanted else ''}"
        ending = ".otf" if face.data.startswith(b"OTTO") else ".ttf"
    return f"{FOLDER}/{UNSAFE.sub('-', stem)}{ending.lower()}"


def _rule(face: OwnFace, used: frozenset[int]) -> str:
    return of_screen(face, _name(face).removeprefix("styles/"), face.characters & used)


def _families(faces: tuple[OwnFace, ...]) -> Iterator[str]:
    """Which elements take which of the faces."""
    for face in faces:
        if face.use == FALLBACK:
            yield f'.{face.css_class}{{font-family:"{face.family}",serif}}'
    yield f"code,pre,kbd,samp{{font-family:{in_front_and_behind('code', BOOK_CODE, faces)},monospace}}"


def _file(face: OwnFace, used: frozenset[int]) -> Resource:
    name = _name(face)
    data = cut_down(face.data, face.characters & used) if face.use == FALLBACK else face.data
    return Resource(name, FONTS[posixpath.splitext(name)[1]], data)


def cut_down(data: bytes, characters: Iterable[int]) -> bytes:
    """The font with these characters alone; whole, where it bears a reserved name or forbids it.

    Source: SIL Open Font License 1.1, condition 3: a changed font may not keep a reserved name.
    """
    with TTFont(BytesIO(data), recalcTimestamp=False) as font:
        told = " ".join(str(font["name"].getDebugName(number) or "") for number in (COPYRIGHT, LICENCE))
        if "reserved font name" in told.lower() or font["OS/2"].fsType & WHOLE_ONLY:
            return data
        options = Options()
        options.hinting = False
        options.name_IDs = ["*"]
        options.notdef_outline = True
        options.flavor = font.flavor
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted({*characters, ord(" ")}))
        subsetter.subset(font)
        target = BytesIO()
        font.flavor = options.flavor
        font.save(target)
    return target.getvalue()


def _licences(theme: Theme, faces: tuple[OwnFace, ...]) -> Iterator[Resource]:
    """The texts of licences that lie beside the fonts: `OFL.txt`, `LICENSE.txt`, `OFL-NotoSansJP.txt`."""
    folders = dict.fromkeys(posixpath.dirname(face.path) for face in faces if not face.by_press)
    for folder in folders:
        for file in sorted((theme.folder / folder).glob("*.txt")):
            if file.is_file() and file.name.upper().startswith(("OFL", "LICENSE", "LICENCE")):
                name = posixpath.join(folder, file.name).replace("/", "-")
                yield Resource(f"{FOLDER}/{name}", "text/plain", file.read_bytes())
    for name in dict.fromkeys(licence_of(face) for face in faces if face.by_press):
        yield Resource(f"{FOLDER}/{name.replace('/', '-')}", "text/plain", theme.read(f"styles/{name}"))
