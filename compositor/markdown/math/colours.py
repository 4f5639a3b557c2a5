"""Colours in TeX -> colours that the converter knows, dark enough for words on white.

`\\color{red} x` applies up to the end of its group, `\\color{red}{x}` to the text in the braces, as in MathJax and
KaTeX. The background of a box is left out, and its words are kept. Sources: LaTeX's package xcolor; MathJax, "color".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from math_core import LatexError, LatexToMathML

from compositor.theme.contrast import darkened

_COMMAND = re.compile(
    r"\\(?:text|math)?color(?![A-Za-z])\s*(?:\[(?P<model>\w+)\]\s*)?\{(?P<value>[^{}]*)\}(?P<opens>\s*\{)?"
)
_DEFINED = re.compile(r"\\definecolor\s*\{(?P<name>[^{}]*)\}\s*\{(?P<model>\w+)\}\s*\{(?P<value>[^{}]*)\}")
_BOX = re.compile(r"\\(?P<framed>f)?colorbox\s*\{[^{}]*\}(?(framed)\s*\{[^{}]*\})\s*(?=\{)")
_COLOUR = re.compile(r"color\s*:\s*(?P<value>#\w+);?")
MODELS = {"HTML": 255.0, "RGB": 255.0, "rgb": 1.0, "gray": 1.0}
"""Colour model -> the largest value of a component."""


def coloured(tex: str) -> str:
    """Return the TeX with every colour in hexadecimal digits; unknown and too pale ones are left out."""
    own = {match["name"].strip(): _hexadecimal(match["model"], match["value"]) for match in _DEFINED.finditer(tex)}
    tex = _BOX.sub(lambda match: r"\fbox" if match["framed"] else r"\text", _DEFINED.sub("", tex))
    return _COMMAND.sub(lambda match: _set(match, own), tex)


def _set(match: re.Match[str], own: Mapping[str, str]) -> str:
    value = match["value"].strip()
    ink = darkened(own.get(value, "") or _hexadecimal(match["model"] or "", value))
    return ("{" if match["opens"] else "") + (rf"\color[HTML]{{{ink[1:].upper()}}} " if ink else "")


def _hexadecimal(model: str, value: str) -> str:
    """Return a colour as CSS has it; empty for an unknown name."""
    if model not in MODELS:
        return value if value.startswith("#") else _named(value)
    if model == "HTML":
        return f"#{value.strip()}"
    try:
        shares = [min(max(float(one) / MODELS[model], 0.0), 1.0) for one in value.split(",")]
    except ValueError:
        return ""
    shares = shares * 3 if model == "gray" else shares
    return "#" + "".join(f"{round(255 * share):02x}" for share in shares) if len(shares) == 3 else ""


@lru_cache(maxsize=256)
def _named(name: str) -> str:
    """Return a colour that the converter knows by name, such as those of dvips, or else one of CSS."""
    if not name.isalpha():
        return ""
    try:
        made = LatexToMathML().convert_with_local_state(rf"\color{{{name}}} x", displaystyle=False)
    except LatexError:
        return name
    found = _COLOUR.search(made)
    return found["value"] if found else ""
