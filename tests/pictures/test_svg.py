"""Drawings prepared for a book: what is removed, what is rewritten, what stays unchanged, and every word."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from lxml import etree

from compositor.pictures.svg import Drawing, drawing
from compositor.pictures.svg.words import words, words_seen

EXPORTS = sorted((Path(__file__).parent / "exports").glob("*.svg"))
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 100 100" width="100" height="100">'
)
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Er"
    "kJggg=="
)


def svg(inside: str) -> bytes:
    """Return a drawing that contains this."""
    return f"{HEAD}{inside}</svg>".encode()


def html(inside: str, style: str = "", size: str = 'width="90" height="90"') -> bytes:
    """Return a drawing with a label in HTML."""
    body = f'<div xmlns="http://www.w3.org/1999/xhtml" style="{style}">{inside}</div>'
    return svg(f"<foreignObject {size}>{body}</foreignObject>")


def texts(found: Drawing) -> list[str]:
    """Return the lines of text in a drawing."""
    root = etree.fromstring(found.data)
    return ["".join(map(str, text.itertext())) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def texts_of(data: bytes) -> list[etree._Element]:
    """Return the elements that hold the lines."""
    return [*etree.fromstring(drawing(data).data).iter("{http://www.w3.org/2000/svg}text")]


def style_of(element: etree._Element) -> dict[str, str]:
    """Return the `style` of an element, property by property."""
    parts = (part.partition(":") for part in element.get("style", "").split(";") if part)
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("inside", [
    '<rect width="9" height="9" fill="red" style="stroke:#123"/><text font-family="sans-serif">a</text>',
    "<style>.a{fill:red} /* a comment */ rect { stroke : blue }</style><rect class='a'/>",
    '<defs><g id="a"/></defs><use xlink:href="#a"/><a href="https://example.org/"><text>a</text></a>',
    f'<image width="9" height="9" href="{PNG}"/><rect fill="url(#a)"/>',
    '<style>@font-face{font-family:X;src:url(data:font/woff2;base64,AAAA)}</style><text font-family="X">a</text>',
    "<!-- Creator: a program, version 2 from http://example.org/home/x --><metadata>CC-BY</metadata>",
    '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/><!-- a comment -->',
])  # fmt: skip
def test_a_drawing_that_needs_nothing_keeps_its_bytes(inside: str) -> None:
    """Not even the spaces of its style sheet change."""
    data = svg(inside)
    assert drawing(data) == Drawing(data)


@pytest.mark.parametrize(("inside", "gone", "what"), [
    ("<script>alert(1)</script>", b"alert", "a program"),
    ('<rect onclick="x()"/>', b"onclick", "a program (onclick)"),
    ('<rect ONLOAD="x()"/>', b"ONLOAD", "a program (ONLOAD)"),
    ('<a xlink:href="java\nscript:alert(1)"><rect/></a>', b"alert", 'a link to "javascript:alert(1)"'),
    ('<a href="other.html"><rect/></a>', b"other", 'a link to "other.html"'),
    ('<image href="http://example.org/a.png"/>', b"example.org", '"http://example.org/a.png" from outside'),
    ('<image href="a.png"/>', b"a.png", '"a.png" from outside'),
    ('<use href="../secret.svg#a"/>', b"secret", '"../secret.svg#a" from outside'),
    ('<rect fill="url(http://example.org/a.svg#b)"/>', b"example", '"http://example.org/a.svg#b" from outside (fill)'),
    ('<rect style="fill:u\\72l(//example.org/b)"/>', b"example", '"//example.org/b" from outside (fill)'),
    ('<style>@import "a.css";</style>', b"a.css", 'a style sheet from outside, "a.css"'),
    ("<style>@im\\70ort url(a.css);</style>", b"a.css", 'a style sheet from outside, "url(a.css)"'),
    ("<style>rect{mask:url('x.svg#a')}</style>", b"x.svg", '"x.svg#a" from outside (mask)'),
    ("<style>@media print{rect{mask:url(x.svg#a)}}</style>", b"x.svg", '"x.svg#a" from outside (mask)'),
    ("<style>@font-face{font-family:X;src:url(//e.org/x)}</style>", b"e.org", 'a font from outside, "//e.org/x"'),
    ('<rect><animate attributeName="x" to="9"/></rect>', b"animate", "a movement"),
    ('<a><set attributeName="href" to="javascript:a"/></a>', b"javascript", "a movement"),
    ('<html:script xmlns:html="http://www.w3.org/1999/xhtml">a()</html:script>', b"a()", "a program"),
    ('<rect style="behavior:url(#x)"/>', b"behavior", "a program in a style (behavior)"),
    ('<iframe xmlns="http://www.w3.org/1999/xhtml" src="a"/>', b"iframe", "an element <iframe>"),
    ('<image width="9" href="data:image/png;base64,AAAA"/>', b"AAAA", "a picture that is broken"),
    ("<video/>", b"video", "an element <video>"),
])  # fmt: skip
def test_what_a_book_may_not_hold_is_left_out_and_told(inside: str, gone: bytes, what: str) -> None:
    """It is removed from elements, attributes, sheets and addresses, however it is written."""
    found = drawing(svg(inside))
    assert [(one.kind, one.what) for one in found.changes] == [("left out", what)]
    assert gone not in found.data
    assert drawing(found.data) == Drawing(found.data)


def test_a_font_in_a_drawing_says_its_width_in_words() -> None:
    """A percentage there is unknown to the library that makes the PDF, and is the usual width."""
    face = "@font-face{font-family:X;font-stretch:100%;src:url(data:font/woff2;base64,AA)}"
    found = drawing(svg(f"<style>{face}</style>"))
    assert b"font-family:X" in found.data and b"font-stretch" not in found.data


def test_what_stands_above_a_drawing_is_left_out() -> None:
    """This covers a style sheet link, an external DOCTYPE, and an encoding that no EPUB may have."""
    for above in ('<?xml-stylesheet href="http://example.org/a.css"?>', '<!DOCTYPE svg SYSTEM "http://example.org/a">'):
        found = drawing(above.encode() + svg("<rect/>"))
        assert not found.fault
        assert b"example.org" not in found.data
    latin = f'<?xml version="1.0" encoding="iso-8859-1"?>{HEAD}<text>Gr\xf6\xdfe</text></svg>'.encode("latin-1")
    assert "Größe".encode() in drawing(latin).data


def test_nothing_of_the_machine_that_drew_stays() -> None:
    """Paths and names that Inkscape and draw.io keep in attributes are removed."""
    for name in ("inkscape", "drawio"):
        data = (Path(__file__).parent / "exports" / f"{name}.svg").read_bytes()
        assert b"/home/ada" in data
        assert b"/home/ada" not in drawing(data).data


def test_ids_are_names_each_of_which_there_is_once() -> None:
    """References to an id change with it; of two equal ids, the first is the target."""
    rules = "<style>#\\31 a{fill:red} rect{mask:url(#1a)}</style>"
    twice = '<g id="b"/><g id="b"/><pattern id="a:b"/><rect fill="url(#a:b)"/>'
    found = drawing(svg(f'{rules}<g id="1a"/>{twice}<use href="#1a"/>'))
    root = etree.fromstring(found.data)
    assert [element.get("id") for element in root.iter() if element.get("id")] == ["id-1a", "b", "id-a-b"]
    assert b"#id-1a{fill:red}" in found.data
    assert b"mask:url(#id-1a)" in found.data
    assert b'href="#id-1a"' in found.data
    assert b'fill="url(#id-a-b)"' in found.data


def test_a_drawing_within_a_drawing_is_cleaned_too() -> None:
    """The inner drawing is in a data URL, with or without base64."""
    inner = "%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cscript%3Ea()%3C/script%3E%3C/svg%3E"
    found = drawing(svg(f'<image href="data:image/svg+xml,{inner}"/>'))
    assert [one.what for one in found.changes] == ["a program"]
    assert b"script" not in found.data


def test_addresses_of_the_page_that_it_stood_in_become_its_own() -> None:
    """A drawing exported from a web page has that page's address before each `#`."""
    found = drawing(svg('<linearGradient id="a"/><rect fill="url(http://localhost/page#a)"/><use href="page.html#a"/>'))
    assert b'fill="url(#a)"' in found.data
    assert b'href="#a"' in found.data
    assert not found.changes


@pytest.mark.parametrize(("text", "shown"), [
    (f"{HEAD}<text>a&nbsp;b &copy; c & d</text></svg>", "a\xa0b © c & d"),
    (f"{HEAD[:4]} viewBox='0 0 9 9'><text>no namespace</text></svg>", "no namespace"),
    ("<svg xmlns='http://www.w3.org/2000/svg'><text>a prefix<tspan xlink:href='#a'/></text></svg>", "a prefix"),
    (f"\n\n<?xml version='1.0'?>{HEAD}<text>late</text></svg>", "late"),
    ('<!DOCTYPE svg [<!ENTITY a "own">]>' + f"{HEAD}<text>its &a;</text></svg>", "its own"),
])  # fmt: skip
def test_what_can_be_understood_is_mended(text: str, shown: str) -> None:
    """Entities, a missing namespace, and text before the beginning are repaired."""
    assert texts(drawing(text.encode())) == [shown]


def test_html_that_is_not_closed_is_mended() -> None:
    """Browsers serialise `<br>` unclosed when they export a label."""
    assert texts(drawing(html("<p>one<br>two</p>", "white-space:nowrap"))) == ["one", "two"]


@pytest.mark.parametrize("text", [
    "<svg", "<html/>", "", "no drawing",
    '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + f"{HEAD}<text>&a;</text></svg>",
    '<!DOCTYPE svg [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + f"{HEAD}<text>&a;</text></svg>",
    f'{HEAD}<rect style="x:{"1" * 5000}"/></svg>',
    f"{HEAD}<style>{'[a] b{fill:var(--x)}' * 3000}</style>{'<rect/>' * 3000}</svg>",
    HEAD + "<g>" * 300 + "</g>" * 300 + "</svg>",
    f"{HEAD}<style>:root{{--a:{'(' * 4000}{')' * 4000}}} rect{{fill:var(--a)}}</style><rect/></svg>",
])  # fmt: skip
def test_what_cannot_be_understood_has_a_fault(text: str) -> None:
    """Nothing is fetched, nothing loops, and nothing is nested too deeply."""
    assert drawing(text.encode()).fault


def test_what_grows_without_end_is_bounded() -> None:
    """Doubling entities, `use`, patterns in classes and variables together take only a moment."""
    start = time.process_time()
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    assert drawing(f'<!DOCTYPE svg [<!ENTITY a0 "ha">{laughs}]>{HEAD}<text>&a11;</text></svg>'.encode()).fault
    ten = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
    found = drawing(svg(f'<defs><g id="a0"><rect/></g>{ten}</defs><use href="#a8"/>'))
    assert "endless repetitions of \"a7\"" in {one.what for one in found.changes}
    many = "".join(f'<pattern id="p{n}">' + f'<rect class="c{n - 1}"/>' * 10 + "</pattern>" for n in range(1, 9))
    rules = "".join(f".c{n}{{fill:url(#p{n})}}" for n in range(1, 9))
    found = drawing(svg(f'<style>{rules}</style>{many}<rect class="c8"/>'))
    assert {one.kind for one in found.changes} == {"left out"}
    doubled = "".join(f"--a{n}:var(--a{n - 1}) var(--a{n - 1});" for n in range(1, 40))
    assert len(drawing(svg(f"<style>:root{{--a0:red;{doubled}}} rect{{fill:var(--a39)}}</style><rect/>")).data) < 1000
    assert time.process_time() - start < 20


@pytest.mark.parametrize(("inside", "gone"), [
    ('<rect opacity="much"/>', "much"), ('<path stroke-miterlimit="x"/>', "miter"),
    ('<g transform="rotate()"/>', "rotate"), ('<g transform="matrix(1 2)"/>', "matrix"),
    ('<text rotate="a">t</text>', "rotate"), ('<stop offset="x"/>', "offset"),
    ('<text font-size="calc(1em + 2px)">t</text>', "calc"), ('<text style="font-size:1e9px">t</text>', "1e9"),
    ('<text font-style="foo">t</text>', "foo"), ('<marker orient="x"/>', "orient"), ('<svg viewBox="a b c d"/>', "a b"),
])  # fmt: skip
def test_a_number_that_is_none_is_left_out(inside: str, gone: str) -> None:
    """WeasyPrint would reject the whole drawing because of it."""
    assert gone not in drawing(svg(inside)).data.decode()


@pytest.mark.parametrize("inside", [
    '<g transform="translate(1.5,-2e-3) rotate(45 1 2),scale(.5)"/>', '<g transform="matrix(1 0 0-1 0.5 2)"/>',
    '<text rotate="10, 20 30" opacity="50%" font-size="1.2em" font-weight="600">t</text>', '<stop offset="50%"/>',
    '<marker orient="auto-start-reverse"/><svg viewBox="-1,-2 3e2 4"/>', '<text font-size="medium" opacity="0"/>',
])  # fmt: skip
def test_a_number_stays(inside: str) -> None:
    """Every valid way to write a number is accepted."""
    assert len(drawing(svg(inside)).data) >= len(svg(inside)) - 4


def test_what_refers_to_itself_is_left_out() -> None:
    """A group that shows itself, and a mask that masks itself, are removed."""
    found = drawing(svg('<g id="a"><use href="#a"/></g><mask id="m"><rect mask="url(#m)"/></mask>'))
    assert [one.what for one in found.changes] == [f'endless repetitions of "{name}"' for name in ("a", "m")]


@pytest.mark.parametrize(("written", "said"), [
    ("bold 16px sans-serif", ("normal", "bold", "16px", "normal", "sans-serif")),
    ('italic small-caps 600 1.2em/1.5 "A B", serif', ("italic", "600", "1.2em", "1.5", '"A B", serif')),
    ("12pt/14pt Georgia", ("normal", "normal", "12pt", "14pt", "Georgia")),
    ("large monospace", ("normal", "normal", "18px", "normal", "monospace")),
    ("menu", ("normal", "normal", "13px", "normal", "sans-serif")),
])  # fmt: skip
def test_the_shorthand_of_fonts_is_written_in_its_parts(written: str, said: tuple[str, ...]) -> None:
    """This works in a `style` attribute, and in a rule of a style sheet."""
    names = ("font-style", "font-weight", "font-size", "line-height", "font-family")
    wanted = dict(zip(names, said, strict=True))
    (text,) = texts_of(svg(f"<text style='font:{written}'>a</text>"))
    assert style_of(text) == wanted
    found = drawing(svg(f"<style>text{{font:{written}}}</style><text>a</text>")).data.decode()
    assert all(f"{name}:{value}" in found for name, value in wanted.items())


@pytest.mark.parametrize(("rules", "colour"), [
    (":root{--c:red} rect{fill:var(--c)}", "red"),
    (":root{--d:red;--c:var(--d)} rect{fill:var(--c)}", "red"),
    ("rect{fill:var(--none, green)}", "green"),
    ("rect{fill:var(--none, var(--also, blue))}", "blue"),
    (":root{--c:red} #r{--c:navy} rect{fill:var(--c)}", "navy"),
    (":root{--c:red} rect{fill:var(--c)} #r{fill:var(--none, teal)}", "teal"),
    (":root{--c:red} rect{fill:var(--c) !important} #r{fill:teal}", "red !important"),
    (":root{--r:255} rect{fill:rgb(var(--r),0,0)}", "rgb(255,0,0)"),
])  # fmt: skip
def test_variables_are_what_they_come_to(rules: str, colour: str) -> None:
    """The cascade decides: the more specific, more important or nearer rule wins."""
    root = etree.fromstring(drawing(svg(f'<style>{rules}</style><rect id="r"/>')).data)
    (rect,) = root.iter("{http://www.w3.org/2000/svg}rect")
    assert style_of(rect) == {"fill": colour}
    assert b"var(" not in etree.tostring(root)


def test_a_plain_rule_still_wins_over_a_variable() -> None:
    """If a plain rule wins, the variable is not resolved, and nothing is written for it."""
    found = drawing(svg('<style>:root{--c:red} rect{fill:var(--c)} #r{fill:teal}</style><rect id="r"/>'))
    assert b"red" not in found.data.partition(b"<rect")[2]


def test_a_drawing_for_light_and_dark_screens_is_the_one_for_paper() -> None:
    """draw.io writes both colours of everything."""
    found = drawing(svg('<rect fill="#fff" style="fill: light-dark(rgb(1, 2, 3), var(--x, #000))"/>'))
    assert b'style="fill:rgb(1, 2, 3)"' in found.data


def test_a_colour_that_is_none_is_left_to_what_is_inherited() -> None:
    """WeasyPrint would paint it black."""
    assert b"nocolour" not in drawing(svg('<g fill="red"><rect fill="nocolour"/></g>')).data


@pytest.mark.parametrize(("inside", "lines"), [
    ("<p>one</p><p>two</p>", ["one", "two"]),
    ("one<br/>two", ["one", "two"]),
    ("<div>one</div>two", ["one", "two"]),
    ("<span>one <b>bold</b></span> <i>two</i>", ["one bold two"]),
    ("<ul><li>a</li><li>b</li></ul>", ["• a", "• b"]),
    ("<ol><li>a</li><li>b</li></ol>", ["1. a", "2. b"]),
    ("<ul><li><p>a</p><ol style='padding:0'><li>b</li></ol></li></ul>", ["• a", "1. b"]),
    ("<pre>def f():\n    pass</pre>", ["def f():", "    pass"]),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", ["a  b", "c  d"]),
    ("words that are much wider than their box", ["words that", "are much", "wider than", "their box"]),
    ("中文的字可以在任何地方断开", ["中文的字可", "以在任何地", "方断开"]),
    ("a<span style='display:none'>hidden</span>b", ["ab"]),
    ("", []),
])  # fmt: skip
def test_the_lines_of_a_label_are_those_of_its_html(inside: str, lines: list[str]) -> None:
    """Blocks and breaks end a line, and text too wide for the box is broken."""
    found = drawing(html(inside))
    assert texts(found) == lines
    assert [one.kind for one in found.changes] == (["labels"] if lines else [])
    assert b"foreignObject" not in found.data


def test_what_may_not_be_broken_is_not() -> None:
    """Mermaid uses `white-space: nowrap` for this."""
    long = "words that are much wider than their box"
    assert texts(drawing(html(long, "white-space:nowrap"))) == [long]


def test_the_look_of_a_label_is_kept() -> None:
    """Size, weight, slant, colour and family come from classes, attributes and tags."""
    rules = "<style>.n{color:#900;font:italic 20px Georgia}</style>"
    body = '<div xmlns="http://www.w3.org/1999/xhtml" class="n">a<b style="font-size:50%"> b</b></div>'
    (text,) = texts_of(svg(f'{rules}<foreignObject width="90" height="90">{body}</foreignObject>'))
    told = style_of(text)
    assert (told["fill"], told["font-style"], told["font-size"]) == ("#900", "italic", "20px")
    assert told["font-family"] == "Georgia"
    assert style_of(text[1]) == {"font-size": "10px", "font-weight": "bold"}


@pytest.mark.parametrize(("style", "x", "anchor"), [
    ("text-align:left", "0", "start"), ("text-align:center", "45", "middle"), ("text-align:right", "90", "end"),
    ("display:flex;justify-content:unsafe center", "45", "middle"), ("margin-left:10px", "10", "start"),
])  # fmt: skip
def test_a_label_stands_where_its_html_does(style: str, x: str, anchor: str) -> None:
    """The label is centred across its box."""
    (text,) = texts_of(html("<span>word</span>", style))
    assert (text.get("x"), style_of(text)["text-anchor"]) == (x, anchor)


def test_a_label_in_the_middle_of_its_box_is_in_the_middle() -> None:
    """draw.io puts a flex box with a height of one unit at the middle."""
    style = "display:flex;align-items:unsafe center;justify-content:unsafe center;width:80px;height:1px"
    style += ";padding-top:40px"
    inner = '<div style="display:inline-block;font-size:10px">a<br/>b</div>'
    inner = f'<div style="font-size:0;text-align:center">{inner}</div>'
    one, two = texts_of(html(inner, style, 'width="100%" height="100%"'))
    assert (one.get("x"), two.get("x")) == ("40", "40")
    assert float(one.get("y", "")) + float(two.get("y", "")) == pytest.approx(2 * (40.5 + 3.5))


def test_what_hides_or_moves_a_label_stays() -> None:
    """The property applies to the whole piece of HTML."""
    told = 'transform="rotate(9)" style="opacity:.5;overflow:visible"'
    found = drawing(html("word", size=f'width="90" height="20" {told}'))
    assert b'<g transform="rotate(9)" style="opacity:.5"><text' in found.data


@pytest.mark.parametrize(("height", "y"), [("40", 20 + 3.5), ("100", 50 + 3.5)])
def test_a_label_in_the_cell_of_a_table_stands_in_its_middle(height: str, y: float) -> None:
    """Mermaid's journeys and timelines have such labels."""
    cell = '<div style="display:table-cell;text-align:center;vertical-align:middle;font-size:10px">word</div>'
    (text,) = texts_of(html(cell, "display:table;height:100%;width:100%", f'width="90" height="{height}"'))
    assert text.get("x") == "45"
    assert float(text.get("y", "")) == pytest.approx(y)


def test_the_ground_of_a_label_is_kept() -> None:
    """A label over a line would be unreadable without its background."""
    found = drawing(html("<p style='margin:0'>yes</p>", "background-color:rgb(255, 255, 255)"))
    assert b'style="fill:rgb(255, 255, 255);stroke:none"' in found.data


@pytest.mark.parametrize(("branches", "shown"), [
    ('<text systemLanguage="de">eins</text><text>one</text>', ["one"]),
    ('<text systemLanguage="de">eins</text><text systemLanguage="fr">un</text>', ["eins"]),
    ('<text requiredExtensions="http://example.org/x">no</text><text>yes</text>', ["yes"]),
    ('<g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/><text>cannot display</text>', []),
])  # fmt: skip
def test_of_a_switch_one_branch_is_left(branches: str, shown: list[str]) -> None:
    """The first branch whose conditions are true is kept; text in any language is better than none."""
    assert texts(drawing(svg(f"<switch>{branches}</switch>"))) == shown


def test_flowed_text_is_set() -> None:
    """Older versions of Inkscape write flowed text, which no other program shows."""
    region = '<flowRegion><rect x="5" width="60" height="50"/></flowRegion>'
    flowed = f'<flowRoot style="fill:red">{region}<flowPara>All of it</flowPara></flowRoot>'
    assert " ".join(texts(drawing(svg(flowed)))) == "All of it"


def test_the_size_of_a_drawing_is_the_one_that_it_says() -> None:
    """Mermaid states the size as its maximum width."""
    data = b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" style="max-width: 240px;" viewBox="0 0 240 100"/>'
    root = etree.fromstring(drawing(data).data)
    assert (root.get("width"), root.get("height")) == ("240", "100")


def test_a_dark_ground_is_painted() -> None:
    """Light letters on it would be lost; a white background needs nothing."""
    head = HEAD.replace("<svg", '<svg style="background: {}"')
    dark = drawing((head.format("#222") + '<text fill="white">a</text></svg>').encode())
    assert b'<rect x="0" y="0" width="100" height="100" style="fill:#222;stroke:none"/>' in dark.data
    white = (head.format("#FFFFFF") + "<rect/></svg>").encode()
    assert drawing(white).data == white


@pytest.mark.parametrize(("inside", "what"), [
    ('<filter id="f"><feGaussianBlur/></filter><rect filter="url(#f)"/>', "a filter"),
    ("<style>.s{filter:drop-shadow(1px 1px 2px #000)}</style><rect class='s'/>", "a filter"),
    ('<path id="p" d="M0 9h9"/><text><textPath href="#p">a</textPath></text>', "words along a line (textPath)"),
    ('<rect style="mix-blend-mode:multiply"/>', "blended colours (mix-blend-mode)"),
    ('<text writing-mode="tb">a</text>', "words from top to bottom (writing-mode)"),
    ('<text paint-order="stroke" stroke="#fff">a</text>', "letters with a halo (paint-order)"),
])  # fmt: skip
def test_what_needs_dots_is_told_and_stays(inside: str, what: str) -> None:
    """The bytes stay, because a screen draws the filter."""
    data = svg(inside)
    found = drawing(data)
    assert found.data == data
    assert [(one.kind, one.what) for one in found.changes] == [("dots", what)]


def test_a_filter_that_nobody_uses_needs_none() -> None:
    """Mermaid defines shadows in every drawing."""
    assert not drawing(svg('<filter id="f"><feDropShadow/></filter><rect filter="url(#gone)"/>')).changes


@pytest.mark.parametrize("file", EXPORTS, ids=lambda file: file.stem)
def test_no_word_of_an_export_is_lost(file: Path) -> None:
    """Every word is still there, once and in order; HTML adds only bullets."""
    before, found = words(file.read_bytes()), drawing(file.read_bytes())
    after = [word for word in words(found.data) if word != "•"]
    assert "".join(before) == "".join(after)
    assert before
    assert drawing(found.data).data == found.data


@pytest.mark.parametrize("path", ["/home/ada/a.svg", "/Users/ada/a b.svg", r"C:\Users\ada\a.svg", "file:///srv/a.svg"])
def test_paths_of_the_machine_on_which_it_was_drawn_are_left_out(path: str) -> None:
    """Comments, metadata and attributes of programs that name a file are removed; the drawing looks the same."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"'
    text = f'<g i:export="{path}"><text>{path} is said</text></g>'
    data = f"<!-- {path} --><svg {names} width='9' height='9'><metadata>{path}</metadata><!-- {path} -->{text}</svg>"
    made = drawing(data.encode()).data.decode()
    assert made.count(path) == 1
    assert f"<text>{path} is said</text>" in made


def changes(found: Drawing) -> list[str]:
    """Return what is removed from a drawing."""
    return [change.what for change in found.of("left out")]


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ('<filter id="a"><feTurbulence baseFrequency="1" numOctaves="99999"/></filter>', 'numOctaves="10"'),
        ('<filter id="a"><feGaussianBlur stdDeviation="3, 1e9"/></filter>', 'stdDeviation="3 1000"'),
        ('<filter id="a"><feConvolveMatrix order="5000"/></filter>', 'order="20"'),
        ('<filter id="a"><feMorphology radius="99999"/></filter>', 'radius="200"'),
    ],
)
def test_a_filter_does_no_more_than_can_be_seen(inside: str, written: str) -> None:
    """Its numbers are limited, so that painting ends; nothing is reported, since nothing looks different."""
    found = drawing(svg(inside))
    assert written in found.data.decode()
    assert found.changes == ()


def test_the_steps_of_filters_are_bounded() -> None:
    """The steps beyond the limit are removed and reported."""
    found = drawing(svg(f'<filter id="a">{"<feOffset/>" * 150}</filter>'))
    assert found.data.count(b"feOffset") == 100
    assert set(changes(found)) == {"filter work beyond 100 steps"}


def test_a_text_without_end_is_left_out() -> None:
    """Such a line fits on no page; the words around it stay, and the checks do not expect it."""
    data = svg(f"<text>{'word ' * 3000}</text><text>short</text>")
    found = drawing(data)
    assert (texts(found), changes(found)) == (["short"], ["a text of over 10,000 letters"])
    assert words_seen(data) == words_seen(found.data) == ("short",)


@pytest.mark.parametrize("size", ['viewBox="0 0 1e-30 1e30"', 'viewBox="0 0 9 9" height="1e99"', 'width="nan"'])
def test_a_size_that_no_page_has_is_none(size: str) -> None:
    """The drawing then has its own size, or that of its column."""
    root = etree.fromstring(drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect/></svg>'.encode()).data)
    assert root.keys() == (["viewBox"] if "9 9" in size else [])
