"""mkdocs.yml -> the order of its `nav`, else of the names in its folder, and the data of the site.

Source: https://www.mkdocs.org/user-guide/configuration/.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compositor.dialects.guests import text_of
from compositor.dialects.order import in_natural_order
from compositor.dialects.orders.lists import linked
from compositor.dialects.orders.nodes import OPENING, Node, Written, as_list, as_table, load_yaml, text_named
from compositor.dialects.syntax import MKDOCS, PYMDOWN

FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.yml")

USUAL = "docs"
"""The folder of the texts by default."""


def read(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of a site of MkDocs; None without a file that makes it one."""
    file, loaded = load_yaml(folder, *FILES)
    told = as_table(loaded)
    if not told:
        return None
    sources = posixpath.normpath(str(told.get("docs_dir") or USUAL)).strip("/")
    sources = "" if sources == "." else sources
    there = [name for name in names if not sources or name.startswith(f"{sources}/")]
    if not there and sources != USUAL:  # a step of the project generates the folder, usually from this one
        sources, there = USUAL, [name for name in names if name.startswith(f"{USUAL}/")]
    nav, site = as_list(told.get("nav")), _Site(folder, sources, there)
    nodes = tuple(site.nodes(nav)) if nav else tuple(_of_folder(folder, sources, there))
    theme = as_table(told.get("theme"))
    said: dict[str, object] = {
        "title": str(told.get("site_name") or ""),
        "authors": [str(told.get("site_author") or "")],
        "description": str(told.get("site_description") or ""),
        "language": str(theme.get("language") or theme.get("locale") or ""),
    }
    missing, extensions = tuple(site.missing), _extensions(told)
    return Written(file, nodes, said, sources, "a site of MkDocs", bool(nav), missing, extensions)


def _extensions(told: Mapping[str, Any]) -> frozenset[str]:
    """Return MkDocs' extensions, and PyMdown's syntax if the site uses one of its extensions: most use several."""
    asked = told.get("markdown_extensions")
    names = [name for one in as_list(asked) for name in (one if isinstance(one, dict) else [one])]
    names += as_table(asked)
    asks = any(str(name).startswith(("pymdownx.", "material.")) for name in names)
    return MKDOCS | PYMDOWN if asks else MKDOCS


@dataclass(slots=True)
class _Site:
    """The texts that a `nav` can name."""

    folder: Path
    sources: str
    names: Sequence[str]
    missing: list[str] = field(default_factory=list)

    def nodes(self, nav: Sequence[Any]) -> Iterator[Node]:
        """Yield the lines of a `nav`; web addresses are left out."""
        for one in nav:
            for title, value in one.items() if isinstance(one, dict) else (("", one),):
                if isinstance(value, list):
                    children = tuple(self.nodes(value))
                    yield from [Node(str(title), "", children)] if children else []
                elif isinstance(value, str) and "://" not in value:
                    yield from self.named(str(title), value)

    def named(self, title: str, value: str) -> Iterator[Node]:
        """Yield a text, or a folder with its content."""
        inside = posixpath.normpath(posixpath.join(self.sources, value))
        below = [name for name in self.names if name.startswith(f"{inside}/")]
        if value.endswith("/") and below:
            yield Node(title or value.strip("/"), "", tuple(_of_folder(self.folder, inside, below)))
        elif path := text_named(value, self.sources, self.names):
            yield Node(title, path)
        else:
            self.missing.append(value)


def _of_folder(folder: Path, above: str, names: Sequence[str]) -> Iterator[Node]:
    """Yield the texts of a folder: its opening one, those that it links to, and the others by name."""
    texts = [name for name in in_natural_order(names) if name.lower().endswith((".md", ".markdown"))]
    first = [name for name in texts if posixpath.dirname(name) == above and _stem(name) in OPENING][:1]
    named = [path for path in linked(text_of(folder, first[0]), above, texts) if path not in first] if first else []
    yield from (Node("", path) for path in dict.fromkeys([*first, *named]))
    others = [name for name in texts if name not in first and name not in named]
    yield from (Node("", path) for path in others if posixpath.dirname(path) == above)
    for inside in dict.fromkeys(name[len(above) :].strip("/").partition("/")[0] for name in others):
        below = posixpath.join(above, inside)
        children = tuple(_of_folder(folder, below, [name for name in others if name.startswith(f"{below}/")]))
        yield from [Node(inside.replace("-", " ").replace("_", " ").capitalize(), "", children)] if children else []


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0].casefold()
