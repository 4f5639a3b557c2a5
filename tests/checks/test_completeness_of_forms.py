"""The richer constructs, with a word removed, doubled or swapped in the finished files: each is found in its place."""

from __future__ import annotations

import pytest

from compositor.checks.finished import check_finished, completeness_of_files
from tests.checks.mutations import CHANGES, Files, changed_epub, changed_pdf, files_of
from tests.checks.test_completeness import SVG

CHAPTER = """\
# Forms

> Bluethroat redstart was said.
>
> -- Nightjar swift, in a hurry

| Goldcrest firecrest in verse

| A | B |
|---|---|
| 1 | 2 |

::: {.table-notes}
Nuthatch treecreeper under a table.
:::

::: {#fig-pair layout-ncol=2}
![Bullfinch hawfinch left](one.svg){#fig-pair-a fig-alt="Left."}
![Right](one.svg){#fig-pair-b fig-alt="Right."}

Crossbill serin in both.
:::

```python
x = 1  # <1>
```

1. Yellowhammer cirl explained.

Says [@work, p. 3] Bunting brambling, and $a^2$ is Dotterel knot.

::: {#refs}
:::
"""
WORDS = {
    "quotation with a source": ("Bluethroat", "redstart"),
    "source of a quotation": ("Nightjar", "swift"),
    "line of verse": ("Goldcrest", "firecrest"),
    "note of a table": ("Nuthatch", "treecreeper"),
    "caption of a panel": ("Bullfinch", "hawfinch"),
    "caption of several images": ("Crossbill", "serin"),
    "explanation of a mark in code": ("Yellowhammer", "cirl"),
    "beside a citation": ("Bunting", "brambling"),
    "beside a formula": ("Dotterel", "knot"),
    "work in the bibliography": ("Whitethroat", "blackcap"),
}
WORK = '[{"id": "work", "type": "book", "title": "Whitethroat blackcap", "author": [{"family": "Warbler"}]}]'


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A book of one chapter that has the richer constructs."""
    folder = tmp_path_factory.mktemp("forms")
    settings = 'format = 1\ntitle = "Forms"\nauthors = ["A"]\nbibliography = "works.json"\n'
    for name, text in {"book.toml": settings, "works.json": WORK, "01-forms.md": CHAPTER, "one.svg": SVG}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return files_of(folder)


def place_of(word: str) -> tuple[str, int | None]:
    """The file and line that a word stands on; a work has no line of its own in the file that lists it."""
    if word in WORK:
        return "01-forms.md", None
    return "01-forms.md", next(number for number, text in enumerate(CHAPTER.split("\n"), 1) if word in text)


def test_whole_files_are_whole(forms: Files) -> None:
    """Nothing is found in files that nobody has changed."""
    assert check_finished(forms.book, forms.both, forms.pages) == ()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", WORDS)
def test_a_word_of_the_pdf(forms: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the PDF is found, with the line of its source."""
    pages = [number for number, page in enumerate(forms.pages.pages, 1) if page.unit == "forms"]
    data = changed_pdf(forms.pdf, pages, WORDS[kind], CHANGES[change])
    found = list(completeness_of_files(forms.book, {"pdf": data}, forms.pages))
    assert [((f.place.file, f.place.line), f.severity) for f in found] == [(place_of(WORDS[kind][0]), "error")]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", WORDS)
def test_a_word_of_the_epub(forms: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the EPUB is found, with the line of its source."""
    first, second = WORDS[kind]
    new = "".join(CHANGES[change]([first], [" "], [second]))
    data = changed_epub(forms.epub, "EPUB/forms.xhtml", f"{first} {second}", new)
    found = list(completeness_of_files(forms.book, {"epub": data}, forms.pages))
    assert [((f.place.file, f.place.line), f.severity) for f in found] == [(place_of(first), "error")]
