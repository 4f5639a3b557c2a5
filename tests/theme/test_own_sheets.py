"""A book's own style sheets: forbidden parts are removed and reported with their line, and all else keeps its bytes."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from compositor.press import Timings, read_book
from compositor.theme import load_theme

GOOD = """@charset "utf-8";
@namespace svg url(http://www.w3.org/2000/svg);
/* @import "a.css"; url(http://example.org) */
@font-face { font-family: "Mine"; src: url("fonts/mine.woff2") format("woff2") }
:root { --a: 1pt; --b: calc(var(--a) * 2) }
@media screen and (min-width: 20em) { p { margin: var(--b) var(--b, 1pt); background: url(dots.svg) } }
p::after { content: "http://example.org"; background: url(data:image/png;base64,AAAA) }
li::after { background: url("data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%2F%3E{LONG}") }
""".replace("{LONG}", "%20" * 500)
DOTS = '<svg xmlns="http://www.w3.org/2000/svg"/>'
AWAY = [
    ("p { background: url(gone.svg) }", "gone.svg"),
    ("p { background: url('../01-one.md') }", "01-one.md"),
    ('@import "more.css";', "@import"),
    ("@import url(more.css) print;", "@import"),
    ("@\\69mport 'more.css';", "@import"),
    ("@IMPORT\n'more.css';", "@import"),
    ("@media print { @import 'more.css'; }", "@import"),
    ("p { background: url(http://example.org/a.png) }", "http://example.org/a.png"),
    ('p { background: url("https://example.org/a.png") }', "https://example.org/a.png"),
    ("p { background: URL( '//example.org/a.png' ) }", "//example.org/a.png"),
    ("p { background: url('\\\\/example.org/a.png') }", "\\/example.org/a.png"),
    ("p { background: u\\72l(http://example.org/a.png) }", "http://example.org/a.png"),
    ("p { background: url(h\\74tp://example.org/a.png) }", "http://example.org/a.png"),
    ("p { background: url(file:///etc/passwd) }", "file:///etc/passwd"),
    ("p { background: url('ja\\vascript:alert(1)') }", "alert"),
    ("p { background: url('java\\a script:alert(1)') }", "alert"),
    ("p { background: image-set('http://example.org/a.png' 1x) }", "example.org"),
    ("p { background: image-set(url(http://example.org/a.png) 1x) }", "example.org"),
    ("p { --a: 'http://example.org/a.png'; background: image-set(var(--a) 1x) }", "image-set(var"),
    ("p { background: -webkit-image-set(src('//example.org') 1x) }", "//example.org"),
    ("p { --where: url(//example.org/a.png) }", "//example.org/a.png"),
    ("@font-face { font-family: X; src: url(http://example.org/a.ttf) }", "example.org"),
    ("@media print { @supports (a: b) { p { list-style: url(http://example.org/a.png) } } }", "example.org"),
    ("p { width: expression(alert(1)) }", "expression"),
    ("p { width: ex\\70ression(alert(1)) }", "alert"),
    (f"p {{ width: {'calc(' * 3000}1px{')' * 3000} }}", "calc(" * 100),
    (f"p {'{ p ' * 3000}", "{ p " * 100),
    (f"p {{ width: {'(' * 3000}", "(" * 100),
    (f"p {{ width: {'9' * 5000}pt }}", "9" * 100),
    ("p { background: attr(href url) }", "attr("),
    ("p { counter-reset: a 0 b 99999999; }", "99999999"),
    ("@page { counter-increment: a -20000 }", "20000"),
    (f"p::before {{ content: '{'x' * 1001}' }}", "xxx"),
    (f"p::before {{ quotes: '{'x' * 600}' '{'y' * 600}' }}", "yyy"),
    (f"li {{ list-style: symbols('{'x' * 2000}') }}", "xxx"),
    (f":root {{ --a: '{'x' * 2000}' }}", "xxx"),
]


def told(folder: Path, name: str, text: str) -> tuple[str, list[str]]:
    """Return what is left of a book's style sheet, and the places where something was removed."""
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "styles" / name).write_text(text, encoding="utf-8")
    theme = load_theme(folder)
    left = theme.content[f"own/styles/{name}"].decode()
    assert {one.code for one in theme.unusable} <= {"T019"}
    return left, [str(one.place) for one in theme.unusable]


@pytest.mark.parametrize("name", ["print.css", "epub.css", "fonts.css", "pages/small.css"])
def test_a_style_sheet_with_nothing_wrong_keeps_its_bytes(tmp_path: Path, name: str) -> None:
    """Files beside it, data URLs, namespaces and words that only look like addresses stay."""
    folder = (tmp_path / "styles" / name).parent
    (folder / "fonts").mkdir(parents=True)
    for beside in ("fonts/mine.woff2", "dots.svg"):
        (folder / beside).write_text(DOTS, encoding="utf-8")
    assert told(tmp_path, name, GOOD) == (GOOD, [])


@pytest.mark.parametrize(("text", "gone"), AWAY)
def test_what_no_book_may_hold_is_left_out_and_told_with_its_line(tmp_path: Path, text: str, gone: str) -> None:
    """The rules around it stay as they were."""
    left, places = told(tmp_path, "epub.css", f"a {{ color: red }}\n{text}\nb {{ color: blue }}")
    assert gone not in left
    assert "a { color: red }\n" in left
    assert {place.rpartition(":")[0] for place in places} <= {"styles/epub.css:2", "styles/epub.css:3"}
    assert places
    assert load_theme(tmp_path).stylesheet("epub.css").endswith(left)


def test_properties_that_double_each_other_are_bounded(tmp_path: Path) -> None:
    """Forty doublings would make a million million words; small values stay."""
    doubling = "".join(f"--v{n}: var(--v{n - 1}) var(--v{n - 1});" for n in range(1, 40))
    start = time.perf_counter()
    text = f":root {{ --v0: red; {doubling} }}\np {{ color: var(--v39); margin: 0 }}"
    left, places = told(tmp_path, "print.css", text)
    assert time.perf_counter() - start < 5
    assert "--v3:" in left
    assert "--v39:" not in left
    assert "margin: 0" in left
    assert places[-1] == "styles/print.css:2:5"


def test_properties_that_stand_for_themselves_are_left_out(tmp_path: Path) -> None:
    """They do so directly or through each other, over two files; a chain that is merely long stays."""
    chain = "".join(f"--c{n}: var(--c{n - 1});" for n in range(1, 5000))
    told(tmp_path, "print.css", ":root { --a: var(--b); --s: x var(--s) }")
    text = f":root {{ --b: var(--a); --c0: 1pt; {chain} }} p {{ margin: var(--c4999) }}"
    left, places = told(tmp_path, "epub.css", text)
    assert len(places) == 3
    assert "--b" not in left
    assert "var(--c4999)" in left


def test_settings_that_grow_without_bounds_are_told(small_book: Path) -> None:
    """They grow through custom properties of the theme, and of the book's own style sheet."""
    (small_book / "styles").mkdir()
    names = [f"own-{chr(97 + n)}" for n in range(26)]
    (small_book / "styles" / "print.css").write_text(":root {" + "".join(f"--{one}: 1pt;" for one in names) + "}")
    lines = [f'{new} = "var(--{old}) var(--{old})"' for old, new in pairwise(names)]
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write("[style]\n" + "\n".join(lines) + "\n")
    found = read_book(small_book, Timings()).findings
    assert found
    assert {one.code for one in found} == {"T012"}
    assert "grows without limit" in found[0].message


def test_brackets_in_a_setting_are_bounded(small_book: Path) -> None:
    """Too many brackets are reported at their place, and nothing crashes."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[style]\ntext-size = "{"calc(" * 3000}11pt{")" * 3000}"\n')
    assert [one.code for one in read_book(small_book, Timings()).findings] == ["S012"]


def test_a_drawing_of_the_theme_is_cleaned(tmp_path: Path) -> None:
    """The drawing goes into the EPUB as it is read."""
    drawn = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>'
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "dots.svg").write_text(drawn, encoding="utf-8")
    theme = load_theme(tmp_path)
    assert b"script" not in theme.read("styles/dots.svg")
    assert [(one.code, one.place.file) for one in theme.unusable] == [("T019", "styles/dots.svg")]
