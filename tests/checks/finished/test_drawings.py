"""Each build compares the words in drawings: a lost label is found, and hidden text is not expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.checks.finished.drawings import compare
from tests.checks.finished.mutations import Files, files_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 90"><style>.none { display: none }</style>'
WORDS = '<p xmlns="http://www.w3.org/1999/xhtml">in HTML</p>'
LABEL = f'<foreignObject y="40" width="90" height="20">{WORDS}</foreignObject>'
DRAWN = (
    f'{HEAD}<text y="20">a harbour, shown</text><text class="none">of nobody</text><text x="9 30 50" y="80">abc</text>'
    f'<text y="60" visibility="hidden">nor of them</text><text y="30" transform="rotate(9)">Größe ﬁ</text>{LABEL}'
    '<text y="88" stroke="white">twice</text><text y="88">twice</text></svg>'
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book with a drawing that has words of many kinds, and with the same drawing as an ornament."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "book.toml").write_text('format = 1\ntitle = "Drawn"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "01-a.md").write_text(
        "# A\n\n![A dial](a.svg)\n\nIn a line ![a](a.svg).\n\n![](b.svg){.decorative}\n", encoding="utf-8"
    )
    for name in ("a.svg", "b.svg"):
        (folder / name).write_text(DRAWN, encoding="utf-8")
    return files_of(folder)


def said(files: Files) -> set[tuple[str, str]]:
    """Return code and file of each finding."""
    found = compare(files.book, files.both, files.pages)
    return {(one.code, one.message.partition(" are not in ")[2][:8]) for one in found}


def test_what_a_drawing_shows_is_in_both_files(drawn: Files) -> None:
    """HTML labels, turned words, single letters and ligatures, with a border, are in both files; hidden text is not."""
    assert said(drawn) == set()


@pytest.mark.parametrize("more", ["<text>qq</text>", "<g><text>a<tspan>zzz</tspan></text></g>"])
def test_a_label_that_is_lost_is_found_in_both_files(drawn: Files, more: str) -> None:
    """The author's drawing has a label that neither file shows."""
    file: Path = drawn.book.manuscript.folder / "a.svg"
    file.write_text(DRAWN.replace("</svg>", f"{more}</svg>"), encoding="utf-8")
    assert said(drawn) == {("C216", "the EPUB"), ("C216", "the PDF:")}
    file.write_text(DRAWN, encoding="utf-8")
