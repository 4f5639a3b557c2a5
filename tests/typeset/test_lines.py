"""Paragraphs set as a whole: their lines, their spaces, and their text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.lines.plan import Break, Column, plan
from compositor.typeset.lines.shapes import is_torn
from compositor.typeset.lines.state import TALLY, WHOLE
from tests.finished import ROOT

SHEETS = tuple((ROOT / "styles" / name).read_text(encoding="utf-8") for name in ("fonts.css", "print.css"))
EACH = ":root { --lines: each }"
STRAIGHT = ":root { --marks-hang: 0% }"
SPACE = 3.0
WORDS = (
    "It is written for whoever is on call for a cluster, or will be after the migration that somebody has already "
    "announced. You should be able to read a query and a shell script, know what a transaction, a replica, and a "
    "backup are, and have met an availability zone, a security group, and a role. You need not have run one before. "
    "If you have, expect to be contradicted now and then, with a source; some older recommendations were sensible. "
)
MIXED = (
    f"<p>{WORDS}Then <em>emphasised words</em> and <code>code_with_names</code>, a <a href='https://example.org/'>link"
    f"</a>, more,<sup>2</sup> and “quotations” — with dashes/slashes, chapter&#160;18, self-evident. {WORDS}</p>"
)


def paragraph(body: str, style: str = "") -> tuple[list[str], list[Any], Any]:
    """Return the lines' texts of the first paragraph of a page, its lines, and the document."""
    look = Look((*((text, ROOT / "styles") for text in SHEETS), (style, Path())), Path())
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(look, keeps_pages=True)
    typesetter.typeset(unit)
    document = typesetter.document(unit)
    boxes = [box for page in document.pages for box in page._page_box.descendants()]
    lines = [box for box in boxes if type(box).__name__ == "LineBox" and box.element_tag == "p"]
    return ["".join(texts(line)) for line in lines], lines, document


def texts(box: Any) -> list[str]:
    """Return the texts in a box."""
    return [one.text for one in box.descendants() if hasattr(one, "text")]


def joined(lines: list[str]) -> str:
    """Return the lines as one text; a hyphen at the end of a line belongs to the line or to the word."""
    return "".join(line.strip().removesuffix("-") for line in lines).replace(" ", "").replace("-", "")


def widest(lines: list[Any]) -> float:
    """Return the largest change of a space in a line, in pixels."""
    found = (one for line in lines[:-1] for one in line.descendants() if hasattr(one, "text"))
    return max(float(abs(one.justification_spacing)) for one in found)


def words(*widths: float) -> list[Break]:
    """Return a row of words with a space between them."""
    found, pen = [Break(0, 0.0, 0.0, 0, 0)], 0.0
    for index, width in enumerate(widths):
        pen += width
        last = index == len(widths) - 1
        found.append(Break(index + 1, pen, pen + SPACE, index, index + 1, forced=last))
        pen += SPACE
    return found


def test_lines_are_chosen_together() -> None:
    """The first line takes less than it could, because otherwise the second would be bad."""
    row = words(20, 20, 20, 19, 5, 68, 20, 20, 20, 20, 10)
    lines = plan(row, Column(92.0, 0.0, SPACE, 5.0))
    assert lines is not None
    assert [line.end.place for line in lines] == [4, 6, 10, 11]


def test_a_word_wider_than_the_column_has_no_plan() -> None:
    """WeasyPrint breaks it."""
    assert plan(words(20, 200, 20), Column(92.0, 0.0, SPACE, 5.0)) is None


def test_no_third_line_in_a_row_ends_with_a_hyphen() -> None:
    """A looser line is better, even if every line could end with a hyphen."""
    row = [Break(0, 0.0, 0.0, 0, 0)]
    for index in range(1, 60):
        at = index * 10.0
        if index % 10 in {0, 8}:
            row.append(Break(index, at, at, index, index, hyphen=index % 10 == 0))
    row.append(Break(60, 600.0, 600.0, 60, 60, forced=True))
    lines = plan(row, Column(100.0, 0.0, 4.0, 5.0)) or []
    runs = "".join("-" if line.end.hyphen else " " for line in lines)
    assert len(runs) >= 6
    assert "---" not in runs


def test_a_last_line_is_no_shorter_than_the_indent() -> None:
    """A word moves down to the last line if the lines before can be wider."""
    row = words(20, 20, 20, 20, 20, 20, 20, 20, 4)
    assert [line.end.place for line in plan(row, Column(89.0, 0.0, SPACE, 0.0)) or []] == [4, 8, 9]
    kept = plan(row, Column(89.0, 0.0, SPACE * 3, 14.0)) or []
    assert kept[-1].width >= 14


def test_a_forced_end_is_the_end_of_a_line() -> None:
    """The text after it begins a line."""
    row = words(20, 20, 20, 20)
    row[2] = Break(2, 43.0, 46.0, 1, 2, forced=True)
    assert [line.end.place for line in plan(row, Column(92.0, 0.0, SPACE, 5.0)) or []] == [2, 4]


def test_a_paragraph_is_set_as_a_whole_with_its_text() -> None:
    """Emphasis, code, links, notes and no-break spaces are kept."""
    TALLY.clear()
    lines, made, _ = paragraph(MIXED)
    assert TALLY[WHOLE] == 1
    before, others, _ = paragraph(MIXED, EACH)
    assert TALLY[WHOLE] == 1
    assert joined(lines) == joined(before)
    assert widest(made) < widest(others)


def test_lines_end_at_the_edge() -> None:
    """Shrunk and stretched lines end at the edge, except the last."""
    _, lines, _ = paragraph(MIXED, STRAIGHT)
    edge = lines[0].position_x + lines[0].width
    assert [line.position_x + line.width for line in lines[:-1]] == pytest.approx([edge] * (len(lines) - 1), abs=0.01)
    last = [list(line.descendants())[-1] for line in lines[:-1]]
    assert [box.position_x + box.width for box in last] == pytest.approx([edge] * len(last), abs=0.01)


def test_spaces_shrink() -> None:
    """At least one line is narrower than with its natural spaces, and none by more than is allowed."""
    _, lines, _ = paragraph(f"<p>{WORDS * 4}</p>")
    changes = [one.justification_spacing for line in lines for one in line.descendants() if hasattr(one, "text")]
    space = 0.233 * 14
    assert min(changes) < 0
    assert min(changes) > -0.3 * space


def test_letters_give_as_much_as_the_style_says() -> None:
    """Letters may change by two percent, or not at all."""
    _, lines, _ = paragraph(MIXED)
    given = [getattr(one, "letter_width", 1.0) for line in lines for one in line.descendants()]
    assert 1.0 < max(given) <= 1.02
    _, lines, _ = paragraph(MIXED, ":root { --letters-give: 0% }")
    assert all(not hasattr(one, "letter_width") for line in lines for one in line.descendants())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f"<p>{WORDS}<br/>{WORDS}</p>", "a break in it"),
        (f"<p dir='rtl'>{WORDS}</p>", "text from right to left"),
        (f"<p>{WORDS} שלום עולם {WORDS}</p>", "text from right to left"),
        (f"<p>{WORDS} 中文字 {WORDS}</p>", "letters without spaces"),
        (f"<div style='float: left; width: 50pt; height: 60pt'>x</div><p>{WORDS}</p>", "a float beside it"),
    ],
)
def test_what_is_not_known_is_left_to_weasyprint(body: str, why: str) -> None:
    """The paragraph is counted by the reason, and nothing of it is lost."""
    TALLY.clear()
    lines, _, _ = paragraph(body)
    assert TALLY[WHOLE] == 0
    assert TALLY[why] == 1
    assert lines == paragraph(body, EACH)[0]


def test_a_paragraph_goes_on_overleaf_as_planned() -> None:
    """It has the same lines as on a single page."""
    body = f"<p style='text-indent: 0'>{WORDS * 20}</p>"
    short, _, document = paragraph(body)
    assert len(document.pages) > 1
    assert short == paragraph(body, "@page { size: 504pt 3000pt }")[0]


def test_soft_hyphens_are_used() -> None:
    """A word with its own hyphens is broken only there."""
    word = "Donau\u00addampf\u00adschiff\u00adfahrt "
    lines, _, _ = paragraph(f"<p>{word * 40}</p>")
    ends = {line.strip().split(" ")[-1] for line in lines[:-1]}
    assert any(end.endswith("\u00ad-") for end in ends)
    assert all(end.endswith(("\u00ad-", "fahrt")) for end in ends)


def test_a_space_that_joins_words_still_does_in_a_paragraph_with_an_indent() -> None:
    """The first line is as full as others, and was once taken for an overfull one."""
    lines, _, _ = paragraph("".join(f"<p>{'m' * count} {WORDS} chapter&#160;18.</p>" for count in range(1, 9)), EACH)
    assert "".join(lines).count("chapter\u00a018") == 8


@pytest.mark.parametrize(
    ("before", "after", "torn"),
    [
        ("the I/", "O cost", True),
        ("and/", "or else", True),
        ("read/", "write", False),
        ("usually < ", "60 s", True),
        ("zero or ", "1 reader", True),
        ("versions ", "18.4 and", False),
        ("of some ", "words", False),
    ],
)
def test_what_is_read_as_one_is_known(before: str, after: str, torn: bool) -> None:
    """A sign or a small number belongs to the text before it, and so do letters around a slash."""
    assert is_torn((before + after).encode(), len(before.encode())) is torn


def test_a_break_that_costs_is_taken_only_for_a_better_line() -> None:
    """The line before it ends elsewhere if that is good enough."""
    row = words(20, 20, 20, 20, 20, 20, 20, 20)
    assert [line.end.place for line in plan(row, Column(89.0, 0.0, SPACE, 0.0)) or []] == [4, 8]
    row[4] = replace(row[4], cost=1e11)
    assert (plan(row, Column(89.0, 0.0, SPACE, 0.0)) or [])[0].end.place == 3


def test_code_ends_a_line_where_it_may() -> None:
    """A short name stays whole; a long one is broken only at its joints, without a hyphen."""
    joints = "create-<wbr/>database-<wbr/>cluster"
    body = " ".join(f"{'so it is ' * (2 + n % 4)}<code>a-b-c-d-e-f</code> <code>{joints}</code>" for n in range(60))
    ends = [line.strip() for line in paragraph(f"<p>{body}</p>")[0][:-1]]
    assert not [end for end in ends if end.endswith(("a-", "b-", "c-", "d-", "e-"))]
    assert [end for end in ends if end.endswith(("create-\u200b", "database-\u200b"))]


def test_marks_hang_out_as_far_as_the_style_says() -> None:
    """A hyphen or comma at the end of a line hangs out by a part of its width; nothing else moves."""
    _, lines, document = paragraph(f"<p>{WORDS * 4}</p>")
    edge = document.pages[0]._page_box.content_box_x() + document.pages[0]._page_box.width
    out = {texts(line)[-1][-1]: line.position_x + line.width - edge for line in lines[:-1]}
    marks = {mark: far for mark, far in out.items() if mark in ",.-"}
    assert marks
    assert all(0.5 < far < 0.6 * 14 * 0.4 for mark, far in marks.items())
    assert all(far == pytest.approx(0, abs=0.01) for mark, far in out.items() if mark.isalpha())


def test_no_line_is_planned_to_begin_with_the_number_of_a_note() -> None:
    """WeasyPrint would not separate it from its word, and the paragraph could not be set as planned."""
    TALLY.clear()
    call = '<a class="noteref" href="#n">1</a>'
    paragraph("".join(f"<p>{'m' * count} {f'and so it ends.{call} ' * 60}</p>" for count in range(1, 9)))
    assert TALLY == {WHOLE: 8}


def test_a_line_under_words_can_be_painted() -> None:
    """A link in a paragraph that is set as a whole can be underlined, with hyphens and without."""
    _, lines, document = paragraph(MIXED, "a, em { text-decoration: underline }")
    assert len(lines) > 1 and document.write_pdf()
