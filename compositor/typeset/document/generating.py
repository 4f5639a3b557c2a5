"""WeasyPrint's pages -> objects of pydyf, in sRGB; the colour profile is read once and closed again."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any


def generate(document: Any, **asked: Any) -> Any:
    """Return WeasyPrint's PDF of a document, before it is written."""
    from weasyprint import DEFAULT_OPTIONS, pdf

    profiles(document)
    return pdf.generate_pdf(document, None, 1, **{**DEFAULT_OPTIONS, "pdf_version": "1.7", **asked})


def profiles(document: Any) -> Any:
    """Give a document its colour profiles, and return these."""
    document.color_profiles, document.output_intent = {"srgb": _profile()}, "srgb"
    return document.color_profiles


@cache
def _profile() -> Any:
    """Return the profile with the bytes of its file: LittleCMS writes other bytes once it has been asked for its name.
    """
    from weasyprint.css import ColorProfile

    file = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()

    class SameBytes(ColorProfile):  # type: ignore[misc]
        content = file

    return SameBytes(BytesIO(file), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
