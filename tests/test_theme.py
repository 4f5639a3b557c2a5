"""Templates, style sheets and ornaments: what a book may change, and what is said when it goes wrong."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from markupsafe import Markup

from compositor import theme as theme_module
from compositor.errors import BookError
from compositor.formats import PAPER, SCREEN
from compositor.language import language_for
from compositor.model import (
    Book,
    Chapter,
    ContentsEntry,
    Edition,
    Finding,
    FrontMatter,
    Manuscript,
    Medium,
    Metadata,
    Page,
    PageMap,
    Role,
    Source,
    Unit,
)
from compositor.ornament import BOOK, CHAPTER, mixed, ornament, ornament_of_book, ornament_of_unit, tints
from compositor.theme import EXPLANATIONS, Theme, load_theme
from tests.formats.conftest import DATE

EPUB = "{http://www.idpf.org/2007/ops}"
CHAPTER_FILE = Chapter(
    Source("lights.md", "# Lights & Signals\n", "lights"), (), FrontMatter(epigraph="Red & green"), (), (), (), (), ()
)
UNIT = Unit(Role.CHAPTER, CHAPTER_FILE, "lights", "2", "Chapter 2", "Lights & Signals", verso="2", recto="Lights")
CONTENTS = (
    ContentsEntry("Preface", "", "preface", "preface", Role.FRONT),
    ContentsEntry(
        *("The Road", "I", "road", "road", Role.PART),
        (
            ContentsEntry(
                *("Lights & Signals", "2", "lights", "lights", Role.CHAPTER),
                (
                    ContentsEntry(
                        *("Red", "2.1", "red", "red", Role.SECTION),
                        (ContentsEntry("Why red", "2.1.1", "red-why", "red", None),),
                    ),
                ),
            ),
        ),
    ),
)
BOOK_OF_ONE = Book(
    Manuscript(Path(), Metadata(title="Roads & Rails", authors=("Ada", "Ben")), (), frozenset()),
    (UNIT,),
    {},
    {},
    CONTENTS,
    Edition("0123456789ab", DATE, "abc1234"),
)
PAGES = PageMap((Page("preface", "vii", ("preface",)), Page("lights", "13", ("lights", "red"))))


def names(medium: Medium) -> dict[str, object]:
    """The names that every template gets, and those of `unit.xhtml`."""
    return {
        "book": BOOK_OF_ONE,
        "metadata": BOOK_OF_ONE.metadata,
        "words": language_for("en"),
        "medium": medium,
        "pages": PAGES if medium.paged else None,
        "stylesheets": medium.stylesheets,
        "unit": UNIT,
        "heading": Markup("Lights &amp; <em>Signals</em>"),
        "body": Markup("<p>Stop.</p>"),
        "front_matter": CHAPTER_FILE.front_matter,
        "ornament": ornament_of_unit(UNIT, medium, "#0a5a66"),
    }


def own(folder: Path, name: str, text: str) -> Theme:
    """The theme of a book that has this one file of its own."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return load_theme(folder)


def finding(problem: pytest.ExceptionInfo[BookError]) -> Finding:
    """The only thing that was found."""
    (found,) = problem.value.findings
    assert found.code in EXPLANATIONS
    assert found.helps
    return found


@pytest.mark.parametrize(
    ("name", "medium"),
    [
        *((name, medium) for name in ("unit", "title", "copyright") for medium in (PAPER, SCREEN)),
        ("contents", PAPER),
        ("nav", SCREEN),
        ("cover", SCREEN),
    ],
)
def test_every_template_makes_well_formed_xhtml(name: str, medium: Medium, tmp_path: Path) -> None:
    """Language, title and body are there, and the EPUB's own attributes in the EPUB alone."""
    text = load_theme(tmp_path).fill(f"{name}.xhtml", **names(medium))
    root = etree.fromstring(text.encode())
    assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert root.findtext("{*}head/{*}title")
    assert any(str(key).startswith(EPUB) for element in root.iter() for key in element.attrib) is not medium.paged
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_the_opener_has_number_title_ornament_and_epigraph(tmp_path: Path) -> None:
    """The title is the one that the author wrote, with its emphasis, and carries the anchor of the file."""
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
    section = etree.fromstring(load_theme(tmp_path).fill("unit.xhtml", **given).encode()).find(".//{*}section")
    assert section is not None
    assert (section.get(f"{EPUB}type"), section.get("role")) == (type_, aria)


def test_front_matter_is_known_by_the_name_of_its_file(tmp_path: Path) -> None:
    """`preface.md` in the front matter is a preface."""
    chapter = replace(CHAPTER_FILE, source=Source("preface.md", "", "preface"))
    given = names(SCREEN) | {"unit": replace(UNIT, role=Role.FRONT, chapter=chapter)}
    section = etree.fromstring(load_theme(tmp_path).fill("unit.xhtml", **given).encode()).find(".//{*}section")
    assert section is not None
    assert section.get("role") == "doc-preface"


def test_the_printed_contents_have_two_levels_with_folios(tmp_path: Path) -> None:
    """Chapters and sections have their page, headings inside a section are left out."""
    root = etree.fromstring(load_theme(tmp_path).fill("contents.xhtml", **names(PAPER)).encode())
    lines = [("".join(a.itertext()), a.get("href"), a.get("data-folio")) for a in root.iter("{*}a")]
    assert lines == [
        ("Preface", "#preface", "vii"),
        ("Part I The Road", "#road", ""),
        ("2 Lights & Signals", "#lights", "13"),
        ("2.1 Red", "#red", "13"),
    ]


def test_the_navigation_goes_down_to_the_headings(tmp_path: Path) -> None:
    """Files are named by their address alone, headings by their anchor; landmarks follow."""
    root = etree.fromstring(load_theme(tmp_path).fill("nav.xhtml", **names(SCREEN)).encode())
    toc, landmarks = root.iter("{*}nav")
    assert [("".join(a.itertext()), a.get("href")) for a in toc.iter("{*}a")] == [
        ("Preface", "preface.xhtml"),
        ("Part I The Road", "road.xhtml"),
        ("2 Lights & Signals", "lights.xhtml"),
        ("2.1 Red", "red.xhtml"),
        ("2.1.1 Why red", "red.xhtml#red-why"),
    ]
    assert [a.get(f"{EPUB}type") for a in landmarks.iter("{*}a")] == [
        *("cover", "titlepage", "copyright-page", "toc", "bodymatter"),
    ]


def test_the_copyright_page_says_how_to_make_the_book_again(tmp_path: Path) -> None:
    """Build, date and commit are there; a commit with changes cannot be checked out."""
    text = load_theme(tmp_path).fill("copyright.xhtml", **names(PAPER))
    assert "Build 0123456789ab, 23 November 2026" in text
    assert "git checkout abc1234" in text
    changed = replace(BOOK_OF_ONE, edition=replace(BOOK_OF_ONE.edition, commit="abc1234+"))
    assert "checkout" not in load_theme(tmp_path).fill("copyright.xhtml", **names(PAPER) | {"book": changed})


def test_text_is_escaped(tmp_path: Path) -> None:
    """What the author wrote is text, whatever it looks like."""
    metadata = Metadata(title="<script>alert(1)</script>")
    text = load_theme(tmp_path).fill("title.xhtml", **names(SCREEN) | {"metadata": metadata})
    assert "<script>" not in text


def test_a_template_of_the_book_wins_and_may_extend_ours(tmp_path: Path) -> None:
    """A book changes one block and keeps the rest."""
    theme = own(
        tmp_path,
        "templates/unit.xhtml",
        '{% extends "default/unit.xhtml" %}{% block opener %}<h1 id="{{ unit.anchor }}">Mine</h1>{% endblock %}',
    )
    root = etree.fromstring(theme.fill("unit.xhtml", **names(SCREEN)).encode())
    assert root.findtext(".//{*}h1") == "Mine"
    assert root.findtext(".//{*}section/{*}p") == "Stop."


def test_a_base_of_the_book_changes_all_our_templates(tmp_path: Path) -> None:
    """Ours extend the base by its plain name, so a book's base is in all of them."""
    theme = own(
        tmp_path,
        "templates/base.xhtml",
        '{% extends "default/base.xhtml" %}{% block html_attributes %} dir="ltr"{% endblock %}',
    )
    assert 'dir="ltr"' in theme.fill("cover.xhtml", **names(SCREEN))


def test_a_style_sheet_of_the_book_is_added_after_ours(tmp_path: Path) -> None:
    """The last rule wins in CSS, so the book's own comes last."""
    ours = load_theme(tmp_path).stylesheet("epub.css")
    assert own(tmp_path, "styles/epub.css", "p{color:red}").stylesheet("epub.css") == ours + "\np{color:red}"


def test_a_style_sheet_of_the_book_alone_is_found(tmp_path: Path) -> None:
    """A name that we do not have is the book's own, and one that nobody has is an error."""
    assert own(tmp_path, "styles/more.css", "p{}").stylesheet("more.css") == "p{}"
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path).stylesheet("less.css")
    assert finding(problem).code == "T002"


def test_everything_that_is_read_is_listed(tmp_path: Path) -> None:
    """The build id covers templates, style sheets and fonts, ours and the book's own, in one order."""
    theme = own(tmp_path, "styles/epub.css", "p{}")
    listed = list(theme.files())
    assert listed == sorted(listed)
    assert theme.files()["own/styles/epub.css"] == b"p{}"
    assert {"default/templates/unit.xhtml", "default/styles/fonts/Iosevka-Regular.ttf"} <= set(listed)


def test_what_editors_leave_behind_is_not_read(tmp_path: Path) -> None:
    """A backup or a hidden file does not make another book."""
    before = dict(load_theme(tmp_path).files())
    for name in ("templates/unit.xhtml~", "templates/.unit.xhtml", "styles/.git/a.css", "styles/NOTES.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert load_theme(tmp_path).files() == before


def test_the_fonts_of_the_theme_are_files(tmp_path: Path) -> None:
    """What needs a path gets one that exists; a font of the book's own is among them."""
    theme = own(tmp_path, "styles/fonts/Mine.ttf", "no font")
    assert all(path.is_file() for path in theme.font_files())
    assert theme.path("styles/fonts/Mine.ttf") == tmp_path.resolve() / "styles/fonts/Mine.ttf"
    assert theme.read("styles/fonts/Mine.ttf") == b"no font"


def test_a_theme_can_be_sent_to_another_process(tmp_path: Path) -> None:
    """Units may be set in processes of their own."""
    theme = load_theme(tmp_path)
    theme.fill("title.xhtml", **names(PAPER))
    assert pickle.loads(pickle.dumps(theme)).content == theme.content


def test_in_a_wheel_the_theme_lies_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed press finds its templates without a checkout."""
    folder = tmp_path / "site" / "compositor" / "_theme" / "templates"
    folder.mkdir(parents=True)
    (folder / "title.xhtml").write_text("from the wheel")
    monkeypatch.setattr(theme_module, "__file__", str(tmp_path / "site" / "compositor" / "theme.py"))
    assert load_theme(tmp_path / "book").fill("title.xhtml") == "from the wheel"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("\n{% if %}", "T005", 2),
        ("\n\n{% block a %}", "T005", 3),
        ('\n{% include "foot.xhtml" %}', "T006", 2),
        ("\n\n{{ titel }}", "T007", 3),
        ("\n{{ metadata.titel }}", "T007", 2),
        ("\n{{ cycler.__init__.__globals__ }}", "T008", 2),
        ("\n{{ book.units.append(1) }}", "T007", 2),
        ('{% extends "title.xhtml" %}', "T009", 1),
        ("\n{{ metadata.title + 1 }}", "T010", 2),
        ("\n{{ 1 / 0 }}", "T010", 2),
    ],
)
def test_a_faulty_template_is_a_finding_with_its_line(text: str, code: str, line: int, tmp_path: Path) -> None:
    """Whatever is wrong with a template, its file and line are named, and there is no traceback."""
    theme = own(tmp_path, "templates/title.xhtml", text)
    with pytest.raises(BookError) as problem:
        theme.fill("title.xhtml", **names(PAPER))
    found = finding(problem)
    assert (found.code, str(found.place)) == (code, f"templates/title.xhtml:{line}")


def test_a_misspelt_name_is_guessed(tmp_path: Path) -> None:
    """The remedy proposes the nearest name that there is."""
    theme = own(tmp_path, "templates/title.xhtml", "{{ metadata.subtitel }}")
    with pytest.raises(BookError) as problem:
        theme.fill("title.xhtml", **names(PAPER))
    assert finding(problem).helps == ('did you mean "subtitle"?',)


def test_a_template_that_is_not_utf_8_is_a_finding_with_its_line(tmp_path: Path) -> None:
    """The line of the first wrong byte is named."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "title.xhtml").write_bytes(b"<p>\nK\xf6ln</p>")
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path)
    assert (finding(problem).code, str(finding(problem).place)) == ("T004", "templates/title.xhtml:2")


def test_nothing_outside_the_books_folder_is_read(tmp_path: Path) -> None:
    """A link that leads out of the folder is refused."""
    (tmp_path / "secret.css").write_text("x")
    (tmp_path / "book" / "styles").mkdir(parents=True)
    (tmp_path / "book" / "styles" / "epub.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path / "book")
    assert finding(problem).code == "T003"


def test_a_theme_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    """There is one theme, and book.toml may name no other."""
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path, "loud")
    assert finding(problem).code == "T001"


def test_settings_become_custom_properties(tmp_path: Path) -> None:
    """What a book sets stands in one rule, after the style sheets."""
    theme = own(tmp_path, "styles/epub.css", ":root{ --width: 7in; --ink: #000 }")
    assert theme.properties({"width": "6in", "ink": "#111"}) == ":root{--width:6in;--ink:#111;}"
    assert theme.properties({}) == ""
    assert theme.value("width", {}, "1in") == "7in"
    assert theme.value("width", {"width": "6in"}, "1in") == "6in"
    assert theme.value("nothing", {}, "1in") == "1in"


def test_an_unknown_property_is_guessed(tmp_path: Path) -> None:
    """The remedy proposes the nearest property that a style sheet declares."""
    theme = own(tmp_path, "styles/epub.css", ":root{ --page-height: 7in }")
    with pytest.raises(BookError) as problem:
        theme.properties({"page-hight": "6in"})
    assert (finding(problem).code, finding(problem).helps) == ("T011", ('did you mean "page-height"?',))


@pytest.mark.parametrize(
    "value", ["", " ", "red;", "red}p{", "</style>", "url(http://x)", "calc(1in", '"a', "a/**/b", "@import", "\\7d"]
)
def test_a_property_is_one_value_and_nothing_more(value: str, tmp_path: Path) -> None:
    """No setting can end its rule, fetch anything, or leave a bracket open."""
    with pytest.raises(BookError) as problem:
        own(tmp_path, "styles/epub.css", ":root{ --ink: #000 }").properties({"ink": value})
    assert finding(problem).code == "T012"


def test_the_ornament_is_the_digest_of_the_title() -> None:
    """The same title has the same squares everywhere, another title has others."""
    assert tints("Aurora", 8) == (0.08, 0.3, 0.3, 0.16, 0.08, 0.16, 0.3, 0.16)
    assert tints("Aurora", 96) == tints("Aurora", 200)[:96]
    assert tints("Aurora", 96) != tints("Aurora ", 96)


def test_the_ornament_is_drawn_by_attributes_alone() -> None:
    """Flat colours, no style, no variable: what draws SVG in a PDF understands it; and nobody hears it."""
    root = etree.fromstring(ornament("Aurora", CHAPTER, "#0a5a66").encode())
    assert (root.get("aria-hidden"), root.get("role")) == ("true", "presentation")
    assert not {name for element in root.iter() for name in element.attrib} & {"style", "class"} - {"class"}
    assert {path.get("fill") for path in root} <= {mixed("#0a5a66", tint) for tint in (0.08, 0.16, 0.3, 0.55, 1)}
    assert sum((path.get("d") or "").count("M") for path in root) == CHAPTER.columns * CHAPTER.rows


def test_on_a_screen_the_ornament_has_the_colour_of_the_text() -> None:
    """A reader may choose any ground, so no colour of ours is used."""
    assert "currentColor" in ornament_of_book(BOOK_OF_ONE.metadata, SCREEN, "#0a5a66")
    assert "currentColor" not in ornament_of_book(BOOK_OF_ONE.metadata, PAPER, "#0a5a66")


def test_a_section_has_a_thinner_strip_than_a_chapter() -> None:
    """The strip tells the openers apart."""
    strips = [ornament_of_unit(replace(UNIT, role=role), PAPER, "#000000") for role in (Role.CHAPTER, Role.SECTION)]
    chapter, section = (etree.fromstring(strip.encode()).get("height") for strip in strips)
    assert (chapter, section) == ("14pt", "7pt")


def test_a_colour_that_cannot_be_mixed_is_made_transparent() -> None:
    """A colour by name or function is taken as it is, and cannot break out of its attribute."""
    assert 'fill="teal" fill-opacity="0.08"' in ornament("Aurora", BOOK, "teal")
    assert '"><script>' not in ornament("Aurora", BOOK, '"><script>')
