"""Notes in the PDF: with any content, of any length, and with links from the call to the note and back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from compositor.checks.finished import check_finished
from compositor.formats import PDF
from compositor.press import Timings, read_book
from tests.checks.finished.mutations import CHANGES, Files, changed_epub, changed_pdf, files_of

BLOCKS = """\
# Notes[^t]

A claim.[^a] A list.[^b] A table.[^c] It [^d] begins with code. Again.[^a]

- An item.[^e]

[^t]: Of a title.

[^a]: Run this:

    ```text
    Bluethroat redstart
      indented
    ```

    and look.

[^b]: Three reasons:

    1. Nightjar swift
    2. two
       - inner

    > Goldcrest firecrest

[^c]: | Nuthatch | X |
    |----------|---|
    | Whitethroat blackcap | 1 |

[^d]: ```text
    Crossbill serin
    ```

[^e]: ![A picture](p.svg){width=40pt} beside Bullfinch hawfinch.
"""
WORDS = {
    "listing": ("Bluethroat", "redstart"),
    "list": ("Nightjar", "swift"),
    "quotation": ("Goldcrest", "firecrest"),
    "cell": ("Whitethroat", "blackcap"),
    "first listing": ("Crossbill", "serin"),
    "words beside a picture": ("Bullfinch", "hawfinch"),
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
LONG = " ".join(f"Sentence {n} of the note tells of tides and of the harbour behind the bar." for n in range(150))


def made(folder: Path, text: str) -> Files:
    """Return both files of a book of one chapter."""
    (folder / "book.toml").write_text('format = 1\ntitle = "Noted"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "01-noted.md").write_text(text, encoding="utf-8")
    (folder / "p.svg").write_text(SVG, encoding="utf-8")
    return files_of(folder)


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book with notes that hold blocks."""
    return made(tmp_path_factory.mktemp("noted"), BLOCKS)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book with a note of several pages, called shortly before the text ends."""
    return made(tmp_path_factory.mktemp("long"), f"# Long\n\nA claim.[^a] And text.\n\n[^a]: {LONG}\n")


def findings(files: Files, **changed: bytes) -> set[str]:
    """Return the codes of the findings about the files, or about a changed one."""
    return {finding.code for finding in check_finished(files.book, {**files.both, **changed}, files.pages)}


def test_notes_of_any_content_are_whole(noted: Files) -> None:
    """Listings, lists, tables, quotations and pictures in notes are in both files."""
    assert findings(noted) == set()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", WORDS)
def test_a_word_in_a_note_is_missed(noted: Files, kind: str, change: str) -> None:
    """A word of a block in a note that is lost, doubled or swapped is found in both files."""
    words = WORDS[kind]
    pages = range(1, len(noted.pages.pages) + 1)
    assert findings(noted, pdf=changed_pdf(noted.pdf, pages, words, CHANGES[change])) & {"C201", "C202", "C203"}
    new = "".join(CHANGES[change]([words[0]], [" "], [words[1]]))
    epub = changed_epub(noted.epub, "EPUB/noted.xhtml", " ".join(words), new)
    assert findings(noted, epub=epub) & {"C201", "C202", "C203"}


def structure(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    """Yield every structure element with the types from the root to it."""
    waiting = [("", pdf.Root.StructTreeRoot)]
    while waiting:
        path, element = waiting.pop()
        children = element.get("/K", pikepdf.Array())
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                waiting.append((f"{path}{child.S}", child))
                yield waiting[-1]


def test_blocks_are_tagged_within_their_notes(noted: Files) -> None:
    """A listing, a list and a table in a note are parts of that note for a screen reader."""
    with pikepdf.open(BytesIO(noted.pdf)) as pdf:
        paths = {path for path, _ in structure(pdf)}
    for inside in ("/Note/P/Code", "/Note/L/LI", "/Note/Table", "/Note/BlockQuote", "/Note/Lbl/Link"):
        assert any(inside in path for path in paths), inside


def test_calls_and_numbers_lead_to_each_other(noted: Files) -> None:
    """Every call is a link to its note and every number one back, each large enough to click and tagged as a link."""
    with pikepdf.open(BytesIO(noted.pdf)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        links = [link for link in links if "-note-" in str(link.get("/Dest"))]
        targets = [str(link.Dest) for link in links]
        sides = [[float(side) for side in link.Rect.as_list()] for link in links]
        tagged = {path.rpartition("/")[0] for path, element in structure(pdf) if path.endswith("/Link")}
    names = [f"noted-note-{label}" for label in "tabcde"]
    again = ["noted-note-a", "noted-note-a-call-2"]
    assert sorted(targets) == sorted([*names, *again, *(f"{name}-call" for name in names)])
    assert [str(link.Contents) for link in links if str(link.Dest) == again[1]] == ["Back to the text (2)"]
    assert min(abs(right - left) for left, _, right, _ in sides) >= 9
    assert min(abs(top - bottom) for _, bottom, _, top in sides) >= 9
    assert any(path.endswith("/Reference") for path in tagged)


def test_a_long_note_goes_on_overleaf(long: Files) -> None:
    """A note of several pages begins below its call and ends on a page with a folio; nothing of it is lost."""
    pages = [page for page in long.pages.pages if page.unit == "noted"]
    assert len(pages) >= 3
    assert all(page.folio for page in pages)
    assert findings(long) == set()
    last = len(long.pages.pages)
    words = ("harbour", "behind")
    for change in CHANGES.values():
        assert findings(long, pdf=changed_pdf(long.pdf, [last], words, change)) & {"C201", "C202", "C203"}


def test_no_rule_of_the_page_minds_a_long_note(tmp_path: Path) -> None:
    """The note is not reported as separated from its call, and its pages are not reported as blank."""
    (tmp_path / "book.toml").write_text('format = 1\ntitle = "Noted"\nauthors = ["A"]\n', encoding="utf-8")
    text = f"# Long\n\nA claim.[^a] Another.[^b]\n\n[^a]: {LONG[:3000]}\n\n[^b]: {LONG[:2500]}\n"
    (tmp_path / "01-noted.md").write_text(text, encoding="utf-8")
    proof = read_book(tmp_path, Timings())
    assert proof.book is not None and proof.theme is not None
    found = {finding.code for finding in PDF.make(proof.book, proof.theme).findings}
    assert not found & {"P202", "P211", "P220"}
