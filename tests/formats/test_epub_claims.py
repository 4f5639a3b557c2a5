"""What an EPUB says of its accessibility: what can be computed, and nothing else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from compositor.model import Book
from tests.formats.unpacked import (
    BookMaker,
    drawing,
    made,
    metas,
)


def test_accessibility_is_claimed_as_far_as_it_goes(rich: Book) -> None:
    """Where every picture has a description, that is said; nothing is certified by a program."""
    files, _ = made(rich)
    assert metas(files, "schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" in metas(files, "schema:accessibilityFeature")
    assert metas(files, "schema:accessibilityHazard") == ["none"]
    assert "Every picture has a description." in str(metas(files, "schema:accessibilitySummary")[0])
    assert (
        not metas(files, "dcterms:conformsTo")
        + metas(files, "a11y:certifiedBy")
        + metas(files, "pageBreakSource")
    )


def test_a_picture_without_description_takes_claims_away(make_book: BookMaker, tmp_path: Path) -> None:
    """One picture that says nothing is enough; one that is marked as decoration is not."""
    drawing(tmp_path, "a.svg")
    silent, _ = made(make_book("# One\n\nText ![](a.svg) here.\n"))
    assert metas(silent, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in metas(silent, "schema:accessibilityFeature")
    decorative, _ = made(make_book("# One\n\nText ![](a.svg){.decorative} here.\n"))
    assert "alternativeText" in metas(decorative, "schema:accessibilityFeature")


def test_a_moving_picture_is_no_certain_harmlessness(make_book: BookMaker, tmp_path: Path) -> None:
    """Nobody has looked whether a GIF flashes."""
    target = BytesIO()
    Image.new("P", (4, 4)).save(target, "GIF")
    drawing(tmp_path, "a.gif", target.getvalue())
    files, _ = made(make_book("# One\n\nText ![It moves.](a.gif) here.\n"))
    assert metas(files, "schema:accessibilityHazard") == ["unknown"]
