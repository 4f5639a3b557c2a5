"""Settings + names of files -> the tree of the book: as `[order]` writes it, else by the numbers in names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from compositor.dialects.numbers import Planned, check_numbers, number_of, written
from compositor.errors import error, warning
from compositor.folder.paths import as_on_disk
from compositor.model import Finding, Place, Role
from compositor.settings import ListedChapter, ListedPart, Settings

NO_CHAPTERS = (
    *("authors", "changelog", "code_of_conduct", "contributing", "licence", "license", "notice", "readme"),
    *("security", "support", "todo"),
)
"""Names of Markdown files that lie beside a book and are no part of it, in lower case and without ending."""


def plan(settings: Settings, names: Sequence[str]) -> tuple[tuple[Planned, ...], list[Finding]]:
    """The tree of files, and what is wrong with it; `names` are all files in the book's folder."""
    listed = _Listed(settings, names)
    front = listed.row(Role.FRONT, settings.order.front, "order.front")
    body = listed.body()
    appendices = listed.chapters(Role.APPENDIX, settings.order.appendices, "order.appendices")
    back = listed.row(Role.BACK, settings.order.back, "order.back")
    chapters = markdown_files(names)
    findings: list[Finding] = []
    by_number = body is None
    if body is None:
        taken = {file.path for file in walk((*front, *appendices, *back))}
        body, findings = by_numbers([name for name in chapters if name not in taken])
    tree = (*front, *body, *appendices, *back)
    findings += check_numbers(_chapters(body), settings.metadata.first_chapter, _first_place(settings))
    findings += _twice(tree)
    if _chapters(body):
        findings += _unlisted(tree, chapters, by_number)
    else:
        remedy = 'begin the names of its files with numbers, as in "01-first.md", or list them under [order]'
        findings.append(error("M016", "the book has no chapters", settings.place("order.chapters"), remedy))
    return tree, findings


def _first_place(settings: Settings) -> Place | None:
    return settings.place("first-chapter") if "first-chapter" in settings.places.values else None


class _Listed:
    """What `[order]` lists, with the places it lists it at."""

    def __init__(self, settings: Settings, names: Sequence[str]) -> None:
        self.settings, self.names = settings, names

    def body(self) -> tuple[Planned, ...] | None:
        """Parts or chapters; None when the order does not give them."""
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
        """Chapters or appendices with their sections."""
        return tuple(self._chapter(role, one, f"{where}.{number}") for number, one in enumerate(listed))

    def _chapter(self, role: Role, listed: ListedChapter, where: str) -> Planned:
        sections = self.row(Role.SECTION, listed.sections, f"{where}.sections")
        return replace(self._file(role, listed.file, f"{where}.file"), children=sections)

    def row(self, role: Role, listed: Sequence[str], where: str) -> tuple[Planned, ...]:
        """Files without anything below them."""
        return tuple(self._file(role, path, f"{where}.{number}") for number, path in enumerate(listed))

    def _file(self, role: Role, path: str, where: str) -> Planned:
        place = self.settings.place(where)
        return Planned(role, as_on_disk(path, self.names) if path else "", place)


def by_numbers(names: Iterable[str]) -> tuple[tuple[Planned, ...], list[Finding]]:
    """Chapters and their sections in the order of their numbers, 18.2 before 18.10."""
    numbered = sorted((number_of(name), name) for name in names if number_of(name))
    chapters = [_from_name(Role.CHAPTER, name) for number, name in numbered if len(number) == 1]
    sections = {number: [name for other, name in numbered if other[:-1] == number] for number, _ in numbered}
    findings = [_too_deep(name) for number, name in numbered if len(number) > 2]
    tree: list[Planned] = []
    for chapter in chapters:
        children = sections.pop(number_of(chapter.path), [])
        tree.append(replace(chapter, children=tuple(_from_name(Role.SECTION, name) for name in children)))
    return tuple(tree), findings + _orphans(numbered)


def _from_name(role: Role, name: str) -> Planned:
    return Planned(role, name, Place(name))


def _too_deep(name: str) -> Finding:
    message = f'"{name}" has the number {written(number_of(name))}, but files are chapters (18) or sections (18.3)'
    remedy = "make it a heading inside the file of its section, or give it a number with at most one dot"
    return error("M017", message, Place(name), remedy)


def _orphans(numbered: Sequence[tuple[tuple[int, ...], str]]) -> list[Finding]:
    """The first section of every chapter that has no file of its own."""
    chapters = {number for number, _ in numbered if len(number) == 1}
    first = {number[:1]: name for number, name in reversed(numbered) if len(number) == 2}
    return [_orphan(number[0], name) for number, name in sorted(first.items()) if number not in chapters]


def _orphan(chapter: int, name: str) -> Finding:
    message = f'"{name}" is a section of chapter {chapter}, but no file is chapter {chapter} itself'
    remedy = f'add a file such as "{chapter:02}-opener.md" with the title of the chapter as its heading'
    return error("M015", message, Place(name), remedy)


def walk(tree: Iterable[Planned]) -> Iterator[Planned]:
    """Every file of the tree in reading order; parts without a file too."""
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
            remedy = f"take one of them out; the other is at {first.place}"
            yield error("M009", f'"{file.path}" is listed twice', file.place, remedy)


def markdown_files(names: Iterable[str]) -> list[str]:
    """The files that look like chapters: not those that are included in others or lie beside any project."""
    return [name for name in names if _looks_like_chapter(name.rpartition("/")[2].casefold())]


def _looks_like_chapter(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    return ending in ("md", "markdown") and not stem.endswith(".part") and stem not in NO_CHAPTERS


def _unlisted(tree: Iterable[Planned], names: Iterable[str], by_number: bool) -> Iterator[Finding]:
    """Files that are no part of the book; beside a written order, one with a number was hardly meant so."""
    in_tree = {file.path for file in walk(tree)}
    for name in names:
        if name not in in_tree and not (by_number and number_of(name)):
            say: Callable[..., Finding] = error if number_of(name) else warning
            remedy = "list it under [order], or begin its name with an underscore if it is no part of the book"
            yield say("M010", f'"{name}" is in no list and not part of the book', Place(name), remedy)
