"""What an EPUB claims about its accessibility: only what can be computed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from compositor.formats.epub import grounds
from compositor.model import Book
from tests.formats.epub.unpacked import (
    BookMaker,
    drawing,
    made,
    metas,
)


def test_accessibility_is_claimed_as_far_as_it_goes(rich: Book) -> None:
    """If every picture has a description, the claim is made; no program certifies anything."""
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
    """One picture without a description is enough; a picture that is marked as decoration does not count."""
    drawing(tmp_path, "a.svg")
    silent, _ = made(make_book("# One\n\nText ![](a.svg) here.\n"))
    assert metas(silent, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in metas(silent, "schema:accessibilityFeature")
    decorative, _ = made(make_book("# One\n\nText ![](a.svg){.decorative} here.\n"))
    assert "alternativeText" in metas(decorative, "schema:accessibilityFeature")


def picture(kind: str, frames: int) -> bytes:
    """Return a picture that shows so many colours, one after the other."""
    first, *others = (Image.new("RGB", (4, 4), (n, 0, 0)) for n in range(0, frames * 90, 90))
    target = BytesIO()
    more = {"save_all": True, "append_images": others, "duration": 90} if others else {}
    first.save(target, kind, **more)
    return target.getvalue()


def svg(inside: str) -> bytes:
    """Return a drawing that contains this."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    return f'{head}<path d="M0 0h9v9z">{inside}</path></svg>'.encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gif", picture("GIF", 1)),
        ("a.gif", picture("GIF", 2)),
        ("a.png", picture("PNG", 1)),
        ("a.png", picture("PNG", 2)),
        ("a.webp", picture("WEBP", 1)),
        ("a.webp", picture("WEBP", 2)),
        ("a.svg", svg("")),
        ("a.svg", svg('<animate attributeName="opacity" values="0;1" dur="0.1s"/>')),
        ("a.svg", svg("<style>@keyframes f { to { opacity: 0 } }</style>")),
    ],
)
def test_a_picture_that_moves_stands_still(
    make_book: BookMaker, tmp_path: Path, name: str, data: bytes
) -> None:
    """Animated pictures and drawings are still in the book, so nothing can flash."""
    drawing(tmp_path, name, data)
    files, findings = made(make_book(f"# One\n\nText ![It moves.]({name}) here.\n"))
    assert metas(files, "schema:accessibilityHazard") == ["none"]
    assert not [finding for finding in findings if "no hazard" in finding.message]


def test_an_animation_in_a_style_sheet_is_no_certain_harmlessness() -> None:
    """Rules that animate by themselves count; a comment, `none`, and a change on hovering do not."""
    for sheet, moving in (
        ("p { animation: blink 0.1s infinite }", True),
        ("@keyframes blink { to { opacity: 0 } }", True),
        ("p { animation: none } /* @keyframes */ a { transition: color 1s }", False),
    ):
        assert bool(list(grounds.motion(grounds.Documents({}, sheet)))) == moving, sheet
