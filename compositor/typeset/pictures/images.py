"""Images of pixels, as WeasyPrint sets and paints them: by their own density, upright, each once in a file.

WeasyPrint takes every pixel for 1/96 inch. It identifies an image by the address of its file, which differs from one
machine to the next, and puts a photograph's Exif into the PDF.
"""

from __future__ import annotations

import hashlib
from copy import copy
from io import BytesIO
from typing import Any

from PIL import Image

from compositor.pictures import open_picture
from compositor.pictures.density import density, stated_density
from compositor.pictures.preparing import for_paper

PIXELS = 96
"""Pixels in an inch of CSS."""
TOO_FINE = 600
"""Pixels per inch above which an image is resampled: more are neither seen nor printed, and make the file larger."""
FINE = 350
"""Pixels per inch after resampling."""
QUALITY = 92


def set_pictures_by_their_density() -> None:
    """Replace WeasyPrint's functions; called once in a process."""
    from weasyprint.formatting_structure.boxes import InlineReplacedBox
    from weasyprint.images import RasterImage

    InlineReplacedBox.position_x = 0  # read before it is set, for a drawing without a size in Hebrew text
    load, draw, paint = RasterImage.__init__, RasterImage.draw, RasterImage.get_x_object

    def __init__(self: Any, picture: Any, address: str, data: bytes, filename: Any = None, *rest: Any) -> None:
        """Load the image as it is printed, named by a hash of its content."""
        prepared = for_paper(data)
        name = hashlib.sha256(prepared.data).hexdigest()[:32]
        given = picture if prepared.data == data else open_picture(BytesIO(prepared.data))
        load(self, given, name, prepared.data, filename if prepared.data == data else None, *rest)
        self.stated = stated_density(given)
        self.density = self.stated or density(self.width)

    def get_intrinsic_size(self: Any, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Return width, height and their ratio; if a style gives another resolution, by that resolution."""
        dots = self.density / PIXELS if resolution == 1 else resolution
        return self.width / dots, self.height / dots, self.ratio

    def draw_finer(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw an image; with fewer pixels, if it has far too many."""
        points = abs(width * stream.ctm[0][0]) or 1.0
        self._dpi = FINE if self.resampled and self.width * 72 / points > TOO_FINE else None
        draw(self, stream, width, height, style)

    def get_x_object(self: Any, interpolate: bool, ratio: float) -> Any:
        """Return the image object of the PDF: never smoothed, even in a drawing, as PDF/A demands (ISO 19005-2, 6.2.8).
        """
        made = self.__dict__.setdefault("compositor_made", {})
        if ratio not in made:
            made[ratio] = paint(self if ratio == 1 else _resampled(self, ratio), False, 1)
        return _again(made[ratio])

    RasterImage.__init__, RasterImage.draw = __init__, draw_finer
    RasterImage.resampled = True
    RasterImage.get_intrinsic_size, RasterImage.get_x_object = get_intrinsic_size, get_x_object


def _again(made: Any) -> Any:
    """Return a separate object for another unit, with the same bytes, so that they are encoded once."""
    import pydyf

    extra = pydyf.Dictionary(dict(made.extra))
    if "SMask" in extra:
        extra["SMask"] = _again(extra["SMask"])
    return pydyf.Stream(list(made.stream), extra)


def resample_pictures(wanted: bool) -> None:
    """Set whether images that are painted from now on in this process may have fewer pixels than their files."""
    from weasyprint.images import RasterImage

    RasterImage.resampled = wanted


def _resampled(image: Any, ratio: float) -> Any:
    """Return the same with fewer pixels; a lossless image stays lossless."""
    made = copy(image)
    made.width, made.height = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
    made.id = f"{image.id}-{made.width}"
    target = BytesIO()
    with open_picture(BytesIO(image.image_data.data)) as whole:
        smaller = whole.resize((made.width, made.height), Image.Resampling.LANCZOS)
    smaller.info = {}
    smaller.save(target, image.format, **({"quality": QUALITY} if image.format == "JPEG" else {}))
    made.image_data = made.cache_image_data(target.getvalue())
    return made


def begin_without_indent(box: Any) -> None:
    """Do not indent a paragraph that begins with a wide picture: the picture is as wide as the paragraph."""
    from weasyprint.css.properties import ZERO_PIXELS
    from weasyprint.images import RasterImage

    if (box.element_tag or "").rpartition("}")[2] != "p":
        return
    for line in getattr(box, "children", ())[:1]:
        picture = getattr(next(iter(getattr(line, "children", ())), None), "replacement", None)
        if isinstance(picture, RasterImage) and picture.width > picture.density:
            line.style = line.style.copy()
            line.style["text_indent"] = ZERO_PIXELS
