"""A folder with book.toml -> Manuscript: the press's own dialect.

Reads the settings, plans the tree of files, reads every file once, leaves out drafts, and names each source.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from compositor.dialects.bibliography import read_bibliography
from compositor.dialects.data import read_data
from compositor.dialects.numbers import Planned, number_of, without_number
from compositor.dialects.order import markdown_files, plan, walk
from compositor.errors import error, in_order
from compositor.folder.paths import list_files, locate, not_in_utf8
from compositor.folder.text import read_loosely, read_text
from compositor.language import language_for
from compositor.language.typography import curled
from compositor.model import Entry, Finding, Manuscript, Metadata, Place, Role, Source
from compositor.settings import Settings, read_settings, slugify

SETTINGS = "book.toml"

EXTENSIONS = (
    *("front_matter", "headings", "tables", "figures", "listings", "callouts", "definitions", "footnotes"),
    *("divs", "spans", "references", "links", "tasks", "autolinks", "strikethrough", "typography"),
    *("east_asian", "badges", "inline_code", "link_notes"),
    *("items", "reference_groups", "index", "glossary", "abbreviations", "exercises"),
    *("quotations", "line_blocks", "scripts", "keys", "small_capitals", "directions", "page_breaks", "panels"),
    *("anchors",),
    *("csv_tables", "cells", "table_notes", "column_widths", "cards"),
    *("includes", "variables", "raw_html", "math", "tex_marks", "characters", "citations", "conditional"),
    *("excerpts", "code_annotations", "code_lines", "open_fences"),
    *("rows", "broken_links", "foreign"),
)
"""The syntax of this dialect: names of members of `markdown.EXTENSIONS`."""

RESERVED = frozenset(
    ("nav", "cover", "half-title", "title", "copyright", "contents", "lists", "toc", "content", "package")
)
"""Names of pages and files that the press itself puts into a book."""

NO_BOOK = frozenset({"M016"})
"""What leaves a tree that nothing more can be said about: a file twice, no chapters."""

OUTSIDE = "M003"
"""A path that leads out of the book."""

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def recognises(folder: Path) -> bool:
    """Whether the folder has a book.toml, be it a broken one."""
    return os.path.lexists(folder / SETTINGS)


def read(folder: Path, given: str | None = None) -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """The manuscript and everything found in the folder; None when the book cannot be put together at all.

    `given` are the settings of a folder that has none.
    """
    desk = _Desk(folder, list_files(folder), findings=not_in_utf8(folder))
    settings = _settings(desk) if given is None else read_settings(given, SETTINGS)[0]
    if settings is None:
        for name in markdown_files(desk.names):
            desk.open(name, Place(name))
        return None, desk.report()
    tree, faults = plan(settings, desk.names)
    desk.findings += faults
    metadata = _with_cover(settings, desk)
    for file in walk(tree):
        if file.path and file.path not in desk.texts:
            desk.open(file.path, file.place)
    kept = _kept(tree, desk, settings)
    variables, faults = read_data(settings, desk.given)
    desk.findings += faults
    bibliography, faults = read_bibliography(settings, desk.cited)
    desk.findings += faults
    findings = desk.report()
    if not _whole(kept, desk.texts) or any(finding.code in NO_BOOK for finding in findings):
        return None, findings
    manuscript = _manuscript(folder, replace(settings, metadata=metadata), _entries(kept, desk.texts, set()))
    ours = Source(SETTINGS, desk.texts.get(SETTINGS, ""), "")
    return replace(manuscript, settings=ours, variables=variables, bibliography=bibliography), findings


def _with_cover(settings: Settings, desk: _Desk) -> Metadata:
    """The metadata without a cover that is not there; a path out of the folder stays an error."""
    asked = settings.metadata.cover
    if not asked:
        return settings.metadata
    _, findings = locate(desk.folder, asked, settings.place("cover"), desk.names)
    for one in findings:
        told = f"{one.message}, and a cover is made"
        desk.findings.append(replace(one, severity="warning", message=told) if one.code != "M003" else one)
    return replace(settings.metadata, cover="") if findings else settings.metadata


def _whole(tree: Iterable[Planned], texts: Mapping[str, str]) -> bool:
    """Whether every file was read. Other faults, such as a gap, leave a book in which more can be found."""
    return all(file.path in texts for file in walk(tree) if file.path)


def _manuscript(folder: Path, settings: Settings, entries: tuple[Entry, ...]) -> Manuscript:
    return Manuscript(
        folder=folder,
        metadata=_typographic(settings.metadata),
        entries=entries,
        extensions=frozenset(EXTENSIONS),
        style=settings.style,
        callouts=settings.callouts,
        fonts=settings.fonts,
        style_places={name: settings.place(f"style.{name}") for name in settings.style},
        theme=settings.theme,
        samples=settings.samples,
        limits=settings.limits,
        strictness=settings.strictness,
        sample_places=settings.places.below("samples"),
        preliminaries=settings.preliminaries,
    )


def _typographic(metadata: Metadata) -> Metadata:
    """The titles with the quotation marks of the language, as a title in a chapter has them."""
    words = language_for(metadata.language)
    return replace(metadata, title=curled(metadata.title, words), subtitle=curled(metadata.subtitle, words))


@dataclass(slots=True)
class _Desk:
    """What has been read so far, and what was found while reading it."""

    folder: Path
    names: Sequence[str]
    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def look_for(self, path: str, asked: Place) -> Path | None:
        """The file on disk; a finding when it is not there or may not be read."""
        file, findings = locate(self.folder, path, asked, self.names)
        self.findings += findings
        return file

    def open(self, path: str, asked: Place) -> None:
        """Read a file of the book, if it can be read."""
        file = self.look_for(path, asked)
        if file is None:
            return
        text, findings = read_text(file, path, asked)
        self.findings += findings
        if text is not None:
            self.texts[path] = text

    def given(self, path: str, asked: Place) -> str | None:
        """The text of a file that is no chapter: data, a bibliography; None, and a finding, when it cannot be read."""
        self.open(path, asked)
        return self.texts.get(path)

    def cited(self, path: str, asked: Place) -> str | None:
        """The text of a bibliography or a style of citations, without which there is a book as well."""
        file, findings = locate(self.folder, path, asked, self.names)
        self.findings += [f if f.code == OUTSIDE else _bearable(f) for f in findings]
        if file is None:
            return None
        text, findings = read_loosely(file, path, asked)
        self.findings += findings
        if text is not None:
            self.texts[path] = text
        return text

    def drop(self, path: str) -> None:
        """Forget a file that is left out, and what was found in it."""
        self.findings = [finding for finding in self.findings if finding.place.file != path]

    def report(self) -> tuple[Finding, ...]:
        """The findings in order, with the lines they point at."""
        return in_order(_with_excerpt(finding, self.texts) for finding in self.findings)


def _with_excerpt(finding: Finding, texts: Mapping[str, str]) -> Finding:
    place = finding.place
    if finding.excerpt or place.line is None or place.file not in texts:
        return finding
    return replace(finding, excerpt=Source(place.file, texts[place.file], "").line(place.line))


def _bearable(finding: Finding) -> Finding:
    """A finding about a file without which the book is made."""
    return replace(finding, message=f"{finding.message}, and the book is made without it", severity="warning")


def _settings(desk: _Desk) -> Settings | None:
    file = desk.look_for(SETTINGS, Place(SETTINGS))
    text, findings = (None, []) if file is None else read_text(file, SETTINGS, Place(SETTINGS))
    desk.findings += findings
    if text is None:
        return None
    desk.texts[SETTINGS] = text
    settings, faults = read_settings(text, SETTINGS)
    desk.findings += faults
    return settings


def is_draft(text: str) -> bool:
    """Whether the front matter says `draft: true`; front matter that is broken is the parser's to report."""
    match = FRONT_MATTER.match(text)
    if match is None or "draft" not in match["yaml"]:
        return False
    try:
        told = yaml.safe_load(match["yaml"])
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("draft") is True


def _kept(tree: Sequence[Planned], desk: _Desk, settings: Settings) -> tuple[Planned, ...]:
    """The tree without drafts, their sections, and parts that have lost all their chapters."""
    if settings.metadata.drafts:
        return tuple(tree)
    kept = tuple(_without_drafts(tree, desk))
    had, has = ([file for file in walk(files) if file.role is Role.CHAPTER] for files in (tree, kept))
    if had and not has:
        remedy = "take draft: true out of a chapter, or write drafts = true"
        desk.findings.append(error("M016", "every chapter is a draft", settings.place("drafts"), remedy))
    return kept


def _without_drafts(tree: Iterable[Planned], desk: _Desk) -> Iterator[Planned]:
    for file in tree:
        if is_draft(desk.texts.get(file.path, "")):
            for left_out in walk((file,)):
                desk.drop(left_out.path)
            continue
        children = tuple(_without_drafts(file.children, desk))
        if children or file.role is not Role.PART:
            yield replace(file, children=children)


def _entries(tree: Iterable[Planned], texts: Mapping[str, str], taken: set[str]) -> tuple[Entry, ...]:
    """The tree with its texts; `taken` collects the keys, in reading order."""
    entries = []
    for file in tree:
        key = next(name for name in _keys(file) if name not in taken)
        taken.add(key)
        source = Source(file.path, texts[file.path], key) if file.path else _title_of_part(file, key)
        entries.append(Entry(file.role, source, _entries(file.children, texts, taken)))
    return tuple(entries)


def _title_of_part(file: Planned, key: str) -> Source:
    """A text with the title, on the line that book.toml has it on; its path is its own, as of every source."""
    title = re.sub(r"([\\`*_\[\]<>&{}~^$@#!|])", r"\\\1", file.title)
    return Source(f"{SETTINGS}#{key}", "\n" * ((file.place.line or 1) - 1) + f"# {title}\n", key)


def _keys(file: Planned) -> Iterator[str]:
    """Names for a source, best first: stem without number, with number, with folders, with a count."""
    number = "-".join(map(str, number_of(file.path)))
    bare = slugify(without_number(file.path) or (f"part {file.title}" if file.title else ""))
    bare = f"{bare}-{file.role}" if bare in RESERVED else bare
    if bare:
        yield _as_name(bare)
    whole = _as_name("-".join(part for part in (bare or file.role.value, number) if part))
    yield whole
    if "/" in file.path:
        yield _as_name(slugify(file.path.rpartition(".")[0]) or whole)
    yield from (f"{whole}-{count}" for count in itertools.count(2))


def _as_name(key: str) -> str:
    """A key that is an XML name: it may not begin with a digit."""
    return key if key[0].isalpha() else f"_{key}"
