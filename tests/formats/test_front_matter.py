"""The generated pages before the text: their order, the cover, the lists, and the settings for them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from compositor.language import language_for
from compositor.press import Timings, read_book
from compositor.render.preliminaries import CaptionList, caption_lists, first_sentence
from tests.finished import Built, built
from tests.validators import broken_rules

FIGURE = '![Figure {0} is here. It says more.](a.svg){{#fig-{0} fig-alt="A"}}\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
OPS = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}


def with_figures(folder: Path, number: int, settings: str = "") -> Path:
    """Return the book with this many figures."""
    (folder / "a.svg").write_text(SVG, encoding="utf-8")
    text = "# One\n\nText.\n\n" + "\n".join(FIGURE.format(n) for n in range(1, number + 1))
    (folder / "01-one.md").write_text(text, encoding="utf-8")
    with (folder / "book.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    return folder


def labels(book: Built) -> list[str]:
    """Return the page label of every physical page."""
    with book.open_pdf() as pdf:
        return [page.label for page in pdf.pages]


def first_words(book: Built, number: int) -> list[str]:
    """Return the first words of each of the first pages."""
    return [" ".join(text.split()[:3]) for text in book.page_texts()[:number]]


def picture(book: Built, page: int) -> Image.Image:
    """Return a page, painted."""
    document = pypdfium2.PdfDocument(book.pdf)
    try:
        painted: Image.Image = document[page].render(scale=1).to_pil().convert("RGB")
        return painted
    finally:
        document.close()


def lists_of(book: Built) -> tuple[CaptionList, ...]:
    """Return the lists of captions that the model has."""
    assert book.proof.book is not None
    return caption_lists(book.proof.book, language_for(book.proof.book.metadata.language))


def test_the_pages_before_the_text_stand_in_their_order(several: Built) -> None:
    """Cover, half-title, title page, copyright page, contents and preface: titles are on the right, backs are empty."""
    assert first_words(several, 9) == [
        *("Telling Time From", "", "Telling Time", "", "Telling Time From"),
        *("Telling Time. Second", "Contents Preface vii", "", "Preface This book"),
    ]
    assert labels(several)[:9] == ["Cover", "Cover", "i", "ii", "iii", "iv", "v", "vi", "vii"]


def test_lists_stand_between_contents_and_preface(real_book: Built) -> None:
    """A book with enough of each kind lists its figures, tables and listings."""
    with real_book.open_pdf() as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root][:8]
    assert titles == [
        *("Cover", "Title page", "Copyright", "Contents"),
        *("List of figures", "List of tables", "List of listings", "Preface"),
    ]


def test_every_line_of_a_list_has_the_page_of_its_figure(real_book: Built) -> None:
    """The folio at the end of the line is the label of the page that its link leads to."""
    lists = lists_of(real_book)
    with real_book.open_pdf() as pdf:
        labels = {page.obj.objgen: page.label for page in pdf.pages}
        names = {str(name): place for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        printed = " ".join(" ".join(text.split()) for text in real_book.page_texts()[7:14])
        printed = printed.replace("\x02 ", "").replace(" .", "")
        for line in (line for one in lists for line in one.lines):
            assert f"{line.number} {line.title} {labels[names[line.anchor][0].objgen]} " in printed + " "
    assert [one.kind for one in lists] == ["figure", "table", "listing"]


def test_the_lists_of_the_epub_lead_to_the_same_places(real_book: Built) -> None:
    """The navigation document has the lines of the printed lists, each with a link into the text."""
    with zipfile.ZipFile(real_book.epub) as archive:
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    for one in lists_of(real_book):
        links = nav.xpath(f"//x:nav[@id='{one.anchor}']//x:a", namespaces=OPS)
        assert [" ".join("".join(a.itertext()).split()) for a in links] == [f"{x.number} {x.title}" for x in one.lines]
        assert [a.get("href") for a in links] == [f"{line.unit}.xhtml#{line.anchor}" for line in one.lines]
    landmarks = nav.xpath("//x:nav[@epub:type='landmarks']//x:a/@epub:type", namespaces=OPS)
    assert [kind for kind in landmarks if kind in ("loi", "lot", "bodymatter")] == ["loi", "lot", "bodymatter"]


@pytest.mark.parametrize(
    ("number", "settings", "listed"),
    [(4, "", 0), (5, "", 5), (2, "\n[pages]\nlists = 2\n", 2), (9, "\n[pages]\nlists = 0\n", 0)],
)
def test_a_list_needs_enough_lines(small_book: Path, number: int, settings: str, listed: int) -> None:
    """Five figures have a list and four have none, unless a setting says otherwise."""
    book = read_book(with_figures(small_book, number, settings), Timings()).book
    assert book is not None
    assert [len(one.lines) for one in caption_lists(book, language_for("en"))] == ([listed] if listed else [])


@pytest.mark.parametrize(
    ("caption", "listed"),
    [
        ("Four shapes. Only in the last one they share.", "Four shapes"),
        ("Who is the writer? We ask.", "Who is the writer?"),
        ("Shown as in fig. A of the paper. More.", "Shown as in fig. A of the paper"),
        ("The method of J. Gray. More.", "The method of J. Gray"),
        ("Version 3.5 of it", "Version 3.5 of it"),
        ("“Copies left.” The rest follows.", "“Copies left.”"),
        ("Waits, e.\u00a0g. Locks. More.", "Waits, e.\u00a0g. Locks"),
        ("", ""),
    ],
)
def test_a_list_takes_the_first_sentence(caption: str, listed: str) -> None:
    """The rest of a caption is left out; a full stop inside the sentence does not end it."""
    assert first_sentence(caption, language_for("en")) == listed


def test_cover_and_half_title_can_be_left_out(small_book: Path, tmp_path: Path) -> None:
    """Without them the PDF begins with the title page, on page i."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write("\n[pages]\ncover = false\nhalf-title = false\n")
    book = built(small_book, tmp_path)
    assert first_words(book, 3) == ["Small A", "Small Copyright ©", "Contents 1 One"]
    assert labels(book)[:5] == ["i", "ii", "iii", "iv", "1"]
    with zipfile.ZipFile(book.epub) as archive:
        assert "EPUB/cover.jpg" in archive.namelist()


def test_the_cover_fills_its_page(several: Built) -> None:
    """The background in the book's accent colour reaches all four corners, and the ornament is on it."""
    page = picture(several, 0)
    right, bottom = page.width - 1, page.height - 1
    corners = {page.getpixel(corner) for corner in ((0, 0), (right, 0), (0, bottom), (right, bottom))}
    assert corners == {(0x1F, 0x4E, 0x5F)}
    assert len({colour for _, colour in page.getcolors(100_000)}) > 5


def test_a_light_accent_has_dark_letters_on_it(small_book: Path, tmp_path: Path) -> None:
    """The title is readable on any background."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write('\n[style]\naccent = "#ffe680"\n')
    page = picture(built(small_book, tmp_path), 0)
    assert page.getpixel((0, 0)) == (0xFF, 0xE6, 0x80)
    assert min(sum(colour) for _, colour in page.getcolors(100_000)) < 150


def test_a_picture_of_the_authors_own_is_the_cover(small_book: Path, tmp_path: Path) -> None:
    """The picture is shown whole, in the middle of the first page, with its alternative text."""
    Image.new("RGB", (1600, 2560), "#cc0000").save(small_book / "front.png")
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write('cover = "front.png"\n')
    book = built(small_book, tmp_path)
    assert book.proof.findings == ()
    page = picture(book, 0)
    red = page.getchannel("G").point(lambda value: 255 if value < 50 else 0).getbbox()
    assert red is not None
    assert (red[1], red[3]) == (0, page.height)
    assert abs((red[2] - red[0]) / page.height - 1600 / 2560) < 0.01
    with book.open_pdf() as pdf:
        alternatives = [
            str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert alternatives == ["Cover of Small"]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_cover_of_the_authors_own_conforms(small_book: Path, tmp_path: Path, profile: str) -> None:
    """A picture on the first page, with its alternative text, keeps the file within PDF/UA-1 and PDF/A-2a."""
    Image.linear_gradient("L").resize((1600, 2560)).convert("RGB").save(small_book / "front.jpg")
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write('cover = "front.jpg"\n')
    assert broken_rules(built(small_book, tmp_path).pdf, profile) == []
