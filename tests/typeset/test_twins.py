"""Equal lines of code that meet: every one of them is copied, by the engine of Chromium too."""

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
    """The stroke of the frame stands in each line, as often as in the source; the build proves it as well."""
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
    """A text is parted where it was shown, between glyphs that stand together; one that cannot be parted stays."""
    assert apart(text, shown) == pieces
