"""Remedies of faults in templates, style sheets and pictures, which the EPUB shows, and in the cover."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image

from tests.box_fonts import font
from tests.faults import ALONG, LABEL, MOVING, drawn
from tests.finished import ROOT
from tests.remedies.cases import BOOK, SVG, Case, Files, chapter

GIF = MOVING.getvalue().decode("utf-8", "surrogateescape")
ALT = "{fig-alt=words}"
REVIEW = '[accessibility-review]\nby = "Ada"\ndate = 2026-11-20\n'
EXTENDS = '{% extends "default/unit.xhtml" %}\n{% block content %}{{ super() }}'


@cache
def picture(width: int, height: int, ending: str = "png") -> str:
    """Return a grey picture, as text in place of its bytes."""
    data = BytesIO()
    Image.new("L", (width, height)).save(data, {"jpg": "JPEG"}.get(ending, ending))
    return data.getvalue().decode("utf-8", "surrogateescape")


def template(code: str, before: str, remedy: str, after: str) -> Case:
    """Return a fault in the template of a unit, below the content of ours."""
    books = [chapter("Text.", **{"templates/unit.xhtml": f"{EXTENDS}{inside}{{% endblock %}}\n"})
             for inside in (before, after)]
    return Case(code, books[0], remedy, books[1])


def sheet(code: str, before: str, remedy: str, after: str, **others: str) -> Case:
    """Return a fault in the style sheet of the EPUB."""
    books = [chapter("Text.", **{"styles/epub.css": css}, **others) for css in (before, after)]
    return Case(code, books[0], remedy, books[1])


def drawing(code: str, before: str, remedy: str, after: str) -> Case:
    """Return a fault in a drawing with this content."""
    books = [chapter(f"![A.](c.svg){ALT}", **{"c.svg": drawn(inside)}) for inside in (before, after)]
    return Case(code, books[0], remedy, books[1])


def covered(code: str, before: tuple[str, str], remedy: str, after: tuple[str, str]) -> Case:
    """Return a fault of the cover: its name, and its content."""
    books = [_with_cover(*one) for one in (before, after)]
    return Case(code, books[0], remedy, books[1])


def _with_cover(name: str, data: str) -> Files:
    return chapter("Text.", **{"book.toml": f'{BOOK}cover = "{name}"\n' if name else BOOK, name or "_none": data})


def called(title: str, cover: str = "") -> Files:
    """Return a book with this title, and a cover of its own or none."""
    settings = BOOK.replace("Small", title) + ('slug = "a"\ncover = "c.jpg"\n' if cover else 'slug = "a"\n')
    return chapter("Text.", **{"book.toml": settings}, **({"c.jpg": cover} if cover else {}))


def set_in(fonts: list[str], named: list[str]) -> Files:
    """Return a book with these files of Compositor's fonts, which names them as its own."""
    data = {name: (ROOT / "styles/fonts" / name).read_bytes().decode("utf-8", "surrogateescape") for name in fonts}
    return chapter("Text.", **{"book.toml": f"{BOOK}[fonts]\ntext = {named}\n".replace("'", '"')}, **data)


SERIF = ["SourceSerif4-Regular.ttf", "SourceSerif4-It.ttf", "SourceSerif4-Semibold.ttf", "SourceSerif4-SemiboldIt.ttf"]
GOOD = ("c.jpg", picture(1600, 2560, "jpg"))
SOURCES = (
    covered("C104", ("c.png", picture(300, 480)), "use a JPEG of 1600 by 2560 pixels", GOOD),
    covered("C104", ("c.png", picture(1600, 1600)), "or delete the line to get a cover from the theme", ("", "")),
    covered("E009", ("c.svg", SVG), "use a JPEG of 1600 by 2560 pixels", GOOD),
    covered("E009", ("c.svg", SVG), "or delete the line to get a cover from the theme", ("", "")),
    covered("C102", ("c.jpg", "x"), "export it again, as JPEG or PNG", GOOD),
    drawing("C105", "<script/>", "or remove it", "<g/>"),
    drawing("C106", LABEL, "export it with plain text", "<text>in the harbour</text>"),
    Case("C108", chapter(f"![A.](c.gif){ALT}", **{"c.gif": GIF}), "export one frame as PNG",
         chapter(f"![A.](c.png){ALT}", **{"c.png": picture(60, 40)})),
    drawing("C107", ALONG, "draw it without", "<text>along a line</text>"),
    Case("C102", chapter(f"![A.](c.png){ALT}", **{"c.png": "x"}), "export it again, as SVG, PNG or JPEG",
         chapter(f"![A.](c.png){ALT}", **{"c.png": picture(99, 9)})),
    Case("C102", chapter(f"![A.](c.tiff){ALT}", **{"c.tiff": "x"}), "export it again, as SVG, PNG or JPEG",
         chapter(f"![A.](c.png){ALT}", **{"c.png": picture(99, 9)})),
    Case("T016", set_in([], SERIF), "inside the book's folder", set_in(SERIF, SERIF)),
    Case("T017", set_in(SERIF, SERIF[:2]), "add the files", set_in(SERIF, SERIF)),
    sheet("T004", "p { color: blue } /* \udce9 */", "save it as UTF-8", "p { text-indent: 0 } /* é */"),
)
"""Faults that the sources show."""
EPUB = (
    Case("E010", called("家 and me"), 'use a picture of your own: cover = "cover.jpg"', called("家 and me", GOOD[1])),
    Case("C204", chapter("A [word]{.x} here.", **{"styles/epub.css": ".x { display: none }"}), "change the style",
         chapter("A [word]{.x} here.", **{"styles/epub.css": ".x { font-style: italic }"})),
    template("C221", '<a href="no.xhtml"></a>', "check the templates of the book", ""),
    Case("E011", chapter("Words. " * 50_000), "split the file: give its sections files of their own",
         chapter("Words. " * 25_000, **{"01.1-more.md": f"# More\n\n{'Words. ' * 25_000}\n"})),
    Case("E012", chapter(f"![A.](c.png){ALT}\n", **{"c.png": picture(3000, 2000)}),
         "make it smaller than 5.6 million pixels",
         chapter(f"![A.](c.png){ALT}\n", **{"c.png": picture(2400, 1600)})),
    Case("E013", chapter("An ![](a.svg) here."), "fix it to make the claim again",
         chapter(f"An ![](a.svg){ALT} here.")),
    Case("E014", chapter("An ![](a.svg) here.", **{"book.toml": BOOK + REVIEW}), "fix it to make the claim again",
         chapter(f"An ![](a.svg){ALT} here.", **{"book.toml": BOOK + REVIEW})),
    Case("E014", chapter("An ![](a.svg) here.", **{"book.toml": BOOK + REVIEW}), "or leave it unclaimed",
         chapter("An ![](a.svg) here.")),
    sheet("T019", "@import 'a.css';", "copy the rules of that file into this one", ".a{margin:1pt}"),
    sheet("T019", ".a{background:url(//a.org/b.png)}", "put the file into styles/, and name it there",
          ".a{background:url(b.png)}", **{"styles/b.png": picture(9, 9, "png")}),
    sheet("T019", ".a{background:url(b.svg)}", "put the file into styles/, and name it there",
          ".a{background:url(a.svg)}", **{"styles/a.svg": SVG}),
    sheet("T019", ".a{width:expression(1)}", "give a plain value", ".a{width:1pt}"),
    sheet("E015", "p { color: #333333 }", "set it on a class of your own",
    ".x { color: #333333; background: #ffffff }"),
    template("E007", "<hr>", "check the template", "<hr/>"),
    template("T005", "{% wenn %}", "correct this line", ""),
    template("T006", '{% include "zzzzzz.xhtml" %}', "templates/README.md lists the templates", ""),
    template("T007", "{{ untit }}", 'did you mean "unit"?', '<hr id="{{ unit.key }}-end"/>'),
    template("T008", "{{ unit.__class__ }}", "only read the names that it is given", '<hr id="{{ unit.key }}-end"/>'),
    template("T010", "{{ 1 + unit.title }}", "correct this line", '<hr id="{{ unit.key }}-end"/>'),
    Case("T009", chapter("Text.", **{"templates/unit.xhtml": '{% extends "unit.xhtml" %}\n'}),
         'extend "default/unit.xhtml"',
         chapter("Text.", **{"templates/unit.xhtml": '{% extends "default/unit.xhtml" %}\n'})),
)
"""Faults that are found when the EPUB is made."""
PAPER = (
    Case("P104",
         chapter("[A]{.x} word.", **{"styles/print.css": '.x { background: url("a.png") }', "styles/a.png": "x"}),
         "correct the file, template or style rule that the message names",
         chapter("[A]{.x} word.", **{"styles/print.css": ".x { background: none }", "styles/a.png": "x"})),
    Case("P105", chapter("A 家 here."), "put a font file that has them into the book's folder",
         chapter("A 家 here.", **{"book.toml": f'{BOOK}[fonts]\nfallback = "fonts/b.ttf"\n',
                                  "fonts/b.ttf": font("家").decode("utf-8", "surrogateescape")})),
    Case("P103", chapter("Text.", **{"styles/print.css": "p { colour: red }"}), "correct the style sheet",
         chapter("Text.", **{"styles/print.css": "p { color: red }"})),
)
"""Faults that are found when the PDF is made."""
