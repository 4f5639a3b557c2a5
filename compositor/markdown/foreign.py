"""Syntax of another Markdown that ours prints as it stands: a warning with Compositor's own syntax for it.

Markdown has no errors, so an unknown construct becomes text: readers see `{{< pagebreak >}}`, and the author sees no
message. A backslash or back-ticks say that the signs are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.markdown.texts import places, texts
from compositor.model import Place

_Form = tuple[re.Pattern[str], str]
TABLE = "write tables with bars, and a line `|---|---|` below the head"
COLON = "write references with a hyphen: %s"
CALLOUT = "write a callout as a quotation that begins with [!NOTE]"
LIST = "begin a numbered list with `1.`"

PARAGRAPHS: Sequence[_Form] = (
    (re.compile(r"#{1,6}(?=[^\W\d_])[^\n]*"), "write a space after the signs of a heading: `## Words`"),
    (re.compile(r"#{7,}(?= )"), "headings have at most six signs"),
    (
        re.compile(r"(?::|Table:)(?=[ \t])"),
        "put a caption directly after its table, and a definition directly below its term",
    ),
    (re.compile(r"\+(?:[-=:]+\+)+"), TABLE),
    (re.compile(r"[!?]{3}\+? [a-z]+(?:[ \t]+\"[^\"\n]*\")?(?=\n|\Z)"), CALLOUT),
    (re.compile(r"\.\. [\w-]+::[^\n]*"), CALLOUT),
    (re.compile(r"\[\[?_?toc_?\]\]?\Z", re.IGNORECASE), "Compositor makes the contents; delete the line"),
    (re.compile(r"\(@[\w-]*\)(?= )"), "write items to refer to as `1. {#item-x} …` and `@item-x`"),
    (re.compile(r"#\.(?= )"), LIST),
    (re.compile(r"\(?[aAiI][.)] [^\n]*\n(?:[^\n]*\n)*?\(?(?:b|B|ii|II)[.)] "), LIST),
    (re.compile(r"\+{3}\n"), "front matter is YAML between two lines `---`"),
)
"""The beginning of a paragraph -> what to write instead."""
LINES: Sequence[_Form] = (
    (re.compile(r"^:{3,}[^\n]*", re.M), "open a block with `::: {.class}`, and close it with `:::`"),
    (re.compile(r"^\[![A-Za-z]+\]", re.M), "begin a callout with `> [!NOTE]`, after an empty line"),
)
"""The beginning of a line within a paragraph -> what to write instead."""
TEXTS: Sequence[_Form] = (
    (re.compile(r"\{\{< *(?:page|new)-?(?:break|page) *>\}\}"), "to end a page, write `::: {.page-break}` and `:::`"),
    (re.compile(r"\{\{< *[^{}\n]*>\}\}"), "only {{< include file.md >}} and {{< var name >}} are known"),
    (
        re.compile(r"\{\{#(?:include|rustdoc_include|playground)\b[^{}\n]*\}\}"),
        'include text with {{< include _file.md >}}, code with ```{include="file"}',
    ),
    (re.compile(r"\{\{#\w+[^{}\n]*\}\}"), "preprocessors of other tools are not run; write here what it would print"),
    (
        re.compile(r"\{% *(?:end)?(?:hint|alert|callout|admonition|note|tip|warning|danger|info)\b[^{}\n]*%\}"),
        "write a callout as a quotation: each line begins with >, the first is `> [!NOTE]`",
    ),
    (
        re.compile(r"\{[{%][^{}\n]+[}%]\}"),
        "write values as {{< var name >}}; put the signs themselves between back-ticks",
    ),
    (
        re.compile(r"\{:?[ \t]*(?:[.#][A-Za-z][\w:-]*|[a-z][\w-]*=(?:\"[^\"]*\"|[^\s{}\"]+))(?:[ \t][^{}\n]*)?\}"),
        "braces belong to headings, images, fences, captions, blocks and to [words in brackets]{.class}",
    ),
    (re.compile(r"\{=\w+\}"), 'write words for one format as [words]{.content-visible when-format="pdf"}'),
    (re.compile(r"\\(?:newpage|pagebreak|clearpage)\b"), "to end a page, write `::: {.page-break}` and `:::`"),
    (
        re.compile(
            r"\\(?:tableofcontents|printindex|noindent|maketitle)\b|\\(?:index|cite[pt]?|(?:eq|auto|page)?ref|label|"
            r"footnote|text(?:bf|it|tt|sc)|emph|url|href|input|include|begin|end|(?:sub)*section|chapter|caption)\{"
        ),
        "write TeX only in formulas, between dollars, and the rest in Markdown",
    ),
    (re.compile(r"(?<![\w@])@(?:fig|tbl|tab|lst|sec|eq):[\w-]+"), COLON),
    (re.compile(r"\bref\((?:fig|tab|eq|sec):[\w-]+\)"), "write references as @fig-words"),
    (re.compile(r"(?<![=\w])==(?=[^\s=])[^=]*[^\s=]==(?![=\w])"), "write marked words as [words]{.mark}"),
    (re.compile(r"\[\[[^\[\]\n]+\]\]"), "write a link as [words](file.md)"),
    (re.compile(r"(?<!\S):(?:\+1|-1|[a-z][a-z0-9_]+):(?!\S)"), "write the character itself"),
    (
        re.compile(r"(?:(?<=[\s(])|\A)\*\*(?=\w)|(?<=\w)\*\*(?=[\s.,;:!?)]|\Z)"),
        r"close bold words with ** too; write the sign itself as \*",
    ),
    (re.compile(r"`+"), r"close code with as many back-ticks as it begins with; write the sign itself as \`"),
)
"""Letters within a line -> what to write instead."""
CALLOUTS = re.compile(r"\.(?:callout-)?(?P<name>info|danger)\Z")
OURS = {"info": "NOTE", "danger": "CAUTION"}
"""A kind of callout of other tools -> our nearest kind."""
TOLD = ("L101", "L156", "L161", "L257")
"""The message for signs that stay in the text: attributes, a fence, a kind of callout, a bar in a cell."""
_SIMPLE_TABLE = re.compile(r"\s*-{2,}(?:\s+-{2,})+\s*\Z")

_SOURCE = re.compile(r"\n((?:--[ \t]|[—–―])[^\n]*)\Z")


@dataclass(frozen=True, slots=True)
class _Warning:
    """A warning that waits until all errors are known."""

    code: str
    message: str
    place: Place
    remedy: str


def syntax(md: MarkdownIt) -> None:
    """Signs are found while those after a backslash are still apart, and reported after the other rules' errors."""
    md.core.ruler.after("places", "foreign", find)
    md.core.ruler.push("foreign_report", report)


def find(state: StateCore) -> None:
    """Check every block of the text, and every text in it that is not code."""
    state.env["foreign"] = list(_warnings(reading_of(state), state.tokens))


def _warnings(reading: Reading, tokens: Sequence[Token]) -> Iterator[_Warning]:
    for i, token in enumerate(tokens):
        if token.type == "div_open":
            yield from _check_block(reading, token)
        elif token.type == "hr" and token.map and _SIMPLE_TABLE.match(reading.lines[token.map[0]]):
            yield _as_it_stands("----", reading.line_place(token), TABLE)
        elif token.type == "inline" and tokens[i - 1].type == "paragraph_open":
            yield from _check_paragraph(reading, token)
            ends = [next_.type for next_ in tokens[i + 1 : i + 3]] == ["paragraph_close", "blockquote_close"]
            if ends and not reading.of_guest:
                yield from _check_source(reading, token)
        if token.children:
            yield from _check_texts(reading, token)


def report(state: StateCore) -> None:
    """Report the warnings, except on lines with another finding, which probably has the same cause."""
    reading = reading_of(state)
    told = (finding for finding in reading.findings if finding.severity == "error" or finding.code in TOLD)
    wrong = {(finding.place.file, finding.place.line) for finding in told}
    for warning in state.env.get("foreign", ()):
        if (warning.place.file, warning.place.line) not in wrong:
            reading.warning(warning.code, warning.message, warning.place, warning.remedy)


def _check_block(reading: Reading, token: Token) -> Iterator[_Warning]:
    """Report `:::info` of web pages, and `::: {.callout-danger}`; `::: {.info}` is for a style sheet of the book."""
    inside = token.meta.get("inside", "").split()
    first = reading.lines[token.map[0]] if token.map else ""
    found = CALLOUTS.match(inside[0]) if inside else None
    if found and ("{" not in first or inside[0].startswith(".callout-")):
        kind = OURS[found["name"]]
        place = reading.line_place(token)
        yield _Warning("L372", "this block is not a callout", place, f"write a callout as a quotation: > [!{kind}]")


def _check_paragraph(reading: Reading, inline: Token) -> Iterator[_Warning]:
    forms = [(match, remedy) for form, remedy in PARAGRAPHS if (match := form.match(inline.content))]
    for match, remedy in (*forms[:1], *((m, remedy) for form, remedy in LINES for m in form.finditer(inline.content))):
        found = match[0].split("\n")[0]
        yield _as_it_stands(found, reading.inline_place(inline, match.start(), len(found)), remedy)


def _check_source(reading: Reading, inline: Token) -> Iterator[_Warning]:
    """Report a source on the last line of a quotation, which is joined with the words before it."""
    match = _SOURCE.search(inline.content)
    if match is not None:
        remedy = "put the source of a quotation into a paragraph of its own, after an empty line `>`"
        yield _as_it_stands(match[1], reading.inline_place(inline, match.start(1), len(match[1])), remedy)


def _check_texts(reading: Reading, block: Token) -> Iterator[_Warning]:
    found = [one for text in texts(block.children or ()) for one in _found(text)]
    for (letters, remedy), place in zip(found, places(reading, block, (one for one, _ in found)), strict=True):
        yield _as_it_stands(letters, place, remedy)


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Yield the constructs in a text, from left to right; letters of one match are not examined again."""
    if text.isalnum():
        return
    found: list[tuple[int, str, str]] = []
    is_taken = bytearray(len(text) + 1)
    for form, remedy in TEXTS:
        for match in form.finditer(text):
            if not is_taken[match.start()]:
                found.append((match.start(), match[0], remedy))
                is_taken[match.start() : match.end()] = b"\1" * len(match[0])
    yield from ((taken, remedy) for _, taken, remedy in sorted(found))


def _as_it_stands(letters: str, place: Place, remedy: str) -> _Warning:
    remedy = COLON % letters.replace(":", "-").replace("@tab-", "@tbl-") if remedy == COLON else remedy
    return _Warning("L371", f'"{letters}" is printed as it is', place, remedy)


EXTENSION = Extension(
    "foreign",
    syntax,
    explanations={
        "L371": """The text contains a construct of another Markdown, which is printed as it is. The message says how
to write it here. If you mean the signs themselves, put them between back-ticks, or a backslash before the first.""",
        "L372": """A block has the name of a callout that does not exist. Write callouts as on GitHub, `> [!NOTE]`, or
as a block with a known name; any other block looks like the text around it. For a style sheet of your own, write the
class in braces, `::: {.info}`.""",
    },
)
