"""A folder that was written for another tool -> Manuscript: what was recognised, and the settings for Compositor.

`compositor.toml` in the folder has the keys of book.toml, and overrides what was found. Nothing is left out silently:
missing files, drafts, and files that the order does not name are reported, each kind once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from compositor.dialects.binding import bind
from compositor.dialects.desk import Desk
from compositor.dialects.languages import language_of
from compositor.dialects.numbers import Planned
from compositor.dialects.order import NO_CHAPTERS, SUMMARY, each_once, plan, walk
from compositor.errors import error, in_order, warning
from compositor.folder.paths import is_inside
from compositor.folder.text import read_text
from compositor.language import well_formed
from compositor.model import Entry, Finding, Manuscript, Place, Role, Source
from compositor.settings import Settings, read_settings, slugify

SETTINGS = "compositor.toml"
"""The file with the settings of Compositor for a book of another tool."""
OTHERS = f'to say otherwise, put {SETTINGS} into its top folder: title = "…", authors = ["…"], language = "…"'
NOT_ASKED = frozenset({"S008", "M009", "M010", "M011", "M012", "M013", "M014", "M015", "M017"})
"""Findings about book.toml, and about numbers that must agree with it: here, nobody has written one."""
NOT_SEARCHED = frozenset({"node_modules", "_book", "_site", "site", "dist", "target"})
"""Folders with generated or downloaded files of other tools."""
MOST_FILES = 50_000
NAMED = 3
"""Files that a finding names."""
_INCLUDED = re.compile(
    r"\{\{#\w+\s+(?P<mdbook>[^\s:}]+)|\{%\s*include\s+[\"'](?P<gitbook>[^\"']+)|\{\{<\s*include\s+(?P<quarto>[^\s>]+)"
    r"|--8<--\s+[\"'](?P<snippet>[^\"']+)|```\{include\}\s+(?P<myst>\S+)"
)
"""How a text includes another."""
_NUMBERED = re.compile(
    r"^(?:(?:chapter|appendix|part|lesson|lecture|module|unit|week|day|lab|kapitel|anhang|teil|chapitre|partie"
    r"|cap[ií]tulo|parte|capitolo|глава|часть)\s+(?:\d+|[IVX]+|[A-H]|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\d+(?:\.\d+)*[.:)]\s|\d+(?:\.\d+)+\s|第\s*[\d一二三四五六七八九十]+\s*[章回])",
    re.IGNORECASE,
)
"""A title that begins with its number."""
_HEADED = re.compile(r"^#[ \t]+" + _NUMBERED.pattern.removeprefix("^"), re.IGNORECASE | re.MULTILINE)
FIRST = 6
"""Texts whose letters decide the language."""
HEAD = 1000
"""Letters of a text in which its title is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """What was found out about a folder that was written for another tool."""

    kind: str
    """`an mdBook`, as in a sentence."""
    why: str
    """What it was recognised by, and the file with the order."""
    tree: tuple[Planned, ...]
    told: Mapping[str, object]
    """Values from its own files, as keys of book.toml."""
    extensions: frozenset[str]
    sources: str = ""
    """The folder of its texts, within that of the book."""
    findings: tuple[Finding, ...] = ()
    whole: bool = True
    """Whether the order is written, so that files that it does not name are not part of the book."""
    place: Place = field(default_factory=lambda: Place(""))
    """Where the order is written."""
    variables: Mapping[str, object] = field(default_factory=dict)
    """Values that its texts may name."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Names of the files of its folder -> their paths, for links by name."""
    told_of: frozenset[str] = frozenset()
    """Files that are left out, and of which another finding tells."""
    remedy: str = OTHERS
    """How the author can state what was assumed."""


def guest_files(folder: Path) -> list[str]:
    """Return all files of the folder that a tool would see, sorted; without links, hidden files and outputs."""
    found: list[str] = []
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in NOT_SEARCHED)
        inside = Path(above).relative_to(folder).as_posix()
        found += [name if inside == "." else f"{inside}/{name}" for name in names]
        if len(found) > MOST_FILES:
            break
    return sorted(found)


def text_of(folder: Path, path: str) -> str:
    """Return the text of a file that describes the book; empty if there is none that can be read."""
    file = folder / path
    if not path or not os.path.isfile(file) or not is_inside(folder, file):
        return ""
    return read_text(file, path, Place(path))[0] or ""


def read_guest(folder: Path, guest: Guest) -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """Return the manuscript, with a finding that says what was assumed; None if it cannot be put together."""
    desk = Desk(folder, guest_files(folder))
    guessed = "" if guest.told.get("language") else _language(folder, guest)
    if guessed:
        guest = replace(guest, told={**guest.told, "language": guessed})
    settings = _settings(desk, guest)
    if settings is None:
        return None, desk.report()
    tree: Sequence[Planned] = guest.tree
    if settings.order.chapters is not None or settings.order.parts is not None:
        tree, faults = plan(settings, desk.names)
        desk.findings += faults
    tree = tuple(_readable(each_once(tree, set()), desk, guest.sources))
    if not any(file.role is Role.CHAPTER for file in walk(tree)):
        tree = tuple(replace(file, role=Role.CHAPTER) for file in tree)
    if not tree:
        is_there = os.path.lexists(folder / guest.place.file)
        remedy = "name files of the folder in it" if is_there else "write it, one line `- [Title](file.md)` a chapter"
        name = guest.place.file or "its order"
        why = f"no file that {name} names is there" if is_there else f"{name} is missing"
        desk.findings.append(error("M016", f"the book has no chapters: {why}", guest.place, remedy))
        return None, desk.report()
    unlisted = _unlisted(desk, tree, guest) if guest.whole else ()
    manuscript, found = bind(desk, settings, tree, guest.extensions)
    findings = (one for one in found if one.code not in NOT_ASKED)
    assumed = () if os.path.lexists(folder / SETTINGS) else (_assumed(guest, settings, guessed),)
    told = in_order((*assumed, *guest.findings, *unlisted, *findings))
    if manuscript is None:
        return None, told
    variables = {**guest.variables, **manuscript.variables}
    parts = [one.source for one in manuscript.entries if one.role is Role.PART]
    metadata = manuscript.metadata
    if "numbered-parts" not in settings.places.keys and any(map(_is_numbered, parts)):
        metadata = replace(metadata, numbered_parts=False)
    if "numbered-levels" not in settings.places.keys and _numbers_itself(manuscript.entries):
        metadata = replace(metadata, numbered_levels=0)
    origin = f"{guest.kind}: {guest.why}"
    made = replace(manuscript, metadata=metadata, sources=guest.sources, origin=origin, variables=variables)
    return replace(made, files=guest.files), told


def _numbers_itself(entries: Sequence[Entry]) -> bool:
    """Return whether most chapters have a number in their titles, so that ours would be a second one."""
    inside = [one for entry in entries for one in (entry.children if entry.role is Role.PART else (entry,))]
    chapters = [one.source for one in inside if one.role is Role.CHAPTER]
    return len(chapters) > 1 and 2 * sum(map(_is_numbered, chapters)) > len(chapters)


def _is_numbered(source: Source) -> bool:
    """Return whether its title begins with a number."""
    return bool(_NUMBERED.search(source.title or "") or _HEADED.search(source.text[:HEAD]))


def _settings(desk: Desk, guest: Guest) -> Settings | None:
    """Return the settings of compositor.toml, completed by what was found."""
    text = ""
    if os.path.lexists(desk.folder / SETTINGS):
        text = desk.given(SETTINGS, Place(SETTINGS)) or ""
    settings, faults = read_settings(text, SETTINGS, _sound(desk.folder, guest.told))
    desk.findings += faults
    return settings


def _sound(folder: Path, told: Mapping[str, object]) -> dict[str, object]:
    """Return what was found, without values that book.toml does not allow: unfit characters, an invalid language."""
    found = {name: _clean(value) for name, value in told.items()}
    found = {name: value for name, value in found.items() if value not in ("", [], None)}
    found["title"] = found.get("title") or _clean(folder.resolve().name) or "Book"
    if not well_formed(str(found.get("language", "en"))):
        del found["language"]
    if not slugify(str(found["title"])):
        found["slug"] = "book"
    return {"format": 1, **found}


def _clean(value: object) -> object:
    if isinstance(value, str):
        return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    return [one for one in map(_clean, value) if one] if isinstance(value, list | tuple) else value


def _readable(tree: Iterable[Planned], desk: Desk, sources: str) -> Iterator[Planned]:
    """Yield the tree of readable files. An unreadable file is reported; if it has children, a title replaces it."""
    for file in tree:
        before = len(desk.findings)
        if file.path and file.path not in desk.texts:
            desk.open(file.path, file.place)
        children = tuple(_readable(file.children, desk, sources))
        if not file.path or file.path in desk.texts:
            yield replace(file, children=children, name=_name(file.path, sources))
            continue
        desk.findings[before:] = map(_left_out, desk.findings[before:])
        if children:
            yield replace(file, path="", title=file.title or file.path, children=children)


def _name(path: str, sources: str) -> str:
    """Return the name of a folder's opening text: that of the folder, or home."""
    folder, _, last = path.rpartition("/")
    if last.rpartition(".")[0].casefold() not in ("readme", "index"):
        return ""
    return "home" if folder == sources else folder.rpartition("/")[2]


def _left_out(finding: Finding) -> Finding:
    if finding.severity != "error":
        return finding
    return replace(finding, severity="warning", message=f"{finding.message}; it is left out")


def _unlisted(desk: Desk, tree: Iterable[Planned], guest: Guest) -> Iterator[Finding]:
    """Yield one finding for all texts that the order does not name and no text includes."""
    listed = {file.path for file in walk(tree)}
    asked = {
        next(name for name in match.groups() if name).rpartition("/")[2]
        for text in desk.texts.values()
        for match in _INCLUDED.finditer(text)
    }
    below = f"{guest.sources}/" if guest.sources else ""
    others = [name for name in desk.names if name.startswith(below) and name not in listed and _is_text(name)]
    others = [name for name in others if name.rpartition("/")[2] not in asked and name not in guest.told_of]
    if others:
        count = f"{len(others)} files are" if len(others) > 1 else "a file is"
        message = f"{count} not in the order of the book and not printed: {some(others)}"
        remedy = f"list what you want printed in {guest.place.file}"
        yield replace(warning("M010", message, Place(others[0]), remedy), count=len(others))


def _is_text(name: str) -> bool:
    last = name.rpartition("/")[2].casefold()
    stem, _, ending = last.rpartition(".")
    return ending in ("md", "markdown") and last != SUMMARY and stem not in (*NO_CHAPTERS, "langs", "glossary", "404")


def some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + rest


def _language(folder: Path, guest: Guest) -> str:
    """Return the language of the first texts, as far as their letters and the names of folders tell."""
    paths = [file.path for file in walk(guest.tree) if file.path][:FIRST]
    name = (guest.sources or folder.resolve().name).rpartition("/")[2]
    return language_of(name, (text_of(folder, path) for path in paths))


def _assumed(guest: Guest, settings: Settings, guessed: str) -> Finding:
    """Return the finding that says what the folder was taken for."""
    language = str(guest.told.get("language", "") or "")
    told = f'this is read as {guest.kind}: {guest.why}'
    told += f'; its title is "{settings.metadata.title}"' if settings.metadata.title not in guest.why else ""
    told += f'; its language is assumed to be "{guessed}"' if guessed not in ("", "en") else ""
    if language and not well_formed(language):
        told += f'; its language, "{language}", is not a language tag, so English is used'
    return warning("M018", told, guest.place, guest.remedy)


def not_followed(name: str, place: Place, why: str) -> Finding:
    """Return the finding about a broken file of another tool."""
    message = f"{name} cannot be read ({why}); the book is built without it"
    return warning("M033", message, place, "correct it; the tool that the book was written for cannot read it either")


def drafts_told(drafts: Sequence[tuple[str, Place]]) -> Iterator[Finding]:
    """Yield one finding for all titles that have no file yet."""
    if drafts:
        titles = some([f'"{title}"' for title, _ in drafts])
        message = f"{titles} {'have' if drafts[1:] else 'has'} no file yet and {'are' if drafts[1:] else 'is'} left out"
        told = warning("M031", message, drafts[0][1], "write the chapter and name its file there")
        yield replace(told, count=len(drafts))


def missing_told(missing: Sequence[tuple[str, Place]]) -> Iterator[Finding]:
    """Yield a finding for all addresses in an order that lead to no text of the folder, and one for web addresses."""
    lost = [one for one in missing if "://" not in one[0]]
    elsewhere = [one for one in missing if "://" in one[0]]
    for group, is_what, remedy in (
        (lost, "not in this folder", "correct the path, or write the file"),
        (elsewhere, "on the web", "name it in a text of the book, if readers are to find it"),
    ):
        if group:
            names = some([f'"{address}"' for address, _ in group])
            they = "they are" if group[1:] else "it is"
            message = f"the order names {names}; {they} {is_what}, so {they} left out"
            yield replace(warning("M031", message, group[0][1], remedy), count=len(group))
