"""Folders -> layers: where the files of the default theme, of another theme and of a book are, and their content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from compositor.errors import stop
from compositor.folder.paths import is_inside
from compositor.model import Place

OURS, OWN = "default", "own"
FONTS = {".ttf", ".otf", ".woff", ".woff2"}
ENDINGS = {".xhtml", ".css", ".svg", ".png", ".jpg", ".jpeg", ".txt", *FONTS}
MARK = "print.css"
"""A folder of `styles/` with this file is a theme."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A theme, or a book's additions to it: a folder of templates and one of style sheets; either may be missing."""

    name: str
    templates: Path
    styles: Path
    apart: frozenset[str] = frozenset()
    """Folders in them that are separate layers."""

    def path(self, name: str) -> Path:
        """Return where `styles/…` or `templates/…` is on disk."""
        top, _, rest = name.partition("/")
        return {"templates": self.templates, "styles": self.styles}[top] / rest


def themes() -> tuple[str, ...]:
    """Return the names of the built-in themes, the default one first."""
    found = (path.parent.name for path in (_our_root() / "styles").glob(f"*/{MARK}"))
    return (OURS, *sorted(found))


def find_layers(folder: Path, name: str) -> tuple[Layer, ...]:
    """Return the layers of this theme for the book in this folder. Raises BookError if it does not exist."""
    known = themes()
    if name not in known:
        near = get_close_matches(name, known, 1)
        remedy = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}"
        stop("T001", f'there is no theme "{name}"', Place("book.toml"), remedy)
    ours, own = _our_root(), folder.resolve()
    found = [Layer(OURS, ours / "templates", ours / "styles", frozenset(known))]
    if name != OURS:
        found.append(Layer(name, ours / "templates" / name, ours / "styles" / name))
    if own != ours:
        found.append(Layer(OWN, own / "templates", own / "styles"))
    return tuple(found)


def our_file(name: str) -> bytes:
    """Return a file of the default theme, `styles/fonts/…`."""
    return (_our_root() / name).read_bytes()


def _our_root() -> Path:
    """Return the folder of the themes: inside the package in a wheel, next to it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    return package / "_theme" if (package / "_theme").is_dir() else package.parent


def read_layer(layer: Layer) -> Iterator[tuple[str, bytes]]:
    """Yield `templates/…` or `styles/…` -> its bytes, for every file type in a theme."""
    for top in ("templates", "styles"):
        root = layer.path(top)
        for folder, folders, names in os.walk(root):
            inside = layer.apart if Path(folder) == root else frozenset()
            folders[:] = [name for name in folders if not name.startswith(".") and name not in inside]
            for name in names:
                path = Path(folder, name)
                if path.suffix.lower() in ENDINGS and not name.startswith("."):
                    relative = f"{top}/{path.relative_to(root).as_posix()}"
                    yield relative, _read(path, root, relative)


def _read(path: Path, root: Path, relative: str) -> bytes:
    """Return the bytes of a plain file; text has to be UTF-8."""
    place = Place(relative)
    if not is_inside(root.parent, path) or not path.is_file():
        remedy = "put the file itself there; a link may not lead out of the book's folder"
        stop("T003", "this is not a file in the book's folder", place, remedy)
    try:
        data = path.read_bytes()
        if path.suffix in {".xhtml", ".css"}:
            data.decode("utf-8-sig")
    except OSError as problem:
        stop("T003", f"the file cannot be read: {problem.strerror}", place, "check its permissions")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        stop("T004", "the file is not UTF-8", Place(relative, line), "save it as UTF-8")
    return data
