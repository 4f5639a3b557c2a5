"""TeX -> MathML, for screens and for those who hear a formula."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from latex2mathml.converter import convert


def known(tex: str) -> str:
    """The TeX with the name of an environment that latex2mathml has for one that it passes over."""
    return re.sub(r"\\(begin|end)\{aligned\}", r"\\\1{align*}", tex)


@lru_cache(maxsize=4096)
def mathml(tex: str, display: bool) -> str:
    """The formula as MathML, in its namespace, with its TeX for those who hear it."""
    made = str(convert(known(tex), display="block" if display else "inline"))
    return made.replace("<math ", f'<math alttext="{escape(" ".join(tex.split()))}" ', 1)
