"""`sidebars.js` and `sidebars.ts` of Docusaurus -> the order of its texts: the file is read as text and never run.

Source: https://docusaurus.io/docs/sidebar/items.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compositor.dialects.guests import text_of
from compositor.dialects.orders import docusaurus
from compositor.dialects.orders.literals import literals
from compositor.dialects.orders.nodes import Node, Written, as_list, as_table
from compositor.dialects.titles import matter_of
from compositor.folder.data import json_of

_FILE = re.compile(r"(?:[^/]+/)?sidebars\.(?:js|ts|cjs|mjs|json)\Z")
CONFIG = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "cjs", "mjs"))
USUAL = "docs"
_NUMBER = re.compile(r"\A\d+[-_. ]+(?=[^\W\d_])")
DEEPEST = 20


def read(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of the sidebars, one after the other; None if none names texts."""
    for file in sorted((name for name in names if _FILE.match(name)), key=lambda name: (name.count("/"), name)):
        above = posixpath.dirname(file)
        config = _config(folder, above)
        sources = _sources(config, above, names)
        below = [name for name in names if name.startswith(f"{sources}/") or not sources]
        site = _Site(folder, sources, [name for name in below if name.lower().endswith(docusaurus.ENDINGS)])
        nodes = tuple(node for sidebar in _sidebars(folder, file) for node in site.nodes(sidebar))
        if nodes:
            tool, missing = "a folder of Docusaurus", tuple(dict.fromkeys(site.missing))
            return Written(file, nodes, _said(config), sources, tool, True, missing)
    return None


def _sidebars(folder: Path, file: str) -> Iterator[object]:
    """Yield the export of the file: the items of each sidebar."""
    text = text_of(folder, file)
    if file.endswith(".json"):
        try:
            told: object = json_of(text or "{}")
        except (ValueError, RecursionError):
            return
    else:
        named = literals(text)
        told = named.get("default") or named.get("sidebars") or next(iter(named.values()), None)
    yield from as_table(told).values() if _is_shallow(told) else ()


def _is_shallow(value: object) -> bool:
    """Return whether lists and tables in it are no deeper than a sidebar could show."""
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        inside = one if isinstance(one, list) else list(one.values()) if isinstance(one, dict) else []
        if inside and depth > 2 * DEEPEST:
            return False
        waiting += [(child, depth + 1) for child in inside]
    return True


def _config(folder: Path, above: str) -> Mapping[str, Any]:
    """Return the settings of the site, if they are written as a table."""
    for name in CONFIG:
        named = literals(text_of(folder, posixpath.join(above, name)))
        for told in (named.get("default"), named.get("config"), *named.values()):
            if as_table(told).get("title"):
                return as_table(told)
    return {}


def _said(config: Mapping[str, Any]) -> dict[str, object]:
    locale = as_table(config.get("i18n")).get("defaultLocale")
    told = {"title": config.get("title"), "description": config.get("tagline"), "language": locale}
    return {name: value if isinstance(value, str) else "" for name, value in told.items()}


def _sources(config: Mapping[str, Any], above: str, names: Sequence[str]) -> str:
    """Return the folder of the texts: that of the settings, else one with a usual name, else that of the file."""
    said = next(_paths_of_docs(config, 0), "")
    choices = [posixpath.normpath(posixpath.join(above, one)) for one in (said, USUAL, f"../{USUAL}", ".") if one]
    choices = ["" if one == "." else one for one in choices if not one.startswith("..")]
    there = (one for one in choices if not one or any(name.startswith(f"{one}/") for name in names))
    return next(there, "")


def _paths_of_docs(value: object, depth: int) -> Iterator[str]:
    """Yield `docs: {path: …}`, wherever it is in the settings."""
    if isinstance(value, dict) and depth < DEEPEST:
        if isinstance(said := as_table(value.get("docs")).get("path"), str):
            yield said
        for one in value.values():
            yield from _paths_of_docs(one, depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for one in value:
            yield from _paths_of_docs(one, depth + 1)


@dataclass(slots=True)
class _Site:
    """The texts that a sidebar can name."""

    folder: Path
    sources: str
    texts: Sequence[str]
    missing: list[str] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    """Id of a text in a sidebar -> its path."""

    def __post_init__(self) -> None:
        for path in self.texts:
            for name in self._names(path):
                self.paths.setdefault(name, path)

    def _names(self, path: str) -> Iterator[str]:
        """Yield its path without ending and numbers, or with the `id` of its front matter as the last part."""
        bare = posixpath.splitext(path[len(self.sources) :].strip("/"))[0]
        above, last = posixpath.split(bare)
        plain = "/".join(_NUMBER.sub("", part) for part in above.split("/"))
        said = matter_of(text_of(self.folder, path)).get("id")
        if isinstance(said, str) and said:
            yield from (posixpath.join(plain, said), posixpath.join(above, said))
        yield from (posixpath.join(plain, _NUMBER.sub("", last)), bare)

    def nodes(self, items: object) -> Iterator[Node]:
        """Yield the items of a sidebar or of a category: a list, or a table of titles and their items."""
        if isinstance(items, dict) and "type" not in items:
            items = [{"type": "category", "label": label, "items": inside} for label, inside in items.items()]
        for item in as_list(items):
            yield from self._node(item)

    def _node(self, item: object) -> Iterator[Node]:
        told = as_table(item)
        kind = told.get("type")
        if isinstance(item, str) or kind in ("doc", "ref"):
            yield from self._text(item if isinstance(item, str) else str(told.get("id") or ""), _words(told))
        elif kind == "category":
            yield from self._category(told)
        elif kind == "autogenerated":
            yield from self._folder(str(told.get("dirName") or "."))
        elif told and kind is None:
            yield from self.nodes(told)

    def _text(self, name: str, title: str) -> Iterator[Node]:
        if path := self.paths.get(name):
            yield Node(title, path)
        else:
            self.missing.append(name)

    def _category(self, told: Mapping[str, Any]) -> Iterator[Node]:
        link = as_table(told.get("link"))
        path = self.paths.get(str(link.get("id") or ""), "") if link.get("type") == "doc" else ""
        children = tuple(node for node in self.nodes(told.get("items")) if node.children or node.path != path)
        if path or children:
            yield Node(_words(told), path, children)

    def _folder(self, inside: str) -> Iterator[Node]:
        """Yield all texts of a folder, by position and name."""
        above = posixpath.normpath(posixpath.join(self.sources, inside))
        above = "" if above == "." else above
        below = [path for path in self.texts if path.startswith(f"{above}/") or not above]
        yield from docusaurus.nodes_of(self.folder, above, below)


def _words(told: Mapping[str, Any]) -> str:
    label = told.get("label")
    return label if isinstance(label, str) else ""
