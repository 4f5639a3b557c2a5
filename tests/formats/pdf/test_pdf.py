"""Finished PDFs: pages, folios, heads, notes, links, fonts, tags, and what a build may read."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf

from compositor.formats import PDF
from compositor.formats.pdf.complaints import _of_the_file
from compositor.language.numerals import roman
from compositor.making import make
from compositor.press import Timings, read_book
from tests.finished import Built, built, outline


def labels(pdf: pikepdf.Pdf) -> list[str]:
    """Return the page label of each physical page."""
    return [page.label for page in pdf.pages]


def pdf_of(folder: Path, target: Path) -> Path:
    """Return the PDF of a book without errors."""
    proof = read_book(folder, Timings())
    return make(proof, (PDF,), str(target), Timings()).paths[0]


def findings_of(folder: Path) -> list[tuple[str, str, str]]:
    """Return code, place and message of the findings of a PDF."""
    proof = read_book(folder, Timings())
    made = make(proof, (PDF,), None, Timings())
    return [(f.code, str(f.place), f.message) for f in made.findings]


def test_the_page_has_the_size_of_the_theme(real_book: Built) -> None:
    """Every page is 7 by 9.25 inches, and its trim box says so."""
    with real_book.open_pdf() as pdf:
        assert {tuple(float(x) for x in page.trimbox) for page in pdf.pages} == {(0, 0, 504, 666)}


def test_front_matter_is_roman_and_the_body_arabic(real_book: Built) -> None:
    """Page labels run i, ii … after the cover, and then 1, 2 … without a gap."""
    with real_book.open_pdf() as pdf:
        found = labels(pdf)
    assert found[:2] == ["Cover", "Cover"], "the cover and its empty back"
    front = found.index("1")
    assert found[2:front] == [roman(n).lower() for n in range(1, front - 1)]
    assert found[front:] == [str(n) for n in range(1, len(found) - front + 1)]
    assert front % 2 == 0, "the body begins on a right-hand page"


def test_printed_folios_agree_with_the_labels(real_book: Built) -> None:
    """The folio in a corner or at the foot is the page number that a viewer shows."""
    with real_book.open_pdf() as pdf:
        found = labels(pdf)
    printed = {
        label: text.replace("\x02", " ").split()[-16:]
        for label, text in zip(found, real_book.page_texts(), strict=True)
        if text.strip() and label not in ("Cover", "i", "iii", "iv")
    }
    assert [label for label, words in printed.items() if label not in words] == []
    assert len(printed) > len(found) * 0.9


def test_chapters_open_on_the_right_without_a_running_head(several: Built) -> None:
    """Chapters, parts and appendices begin on odd pages of the file; blank pages before them are empty."""
    assert several.proof.book is not None
    openers = {f"{unit.number} {unit.title}".strip() for unit in several.proof.book.units if unit.role != "section"}
    texts = several.page_texts()
    with several.open_pdf() as pdf:
        marks = [(words, page) for _, words, page in outline(pdf) if words in openers]
    assert len(marks) == len(openers)
    assert [words for words, page in marks if page % 2 == 0] == []
    assert any(not text.strip() for text in texts), "a book of short chapters has blank pages"


def test_running_heads_name_section_and_subsection(real_book: Built) -> None:
    """In a chapter of section files a left-hand page names the section, a right-hand page the part it belongs to."""
    texts = real_book.page_texts()
    with real_book.open_pdf() as pdf:
        start = next(page for _, words, page in outline(pdf) if words.startswith("18.3 "))
        end = next(page for _, words, page in outline(pdf) if words.startswith("18.4 "))
    inside = range(start + 1, end)
    heads = {page: " ".join(texts[page - 1].split()[-16:]) for page in inside}
    assert all("18.3 " in head for page, head in heads.items() if page % 2 == 0)
    assert all(re.search(r"18\.3\.\d", head) for page, head in heads.items() if page % 2 == 1)


def test_the_outline_is_the_contents(several: Built) -> None:
    """Bookmarks are the generated pages and the contents of the model, in order, depth by depth."""
    assert several.proof.book is not None

    def expected(entries: tuple, depth: int) -> list[tuple[int, str]]:
        return [
            line
            for entry in entries
            for line in [(depth, f"{entry.number} {entry.title}".strip()), *expected(entry.children, depth + 1)]
        ]

    opening = [(1, words) for words in ("Cover", "Title page", "Copyright", "Contents")]
    with several.open_pdf() as pdf:
        assert [mark[:2] for mark in outline(pdf)] == opening + expected(several.proof.book.contents, 1)


def test_every_internal_link_lands(real_book: Built) -> None:
    """Each link to a place in the file has a destination that exists."""
    with real_book.open_pdf() as pdf:
        names = set(pikepdf.NameTree(pdf.Root.Names.Dests).keys())
        wanted = [
            str(annotation.Dest if "/Dest" in annotation else annotation.A.D)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Link" and ("/Dest" in annotation or annotation.A.get("/S") == "/GoTo")
        ]
    assert len(wanted) > 200
    assert {name for name in wanted if name not in names} == set()


def test_notes_stand_at_the_foot_of_the_page_of_their_call(several: Built) -> None:
    """A note is on the page of its call, after its number."""
    assert several.proof.book is not None
    texts = [" ".join(text.split()) for text in several.page_texts()]
    for unit in several.proof.book.units:
        for note in unit.chapter.notes:
            words = " ".join(child.content for t in note.tokens for child in t.children or () if child.type == "text")
            assert any(re.search(rf"\b{note.number}\s+{re.escape(words[:20])}", text) for text in texts), words


def test_only_our_fonts_and_all_of_them_embedded(real_book: Built) -> None:
    """Every font in the file is a subset of a face of the theme; none comes from the machine."""
    found = {}
    with real_book.open_pdf() as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                found[str(item.FontName)] = "/FontFile2" in item or "/FontFile3" in item
    assert found and all(found.values())
    assert {name.split("+")[1].split("-")[0] for name in found} == {"Book"}


def test_the_file_is_tagged_and_says_what_it_is(real_book: Built) -> None:
    """Structure tree, language, title, authors and build id are in the file."""
    with real_book.open_pdf() as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Title"]) == "Six Copies, One Writer"
        assert str(pdf.docinfo["/Author"]) == "Compositor contributors"
        assert real_book.proof.book is not None
        assert str(pdf.docinfo["/CompositorBuild"]) == real_book.proof.book.edition.build_id


def test_the_same_book_gives_the_same_bytes(small_book: Path, tmp_path: Path) -> None:
    """Two builds of the same sources are equal to the last byte."""
    first, second = (pdf_of(small_book, tmp_path / name).read_bytes() for name in ("a.pdf", "b.pdf"))
    assert first == second


def test_a_letter_that_the_faces_of_a_style_lack_is_told() -> None:
    """A font of the book's style sheet claims a letter but cannot draw it: the library's message becomes a warning."""
    (finding,) = [_of_the_file('.notdef glyph rendered for Unicode string unsupported by fonts: "文" (U+6587)')]
    assert (finding.code, finding.severity) == ("P105", "warning")
    assert "'文' (U+6587)" in finding.message


def test_nothing_of_a_repository_is_attached(small_book: Path, tmp_path: Path) -> None:
    """A template cannot attach the configuration of the repository, which may hold a password."""
    (small_book / ".git").mkdir()
    (small_book / ".git" / "config").write_text("password", encoding="utf-8")
    (small_book / "templates").mkdir()
    page = '{% extends "default/title.xhtml" %}{% block content %}{{ super() }}'
    page += '<p><a rel="attachment" href=".git/config">x</a></p>{% endblock %}'
    (small_book / "templates" / "title.xhtml").write_text(page, encoding="utf-8")
    made = make(read_book(small_book, Timings()), (PDF,), f"{tmp_path}/out/", Timings())
    assert any("no file of a repository" in finding.message for finding in made.findings)
    assert b"password" not in made.paths[0].read_bytes()
    with pikepdf.open(made.paths[0]) as pdf:
        assert not pdf.attachments


def test_a_style_sheet_reads_no_file_outside_the_book(small_book: Path, tmp_path: Path) -> None:
    """Addresses outside the book's folder, and web addresses, are removed from a style sheet and reported."""
    (tmp_path / "secret.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8"
    )
    (small_book / "styles").mkdir()
    (small_book / "styles" / "print.css").write_text(
        "p { background: url(../../secret.svg) } h1 { background: url(http://127.0.0.1:9/x.png) }", encoding="utf-8"
    )
    assert [message for _, _, message in findings_of(small_book)] == []
    told = [one.message for one in read_book(small_book, Timings()).findings if one.code == "T019"]
    assert [("secret" in message, "127.0.0.1" in message) for message in told] == [(True, False), (False, True)]


def test_settings_change_the_page(small_book: Path, tmp_path: Path) -> None:
    """One line in book.toml sets another page size."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write('[style]\npage-size = "148mm 210mm"\n')
    with pikepdf.open(pdf_of(small_book, tmp_path / "a5.pdf")) as pdf:
        assert [round(float(x)) for x in pdf.pages[0].trimbox[2:]] == [420, 595]


def test_the_books_own_style_comes_after_ours(small_book: Path, tmp_path: Path) -> None:
    """A rule in the book's styles/print.css wins over the theme's."""
    (small_book / "styles").mkdir()
    (small_book / "styles" / "print.css").write_text("@page { size: 300pt 400pt }", encoding="utf-8")
    with pikepdf.open(pdf_of(small_book, tmp_path / "own.pdf")) as pdf:
        assert [round(float(x)) for x in pdf.pages[0].trimbox[2:]] == [300, 400]


def test_long_contents_settle(tmp_path: Path) -> None:
    """A book whose contents take several pages prints the true page numbers of its chapters."""
    folder = tmp_path / "long"
    folder.mkdir()
    (folder / "book.toml").write_text('format = 1\ntitle = "Long"\nauthors = ["A"]\n', encoding="utf-8")
    for number in range(1, 61):
        (folder / f"{number:02}-c.md").write_text(f"# Chapter {number}\n\nText.\n", encoding="utf-8")
    book = built(folder, tmp_path)
    texts = book.page_texts()
    with book.open_pdf() as pdf:
        pages = {words: page for _, words, page in outline(pdf)}
        first = labels(pdf).index("1") + 1
    contents = " ".join(" ".join(texts[6 : first - 1]).split())
    for number in range(1, 61):
        folio = pages[f"{number} Chapter {number}"] - first + 1
        assert re.search(rf"{number} Chapter {number} {folio}(?!\d)", contents)


def test_a_german_book_speaks_german(german: Built) -> None:
    """The generated words, the labels of captions and the language tag are German."""
    text = " ".join(" ".join(german.page_texts()).split())
    assert "Inhalt" in text
    assert "Abbildung\u00a01.1" in text or "Abbildung 1.1" in text
    with german.open_pdf() as pdf:
        assert str(pdf.Root.Lang) == "de"
