"""TeX as authors write it -> TeX that can be converted, and its own number.

An author's TeX was written for LaTeX, MathJax or KaTeX, with environments that number their rows and labels that
nothing here refers to. Compositor's numbering is the only one; so those environments become their unnumbered forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compositor.markdown.math.colours import coloured
from compositor.markdown.math.equivalents import SAME, equivalent

LONGEST = 6000
"""Most letters of a formula; longer ones are drawings of several pages, or endless on purpose."""
DEEPEST = 60
"""Depth of nested braces and environments, and most commands in a row."""
ENVIRONMENTS = {
    **dict.fromkeys(("equation", "displaymath", "math"), ""),
    **dict.fromkeys(("align", "flalign", "alignat", "alignedat", "split", "xalignat"), "aligned"),
    **dict.fromkeys(("gather", "multline", "multlined"), "gathered"),
    **dict.fromkeys(("smallmatrix",), "matrix"),
    **dict.fromkeys(("eqnarray",), "array"),
}
"""Numbered or unknown environments -> those that are set instead."""
TEXT = ("text", "textrm", "textbf", "textit", "textsf", "texttt")
REFUSED = {
    **dict.fromkeys(("eqref", "ref", "url"), "is a link, and formulas cannot have links"),
    **dict.fromkeys(("usepackage", "input", "include"), "asks for a file"),
}
"""Command -> why a formula with it is not set."""
_BACKSLASHED = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[{}]", re.DOTALL)


class Unreadable(Exception):
    """A formula that cannot be set: why, and at which offset of its TeX."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Formula:
    """The TeX that is converted, and the number from its author, as it is printed: `(7)`."""

    tex: str
    tag: str = ""


def read(tex: str, display: bool = True) -> Formula:
    """Return the formula of an author's TeX. Raises Unreadable if it cannot be made."""
    _bounded(tex)
    _balanced(tex)
    for match in re.finditer(r"\\([A-Za-z]+)", tex):
        if match[1] in REFUSED:
            raise Unreadable(f"{match[0]} {REFUSED[match[1]]}", match.start())
    made = re.sub(r"(?<!\\)((?:\\\\)*)%[^\n]*", r"\1", tex)
    made = equivalent(coloured(made), _applied)
    made = re.sub(r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])", "", made)
    made = re.sub(r"\\((?:Xe|Lua|Bib)?(?:La)?TeX)(?![A-Za-z])", r"\\text{\1}", made)
    made = re.sub(r"\\cr(?![A-Za-z])", r"\\\\", made)
    made = re.sub(r"\^\s*\\prime(?![A-Za-z])", r"^{\\prime}", made)
    made, tag = _tagged(made, display)
    made = re.sub(r"\\([A-Za-z]+\*|[A-Za-z]+)", lambda match: f"\\{SAME.get(match[1], match[1])}", made)
    made = re.sub(r"\\newcommand(?![A-Za-z])", r"\\providecommand", made)
    made = _applied(made, "DeclareMathOperator*", _operator(r"\operatorname*"), 2)
    made = _applied(made, "DeclareMathOperator", _operator(r"\operatorname"), 2)
    made = _applied(made, "substack", lambda rows: rf"\begin{{subarray}}{{c}}{rows}\end{{subarray}}")
    made = _applied(made, "vphantom", lambda inside: "")
    for name in TEXT:
        made = _applied(made, name, _mixed(name))
    made = _in_rows(_plain_environments(made))
    if not made.strip():
        raise Unreadable("it is empty")
    return Formula(made, tag)


def _bounded(tex: str) -> None:
    """Refuse a formula that is too long or too deeply nested for the converter's stack."""
    if len(tex) > LONGEST:
        raise Unreadable(f"it has {len(tex)} letters; the limit is {LONGEST}")
    row = re.search(rf"(?:\\[A-Za-z]+\s*){{{DEEPEST}}}", tex)
    depth = deepest = 0
    for match in re.finditer(r"\\(?:begin|left|end|right)(?![A-Za-z])|\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "\\begin": 1, "\\left": 1, "}": -1, "\\end": -1, "\\right": -1}.get(match[0], 0)
        deepest = max(deepest, depth)
    if deepest > DEEPEST or row is not None:
        raise Unreadable(f"it is nested more than {DEEPEST} deep")


def _balanced(tex: str) -> None:
    depth: list[int] = []
    for match in re.finditer(r"\\.|[{}]", tex, re.DOTALL):
        if match[0] == "{":
            depth.append(match.start())
        elif match[0] == "}" and not depth:
            raise Unreadable("this } closes nothing", match.start())
        elif match[0] == "}":
            depth.pop()
    if depth:
        raise Unreadable("this { is never closed", depth[-1])


def _group(tex: str, start: int) -> tuple[str, int] | None:
    """Return the text in the braces that open here, after spaces, and where they end."""
    start += len(tex[start:]) - len(tex[start:].lstrip())
    if tex[start : start + 1] != "{":
        return None
    depth = 0
    for match in _BACKSLASHED.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return tex[start + 1 : match.start()], match.end()
    return None


def _applied(tex: str, name: str, made: Callable[..., str], count: int = 1) -> str:
    """Return the TeX with a command and its arguments replaced."""
    parts, last = [], 0
    for match in re.finditer(rf"\\{re.escape(name)}(?![A-Za-z*])", tex):
        given: list[str] = []
        end = match.end()
        while len(given) < count and (found := _group(tex, end)) is not None:
            given.append(found[0])
            end = found[1]
        if len(given) == count and match.start() >= last:
            parts += [tex[last : match.start()], made(*given)]
            last = end
    return "".join([*parts, tex[last:]])


def _operator(command: str) -> Callable[[str, str], str]:
    return lambda name, words: rf"\providecommand{{{name}}}{{{command}{{{words}}}}}"


def _mixed(name: str) -> Callable[[str], str]:
    """Return words with formulas among them: `\\text{if $x$ is}`."""

    def made(inside: str) -> str:
        parts = re.split(r"(?<!\\)\$", inside)
        if len(parts) % 2 == 0:
            raise Unreadable("a dollar among the words of a formula has no partner")
        pieces = (rf"\{name}{{{part}}}" if not number % 2 else f"{{{part}}}" for number, part in enumerate(parts))
        return "".join(pieces) if len(parts) > 1 else rf"\{name}{{{inside}}}"

    return made


def _tagged(tex: str, display: bool) -> tuple[str, str]:
    """Take a single \\tag as the number of a displayed formula; if there are several, they follow their rows."""
    tags = [match.start() for match in re.finditer(r"\\tag\*?\s*\{", tex)]

    def printed(words: str) -> str:
        return words.replace("$", "").strip()

    if len(tags) == 1 and display:
        found = re.search(r"\\tag(\*?)\s*\{([^{}\\]*)\}", tex)
        if found is not None:
            number = printed(found[2]) if found[1] else f"({printed(found[2])})"
            return tex[: found.start()] + tex[found.end() :], number
    tex = _applied(tex, "tag*", lambda words: rf"\qquad \text{{{words}}}")
    return _applied(tex, "tag", lambda words: rf"\qquad \text{{({words})}}"), ""


def _plain_environments(tex: str) -> str:
    def made(match: re.Match[str]) -> str:
        name = ENVIRONMENTS.get(match["name"])
        if name is None:
            return match[0]
        columns = "{rcl}" if name == "array" and match[1] == "begin" else ""
        return rf"\{match[1]}{{{name}}}{columns}" if name else " "

    tex = re.sub(r"(\\begin\{(?:x?alignat|alignedat)\*?\})\s*\{\d*\}", r"\1", tex)
    tex = re.sub(r"(\\begin\{(?:aligned|gathered|split|multlined)\})\s*\[[tbc]\]", r"\1", tex)
    tex = re.sub(r"(\\begin\{array\})\s*(?:\[[tbc]\])?\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})", _columns, tex)
    return re.sub(r"\\(begin|end)\s*\{(?P<name>[A-Za-z]+)\*?\}", made, tex)


def _columns(match: re.Match[str]) -> str:
    """Return the columns of an array without the text between them: `{r@{}l}`."""
    return match[1] + re.sub(r"[@!<>]\{[^{}]*\}|[pmb](?=\{)|\s", "", match[2])


def _in_rows(tex: str) -> str:
    """Set rows outside all environments below each other, as MathJax does."""
    marks = set(_outer_marks(tex))
    if "\\\\" not in marks:
        return tex
    name = "aligned" if "&" in marks else "gathered"
    body = re.sub(r"(?:\\\\\s*)+\Z", "", tex.strip())
    return rf"\begin{{{name}}}{body}\end{{{name}}}" if "\\\\" in set(_outer_marks(body)) else body


def _outer_marks(tex: str) -> Iterator[str]:
    depth = 0
    for match in re.finditer(r"\\(?:begin|end)(?![A-Za-z])|\\.|[{}&]", tex, re.DOTALL):
        depth += {"\\begin": 1, "{": 1, "\\end": -1, "}": -1}.get(match[0], 0)
        if not depth and match[0] in ("\\\\", "&"):
            yield match[0]
