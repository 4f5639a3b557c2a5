"""What the typesetter opens for a style sheet: pictures of the supported formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from compositor.cli import main
from compositor.pictures import FORMATS


@pytest.mark.parametrize("kind", [*FORMATS, "BMP", "TIFF"])
def test_the_typesetter_knows_no_other_pictures(
    kind: str, small_book: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A picture in CSS does not pass our checks, so the other formats are removed from Pillow itself there."""
    (small_book / "styles").mkdir()
    Image.new("RGB", (4, 4)).save(small_book / "styles" / "a.png", kind)
    rule = "section.unit { background-image: url(a.png) }"
    (small_book / "styles" / "print.css").write_text(rule, encoding="utf-8")
    code = main(["pdf", str(small_book), "-o", f"{small_book}/out/"])
    assert code == 0
    assert (kind in FORMATS) is ("P104" not in capfd.readouterr().err)
