"""`myst.yml` and `_toc.yml` -> the order of their texts, and what they say of the book.

Sources: https://mystmd.org/guide/table-of-contents, https://jupyterbook.org/v1/structure/toc.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from compositor.dialects.order import in_natural_order
from compositor.dialects.orders.nodes import Node, Written, as_list, as_table, load_yaml, text_named
from compositor.dialects.orders.quarto import said_of


def read(folder: Path, names: Sequence[str]) -> Written | None:
    """The order of a project of MyST; None where it says none."""
    file, told = load_yaml(folder, "myst.yml", "myst.yaml")
    project = as_table(as_table(told).get("project"))
    missing: list[str] = []
    nodes = tuple(_nodes(as_list(project.get("toc")), names, missing))
    if not nodes:
        return None
    authors = as_list(project.get("authors"))
    said = {**said_of(project), "language": str(project.get("language") or "")}
    said["authors"] = [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in authors]
    return Written(file, nodes, said, "", "a project of MyST", True, tuple(missing))


def read_toc(folder: Path, names: Sequence[str]) -> Written | None:
    """The order of a Jupyter Book; None where there is none."""
    file, loaded = load_yaml(folder, "_toc.yml", "_toc.yaml")
    _, config = load_yaml(folder, "_config.yml", "_config.yaml")
    missing: list[str] = []
    listed = loaded if isinstance(loaded, list) else [{"file": loaded["root"]}] if loaded.get("root") else []
    nodes = [*_nodes(listed, names, missing)]
    for key in ("parts", "chapters", "sections"):
        nodes += _nodes(as_list(as_table(loaded).get(key)), names, missing)
    if not nodes:
        return None
    return Written(file, tuple(nodes), said_of(as_table(config)), "", "a Jupyter Book", True, tuple(missing))


def _nodes(listed: Sequence[Any], names: Sequence[str], missing: list[str]) -> Iterator[Node]:
    for one in listed:
        table = as_table(one)
        address = one if isinstance(one, str) else str(table.get("file") or "")
        title = str(table.get("title") or table.get("caption") or table.get("part") or "")
        below = [member for key in ("children", "chapters", "sections") for member in as_list(table.get(key))]
        children = tuple(_nodes(below, names, missing))
        path = text_named(address, "", names) if address else ""
        if "glob" in table or "pattern" in table:
            wanted = str(table.get("glob") or table.get("pattern"))
            yield from (Node("", name) for name in in_natural_order(names) if fnmatch(name, wanted))
        elif path or children:
            yield Node(title, path, children)
        elif address:
            missing.append(address)
