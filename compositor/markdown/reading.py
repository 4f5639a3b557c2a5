"""One source while it is parsed: where its rules put what they find, and how they give its place."""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, count
from typing import TYPE_CHECKING, cast

from markdown_it.token import Token

from compositor.errors import error, warning
from compositor.language import Language
from compositor.model import (
    Anchor,
    Callout,
    Citation,
    Finding,
    FrontMatter,
    Image,
    Inclusion,
    Meant,
    Note,
    Place,
    Reference,
    Source,
    inclusion_at,
)
from compositor.model.apparatus import Answer, IndexMark

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline


HABITS = "habits"
"""The name of the extension that accepts texts as other tools do."""


SITE = "@site/"
"""Prefix of a path from the folder of a site, which contains that of its texts, in Docusaurus."""


def no_files(path: str) -> str:
    """Read files for a text that has no folder: there are none."""
    raise FileNotFoundError(path)


@dataclass(frozen=True, slots=True)
class Context:
    """The context in which a source is parsed: the syntax of its dialect, its language, and the files it may use."""

    extensions: frozenset[str]
    language: Language
    read: Callable[[str], str] = no_files
    """The text of a file of the book, by its path from the book's folder; raises OSError or BookError."""
    variables: Mapping[str, object] = field(default_factory=dict)
    """The values of `[variables]` in book.toml and of the data files that it names."""
    works: frozenset[str] = frozenset()
    """The keys of what can be cited."""
    has_bibliography: bool = False
    callouts: Mapping[str, Callout] = field(default_factory=dict)
    """Kinds of callout that the book adds or changes."""
    link_notes: bool = False
    """Whether each link to the web has its address in a note."""
    fetched: Mapping[str, str] = field(default_factory=dict)
    """Names of pictures of the web (`kept_name`) -> their files in the book's folder."""
    sources: str = ""
    """The folder that an address with a leading slash starts from."""
    title: str = ""
    """The title of the book, which some authors put above each text."""
    has: Callable[[str], bool] = lambda path: True
    """Whether the book's folder has a file that may be a picture, by its path."""
    called: Callable[[str], str] | None = None
    """The path of the file with this name, in lower case, or empty; None if links do not use names."""


class Reading:
    """What the rules of the extensions collect while one source is parsed."""

    def __init__(self, source: Source, context: Context) -> None:
        self.source = source
        self.context = context
        self.lines = source.text.split("\n")
        self.front_matter = FrontMatter()
        self.epigraph: dict[str, Token] = {}
        self.anchors: list[Anchor] = []
        self._ids: dict[str, Anchor] = {}
        self._of_notes: set[str] = set()
        self._numbers: dict[str, int] = {}
        """The last number after an id, by the id that was wanted."""
        self.titles: dict[str, Token] = {}
        self.references: list[Reference] = []
        self.images: list[Image] = []
        self.remote: list[Image] = []
        self.notes: list[Note] = []
        self.files: list[str] = []
        self.filled = 0
        """Lines of files that were put into listings."""
        self.marks: list[IndexMark] = []
        self.answers: list[Answer] = []
        self.lists: list[tuple[str, Place]] = []
        self.citations: list[Citation] = []
        self.inclusions: list[Inclusion] = []
        self._counted: dict[int, tuple[Place, int]] = {}
        """Places that were made here, and their lines in the count of tokens: a file may be included twice."""
        self.findings: list[Finding] = []
        self._placed: tuple[Token, str, tuple[list[int], list[tuple[int, int]]]] | None = None
        """The block in which a letter was last looked for, and where its lines are."""

    @property
    def of_guest(self) -> bool:
        """Whether the text was written for another tool, whose customs are not faults."""
        return HABITS in self.context.extensions

    def path_from(self, place: Place, path: str) -> str:
        """Return a path in a text, from the book's folder: relative to its own file, as for an include, or to the top.

        Other tools insert an included text before they look at anything.
        """
        if self.of_guest and path.startswith(SITE):
            return posixpath.normpath(posixpath.join(posixpath.dirname(self.context.sources), path.removeprefix(SITE)))
        if path.startswith("/"):
            return posixpath.normpath(posixpath.join(self.context.sources, path.lstrip("/")))
        here = self.source.path if self.of_guest else place.file
        return posixpath.normpath(posixpath.join(posixpath.dirname(here), path))

    def error(self, code: str, message: str, place: Place, *helps: str) -> None:
        """Report something that stops the book."""
        self.findings.append(replace(error(code, message, place, *helps), excerpt=self._excerpt(place)))

    def warning(self, code: str, message: str, place: Place, *helps: str, meant: Meant = ("", "")) -> None:
        """Report something that should be checked."""
        told = warning(code, message, place, *helps, meant=meant)
        self.findings.append(replace(told, excerpt=self._excerpt(place)))

    def include(self, path: str, text: str, at: int) -> int:
        """Keep the lines of a file that is included at a line (from 1); return the number of lines before its first."""
        before = len(self.lines)
        self.inclusions.append(Inclusion(before + 1, path, at))
        self.lines += text.split("\n")
        return before

    def place_at(self, number: int, column: int | None = None, length: int = 1) -> Place:
        """Return the place of a column in a line (from 1) in the count of tokens, which includes included files."""
        inside = inclusion_at(self.inclusions, number)
        path, first = (inside.path, inside.first) if inside else (self.source.path, 1)
        place = Place(path, number - first + 1, column, length)
        self._counted[id(place)] = place, number
        return place

    def _excerpt(self, place: Place) -> str:
        """Return the line of a place in an included file; lines of chapters are known when findings are printed."""
        return "" if place.file == self.source.path else self._line(place)

    def _line(self, place: Place) -> str:
        """Return the source line of a place."""
        first = next((one.first for one in self.inclusions if one.path == place.file), 1)
        number = first + (place.line or 1) - 2
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def _order(self, place: Place) -> tuple[int, ...]:
        """Return where a place is in the text: included text counts as the line that includes it."""
        _, number = self._counted.get(id(place), (place, 0))
        inside = [one for one in self.inclusions if one.path == place.file and (one.first <= number or not number)]
        if not inside:
            return (place.line or 0,)
        inclusion = inside[-1] if number else inside[0]
        return (*self._order(self.place_at(inclusion.at)), place.line or 0)

    def line_place(self, token: Token, text: str = "") -> Place:
        """Return the place of a text on the first line of a block token, or of that line's first letter."""
        number = token.map[0] + 1 if token.map else 1
        line = self.lines[number - 1] if number <= len(self.lines) else ""
        column = line.find(text) if text and text in line else len(line) - len(line.lstrip())
        return self.place_at(number, column + 1, len(text) or len(line.strip()) or 1)

    def inline_place(self, block: Token, offset: int, length: int = 1) -> Place:
        """Return the place of a letter of an inline token's content, by looking for its line in the source line.

        markdown-it keeps line ranges only for blocks, and strips indents and block quote marks from the content.
        """
        starts, found = self._lines_of(block)
        at = bisect_right(starts, offset) - 1
        number = (block.map[0] if block.map else 0) + at + 1
        known, column = found[at]
        inside = offset - starts[at]
        return self.place_at(number, column + inside - known + 1, length) if inside >= known else self.place_at(number)

    def _lines_of(self, block: Token) -> tuple[list[int], list[tuple[int, int]]]:
        """Return where each line of a content begins, from which letter on it is in the source, and where there."""
        if self._placed is None or self._placed[0] is not block or self._placed[1] is not block.content:
            first, parts = block.map[0] if block.map else 0, block.content.split("\n")
            starts = list(accumulate((len(part) + 1 for part in parts[:-1]), initial=0))
            sources = [*self.lines[first : first + len(parts)], *[""] * len(parts)]
            found = [aligned(part, line) for part, line in zip(parts, sources, strict=False)]
            self._placed = block, block.content, (starts, found)
        return self._placed[2]

    def after(self, place: Place, text: str) -> Place:
        """Return the first place of a text after another place on the same line, or that other place."""
        line = self._line(place)
        found = line.find(text, (place.column or 1) - 1)
        return Place(place.file, place.line, found + 1, len(text)) if found >= 0 else place

    def add_anchor(self, anchor: Anchor, title: Token) -> None:
        """Keep a definition, and the text that it names."""
        self.anchors.append(anchor)
        self._ids.setdefault(anchor.id, anchor)
        self.titles[anchor.id] = title

    def own_id(self, given: str, place: Place) -> str:
        """Return the author's id, with a number if this file has it already, which is reported."""
        first = self._ids.get(given)
        if first is None:
            return given
        new = self.free_id(given)
        message = f'the id "{given}" is used twice; here it becomes "{new}"'
        self.warning("L102", message, place, f"write another id here; the first is at {first.place}")
        return new

    def finished_anchors(self) -> tuple[Anchor, ...]:
        """Return the definitions in text order, their titles with the quotes and dashes of the language."""
        words = {a.id: tuple(self.titles[a.id].children or ()) for a in self.anchors}
        anchors = (replace(a, title=" ".join(plain_text(words[a.id]).split()), words=words[a.id]) for a in self.anchors)
        return tuple(sorted(anchors, key=lambda anchor: self._order(anchor.place)))

    def free_id(self, wanted: str) -> str:
        """Return the wanted id, with a number if this file has it already."""
        if wanted not in self._ids:
            return wanted
        numbers = count(self._numbers.get(wanted, 2))
        number = next(number for number in numbers if f"{wanted}-{number}" not in self._ids)
        self._numbers[wanted] = number
        return f"{wanted}-{number}"

    def free_note(self, wanted: str) -> str:
        """Return the wanted id of a note, with letters if another note has it."""
        while wanted in self._of_notes:
            wanted += "-inline"
        self._of_notes.add(wanted)
        return wanted


def aligned(part: str, line: str) -> tuple[int, int]:
    """Return from which letter on a line of a content is unchanged in a source line, and in which column."""
    wanted = part.rstrip()
    low, high = 0, len(wanted)
    while low < high:  # if a part is there, the end of the part is there too
        middle = (low + high) // 2
        low, high = (low, middle) if wanted[middle:] in line else (middle + 1, high)
    return (low, line.find(wanted[low:])) if low < len(wanted) else (len(part) + 1, 0)


def reading_of(state: StateCore | StateInline) -> Reading:
    """Return the reading that a rule works for."""
    return cast(Reading, state.env["reading"])


def place_of(token: Token) -> Place:
    """Return the place that was kept for an inline token when it was parsed."""
    return cast(Place, token.meta["place"])


def walk(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield every token and, after it, its children, in text order."""
    for token in tokens:
        yield token
        for child in token.children or ():
            yield child
            if child.children:
                yield from walk(child.children)


def as_written(token: Token) -> str:
    """Return what the author wrote for a reference or a citation: before assembly, nothing else is known."""
    return token.markup


def plain_text(tokens: Iterable[Token] | None, said: Callable[[Token], str] = as_written) -> str:
    """Return the text of inline tokens without formatting; `said` turns references into words."""
    parts = []
    for token in tokens or ():
        if token.type in ("text", "text_special", "code_inline", "checkbox", "keys"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(plain_text(token.children, said))
        elif token.type == "math_inline":
            parts.append(token.content)
        elif token.type in ("reference", "reference_group", "citation"):
            parts.append(said(token))
    return "".join(parts)
