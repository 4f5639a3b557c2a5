"""The structure tree: what a screen reader gets, checked by two validators."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from compositor.formats import PDF
from compositor.making import make
from compositor.press import Timings, read_book
from tests.finished import Built
from tests.validators import broken_rules


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield every structure element, in the order of the tree."""

    def walk(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        kids: pikepdf.Object = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from walk(kid)

    yield from walk(pdf.Root.StructTreeRoot)


def kinds(pdf: pikepdf.Pdf) -> Counter[str]:
    """Return the number of elements of each type."""
    return Counter(str(element.S)[1:] for element in elements(pdf))


def pages_of(element: pikepdf.Dictionary) -> set[tuple[int, int]]:
    """Return the pages on which an element has content of its own."""
    own = [element.Pg.objgen] if any(isinstance(kid, int) for kid in element.K) else []
    others = [k.Pg.objgen for k in element.K if isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/MCR"]
    return {*own, *others}


def pdf_of(folder: Path, text: str) -> Path:
    """Return the PDF of a book of one chapter with this text."""
    (folder / "01-one.md").write_text(text, encoding="utf-8")
    proof = read_book(folder, Timings())
    return make(proof, (PDF,), str(folder / "out.pdf"), Timings()).paths[0]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", ["real_book", "several", "german", "likeours"])
def test_the_file_conforms(name: str, profile: str, request: pytest.FixtureRequest) -> None:
    """The same file passes PDF/UA-1 and PDF/A-2a."""
    book: Built = request.getfixturevalue(name)
    assert broken_rules(book.pdf, profile) == []


def test_one_element_of_the_source_is_one_element_of_the_tree(real_book: Built) -> None:
    """The tree has each table, note, figure and heading once, however many pages it covers."""
    assert real_book.proof.book is not None
    units = real_book.proof.book.units
    tokens = Counter(token.type for unit in units for token in unit.chapter.tokens)
    with real_book.open_pdf() as pdf:
        found = kinds(pdf)
        across = [e for e in elements(pdf) if e.S == "/P" and len(pages_of(e)) > 1]
    assert found["Table"] == tokens["table_open"]
    assert found["Note"] == sum(len(unit.chapter.notes) for unit in units)
    assert found["Figure"] == tokens["picture"]
    headings = Counter(anchor.level for unit in units for anchor in unit.chapter.anchors if anchor.level)
    assert found["H1"] == headings[1] + len(("title page", "contents", "figures", "tables", "listings"))
    with zipfile.ZipFile(real_book.epub) as archive:
        index = etree.fromstring(archive.read("EPUB/index.xhtml"))
    assert found["H2"] == headings[2] + len(index.xpath("//*[@class='index-letter']")), "and the letters of the index"
    assert len(across) > 20, "in a book of this length paragraphs go on overleaf"


def test_a_table_that_goes_on_overleaf_is_one_table_with_one_head(small_book: Path) -> None:
    """The head that is repeated on the next page is not part of the text."""
    rows = "".join(f"| row {number} | text |\n" for number in range(120))
    with pikepdf.open(pdf_of(small_book, f"# One\n\n| Head | Other |\n|---|---|\n{rows}")) as pdf:
        found = kinds(pdf)
    assert (found["Table"], found["THead"], found["TH"], found["TR"]) == (1, 1, 2, 121)


def test_a_table_in_parts_is_one_table_whose_first_column_stands_once(small_book: Path) -> None:
    """The tree has the rows whole, as the author wrote them; repeated cells on paper are artifacts."""
    row = f"| place | all[^n] |{' < |' * 3}{' measurements |' * 14}\n"
    text = f"# One\n\nSee @tbl-wide.\n\n{row.replace('all[^n]', 'head')}|{'---|' * 19}\n{row * 1}"
    path = pdf_of(small_book, f"{text}{row.replace('[^n]', '') * 60}\n: Wide. {{#tbl-wide}}\n\n[^n]: A note.\n")
    assert broken_rules(path, "ua1") == []
    with pikepdf.open(path) as pdf:
        found = kinds(pdf)
        spans = [int(one.A.ColSpan) for one in elements(pdf) if one.S in ("/TD", "/TH") and "/ColSpan" in one.A]
    assert (found["Table"], found["Caption"], found["THead"], found["TBody"]) == (1, 1, 1, 1)
    assert (found["TR"], found["TH"], found["TD"], found["Note"]) == (62, 16, 61 * 16, 1)
    assert spans == [4] * 62


def test_a_table_of_a_head_alone_has_a_body(small_book: Path) -> None:
    """A head without rows becomes a body, and its cells stay header cells of their columns."""
    text = "# One\n\n| Head | Other |\n|---|---|\n\nText.\n\n| a |\n|---|\n| 1 |\n"
    with pikepdf.open(pdf_of(small_book, text)) as pdf:
        found = kinds(pdf)
    assert (found["Table"], found["THead"], found["TBody"], found["TH"]) == (2, 1, 2, 3)


def test_a_link_is_one_link_and_says_in_words_where_it_goes(small_book: Path) -> None:
    """Code and emphasis inside a link make no further links; its text is that of the source."""
    text = "# One\n\nSee [the `code` and *words*](https://example.org).\n"
    with pikepdf.open(pdf_of(small_book, text)) as pdf:
        annotations = [
            annotation
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if "/A" in annotation and "/URI" in annotation.A
        ]
        assert [str(annotation.Contents) for annotation in annotations] == ["the code and words"]


def test_pictures_have_their_words(small_book: Path) -> None:
    """A picture's alternative text is in the tree; an ornament is not in the tree at all."""
    (small_book / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>', encoding="utf-8"
    )
    text = '# One\n\n![Caption](a.svg){fig-alt="Half a square."}\n\nA ![](a.svg){.decorative} star.\n'
    with pikepdf.open(pdf_of(small_book, text)) as pdf:
        assert [str(e.Alt) for e in elements(pdf) if e.S == "/Figure"] == ["Half a square."]


def test_running_heads_and_folios_are_artifacts(small_book: Path) -> None:
    """Text in the margins is on every page and in no element of the tree."""
    path = pdf_of(small_book, "# Only here\n\n" + "Some words to fill a page. " * 900)
    with pikepdf.open(path) as pdf:
        marks = [
            str(operands[0]) + ("" if len(operands) == 1 else str(sorted(operands[1].keys())))
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[9])
            if str(operator) in ("BMC", "BDC")
        ]
    assert "/Artifact" in marks
    assert any(mark.endswith("['/MCID']") for mark in marks)
    assert {mark for mark in marks if "MCID" not in mark} == {"/Artifact"}


def test_lists_have_labels_and_bodies(small_book: Path) -> None:
    """Each item of a list has its number or bullet as a label, and all else in one body."""
    with pikepdf.open(pdf_of(small_book, "# One\n\n1. first\n\n   more\n2. second\n   - inner\n")) as pdf:
        items = [[str(kid.S) for kid in e.K] for e in elements(pdf) if e.S == "/LI"]
    assert items == [["/Lbl", "/LBody"]] * 3


def test_a_list_says_how_it_is_numbered(small_book: Path) -> None:
    """The kind of numbers and bullets is stated; a list without marks has none, and one with labels never says so."""
    (small_book / "02-index.md").write_text("# Index\n\n::: {#index}\n:::\n", encoding="utf-8")
    text = "# One\n\n1. one\n   - two\n\n[]{.index term=\"tide\"}Words.\n\nTerm\n: Definition.\n"
    with pikepdf.open(pdf_of(small_book, text)) as pdf:
        lists = [e for e in elements(pdf) if e.S == "/L"]
        said = [str(e.A.ListNumbering) for e in lists]
        labelled = [any(kid.S == "/Lbl" for item in e.K for kid in item.K) for e in lists]
    assert said == ["/Decimal", "/Circle", "/Disc", "/None"]
    assert labelled == [True, True, True, False]


def test_a_table_of_nothing_but_a_head_is_a_body(small_book: Path, tmp_path: Path) -> None:
    """PDF/UA-1 allows no head without a body."""
    (small_book / "01-one.md").write_text("# One\n\n| A | B |\n|---|---|\n\nText.\n", encoding="utf-8")
    pdf = make(read_book(small_book, Timings()), (PDF,), f"{tmp_path}/", Timings()).paths[0]
    assert broken_rules(pdf, "ua1") == []
