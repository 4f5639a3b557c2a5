"""In the richer constructs, a word is removed, doubled or swapped: the checks find it and its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.checks.finished import check_finished, completeness_of_files
from tests.checks.finished.mutations import CHANGES, Files, changed_epub, changed_pdf, files_of
from tests.checks.finished.test_completeness import SVG

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

::: {.content-visible when-format="pdf"}
Capercaillie ptarmigan on paper.
:::

::: {.content-hidden when-format="pdf"}
Partridge quail on a screen.
:::

Here is [Corncrake moorhen printed]{.content-visible unless-format="epub"}[Gallinule coot flowing]{.content-visible
when-format="epub"} too.

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
ON_PAPER = {"block for paper": ("Capercaillie", "ptarmigan"), "words for paper": ("Corncrake", "moorhen")}
ON_SCREENS = {"block for screens": ("Partridge", "quail"), "words for screens": ("Gallinule", "coot")}
ALL = WORDS | ON_PAPER | ON_SCREENS
WORK = '[{"id": "work", "type": "book", "title": "Whitethroat blackcap", "author": [{"family": "Warbler"}]}]'


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book of one chapter that has the richer constructs."""
    return made(tmp_path_factory.mktemp("forms"), CHAPTER)


def made(folder: Path, chapter: str) -> Files:
    """Return both files of a book of this chapter."""
    settings = 'format = 1\ntitle = "Forms"\nauthors = ["A"]\nbibliography = "works.json"\n'
    for name, text in {"book.toml": settings, "works.json": WORK, "01-forms.md": chapter, "one.svg": SVG}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return files_of(folder)


def place_of(word: str) -> tuple[str, int]:
    """Return the file and line that a word is on; for a work, those of its entry in the bibliography."""
    if word in WORK:
        return "works.json", 1
    return "01-forms.md", next(number for number, text in enumerate(CHAPTER.split("\n"), 1) if word in text)


def test_whole_files_are_whole(forms: Files) -> None:
    """Nothing is found in files that nobody has changed."""
    assert check_finished(forms.book, forms.both, forms.pages) == ()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", WORDS | ON_PAPER)
def test_a_word_of_the_pdf(forms: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the PDF is found, with the line of its source."""
    pages = [number for number, page in enumerate(forms.pages.pages, 1) if page.unit == "forms"]
    data = changed_pdf(forms.pdf, pages, ALL[kind], CHANGES[change])
    found = list(completeness_of_files(forms.book, {"pdf": data}, forms.pages))
    assert [((f.place.file, f.place.line), f.severity) for f in found] == [(place_of(ALL[kind][0]), "error")]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", WORDS | ON_SCREENS)
def test_a_word_of_the_epub(forms: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the EPUB is found, with the line of its source."""
    first, second = ALL[kind]
    new = "".join(CHANGES[change]([first], [" "], [second]))
    data = changed_epub(forms.epub, "EPUB/forms.xhtml", f"{first} {second}", new)
    found = list(completeness_of_files(forms.book, {"epub": data}, forms.pages))
    assert [((f.place.file, f.place.line), f.severity) for f in found] == [(place_of(first), "error")]


def test_content_of_the_other_format_leaks_in(forms: Files, tmp_path: Path) -> None:
    """Text meant for one format is found when it appears in the other, as blocks and as words, in both files."""
    for condition in ('{.content-visible when-format="pdf"}', '{.content-hidden when-format="pdf"}'):
        assert condition in CHAPTER
    leaking = CHAPTER.replace("{.content-visible", "{.x").replace("{.content-hidden", "{.x")
    for condition in (' when-format="pdf"', ' unless-format="epub"', '\nwhen-format="epub"'):
        leaking = leaking.replace(condition, "\n" if "\n" in condition else "")
    other = made(tmp_path, leaking)
    for file, words in (("pdf", ON_SCREENS), ("epub", ON_PAPER)):
        data = {file: getattr(other, file)}
        found = list(completeness_of_files(forms.book, data, other.pages))
        assert {finding.code for finding in found} <= {"C202", "C203"}
        told = " ".join(finding.message for finding in found).casefold()
        assert [kind for kind, (first, _) in words.items() if first.casefold() not in told] == []
        assert all((finding.place.line or 0) >= place_of("Bunting")[1] for finding in found)
