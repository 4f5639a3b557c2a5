"""Theme + the letters of a book -> its fonts: `@font-face` rules, families for every use, letters without a font."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote

from compositor.fonts.faces import characters_of, faces, families
from compositor.theme import Theme
from compositor.theme.face_rules import (
    AS_PICTURE,
    BOXES,
    LATIN,
    Share,
    embedded,
    fallback_rules,
    family_rules,
    in_code,
    in_front_and_behind,
    is_of_emoji,
    is_sign,
    rule,
    rules_in_code,
    shares,
)
from compositor.theme.own_faces import FALLBACK, USES
from compositor.theme.properties import as_rule
from compositor.theme.signs import DIGITS

SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Unicode categories of characters without a shape."""
SELECTORS = frozenset((*range(0xFE00, 0xFE10), 0x34F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0xE0000, 0xE1000)))
"""Characters that choose the shape of a letter before them, or fill its place, and have no shape of their own."""
Style = Mapping[str, str]


def families_rule(theme: Theme, style: Style, used: frozenset[int]) -> str:
    """Return the families for every use on paper, the book's own first and the fallbacks last; empty: unchanged.

    `used`: the letters of the book.
    """
    behind = [share.face for share in needed(theme, style, used)]
    last = [BOXES] if without_face(theme, style, used) else []
    faces = (*(face for face in theme.own_faces if face.use != FALLBACK), *behind)
    if not faces and not last:
        return ""
    values = theme.values(style)
    told = {use: values.get(f"font-{use}", "serif") for use in USES}
    families = {use: in_front_and_behind(use, known, faces, last) for use, known in told.items()}
    of_code = (replace(face, family=in_code(face.family)) if is_sign(face) else face for face in faces)
    families["code"] = in_front_and_behind("code", told["code"], of_code, map(in_code, last))
    return as_rule({f"font-{use}": known for use, known in families.items()})


def face_rules(theme: Theme, style: Style, used: frozenset[int]) -> tuple[tuple[str, Path], ...]:
    """Return the book's own fonts, those of signs and of boxes as CSS, each with the base folder of its addresses."""
    found = needed(theme, style, used)
    own = fallback_rules((share for share in found if not share.face.by_press), used)
    own += family_rules(theme.own_faces, used)
    signs = fallback_rules((share for share in found if share.face.by_press), used)
    signs += rules_in_code(found, used, theme.code_advance())
    if lost := without_face(theme, style, used):
        from compositor.theme.made_fonts import boxes, in_cells

        made = boxes(lost, theme.read(f"styles/{DIGITS}"))
        signs += rule(BOXES, embedded(made), "font-weight:400")
        signs += rule(in_code(BOXES), embedded(in_cells(made, lost, theme.code_advance())), "font-weight:400")
    return tuple((text, at) for text, at in ((own, theme.folder), (signs, theme.layers[0].styles)) if text)


def needed(theme: Theme, style: Style, used: frozenset[int]) -> tuple[Share, ...]:
    """Return the fallback fonts that these letters need, the book's own before those of signs."""
    return _needed(theme, tuple(style.items()), used)


def set_in(theme: Theme, style: Style, used: frozenset[int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return `text`, `display` and so on, each with its families on paper: the book's, the theme's, the fallbacks."""
    behind = (share.face for share in needed(theme, style, used))
    faces = (*(face for face in theme.own_faces if face.use != FALLBACK), *behind)
    values = theme.values(style)
    told = ((use, in_front_and_behind(use, values.get(f"font-{use}", ""), faces)) for use in USES)
    return tuple((use, families(value)) for use, value in told)


def face_files(theme: Theme, style: Style) -> tuple[tuple[str, Path], ...]:
    """Return every family on paper with the files of its faces on disk."""
    sheets = ((folder, face) for text, folder in theme.print_sheets(style) for face in faces(text))
    found = [(face.family, Path(os.path.realpath(folder / unquote(face.address)))) for folder, face in sheets]
    for face in (*theme.own_faces, *theme.fallbacks()):
        found.append((face.family, ((theme.layers[0].styles if face.by_press else theme.folder) / face.path).resolve()))
    return tuple((family, path) for family, path in dict.fromkeys(found) if path.is_file())


def emoji_families(theme: Theme, style: Style, used: frozenset[int]) -> tuple[str, ...]:
    """Return the families in which emoji are looked for first."""
    return tuple(share.face.family for share in needed(theme, style, used) if is_of_emoji(share.face))


@lru_cache(maxsize=8)
def _needed(theme: Theme, style: tuple[tuple[str, str], ...], used: frozenset[int]) -> tuple[Share, ...]:
    known, code = _of_text_and_code(theme, dict(style))
    left = _with_a_shape(used) - known - code
    if not left and AS_PICTURE not in used and not any(face.use == FALLBACK for face in theme.own_faces):
        return ()
    return tuple(shares(theme.fallbacks(), used, known, known | code))


def _of_text_and_code(theme: Theme, style: Style) -> tuple[frozenset[int], frozenset[int]]:
    """Return the letters of the text font, and of the code font, in which every use looks for signs."""
    faces = theme.faces(style)
    text, code = ((characters_of(data) for _, data in faces[use][:1]) for use in ("text", "code"))
    return frozenset[int]().union(*text), frozenset[int]().union(*code)


def _with_a_shape(used: frozenset[int]) -> frozenset[int]:
    """Return those of these letters that a font must have."""
    return frozenset(code for code in used if code >= LATIN and category(chr(code)) not in SHAPELESS) - SELECTORS


def without_face(theme: Theme, style: Style, used: frozenset[int]) -> frozenset[int]:
    """Return those of these letters that no font has; characters without a shape need none."""
    return _without_face(theme, tuple(style.items()), used)


@lru_cache(maxsize=8)
def _without_face(theme: Theme, style: tuple[tuple[str, str], ...], used: frozenset[int]) -> frozenset[int]:
    left = _with_a_shape(used)
    for known in theme.letters(dict(style)):
        left -= known
        if not left:
            return left
    return left.difference(*(face.characters for face in (*theme.own_faces, *theme.fallbacks())))


@lru_cache(maxsize=4)
def fallback_letters(theme: Theme) -> Mapping[int, str]:
    """Return letters that the text font lacks -> the class of the first fallback font that has them.

    On a screen, signs come from the code font, which is embedded, and fallback fonts have only what it lacks.
    """
    known, code = _of_text_and_code(theme, {})
    ours = known | code
    found: dict[int, str] = {}
    for face in reversed(theme.fallbacks()):
        left = face.characters - (ours if face.by_press else known)
        found |= {code: face.css_class for code in left if code >= LATIN}
    return found
