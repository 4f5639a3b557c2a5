"""Our templates: what each shows, in print and on a screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from markupsafe import Markup

from compositor.formats import PAPER, SCREEN
from compositor.model import Medium, Metadata, Role, Source
from compositor.theme import load_theme
from tests.small_book import BOOK_OF_ONE, CHAPTER_FILE, UNIT, names

EPUB = "{http://www.idpf.org/2007/ops}"


@pytest.mark.parametrize(
    ("name", "medium"),
    [
        *((name, medium) for name in ("unit", "title", "copyright") for medium in (PAPER, SCREEN)),
        ("contents", PAPER),
        ("half-title", PAPER),
        ("nav", SCREEN),
        ("cover", SCREEN),
    ],
)
def test_every_template_makes_well_formed_xhtml(name: str, medium: Medium, tmp_path: Path) -> None:
    """Each has a language, title and body, and only the EPUB has the EPUB attributes."""
    text = load_theme(tmp_path).fill(f"{name}.xhtml", **names(medium))
    root = etree.fromstring(text.encode())
    assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert root.findtext("{*}head/{*}title")
    assert (
        any(str(key).startswith(EPUB) for element in root.iter() for key in element.attrib)
        is not medium.paged
    )
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("source", ["Somebody", "\u2014 Somebody", "\u2013 Somebody"])
def test_the_source_of_an_epigraph_has_one_dash(tmp_path: Path, source: str) -> None:
    """The source is not another sentence of the epigraph; a dash that the author has written is not doubled."""
    told = names(PAPER) | {"epigraph": (Markup("Words"), Markup(source))}
    root = etree.fromstring(load_theme(tmp_path).fill("unit.xhtml", **told).encode())
    line = root.find(".//{*}p[@class='source']")
    assert line is not None
    assert "".join(line.itertext()) in ("\u2014 Somebody", "\u2013 Somebody")


def test_the_opener_has_number_title_ornament_and_epigraph(tmp_path: Path) -> None:
    """The title is the author's, with its emphasis, and has the anchor of the file."""
    root = etree.fromstring(load_theme(tmp_path).fill("unit.xhtml", **names(SCREEN)).encode())
    title = root.find(".//{*}h1")
    assert title is not None
    assert title.get("id") == "lights"
    assert "".join(title.itertext()) == "Chapter 2 Lights & Signals"
    assert root.find(".//{*}h1//{*}em") is not None
    assert root.find(".//{*}header/{*}svg") is not None
    assert root.findtext(".//{*}div[@class='epigraph']/{*}p") == "Red & green"


@pytest.mark.parametrize(
    ("role", "type_", "aria"),
    [
        (Role.CHAPTER, "chapter", "doc-chapter"),
        (Role.APPENDIX, "appendix", "doc-appendix"),
        (Role.PART, "part", "doc-part"),
        (Role.SECTION, "subchapter", None),
        (Role.BACK, None, None),
    ],
)
def test_a_reading_system_is_told_what_a_document_is(
    role: Role, type_: str | None, aria: str | None, tmp_path: Path
) -> None:
    """The role of a source file becomes its EPUB type and its ARIA role."""
    given = names(SCREEN) | {"unit": replace(UNIT, role=role)}
    section = etree.fromstring(load_theme(tmp_path).fill("unit.xhtml", **given).encode()).find(
        ".//{*}section"
    )
    assert section is not None
    assert (section.get(f"{EPUB}type"), section.get("role")) == (type_, aria)


def test_front_matter_is_known_by_the_name_of_its_file(tmp_path: Path) -> None:
    """`preface.md` in the front matter is a preface."""
    chapter = replace(CHAPTER_FILE, source=Source("preface.md", "", "preface"))
    given = names(SCREEN) | {"unit": replace(UNIT, role=Role.FRONT, chapter=chapter)}
    section = etree.fromstring(load_theme(tmp_path).fill("unit.xhtml", **given).encode()).find(
        ".//{*}section"
    )
    assert section is not None
    assert section.get("role") == "doc-preface"


def test_the_printed_contents_have_three_levels_with_folios(tmp_path: Path) -> None:
    """Chapters and sections have their page, and headings inside a section follow it with theirs."""
    root = etree.fromstring(load_theme(tmp_path).fill("contents.xhtml", **names(PAPER)).encode())
    lines = [("".join(a.itertext()), a.get("href"), a.get("data-folio")) for a in root.iter("{*}a")]
    assert lines == [
        ("Preface", "#preface", "vii"),
        ("Part I The Road", "#road", ""),
        ("2 Lights & Signals", "#lights", "13"),
        ("2.1 Red", "#red", "13"),
        ("2.1.1\u00a0Why red\u00a0 ", "#red-why", None),
    ]


def test_the_navigation_goes_down_to_the_headings(tmp_path: Path) -> None:
    """Files have their address only, headings an anchor; pages and landmarks follow."""
    root = etree.fromstring(load_theme(tmp_path).fill("nav.xhtml", **names(SCREEN)).encode())
    toc, pages, landmarks = root.iter("{*}nav")
    assert [("".join(a.itertext()), a.get("href")) for a in toc.iter("{*}a")] == [
        ("Preface", "preface.xhtml"),
        ("Part I The Road", "road.xhtml"),
        ("2 Lights & Signals", "lights.xhtml"),
        ("2.1 Red", "red.xhtml"),
        ("2.1.1 Why red", "red.xhtml#red-why"),
    ]
    assert [(a.text, a.get("href")) for a in pages.iter("{*}a")] == [
        ("vii", "preface.xhtml#press-page-vii"),
        ("13", "lights.xhtml#press-page-13"),
    ]
    assert [a.get(f"{EPUB}type") for a in landmarks.iter("{*}a")] == [
        *("cover", "titlepage", "copyright-page", "toc", "bodymatter"),
    ]


def test_the_copyright_page_says_how_to_make_the_book_again(tmp_path: Path) -> None:
    """It has build, date and commit; a commit with changes cannot be checked out."""
    text = load_theme(tmp_path).fill("copyright.xhtml", **names(PAPER))
    assert "Build 0123456789ab (checksum of the sources), 23 November 2026" in text
    assert "git checkout abc1234" in text
    changed = replace(BOOK_OF_ONE, edition=replace(BOOK_OF_ONE.edition, commit="abc1234+"))
    text = load_theme(tmp_path).fill("copyright.xhtml", **names(PAPER) | {"book": changed})
    assert "checkout" not in text
    assert "The sources have changes that are in no commit: abc1234 and more." in text
    unsure = replace(BOOK_OF_ONE, edition=replace(BOOK_OF_ONE.edition, commit="abc1234?"))
    text = load_theme(tmp_path).fill("copyright.xhtml", **names(PAPER) | {"book": unsure})
    assert "checkout" not in text
    assert "It is not known whether the sources are those of commit abc1234." in text


def test_text_is_escaped(tmp_path: Path) -> None:
    """The author's words are text, even if they look like markup."""
    metadata = Metadata(title="<script>alert(1)</script>")
    text = load_theme(tmp_path).fill("title.xhtml", **names(SCREEN) | {"metadata": metadata})
    assert "<script>" not in text
