"""A book's own HTML against finished files: words that its own tool shows and ours do not, each in a category.

The HTML is that of cmark-gfm if it is installed, else that of markdown-it-py (CommonMark, tables, HTML kept); tinyhtml5
reads it as browsers do. A word is lost if a file has it less often, and its neighbours are not there with it: so a word
that is broken at the end of a line is not lost.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from xml.etree.ElementTree import Element

import pypdfium2
import tinyhtml5
from lxml import etree
from markdown_it import MarkdownIt

MARKUP, INTERFACE, REMOTE, HIDDEN, DRAWINGS, OTHER = (
    "markup", "interface", "remote", "hidden lines", "drawings", "none of these",
)  # fmt: skip
CATEGORIES = (MARKUP, INTERFACE, REMOTE, HIDDEN, DRAWINGS, OTHER)
"""Why a word in the HTML may be missing in a book; the last reason is for words that should not be lost."""
NOT_SHOWN = (MARKUP, HIDDEN)
"""What the tool that a book was written for does not show either, and HTML of CommonMark does."""
OF_ELEMENTS = {
    **dict.fromkeys(("button", "nav", "form", "select", "input", "textarea", "label"), INTERFACE),
    **dict.fromkeys(("iframe", "video", "audio", "object", "embed"), REMOTE),
    **dict.fromkeys(("svg", "math", "canvas"), DRAWINGS),
}
NO_TEXT = {"script", "style", "head", "template", "noscript", "title"}
CALLS = {"footnote-ref", "footnote-backref"}
"""Classes of the numbers of notes, and of links back to their calls."""
BLOCKS = {
    *("p", "div", "li", "td", "th", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dt", "dd", "summary"),
    *("section", "details", "figure", "figcaption", "ul", "ol", "dl", "table", "tr", "tbody", "thead", "body", "html"),
    *("article", "aside", "center", "caption", "br", "hr", *OF_ELEMENTS),
}
WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]+")
FORMS = (
    (MARKUP, re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{:?\s*[.#][^{}]*\}|\{[a-z][\w-]*=[^{}]*\}", re.S)),
    (MARKUP, re.compile(r"^\s*(?:!!!|\?\?\?\+?|===)\s.*$|^\s*:{3,}.*$|^\[![A-Z]+\]|^\s*(?:import|export) .*$", re.M)),
    (MARKUP, re.compile(r"^\s*:[\w-]+:(?:[ \t].*)?$|^\{\{[a-z]+\b.*$|^[a-z]+\}\}$|^\([^()\n]+\)=$|^\+{3}.*$", re.M)),
    (MARKUP, re.compile(r"\[\^[^\]\s]+\]|:[a-z0-9_+-]+:|^\s*\[TOC\]|--8<--.*|^\*\[[^\]]+\]:.*$", re.M)),
    (MARKUP, re.compile(r"(?<![\w/@.])@(?:sec|fig|tbl|tab|eq|lst|exr|thm|lem|cor|def|exm)-[\w-]+")),
    (MARKUP, re.compile(r"\[[^\[\]]*(?<![\w.])@\w[^\[\]]*\]")),
    (MARKUP, re.compile(r"\\?@ref\([\w:-]+\)|\(\\?#[\w:-]+\)")),
    (MARKUP, re.compile(r"^\s*\(?(?:[a-z]|[ivx]{1,4})[.)](?=[ \t])", re.M)),
    (MARKUP, re.compile(r"\{\{[a-z]+\b[^{}\n]*|(?<=\])\{[a-z]+(?: [a-z]+)?\}")),
    (MARKUP, re.compile(r"^% .*$", re.M)),
    (MARKUP, re.compile(r"\bhighlight-(?:next-line|start|end)\b|^\s*(?:#|//)\|[ \t].*$|\(ref:[\w-]+\)", re.M)),
    (MARKUP, re.compile(r"^\\(?:newpage|pagebreak|clearpage)\b", re.M)),
    (MARKUP, re.compile(r"^\s*import(?::\S+?)?,[ \t]*[\w./-]+\s*$", re.M)),
    (MARKUP, re.compile(r"^\s*import(?=[:,]| \w+:\")|\b(?:title|marker|unindent|lang)(?=[:=]\")", re.M)),
    (MARKUP, re.compile(r"(?<=marker:)\"[^\"]*\"|(?<=unindent:)\"true\"|(?<=\bimport:)\"[^\"]*\"")),
    (DRAWINGS, re.compile(r"(?<![\w$\\])\$(?=[^\s$])[^$]{,400}?(?<=[^\s\\])\$(?![\w$])")),
    (DRAWINGS, re.compile(r"\$\$.{,4000}?\$\$|\\\\?\[.{,500}?\\\\?\]|\\\\?\(.{,500}?\\\\?\)", re.S)),
)
"""Text for a tool, or the source of a drawing, which plain Markdown shows as words."""
FRONT = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
RUST_HIDDEN = re.compile(r"\s*#(?:[ \t].*)?$")
DIRECTIVE = re.compile(
    r"(?P<marks>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:.+-]*)\}[ \t]*(?P<words>.*)\Z"
)
FENCE = re.compile(r"`{3,}|~{3,}|:{3,}")
ROLE = re.compile(r"\{(?P<name>[a-z][\w:.+-]*)\}`(?P<words>[^`]+)`")
TARGET = re.compile(r"\s*<[^<>]*>\Z")
LEADS = ("ref", "numref", "doc", "eq", "embed")
"""Roles with the name of a place, replaced by its title or its number."""
ITEM = re.compile(r"\A(?:(?:[-*+]|\d+[.)])[ \t]+)+(?=[`~:]{3})")
"""The text before a fence at the beginning of an item."""
OPTION = re.compile(r":[\w-]+:(?:[ \t].*)?\Z")
HOLDS_CODE = frozenset(
    ("code", "code-block", "code-cell", "sourcecode", "math", "mermaid", "myst", "raw", "csv-table", "r", "python")
)
"""Directives without Markdown in them."""
NAMES = frozenset(
    (
        *("figure", "figure-md", "image", "include", "literalinclude", "iframe", "embed", "index", "solution", "div"),
        *("bibliography", "toctree", "solution-start", "exercise-start"),
    )
)
"""Directives followed by the name of a file or of a place, which nobody shows."""
CALLED = re.compile(r"(?<=[^\W\d_])\d{1,3}\Z")
"""The number of a note after a word, which is one word with it in a PDF."""
DRAWN = ("mermaid", "plantuml", "dot", "graphviz", "{math}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the HTML shows, the letters around it, and the category it would be lost in."""

    letters: str
    around: str
    category: str


def html_of(text: str) -> str:
    """Return the HTML of a text without its front matter; the content of MyST directives is Markdown there as well."""
    runs = groupby(_unfolded(FRONT.sub("", text).split("\n")), key=itemgetter(1))
    joined = (("\n".join(line for line, _ in run), is_code) for is_code, run in runs)
    text = "\n".join(run if is_code else ROLE.sub(_said, run) for run, is_code in joined)
    program = shutil.which("cmark-gfm")
    if program is None:
        return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    words = [program, "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "footnotes"]
    return subprocess.run(words, input=text, capture_output=True, text=True, check=True).stdout


def _unfolded(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield the lines without those that open and close directives, and without their options; and which are code."""
    open_: list[str] = []
    code, options, header = "", False, False
    for line in lines:
        bare = ITEM.sub("", line.strip())
        opens, fence = DIRECTIVE.match(bare), FENCE.match(bare)
        marks = fence[0] if fence else ""
        if header or (options and (OPTION.match(bare) or bare == "---")):
            header = (bare == "---") != header
            continue
        options = False
        if code:
            code = "" if marks.startswith(code) and marks == bare else code
        elif opens is not None and opens["name"] not in HOLDS_CODE:
            open_.append(opens["marks"])
            indent, words = line[: len(line) - len(line.lstrip())], opens["words"]
            yield from (("", False), (indent + (words if opens["name"] not in NAMES else ""), False), ("", False))
            options = True
            continue
        elif open_ and marks == bare and marks.startswith(open_[-1]):
            open_.pop()
            yield "", False
            continue
        elif marks and not marks.startswith(":"):
            code, options = marks, opens is not None and opens["name"] != "myst"
        yield line, bool(code)


def _said(match: re.Match[str]) -> str:
    """Return the words of a role, without its name and without its target."""
    words, target = match["words"], TARGET.search(match["words"])
    if match["name"].rpartition(":")[2] in LEADS or match["name"].startswith("cite"):
        words = words if target else ""
    return f"`{TARGET.sub('', words)}`" if words else ""


def words_of(html: str, title: str = "") -> list[Word]:
    """Return the words of the main text, in order, without the book's title that some tools put above each text."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    found: list[Word] = []
    for number, (text, known) in enumerate(_pieces(tree)):
        category = known or (INTERFACE if not number and text.strip() == title else "")
        tags = _tagged(text)
        matches = list(WORD.finditer(text))
        letters = ["".join(WORD.findall(_plain(match[0]))) for match in matches]
        why = [category or tags.get(match.start(), "") for match in matches]
        sure = ["" if reason else word for word, reason in zip(letters, why, strict=True)]
        found += [
            Word(letters[n], "".join((*sure[max(0, n - 1) : n], letters[n], *sure[n + 1 : n + 2])), why[n] or OTHER)
            for n in range(len(letters))
        ]
    return found


def _tagged(text: str) -> dict[int, str]:
    """Return the positions of words in a form of another tool -> its category."""
    found: dict[int, str] = {}
    for category, form in FORMS:
        for match in form.finditer(text):
            words = WORD.finditer(text, match.start(), match.end())
            found |= {word.start(): MARKUP if _is_command(text, word.start()) else category for word in words}
    return found


def _is_command(text: str, start: int) -> bool:
    """Return whether a word of a formula is the name of a command of TeX, or of an environment."""
    return text[max(0, start - 7) : start].endswith(("\\", "\\begin{", "\\end{"))


def _pieces(tree: Element) -> Iterator[tuple[str, str]]:
    """Yield the text of each block, with the category of its element."""
    pieces: list[list[str]] = [[]]
    found: list[tuple[list[str], str]] = [(pieces[0], "")]

    def begin(category: str) -> None:
        found.append(([], category))

    def walk(element: Element, category: str, in_code: bool = False) -> None:
        tag = str(element.tag).rpartition("}")[2] if not callable(element.tag) else ""  # a comment's tag is a function
        if tag and tag not in NO_TEXT and not CALLS & set(element.get("class", "").split()):
            inner = category or OF_ELEMENTS.get(tag, "") or _of_code(element, tag)
            if tag in BLOCKS or inner != category:
                begin(inner)
            in_this = in_code or tag in ("code", "pre")
            found[-1][0].append(_apart(element.text or "", in_this))
            for child in element:
                walk(child, inner, in_this)
            if tag in BLOCKS or inner != category:
                begin(category)
        found[-1][0].append(_apart(element.tail or "", in_code))

    walk(tree, "")
    for parts, category in found:
        text = "".join(parts)
        if category.startswith(HIDDEN):
            hides = re.compile(rf"\s*{re.escape(category.removeprefix(HIDDEN))}") if category > HIDDEN else RUST_HIDDEN
            text = unicodedata.normalize("NFKC", text)
            yield from ((line, HIDDEN if hides.match(line) else "") for line in text.split("\n"))
        elif text.strip():
            yield unicodedata.normalize("NFKC", text), category


def _apart(text: str, in_code: bool) -> str:
    """Return a text in which no dollar of code begins a formula."""
    return text.replace("$", "\ue000") if in_code else text


def _of_code(element: Element, tag: str) -> str:
    language = element.get("class", "") if tag == "code" else ""
    if any(f"language-{name}" in language for name in DRAWN):
        return DRAWINGS
    prefix = re.search(r"hidelines=([^\s,]+)", language)
    return HIDDEN + (prefix[1] if prefix else "") if prefix or "language-rust" in language else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def words_of_pdf(data: bytes) -> list[str]:
    """Return what a PDF shows, as pdfium extracts it: whole, and without the first or last line of each page, or both.

    So a word that continues on the next page is whole in one of them, without the head or the page number between.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_bounded().replace("\ufffe", "\x02") for page in document]
    finally:
        document.close()
    pages = [text.replace("\x02", "\x02\r\n").split("\r\n") for text in texts]
    cuts = [(0, None), (1, None), (0, -1), (1, -1), (2, None), (0, -2)]
    return ["\n".join("\n".join(lines[first:last]) for lines in pages) for first, last in cuts]


def words_of_epub(data: bytes) -> list[str]:
    """Return what an EPUB shows: the text of its documents."""
    archive = zipfile.ZipFile(BytesIO(data))
    names = [name for name in archive.namelist() if name.endswith((".xhtml", ".html"))]
    parser = etree.XMLParser(recover=True, resolve_entities=False)
    trees = (etree.fromstring(archive.read(name), parser) for name in names)
    return ["\n".join("".join(map(str, tree.itertext())) for tree in trees)]


def lost(words: Sequence[Word], shown: Sequence[str]) -> Counter[Word]:
    """Return the words that a file does not show often enough, not even next to their neighbours.

    A missing word is first explained by one with a category, before a word of the text counts as lost.
    """
    texts = [_plain(re.sub("\x02\\s*", "", one).replace("\u00ad", "")) for one in shown]
    squeezed = ["".join(match[0] for match in WORD.finditer(text)) for text in texts]
    missing = Counter(word.letters for word in words)
    missing.subtract(Counter(match[0] for match in WORD.finditer(texts[0])))
    called = Counter(CALLED.sub("", match[0]) for match in WORD.finditer(texts[0]) if CALLED.search(match[0]))
    found: Counter[Word] = Counter()
    for word in sorted(words, key=lambda one: one.category == OTHER):
        if missing[word.letters] <= 0:
            continue
        if word.category != OTHER or not any(word.around in text for text in squeezed):
            missing[word.letters] -= 1
            if called[word.letters] > 0:
                called[word.letters] -= 1
            else:
                found[word] += 1
    return found
