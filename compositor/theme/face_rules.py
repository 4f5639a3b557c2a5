"""Fonts of a book and its letters -> `@font-face` rules, and the families for every use, in order."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

from compositor.cache import remembered
from compositor.theme.changes import AS_IT_IS, Change
from compositor.theme.own_faces import BOLD_FROM, FALLBACK, WANTED, OwnFace
from compositor.theme.signs import EMOJI

WEIGHTS = (300, 400, 600, 700)
"""Weights that style sheets ask for."""
LATIN = 0x100
"""Letters below this one are never taken from a fallback font."""
PICTOGRAPHS = range(0x1F300, 0x1FB00)
AS_PICTURE, KEYCAP = 0xFE0F, 0x20E3
"""Characters that turn a sign into an emoji, or a digit into a key. Source: Unicode Technical Standard 51."""
BOXES = "Book Boxes"
"""The family for letters that no font has."""
IN_CODE = " in Code"
"""Suffix of a family whose signs are as wide as columns of code."""


@dataclass(frozen=True, slots=True)
class Share:
    """A fallback font, and the letters of the book that it is used for: those that no earlier font has."""

    face: OwnFace
    letters: frozenset[int]


def shares(faces: Iterable[OwnFace], used: frozenset[int], known: frozenset[int], ours: frozenset[int]) -> list[Share]:
    """Return the needed fallback fonts. `known`: letters of the text font; `ours`: letters of any font of the theme."""
    found: list[Share] = []
    left = frozenset(code for code in used if code >= LATIN) - known
    for face in faces:
        mine = left & face.characters - (ours if face.by_press else frozenset())
        left -= mine
        if mine or _makes_pictures(face, used):
            found.append(Share(face, mine))
    return found


def _makes_pictures(face: OwnFace, used: frozenset[int]) -> bool:
    """Return whether it has emoji that other fonts have as plain signs."""
    return is_of_emoji(face) and AS_PICTURE in used and bool({code for code in face.characters & used if code > 0x2000})


def is_of_emoji(face: OwnFace) -> bool:
    """Return whether emoji are looked for in this font first."""
    return face.family == EMOJI if face.by_press else any(code in PICTOGRAPHS for code in face.characters)


def fallback_rules(found: Iterable[Share], used: frozenset[int]) -> str:
    """Return the fallback fonts as CSS: each for its letters alone; one of emoji for all that it has.

    The book's own have one face each, from which bold letters are made.

    Emoji are looked for in the emoji font first, and everything else in all others before it.
    """
    made = []
    for face, letters in ((share.face, share.letters) for share in found):
        if not is_of_emoji(face):
            told = f"unicode-range:{ranges(letters, used)}"
            made.append(rule(face.family, _address(face, letters), told))
            if not face.by_press and letters:
                bold = rule(face.family, _address(face, letters, Change(bold=True)), f"font-weight:700;{told}")
                made.append(bold)
        elif face.by_press:
            made.append(rule(face.family, _address(face, letters), "font-weight:400"))
        else:
            mine = face.characters & used
            address = _address(face, mine, Change(sequences=True))
            made.append(rule(face.family, address, f"unicode-range:{ranges(mine, used)}"))
    return "".join(made)


def rule(family: str, address: str, told: str) -> str:
    """Return an `@font-face` rule."""
    return f'@font-face{{font-family:"{family}";src:url({address});{told}}}'


def rules_in_code(found: Iterable[Share], used: frozenset[int], advance: float) -> str:
    """Return the sign fonts as CSS, for code: emoji are as wide as two columns anyway."""
    signs = [share for share in found if is_sign(share.face) and share.letters]
    made = ((one, embedded(_in_cells(one, advance))) for one in signs)
    return "".join(rule(in_code(one.face.family), at, f"unicode-range:{ranges(one.letters, used)}") for one, at in made)


def _in_cells(one: Share, advance: float) -> bytes:
    """Return the font with each of its letters as wide as a column of code; cached, or made with a late import."""

    def make() -> bytes:
        from compositor.theme.made_fonts import in_cells

        return in_cells(one.face.data, one.letters, advance)

    return remembered(make, "signs in cells", one.face.data, repr(sorted(one.letters)), repr(advance))


def is_sign(face: OwnFace) -> bool:
    """Return whether it is a sign font of Compositor without emoji."""
    return face.by_press and not is_of_emoji(face)


def in_code(family: str) -> str:
    """Return the name of a family whose signs are as wide as columns of code."""
    return f"{family}{IN_CODE}"


def _address(face: OwnFace, letters: frozenset[int], change: Change = AS_IT_IS) -> str:
    """Return where a font is; if no file has it in the needed form, it is embedded in the rule."""
    if face.by_press or (_is_file(face) and change == AS_IT_IS):
        return quote(face.path)
    return _made(face, letters, change)


def _made(face: OwnFace, letters: frozenset[int], change: Change) -> str:
    from compositor.theme.made_fonts import fitted

    try:
        return embedded(fitted(face.data, face.axes, letters, change))
    except Exception:  # an error of fontTools on damaged letters; the others can be set
        return embedded(face.data)


def _is_file(face: OwnFace) -> bool:
    """Return whether its file can be used as it is."""
    return not face.axes and not face.is_part and ord(" ") in face.characters


def embedded(data: bytes) -> str:
    """Return the font itself as an address."""
    return f"data:font/ttf;base64,{b64encode(data).decode()}"


def family_rules(faces: Sequence[OwnFace], used: frozenset[int]) -> str:
    """Return the families as CSS: for each weight that is asked for the nearest, or one made from another.

    So a family of 400 and 700 serves a theme that asks for 300 and 600; a bold face never replaces a lighter one.
    """
    found: list[str] = []
    for family in dict.fromkeys(face.family for face in faces if face.use != FALLBACK):
        own = [face for face in faces if face.family == family]
        chosen = [(*one, _nearest(own, *one)) for one in product((False, True), WEIGHTS)]
        cast = [(weight, slanted, *one) for slanted, weight, one in chosen if one is not None]
        as_files = all(_is_file(face) and change == AS_IT_IS for _, _, face, change in cast)
        for weight, slanted, face, change in cast:
            address = quote(face.path) if as_files else _made(face, used, change)
            style = "italic" if slanted else "normal"
            found.append(rule(family, address, f"font-weight:{weight};font-style:{style}"))
    return "".join(found)


def _nearest(own: Sequence[OwnFace], slanted: bool, weight: int) -> tuple[OwnFace, Change] | None:
    """Return the face of a family that is used for a weight and a slant, and how it is changed."""
    kind = weight >= BOLD_FROM, slanted
    if kind not in {face.kind for face in own} and kind not in WANTED[own[0].use]:
        return None
    face = min(own, key=lambda face: (_distance(face, kind), abs(face.weight - weight)))
    return face, Change(kind[0] and not face.kind[0], slanted and not face.slanted)


def _distance(face: OwnFace, kind: tuple[bool, bool]) -> int:
    """Return how different a face is from the wanted one: it can be made slanted and bold, but not the reverse."""
    (bold, slanted), (has_bold, is_slanted) = kind, face.kind
    to_be_made = 2 * (slanted > is_slanted) + (bold > has_bold)
    return to_be_made + 8 * (is_slanted > slanted) + 4 * (has_bold > bold)


def in_front_and_behind(use: str, families: str, faces: Iterable[OwnFace], last: Iterable[str] = ()) -> str:
    """Return the families of a use: the book's own, the theme's, the fallbacks, the last resort."""
    all_ = tuple(faces)
    own = dict.fromkeys(face.family for face in all_ if face.use == use)
    behind = dict.fromkeys((*(face.family for face in all_ if face.use == FALLBACK), *last))
    return ", ".join((*(f'"{name}"' for name in own), families, *(f'"{name}"' for name in behind)))


def ranges(mine: Iterable[int], used: Iterable[int] = ()) -> str:
    """Return `U+3042-3044, U+4E00`, a unicode-range of CSS; no used letter of another font is in it."""
    letters = frozenset(mine)
    found: list[list[int]] = []
    for code in sorted(letters.union(used)):
        if code not in letters:
            found.append([])
        elif found and found[-1]:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ", ".join(f"U+{one[0]:X}-{one[1]:X}" for one in found if one) or "U+10FFFF"


def of_screen(face: OwnFace, address: str, letters: Iterable[int]) -> str:
    """Return the rule of a face in an EPUB; all weights of a variable font are in one file."""
    if face.use == FALLBACK:
        return rule(face.family, address, f"unicode-range:{ranges(letters, face.characters)}")
    weight = "1 1000" if face.axes else str(face.weight)
    return rule(face.family, address, f"font-weight:{weight};font-style:{face.face.style}")


def without_repeats(faces: Iterable[OwnFace]) -> Iterator[OwnFace]:
    """Yield the faces of an EPUB: a variable font once."""
    seen: set[tuple[str, str, bool]] = set()
    for face in faces:
        key = (face.path, face.family, face.slanted)
        if not face.axes or key not in seen:
            seen.add(key)
            yield face
