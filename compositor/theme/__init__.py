"""Folders -> Theme: templates, style sheets and fonts, in layers: the default theme, the one named, the book's own.

Everything is read once, here; what a theme then makes depends on nothing but the bytes that `files` lists.
A template of a later layer wins, and may extend that of an earlier one as `default/<name>`; a style sheet of a
later layer is added after those of the same name. So a theme holds only what it changes.

layers.py        folders        -> bytes by name, and which folder they came from
templates.py     template       -> text, or a finding with its line
properties.py    style sheets   -> custom properties, and what book.toml may set them to
explanations.py  what `explain` prints for each code
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from compositor.errors import BookError, stop
from compositor.model import Place
from compositor.theme.explanations import EXPLANATIONS
from compositor.theme.layers import FONTS, OURS, OWN, Layer, find_layers, read_layer, themes
from compositor.theme.properties import COMMENT, DECLARATION, declared, faults_of_property
from compositor.theme.templates import fill

__all__ = ["COMMENT", "DECLARATION", "EXPLANATIONS", "OURS", "OWN", "Theme", "load_theme", "themes"]


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """What a book looks like: templates, style sheets and fonts of all layers, as bytes."""

    name: str
    layers: tuple[Layer, ...]
    """The default theme, then the one that is named, then the book's own."""
    content: Mapping[str, bytes]
    """`default/styles/epub.css`, `plain/styles/epub.css`, `own/styles/epub.css` -> what the file holds, by name."""

    def files(self) -> Mapping[str, bytes]:
        """Everything that was read, sorted by name: what the build id has to cover."""
        return self.content

    def fill(self, template: str, **names: object) -> str:
        """The template with these names filled in; a fault in it is a BookError that says where."""
        return fill(template, names, self.content, tuple(layer.name for layer in self.layers))

    def sheets(self, *names: str) -> Iterator[tuple[str, Path]]:
        """Every style sheet of these names, layer by layer, each with the folder that its addresses start from."""
        for layer in self.layers:
            for name in names:
                if (data := self.content.get(f"{layer.name}/styles/{name}")) is not None:
                    yield data.decode("utf-8-sig"), layer.styles

    def stylesheet(self, name: str) -> str:
        """The style sheet of this name: that of every layer, the book's own last."""
        found = [text for text, _ in self.sheets(name)]
        if not found:
            stop("T002", f'there is no style sheet "{name}"', Place(f"styles/{name}"), "mend the name")
        return "\n".join(found)

    def properties(self, style: Mapping[str, str]) -> str:
        """The custom properties that a book sets, as a rule to stand after the style sheets."""
        known = dict(self._declared())
        faults = [fault for item in style.items() for fault in faults_of_property(*item, known)]
        if faults:
            raise BookError(faults)
        declarations = "".join(f"--{name}:{value.strip()};" for name, value in style.items())
        return f":root{{{declarations}}}" if style else ""

    def value(self, name: str, style: Mapping[str, str], fallback: str) -> str:
        """A custom property: as the book sets it, else as the last style sheet declares it, else this."""
        return style.get(name) or dict(self._declared()).get(name, fallback)

    def path(self, name: str) -> Path:
        """Where `styles/…` or `templates/…` lies on disk, the last layer's first."""
        return self._owner(name).path(name)

    def read(self, name: str) -> bytes:
        """The bytes of `styles/…` or `templates/…`, the last layer's first."""
        return self.content[f"{self._owner(name).name}/{name}"]

    def has(self, name: str) -> bool:
        """Whether there is such a file in the theme."""
        return any(f"{layer.name}/{name}" in self.content for layer in self.layers)

    def font_files(self) -> tuple[Path, ...]:
        """Every font of the theme, ours and the book's own, sorted by name."""
        names = {name.partition("/")[2] for name in self.content if Path(name).suffix in FONTS}
        return tuple(self.path(name) for name in sorted(names))

    def _owner(self, name: str) -> Layer:
        for layer in reversed(self.layers):
            if f"{layer.name}/{name}" in self.content:
                return layer
        stop("T002", f'the theme has no file "{name}"', Place(name), "put it there, in the book's folder")

    def _declared(self) -> Iterator[tuple[str, str]]:
        for layer in self.layers:
            for name, data in self.content.items():
                if name.startswith(f"{layer.name}/") and name.endswith(".css"):
                    yield from declared(data.decode("utf-8-sig"))


def load_theme(folder: Path, name: str = OURS) -> Theme:
    """The theme of this name with what the book in this folder adds; raises BookError for what cannot be read."""
    found = find_layers(folder, name)
    content = {f"{layer.name}/{path}": data for layer in found for path, data in read_layer(layer)}
    return Theme(name, found, dict(sorted(content.items())))
