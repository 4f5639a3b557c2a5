"""Every construct: what an author writes, and the XHTML in the PDF and the EPUB; one fixture file each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from compositor.assemble import assemble
from compositor.dialects.native import EXTENSIONS as NATIVE
from compositor.dialects.syntax import (
    GITBOOK,
    GUESTS,
    MATHJAX,
    MDBOOK,
    MKDOCS,
    MYST,
    OBSIDIAN,
    PANDOC,
    PLAIN,
    PYMDOWN,
    QUARTO,
)
from compositor.errors import in_order
from compositor.folder.text import reader
from compositor.formats import PAPER, SCREEN
from compositor.language import language_for
from compositor.markdown import EXTENSIONS, OF_GUESTS, Context, parse
from compositor.model import (
    Bibliography,
    Callout,
    Edition,
    Entry,
    Manuscript,
    Medium,
    Metadata,
    Place,
    Role,
    Source,
    Work,
)
from compositor.render import render_body
from tests.finished import ROOT

FOLDER = Path(__file__).parent / "constructs"
ON_DISK = Path(__file__).parent / "files"
SAMPLES = reader(FOLDER, [])
ALL_GUESTS = GUESTS | MDBOOK | GITBOOK | PLAIN | MATHJAX | MKDOCS | MYST | PYMDOWN | OBSIDIAN | QUARTO - PANDOC
"""The constructs of all other tools at once."""
OF_QUARTO = GUESTS | PLAIN | QUARTO
"""The constructs of a book of Quarto, which reads blocks and words with attributes as we do."""
MEDIA = {"print": PAPER, "screen": SCREEN}


def read_cases(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield cases of the form: title, a line with a dot, input, dot, expected, dot; `{nbsp}` is a no-break space."""
    lines = iter(file.read_text(encoding="utf-8").split("\n"))
    for title in lines:
        if title.strip() and next(lines) == ".":
            yield title, "\n".join(iter(lines.__next__, ".")) + "\n", "\n".join(iter(lines.__next__, "."))


def cases() -> Iterator[object]:
    """Yield all cases of all files, named by file and title."""
    for file in sorted(FOLDER.rglob("*.md")):
        for title, text, expected in read_cases(file):
            yield pytest.param(file, title, text, expected, id=f"{file.stem}: {title}")


FILES = {
    "_part.md": "A [link](#title).\n\n## Inside {#sec-inside}\n\n![A dial.](dial.svg){#fig-d fig-alt=\"x\"}\n",
    "_note.md": "Words with a note.[^n]\n\n[^n]: The note.\n",
    "_wrong.md": "Fine here.\n\nA [dead end](nowhere.txt).\n",
    "_nested/outer.md": "Outside.\n\n{{< include _inner.md >}}\n\n[after](no.txt)\n",
    "_nested/_inner.md": "Inside.\n\n[dead](no.txt)\n",
    "_circle.md": "Round\n\n{{< include _circle.md >}}\n",
    "_twice.md": "![A.](a.svg){fig-alt=\"x\"}\n\n![B.](b.svg){fig-alt=\"x\"}\n",
    "_front.md": "---\ntitle: x\n---\n\nText.\n",
    "chapter.md": "# A chapter\n",
    "part.rs": "// ANCHOR: all\nfn main() {\n    // ANCHOR: inner\n# let hidden = 1;\n    go();\n"
    "    // ANCHOR_END: inner\n}\n",
    "part.py": "import x\n# --8<-- [start:go]\ndef go():\n    pass\n# --8<-- [end:go]\ngo()\n",
    "words.md": "One *word*.\n\n## Two\n\nMore.\n",
}
VARIABLES = {
    "name": "Aurora",
    "price": {
        "acu-hour": 0.12,
        "year": 2026,
        "storage": 1234567.5,
        "large": {"value": 0.26, "format": ".3f", "source": "the list"},
        "wrong": {"value": "a", "format": ".2f"},
    },
    "since": date(2026, 11, 23),
    "sizes": [1, 2],
    "book": {"home": "https://example.org/home", "title": "The Book"},
    "mdbook": {"hidelines": {"python": "~"}},
}
CALLED = {"x": "x.md", "folder/other text": "folder/other text.md", "a.svg": "img/a.svg"}
"""The names of the files in the folder, and their paths."""
WORKS = [
    {
        "id": "knuth84", "type": "book", "title": "The TeXbook", "author": [{"family": "Knuth", "given": "Donald E."}],
        "publisher": "Addison-Wesley", "issued": {"date-parts": [[1984]]},
    },
    {
        "id": "knuth84b", "type": "article-journal", "title": "Literate <programming> & more",
        "author": [{"family": "Knuth", "given": "Donald E."}], "container-title": "The Computer Journal",
        "volume": "27", "page": "97-111", "issued": {"date-parts": [[1984]]},
    },
    {
        "id": "web", "type": "webpage", "title": "Prices", "author": [{"literal": "A Firm"}],
        "URL": "https://example.org/prices.html?a=1&b=2", "issued": {"date-parts": [[2026, 5, 3]]},
    },
]  # fmt: skip
"""The works that cases with "(bibliography)" or "(author-date)" in their title can cite."""


def read(path: str) -> str:
    """Return the text of a file that cases use."""
    if path in FILES:
        return FILES[path]
    return SAMPLES(path) if path.startswith(("samples", "..")) else (ON_DISK / path).read_text(encoding="utf-8")


CALLOUTS = {
    "question": Callout(title="Ask & think", icon="tip"),
    "aside": Callout(title="Beside"),
    "caution": Callout(title="Danger"),
}
"""Kinds of callout that a book of cases has for itself."""


def bibliography(title: str) -> Bibliography | None:
    """Return the bibliography that the title of a case asks for."""
    if "(bibliography)" not in title and "(author-date)" not in title:
        return None
    name = "harvard-cite-them-right" if "(author-date)" in title else "ieee"
    style = (ROOT / "styles" / "csl" / f"{name}.csl").read_text(encoding="utf-8")
    return Bibliography({str(w["id"]): Work(str(w["id"]), w, Place("works.json")) for w in WORKS}, style, name)


def outcome(
    text: str, language: str, medium: Medium, works: Bibliography | None = None, link_notes: bool = False,
    extensions: frozenset[str] = frozenset(NATIVE),
) -> str:
    """Return the findings of a text, one a line; without errors, the XHTML of everything below its title."""
    source = Source("x.md", text if text.startswith(("# ", "---")) else f"# Title\n\n{text}", "x")
    words = language_for(language)
    keys = frozenset(works.works if works else ())
    context = Context(
        extensions, words, read, VARIABLES, keys, works is not None, CALLOUTS, link_notes,
        called=lambda name: CALLED.get(name, ""),
    )  # fmt: skip
    chapter = parse(source, context)
    metadata = Metadata(title="Book", language=language)
    manuscript = Manuscript(Path(), metadata, (Entry(Role.CHAPTER, source),), extensions, bibliography=works)
    edition = Edition("", datetime(2000, 1, 1, tzinfo=UTC))
    book, unresolved = assemble(manuscript, {"x.md": chapter}, words, edition)
    findings = in_order((*chapter.findings, *unresolved))
    told = [f"{f.code} {str(f.place).removeprefix('x.md:')} {f.message}; {'; '.join(f.helps)}" for f in findings]
    if any(finding.severity == "error" for finding in findings):
        return "\n".join(told)
    return "\n".join([*told, render_body(book, book.units[0], medium).rstrip()]).replace("\u00a0", "{nbsp}")


@pytest.fixture(autouse=True)
def all_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accept the pictures of the cases, which are on no disk."""
    monkeypatch.setattr("compositor.assemble.frames.can_be_used", lambda folder, token: "path" in token.meta)


@pytest.mark.parametrize(("file", "title", "text", "expected"), list(cases()))
def test_construct(file: Path, title: str, text: str, expected: str, accept: bool) -> None:
    """A construct becomes what its case says, in print or on a screen."""
    medium = PAPER if "(print)" in title else SCREEN
    language = next((tag for name, tag in (("(German)", "de"), ("(French)", "fr")) if name in title), "en")
    extensions = ALL_GUESTS if file.relative_to(FOLDER).parts[0] == "guests" else frozenset(NATIVE)
    extensions = OF_QUARTO if file.stem == "quarto" else extensions
    found = outcome(text, language, medium, bibliography(title), "(addresses)" in title, extensions)
    if accept and found != expected:
        old, new = (f".\n{text}.\n" + (f"{half}\n" if half else "") + "." for half in (expected, found))
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    else:
        assert found == expected


def test_every_extension_has_cases() -> None:
    """Each extension of the parser has a fixture file of its name, except one whose tokens no text can write."""
    names = {extension.name for extension in (*EXTENSIONS, *OF_GUESTS)} - {"changes"}
    assert {file.stem for file in FOLDER.rglob("*.md")} >= names


def test_every_code_of_the_language_is_provoked() -> None:
    """Some case causes each code that an extension explains."""
    provoked = {
        word.split()[0]
        for file in FOLDER.rglob("*.md")
        for _, _, e in read_cases(file)
        for word in e.split("\n")
        if word
    }
    explained = {code for extension in EXTENSIONS for code in extension.explanations}
    assert explained - provoked == {"L335"}  # needs a thousand files: test_bounds.py
