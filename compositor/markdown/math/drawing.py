"""TeX -> a drawing on the baseline of its line, for paper."""

from __future__ import annotations

import warnings
from base64 import b64encode
from functools import lru_cache
from html import escape

from lxml import etree

from compositor.markdown.math.mathml import known

SIZE = 10.0
"""Size at which formulas are drawn, so that a tenth of a length is in em."""


@lru_cache(maxsize=4096)
def drawing(tex: str, display: bool) -> str:
    """The formula as an image whose baseline is that of its line; lengths in em, so that it follows the type."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it opens its font by a way that Python gives up
        from ziamath.config import config
        from ziamath.operators import operators
        from ziamath.zmath import Latex

    config.svg2 = False  # paths and no symbols: no id, and nothing that WeasyPrint cannot draw
    operators["×", "infix"] = operators["+", "infix"]  # its table is that of MathML 2; TeX spaces both alike
    made = Latex(known(tex), size=SIZE, inline=not display, margin=0)
    root = etree.fromstring(made.svg().encode())
    _, top, width, height = (float(number) for number in root.get("viewBox", "0 0 0 0").split())
    below = top + height
    address = b64encode(etree.tostring(root)).decode()
    style = f"width:{width / SIZE:.3f}em;height:{height / SIZE:.3f}em;vertical-align:{-below / SIZE:.3f}em"
    alt = escape(" ".join(tex.split()))
    return f'<img class="math" alt="{alt}" style="{style}" src="data:image/svg+xml;base64,{address}"/>'
