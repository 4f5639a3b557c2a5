"""Listings in finished files: marks beside code are not text, and every letter of the code is."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.finished import Built, built

LONG = "\n".join(f"step_{number}()" for number in range(1, 100))
CODE = 'answer = ask("' + "how many copies of each page are there, " * 3 + '")  # in words'
TEXT = f"""# One

```{{.python .number-lines startFrom=41 code-line-numbers=2}}
{CODE}
print(answer)  # <1>
```

1. It prints.

```text {{#lst-steps lst-cap="Steps."}}
{LONG}
```

Behind it.

```console
$ id -u
0
```
"""


@pytest.fixture(scope="module")
def listings(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a book with a long line, numbered lines, a mark, and a listing of three pages."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "book.toml").write_text('format = 1\ntitle = "Code"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "01-one.md").write_text(TEXT, encoding="utf-8")
    return built(folder, tmp_path_factory.mktemp("finished"))


def squeezed(text: str) -> str:
    """Return the text without its spaces."""
    return re.sub(r"\s+", "", text)


def test_a_wrapped_line_keeps_its_letters_on_paper(listings: Built) -> None:
    """Neither the sign of a wrapped line, nor a number, nor the mark of an annotation is copied with the code."""
    page = next(text for text in listings.page_texts() if "answer = ask" in text)
    assert squeezed(f"{CODE} print(answer) 1 It prints.") in squeezed(page)


def test_a_wrapped_line_fits_the_measure(listings: Built) -> None:
    """The long line becomes two lines of at most 80 columns each."""
    page = next(text for text in listings.page_texts() if "answer = ask" in text)
    lines = page.split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("answer = ask"))
    assert [len(line.strip()) <= 80 for line in lines[first : first + 2]] == [True, True]
    assert lines[first + 1].rstrip().endswith("# in words")


def test_a_long_listing_says_that_it_goes_on(listings: Built) -> None:
    """The head of each page on which a listing continues names it, and no other page does."""
    pages = listings.page_texts()
    going_on = [number for number, text in enumerate(pages) if re.search(r"^step_", text, re.MULTILINE)][1:]
    assert len(going_on) >= 2
    assert [number for number, text in enumerate(pages) if "Listing1.1(continued)" in squeezed(text)] == going_on


def test_the_epub_links_marks_and_explanations(listings: Built) -> None:
    """A mark links to its explanation, which links back; no line number is in the file."""
    with ZipFile(listings.epub) as book:
        name = next(name for name in book.namelist() if name.endswith("/one.xhtml"))
        document = etree.fromstring(book.read(name))
    links = document.xpath("//*[local-name()='a'][@class='annotation']")
    assert [(link.get("href"), link.get("id")) for link in links] == [
        (f"#{links[1].get('id')}", links[0].get("id")),
        (f"#{links[0].get('id')}", links[1].get("id")),
    ]
    code = document.xpath("string((//*[local-name()='code'])[1])")
    assert code == f"{CODE}\nprint(answer)\u00a0①"


def test_pictures_beside_code_are_no_figures(listings: Built) -> None:
    """Digits, discs and wrap signs are backgrounds: the pages with code have no figure without a text."""
    with listings.open_pdf() as pdf:
        figures = [item for item in pdf.objects if _is_figure(item) and "/Alt" not in item]
        assert len(figures) <= 2, "the ornaments of the title page and of the chapter are figures"


def _is_figure(item: object) -> bool:
    return getattr(item, "get", lambda name: None)("/S") == "/Figure"


def test_the_digits_of_the_theme_are_all_there() -> None:
    """Each digit that the style sheet names is a picture beside the fonts."""
    styles = Path(__file__).parents[3] / "styles"
    named = set(re.findall(r"url\((fonts/marks/[^)]+)\)", (styles / "print.css").read_text(encoding="utf-8")))
    assert len(named) == 21
    assert {name for name in named if not (styles / name).is_file()} == set()
