"""Running heads that are too long end in an ellipsis, in a finished book that passes its checks."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from compositor.cli import main

LONG = "When the wind stands in the north the harbour fills earlier and empties later than the almanac says it does"
TEXT = "The ferry leaves the old quay when the water is high enough to carry it across the bar. " * 8


def heads(small_book: Path, title: str) -> list[str]:
    """Return the first line of each page of the chapter but its first."""
    paragraphs = "\n\n".join([TEXT] * 5)
    (small_book / "01-one.md").write_text(f"# {title}\n\n## {title}\n\n{paragraphs}\n", encoding="utf-8")
    assert main(["pdf", str(small_book), "-o", f"{small_book}/a.pdf"]) == 0
    with pikepdf.open(small_book / "a.pdf") as pdf:
        pages = range(len(pdf.pages) - 1, len(pdf.pages) - 3, -1)
    document = pypdfium2.PdfDocument(small_book / "a.pdf")
    return sorted(line for page in pages for line in document[page].get_textpage().get_text_range().splitlines()[-2:])


@pytest.mark.parametrize("title", [LONG, f"{LONG} and `code`", LONG.replace(" ", "-")])
def test_a_long_head_is_cut(small_book: Path, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The head is one line, cut after the last word that fits; no finding mentions it."""
    found = [line for line in heads(small_book, title) if line.endswith("…")]
    assert found
    assert all(40 < len(line) < len(title) for line in found)
    assert "P221" not in capsys.readouterr().err
