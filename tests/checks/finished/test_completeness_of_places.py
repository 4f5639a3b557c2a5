"""Words that come from elsewhere, are set in a special way, or are links: each change to them is found."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from compositor.checks.finished import check_finished, completeness_of_files, links_of_files, parity_of_files
from tests.checks.finished.mutations import CHANGES, Files, changed_epub, changed_pdf, files_of

SETTINGS = """\
format = 1
title = "Places"
authors = ["A"]
bibliography = "works.json"
[order]
chapters = ["01-places.md"]
back = ["glossary.md", "index.md", "works.md"]
"""
CHAPTER = """\
# Places

*[WHO]: World Heron Organization

{{< include _part.md >}}

::: {#tbl-data .csv file="birds.csv" tbl-cap="Dunlin godwit from a file."}
:::

```python {include="code.py"}
```

The bitternous cur\u00adlew\u00adish word, Plover lapwing, and\u00a0Avocet turnstone, [Gannet
fulmar]{.smallcaps}, ~~Petrel shearwater~~, [Guillemot razorbill]{.mark}, *Puffin **skua*** and WHO terns.[^n]

[^n]: Kittiwake tern.

> - Cormorant shag.
>
>   | A | B |
>   |---|---|
>   | Eider goosander | 2 |

Plo\u0301ver la\u0300pwing, whose marks are letters of their own, are drawn in another way.

7. Smew teal is seventh.
8. Wigeon pintail is eighth.

A [Mallard]{.term .index} and [Shoveler pochard]{.index} see @tbl-data and [@work].
"""
FILES = {
    "book.toml": SETTINGS,
    "01-places.md": CHAPTER,
    "_part.md": "Heron kestrel is included.\n",
    "birds.csv": "Bird,Place\nRook jackdaw,wood\n",
    "code.py": "magpie = raven + 1\n",
    "glossary.md": "# Glossary\n\n::: {#glossary}\nMallard\n:   Linnet siskin defined.\n:::\n",
    "index.md": "# Index\n\n::: {#index}\n:::\n",
    "works.md": "# Works\n\n::: {#refs}\n:::\n",
    "works.json": '[{"id": "work", "type": "book", "title": "A work", "author": [{"family": "Warbler"}]}]',
}
PLACES = {
    "included file": ("places", "Heron", "kestrel", "_part.md", "Heron"),
    "caption of a table of data": ("places", "Dunlin", "godwit", "01-places.md", "::: {#tbl-data"),
    "cell of a table of data": ("places", "Rook", "jackdaw", "01-places.md", "::: {#tbl-data"),
    "listing from a file": ("places", "magpie", "=", "01-places.md", "```python"),
    "words with soft hyphens": ("places", "The", "bitternous", "01-places.md", "bitternous"),
    "words that hold together": ("places", "Avocet", "turnstone,", "01-places.md", "bitternous"),
    "small capitals": ("places", "Gannet", "fulmar", "01-places.md", "bitternous"),
    "marked words": ("places", "Guillemot", "razorbill", "01-places.md", "bitternous"),
    "note": ("places", "Kittiwake", "tern.", "01-places.md", "[^n]: "),
    "list in a quotation": ("places", "Cormorant", "shag.", "01-places.md", "Cormorant"),
    "table in a list in a quotation": ("places", "Eider", "goosander", "01-places.md", "Eider"),
    "item with a number": ("places", "Smew", "teal", "01-places.md", "Smew"),
    "entry of the glossary": ("glossary", "Linnet", "siskin", "glossary.md", "Linnet"),
    "entry of the index": ("index", "Shoveler", "pochard", "index.md", "::: {#index"),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book whose words come from many places."""
    folder = tmp_path_factory.mktemp("places")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return files_of(folder)


def line_of(file: str, words: str) -> tuple[str, int]:
    """Return the file and line that has these words."""
    return file, next(number for number, line in enumerate(FILES[file].split("\n"), 1) if words in line)


def test_whole_files_are_whole(places: Files) -> None:
    """Nothing is found in files that nobody has changed."""
    assert check_finished(places.book, places.both, places.pages) == ()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", PLACES)
def test_a_word_of_the_pdf(places: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the PDF is found, with the line of its source."""
    unit, first, second, *place = PLACES[kind]
    pages = [number for number, page in enumerate(places.pages.pages, 1) if page.unit == unit]
    data = changed_pdf(places.pdf, pages, (first, second), CHANGES[change])
    found = list(completeness_of_files(places.book, {"pdf": data}, places.pages))
    assert [(f.place.file, f.place.line) for f in found] == [line_of(*place)]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", PLACES)
def test_a_word_of_the_epub(places: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the EPUB is found, with the line of its source."""
    unit, first, second, *place = PLACES[kind]
    (document,) = (name for name in zipfile.ZipFile(BytesIO(places.epub)).namelist() if name.endswith(f"/{unit}.xhtml"))
    text = zipfile.ZipFile(BytesIO(places.epub)).read(document).decode()
    between = re.search(f"{re.escape(first)}((?:<[^>]*>|\\s)*){re.escape(second)}", text)
    assert between is not None
    new = "".join(CHANGES[change]([first], [" "], [second]))
    data = changed_epub(places.epub, document, between[0], new)
    found = list(completeness_of_files(places.book, {"epub": data}, places.pages))
    assert [(f.place.file, f.place.line) for f in found] == [line_of(*place)]


def test_an_entry_that_the_index_lacks(places: Files) -> None:
    """The index must have the entries that the text gives, even if its own rule has changed them."""
    for old, new in (("Shoveler pochard", "Shoveler"), ('id="index-', 'id="other-')):
        data = changed_epub(places.epub, "EPUB/index.xhtml", old, new)
        found = list(parity_of_files(places.book, {"epub": data}, places.pages))
        assert [(f.code, f.place.file) for f in found] == [("C212", "index.md")]


LINKS = {
    "call of a note": ("places", 'epub:type="noteref"'),
    "way back from a note": ("places", 'role="doc-backlink"'),
    "term of the glossary": ("places", 'href="glossary.xhtml#'),
    "reference": ("places", 'href="#tbl-data"'),
    "citation": ("places", 'href="works.xhtml#'),
    "place in the index": ("index", 'href="places.xhtml#'),
    "line of the contents": ("nav", 'href="places.xhtml"'),
    "line of the list of pages": ("nav", 'href="places.xhtml#press-page-'),
    "landmark": ("nav", 'epub:type="index" href="index.xhtml"'),
}


@pytest.mark.parametrize("kind", LINKS)
def test_a_dead_link_of_each_kind(places: Files, kind: str) -> None:
    """A link of any kind to an id or a document that does not exist is found."""
    document, mark = LINKS[kind]
    text = zipfile.ZipFile(BytesIO(places.epub)).read(f"EPUB/{document}.xhtml").decode()
    tag = next(tag for tag in re.findall(r"<a [^>]*>", text) if mark in tag)
    for dead in ("nobody.xhtml", "#nowhere"):
        data = changed_epub(places.epub, f"EPUB/{document}.xhtml", tag, re.sub(r'href="[^"]*"', f'href="{dead}"', tag))
        found = list(links_of_files(places.book, {"epub": data}, places.pages))
        assert [(f.code, dead.strip("#") in f.message) for f in found] == [("C221", True)]
