"""The fonts of a book -> their rules and files in an EPUB, for readers who have chosen no font of their own.

All fonts that the style sheet names, the theme's and the book's own, subset to the letters of the book. TTF, not WOFF2:
reading systems with Adobe's library, and Kindle, do not support that. Browsers do: the site has WOFF2.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compositor.fonts.faces import Face, characters_of, families
from compositor.formats.epub.cutting import Cut, cut_down, packed, renamed
from compositor.formats.epub.resources import FONTS, UNSAFE, Resource, licences
from compositor.theme import Theme
from compositor.theme.face_rules import of_screen, rule, without_repeats
from compositor.theme.lettering import fallback_letters
from compositor.theme.own_faces import FALLBACK, OwnFace
from compositor.theme.screens import named_in, screen_values, written_out
from compositor.theme.signs import licence_of

FOLDER = "styles/faces"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
"""The family of formulas, for which every reading system has a font."""
ASKED = re.compile(r"font-family\s*:\s*([^;}]+)")
LIGHTEST, BOLDEST = "normal", "bold"


@dataclass(frozen=True, slots=True)
class Packing:
    """The style sheet that names fonts and gets their rules, and the format of their files."""

    sheet: str
    ending: str = ".ttf"
    flavour: str | None = None


IN_EPUB, ON_WEB = Packing("styles/epub.css"), Packing("styles/web.css", ".woff2", "woff2")
SHEET = IN_EPUB.sheet


def with_faces(
    theme: Theme,
    style: Mapping[str, str],
    resources: Iterable[Resource],
    texts: Iterable[str],
    packing: Packing = IN_EPUB,
) -> tuple[Resource, ...]:
    """Return the theme's files, with every font that their style sheet names, subset to what these texts need."""
    found = {one.name: one for one in resources}
    written = found[packing.sheet].data.decode()
    used = frozenset(ord(letter) for text in texts for letter in set(FORMULA.sub("", text)))
    own = tuple(_needed(theme, named_in(written), used))
    sheet = written_out(written, {**theme.values(style), **screen_values(theme.values(style), own)})
    ours = tuple(_of_theme(theme, style, sheet))
    rules = [_theme_rule(face, weight, packing) for face, _, weight in ours]
    rules += [_rule(face, used, packing) for face in own]
    rules += [f'.{face.css_class}{{font-family:"{face.family}",serif}}' for face in own if face.use == FALLBACK]
    found[packing.sheet] = replace(found[packing.sheet], data="\n".join((sheet, *rules, "")).encode())
    files = [_theme_file(face, data, used, (weight, packing)) for face, data, weight in ours]
    files += [_file(face, used, packing) for face in own]
    addresses = [f"styles/{face.address}" for face, _, _ in ours]
    others = (*(one for address in addresses for one in licences(theme, address)), *_own_licences(theme, own))
    return tuple({**found, **{one.name: one for one in (*files, *others)}}.values())


def _of_theme(theme: Theme, style: Mapping[str, str], sheet: str) -> Iterator[tuple[Face, bytes, str]]:
    """Yield the fonts of style sheets that this one imports, each with its bytes, and its weight within its family."""
    asked = {family for match in ASKED.finditer(sheet) for family in families(match[1])}
    declared = {(one.family, one.weight, one.style): (one, data) for one, data in theme.declared_faces(style) if data}
    wanted = [(one, data) for one, data in declared.values() if one.family in asked]
    for face, data in wanted:
        weights = sorted({int(one.weight) for one, _ in wanted if one.family == face.family and one.weight.isdecimal()})
        yield face, data, _called(face.weight, weights)


def _called(weight: str, weights: Sequence[int]) -> str:
    """Return the lightest of a family as `normal` and the boldest as `bold`: some readers know no other weights."""
    if not weight.isdecimal():
        return weight
    boldest = len(weights) > 1 and int(weight) == weights[-1]
    return BOLDEST if boldest else LIGHTEST if int(weight) == weights[0] else weight


def _theme_name(face: Face, weight: str, packing: Packing) -> str:
    """Return `styles/fonts/book-text-bold-italic.ttf`."""
    parts = (face.family.lower().replace(" ", "-"), weight, *(("italic",) if face.style != "normal" else ()))
    return f"styles/fonts/{UNSAFE.sub('-', '-'.join(parts))}{packing.ending}"


def _theme_rule(face: Face, weight: str, packing: Packing) -> str:
    address = _theme_name(face, weight, packing).removeprefix("styles/")
    return rule(face.family, address, f"font-weight:{weight};font-style:{face.style}")


def _theme_file(face: Face, data: bytes, used: frozenset[int], called: tuple[str, Packing]) -> Resource:
    weight, packing = called
    style = " ".join(word.title() for word in (weight, face.style) if word != "normal") or "Regular"
    letters = used & characters_of(data)
    cut = Cut(face.family, style, flavour=packing.flavour)
    return Resource(_theme_name(face, weight, packing), FONTS[packing.ending], renamed(data, letters, cut))


def _needed(theme: Theme, asked: frozenset[str], used: frozenset[int]) -> Iterator[OwnFace]:
    """Yield the book's own fonts that the sheet names, and fallbacks with letters that nothing else has."""
    others = fallback_letters(theme)
    wanted = {others[code] for code in used & others.keys()}
    own = (face for face in theme.own_faces if f"font-{face.use}" in asked)
    yield from without_repeats((*own, *(face for face in theme.fallbacks() if face.css_class in wanted)))


def _name(face: OwnFace, packing: Packing) -> str:
    """Return its name in the package; a font of a collection has its index in it."""
    stem, ending = posixpath.splitext(face.path.replace("/", "-"))
    if face.is_part:
        stem = f"{stem}-{face.css_class}-{face.weight}{'-italic' if face.slanted else ''}"
        ending = ".otf" if face.data.startswith(b"OTTO") else ".ttf"
    return f"{FOLDER}/{UNSAFE.sub('-', stem)}{packing.ending if packing.flavour else ending.lower()}"


def _rule(face: OwnFace, used: frozenset[int], packing: Packing) -> str:
    return of_screen(face, _name(face, packing).removeprefix("styles/"), face.characters & used)


def _file(face: OwnFace, used: frozenset[int], packing: Packing) -> Resource:
    """Return the file of a font. A variable font stays whole: all weights are in its one file."""
    name = _name(face, packing)
    is_whole = bool(face.axes) and face.use != FALLBACK
    data = face.data if is_whole else _cut(face, used)
    return Resource(name, FONTS[posixpath.splitext(name)[1]], packed(data, packing.flavour))


def _cut(face: OwnFace, used: frozenset[int]) -> bytes:
    """Return the font with what is used of it; whole if damaged letters prevent a subset."""
    try:
        return cut_down(face.data, face.characters & used)
    except Exception:
        return face.data


def _own_licences(theme: Theme, faces: tuple[OwnFace, ...]) -> Iterator[Resource]:
    """Yield the texts of licences next to the fonts: `OFL.txt`, `LICENSE.txt`, `OFL-NotoSansJP.txt`."""
    folders = dict.fromkeys(posixpath.dirname(face.path) for face in faces if not face.by_press)
    for folder in folders:
        for file in sorted((theme.folder / folder).glob("*.txt")):
            if file.is_file() and file.name.upper().startswith(("OFL", "LICENSE", "LICENCE")):
                name = posixpath.join(folder, file.name).replace("/", "-")
                yield Resource(f"{FOLDER}/{name}", "text/plain", file.read_bytes())
    for name in dict.fromkeys(licence_of(face) for face in faces if face.by_press):
        yield Resource(f"{FOLDER}/{name.replace('/', '-')}", "text/plain", theme.read(f"styles/{name}"))
