"""Chapter + Medium -> XHTML: tokens through the render rules, then the result into a template. Writes to no token."""

from compositor.render.asked import counting
from compositor.render.documents import has_ornament, render_cover, render_page, render_unit, render_web_page
from compositor.render.rendering import UnitRendering
from compositor.render.units import measure_of, render_body, render_title, with_parted_tables

__all__ = [
    "UnitRendering",
    "counting",
    "has_ornament",
    "measure_of",
    "render_body",
    "render_cover",
    "render_page",
    "render_title",
    "render_unit",
    "render_web_page",
    "with_parted_tables",
]
