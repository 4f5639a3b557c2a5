"""A book is built in another theme than its own, without a change to its files."""

from __future__ import annotations

from pathlib import Path

from compositor.press import Asked, Timings, read_book
from compositor.theme import themes


def test_a_book_is_shown_in_every_theme(small_book: Path) -> None:
    """The requested theme replaces the book's theme, and other settings of the book stay."""
    file = small_book / "book.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[style]\naccent = "#7a1f2b"\n', encoding="utf-8")
    before = file.read_bytes()
    for name in themes():
        proof = read_book(small_book, Timings(), asked=Asked(theme=name))
        assert proof.theme is not None
        assert proof.theme.name == name
        assert proof.theme.value("accent", proof.book.manuscript.style, "") == "#7a1f2b"
    assert file.read_bytes() == before


def test_the_manual_is_set_in_sans_throughout(small_book: Path) -> None:
    """On paper and on screens, no font of the default theme's running text is left."""
    theme = read_book(small_book, Timings(), asked=Asked(theme="manual")).theme
    assert theme is not None
    uses = theme.faces({})
    assert {faces[0][0].family for use, faces in uses.items() if use != "code"} == {"Book Label"}
