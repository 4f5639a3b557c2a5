"""`check` predicts findings about finished pages from the sources, in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from compositor.formats import PDF
from compositor.making import make
from compositor.press import Timings, read_book


@pytest.mark.parametrize(
    ("size", "dpi", "width", "coarse"),
    [
        ((600, 400), 0, "", 191),
        ((600, 400), 0, "100%", 129),
        ((600, 400), 0, "6cm", None),
        ((600, 400), 0, "400", 144),
        ((600, 400), 150, "", None),
        ((1600, 900), 0, "", None),
        ((300, 1800), 0, "100%", None),
        ((32, 32), 0, "", None),
    ],
)
def test_a_coarse_picture_is_foreseen(
    small_book: Path, size: tuple[int, int], dpi: int, width: str, coarse: int | None
) -> None:
    """The resolution that `check` computes from a picture and its page is that of the finished page, or nearly so."""
    Image.new("L", size).save(small_book / "a.png", **({"dpi": (dpi, dpi)} if dpi else {}))
    braces = f" width={width}" if width else ""
    (small_book / "01-one.md").write_text(f'# One\n\n![](a.png){{fig-alt="Grey."{braces}}}\n', encoding="utf-8")
    proof = read_book(small_book, Timings())
    said = [finding.message for finding in proof.foreseen()]
    assert said == ([] if coarse is None else [f"the image will have {coarse} pixels per inch on paper"])
    found = [finding.message for finding in make(proof, (PDF,), None, Timings()).findings if finding.code == "P217"]
    assert len(found) == len(said)
    assert all(abs(int(message.split()[-4]) - (coarse or 0)) < 3 for message in found)
