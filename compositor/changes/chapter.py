"""Changes -> a chapter, "What is new": section by section, each change as a definition of its section.

Its source is the same in plain text: it is digested for the build id, and quoted in findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from compositor.changes.comparing import WORD, Change, Changes
from compositor.changes.passages import Section
from compositor.changes.telling import in_label, label_of, lines_of, plainly, said, section_named, shown, words_of
from compositor.language import Language
from compositor.markdown.code.code import COLUMNS, Code
from compositor.markdown.code.languages import TEXT, code_language
from compositor.markdown.code.listings import NARROWER
from compositor.model import Anchor, Book, Chapter, FrontMatter, Place, Source

PATH = "(what is new)"
"""The name of the chapter in messages; it has no file."""
KEY = "what-is-new"
SECTIONS = 100
"""Sections that are named; of the others, only the number is given."""
CHANGES = 12
"""Most changes of a section that are shown."""
WORDS = 3000
"""Most words of all changes that are shown; if there are more, fewer changes of each section are."""
OF_A_LINE = 8
"""Words that a line of a listing counts for."""


def chapter_of(changes: Changes, book: Book, words: Language, revision: str) -> Chapter:
    """Return the chapter for a book in these words; `revision` is the name of the older state."""
    key = _free({unit.key for unit in book.units} | set(book.targets))
    title = words.changes["title"]
    page = _Page(words)
    page.block("heading", "h1", [said(title)], title, id=key)
    sections = _told(changes, book)
    before, _, behind = words.changes["since" if sections else "nothing"].partition("{revision}")
    name = Token("code_inline", "code", 0, content=revision)
    page.block("paragraph", "p", [said(before), name, said(behind)], f"{before}{revision}{behind}")
    if sections:
        page.most = _most(changes, sections[:SECTIONS])
        page.begin("dl", "dl", **{"class": "changes"})
        for section, inside in sections[:SECTIONS]:
            page.section(section, inside, section.anchor in changes.gone)
        page.end("dl", "dl")
    if len(sections) > SECTIONS:
        more = words.changes["sections"].format(count=len(sections) - SECTIONS)
        page.block("paragraph", "p", [said(more)], more)
    source = Source(PATH, "".join(f"{line}\n" for line in page.lines), key, is_made=True)
    anchor = Anchor(key, "section", Place(PATH, 1), title, 1, numbered=False, words=(said(title),))
    return Chapter(source, tuple(page.tokens), FrontMatter(), (anchor,), (), (), (), ())


def _free(taken: Iterable[str]) -> str:
    """Return a free name for the chapter's file and its heading, which an author may have used."""
    known, number = set(taken), 1
    while (name := KEY if number == 1 else f"{KEY}-{number}") in known:
        number += 1
    return name


def _told(changes: Changes, book: Book) -> Sequence[tuple[Section, tuple[Change, ...]]]:
    """Return the sections to list: those within a file or section that is new as a whole are left out."""
    targets = book.targets
    new = {section.anchor for section, inside in changes.sections if is_new(inside)}
    whole = {targets[name].unit for name in new if name in targets and targets[name].anchor.level == 1}
    return [
        (section, inside)
        for section, inside in changes.sections
        if section.anchor not in new or targets[section.anchor].anchor.level == 1
        or targets[section.anchor].unit not in whole
    ]  # fmt: skip


def _most(changes: Changes, sections: Sequence[tuple[Section, tuple[Change, ...]]]) -> int:
    """Return how many changes of each section are shown, so that together they do not fill a book."""
    told = [inside for section, inside in sections if section.anchor not in changes.gone and not is_new(inside)]
    sizes = [list(map(_size, inside[:CHANGES])) for inside in told]
    fits = (most for most in range(CHANGES, 0, -1) if sum(sum(one[:most]) for one in sizes) <= WORDS)
    return next(fits, 0)


def _size(change: Change) -> int:
    """Return the words that a change takes on the page."""
    if change.what == "listing":
        return lines_of(change).count("\n") * OF_A_LINE
    return sum(len(WORD.findall(text)) for _, text in shown(change))


def is_new(inside: Sequence[Change]) -> bool:
    """Return whether everything in a section is as new as its heading."""
    return all(one.kind == "inserted" for one in inside) and any(one.what == "heading" for one in inside)


class _Page:
    """The tokens of the chapter so far, and its lines as plain text."""

    def __init__(self, words: Language) -> None:
        self.words = words
        self.tokens: list[Token] = []
        self.lines: list[str] = []
        self.most = CHANGES
        """Changes of a section that are shown."""
        self._open: list[str] = []

    def begin(self, kind: str, tag: str, **attrs: str) -> None:
        """Add the beginning of a block, on the next line."""
        given: dict[str, str | int | float] = dict(attrs)
        self.tokens.append(Token(f"{kind}_open", tag, 1, given, self._map(), len(self._open), block=True))
        self._open.append(kind)

    def end(self, kind: str, tag: str) -> None:
        """Add the end of a block."""
        self._open.pop()
        self.tokens.append(Token(f"{kind}_close", tag, -1, level=len(self._open), block=True))

    def block(self, kind: str, tag: str, line: Sequence[Token], text: str, **attrs: str) -> None:
        """Add a block of one line, and the line as plain text."""
        self.begin(kind, tag, **attrs)
        inline = Token("inline", "", 0, map=self._map(), level=len(self._open), block=True, children=list(line))
        self.tokens.append(inline)
        self.end(kind, tag)
        self.lines.append(" ".join(text.split()))

    def section(self, section: Section, inside: Sequence[Change], gone: bool) -> None:
        """Add a section, and its changes."""
        self.block("dt", "dt", [section_named(section)], section.name)
        if gone or is_new(inside):
            self._note(self.words.changes["gone" if gone else "new"])
            return
        for change in inside[: self.most]:
            self._change(change)
        if not self.most:
            self._note(self.words.changes["changed"])
        elif len(inside) > self.most:
            self._note(self.words.changes["more"].format(count=len(inside) - self.most))

    def _note(self, words: str) -> None:
        self.begin("dd", "dd")
        self.block("paragraph", "p", in_label([said(words)]), words)
        self.end("dd", "dd")

    def _change(self, change: Change) -> None:
        self.begin("dd", "dd")
        label = in_label(label_of(change, self.words))
        if change.what == "listing":
            self.block("paragraph", "p", label, change.kind)
            self._listing(lines_of(change))
        else:
            self.block("paragraph", "p", [*label, said(" "), *words_of(change)], f"{change.kind}: {plainly(change)}")
        self.end("dd", "dd")

    def _listing(self, text: str) -> None:
        lines = text.removesuffix("\n").split("\n")
        first = len(self.lines) + 1
        numbers = tuple(range(first, first + len(lines)))
        code = Code(code_language("diff") or TEXT, "diff", columns=COLUMNS - NARROWER["dd_open"], numbers=numbers)
        meta = {"code": code, "named": True}
        where = [first - 1, first - 1 + len(lines)]
        level = len(self._open)
        self.tokens.append(Token("fence", "code", 0, {}, where, level, None, text, "```", "diff", meta, True))
        self.lines += lines

    def _map(self) -> list[int]:
        """Return the lines, from 0, of a block on the next one."""
        return [len(self.lines), len(self.lines) + 1]
