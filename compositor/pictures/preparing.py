"""The bytes of any supported picture -> those that go into a book, on paper or on a screen.

Upright, still, in grey or RGB with eight bits, and without metadata. A picture that already is like that is not encoded
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from compositor.pictures import open_picture
from compositor.pictures.density import RESOLUTION, exif_of, stated_density
from compositor.pictures.metadata import without_metadata

ORIENTATION = 0x0112
QUALITY = 92
PLAIN = {"JPEG": {"RGB", "L"}, "PNG": {"RGB", "L", "RGBA", "LA"}}
"""Modes that a PDF can have."""
ON_SCREENS = {"JPEG": {"RGB", "L"}, "PNG": {"RGB", "L", "RGBA", "LA", "P", "1", "I;16", "I"}, "GIF": {"RGB", "L", "P"}}
"""Modes that every reading system shows. Source: EPUB 3.3, section 3.2 (core media types)."""
NAMES = {"MPO": "JPEG"}
"""Pillow's name for a JPEG with more pictures after it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as it goes into a book."""

    data: bytes
    kind: str
    """PNG, JPEG or GIF."""


def for_paper(data: bytes) -> Prepared:
    """Return a JPEG or PNG whose file still states its density. Raises Pillow's errors for a broken one."""
    return _prepared(data, PLAIN)


def for_screens(data: bytes) -> Prepared:
    """Return a JPEG, PNG or GIF. Raises Pillow's errors for a broken one."""
    return _prepared(data, ON_SCREENS)


def _prepared(data: bytes, modes: Mapping[str, set[str]]) -> Prepared:
    with open_picture(BytesIO(data)) as picture:
        kind = NAMES.get(str(picture.format), str(picture.format))
        told = exif_of(picture).get(ORIENTATION, 1) not in (0, 1) or _loses_density(picture, kind)
        if moves(picture):
            return _encoded(picture, False)
        if picture.mode in modes.get(kind, ()) and not told and _is_bare(data, kind):
            return Prepared(without_metadata(data), kind)
        as_jpeg = kind == "JPEG" or (kind in ("WEBP", "AVIF") and not picture.has_transparency_data and _lossy(data))
        return _encoded(picture, as_jpeg)


def moves(picture: Image.Image) -> bool:
    """Return whether it has several frames, of which a book shows the first; a JPEG has other sizes instead."""
    return picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1


def _loses_density(picture: Image.Image, kind: str) -> bool:
    """Return whether the density is stated only in data that is removed from the file."""
    if kind == "GIF" or RESOLUTION not in exif_of(picture):
        return False
    said_twice = "jfif_density" in picture.info if kind == "JPEG" else "dpi" in picture.info
    return not said_twice and stated_density(picture) is not None


def _is_bare(data: bytes, kind: str) -> bool:
    """Return whether a GIF has no comments; from other formats they can be removed."""
    return kind != "GIF" or (b"!\xfe" not in data and b"XMP DataXMP" not in data)


def _lossy(data: bytes) -> bool:
    return b"VP8L" not in data[:64]


def _encoded(picture: Image.Image, as_jpeg: bool) -> Prepared:
    dense = stated_density(picture)
    plain = _plain(ImageOps.exif_transpose(picture))
    plain.info = {}
    target = BytesIO()
    said = {"dpi": (dense, dense)} if dense else {}
    if as_jpeg:
        plain.save(target, "JPEG", quality=QUALITY, **said)
    else:
        plain.save(target, "PNG", **said)
    return Prepared(target.getvalue(), "JPEG" if as_jpeg else "PNG")


def _plain(picture: Image.Image) -> Image.Image:
    """Return it in grey or RGB with eight bits, with transparency if it has some."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        return _of_eight_bits(picture)
    if picture.mode == "1":
        return picture.convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode in ("LA", "RGBA") else picture.convert("RGBA")
    if picture.mode in ("L", "RGB"):
        return picture
    return _in_rgb(picture)


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    wide = picture.convert("I")
    return wide.point(lambda value: value * (1 / 256)).convert("L")


def _in_rgb(picture: Image.Image) -> Image.Image:
    """Convert it with the file's colour profile, if that can be read; else with Pillow's formulas."""
    profile = picture.info.get("icc_profile")
    if picture.mode == "CMYK" and profile:
        try:
            converted = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")
