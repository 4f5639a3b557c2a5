"""Listings -> XHTML: the code highlighted, its lines wrapped on paper, with numbers, marks and continuation signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from compositor.markdown.code.code import Code, code_of, columns_of, is_long, may_go_on, room, turns
from compositor.markdown.code.highlighting import pieces, printed, woven
from compositor.markdown.code.rows import in_rows
from compositor.markdown.code.sessions import SESSIONS
from compositor.markdown.extension import Rendering, attributes

INTO_MARGIN = "into-margin"
"""Class of listings that extend into the outer margin."""


def listing_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<figure class="listing">`: the caption, then the code."""
    token = tokens[index]
    shown = attributes({"id": token.attrs["id"], "class": " ".join(("listing", *_shape(tokens[index + 4], rendering)))})
    return f"<figure{shown}{rendering.position(token)}>"


def _shape(token: Token, rendering: Rendering) -> Iterator[str]:
    """Yield the classes that decide how a listing is laid out on paper."""
    if rendering.medium.paged:
        columns = _columns(token, rendering)
        if is_long(token, columns):
            yield "long"
        if columns > rendering.measure.columns:
            yield INTO_MARGIN


def _columns(token: Token, rendering: Rendering) -> int:
    return columns_of(token, rendering.measure.columns, rendering.measure.wide_columns)


def listing(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<pre><code>`, highlighted. The letters are those of the source; on paper, all additions are no text."""
    token = tokens[index]
    code = code_of(token)
    found = pieces(token.content.removesuffix("\n"), code.language)
    found = printed(found) if rendering.medium.paged else found
    lines = "".join(text for _, text in found).split("\n")
    name = code.language.name
    opening = tokens[index - 4] if index > 3 and tokens[index - 4].type == "listing_open" else None
    inserted = _added(token, lines, opening, rendering)
    rows = rendering.medium.rows
    added = in_rows(inserted, found, lines) if rows else sorted(inserted, key=lambda insertion: insertion[0])
    kinds = ("console",) if name in SESSIONS else ("diff",) if name == "diff" else ()
    shape = [name for name in _shape(token, rendering) if opening is None or name != INTO_MARGIN]
    way = "ltr" if rendering.words.direction == "rtl" else None
    pre = attributes({"class": " ".join(("listing", *kinds, *shape, *code.attributes.classes)), "dir": way})
    language = attributes({"class": f"language-{name}" if token.meta["named"] else None})
    inner = woven(found, added)
    return f"<pre{pre}{rendering.position(token)}><code{language}>{inner}</code></pre>\n"


def _added(
    token: Token, lines: Sequence[str], opening: Token | None, rendering: Rendering
) -> Iterator[tuple[int, str]]:
    """Yield what to insert between the letters, by offset; at one offset in this order."""
    code, paper, columns = code_of(token), rendering.medium.paged, _columns(token, rendering)
    starts = [0]
    for text in lines:
        starts.append(starts[-1] + len(text) + 1)
    end = starts[-1] - 1
    for line, text in enumerate(lines):
        start, stop = starts[line], starts[line] + len(text)
        stands_out = line in code.highlighted and (paper or bool(text.strip()))
        if stands_out and not (paper and line - 1 in code.highlighted):
            yield start if paper else stop - len(text.lstrip()), '<strong class="line">'
        if paper:
            yield from _on_paper(code, line, text, start, room(code, line, columns))
        yield from ((stop, mark) for mark in _marks(code, line, rendering))
        if paper and line == 0 and may_go_on(token, columns):
            yield stop, f'<span class="goes-on"{attributes({"data-head": _continued(opening, rendering)})}></span>'
        if stands_out and not (paper and line + 1 in code.highlighted):
            yield min(starts[line + 1], end) if paper else stop, "</strong>"
    if paper and may_go_on(token, columns):
        yield end, '<span class="is-over"></span>'


def _on_paper(code: Code, line: int, text: str, start: int, fitting: int) -> Iterator[tuple[int, str]]:
    if code.first_number is not None:
        yield start, f'<span class="line-number">{digits(code.first_number + line)}</span>'
    for turn in turns(text, fitting):
        yield start + turn, '<br/><span class="turn"></span>'


def digits(number: int) -> str:
    """Return a number as pictures, which are no text: they are not copied, searched or read aloud."""
    return "".join(f'<span class="digit-{digit}"></span>' for digit in str(number))


def _marks(code: Code, line: int, rendering: Rendering) -> Iterator[str]:
    """Yield the marks at the end of a line: discs on paper; on a screen, links to the explanations."""
    for number in code.marks.get(line, ()):
        if rendering.medium.paged:
            yield f'<span class="disc">{digits(number)}</span>'
            continue
        first = min(at for at, numbers in code.marks.items() if number in numbers)
        shown = {
            "class": "annotation",
            "id": f"{code.root}-mark-{number}" if first == line else None,
            "href": f"#{code.root}-note-{number}",
            "aria-label": f"{rendering.words.note} {number}",
        }
        yield f"<a{attributes(shown)}>\u00a0{circled(number)}</a>"


def circled(number: int) -> str:
    """Return ① for 1; numbers beyond 20 are in parentheses."""
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


def _continued(opening: Token | None, rendering: Rendering) -> str:
    identifier = str(opening.attrs["id"]) if opening is not None else ""
    words = rendering.words.continued
    return f"{rendering.label(identifier)} ({words})" if identifier and rendering.number(identifier) else words
