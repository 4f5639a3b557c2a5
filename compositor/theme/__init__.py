"""Folders -> Theme: templates, style sheets and fonts, in layers: the default theme, the named one, the book's own.

Everything is read once, here; afterwards, the theme depends only on the bytes that `files` lists.
A template of a later layer wins, and may extend that of an earlier one as `default/<name>`; a style sheet of a
later layer is added after those of the same name. So a theme contains only what it changes.

faces.py         style sheets   -> the file for each family
layers.py        folders        -> bytes by name, and the folder that they came from
templates.py     template       -> text, or a finding with its line
sandbox.py       value          -> what a template may read of it
font_files.py    a font file    -> the faces in it
own_sheets.py    a book's own style sheets -> the same without what is not allowed
own_faces.py     `[fonts]`      -> the book's own fonts, and what they lack
signs.py         theme          -> the built-in fonts of signs and emoji
lettering.py     theme, letters -> the fonts of a book: rules, families, letters without a font
face_rules.py    faces, letters -> `@font-face` rules, and the families for every use
changes.py       changes to the letters of a font
made_fonts.py    font, letters  -> a font for a page; the boxes of letters that no font has
font_sources.py  a letter       -> fonts that have it, and where to get them
contrast.py      colours        -> those that cannot be read on their ground
screens.py       custom properties -> plain values in style sheets for screens
page.py          custom properties -> measures of the page, and doubts about them
properties.py    style sheets   -> custom properties, and the values that book.toml may set
explanations.py  what `explain` prints for each code
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from compositor.errors import BookError, stop
from compositor.fonts.faces import Face, characters_of, faces, families, maker_calls_it, relative_width, without_kin
from compositor.model import Finding, Fonts, Manuscript, Place
from compositor.theme.contrast import doubts_of_colours
from compositor.theme.drawn.hues import AUTO, hue_of, tint_of
from compositor.theme.explanations import EXPLANATIONS
from compositor.theme.layers import FONTS, OURS, OWN, Layer, find_layers, read_layer, themes
from compositor.theme.own_faces import FALLBACK, USES, OwnFace, lacking, read_own_faces
from compositor.theme.own_sheets import clean
from compositor.theme.own_sheets.bounds import endless
from compositor.theme.page import CODE_ADVANCE, Page, doubts, page_size, part_of_text, points, read_page
from compositor.theme.properties import as_rule, declared, faults_of_growth, faults_of_property, resolved
from compositor.theme.signs import sign_faces
from compositor.theme.templates import fill

PAGES = "pages"
"""The folder of `styles/` with a sheet for each page size that the theme knows."""
SAME_SIZE = 1.0
"""Points of difference between equal page sizes: 8.27 by 11.69 inches are A4."""
PRINT = ("fonts.css", "print.css")
TINTS = {"tint": "accent", "warning-tint": "warning"}
"""The property of a tint -> that of its colour."""

__all__ = ["EXPLANATIONS", "OURS", "OWN", "Theme", "load_theme", "themes"]


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """The look of a book: templates, style sheets and fonts of all layers, as bytes."""

    name: str
    layers: tuple[Layer, ...]
    """The default theme, then the named one, then the book's own."""
    content: Mapping[str, bytes]
    """File name (`default/styles/epub.css`, `plain/styles/epub.css`, `own/styles/epub.css`) -> content."""

    own_faces: tuple[OwnFace, ...] = ()
    """The book's own fonts."""
    unusable: tuple[Finding, ...] = ()
    """Findings about fonts that it names but does not use, and about forbidden parts of its style sheets."""
    folder: Path = Path()
    """The book's folder, which contains them."""

    def files(self) -> Mapping[str, bytes]:
        """Return everything that was read, sorted by name: the input of the build id."""
        return {**self.content, **{f"fonts/{face.path}": face.data for face in self.own_faces}}

    def fill(self, template: str, **names: object) -> str:
        """Fill the template with these values; a fault in it is a BookError with its place."""
        return fill(template, names, self.content, tuple(layer.name for layer in self.layers))

    def sheets(self, name: str) -> Iterator[tuple[Layer, str]]:
        """Yield every style sheet of this name, layer by layer."""
        for layer in self.layers:
            if (data := self.content.get(f"{layer.name}/styles/{name}")) is not None:
                yield layer, data.decode("utf-8-sig")

    def print_sheets(self, style: Mapping[str, str]) -> tuple[tuple[str, Path], ...]:
        """Return the style sheets of the PDF in order, each with the folder that its addresses start from.

        A page size that the theme knows has a sheet of its own, after the theme's and before the book's.
        """
        found = [(layer, text) for name in PRINT for layer, text in self.sheets(name)]
        size = style.get("page-size") or _last("page-size", (text for _, text in found))
        page = self.sheets(f"{PAGES}/{self._page_called(size)}.css")
        theirs = [one for one in found if one[0].name == OWN]
        ours = [one for one in found if one[0].name != OWN]
        return tuple((text, layer.styles) for layer, text in (*ours, *page, *theirs))

    def _page_called(self, size: str) -> str:
        """Return the theme's name for a page of this size, however the size is written."""
        name, wanted = "-".join(size.lower().split()), page_size(size)
        folders = tuple(f"{layer.name}/styles/{PAGES}/" for layer in self.layers)
        names = (path.rpartition("/")[2] for path in self.content if path.startswith(folders))
        stems = sorted({name.removesuffix(".css") for name in names})
        if name in stems or wanted is None:
            return name
        sizes = ((stem, page_size(stem) or page_size(stem.replace("-", " "))) for stem in stems)
        return next((stem for stem, has in sizes if has is not None and math.dist(has, wanted) < SAME_SIZE), name)

    def stylesheet(self, name: str) -> str:
        """Return the style sheet of this name: that of every layer, the book's own last."""
        found = [text for _, text in self.sheets(name)]
        if not found:
            stop("T002", f'there is no style sheet "{name}"', Place(f"styles/{name}"), "correct the name")
        return "\n".join(found)

    def properties(self, style: Mapping[str, str]) -> str:
        """Return the custom properties that a book sets, as a rule to follow the style sheets."""
        known = dict(pair for text in self._css() for pair in declared(text))
        faults = [fault for item in style.items() for fault in faults_of_property(*item, known)]
        faults += faults_of_growth(style, endless(self._css(), style))
        if faults:
            raise BookError(faults)
        return as_rule(style)

    def hued(self, manuscript: Manuscript) -> Manuscript:
        """Return the manuscript with the accent of its hue, and the tints of its colours, unless they are set."""
        style = dict(manuscript.style)
        if not self._has("accent", style):
            style["accent"] = hue_of(manuscript.metadata, self.value("hue", style, AUTO))
        for tint, colour in TINTS.items():
            if not self._has(tint, style):
                style[tint] = tint_of(self.value(colour, style, ""))
        return replace(manuscript, style=style)

    def _has(self, name: str, style: Mapping[str, str]) -> bool:
        """Return whether a property is set by the book, or by a theme that is not the default one."""
        sheets = (text for layer, text in self.sheets("print.css") if layer.name != OURS)
        return name in style or any(name == known for text in sheets for known, _ in declared(text))

    def settings(self, manuscript: Manuscript) -> str:
        """Return book.toml's settings of the look, as rules to follow the style sheets of the PDF."""
        colours = ((kind, own.colour) for kind, own in manuscript.callouts.items() if own.colour)
        callouts = (f".callout-{kind}{{--callout:{one};--ground:{tint_of(one)}}}" for kind, one in colours)
        return self.properties(manuscript.style) + "".join(callouts)

    def values(self, style: Mapping[str, str]) -> Mapping[str, str]:
        """Return every custom property with its value on paper: from the book, else from the last style sheet."""
        return _values(self, tuple(style.items()))

    def value(self, name: str, style: Mapping[str, str], fallback: str) -> str:
        """Return the value of a custom property on paper, else the default."""
        return self.values(style).get(name, fallback)

    def table_size(self, style: Mapping[str, str]) -> float | None:
        """Return the type size of tables in points; None if it is a formula that only WeasyPrint can compute."""
        values = self.values(style)
        given, text = values.get("table-size", ""), points(values.get("text-size", ""))
        return points(given) or (text * (part_of_text(given) or TABLE_SIZE) if text else None)

    def width_of_table_type(self, style: Mapping[str, str]) -> float:
        """Return the width of letters in the font of tables, relative to Source Sans 3."""
        return _width_of_labels(self, tuple(style.items()))

    def page(self, style: Mapping[str, str]) -> Page | None:
        """Return the measures of the printed page; None if they are formulas that only WeasyPrint can compute."""
        page = read_page(self.values(style))
        return replace(page, code_advance=self.code_advance()) if page is not None else None

    def code_advance(self) -> float:
        """Return the width of a letter of code, in em."""
        return next((face.advance for face in self.own_faces if face.use == "code"), CODE_ADVANCE)

    def doubts(self, manuscript: Manuscript) -> tuple[Finding, ...]:
        """Return doubts about the page and the fonts that result from a book's settings."""
        places = {**manuscript.style_places, **{f"font-{use}": at for use, at in manuscript.fonts.places.items()}}
        found = doubts(self.values(manuscript.style), places, self.code_advance())
        pale = doubts_of_colours(self.values(manuscript.style), manuscript)
        return (*found, *pale, *self.unusable, *lacking(self.own_faces, manuscript.fonts))

    def faces(self, style: Mapping[str, str]) -> Mapping[str, tuple[tuple[Face, bytes], ...]]:
        """Return `text`, `display`, `small`, `label`, `code` -> the faces of the first family set for it on paper."""
        values, known = self.values(style), self.declared_faces(style)
        first = {use: (families(values.get(f"font-{use}", "")) or ("",))[0] for use in USES}
        found = {use: tuple(one for one in known if one[0].family == family) for use, family in first.items()}
        own = {use: tuple((face.face, face.data) for face in self.own_faces if face.use == use) for use in USES}
        return {use: own[use] or faces_ for use, faces_ in found.items()}

    def declared_faces(self, style: Mapping[str, str]) -> tuple[tuple[Face, bytes], ...]:
        """Return every face that a style sheet for paper declares, with its bytes."""
        sheets = self.print_sheets(style)
        return tuple((face, self._font(face.address, folder)) for text, folder in sheets for face in faces(text))

    def letters(self, style: Mapping[str, str]) -> Iterator[frozenset[int]]:
        """Yield the letters of one face of the theme after the other, those of running text first."""
        fonts = [data for _, data in self.faces(style)["text"][:1]]
        fonts += [data for _, data in self.declared_faces(style)]
        yield from (characters_of(data) for data in dict.fromkeys(fonts))

    def fallbacks(self) -> tuple[OwnFace, ...]:
        """Return the fallback faces: the book's own, then those of signs."""
        own = (face for face in self.own_faces if face.use == FALLBACK)
        return (*own, *sign_faces(self.read))

    def typefaces(self, style: Mapping[str, str]) -> tuple[str, ...]:
        """Return the makers' names for the book's fonts, for the copyright page."""
        return _typefaces(self, tuple(style.items()))

    def _font(self, address: str, folder: Path) -> bytes:
        """Return the bytes behind an address in a style sheet; None if the theme has no such file."""
        for layer in self.layers:
            path = os.path.normpath(folder / unquote(address))
            if path.startswith(f"{layer.styles}{os.sep}"):
                name = Path(path).relative_to(layer.styles).as_posix()
                if (data := self.content.get(f"{layer.name}/styles/{name}")) is not None:
                    return data
        return b""

    def path(self, name: str) -> Path:
        """Return where `styles/…` or `templates/…` is on disk, the last layer's first."""
        return self._owner(name).path(name)

    def read(self, name: str) -> bytes:
        """Return the bytes of `styles/…` or `templates/…`, the last layer's first."""
        return self.content[f"{self._owner(name).name}/{name}"]

    def has(self, name: str) -> bool:
        """Return whether there is such a file in the theme."""
        return any(f"{layer.name}/{name}" in self.content for layer in self.layers)

    def font_files(self) -> tuple[Path, ...]:
        """Return every font of the theme, ours and the book's own, sorted by name."""
        names = {name.partition("/")[2] for name in self.content if Path(name).suffix in FONTS}
        return tuple(self.path(name) for name in sorted(names))

    def _owner(self, name: str) -> Layer:
        for layer in reversed(self.layers):
            if f"{layer.name}/{name}" in self.content:
                return layer
        stop("T002", f'the theme has no file "{name}"', Place(name), "put it there, in the book's folder")

    def _css(self) -> Iterator[str]:
        for layer in self.layers:
            for name, data in self.content.items():
                if name.startswith(f"{layer.name}/") and name.endswith(".css"):
                    yield data.decode("utf-8-sig")


@lru_cache(maxsize=8)
def _values(theme: Theme, style: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    sheets = (text for text, _ in theme.print_sheets(dict(style)))
    texts = (*theme._css(), *sheets)
    return resolved({name: value for text in texts for name, value in declared(text)} | dict(style))


@lru_cache(maxsize=4)
def _typefaces(theme: Theme, style: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    found = theme.faces(dict(style)).values()
    return without_kin(maker_calls_it(data) for faces_ in found for _, data in faces_[:1])


@lru_cache(maxsize=4)
def _width_of_labels(theme: Theme, style: tuple[tuple[str, str], ...]) -> float:
    found = theme.faces(dict(style)).get("label", ())
    plain = [data for face, data in found if face.style == "normal" and face.weight in ("400", "normal")]
    return relative_width(plain[0]) if plain else 1.0


def _last(property_: str, texts: Iterable[str]) -> str:
    """Return the value that the last of these style sheets gives to a property."""
    return dict(pair for text in texts for pair in declared(text)).get(property_, "")


def load_theme(folder: Path, name: str = OURS, fonts: Fonts | None = None) -> Theme:
    """Return the theme of this name with the book's additions. Raises BookError for files that cannot be read."""
    found = find_layers(folder, name)
    read = {f"{layer.name}/{path}": data for layer in found for path, data in read_layer(layer)}
    content, left_out = clean(dict(sorted(read.items())))
    own, faults = read_own_faces(folder, fonts) if fonts is not None else ((), ())
    return Theme(name, found, content, own, (*faults, *left_out), folder)


TABLE_SIZE = 88 / 105
"""The type size of tables relative to running text, if the style sheets say it in another way."""
