"""Generated pages before the text -> Findings: each line of the contents and of the lists, and the imprint.

A page from one of the book's own templates is not compared: the book decides what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compositor.checks.finished.runs import loose
from compositor.checks.finished.screen import package_of, runs_of
from compositor.checks.finished.website import front_of
from compositor.errors import error
from compositor.language import Language, language_for
from compositor.model import Book, ContentsEntry, Finding, PageMap, Place
from compositor.render.preliminaries import caption_lists

REMEDY = "check the styles of the book; if they are not the cause, report this"


def compare(book: Book, finished: Mapping[str, bytes], pages: PageMap | None) -> Iterator[Finding]:
    """Yield findings for lines that a page lacks, has in another order, or has too often."""
    words = language_for(book.metadata.language)
    if pages is not None and "pdf" in finished:
        shown = _on_paper(finished["pdf"], pages)
        yield from _listing(book, "contents", [words.contents, *_contents(book, words, pages)], shown)
        yield from _listing(book, "lists", list(_captions(book, words, pages)), shown)
        yield from _imprint(book, "PDF", shown)
    if "epub" in finished:
        yield from _imprint(book, "EPUB", _on_screens(finished["epub"]))
    if "web" in finished:
        yield from _imprint(book, "site", dict.fromkeys(("title", "copyright"), front_of(finished["web"])))


def _own(book: Book, name: str) -> bool:
    """Return whether the book has a template of its own for a page, or for all of them."""
    folder = book.manuscript.folder / "templates"
    return any((folder / f"{file}.xhtml").exists() for file in (name, "base"))


def _on_paper(data: bytes, pages: PageMap) -> dict[str, str]:
    """Return key of each page's unit -> its visible letters."""
    from compositor.checks.finished.parts.pages import pages_of

    found: dict[str, str] = {}
    for page, runs in zip(pages.pages, pages_of(data), strict=False):
        text = "".join(run.letters for run in runs if not run.furniture and not run.hidden)
        found[page.unit] = found.get(page.unit, "") + loose(text)
    return found


def _on_screens(data: bytes) -> dict[str, str]:
    package, runs = package_of(data), runs_of(data)
    names = {key: package.name(key) for key in ("title", "copyright")}
    return {
        key: loose("".join(run.letters for run in runs.get(name, ()) if not run.hidden)) for key, name in names.items()
    }


def _contents(book: Book, words: Language, pages: PageMap) -> Iterator[str]:
    """Yield the lines of the printed contents: lists, parts, chapters, and the numbered sections with theirs."""
    for one in caption_lists(book, words):
        yield _line("", one.title, one.anchor, pages)

    def lines(entries: Iterable[ContentsEntry]) -> Iterator[str]:
        for entry in entries:
            part = entry.role == "part"
            number = f"{words.part} {entry.number}" if part and entry.number else entry.number
            yield _line(number, entry.title, entry.anchor, pages)
            if part:
                yield from lines(entry.children)
            elif entry.number or entry.role == "chapter":
                yield from sections(entry.children)

    def sections(entries: Iterable[ContentsEntry]) -> Iterator[str]:
        for one in entries:
            yield _line(one.number, one.title, one.anchor, pages)
            yield from (_line(inner.number, inner.title, inner.anchor, pages) for inner in one.headings())
            yield from sections(one.below(0))

    yield from lines(book.contents)


def _captions(book: Book, words: Language, pages: PageMap) -> Iterator[str]:
    for one in caption_lists(book, words):
        yield one.title
        yield from (_line(line.number, line.title, line.anchor, pages) for line in one.lines)


def _line(number: str, title: str, anchor: str, pages: PageMap) -> str:
    return f"{number} {title} {pages.folio(anchor)}".strip()


def _listing(book: Book, key: str, lines: list[str], shown: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the first line that is not where it should be, or the text after the last one."""
    if _own(book, key) or (key not in shown and not lines):
        return
    rest = shown.get(key, "")
    for line in lines:
        if not rest.startswith(loose(line)):
            message = f'"{line}" is not where it should be in the {key} of the PDF: "{rest[:40]}"'
            yield error("C215", message, Place("book.toml"), REMEDY)
            return
        rest = rest.removeprefix(loose(line))
    if rest:
        yield error("C215", f'"{rest[:40]}" follows the {key} of the PDF', Place("book.toml"), REMEDY)


def _imprint(book: Book, file: str, shown: Mapping[str, str]) -> Iterator[Finding]:
    """Check that title and copyright page have the values of `book.toml`."""
    given = book.metadata
    identifiers = given.identifiers.values()
    wanted = {
        "title": (given.title, given.subtitle, *given.authors, given.publisher),
        "copyright": (given.title, given.edition, given.series, *given.authors, given.rights, *identifiers),
    }
    for key, texts in wanted.items():
        for text in texts:
            if text and not _own(book, key) and loose(text) not in shown.get(key, ""):
                message = f'"{text}" is not on the {key} page of the {file}'
                yield error("C215", message, Place("book.toml"), REMEDY)


EXPLANATIONS = {
    "C215": """A page that Compositor makes before the text lacks a line, or has one too many. The printed contents and
the lists of figures, tables and listings must have the number, the words and the page of each entry; the title page
and the copyright page must have what `book.toml` says. A style sheet of the book may hide a line; otherwise this is a
bug in Compositor. A page with a template of the book is not compared.""",
}
