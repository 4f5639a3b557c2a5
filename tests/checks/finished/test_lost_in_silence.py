"""Inputs at which the libraries lose text without a message: each arrives whole, or is a finding with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.checks.finished import completeness_of_files
from compositor.checks.finished.screen import package_of
from compositor.formats import EDITIONS, EPUB, PDF, Format
from compositor.language import language_for
from compositor.making import make
from compositor.markdown import Context, parse
from compositor.markdown.reading import walk
from compositor.model import Source
from compositor.press import Timings, read_book
from tests.checks.finished.mutations import changed_epub, files_of

Found = list[tuple[str, str, str]]
LARGEST_NODE = 10_000_000
"""The number of letters in a text node beyond which libxml2 gives up by default (XML_MAX_TEXT_LENGTH)."""
TEXT = "# One\n\nSome words of a paragraph.\n\n## Two\n\nThe end.\n"


def found(folder: Path, text: str, formats: tuple[Format, ...] = EDITIONS) -> Found:
    """Return code, place and message of findings about a book with this one chapter, except those about its look."""
    (folder / "01-one.md").write_text(text, encoding="utf-8")
    proof = read_book(folder, Timings())
    findings = proof.findings if proof.errors else make(proof, formats, None, Timings()).findings
    return [(f.code, str(f.place), f.message) for f in findings if not f.code.startswith("P2")]


def lost(said: Found) -> list[tuple[str, str]]:
    """Return code and line of what the chapter has lost; a style may also hide the title page or break a claim."""
    return [(code, place) for code, place, _ in said if code.startswith("C2") and place.startswith("01-one.md")]


def style(folder: Path, sheet: str, css: str) -> None:
    """Give the book a style sheet of its own."""
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "styles" / sheet).write_text(css, encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "# One\n\nLone **words** first.\n\n- lone `code` **last**\n",
        "# One\n\n*side***by***side* and `a``b`\n\n```python\nx=1+f(y)\n```\n",
        "# One\n\n" + "".join("  " * depth + f"- depth {depth}\n" for depth in range(18)),
        "# One\n\n7. seven\n8. eight\n\nText.\n\n0. nought\n1. one\n\n> 3. three\n> 4. four\n",
        "# One\n\n`" + "x" * 300 + "`\n\n```\n" + "y" * 300 + "\n```\n",
        "# One\n\n" + "| A | B |\n|---|---|\n" + "".join(f"| row {n} | {n * n} |\n" for n in range(120)),
        "# One\n\n"
        + "".join(
            f"Words of {n}, with a note.[^{n}]\n\n[^{n}]: The {n}th " + "of many words " * 40 + "\n\n" for n in range(9)
        ),
    ],
    ids=["lone text", "no space", "deep lists", "first numbers", "long words in code", "long table", "long notes"],
)
def test_what_arrives_whole(small_book: Path, text: str) -> None:
    """Text that the libraries are known to drop or to break is in both files."""
    assert [line for line in found(small_book, text) if line[0] != "L153"] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "line", "behind", "node"),
    [("", "lorit ", "", LARGEST_NODE), ("```\n", f"{'lorit' * 13}\n", "```\n", 66)],
    ids=["text", "code"],
)
def test_a_text_of_ten_megabytes(small_book: Path, before: str, line: str, behind: str, node: int) -> None:
    """A text larger than libxml2's default limit arrives whole, with all that follows, and gives a warning."""
    lines = LARGEST_NODE // len(line) + 1
    text = f"# One\n\nBefore.\n\n{before}{(line * lines).strip()}\n{behind}\nThe end.\n"
    assert [code for code, _, _ in found(small_book, text, (EPUB,))] == ["E011"]
    package = package_of(files_of_epub(small_book))
    nodes = [str(node) for node in package.documents["EPUB/one.xhtml"].itertext()]
    assert max(map(len, nodes)) >= node
    assert sum(one.count("lorit") for one in nodes) == text.count("lorit") >= LARGEST_NODE // len(line)
    assert "The end." in nodes


def files_of_epub(folder: Path) -> bytes:
    """Return the EPUB of a book, without any checks."""
    proof = read_book(folder, Timings())
    assert proof.book is not None and proof.theme is not None
    return EPUB.make(proof.book, proof.theme).data


def test_deeper_than_any_page(small_book: Path) -> None:
    """Quotations too deep for the text width are reported as off the page, or refused when they are read."""
    assert ("C204", "01-one.md:3") in [line[:2] for line in found(small_book, "# One\n\n" + "> " * 38 + "deep\n")]
    assert ("L192", "01-one.md:3:1") in [line[:2] for line in found(small_book, "# One\n\n" + "> " * 60 + "deep\n")]


@pytest.mark.parametrize("reference", ["&#x2029;", "&#x2028;", "&#0;", "&#xD800;", "&#xFFFE;"])
def test_a_reference_to_no_character(small_book: Path, reference: str) -> None:
    """Line and paragraph separators and lone surrogates would crash a build or cut a chapter off; they are left out."""
    assert found(small_book, f"# One\n\nA {reference} b.\n") == []
    assert [(f.code, str(f.place)) for f in read_book(small_book, Timings()).findings] == [("L193", "01-one.md:3")]


def test_half_of_a_pair(small_book: Path) -> None:
    """A lone surrogate, which only an editor's buffer can hold, is left out and never cuts a chapter off."""
    book = files_of(small_book).book
    context = Context(book.manuscript.extensions, language_for("en"))
    chapter = parse(Source("01-one.md", "# One\n\nA \ud800 b.\n", "one"), context)
    assert [(f.code, str(f.place)) for f in chapter.findings] == [("L193", "01-one.md:3")]
    assert "\ud800" not in "".join(token.content for token in walk(chapter.tokens) if token.type == "text")


@pytest.mark.parametrize("place", ["A {} b.", "## A {}", "- {}", "> {}"])
def test_a_word_that_is_longer_than_the_page(small_book: Path, place: str) -> None:
    """A word of three hundred letters is broken: all of it can be seen, and nothing is reported."""
    assert found(small_book, "# One\n\n" + place.format("x" * 300) + "\n", (PDF,)) == []


@pytest.mark.parametrize(
    ("css", "code", "why"),
    [
        ("p { overflow: hidden; height: 3pt }", "C204", "cut off"),
        ("p { color: white }", "C204", "in the colour of its background"),
        ("p { background: #000000 }", "C204", "in the colour of its background"),
        ("p { color: transparent }", "C204", "transparent"),
        ("p { opacity: 0 }", "C204", "transparent"),
        ("p { position: relative; left: 900pt }", "C204", "off the page"),
        ("p { display: none }", "C201", "is missing"),
        ("p { visibility: hidden }", "C201", "is missing"),
        ("p { font-size: 0 }", "C201", "is missing"),
    ],
)
def test_a_style_that_hides_in_print(small_book: Path, css: str, code: str, why: str) -> None:
    """Each paragraph that a book's own style sheet hides on paper is found."""
    style(small_book, "print.css", css)
    said = found(small_book, TEXT, (PDF,))
    assert lost(said) == [(code, "01-one.md:3"), (code, "01-one.md:7")]
    assert all(why in message for code, _, message in said if code != "C215")


@pytest.mark.parametrize(
    "css", ["display: none", "visibility: hidden", "opacity: 0", "font-size: 0", "color: white", "color: transparent"]
)
def test_a_style_that_hides_on_a_screen(small_book: Path, css: str) -> None:
    """What a book's own style sheet hides in the EPUB is found, also inside a media query."""
    for sheet in (f"p {{ {css} }}", f"@media screen {{ section p {{ {css} !important }} }}"):
        style(small_book, "epub.css", sheet)
        assert lost(found(small_book, TEXT, (EPUB,))) == [("C204", "01-one.md:3"), ("C204", "01-one.md:7")]


def test_a_style_that_only_looks_like_hiding(small_book: Path) -> None:
    """Capitals, white on black, half opacity and an inner box that fits hide nothing."""
    css = "h2 { text-transform: uppercase } p { color: white; background: black; opacity: 0.6; overflow: hidden }"
    style(small_book, "print.css", css)
    style(small_book, "epub.css", "p { color: white; background: black } nav.landmarks { display: none }")
    assert {code for code, _, _ in found(small_book, TEXT)} == {"E015"}  # that colours are the reader's affair


def test_words_that_a_style_adds(small_book: Path) -> None:
    """Words that a style sheet adds are reported, because only one file has them and no author wrote them."""
    style(small_book, "print.css", 'p::after { content: " Buy now!" }')
    assert [line[:2] for line in found(small_book, TEXT, (PDF,))] == [("C202", "01-one.md:3"), ("C202", "01-one.md:7")]


def test_an_epub_that_is_cut_off(small_book: Path) -> None:
    """A document that ends early, as EbookLib cuts it after a character that it cannot write, is found."""
    (small_book / "01-one.md").write_text(TEXT, encoding="utf-8")
    files = files_of(small_book)
    cut = changed_epub(files.epub, "EPUB/one.xhtml", "<p>The end.</p>", "")
    assert [str(f.place) for f in completeness_of_files(files.book, {"epub": cut}, None)] == ["01-one.md:7"]


def test_nothing_is_written_when_something_is_lost(small_book: Path, tmp_path: Path) -> None:
    """The checks run before the first byte is written: the file of the last build is still there."""
    target = tmp_path / "book.pdf"
    target.write_bytes(b"the last build")
    style(small_book, "print.css", "p { display: none }")
    timings = Timings()
    made = make(read_book(small_book, Timings()), (PDF,), str(target), timings)
    assert target.read_bytes() == b"the last build"
    assert made.paths == ()
    assert list(timings.seconds) == ["make pdf", "prove", "write"]
