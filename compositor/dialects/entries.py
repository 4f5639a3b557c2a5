"""A tree of files + their texts -> entries of a manuscript: without drafts, each source with its key."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import yaml

from compositor.dialects.desk import Desk
from compositor.dialects.loose_yaml import Loose
from compositor.dialects.numbers import Planned, number_of, without_number
from compositor.dialects.order import walk
from compositor.errors import error
from compositor.model import Entry, Role, Source
from compositor.settings import Settings, slugify

RESERVED = frozenset(
    ("nav", "cover", "half-title", "title", "copyright", "contents", "lists", "toc", "content", "package")
)
"""Names of pages and files that Compositor adds to a book."""

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def is_draft(text: str) -> bool:
    """Return whether the front matter says `draft: true`; the parser reports broken front matter."""
    match = FRONT_MATTER.match(text)
    if match is None or "draft" not in match["yaml"]:
        return False
    try:
        told = yaml.load(match["yaml"], Loader=Loose)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("draft") is True


def kept(tree: Sequence[Planned], desk: Desk, settings: Settings) -> tuple[Planned, ...]:
    """Return the tree without drafts, their sections, and parts without any chapter left."""
    if settings.metadata.drafts:
        return tuple(tree)
    left = tuple(_without_drafts(tree, desk))
    had, has = ([file for file in walk(files) if file.role is Role.CHAPTER] for files in (tree, left))
    if had and not has:
        remedy = "remove draft: true from a chapter, or write drafts = true"
        desk.findings.append(error("M016", "every chapter is a draft", settings.place("drafts"), remedy))
    return left


def _without_drafts(tree: Iterable[Planned], desk: Desk) -> Iterator[Planned]:
    for file in tree:
        if is_draft(desk.texts.get(file.path, "")):
            for left_out in walk((file,)):
                desk.drop(left_out.path)
            continue
        children = tuple(_without_drafts(file.children, desk))
        if children or file.role is not Role.PART:
            yield replace(file, children=children)


def entries(tree: Iterable[Planned], texts: Mapping[str, str], taken: set[str]) -> tuple[Entry, ...]:
    """Return the tree with its texts; `taken` collects the keys, in reading order."""
    made = []
    for file in tree:
        key = next(name for name in _keys(file) if name not in taken)
        taken.add(key)
        source = Source(file.path, texts[file.path], key, file.title) if file.path else _title_of_part(file, key)
        made.append(Entry(file.role, source, entries(file.children, texts, taken)))
    return tuple(made)


def _title_of_part(file: Planned, key: str) -> Source:
    """Return a text with the title, on the line where the order has it; like every source it has a path of its own."""
    title = re.sub(r"([\\`*_\[\]<>&{}~^$@#!|])", r"\\\1", file.title)
    return Source(f"{file.place.file}#{key}", "\n" * ((file.place.line or 1) - 1) + f"# {title}\n", key)


def _keys(file: Planned) -> Iterator[str]:
    """Yield names for a source, best first: stem without number, with number, with folders, with a count."""
    number = "-".join(map(str, number_of(file.path)))
    title = f"part {file.title}" if file.role is Role.PART and file.title else file.title
    bare = slugify(file.name or without_number(file.path) or title)
    bare = f"{bare}-{file.role}" if bare in RESERVED else bare
    if bare:
        yield _as_name(bare)
    whole = _as_name("-".join(part for part in (bare or file.role.value, number) if part))
    yield whole
    if "/" in file.path:
        yield _as_name(slugify(file.path.rpartition(".")[0]) or whole)
    yield from (f"{whole}-{count}" for count in itertools.count(2))


def _as_name(key: str) -> str:
    """Return a key that is an XML name: it may not begin with a digit."""
    return key if key[0].isalpha() else f"_{key}"
