"""Formulas as they are drawn for print, and as MathML."""

from __future__ import annotations

import re
import time
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from compositor.formats import EDITIONS, PAPER
from compositor.language import language_for
from compositor.making import make
from compositor.markdown.math.drawing import display_drawing, drawing, laid_out, size_of
from compositor.markdown.math.faults import fault_of
from compositor.markdown.math.mathml import CHILDREN, mathml
from compositor.markdown.math.rows import labelled_rows
from compositor.model import Measure
from compositor.press import Timings, read_book
from compositor.render.rendering import UnitRendering
from compositor.theme.contrast import contrast
from tests.markdown.formulas import FORMULAS, REFUSED

SUM = " + ".join(f"a_{{{number}}} x^{{{number}}}" for number in range(12)) + " = 0"
FEW = "a_1 + b_1 + c_1 = d_1"


def sizes(drawn: str) -> list[tuple[float, float]]:
    """Return the width and height of each image, in em."""
    found = re.findall(r'style="width:([\d.]+)em;height:([\d.]+)em', drawn)
    return [(float(width), float(height)) for width, height in found]


def width(tex: str) -> float:
    """Return the width of a formula, in em."""
    return sizes(drawing(tex, False))[0][0]


def test_multiplication_sign_has_room() -> None:
    """A multiplication sign has as much space around it as a plus sign."""
    assert width(r"a \times b") == pytest.approx(width("a + b"), abs=0.1)
    assert width(r"a \times b") > width(r"a{\times}b") + 0.2


@pytest.mark.parametrize("sign", [r"\cup", r"\wedge", r"\subset"])
def test_signs_between_letters_have_room(sign: str) -> None:
    """A sign between two letters does not touch them."""
    assert width(rf"a {sign} b") > width("a") + width("b") + width(sign) + 0.3


def test_words_between_letters_have_room() -> None:
    """The word mod does not touch the letters on both sides."""
    assert width(r"a \bmod b") > width(r"a\mathrm{mod}b") + 0.3


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize("tex", FORMULAS)
def test_what_authors_write_is_drawn(tex: str, display: bool) -> None:
    """Formulas that authors write have no fault, and a size that fits a page."""
    assert fault_of(tex, display) is None
    found = sizes(display_drawing(tex, 100) if display else drawing(tex, False))
    assert all(0 < wide < 40 and 0 < high < 40 for wide, high in found)
    assert found


@pytest.mark.parametrize("tex", FORMULAS)
def test_what_authors_write_is_mathml(tex: str) -> None:
    """Each element has the children that it must have, and none is of another vocabulary."""
    root = etree.fromstring(mathml(tex, True))
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        assert name.namespace == "http://www.w3.org/1998/Math/MathML"
        assert len(element) == CHILDREN.get(name.localname, len(element)), name.localname
    assert root.get("alttext") == " ".join(tex.split())


@pytest.mark.parametrize(("tex", "reason"), REFUSED.items(), ids=map(str, range(len(REFUSED))))
def test_what_cannot_be_set_is_refused_with_a_reason_and_at_once(tex: str, reason: str) -> None:
    """An unusable formula is refused quickly with a reason, and none crashes Compositor."""
    began = time.monotonic()
    fault = fault_of(tex, True)
    assert fault is not None
    assert reason in fault[0]
    assert time.monotonic() - began < 5


def test_a_fraction_in_a_line_is_smaller_than_one_on_its_own() -> None:
    """A fraction in running text is set in the size of scripts."""
    (_, in_line), (_, alone) = sizes(drawing(r"\frac{a}{b}", False) + display_drawing(r"\frac{a}{b}", 30))
    assert in_line < alone


def test_a_wide_formula_is_set_in_rows() -> None:
    """A displayed formula that is too wide continues on the next row, and no row is wider than the column."""
    whole = laid_out(SUM, True).width
    ((wide, high),) = sizes(display_drawing(SUM, 20))
    assert wide <= 20 < whole
    assert high > 2 * sizes(display_drawing(SUM, 100))[0][1]


def test_a_wide_formula_without_signs_shrinks_to_no_less_than_half() -> None:
    """A formula that cannot be broken takes the width of its column."""
    drawn = display_drawing(r"\frac{" + "a" * 80 + "}{b}", 20)
    found = re.search(r'class="math wide".*style="width:([\d.]+)em;min-width:([\d.]+)em"', drawn)
    assert found is not None
    assert float(found[2]) == pytest.approx(float(found[1]) / 2, abs=0.01)


def test_a_long_formula_in_a_line_is_in_pieces() -> None:
    """A line may end before each sign; the first piece has the words for all, and no letter is drawn twice."""
    drawn = drawing(SUM, False)
    assert drawn.count("<wbr/>") == drawn.count('aria-hidden="true"') == 12
    assert drawn.count(f'alt="{SUM}"') == 1
    assert sum(wide for wide, _ in sizes(drawn)) == pytest.approx(laid_out(SUM, False).width, abs=2)


def test_rules_between_cells_are_drawn() -> None:
    """An array has the lines that its columns and rows ask for."""
    without = FORMULAS[3].replace("|", "").replace(r"\hline", "")
    ruled, plain = (laid_out(tex, True).whole for tex in (FORMULAS[3], without))
    assert len(ruled.findall(".//{*}rect")) == len(plain.findall(".//{*}rect")) + 2


@pytest.mark.slow
def test_a_book_of_formulas_is_sound(small_book: Path, tmp_path: Path, epubcheck: Callable[[Path], list[str]]) -> None:
    """Both files are made from the formulas of authors and from faulty ones, and keep every word."""
    parts = [f"Here is ${tex}$ in a line.\n\n$$\n{tex}\n$$ {{#eq-f{at}}}\n" for at, tex in enumerate(FORMULAS)]
    parts += [f"Here is ${tex[:50]}$ in a line.\n\n$$\n{tex[:50]}\n$$\n" for tex in REFUSED if tex and tex.isascii()]
    parts += [f"- A list\n\n  $$ {SUM} $$ {{#eq-wide}}\n", f"> Words\n>\n> $$ {SUM} $$\n"]
    (small_book / "01-one.md").write_text("# One\n\n" + "\n".join(parts), encoding="utf-8")
    made = make(read_book(small_book, Timings()), EDITIONS, f"{tmp_path}/out/", Timings())
    assert {finding.code for finding in made.findings if finding.severity == "error"} == set()
    assert len(made.paths) == len(EDITIONS)
    assert epubcheck(next(path for path in made.paths if path.suffix == ".epub")) == []


def test_numbers_of_rows_stand_as_high_as_their_rows() -> None:
    """A label in a row of braces or of a matrix does not label the formula; a high row takes more space than others."""
    tex = r"""\begin{align}
        a &= \begin{pmatrix} 1 \\ 2 \\ 3 \\ 4 \end{pmatrix} \label{eq:high} \\ b &= c \\ d &= e \label{eq:low}
    \end{align}"""
    high, low = labelled_rows(tex)
    assert (high.id, low.id) == ("eq-high", "eq-low")
    assert 0.2 < high.middle < 0.4
    assert 0.8 < low.middle < 0.95
    assert labelled_rows(tex.replace(r"\label{eq:low}", "")) == ()
    assert labelled_rows(tex.replace("align", "split")) == ()


def test_a_colour_is_as_dark_as_words_on_white_and_on_paper_as_on_screen() -> None:
    """Red is darkened until it is readable, blue stays, and a colour for a dark background becomes that of the text."""
    inks = [element.get("mathcolor") for element in etree.fromstring(mathml(r"\color{red}{x}", True)).iter()]
    red = next(ink for ink in inks if ink)
    assert red != "#ff0000"
    assert (contrast(red, "#fff") or 0) >= 4.5
    svg = b64decode(drawing(r"\color{red}{x}", False).partition("base64,")[2].partition('"')[0]).decode()
    assert f'fill="{red}"' in svg
    assert 'mathcolor="#0000ff"' in mathml(r"\textcolor{blue}{x} + y", True)
    assert "mathcolor" not in mathml(r"\textcolor{white}{x}", True)


@pytest.mark.parametrize(("more", "below"), [(0.0, False), (-1.0, True)])
def test_a_number_stands_below_a_formula_only_where_it_has_no_room_beside_it(
    more: float, below: bool, small_book: Path
) -> None:
    """A number of digits, two brackets and a point is narrower than as many letters."""
    (small_book / "01-one.md").write_text(f"# One\n\n$$ {FEW} \\tag{{18.7}} $$\n", encoding="utf-8")
    book = read_book(small_book, Timings()).book
    assert book is not None
    room = size_of(FEW)[0] + 2 * 4.0 + more
    rendering = UnitRendering(book, book.units[0], PAPER, language_for("en"), None, {}, Measure(text=room))
    assert ("equation numbered wide" in rendering.blocks(book.units[0].chapter.tokens)) == below
