"""Settings + names of files -> the tree of the book: from `[order]`, else by the numbers in names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from compositor.dialects.numbers import Planned, check_numbers, number_of, written
from compositor.errors import error, warning
from compositor.folder.paths import as_on_disk
from compositor.model import Finding, Place, Role
from compositor.settings import ListedChapter, ListedPart, Settings

NO_CHAPTERS = (
    *("authors", "changelog", "code_of_conduct", "contributing", "licence", "license", "notice", "readme"),
    *("security", "support", "todo", "issue_template", "pull_request_template"),
)
"""Names of Markdown files next to a book that are not part of it, in lower case and without ending."""
SUMMARY = "summary.md"
"""Where other tools keep the order of a book."""


def plan(settings: Settings, names: Sequence[str]) -> tuple[tuple[Planned, ...], list[Finding]]:
    """Return the tree of files, and its faults; `names` are all files in the book's folder."""
    listed = _Listed(settings, names)
    front = listed.row(Role.FRONT, settings.order.front, "order.front")
    body = listed.body()
    appendices = listed.chapters(Role.APPENDIX, settings.order.appendices, "order.appendices")
    back = listed.row(Role.BACK, settings.order.back, "order.back")
    chapters = markdown_files(names)
    findings: list[Finding] = []
    by_number = body is None
    taken = {file.path for file in walk((*front, *appendices, *back))}
    if body is None:
        body, findings = by_numbers([name for name in chapters if name not in taken])
    if by_number and not _chapters(body) and (found := _by_names(chapters, taken)):
        body, by_number = found, False
        findings.append(_assumed(body))
    tree = (*front, *body, *appendices, *back)
    if not findings:
        findings += check_numbers(_chapters(body), settings.metadata.first_chapter, _first_place(settings))
    findings += _twice(tree)
    tree = each_once(tree, set())
    if _chapters(body):
        findings += _unlisted(tree, chapters, by_number)
    else:
        remedy = _some([name for name in chapters if name not in {file.path for file in walk(tree)}])
        findings.append(error("M016", "the book has no chapters", settings.place("order.chapters"), remedy))
    return tree, findings


def _some(names: Sequence[str]) -> str:
    """Return the remedy for a book without chapters: an order with the files that could be chapters."""
    chapters = [name for name in names if name.casefold() != SUMMARY]
    if not chapters:
        return 'write a chapter, such as "01-first.md"'
    listed = ", ".join(f'"{name}"' for name in chapters[:5]) + (", …" if len(chapters) > 5 else "")
    elsewhere = ", in the order of SUMMARY.md, which is not read" if len(chapters) < len(names) else ""
    return f"list them in book.toml, under [order]: chapters = [{listed}]{elsewhere}"


def _first_place(settings: Settings) -> Place | None:
    return settings.place("first-chapter") if "first-chapter" in settings.places.values else None


class _Listed:
    """What `[order]` lists, and where."""

    def __init__(self, settings: Settings, names: Sequence[str]) -> None:
        self.settings, self.names = settings, names

    def body(self) -> tuple[Planned, ...] | None:
        """Return parts or chapters; None if the order does not give them."""
        order = self.settings.order
        if order.parts is not None:
            return tuple(self._part(part, f"order.parts.{number}") for number, part in enumerate(order.parts))
        if order.chapters is not None:
            return self.chapters(Role.CHAPTER, order.chapters, "order.chapters")
        return None

    def _part(self, part: ListedPart, where: str) -> Planned:
        children = self.chapters(Role.CHAPTER, part.chapters, f"{where}.chapters")
        file = self._file(Role.PART, part.file, f"{where}.file" if part.file else f"{where}.title")
        return replace(file, children=children, title=part.title)

    def chapters(self, role: Role, listed: Sequence[ListedChapter], where: str) -> tuple[Planned, ...]:
        """Return chapters or appendices with their sections."""
        return tuple(self._chapter(role, one, f"{where}.{number}") for number, one in enumerate(listed))

    def _chapter(self, role: Role, listed: ListedChapter, where: str) -> Planned:
        sections = self.row(Role.SECTION, listed.sections, f"{where}.sections")
        return replace(self._file(role, listed.file, f"{where}.file"), children=sections)

    def row(self, role: Role, listed: Sequence[str], where: str) -> tuple[Planned, ...]:
        """Return files without children."""
        return tuple(self._file(role, path, f"{where}.{number}") for number, path in enumerate(listed))

    def _file(self, role: Role, path: str, where: str) -> Planned:
        place = self.settings.place(where)
        return Planned(role, as_on_disk(path, self.names) if path else "", place)


def _by_names(chapters: Iterable[str], taken: set[str]) -> tuple[Planned, ...]:
    return tuple(_from_name(Role.CHAPTER, name) for name in in_natural_order(chapters) if name not in taken)


def _assumed(body: Sequence[Planned]) -> Finding:
    names = ", ".join(file.path for file in body[:3]) + (f" and {len(body) - 3} more" if len(body) > 3 else "")
    message = f"the files have no numbers and the book has no [order]; they are in the order of their names: {names}"
    return warning("M018", message, body[0].place, 'number the names, as in "01-first.md", or list them under [order]')


def in_natural_order(names: Iterable[str]) -> list[str]:
    """Sort names alphabetically, with numbers in them by value."""
    return sorted(names, key=natural)


def natural(name: str) -> list[tuple[int, int, str]]:
    """Return the sort key of a name: its numbers count by value."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part[:18]), "") if number % 2 else (1, 0, part) for number, part in enumerate(parts)]


def by_numbers(names: Iterable[str]) -> tuple[tuple[Planned, ...], list[Finding]]:
    """Return chapters and their sections in the order of their numbers, 18.2 before 18.10."""
    numbered = sorted((number_of(name), name) for name in names if number_of(name))
    chapters = [_from_name(Role.CHAPTER, name) for number, name in numbered if len(number) == 1]
    there = {number_of(chapter.path)[0] for chapter in chapters}
    tree: list[Planned] = []
    for number, name in numbered:
        if len(number) > 1 and number[0] in there:
            last = tree[-1]
            tree[-1] = replace(last, children=(*last.children, _from_name(Role.SECTION, name)))
        else:
            tree.append(_from_name(Role.CHAPTER, name))
    return tuple(tree), [_too_deep(name) for number, name in numbered if len(number) > 2] + _orphans(numbered)


def _from_name(role: Role, name: str) -> Planned:
    return Planned(role, name, Place(name))


def _too_deep(name: str) -> Finding:
    number = written(number_of(name))
    message = f'"{name}" has the number {number}; files are chapters (18) or sections (18.3), so it is treated as one'
    remedy = "make it a heading inside the file of its section, or give it a number with at most one dot"
    return warning("M017", message, Place(name), remedy)


def _orphans(numbered: Sequence[tuple[tuple[int, ...], str]]) -> list[Finding]:
    """Return the first section of every chapter that has no file of its own."""
    chapters = {number for number, _ in numbered if len(number) == 1}
    first = {number[:1]: name for number, name in reversed(numbered) if len(number) == 2}
    return [_orphan(number[0], name) for number, name in sorted(first.items()) if number not in chapters]


def _orphan(chapter: int, name: str) -> Finding:
    message = f'"{name}" is a section of chapter {chapter}, which has no file; its sections are treated as chapters'
    remedy = f'add a file such as "{chapter:02}-opener.md" with the title of the chapter as its heading'
    return warning("M015", message, Place(name), remedy)


def walk(tree: Iterable[Planned]) -> Iterator[Planned]:
    """Yield every file of the tree in reading order; parts without a file too."""
    for file in tree:
        yield file
        yield from walk(file.children)


def _chapters(body: Iterable[Planned]) -> list[Planned]:
    return [file for file in _flat(body) if file.role is Role.CHAPTER]


def _flat(body: Iterable[Planned]) -> Iterator[Planned]:
    for file in body:
        yield from file.children if file.role is Role.PART else (file,)


def _twice(tree: Iterable[Planned]) -> Iterator[Finding]:
    seen: dict[str, Planned] = {}
    for file in walk(tree):
        first = seen.setdefault(file.path, file) if file.path else file
        if first is not file:
            remedy = f"delete one of them; the other is at {first.place}"
            yield warning("M009", f'"{file.path}" is listed twice; the first place counts', file.place, remedy)


def each_once(tree: Iterable[Planned], seen: set[str]) -> tuple[Planned, ...]:
    """Return the tree without files that are already in it."""
    kept: list[Planned] = []
    for file in tree:
        if file.path not in seen:
            seen |= {file.path} - {""}
            kept.append(replace(file, children=each_once(file.children, seen)))
    return tuple(kept)


def markdown_files(names: Iterable[str]) -> list[str]:
    """Return the files that look like chapters: not those that others include, or that are common in any project."""
    return [name for name in names if _looks_like_chapter(name.rpartition("/")[2].casefold())]


def _looks_like_chapter(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    return ending in ("md", "markdown") and not stem.endswith(".part") and stem not in NO_CHAPTERS


def _unlisted(tree: Iterable[Planned], names: Iterable[str], by_number: bool) -> Iterator[Finding]:
    """Yield findings for files that are not part of the book."""
    in_tree = {file.path for file in walk(tree)}
    for name in names:
        if name not in in_tree and not (by_number and number_of(name)):
            place = "give its name the number of its place" if by_number else "list it under [order]"
            remedy = f"{place}, or begin its name with an underscore if it is not part of the book"
            if name.casefold() == SUMMARY:
                remedy = "begin its name with an underscore; the order of a book is in book.toml, under [order]"
            yield warning("M010", f'"{name}" is not listed and is not part of the book', Place(name), remedy)
