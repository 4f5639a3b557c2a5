"""TeX -> what is wrong with it, and where."""

from __future__ import annotations

import re

from latex2mathml import exceptions
from latex2mathml.converter import convert
from lxml import etree

from compositor.markdown.math.mathml import known, mathml

_UNKNOWN = re.compile(r"<mi>\\(?P<name>[A-Za-z]+)</mi>")
FAULTS: dict[type[Exception], str] = {
    exceptions.NumeratorNotFoundError: "a fraction has no numerator",
    exceptions.DenominatorNotFoundError: "a fraction has no denominator",
    exceptions.ExtraLeftOrMissingRightError: r"\left has no \right",
    exceptions.MissingSuperScriptOrSubscriptError: "^ or _ has nothing behind it",
    exceptions.DoubleSubscriptsError: "two subscripts on one letter",
    exceptions.DoubleSuperscriptsError: "two superscripts on one letter",
    exceptions.NoAvailableTokensError: "a command lacks what it is applied to",
    exceptions.MissingEndError: r"\begin has no \end",
    exceptions.LimitsMustFollowMathOperatorError: r"\limits stands behind no operator",
}
REFUSALS: tuple[type[Exception], ...] = (*FAULTS, etree.XMLSyntaxError)


def fault_of(tex: str) -> tuple[str, int] | None:
    """What is wrong with a formula, and at which offset; latex2mathml passes over much of it."""
    depth: list[int] = []
    for match in re.finditer(r"\\.|[{}]", tex, re.DOTALL):
        if match[0] == "{":
            depth.append(match.start())
        elif match[0] == "}" and not depth:
            return "this } closes nothing", match.start()
        elif match[0] == "}":
            depth.pop()
    if depth:
        return "this { is never closed", depth[-1]
    return _fault_of_environments(tex) or _fault_of_commands(tex)


def _fault_of_environments(tex: str) -> tuple[str, int] | None:
    """latex2mathml passes over the name of an environment that it does not know, and sets its rows in one line."""
    for match in re.finditer(r"\\begin\{([A-Za-z]+\*?)\}", known(tex)):
        name = match[1]
        if name != "array" and "<mtable" not in convert(f"\\begin{{{name}}} a \\end{{{name}}}"):
            message = f'there is no environment "{name}"; aligned, cases, matrix and pmatrix are known'
            return message, max(tex.find(match[0]), 0)
    return None


def _fault_of_commands(tex: str) -> tuple[str, int] | None:
    try:
        made = mathml(tex, False)
        etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False))
    except REFUSALS as problem:
        return FAULTS.get(type(problem), "it makes no MathML"), 0
    except (exceptions.InvalidAlignmentError, exceptions.InvalidWidthError, ValueError, IndexError, KeyError):
        return "a command is given something that it cannot take", 0
    if not tex.strip():
        return "it is empty", 0
    unknown = _UNKNOWN.search(made)
    if unknown is not None:
        return f"there is no command \\{unknown['name']}", max(tex.find(f"\\{unknown['name']}"), 0)
    return None
