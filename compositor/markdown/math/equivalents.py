"""Commands of MathJax, KaTeX and plain TeX that the converter lacks -> equivalent ones.

Sources: MathJax, "Supported TeX/LaTeX commands"; KaTeX, "Supported functions".
"""

from __future__ import annotations

import re
from collections.abc import Callable

SAME = {
    "mbox": "text", "hbox": "text", "textnormal": "text", "textup": "text", "pmb": "boldsymbol", "hphantom": "phantom",
    "hspace*": "hspace", "operatornamewithlimits": "operatorname*", "renewcommand": "providecommand",
    "mathds": "mathbb", "bbold": "mathbb", "smallsetminus": "setminus", "dotsc": "ldots", "dotso": "ldots",
    "dotsb": "cdots", "dotsm": "cdots", "dotsi": "cdots",
    "hdots": "ldots", "adots": "iddots", "mathellipsis": "ldots", "varlimsup": "limsup", "varliminf": "liminf",
    "toprule": "hline", "midrule": "hline", "bottomrule": "hline", "dashrightarrow": "rightarrow",
}  # fmt: skip
"""Command -> a known one with the same result."""
WORDS = ("text", "textrm", "textbf", "textit", "textsf", "texttt", "mbox", "hbox", "textnormal", "textup")
"""Commands whose braces contain words, in which `_` is a letter."""
INSIDE = {
    **dict.fromkeys(("class", "cssId", "style", "htmlClass", "htmlId", "htmlStyle", "htmlData", "href"), 1),
    **dict.fromkeys(("bbox", "smash", "llap", "rlap", "clap", "mathclap", "mathllap", "mathrlap", "vcenter"), 0),
    **dict.fromkeys(("ensuremath", "mathnormal"), 0),
}
"""Command -> how many arguments precede the one that is set."""
GONE = re.compile(
    r"\\(?:require|cline|cmidrule)\s*\{[^{}]*\}"
    r"|\\(?:allowbreak|nobreak|protect|strut|null|hfill|tiny|scriptsize|small|normalsize|large|Large|LARGE|huge|Huge)"
    r"(?![A-Za-z])|\\(?:raise|lower)\s*-?[\d.]+\s*[a-z]{2}(?=\s*\{)"
)
"""Commands that paper does not need: possible line ends, sizes."""
IN_BRACES = ("matrix", "pmatrix", "cases")
"""Environments that plain TeX writes with braces."""
_CODE = re.compile(r"\\unicode(?:\[[^\]]*\])?\{x(?P<hex>[0-9A-Fa-f]{2,6})\}|\\char\"(?P<char>[0-9A-Fa-f]{2,6})")
_MATRIX = re.compile(r"\\(?P<what>begin|end)\{(?P<name>[bpvVB]?matrix)\*\}(?:\s*\[[lcr]\])?")
Applied = Callable[..., str]


def equivalent(tex: str, applied: Applied) -> str:
    """Return the TeX without them; `applied(tex, command, made, count)` replaces a command and its arguments."""
    tex = _CODE.sub(_letter, _MATRIX.sub(r"\\\g<what>{\g<name>}", GONE.sub("", tex)))
    for name, before in INSIDE.items():
        tex = re.sub(rf"\\{name}\s*\[[^\[\]]*\]", rf"\\{name}", tex)
        tex = applied(tex, name, lambda *given: f"{{{given[-1]}}}", before + 1)
    for name in IN_BRACES:
        tex = applied(tex, name, lambda inside, name=name: rf"\begin{{{name}}}{inside}\end{{{name}}}")
    for name in ("intertext", "shortintertext"):
        tex = applied(tex, name, lambda inside: rf"\text{{{inside}}} \\ ")
    tex = applied(tex, "multicolumn", lambda count, _, inside: f"{{{inside}}}{'&' * _further(count)}", 3)
    tex = applied(tex, "fbox", lambda inside: rf"\boxed{{\text{{{inside}}}}}")
    for name in WORDS:
        tex = applied(tex, name, lambda inside, name=name: rf"\{name}{{{_words(inside)}}}")
    return tex


def _further(count: str) -> int:
    """Return the columns after the first that a cell spans."""
    return min(int(count), 100) - 1 if count.strip().isdecimal() else 0


def _letter(match: re.Match[str]) -> str:
    code = int(match["hex"] or match["char"], 16)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _words(inside: str) -> str:
    """Return words with signs that have a meaning only in formulas; text between dollars is a formula."""
    parts = re.split(r"(?<!\\)(\$)", inside)
    is_words = [not parts[:number].count("$") % 2 for number in range(len(parts))]
    return "".join(
        re.sub(r"(?<!\\)_", r"\\_", part) if words else part for part, words in zip(parts, is_words, strict=True)
    )
