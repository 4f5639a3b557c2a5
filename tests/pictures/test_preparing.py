"""Pictures as they go into a book: upright, in colours that every reader has, without camera data and place."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from compositor.pictures import open_picture
from compositor.pictures.density import density, stated_density
from compositor.pictures.preparing import Prepared, for_paper, for_screens

SIXTEEN = Image.frombytes("I;16", (30, 20), b"\x00\x80" * 600)
ENOUGH_FOR_PAPER = {"RGB", "L", "RGBA", "LA"}
WORDS = PngInfo()
WORDS.add_text("Author", "SecretCam")


def saved(picture: Image.Image, kind: str, **said: object) -> bytes:
    """Return a picture as Pillow saves it."""
    target = BytesIO()
    picture.save(target, kind, **said)
    return target.getvalue()


def colours() -> Image.Image:
    """Return a picture with red at the left and blue at the right."""
    made = Image.new("RGB", (30, 20), (0, 0, 255))
    made.paste((255, 0, 0), (0, 0, 15, 20))
    return made


def exif(turned: int) -> Image.Exif:
    """Return Exif data: camera, position, rotation, and 300 pixels per inch."""
    made = Image.Exif()
    made[0x0112], made[0x010F], made[282], made[283], made[296] = turned, "SecretCam", 300.0, 300.0, 2
    made.get_ifd(0x8825)[1] = "N"
    return made


def shown(prepared: Prepared) -> Image.Image:
    """Return the picture that a reader sees."""
    picture = open_picture(BytesIO(prepared.data))
    picture.load()
    assert picture.format == prepared.kind
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("prepare", [for_paper, for_screens])
def test_a_picture_stands_upright_and_says_nothing_of_its_camera(kind: str, prepare: object) -> None:
    """The rotation in Exif is applied, and the rest is removed, except the density."""
    prepared = prepare(saved(colours(), kind, exif=exif(6)))  # type: ignore[operator]
    picture = shown(prepared)
    assert picture.size == (20, 30)
    red, _, blue = picture.convert("RGB").crop((5, 2, 6, 3)).tobytes()
    assert (red > 200, blue < 60) == (True, True)
    assert b"SecretCam" not in prepared.data
    assert not picture.getexif()
    assert round(stated_density(picture) or 0) == 300


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (saved(colours(), "JPEG", exif=exif(1), comment=b"SecretCam", dpi=(300, 300)), "JPEG"),
        (saved(colours(), "PNG", exif=exif(1), pnginfo=WORDS, dpi=(300, 300)), "PNG"),
    ],
)
def test_what_needs_no_change_is_not_encoded_again(data: bytes, kind: str) -> None:
    """Only the metadata is removed; every pixel stays as it was."""
    prepared = for_paper(data)
    assert (prepared.kind, len(prepared.data) < len(data)) == (kind, True)
    assert shown(prepared).tobytes() == Image.open(BytesIO(data)).tobytes()
    assert b"SecretCam" not in prepared.data
    assert for_paper(prepared.data).data == prepared.data


@pytest.mark.parametrize(
    "data",
    [
        saved(colours().convert("CMYK"), "JPEG"),
        saved(colours().convert("P"), "PNG"),
        saved(colours().convert("P"), "PNG", transparency=1),
        saved(colours().convert("P"), "GIF"),
        saved(SIXTEEN, "PNG"),
        saved(colours().convert("1"), "PNG"),
        saved(colours().convert("RGBA"), "WEBP"),
        saved(colours(), "AVIF"),
    ],
)
def test_paper_gets_grey_or_rgb_of_eight_bits(data: bytes) -> None:
    """CMYK, palettes and sixteen bits are converted into the colour modes of a PDF page."""
    assert shown(for_paper(data)).mode in ENOUGH_FOR_PAPER


def test_sixteen_bits_keep_their_brightness() -> None:
    """Half as bright as white stays half as bright."""
    assert shown(for_paper(saved(SIXTEEN, "PNG"))).getpixel((3, 3)) == 128


@pytest.mark.parametrize(
    ("picture", "kind", "said", "made"),
    [
        (colours(), "WEBP", {"lossless": True}, "PNG"),
        (colours(), "WEBP", {}, "JPEG"),
        (colours().convert("RGBA"), "WEBP", {}, "JPEG"),
        (Image.new("RGBA", (9, 9), (1, 2, 3, 4)), "WEBP", {}, "PNG"),
        (colours(), "AVIF", {}, "JPEG"),
        (colours().convert("CMYK"), "JPEG", {}, "JPEG"),
        (colours().convert("P"), "GIF", {}, "GIF"),
        (colours().convert("P"), "GIF", {"comment": b"SecretCam"}, "PNG"),
        (SIXTEEN, "PNG", {}, "PNG"),
    ],
)
def test_screens_get_what_every_reading_system_shows(
    picture: Image.Image, kind: str, said: dict[str, object], made: str
) -> None:
    """WebP and AVIF become PNG if nothing may be lost, otherwise JPEG."""
    prepared = for_screens(saved(picture, kind, **said))
    assert (prepared.kind, shown(prepared).mode == "CMYK") == (made, False)


@pytest.mark.parametrize(
    ("dots", "given"), [(300, 300), (144, 144), (96, None), (72, None), (0, None), (9999, None)]
)
def test_a_file_says_how_dense_it_is(dots: int, given: int | None) -> None:
    """Values from programs for screens say nothing about paper, and neither do impossible ones."""
    for kind in ("PNG", "JPEG"):
        found = stated_density(open_picture(BytesIO(saved(colours(), kind, dpi=(dots, dots)))))
        assert (found and round(found)) == given


@pytest.mark.parametrize(
    ("width", "dense"),
    [(32, 220), (149, 220), (150, 150), (300, 150), (600, 600 / (8 / 2.54)), (800, 220), (9000, 220)],
)
def test_a_picture_that_says_nothing_is_wide_enough_to_read(width: int, dense: float) -> None:
    """It has 220 pixels per inch, or fewer if it is narrower than 8 cm, but never fewer than 150; icons stay small."""
    assert density(width) == pytest.approx(dense)
