"""Every construct: what an author writes, and the XHTML that the PDF and the EPUB get; one fixture file each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compositor.assemble import assemble
from compositor.dialects.files import reader
from compositor.errors import in_order
from compositor.formats import PAPER, SCREEN
from compositor.language import language_for
from compositor.markdown import EXTENSIONS, Context, parse
from compositor.model import Edition, Entry, Manuscript, Medium, Metadata, Role, Source
from compositor.render import render_body

FOLDER = Path(__file__).parent / "constructs"
MEDIA = {"print": PAPER, "screen": SCREEN}


def read_cases(file: Path) -> Iterator[tuple[str, str, str]]:
    """Cases of the form: title, a line with a dot, input, dot, expected, dot; `{nbsp}` stands for a no-break space."""
    lines = iter(file.read_text(encoding="utf-8").split("\n"))
    for title in lines:
        if title.strip() and next(lines) == ".":
            yield title, "\n".join(iter(lines.__next__, ".")) + "\n", "\n".join(iter(lines.__next__, "."))


def cases() -> Iterator[object]:
    """All cases of all files, named by file and title."""
    for file in sorted(FOLDER.glob("*.md")):
        for title, text, expected in read_cases(file):
            yield pytest.param(file, title, text, expected, id=f"{file.stem}: {title}")


def outcome(text: str, language: str, medium: Medium) -> str:
    """The findings of a text, one a line; without errors, the XHTML of everything below its title."""
    extensions = frozenset(extension.name for extension in EXTENSIONS)
    source = Source("x.md", text if text.startswith(("# ", "---")) else f"# Title\n\n{text}", "x")
    words = language_for(language)
    chapter = parse(source, Context(extensions, words, reader(FOLDER)))
    metadata = Metadata(title="Book", language=language)
    manuscript = Manuscript(Path(), metadata, (Entry(Role.CHAPTER, source),), extensions)
    edition = Edition("", datetime(2000, 1, 1, tzinfo=UTC))
    book, unresolved = assemble(manuscript, {"x.md": chapter}, words, edition)
    findings = in_order((*chapter.findings, *unresolved))
    told = [f"{f.code} {str(f.place).partition(':')[2]} {f.message}; {'; '.join(f.helps)}" for f in findings]
    if any(finding.severity == "error" for finding in findings):
        return "\n".join(told)
    return "\n".join([*told, render_body(book, book.units[0], medium).rstrip()]).replace("\u00a0", "{nbsp}")


@pytest.mark.parametrize(("file", "title", "text", "expected"), list(cases()))
def test_construct(file: Path, title: str, text: str, expected: str, accept: bool) -> None:
    """A construct becomes what its case says, in print or on a screen."""
    medium = PAPER if "(print)" in title else SCREEN
    found = outcome(text, "de" if "(German)" in title else "en", medium)
    if accept and found != expected:
        old, new = (f".\n{text}.\n" + (f"{half}\n" if half else "") + "." for half in (expected, found))
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    else:
        assert found == expected


def test_every_extension_has_cases() -> None:
    """Each extension of the parser has a fixture file of its name."""
    assert {file.stem for file in FOLDER.glob("*.md")} >= {extension.name for extension in EXTENSIONS}


def test_every_code_of_the_language_is_provoked() -> None:
    """Each code that an extension explains is found in some case."""
    provoked = {
        word.split()[0]
        for file in FOLDER.glob("*.md")
        for _, _, e in read_cases(file)
        for word in e.split("\n")
        if word
    }
    explained = {code for extension in EXTENSIONS for code in extension.explanations}
    assert explained - provoked == set()
