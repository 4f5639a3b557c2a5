"""Messages of WeasyPrint about files use the book's names: no path of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.formats.pdf.complaints import PRESS, in_words_of_the_book

BOOK = Path("/home/ada/book with spaces")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "Failed to load image at 'file:///home/ada/book%20with%20spaces/styles/no.png': ValueError: not there",
            'a style or a template names the picture "styles/no.png", which cannot be used: not there',
        ),
        (
            "Failed to load image at 'file:///home/ada/book%20with%20spaces/a.png': ",
            'a style or a template names the picture "a.png", which cannot be used: it is broken',
        ),
        (
            "Failed to load image at 'file:///home/ben/secret.png': ValueError: no file of the book",
            'a style or a template names the picture "secret.png", which cannot be used: no file of the book',
        ),
        (f"Relative URI in {PRESS.as_uri()}/styles/print.css:", 'Relative URI in "styles/print.css":'),
        ("Ignored `color: rot` at 3:6, invalid value.", "Ignored `color: rot` at 3:6, invalid value."),
    ],
)
def test_files_are_called_as_the_book_calls_them(message: str, said: str) -> None:
    """Paths in the book's folder and in Compositor's are relative; of other paths only the name remains."""
    assert in_words_of_the_book(message, BOOK) == said
