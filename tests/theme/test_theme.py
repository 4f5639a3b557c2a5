"""The theme: what a book may change in it, and the findings on errors."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from lxml import etree

from compositor.errors import BookError
from compositor.formats import PAPER, SCREEN
from compositor.model import Finding
from compositor.theme import EXPLANATIONS, Theme, load_theme
from compositor.theme import layers as layers_module
from tests.small_book import names


def own(folder: Path, name: str, text: str) -> Theme:
    """Return the theme of a book that has this one file of its own."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return load_theme(folder)


def finding(problem: pytest.ExceptionInfo[BookError]) -> Finding:
    """Return the only finding."""
    (found,) = problem.value.findings
    assert found.code in EXPLANATIONS
    assert found.helps
    return found


def test_a_template_of_the_book_wins_and_may_extend_ours(tmp_path: Path) -> None:
    """A book changes one block and keeps the rest."""
    theme = own(
        tmp_path,
        "templates/unit.xhtml",
        '{% extends "default/unit.xhtml" %}{% block opener %}<h1 id="{{ unit.key }}">Mine</h1>{% endblock %}',
    )
    root = etree.fromstring(theme.fill("unit.xhtml", **names(SCREEN)).encode())
    assert root.findtext(".//{*}h1") == "Mine"
    assert root.findtext(".//{*}section/{*}p") == "Stop."


def test_a_base_of_the_book_changes_all_our_templates(tmp_path: Path) -> None:
    """Our templates extend the base by its plain name, so a book's base applies to all of them."""
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
    """A name that we do not have is the book's own, and a name that nobody has is an error."""
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
    """A consumer that needs a path gets an existing one; a font of the book's own is included."""
    theme = own(tmp_path, "styles/fonts/Mine.ttf", "no font")
    assert all(path.is_file() for path in theme.font_files())
    assert theme.path("styles/fonts/Mine.ttf") == tmp_path.resolve() / "styles/fonts/Mine.ttf"
    assert theme.read("styles/fonts/Mine.ttf") == b"no font"


def test_a_theme_can_be_sent_to_another_process(tmp_path: Path) -> None:
    """Units may be set in processes of their own."""
    theme = load_theme(tmp_path)
    theme.fill("title.xhtml", **names(PAPER))
    assert pickle.loads(pickle.dumps(theme)).content == theme.content


def test_in_a_wheel_the_theme_lies_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed Compositor finds its templates without a checkout."""
    folder = tmp_path / "site" / "compositor" / "_theme" / "templates"
    folder.mkdir(parents=True)
    (folder / "title.xhtml").write_text("from the wheel")
    monkeypatch.setattr(layers_module, "__file__", str(tmp_path / "site" / "compositor" / "theme" / "layers.py"))
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
def test_a_faulty_template_is_a_finding_with_its_line(
    text: str, code: str, line: int, tmp_path: Path
) -> None:
    """A finding names the file and line of any template error, and there is no traceback."""
    theme = own(tmp_path, "templates/title.xhtml", text)
    with pytest.raises(BookError) as problem:
        theme.fill("title.xhtml", **names(PAPER))
    found = finding(problem)
    assert (found.code, str(found.place)) == (code, f"templates/title.xhtml:{line}")


def test_a_misspelt_name_is_guessed(tmp_path: Path) -> None:
    """The remedy proposes the nearest existing name."""
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


@pytest.mark.parametrize("secret", ["secret.css", "book/.git/config"])
def test_nothing_outside_the_books_folder_is_read(tmp_path: Path, secret: str) -> None:
    """A link that leads out of the folder is refused, and so is one into its repository."""
    (tmp_path / "book" / ".git").mkdir(parents=True)
    (tmp_path / secret).write_text("x")
    (tmp_path / "book" / "styles").mkdir()
    (tmp_path / "book" / "styles" / "epub.css").symlink_to(tmp_path / secret)
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path / "book")
    assert finding(problem).code == "T003"


def test_a_theme_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    """The nearest name is suggested; if there is none, all are named."""
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path, "plane")
    assert (finding(problem).code, finding(problem).helps) == ("T001", ('did you mean "plain"?',))
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path, "loud")
    assert finding(problem).helps == ("there are default, manual, plain",)


def test_a_theme_holds_what_it_changes_and_nothing_else(tmp_path: Path) -> None:
    """Another theme's style sheet follows the default's, and the default reads none of it."""
    plain, default = load_theme(tmp_path, "plain"), load_theme(tmp_path)
    assert plain.stylesheet("epub.css").startswith(default.stylesheet("epub.css") + "\n")
    assert plain.has("templates/unit.xhtml")
    assert not [name for name in default.files() if "plain" in name]
    assert set(default.files()) < set(plain.files())


def test_a_book_may_extend_the_templates_of_its_theme(tmp_path: Path) -> None:
    """If the theme has no such template, its name leads to the default's."""
    (tmp_path / "templates").mkdir()
    own = '{% extends "plain/copyright.xhtml" %}{% block title %}Mine{% endblock %}'
    (tmp_path / "templates" / "copyright.xhtml").write_text(own)
    assert "<title>Mine</title>" in load_theme(tmp_path, "plain").fill("copyright.xhtml", **names(PAPER))
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path).fill("copyright.xhtml", **names(PAPER))
    assert finding(problem).code == "T006"


def test_the_style_sheet_of_a_page_stands_between_the_theme_and_the_book(tmp_path: Path) -> None:
    """A known page size adds its margins; the book's settings override them."""
    theme = own(tmp_path, "styles/print.css", ":root{ --margin-top: 1in }")
    sheets = [text for text, _ in theme.print_sheets({"page-size": "6in  9IN"})]
    assert [text.startswith("/* 6 x 9 in") for text in sheets] == [False, False, True, False]
    values = theme.values({"page-size": "6in 9in", "hang": "0pt"})
    assert (values["margin-top"], values["margin-inner"], values["hang"]) == ("1in", "54pt", "0pt")
    assert load_theme(tmp_path, "plain").values({})["margin-inner"] == "95pt"


def test_a_book_may_bring_a_page_of_its_own(tmp_path: Path) -> None:
    """A sheet in the book's styles/pages/ is named after the size."""
    theme = own(tmp_path, "styles/pages/b5.css", ":root{ --margin-inner: 3cm }")
    assert theme.values({"page-size": "B5"})["margin-inner"] == "3cm"
    assert theme.values({})["margin-inner"] == "72pt"


def test_settings_become_custom_properties(tmp_path: Path) -> None:
    """One rule after the style sheets has the book's settings."""
    theme = own(tmp_path, "styles/epub.css", ":root{ --width: 7in; --ink: #000 }")
    assert theme.properties({"width": "6in", "ink": "#111"}) == ":root{--width:6in;--ink:#111;}"
    assert theme.properties({}) == ""
    assert theme.value("width", {}, "1in") == "7in"
    assert theme.value("width", {"width": "6in"}, "1in") == "6in"
    assert theme.value("nothing", {}, "1in") == "1in"


def test_a_property_may_stand_for_another(tmp_path: Path) -> None:
    """A property that is only `var()` of another one has that one's value, as the book sets it."""
    assert load_theme(tmp_path).values({"accent": "#123456"})["cover-ground"] == "#123456"
    assert load_theme(tmp_path, "plain").values({})["cover-ground"] == "#f4f4f4"


def test_an_unknown_property_is_guessed(tmp_path: Path) -> None:
    """The remedy proposes the nearest property that a style sheet declares."""
    theme = own(tmp_path, "styles/epub.css", ":root{ --page-height: 7in }")
    with pytest.raises(BookError) as problem:
        theme.properties({"page-hight": "6in"})
    assert (finding(problem).code, finding(problem).helps) == ("T011", ('did you mean "page-height"?',))


@pytest.mark.parametrize(
    "value",
    ["", " ", "red;", "red}p{", "</style>", "url(http://x)", "calc(1in", '"a', "a/**/b", "@import", "\\7d"],
)
def test_a_property_is_one_value_and_nothing_more(value: str, tmp_path: Path) -> None:
    """No setting can end its rule, fetch anything, or leave a bracket open."""
    with pytest.raises(BookError) as problem:
        own(tmp_path, "styles/epub.css", ":root{ --ink: #000 }").properties({"ink": value})
    assert finding(problem).code == "T012"


@pytest.mark.parametrize(
    ("theme", "style", "size"),
    [
        ("default", {}, 8.8),
        ("manual", {}, 9.2),
        ("manual", {"text-size": "21pt"}, 18.4),
        ("manual", {"table-size": "7pt"}, 7.0),
        ("default", {"table-size": "calc(var(--text-size) * 0.5)"}, 5.25),
    ],
)
def test_tables_are_measured_in_the_type_of_their_theme(
    theme: str, style: dict[str, str], size: float, tmp_path: Path
) -> None:
    """Columns that were measured in smaller type would be too narrow for their words."""
    assert load_theme(tmp_path, theme).table_size(style) == pytest.approx(size)
