r"""TeX in a bibliography -> text as in CSL-JSON, by pylatexenc: letters, dashes, `<i>`, `<sup>`.

An unknown command is replaced by its arguments. No file and no clock is read, whatever a field contains.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

LONGEST = 20_000
"""Letters of TeX in a field that are converted; other letters stay as they are."""
TAGS = re.compile(r"</?(?:i|b|sub|sup)>|<span class=\"nocase\">|<span style=\"font-variant:small-caps;\">|</span>")
"""Tags that a text in CSL-JSON may have. Source: CSL-JSON, "HTML-like formatting tags"."""
_TEX = re.compile(r"[\\{}$~]|--|``|''")
_COMMANDS = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic"), "<i>%s</i>"),
    **dict.fromkeys(("textbf", "mkbibbold"), "<b>%s</b>"),
    **dict.fromkeys(("textsc",), '<span style="font-variant:small-caps;">%s</span>'),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), "<sup>%s</sup>"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), "<sub>%s</sub>"),
    **dict.fromkeys(("enquote", "mkbibquote"), '"%s"'),
    **dict.fromkeys(("mkbibparens",), "(%s)"),
    **dict.fromkeys(("noopsort", "SortNoop", "sortnoop", "nosort"), ""),
    **dict.fromkeys(("ensuremath", "mbox", "hbox", "text", "texttt", "textrm", "textsf", "textup", "textmd"), "%s"),
    **dict.fromkeys(("textnormal", "textlf", "textquote", "MakeUppercase", "MakeLowercase", "natexlab"), "%s"),
    **dict.fromkeys(("operatorname", "mathrm", "mathit", "bibstring", "uppercase", "lowercase", "t"), "%s"),
}
"""Commands with one argument -> their result."""
_SIGNS = {
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX",
    "slash": "/", "textquotesingle": "'", "textquotedbl": '"', "textasciitilde": "~", "textbackslash": "\\",
    "euro": "€", "texteuro": "€", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "hyphen": "-",
    "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "textdegree": "°", "degree": "°", "sim": "~",
    "bibrangedash": "–", "bibdatedash": "–",
    **dict.fromkeys(("nobreakdash", "newblock", "allowbreak", "protect", "relax", "today", "xspace"), ""),
    **dict.fromkeys(("-", "/", "@"), ""),
    **dict.fromkeys(("selectfont", "upshape", "normalfont", "rm", "sf", "tt", "rmfamily", "ttfamily", "sffamily"), ""),
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape", "bf", "bfseries", "sc", "scshape"), ""),
    **dict.fromkeys(("url", "nolinkurl", "path", "href"), ""),
}  # fmt: skip
"""Commands without an argument -> their result; some of the last rows are handled earlier."""
_SWITCHES = {
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape"), "<i>%s</i>"),
    **dict.fromkeys(("bf", "bfseries"), "<b>%s</b>"),
    **dict.fromkeys(("sc", "scshape"), '<span style="font-variant:small-caps;">%s</span>'),
}
"""Commands that apply up to the end of their braces."""
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\$]))")
_MATH = re.compile(r"(?<!\\)\$([^$]+)\$")
_ADDRESS = re.compile(r"\\(?:url|nolinkurl|path)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LINK = re.compile(r"\\href\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")


@contextmanager
def unheard() -> Iterator[None]:
    """Silence what the libraries print on standard error: it is reported as a finding, or harmless."""
    loggers = [logging.getLogger(name) for name in ("bibtexparser", "pylatexenc")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def plain(text: str) -> str:
    """Return the text of CSL-JSON without its tags."""
    return TAGS.sub("", text)


def verbatim(text: str) -> str:
    r"""Return an address, a DOI or a number as it is, written for TeX (`\_`, `{\%}`, `\url{...}`) or not."""
    found = _ADDRESS.search(text)
    text = found[1] if found else text
    text = re.sub(r"\\textasciitilde(?:\{\})?\s?|\\~\{\}|\$\\sim\$|\\string~", "~", text)
    text = re.sub(r"\\([_%&#$~^{}])", r"\1", text)
    return re.sub(r"[{}\s]", "", text)


def addresses(text: str) -> list[str]:
    r"""Return the addresses in `\url{...}` and `\href`, in order."""
    found = [*_ADDRESS.finditer(text), *_LINK.finditer(text)]
    return [verbatim(match[1]) for match in sorted(found, key=lambda match: match.start())]


@lru_cache(maxsize=50_000)
def from_latex(text: str) -> tuple[str, frozenset[str]]:
    """Return the text that TeX would print, and the unknown commands in it."""
    if not _TEX.search(text):
        return _spaced(text), frozenset()
    if len(text) > LONGEST:
        return _spaced(re.sub(r"[\\{}]", "", text)), frozenset({"…"})
    try:
        with unheard():
            return _converted(text)
    except Exception:  # the library has several errors of its own, and Python raises one for deep nesting
        return _spaced(re.sub(r"[\\{}]", "", text)), frozenset({"…"})


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _converted(text: str) -> tuple[str, frozenset[str]]:
    kept: list[str] = []

    def keep(said: str) -> str:
        kept.append(said)
        return chr(0xE100 + len(kept) - 1) if len(kept) < 0x200 else ""

    text = _LINK.sub(lambda match: _named_link(match, keep), text)
    text = _ADDRESS.sub(lambda match: keep(verbatim(match[1])), text)
    text = _MATH.sub(lambda match: _SCRIPT.sub(_script, f"${match[1]}$"), text)
    lone = "%&#$" if len(re.findall(r"(?<!\\)\$", text)) % 2 else "%&#"
    text = re.sub(rf"(?<!\\)([{lone}])", r"\\\1", text)
    walker, converter = _libraries()
    made = converter()
    nodes = walker(text).get_latex_nodes()[0]
    said = _spaced(made.nodelist_to_text(nodes))
    return re.sub("[\ue100-\ue2ff]", lambda match: kept[ord(match[0]) - 0xE100], said), frozenset(made.unknown)


def _named_link(match: re.Match[str], keep: Any) -> str:
    """Return words and the address after them: a list of works shows both."""
    address = verbatim(match[1])
    return str(keep(address)) if verbatim(match[2]) == address else f"{match[2]} ({keep(address)})"


def _script(match: re.Match[str]) -> str:
    name = "textsuperscript" if match[1] == "^" else "textsubscript"
    return rf"\{name}{{{match[2] if match[2] is not None else match[3]}}}"


@cache
def _libraries() -> tuple[Any, Any]:
    """Return the parser and the writer class; imported when a field needs them."""
    from pylatexenc import latex2text, latexwalker, macrospec

    reading = latexwalker.get_default_latex_context_db()
    said = latex2text.get_default_latex_context_db()
    said = said.filter_context(exclude_categories=["latex-placeholders", "latex-ethuebung", "nonstandard-qit"])
    given = [macrospec.std_macro(name, "{") for name in _COMMANDS] + [macrospec.std_macro(name, "") for name in _SIGNS]
    words = [latex2text.MacroTextSpec(name, simplify_repl=_said(shown)) for name, shown in (_COMMANDS | _SIGNS).items()]
    reading.add_context_category("press", macros=given, prepend=True)
    said.add_context_category("press", macros=words, prepend=True)

    class Converter(latex2text.LatexNodes2Text):  # type: ignore[misc]
        """The library's converter, with switches (`{\\em x}`), braces that protect case, and unknown commands."""

        def __init__(self) -> None:
            super().__init__(latex_context=said, keep_comments=True)
            self.unknown: set[str] = set()
            self.within = 0

        def macro_node_to_text(self, node: Any) -> str:
            if said.get_macro_spec(node.macroname) in (None, said.unknown_macro_spec):
                self.unknown.add(node.macroname)
            self.within += 1
            text = str(super().macro_node_to_text(node))
            self.within -= 1
            return text

        def group_node_to_text(self, node: Any) -> str:
            first = next((one for one in node.nodelist if str(one.latex_verbatim()).strip()), None)
            text = str(super().group_node_to_text(node))
            if first is None or not first.isNodeType(latexwalker.LatexMacroNode):
                whole = re.sub(r'<span class="nocase">(.*?)</span>', r"\1", text)
                kept = not self.within and whole != whole.lower() and "<" not in whole
                return f'<span class="nocase">{whole}</span>' if kept else text
            shown = _SWITCHES.get(first.macroname)
            return shown % text.strip() if shown else text

    return lambda text: latexwalker.LatexWalker(text, latex_context=reading, tolerant_parsing=True), Converter


def _said(shown: str) -> Any:
    """Return a text that replaces a command; the library takes an empty one only from a function."""
    return shown or (lambda node: "")
