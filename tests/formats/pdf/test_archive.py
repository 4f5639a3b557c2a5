"""What PDF/A-2a requires of pictures in drawings and of private-use characters."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from compositor.formats import PDF
from compositor.making import make
from compositor.press import Timings, read_book
from tests.validators import broken_rules

PRIVATE = "\uf0c1"
PIXELS = BytesIO()
Image.new("RGB", (9, 9), "red").save(PIXELS, "PNG")
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><image width="9" height="9" '
    f'href="data:image/png;base64,{b64encode(PIXELS.getvalue()).decode()}"/></svg>'
)


@pytest.fixture
def pdf(small_book: Path, tmp_path: Path) -> Path:
    """Return a book with a picture in a drawing, and a private-use character in text and in code."""
    text = f'# One\n\n![A dot.](a.svg){{fig-alt="A dot."}}\n\nA link {PRIVATE} here.\n\n```text\nx = {PRIVATE}\n```\n'
    (small_book / "01-one.md").write_text(text, encoding="utf-8")
    (small_book / "a.svg").write_text(DRAWING, encoding="utf-8")
    made = make(read_book(small_book, Timings()), (PDF,), f"{tmp_path}/out/", Timings())
    assert [finding for finding in made.findings if finding.severity == "error"] == []
    return made.paths[0]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_such_a_book_conforms(pdf: Path, profile: str) -> None:
    """The picture is not interpolated, and the character has a replacement text."""
    assert broken_rules(pdf, profile) == []


def test_such_a_letter_is_copied_as_it_is(pdf: Path) -> None:
    """A reader who knows what the character means can copy it, from text and from code."""
    document = pypdfium2.PdfDocument(pdf)
    shown = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert shown.count(PRIVATE) == 2
