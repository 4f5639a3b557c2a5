"""Headings of several lines are balanced, and no word is broken for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml.html import fragment_fromstring

from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.titles import hold_last_words
from tests.finished import ROOT

SHEETS = tuple((ROOT / "styles" / name).read_text(encoding="utf-8") for name in ("fonts.css", "print.css"))
LONG = "How a group of tasks cancels its other members when one of them fails early on"


def lines(body: str, style: str = "") -> list[tuple[str, float]]:
    """Return the lines of the headings of a page, with their widths in points."""
    look = Look((*((text, ROOT / "styles") for text in SHEETS), (style, Path())), Path())
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(look, keeps_pages=True)
    typesetter.typeset(unit)
    page = typesetter.document(unit).pages[0]._page_box
    made = [box for box in page.descendants() if type(box).__name__ == "LineBox" and str(box.element_tag)[0] == "h"]
    return [("".join(_texts(line)), line.width * 0.75) for line in made]


def _texts(box: Any) -> list[str]:
    return [one.text for one in box.descendants() if hasattr(one, "text")]


@pytest.mark.parametrize("tag", ["h2", "h3"])
def test_lines_of_a_heading_are_about_as_long(tag: str) -> None:
    """The last one is not a single word, and there are no more lines than before."""
    (first, wide), (last, narrow) = lines(f"<{tag}>{LONG}</{tag}>")
    assert f"{first.strip()} {last.strip()}" == LONG
    assert narrow > 0.8 * wide
    unbalanced = lines(f"<{tag}>{LONG}</{tag}>", f"{tag} {{ text-align: justify }}")
    assert len(unbalanced) == 2
    assert unbalanced[1][1] < narrow


@pytest.mark.parametrize(
    "words",
    ["Short", "EarlyStopping of incomprehensible attachments, and of others like them in nearly every group"],
)
def test_no_word_is_parted_for_it(words: str) -> None:
    """Text that fits is not broken, and long words stay whole."""
    assert " ".join(text.strip() for text, _ in lines(f"<h2>{words}</h2>")) == words


def test_a_heading_with_a_note_has_one_note() -> None:
    """Balancing is not tried if a trial would put a note at the foot of the page."""
    made = lines(f'<h2>{LONG}<span class="note" data-number="1">Note.</span></h2>')
    assert len([text for text, _ in made if "How" in text]) == 1


OPENER = '<section class="unit"><header class="opener"><h1>{}</h1></header><p>Words.</p></section>'


@pytest.mark.parametrize("count", [8, 30])
def test_a_title_of_many_words_is_measured_in_time(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """No word is laid out with all the words after it, and a title too large for its page is not tried at full size."""
    from weasyprint.text import line_break

    letters, create = [0], line_break.create_layout

    def create_layout(text: str, *given: Any, **named: Any) -> Any:
        letters[0] += len(text)
        return create(text, *given, **named)

    monkeypatch.setattr(line_break, "create_layout", create_layout)
    title = "harbour and water of the ferry " * count
    unit = UnitText("a", f'<html lang="en"><body>{OPENER.format(title)}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(tuple((text, ROOT / "styles") for text in SHEETS), Path()))
    typesetter.typeset(unit)
    assert letters[0] < 900 * len(title)


BANDED = """<section class="unit {0}"><header class="opener banded"><div class="band"><svg/></div><h1>
<span class="number" style="--in-band: #fff">1.1</span> <span class="title">{1}</span></h1></header><p>Words.</p>
</section>"""


def test_a_title_stands_on_the_page_of_its_band() -> None:
    """On a small page both are smaller; otherwise the number would be white on white on the next page."""
    title = "The harbour and the ferry at night"
    small = ":root { --page-size: 4in 6in; --margin-inner: 84pt; --margin-outer: 84pt }"
    look = Look((*((text, ROOT / "styles") for text in SHEETS), (small, Path())), Path())
    body = f'<html lang="en"><body>{BANDED.format("chapter", title)}</body></html>'
    typesetter, unit = Typesetter(look, keeps_pages=True), UnitText("a", body, Context(1, "decimal", "right"))
    typesetter.typeset(unit)
    first = typesetter.document(unit).pages[0]._page_box
    assert "harbour" in "".join(_texts(first))


ACCENT_OF_MANUAL = (0x1C / 255, 0x4F / 255, 0x8C / 255)


@pytest.mark.parametrize(("theme", "ink"), [("manual", ACCENT_OF_MANUAL), ("plain", (1, 1, 1))])
def test_a_number_has_an_ink_that_is_seen(theme: str, ink: tuple[float, ...]) -> None:
    """In each kind of opener it has the band's ink inside the band, and the accent colour outside."""
    sheets = (*SHEETS, (ROOT / "styles" / theme / "print.css").read_text(encoding="utf-8"))
    look = Look(tuple((text, ROOT / "styles") for text in sheets), Path())
    body = "".join(BANDED.format(role, "Title") for role in ("chapter", "section", "front", "part"))
    unit = UnitText("a", f"<html><body>{body}</body></html>", Context(1, "decimal", "right"))
    typesetter = Typesetter(look, keeps_pages=True)
    typesetter.typeset(unit)
    boxes = [box for page in typesetter.document(unit).pages for box in page._page_box.descendants()]
    colours = [tuple(box.style["color"].coordinates) for box in boxes if getattr(box, "text", "") == "1.1"]
    assert colours == [pytest.approx(ink)] * 4


def test_a_title_that_would_lie_on_the_ornament_is_set_smaller() -> None:
    """The title page is laid out again, with a smaller title and without the ornament."""
    ornament = '<svg class="ornament" xmlns="http://www.w3.org/2000/svg" width="300" height="80"></svg>'
    sizes = []
    for words in ("A short title", "A title of very many words " * 4):
        unit = UnitText(
            "title",
            f'<html lang="en" class="title-page"><body><section class="title-page"><h1>{words}</h1>{ornament}'
            "</section></body></html>",
            Context(1, "decimal", "right"),
        )
        typesetter = Typesetter(Look(tuple((text, ROOT / "styles") for text in SHEETS), Path()), keeps_pages=True)
        typesetter.typeset(unit)
        boxes = typesetter.document(unit).pages[0]._page_box.descendants()
        sizes.append(next(box.style["font_size"] for box in boxes if box.element_tag == "h1"))
    assert sizes[1] == sizes[0] / 2


HELD = "Aurora Machine Learning Integration: Calling SageMaker from SQL"


@pytest.mark.parametrize(
    ("title", "classes", "held"),
    [
        (HELD, "contents captions", True),
        ("Three words only", "contents", False),
        ("The title ends with incomprehensible internationalisation", "contents", False),
        (HELD, "inside", False),
    ],
)
def test_the_last_two_words_of_a_title_stay_together(title: str, classes: str, held: bool) -> None:
    """Where they are short, and the title has more; a title that is one of many in a paragraph is as it was."""
    line = f'<a><span class="title">{title}</span></a>'
    below = f'<ol class="run-in"><li>{line}</li></ol>'
    root = fragment_fromstring(f'<nav class="{classes}"><ol><li>{line}{below}</li></ol></nav>')
    hold_last_words(root)
    first, run_in = ("".join(one.itertext()) for one in root.iter("span"))
    assert first == ("\u00a0".join(title.rsplit(" ", 1)) if held else title)
    assert run_in == title
