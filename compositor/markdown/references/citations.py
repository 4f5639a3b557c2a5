"""Citations: `[@key]`, `[see @a, p. 12; @b]`, `[-@key]`, and `@key` as part of the sentence; the list at `::: {#refs}`.

Source of the syntax: Pandoc, https://pandoc.org/MANUAL.html#citation-syntax. A bare `@word` is a citation only if the
bibliography has it; prefixes such as `@fig-` belong to references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.language.typography import typeset
from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.markdown.references.references import is_linked
from compositor.model import Citation, Cite

_KEY = r"(?P<key>[^\W_](?:[\w:.#$%&+?<>~/-]*[\w/])?)"
_BRACKET = re.compile(r"\[(?P<inside>[^\[\]`]*@[^\[\]`]*)\](?![({\[])")
_NAMED = rf"(?P<minus>-?)@(?:\{{(?P<braced>[^{{}}\s]+)\}}|{_KEY})"
_PART = re.compile(rf"(?P<prefix>[^@]*?){_NAMED}(?P<rest>[^@]*)\Z", re.DOTALL)
_IN_TEXT = re.compile(_NAMED)
_LOCATOR = re.compile(r"[ \t]*\[(?P<locator>[^\[\]@`]+)\](?![({\[])")
_ARABIC = r"\d[\w.–-]*"
_ROMAN = r"(?=[ivxlcdm])m*(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})(?![^\W_])"
_ONE = rf"(?:{_ARABIC}|{_ROMAN}(?:[–-]+{_ROMAN})?)"
_SAID = r"(?P<said>{0}(?:\s*(?:,|and|und|&)\s*{0})*)"
_LABELLED = re.compile(rf",?\s*(?P<label>\S*[^\W\d]\.?|§+|¶+)\s*{_SAID.format(_ONE)}", re.IGNORECASE)
_BARE = re.compile(rf",\s*{_SAID.format(_ARABIC)}")
REFERENCES = ("fig-", "tbl-", "lst-", "sec-", "exr-", "eq-", "item-")
"""Prefixes of labels of numbered things."""


def syntax(md: MarkdownIt) -> None:
    """Brackets with an `@` are read before links; a bare `@` after references."""
    md.inline.ruler.before("link", "citation", citation)
    md.core.ruler.after("places", "citations", keep_citations)
    md.core.ruler.push("works", take_list)


def citation(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule."""
    letter = state.src[state.pos]
    reading = reading_of(state)
    if letter == "[":
        match = _BRACKET.match(state.src, state.pos)
        parts = _parts(match["inside"], reading) if match else None
        end = match.end() if match else 0
    elif letter in "@-" and reading.context.works:
        parts, end = _in_text(state, reading)
    else:
        return False
    if not parts:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.markup = state.src[state.pos : end]
        token.meta = {"offset": state.pos, "parts": parts, "in_text": letter == "@"}
    state.pos = end
    return True


def _parts(inside: str, reading: Reading) -> list[Mapping[str, object]] | None:
    """Return the works of a bracket; None if it is not a citation, or one of its keys is another label."""
    parts: list[Mapping[str, object]] = []
    at = 1
    for text in inside.split(";"):
        match = _PART.match(text)
        if match is None or (match["prefix"] and not match["prefix"][-1].isspace()):
            return None
        key = match["braced"] or match["key"]
        if key.lower().startswith(REFERENCES) and key not in reading.context.works:
            return None
        parts.append({
            "key": key, "at": at + match.start("minus"), "prefix": match["prefix"].lstrip(),
            "rest": match["rest"], "minus": bool(match["minus"]),
        })  # fmt: skip
        at += len(text) + 1
    return parts


def _in_text(state: StateInline, reading: Reading) -> tuple[list[Mapping[str, object]] | None, int]:
    """Read `@key [p. 12]` and `-@key`: only keys that the bibliography has, or nearly has."""
    before = state.src[state.pos - 1] if state.pos else " "
    match = _IN_TEXT.match(state.src, state.pos)
    if match is None or before.isalnum() or before in "_@-/.":
        return None, 0
    key = match["braced"] or match["key"]
    if key.lower().startswith(REFERENCES) or not _meant(key, reading.context.works):
        return None, 0
    locator = _LOCATOR.match(state.src, match.end())
    rest = f", {locator['locator']}" if locator else ""
    end = locator.end() if locator else match.end()
    return [{"key": key, "at": 0, "prefix": "", "rest": rest, "minus": bool(match["minus"])}], end


def _meant(key: str, works: frozenset[str]) -> bool:
    return key in works or bool(get_close_matches(key, works, 1, 0.85))


def keep_citations(state: StateCore) -> None:
    """Keep every citation, with its own id, for the style that formats them when the book is assembled."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type != "citation":
            continue
        place = place_of(token)
        if not reading.context.has_bibliography:
            remedy = 'name one in book.toml, bibliography = ["works.bib"], or write \\@ for the sign'
            message = "this cites a work, but the book has no bibliography; the key is printed with a question mark"
            reading.warning("L321", message, place, remedy)
        identifier = f"{reading.source.key}-cite-{len(reading.citations) + 1}"
        token.meta["id"] = identifier
        cites = tuple(_cite(reading, token, part) for part in token.meta["parts"])
        reading.citations.append(Citation(identifier, cites, token.meta["in_text"]))


def _cite(reading: Reading, token: Token, part: Mapping[str, object]) -> Cite:
    key, rest = str(part["key"]), str(part["rest"])
    locator, suffix = _locator(rest, reading.context.language.locators)
    place = reading.after(place_of(token), f"@{key}")
    prefix = typeset(str(part["prefix"]))
    return Cite(key, place, prefix, locator, typeset(suffix), bool(part["minus"]))


def _locator(rest: str, labels: Mapping[str, str]) -> tuple[tuple[str, str] | None, str]:
    """Split `, p. 12 and elsewhere` into page 12 and the rest; a bare number after a comma is a page."""
    match = _LABELLED.match(rest)
    label = labels.get(match["label"]) or labels.get(match["label"].lower()) if match is not None else None
    if match is not None and label is not None:
        return (label, _range(match["said"])), rest[len(match[0].rstrip(".,")) :].rstrip()
    match = _BARE.match(rest)
    if match is not None:
        return ("page", _range(match["said"])), rest[len(match[0].rstrip(".,")) :].rstrip()
    return None, rest.rstrip()


def _range(said: str) -> str:
    """Return `3--4` as citeproc wants it, with one hyphen."""
    return re.sub(r"-+|–", "-", said.rstrip(".,"))


def take_list(state: StateCore) -> None:
    """Make the block with the id `refs` the place of the list of works; the author's text in it precedes the list.

    It loses the id, like the other lists: a file may have the same name.
    """
    reading = reading_of(state)
    found = list(_lists(state.tokens))
    for token in found:
        given: Attributes = token.meta["attributes"]
        token.meta |= {"works": True, "attributes": Attributes("", ("refs", *given.classes), given.pairs)}
        if not reading.context.has_bibliography:
            remedy = 'name one in book.toml: bibliography = ["works.bib"]'
            place = reading.line_place(token)
            message = "this is a list of works, but the book has no bibliography; the list is empty"
            reading.warning("L322", message, place, remedy)
    closings: list[Token] = []
    made: list[Token] = []
    for token in state.tokens:
        if token.type == "div_open":
            closings.append(token)
        elif token.type == "div_close" and closings and closings.pop() in found:
            made.append(Token("works", "", 0, map=token.map, block=True))
        made.append(token)
    state.tokens = made


def _lists(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        found: Attributes = token.meta.get("attributes", Attributes())
        if token.type == "div_open" and found.id == "refs":
            yield token


def render_citation(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the citation in its style; each work is a link to its entry, if there is a list."""
    book = rendering.book
    pieces = []
    meta = tokens[index].meta
    for text, key in book.citations[meta["id"]].pieces:
        work = next((work for work in book.works if work.key == key), None)
        if work is None or not book.works_unit or not is_linked(tokens[index]):
            pieces.append(text)
            continue
        inside = rendering.medium.one_file or rendering.unit.key == book.works_unit
        href = f"#{work.anchor}" if inside else f"{rendering.medium.file(book.works_unit)}#{work.anchor}"
        role = {"epub:type": "biblioref"} if not rendering.medium.paged else {}
        shown = {"class": "citation", "href": href, "role": "doc-biblioref", **role}
        pieces.append(f"<a{attributes(shown)}>{text}</a>")
    return "".join(pieces)


def render_works(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the works that the book cites, in the order of the style, each with its id.

    The entries are plain list items: `doc-biblioentry` is deprecated (DPUB-ARIA 1.1, section 5).
    """
    entries = []
    for work in rendering.book.works:
        mark = f'<span class="mark">{work.mark}</span> ' if work.mark else ""
        entries.append(f'<li id="{work.anchor}" class="work">{mark}{work.text}</li>\n')
    named = {"class": "works marked" if any(work.mark for work in rendering.book.works) else "works"}
    shown = f"<ul{attributes(named)}>\n{''.join(entries)}</ul>\n" if entries else ""
    if rendering.medium.paged or not shown:
        return shown
    return f'<section role="doc-bibliography" epub:type="bibliography">{shown}</section>\n'


EXTENSION = Extension(
    "citations",
    syntax,
    {"citation": render_citation, "works": render_works},
    {
        "L321": """A text cites a work, but book.toml names no bibliography, so readers cannot find the work. Name a
file in CSL-JSON or BibTeX: `bibliography = ["works.bib"]`. Write an `@` that is not a citation as `\\@`.""",
        "L322": """A text has a place for the list of cited works, but book.toml names no bibliography.""",
    },
)
