"""Each claim of an EPUB is broken on purpose: it is withdrawn, with a finding that names the cause."""

from __future__ import annotations

import datetime

import pytest
from lxml import etree

from compositor.formats.epub.claims import CONFORMS, FEATURES, GROUNDS, Claims, claims, doubts
from compositor.formats.epub.grounds import Documents
from compositor.language import language_for
from compositor.model import Review
from compositor.theme.contrast import contrast, unreadable, unreadable_on_paper
from tests.finished import ROOT
from tests.formats.epub.unpacked import BookMaker, made, metas

REVIEW = Review(by="Ada Example", date=datetime.date(2026, 11, 20), report="https://example.org/review")
BODY = """<h1 id="one">One</h1><h2>Two</h2>
<p><img src="a.png" alt="A square."/> <a href="#one">back</a> <math xmlns="http://www.w3.org/1998/Math/MathML"
alttext="x"><mi>x</mi></math></p><table><tr><th scope="col">Head</th></tr><tr><td>1</td></tr></table>"""
NAV = """<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="text.xhtml#one">One</a></li>
<li><a href="more.xhtml">More</a></li></ol></nav>"""
CSS = "p { font-size: 1em } figure > img { background: #f6f4ee }"


def document(body: str, lang: str = 'lang="en" xml:lang="en"') -> etree._Element:
    """Return a document with this body."""
    space = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return etree.fromstring(f"<html {space} {lang}><head><title>One</title></head><body>{body}</body></html>")


def said_of(old: str = "", new: str = "", css: str = CSS) -> Claims:
    """Return the claims of a correct book after one part of it has been replaced."""
    assert old in NAV + BODY
    trees = {"nav": document(NAV.replace(old, new)), "text": document(BODY.replace(old, new)), "more": document("")}
    return claims(Documents(trees, css), language_for("en"), REVIEW)


def features(claimed: Claims) -> list[str]:
    """Return the features that are claimed."""
    return [value for name, value in claimed.said if name == "schema:accessibilityFeature"]


def test_a_book_without_fault_claims_everything() -> None:
    """A correct book claims every feature, and the review that its people have made."""
    claimed = said_of()
    assert claimed.withheld == {}
    assert features(claimed) == list(FEATURES)
    assert dict(claimed.said)["dcterms:conformsTo"] == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert dict(claimed.said)["a11y:certifiedBy"] == "Ada Example (2026-11-20)"
    assert dict(claimed.said)["a11y:certifierReport"] == "https://example.org/review"


@pytest.mark.parametrize(
    ("feature", "old", "new", "cause"),
    [
        ("alternativeText", ' alt="A square."', "", 'the picture "a.png" has no alternative text'),
        ("alternativeText", ' alt="A square."', ' alt=" "', 'the picture "a.png" has no alternative text'),
        ("describedMath", 'alttext="x"', "", "a formula has no text alternative"),
        (
            "structuralNavigation",
            "<h2>Two</h2>",
            "<h3>Two</h3>",
            'the heading "Two" has level 3, after one of level 1',
        ),
        ("structuralNavigation", "<h2>Two</h2>", "<h2> </h2>", "a heading is empty"),
        ("tableOfContents", 'epub:type="toc"', "", "there is no table of contents"),
        ("tableOfContents", "text.xhtml#one", "text.xhtml#none", '"One" in the contents leads nowhere'),
        ("readingOrder", "more.xhtml", "nav.xhtml", '"More" comes later in the contents than in the text'),
    ],
)
def test_what_does_not_hold_is_not_claimed(feature: str, old: str, new: str, cause: str) -> None:
    """The feature is withdrawn, the others stay, and the review is not claimed."""
    claimed = said_of(old, new)
    assert features(claimed) == [other for other in FEATURES if other != feature]
    assert [against.cause for against in claimed.withheld[feature]] == [cause]
    assert set(claimed.withheld) == {feature, CONFORMS}
    assert {"dcterms:conformsTo", "a11y:certifiedBy"}.isdisjoint(dict(claimed.said))


@pytest.mark.parametrize(
    ("css", "cause"),
    [
        ("p { color: #777 }", '"p" is #777 on #f4ecd8, a contrast of 3.8 to 1'),
        ("aside { background: #f6f4ee }", '"aside" is #ffffff on #f6f4ee, a contrast of 1.1 to 1'),
        ("a { color: #0a5a66 }", '"a" is #0a5a66 on #101010, a contrast of 2.4 to 1'),
        (
            "a { color: #0a5a66 } @media (prefers-color-scheme: dark) { a { color: #444 } }",
            '"a" is #444 on #101010, a contrast of 2.0 to 1',
        ),
        ("p { font-size: 12px }", '"font-size: 12px" cannot be made larger'),
        ("p { line-height: 14pt }", '"line-height: 14pt" cannot be made larger'),
    ],
)
def test_colours_and_sizes_that_a_reader_cannot_change(css: str, cause: str) -> None:
    """One rule of a style sheet is enough to withdraw `displayTransformability`."""
    claimed = said_of(css=css)
    assert "displayTransformability" not in features(claimed)
    assert cause in [against.cause for against in claimed.withheld["displayTransformability"]]


@pytest.mark.parametrize(
    "css",
    [
        "p { color: inherit; background: none }",
        "p { color: #222; background: #fff }",
        "a { color: #0a5a66 } @media (prefers-color-scheme: dark) { a { color: #9cd } }",
        "td { border-bottom-color: rgba(128, 128, 128, 0.5) }",
    ],
)
def test_colours_that_everyone_can_read(css: str) -> None:
    """Elements with a background of their own, or with colours for both modes, pass."""
    assert list(unreadable(css)) == []


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ('<th scope="col">Head</th>', "<td>Head</td>", "a table has no header cells"),
        (' scope="col"', "", "a header cell of a table has no scope (column or row)"),
        (">back</a>", "></a>", 'the link to "#one" has no words'),
        ('href="#one"', 'href="#none"', 'the link to "#none" leads nowhere'),
    ],
)
def test_a_review_is_not_passed_on_over_a_fault(old: str, new: str, cause: str) -> None:
    """Faults in table heads and links affect no feature, but they do affect the review."""
    claimed = said_of(old, new)
    assert [against.cause for against in claimed.withheld[CONFORMS]] == [cause]
    assert features(claimed) == list(FEATURES)


def test_a_document_without_language_takes_the_review_away() -> None:
    """A screen reader has to know how to pronounce it."""
    trees = {"nav": document(NAV), "text": document(BODY, ""), "more": document("")}
    claimed = claims(Documents(trees), language_for("en"), REVIEW)
    assert [against.cause for against in claimed.withheld[CONFORMS]] == ["its language is not stated"]


def test_every_ground_is_broken_somewhere_above() -> None:
    """Each new ground for a claim needs a case here, or with the claims that depend on it."""
    assert {ground.__name__ for ground in GROUNDS} == {
        *("headings", "contents", "order", "sizes", "colours", "descriptions", "formulas"),
        *("tables", "links", "languages", "motion"),
    }


def test_a_withheld_claim_is_a_finding(make_book: BookMaker) -> None:
    """The finding names the claim, the first cause, its file and the number of other causes."""
    book = make_book("# One\n\nText.\n")
    faults = said_of(' alt="A square."', "").withheld["alternativeText"]
    (found,) = doubts(book, {"alternativeText": (*faults, *faults)})
    assert (found.code, found.severity) == ("E013", "warning")
    assert found.message == (
        'the EPUB does not claim "alternativeText": the picture "a.png" has no alternative text (and 1 more)'
    )
    (found,) = doubts(book, {CONFORMS: faults})
    assert found.code == "E014"


def test_a_book_without_a_review_is_not_said_to_conform(make_book: BookMaker) -> None:
    """A review that book.toml names makes the book claim conformance."""
    silent, _ = made(make_book("# One\n\nText.\n"))
    assert metas(silent, "dcterms:conformsTo") == metas(silent, "a11y:certifiedBy") == []
    reviewed, findings = made(make_book("# One\n\nText.\n", accessibility_review=REVIEW))
    assert metas(reviewed, "dcterms:conformsTo") == [CONFORMS]
    assert metas(reviewed, "a11y:certifiedBy") == ["Ada Example (2026-11-20)"]
    assert findings == ()


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21, and a transparent colour has no contrast."""
    assert contrast("#000", "white") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("rgba(0, 0, 0, 0.5)", "white") is None
    assert contrast("currentColor", "white") is None


@pytest.mark.parametrize("name", ["default", "plain"])
def test_the_themes_can_be_read(name: str) -> None:
    """The contrast is sufficient in the EPUB on every background, and on paper."""
    from compositor.theme import load_theme

    theme = load_theme(ROOT / "book", name)
    assert list(unreadable(theme.stylesheet("epub.css"))) == []
    assert list(unreadable_on_paper(theme.values({}))) == []


def test_a_pale_colour_in_book_toml_is_a_finding(small_book) -> None:
    """The finding names the line that sets the colour."""
    from compositor.press import Timings, read_book

    settings = small_book / "book.toml"
    settings.write_text(f'{settings.read_text()}[style]\naccent = "#9ab"\n', encoding="utf-8")
    (found,) = read_book(small_book, Timings()).findings
    assert (found.code, found.place.line) == ("T018", 5)
    assert found.message == '"accent" is #9ab on #ffffff: a contrast of 2.4 to 1'
