"""The order of another tool, line by line -> the tree of a book: parts, chapters, and what is below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from compositor.dialects.guests import not_followed, text_of
from compositor.dialects.loose_yaml import Loose
from compositor.dialects.numbers import Planned
from compositor.dialects.summary import nearest
from compositor.model import Finding, Place, Role

TEXTS = (".md", ".markdown", ".qmd", ".rmd", ".mdx")
"""Endings of the names of texts."""
OPENING = ("index", "readme")
"""Names of the first text of a folder."""
README = "readme.md"
"""The text about a folder, in lower case."""


@dataclass(frozen=True, slots=True)
class Node:
    """A line of an order: a text, a title, or both, and what is below it."""

    title: str = ""
    path: str = ""
    children: tuple[Node, ...] = ()
    role: Role | None = None
    """Where the order has it."""


@dataclass(frozen=True, slots=True)
class Written:
    """An order, and the other data in its file."""

    file: str
    """The path of the file that has it."""
    nodes: tuple[Node, ...]
    told: Mapping[str, object] = field(default_factory=dict)
    """The book's data, as keys of book.toml."""
    sources: str = ""
    tool: str = "a folder of texts"
    whole: bool = True
    """Whether texts that it does not name are not part of the book."""
    missing: tuple[str, ...] = ()
    """Names in it without a file."""
    extensions: frozenset[str] = frozenset()
    """Extensions that its texts have and those of other tools have not."""


_SECOND = re.compile(r"(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
"""The line that ends the first document of a file."""


def readme_of(names: Iterable[str]) -> str:
    """Return the README at the top; empty if there is none."""
    return next((name for name in names if name.casefold() == README), "")


def load_yaml(folder: Path, *names: str) -> tuple[str, Mapping[str, Any] | list[Any]]:
    """Return name and values of the first of these files that exists and is not empty."""
    for name in names:
        try:
            told = yaml.load(_alone(text_of(folder, name)) or "{}", Loader=Loose)
        except (yaml.YAMLError, ValueError, RecursionError):
            continue
        if isinstance(told, dict | list) and told:
            return name, told
    return "", {}


def _alone(text: str) -> str:
    """Return the first document of a file, which may end like front matter."""
    return _SECOND.split(text, maxsplit=1)[0]


def broken_yaml(folder: Path, names: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each of these files that cannot be read, so that it has no effect."""
    for name in names:
        try:
            yaml.load(_alone(text_of(folder, name)) or "{}", Loader=Loose)
        except (yaml.YAMLError, ValueError, RecursionError) as problem:
            mark = getattr(problem, "problem_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
            said = getattr(problem, "problem", None) or str(problem).split("\n")[0]
            yield not_followed(name, Place(name, line, column), said)


def as_table(value: object) -> Mapping[str, Any]:
    """Return a table, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Return a list, or an empty one."""
    return value if isinstance(value, list) else []


def text_named(address: str, above: str, names: Sequence[str]) -> str:
    """Return the text that an order means from its folder; empty if it does not exist."""
    found = nearest(address.partition("#")[0], above, names)
    if found:
        return found
    whole = f"{above}/{address}".strip("/") if above else address
    folded = {name.casefold(): name for name in names}
    choices = [whole, *(f"{whole}{ending}" for ending in TEXTS)]
    return next((folded[one.casefold()] for one in choices if _is_text(one) and one.casefold() in folded), "")


def _is_text(path: str) -> bool:
    return path.lower().endswith(TEXTS)


def walk_nodes(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield every node, followed by those below it."""
    for node in nodes:
        yield node
        yield from walk_nodes(node.children)


def tree_of(written: Written) -> tuple[Planned, ...]:
    """Return the tree: a title without a text is a part at the top level, and a page with its title below."""
    place = Place(written.file)
    made = [_planned(node, place, top=True) for node in written.nodes]
    if made and made[0].role is Role.CHAPTER and _opens(made[0]) and len(made) > 1:
        made[0] = replace(made[0], role=Role.FRONT)
    return tuple(made)


def _opens(file: Planned) -> bool:
    return file.path.rpartition("/")[2].rpartition(".")[0].casefold() in OPENING and not file.children


def _planned(node: Node, place: Place, top: bool) -> Planned:
    """Return a line of the order; its title may have HTML entities, since tools put it into pages."""
    is_part = top and bool(node.children) and not node.path and node.role is None
    role = node.role or (Role.PART if is_part else Role.CHAPTER)
    below = (_planned(one, place, False) if role is Role.PART else _section(one, place) for one in node.children)
    return Planned(role, node.path, place, tuple(below), unescape(node.title))


def _section(node: Node, place: Place) -> Planned:
    children = tuple(_section(one, place) for one in node.children)
    return Planned(Role.SECTION, node.path, place, children, unescape(node.title))
