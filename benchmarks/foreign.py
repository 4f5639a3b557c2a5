"""Books of other tools, built by one command without an option: the result, the time, and what was lost.

    .venv/bin/python -m benchmarks.foreign [--keep FOLDER] [--ours] BOOK …

A row for each book and program; besides ours, pandoc and mdbindery on the same texts in the same order, if they are
installed. Words are those of the book's own HTML (lost_words.py says of which tool). Memory is that of all processes at
once, each page of it counted once (only on Linux). The exit code is 1 if a file of ours is missing.
"""

from __future__ import annotations

import argparse
import json
import posixpath
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pypdfium2
import tinyhtml5

from benchmarks.lost_words import CATEGORIES, NOT_SHOWN, Word, html_of, lost, words_of, words_of_epub, words_of_pdf
from benchmarks.watching import watched
from compositor import dialects
from compositor.model import Entry, Manuscript, Source
from compositor.proof import Files, Row, judges

ENGINES = ("typst", "xelatex", "lualatex", "pdflatex", "weasyprint", "wkhtmltopdf")
"""The PDF engines of pandoc."""
OURS = "from compositor.cli import main; raise SystemExit(main())"
HEADS = (
    "book", "press", "made", "pages", "seconds", "MB", "EPUBCheck", "Ace", "UA-1", "A-2a",
    "lost in PDF", "lost in EPUB", "links in", "links out", "findings",
)  # fmt: skip


SHOWN = [one for one in CATEGORIES if one not in NOT_SHOWN]
LOSSES = (
    "book", "file", "words shown", *(f"lost: {one}" for one in SHOWN), *(f"not shown: {one}" for one in NOT_SHOWN),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A book of another tool, as in its own HTML."""

    folder: Path
    manuscript: Manuscript
    sources: tuple[Source, ...]
    words: tuple[Word, ...]
    """Words that its own tool shows."""
    hidden: Counter[str]
    """How many more HTML of CommonMark would show, by category."""
    inside: int
    """Links to its own texts, and to places in them."""
    outside: int


@dataclass(slots=True)
class Run:
    """What a program has made of a book."""

    press: str
    seconds: float = 0.0
    megabytes: float = 0.0
    status: int = 0
    pdf: Path | None = None
    epub: Path | None = None
    findings: Counter[str] = field(default_factory=Counter)
    links: tuple[str, str] = ("", "")
    why: str = ""
    """Why nothing was tried."""


def asked(folder: Path) -> Asked | None:
    """Return the book, as it is recognised; None if it is not."""
    manuscript, _ = dialects.read(folder)
    if manuscript is None:
        return None
    sources = tuple(source for source in _sources(manuscript.entries) if (folder / source.path).is_file())
    pages = [(source, html_of(source.text)) for source in sources]
    words = tuple(word for _, html in pages for word in words_of(html, manuscript.metadata.title))
    names = {source.path for source in sources}
    kinds = Counter(kind for source, html in pages for kind in _links(html, source.path, names))
    hidden = Counter(word.category for word in words if word.category in NOT_SHOWN)
    shown = tuple(word for word in words if word.category not in NOT_SHOWN)
    return Asked(folder, manuscript, sources, shown, hidden, kinds["inside"], kinds["outside"])


def _sources(entries: Iterable[Entry]) -> Iterator[Source]:
    for entry in entries:
        yield entry.source
        yield from _sources(entry.children)


def _links(html: str, path: str, names: set[str]) -> Iterator[str]:
    """Yield for each link: `inside` if it leads to a text of the book, `outside` if to the web."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    ids = {element.get("id") or element.get("name") for element in tree.iter()} - {None}
    stems = {_stem(name) for name in names}
    for link in tree.iter("a"):
        href = "" if _is_call(link) else link.get("href", "")
        try:
            parts = urlsplit(href)
        except ValueError:
            continue
        if parts.scheme in ("http", "https", "mailto"):
            yield "outside"
        elif parts.path and not parts.scheme:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path).lstrip("/")))
            yield from ["inside"] if _stem(target) in stems else []
        elif parts.fragment:
            yield from ["inside"] if unquote(parts.fragment) in ids or _is_heading(tree, parts.fragment) else []


def _is_call(link: Element) -> bool:
    """Return whether a link is the call of a note, or leads back to one."""
    return "data-footnote-ref" in link.attrib or "footnote" in link.get("class", "")


def _is_heading(tree: object, fragment: str) -> bool:
    """Return whether a heading has this name on the web: only its letters, on which all tools agree."""
    wanted = re.sub(r"[\W_]", "", unquote(fragment).casefold())
    heads = (head for tag in ("h1", "h2", "h3", "h4", "h5", "h6") for head in tree.iter(tag))  # type: ignore[attr-defined]
    return wanted in {re.sub(r"[\W_]", "", "".join(head.itertext()).casefold()) for head in heads}


def _stem(path: str) -> str:
    stem = posixpath.splitext(path)[0] if path.endswith((".md", ".html", ".markdown", ".htm")) else path
    return posixpath.dirname(stem) if posixpath.basename(stem).lower() in ("readme", "index") else stem.rstrip("/")


def ours(book: Asked, folder: Path) -> Run:
    """Make both files by one command."""
    words = [sys.executable, "-c", OURS, "all", str(book.folder.resolve()), "-o", f"{folder}/", "--format", "json"]
    status, printed, seconds, megabytes = watched(words, Path.cwd())
    told = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    run = _run("compositor", folder, seconds, megabytes, status)
    run.findings = Counter(one["code"] for one in told if "code" in one)
    became = folder / "fidelity.json"
    kept = json.loads(became.read_text(encoding="utf-8"))["kept"] if became.is_file() else []
    counts = {one["what"]: str(one["count"]) for one in kept}
    run.links = counts.get("links within the book", "0"), counts.get("links to the web", "0")
    return run


def pandoc(book: Asked, folder: Path) -> Run:
    """Make the same texts in the same order; a PDF if there is an engine for it."""
    program, engine = shutil.which("pandoc"), next(filter(shutil.which, ENGINES), None)
    if program is None:
        return Run("pandoc", why="not on this machine")
    texts = [str((book.folder / source.path).resolve()) for source in book.sources]
    common = ["-f", "gfm", "--toc", "--metadata", f"title={book.manuscript.metadata.title}", "--file-scope"]
    above = ":".join(dict.fromkeys(str(Path(text).parent) for text in texts))
    status = 0
    seconds = most = 0.0
    for ending, more in ((".epub", []), *([(".pdf", ["--pdf-engine", engine])] if engine else [])):
        words = [program, *common, *more, "--resource-path", above, "-o", str(folder / f"book{ending}"), *texts]
        failed, _, spent, megabytes = watched(words, book.folder)
        status, seconds, most = status or failed, seconds + spent, max(most, megabytes)
    return _run("pandoc" if engine else "pandoc (no engine for a PDF)", folder, seconds, most, status)


def mdbindery(book: Asked, folder: Path) -> Run:
    """Run it on the folder, once for each format; it looks for a pandoc itself."""
    program = shutil.which("mdbindery")
    if program is None:
        return Run("mdbindery", why="not on this machine")
    status, seconds, most = 0, 0.0, 0.0
    for name, more in (("epub", ["--no-ace"]), ("pdf", [])):
        words = [program, "build", str(book.folder.resolve()), "-o", str(folder), "--format", name, "-q", *more]
        failed, _, spent, megabytes = watched(words, folder)
        status, seconds, most = status or failed, seconds + spent, max(most, megabytes)
    return _run("mdbindery", folder, seconds, most, status)


def _run(press: str, folder: Path, seconds: float, megabytes: float, status: int) -> Run:
    pdf, epub = (next(iter(sorted(folder.glob(f"*{ending}"))), None) for ending in (".pdf", ".epub"))
    return Run(press, seconds, megabytes, status, pdf, epub)


Press = Callable[[Asked, Path], Run]
PRESSES: tuple[Press, ...] = (ours, pandoc, mdbindery)


def row(book: Asked, run: Run, categories: dict[str, Counter[str]]) -> list[str]:
    """Return a line of the table; losses are added up by category."""
    if run.why:
        return ["", run.press, run.why, *[""] * (len(HEADS) - 3)]
    files = Files(None, (), tuple(path for path in (run.pdf, run.epub) if path is not None))
    judged = [_outcome(next(iter(ask(files)))) for ask in (judges.epubcheck, judges.ace, judges.pdf_ua, judges.pdf_a)]
    made = " and ".join(name for name, path in (("PDF", run.pdf), ("EPUB", run.epub)) if path) or "nothing"
    missing = [
        _lost(book, read(path.read_bytes()), categories.setdefault(f"{run.press}, {name}", Counter())) if path else "–"
        for name, path, read in (("PDF", run.pdf, words_of_pdf), ("EPUB", run.epub, words_of_epub))
    ]
    theirs = (book.inside, book.outside)
    links = [f"{here} of {there}" if here else "" for here, there in zip(run.links, theirs, strict=True)]
    told = ", ".join(f"{code} {count}" for code, count in run.findings.most_common(6))
    figures = [_pages(run.pdf), f"{run.seconds:.0f}", f"{run.megabytes:.0f}"]
    return [book.folder.name, run.press, f"{made} ({run.status})", *figures, *judged, *missing, *links, told]


def _outcome(said: Row) -> str:
    return {"holds": "yes", "fails": f"no: {said.figure}", "not run": "–"}[said.outcome]


def _lost(book: Asked, shown: Sequence[str], total: Counter[str]) -> str:
    found = lost(book.words, shown)
    for word, count in found.items():
        total[word.category] += count
    return f"{total.total()}, {total[CATEGORIES[-1]]} without a reason, of {len(book.words)}"


def _pages(pdf: Path | None) -> str:
    if pdf is None:
        return "–"
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(len(document))
    finally:
        document.close()


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table of Markdown."""
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    yield from (f"| {' | '.join(one)} |" for one in rows)


Losses = Mapping[str, Counter[str]]


def measured(book: Asked, keep: Path | None, presses: Sequence[Press]) -> Iterator[tuple[list[str], Losses]]:
    """Yield the rows of a book, and what was lost in each file by category."""
    for make in presses:
        with tempfile.TemporaryDirectory() as own:
            folder = Path(own) if keep is None else keep / book.folder.name / make.__name__
            folder.mkdir(parents=True, exist_ok=True)
            categories: dict[str, Counter[str]] = {}
            yield row(book, make(book, folder), categories), categories


def main() -> int:
    """Measure each book, print the table, and then what was lost by category."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("books", nargs="+", type=Path, metavar="BOOK")
    parser.add_argument("--keep", type=Path, help="a folder in which the files are kept")
    parser.add_argument("--ours", action="store_true", help="ask no other press")
    given = parser.parse_args()
    rows, losses, complete = list[Sequence[str]](), list[Sequence[str]](), True
    for folder in given.books:
        book = asked(folder)
        if book is None:
            rows.append([folder.name, "", "no book", *[""] * (len(HEADS) - 3)])
            complete = False
            continue
        print(f"{folder.name}: {book.manuscript.origin}", file=sys.stderr)
        for line, categories in measured(book, given.keep, PRESSES[:1] if given.ours else PRESSES):
            rows.append(line)
            hidden = [str(book.hidden[one]) for one in NOT_SHOWN]
            losses += [
                (folder.name, name, str(len(book.words)), *(str(by[one]) for one in SHOWN), *hidden)
                for name, by in categories.items()
            ]
            complete = complete and (line[1] != "compositor" or line[2] == "PDF and EPUB (0)")
    print("\n".join([*table(HEADS, rows), "", *table(LOSSES, losses)]))
    return 0 if complete else 1


if __name__ == "__main__":
    raise SystemExit(main())
