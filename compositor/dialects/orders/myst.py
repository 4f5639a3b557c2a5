"""`myst.yml` and `_toc.yml` -> the order of their texts, and the data of the book.

Sources: https://mystmd.org/guide/table-of-contents, https://jupyterbook.org/v1/structure/toc.html.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from compositor.dialects.order import in_natural_order
from compositor.dialects.orders.nodes import TEXTS, Node, Written, as_list, as_table, load_yaml, text_named
from compositor.dialects.orders.quarto import said_of
from compositor.dialects.syntax import MYST

DEEPEST = 2
"""Levels of folders down to the one that has the order."""
PROJECT, TOC, CONFIG = (tuple(f"{name}.{end}" for end in ("yml", "yaml")) for name in ("myst", "_toc", "_config"))


def read(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of a project of MyST; None if it has none."""
    above = _above(names, PROJECT)
    file, told = load_yaml(folder, *(posixpath.join(above, name) for name in PROJECT))
    project = as_table(as_table(told).get("project"))
    texts = _Texts(names, above)
    nodes = tuple(texts.nodes(as_list(project.get("toc"))))
    if not nodes:
        return None
    authors = as_list(project.get("authors"))
    said = {**said_of(project), "language": str(project.get("language") or "")}
    said["authors"] = [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in authors]
    return Written(file, nodes, said, above, "a project of MyST", True, tuple(texts.missing), MYST)


def read_toc(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of a Jupyter Book; None if there is none."""
    above = _above(names, TOC)
    file, loaded = load_yaml(folder, *(posixpath.join(above, name) for name in TOC))
    _, config = load_yaml(folder, *(posixpath.join(above, name) for name in CONFIG))
    texts = _Texts(names, above)
    listed = loaded if isinstance(loaded, list) else [{"file": loaded["root"]}] if loaded.get("root") else []
    nodes = [*texts.nodes(listed)]
    for key in ("parts", "chapters", "sections"):
        nodes += texts.nodes(as_list(as_table(loaded).get(key)))
    if not nodes:
        return None
    said, missing = said_of(as_table(config)), tuple(texts.missing)
    return Written(file, tuple(nodes), said, above, "a Jupyter Book", True, missing, MYST)


def _above(names: Sequence[str], wanted: Sequence[str]) -> str:
    """Return the folder with such a file: the top, else the one folder below it with most of the texts."""
    folders = {posixpath.dirname(name) for name in names if posixpath.basename(name) in wanted}
    inside = sorted(one for one in folders if one and one.count("/") < DEEPEST)
    if "" in folders or not inside:
        return ""
    texts = [name for name in names if name.lower().endswith((*TEXTS, ".ipynb"))]
    shallow = [one for one in inside if one.count("/") == min(map(_depth, inside))]
    below = [name for name in texts if name.startswith(f"{shallow[0]}/")]
    return shallow[0] if len(shallow) == 1 and 2 * len(below) >= len(texts) else ""


def _depth(folder: str) -> int:
    return folder.count("/")


@dataclass(slots=True)
class _Texts:
    """The texts that an order can name from its folder."""

    names: Sequence[str]
    above: str
    missing: list[str] = field(default_factory=list)

    def nodes(self, listed: Sequence[Any]) -> Iterator[Node]:
        """Yield the lines of an order."""
        for one in listed:
            table = as_table(one)
            address = one if isinstance(one, str) else str(table.get("file") or "")
            title = str(table.get("title") or table.get("caption") or table.get("part") or "")
            below = [member for key in ("children", "chapters", "sections") for member in as_list(table.get(key))]
            children = tuple(self.nodes(below))
            path = text_named(address, self.above, self.names) if address else ""
            if "glob" in table or "pattern" in table:
                wanted = posixpath.join(self.above, str(table.get("glob") or table.get("pattern")))
                yield from (Node("", name) for name in in_natural_order(self.names) if fnmatch(name, wanted))
            elif path or children:
                yield Node(title, path, children)
            elif address:
                self.missing.append(address)
