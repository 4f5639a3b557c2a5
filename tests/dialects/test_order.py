"""The order of a book as written in book.toml."""

from __future__ import annotations

import pytest

from compositor import dialects
from compositor.model import Role
from tests.dialects.report import only, order, said


def test_written_order_wins(book):
    """A written order is followed; then files need no numbers."""
    folder = book('[order]\nchapters = ["z.md", { file = "y.md", sections = ["x.md"] }]', "x.md", "y.md", "z.md")
    assert order(folder) == ["z.md", "y.md", "  x.md"]


def test_contradiction(book):
    """Two sections in the wrong order are reported where they are listed."""
    listed = '{ file = "18-a.md", sections = ["18.1-b.md", "18.03-c.md", "18.2-d.md"] }'
    toml = f"first-chapter = 18\n[order]\nchapters = [{listed}]"
    folder = book(toml, "18-a.md", "18.1-b.md", "18.03-c.md", "18.2-d.md")
    assert said(folder) == [
        'M013 book.toml:6:58 "18.03-c.md" is section 18.2 in the order, but its name says 18.3',
        'M013 book.toml:6:72 "18.2-d.md" is section 18.3 in the order, but its name says 18.2',
    ]
    assert dialects.read(folder)[1][0].excerpt.startswith("chapters = [{ file")


@pytest.mark.parametrize(
    ("listed", "names", "expected"),
    [
        (
            '"01-a.md", "02.1-b.md"', "01-a 02.1-b",
            'M013 5:24 "02.1-b.md" is chapter 2 in the order, but its name says 2.1',
        ),
        (
            '{ file = "01-a.md", sections = ["02.1-b.md"] }', "01-a 02.1-b",
            'M013 5:45 "02.1-b.md" is section 1.1 in the order, but its name says 2.1',
        ),
        ('"01-a.md", "03-b.md"', "01-a 03-b", 'M011 5:24 2 is missing before "03-b.md", which is printed as 2'),
        (
            '"1-a.md", "01-b.md"', "1-a 01-b",
            'M012 5:23 "01-b.md" has the same number as "1-a.md", 1, and follows it',
        ),
        ('"02-a.md", "03-b.md"', "02-a 03-b", 'M014 5:13 the first chapter is "02-a.md"'),
        ('"01-a.md", "01-a.md"', "01-a", 'M009 5:24 "01-a.md" is listed twice'),
        ('"01-a.md", "./01-a.md"', "01-a", 'M009 5:24 "01-a.md" is listed twice'),
    ],
)  # fmt: skip
def test_wrong_order(book, listed, names, expected):
    """Contradictions in a written order are reported where they are written, and the book is made."""
    finding = only(book(f"[order]\nchapters = [{listed}]", *(f"{name}.md" for name in names.split())))
    where = f"{finding.place.line}:{finding.place.column}"
    assert f"{finding.code} {where} {finding.message}".startswith(expected)
    assert finding.severity == "warning"


def test_listed_twice_says_where(book):
    """The message for a file that is listed twice says where it is listed first."""
    finding = only(book('[order]\nfront = ["p.md"]\nchapters = ["01-a.md"]\nback = ["p.md"]', "p.md", "01-a.md"))
    assert str(finding.place) == "book.toml:7:9"
    assert finding.helps == ("delete one of them; the other is at book.toml:5:10",)


@pytest.mark.parametrize(
    ("listed", "remedy"),
    [
        ("01-b.md", 'did you mean "01-a.md"?'),
        ("01-A.md", 'write "01-a.md": upper and lower case are different files'),
        ("chapters/01-a.md", 'did you mean "01-a.md"?'),
        ("sub\\\\02-x.md", 'did you mean "sub/02-x.md"?'),
        ("something else.md", "write the file, correct its name here, or remove it"),
    ],
)
def test_missing_file(book, listed, remedy):
    """A listed file that is missing is an error where it is listed, with the nearest name that exists."""
    folder = book(f'[order]\nfront = ["{listed}"]\nchapters = ["01-a.md", "sub/02-x.md"]', "01-a.md", "sub/02-x.md")
    finding = only(folder)
    assert (finding.code, str(finding.place), finding.helps) == ("M002", "book.toml:5:10", (remedy,))
    assert dialects.read(folder)[0] is None


def test_missing_cover(book):
    """A cover that is missing is reported at its line."""
    finding = only(book('cover = "figures/cover.jpg"', "01-a.md", "figures/cover.png"))
    assert (finding.code, str(finding.place)) == ("M002", "book.toml:4:9")
    assert finding.helps == ('did you mean "figures/cover.png"?',)


def test_unlisted_number(book):
    """Beside a written order, a file that is listed nowhere is reported, and is not part of the book."""
    folder = book('[order]\nchapters = ["01-a.md"]', "01-a.md", "02-b.md", "c.md", "1.1.1-d.md")
    found = [(f.code, str(f.place), f.severity) for f in dialects.read(folder)[1]]
    assert found == [
        ("M010", "02-b.md", "warning"), ("M010", "1.1.1-d.md", "warning"), ("M010", "c.md", "warning"),
    ]  # fmt: skip


def test_parts_without_a_file(book):
    """A part with only a title has a text of its own, on the line of its title, and no Markdown is read from it."""
    toml = (
        '[[order.parts]]\ntitle = "C* & {Co}"\nchapters = ["01-a.md"]\n'
        '[[order.parts]]\ntitle = "Two"\nchapters = ["02-b.md"]'
    )
    manuscript, findings = dialects.read(book(toml, "01-a.md", "02-b.md"))
    assert findings == ()
    assert manuscript is not None
    first, second = manuscript.entries
    assert (first.role, first.source.key, first.source.line(5)) == (Role.PART, "part-c-co", r"# C\* \& \{Co\}")
    assert first.source.path != second.source.path
