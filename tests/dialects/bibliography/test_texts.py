"""TeX and dates in a bibliography: what each becomes, and that none of them does harm."""

from __future__ import annotations

import pytest

from compositor.dialects.bibliography.dates import dated, written_date
from compositor.dialects.bibliography.latex import addresses, from_latex, verbatim


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"G{\"o}del, Erd\H{o}s, \'Etienne, \c{c}, \v s, na\"\i ve", "Gödel, Erdős, Étienne, ç, š, naïve"),
        (r"Stra{\ss}e, Gau\ss{}, \O{}, {\ae}ther, \L{}\'od\'z, {\aa}", "Straße, Gauß, Ø, æther, Łódź, å"),
        (r"\emph{Aurora} at 5\% -- a~b --- c, ``so''", "<i>Aurora</i> at 5% – a\u00a0b — c, “so”"),
        (r"{\em Foo} \textit{bar} {\bf {B}}", '<i>Foo</i> <i>bar</i> <b><span class="nocase">B</span></b>'),
        (r"\textsc{Caps}", '<span style="font-variant:small-caps;">Caps</span>'),
        (r"The {GPU} and {\"O}l", 'The <span class="nocase">GPU</span> and Öl'),
        (r"{A {B} c}", '<span class="nocase">A B c</span>'),
        (r"On $\alpha$, x$^2$, H$_{2}$O and $O(n \log n)$", "On α, x<sup>2</sup>, H<sub>2</sub>O and O(n log n)"),
        (r"Proc.\ of X, 1\,000, \& \# \_ \$", "Proc. of X, 1 000, & # _ $"),
        ("50% of AT&T, $5 and #1, a_b^c", "50% of AT&T, $5 and #1, a_b^c"),
        (r"\url{https://x.org/~a_b\%20c}", "https://x.org/~a_b%20c"),
        (r"\href{https://x.org}{the page}", "the page (https://x.org)"),
        (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
        (r"\noopsort{1973b}1973 \enquote{q}", '1973 "q"'),
        ("two\n   lines", "two lines"),
    ],
)
def test_latex(latex, text):
    """Accents, letters, dashes, marks, formulas and addresses become what TeX prints."""
    assert from_latex(latex) == (text, frozenset())


@pytest.mark.parametrize(
    ("latex", "text", "unknown"),
    [
        (r"\foo{bar} x", "bar x", {"foo"}),
        (r"\today\input{/etc/hostname}", "", set()),
        ("{" * 3000 + "a" + "}" * 3000, "a", {"…"}),
        ("\\", "", set()),
    ],
)
def test_what_tex_could_do_is_not_done(latex, text, unknown):
    """Unknown commands are named; no file is read, no clock is asked, and no nesting is too deep."""
    assert from_latex(latex) == (text, frozenset(unknown))


def test_nothing_is_said_on_standard_error(capfd):
    """Complaints of the library are hidden, because they do not concern the author of a book."""
    from_latex(r"\begin{x} {\foo{ $ \end{y}")
    assert capfd.readouterr() == ("", "")


def test_addresses():
    """An address stays as it is, whatever TeX needs around it."""
    assert verbatim(r"\url{http://a.b/{\_}c\%20\~{}d}") == "http://a.b/_c%20~d"
    assert addresses(r"See \href{http://a.b}{x} and \url{http://c.d}") == ["http://a.b", "http://c.d"]


@pytest.mark.parametrize(
    ("written", "parts", "more"),
    [
        ("2017", [[2017]], {}),
        ("2017-05-14", [[2017, 5, 14]], {}),
        ("2017/2018", [[2017], [2018]], {}),
        ("2017-05/2017-08", [[2017, 5], [2017, 8]], {}),
        ("2017-05/2017-05", [[2017, 5]], {}),
        ("1990/", [[1990], [0]], {}),
        ("1990/..", [[1990], [0]], {}),
        ("1850~", [[1850]], {"circa": True}),
        ("1850?/1860", [[1850], [1860]], {"circa": True}),
        ("199X", [[1990], [1999]], {}),
        ("2017-05-XX", [[2017, 5]], {}),
        ("2001-21", [[2001]], {"season": 1}),
        ("-0350", [[-351]], {}),
        ("2004-01-01T10:00:00Z", [[2004, 1, 1]], {}),
    ],
)
def test_dates(written, parts, more):
    """Dates of EDTF are read: parts, open ranges, approximate dates and seasons."""
    assert written_date(written) == {"date-parts": parts, **more}


@pytest.mark.parametrize("written", ["", "..", "soon", "2017-13", "2017-05-77", "/", "9" * 5000])
def test_no_dates(written):
    """An invalid date is None."""
    assert written_date(written) is None


@pytest.mark.parametrize(
    ("year", "month", "day", "wanted"),
    [
        ("2017", "may", "", {"date-parts": [[2017, 5]]}),
        ("2017", "05", "3", {"date-parts": [[2017, 5, 3]]}),
        ("2017", "December 12", "", {"date-parts": [[2017, 12, 12]]}),
        ("2017", "May/June", "", {"date-parts": [[2017, 5], [2017, 6]]}),
        ("2017", "7--8", "", {"date-parts": [[2017, 7], [2017, 8]]}),
        ("2017", "Spring", "", {"date-parts": [[2017]], "season": 1}),
        ("2017--2018", "", "", {"date-parts": [[2017], [2018]]}),
        ("1998-99", "", "", {"date-parts": [[1998], [1999]]}),
        ("c. 1850", "", "", {"date-parts": [[1850]], "circa": True}),
        ("in press", "", "", {"literal": "in press"}),
        ("", "", "", None),
    ],
)
def test_years_and_months(year, month, day, wanted):
    """The year of BibTeX with its month and day, by name, macro or number."""
    assert dated(year, month, day) == (wanted, True)


def test_a_month_that_is_none():
    """An invalid month is dropped and reported."""
    assert dated("2017", "Michaelmas", "") == ({"date-parts": [[2017]]}, False)
