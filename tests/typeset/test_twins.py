"""Equal lines of code next to each other: every one of them is copied, also by the engine of Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.typeset.document.twins import apart
from tests.finished import built

FRAME = """\
let i = 3; // it begins ─────────────────┐
//                                       │
{ //                                     │
}  // it ends ──────────────────────────┘│
//                                       │
//                                       │
//                                       │
{ //                                     │
//                                       │
"""


def test_equal_lines_with_a_frame_are_copied(small_book: Path, tmp_path: Path) -> None:
    """Each line has a piece of the frame, as often as in the source; the build checks it too."""
    (small_book / "01-one.md").write_text(f"# One\n\n```rust\n{FRAME}```\n", encoding="utf-8")
    text = "\n".join(built(small_book, tmp_path).page_texts())
    assert text.count("//") == FRAME.count("//")
    assert text.count("│") == FRAME.count("│")


@pytest.mark.parametrize(
    ("text", "shown", "pieces"),
    [
        ("<000100020003>", (), ("<000100020003>",)),
        ("<000100020003>", ("<000100020003>",), ("<00010002>", "<0003>")),
        ("<000100020003>", ("<000100020003>", "<00010002>"), ("<0001>", "<00020003>")),
        ("<0001>-5<00020003>", ("<0001>-5<00020003>",), ("<0001>-5<0002>", "<0003>")),
        ("<0001>", ("<0001>",), ("<0001>",)),
        ("<0001>7", ("<0001>7",), ("<0001>7",)),
    ],
)
def test_pieces(text: str, shown: tuple[str, ...], pieces: tuple[str, ...]) -> None:
    """A text is split where it was shown, between adjacent glyphs; one that cannot be split stays."""
    assert apart(text, shown) == pieces
