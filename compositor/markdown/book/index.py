"""Index: `[quorum]{.index}` indexes its words, `[]{.index term="quorum!read"}` unprinted ones; `::: {#index}`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes, instead, meant
from compositor.markdown.book.index_places import tie
from compositor.markdown.divs import make_lists
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, plain_text, reading_of, walk
from compositor.markdown.slugs import slugify
from compositor.markdown.spans import Span, spans_with
from compositor.markdown.text.typography import attribute_words, words_only
from compositor.model import Anchor, Place
from compositor.model.apparatus import IndexEntry, IndexMark, Locator

KEYS = {"term", "see", "see-also", "range"}
DEEPEST = 2
"""A term and its sub-terms: a third level helps no reader, and does not fit a column."""


def syntax(md: MarkdownIt) -> None:
    """Marks are collected when figures, tables and notes are finished."""
    md.core.ruler.push("index", gather_marks)


def gather_marks(state: StateCore) -> None:
    """Turn every span of the class into a mark; the rest of the span carries its anchor."""
    reading = reading_of(state)
    level = 1
    for token in state.tokens:
        level = int(token.tag[1]) if token.type == "heading_open" else level
        token.meta |= {"below": level} if token.type == "div_open" else {}
    for block in make_lists(state, "index"):
        state.tokens[block.stop].meta["level"] = min(state.tokens[block.start].meta["below"] + 1, 6)
    for image in walk(state.tokens):
        for place in _in_picture(image):
            message = "an index term cannot point into a picture, and is ignored"
            reading.warning("L284", message, place, "move it after the picture")
    spans = spans_with(state, "index")
    for span in spans:
        _gather(reading, state.md, span)
    for span in reversed(spans):
        if span.opening.meta["attributes"].id and not plain_text(span.inside()).strip():
            tie(span)


def _in_picture(image: Token) -> list[Place]:
    """Return the places of marks in the alternative text of an image, which is not printed."""
    inside = image.children or () if image.type == "image" else ()
    return [t.meta["place"] for t in inside if t.type == "span_open" and "index" in t.meta["attributes"].classes]


def _gather(reading: Reading, md: MarkdownIt, span: Span) -> None:
    span.opening.meta["claimed"] = True
    found, printed = span.attributes, plain_text(span.inside()).strip()
    levels = _levels(reading, md, found.pairs["term"]) if "term" in found.pairs else (words_only(span.inside()),)
    names = tuple(" ".join(plain_text(level).split()) for level in levels)
    if not _check(reading, span, names):
        return
    see, see_also = (_paths(reading, md, found.pairs.get(key)) for key in ("see", "see-also"))
    anchor = ""
    if printed or "range" in found.pairs or not (see or see_also):
        automatic = f"{reading.source.key}-ix-{slugify(' '.join(names)) or 'term'}"
        anchor = reading.own_id(found.id, span.place) or reading.free_id(automatic)
        title = Token("inline", "", 0, children=[token for level in levels for token in level])
        place = span.place
        reading.add_anchor(Anchor(anchor, "term", place, "", numbered=False, given=bool(found.id)), title)
    classes = tuple(name for name in found.classes if name not in ("index", "principal"))
    term = {key: value for key, value in found.pairs.items() if key == "term"}
    span.opening.meta["attributes"] = Attributes(anchor, classes, term)
    if not anchor:
        span.unwrap()
    reading.marks.append(
        IndexMark(
            names=names,
            levels=levels,
            place=span.place,
            anchor=anchor,
            principal="principal" in found.classes,
            range=found.pairs.get("range", ""),  # type: ignore[arg-type]
            see=see,
            see_also=see_also,
        )
    )


def _levels(reading: Reading, md: MarkdownIt, term: str) -> tuple[tuple[Token, ...], ...]:
    """Return a term and its sub-term, each as Markdown: "`SELECT`!in views"; `!!` is an exclamation mark."""
    parts = term.replace("!!", "\0").split("!")
    return tuple(attribute_words(md, part.replace("\0", "!"), {"reading": reading}) for part in parts)


def _paths(reading: Reading, md: MarkdownIt, value: str | None) -> tuple[tuple[str, ...], ...]:
    """Return the entries that "see" names, separated by semicolons."""
    named = [part for part in (value or "").split(";") if part.strip()]
    return tuple(tuple(" ".join(plain_text(level).split()) for level in _levels(reading, md, part)) for part in named)


def _check(reading: Reading, span: Span, names: tuple[str, ...]) -> bool:
    pairs, place = span.attributes.pairs, span.place
    for key in sorted(set(pairs) - KEYS):
        message = f'an index term has no attribute "{key}"; it is ignored'
        reading.warning("L282", message, place, instead(key, KEYS), meant=meant(key, KEYS))
    if pairs.get("range", "start") not in ("start", "end"):
        message = f'a range cannot be "{pairs["range"]}"; the term is not indexed'
        reading.warning("L282", message, place, "write range=start or range=end")
    elif not any(names):
        remedy = 'write it between the brackets, or as term="..."'
        reading.warning("L281", "an index term without words is ignored", place, remedy)
    elif len(names) > DEEPEST or not all(names):
        wanted = 'write term="quorum!read"; !! is an exclamation mark'
        message = "an index has terms and sub-terms, each with words; this one is ignored"
        reading.warning("L283", message, place, wanted)
    else:
        return True
    return False


def index_list(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the entries, grouped by letter."""
    words, level = rendering.words, tokens[index].meta["level"]
    parts = []
    for letter, entries in groupby(rendering.book.matter.index, lambda entry: words.letter(entry.name)):
        heading = f'<h{level} class="index-letter">{escape(letter or words.index_symbols)}</h{level}>'
        parts.append(f'{heading}\n<ul class="entries">\n{_entries(entries, rendering)}</ul>\n')
    return f'<div class="index-list"{rendering.position(tokens[index])}>\n{"".join(parts)}</div>\n'


def _entries(entries: Iterable[IndexEntry], rendering: Rendering) -> str:
    return "".join(f"<li{attributes({'id': entry.id})}>{_entry(entry, rendering)}</li>\n" for entry in entries)


def _entry(entry: IndexEntry, rendering: Rendering) -> str:
    words = rendering.words
    places = _pages(entry, rendering)
    if not places and not rendering.medium.paged:
        places = _links(entry, rendering)
    head = ", ".join([f'<span class="index-term">{rendering.inline(entry.title)}</span>', *places])
    head += _see(", ", words.see, entry.see) + _see("; " if places else ", ", words.see_also, entry.see_also)
    again = f"{entry.name} ({words.continued})" if rendering.medium.paged else ""
    attribute = attributes({"class": "entries", "data-again": again})
    inner = f"\n<ul{attribute}>\n{_entries(entry.children, rendering)}</ul>\n" if entry.children else ""
    return head + inner


def _see(before: str, word: str, others: tuple[tuple[str, str], ...]) -> str:
    links = "; ".join(_other(escape(text, quote=False), identifier) for text, identifier in others)
    return f'{before}<em class="see">{word}</em> {links}' if links else ""


def _other(text: str, identifier: str) -> str:
    """Return a link to another entry; only its text if there is none."""
    return f'<a href="#{identifier}">{text}</a>' if identifier else text


def _links(entry: IndexEntry, rendering: Rendering) -> list[str]:
    """Return numbered links, each named by its section."""
    return [
        _link(locator, str(number), rendering, f"{number}, {locator.section}")
        for number, locator in enumerate(entry.locators, 1)
    ]


def _link(locator: Locator, text: str, rendering: Rendering, name: str = "") -> str:
    kind = "locator principal" if locator.principal else "locator"
    shown = {"class": kind, "href": rendering.href(locator.start), "aria-label": name}
    return f"<a{attributes(shown)}>{text}</a>"


def _pages(entry: IndexEntry, rendering: Rendering) -> list[str]:
    """Return page numbers and ranges in order: each page once, and not within a range, unless it is the principal."""
    known: dict[tuple[int, int], Locator] = {}
    for locator in entry.locators:
        first = rendering.page(locator.start)
        last = rendering.page(locator.end) if locator.end else first
        if first is not None and last is not None:
            span = (first, last)
            known[span] = locator if locator.principal or span not in known else known[span]
    ranges = [(first, last) for first, last in known if last > first]
    return [
        _folio_link(known[first, last], last > first, rendering)
        for first, last in sorted(known)
        if last > first
        or known[first, last].principal
        or not any(start <= first <= end for start, end in ranges)
    ]  # fmt: skip


def _folio_link(locator: Locator, is_range: bool, rendering: Rendering) -> str:
    """Return a link named by its page; on a screen, its accessible name includes the section."""
    words = _folios(locator, is_range, rendering)
    return _link(locator, words, rendering, "" if rendering.medium.paged else f"{words}, {locator.section}")


def _folios(locator: Locator, is_range: bool, rendering: Rendering) -> str:
    first = rendering.locator(locator.start)
    return f"{first}\u2013{rendering.locator(locator.end)}" if is_range else first


EXTENSION = Extension(
    "index",
    syntax,
    {"index_list": index_list},
    {
        "L281": """An index term has no words: nothing is between the brackets, and no `term` says what to index. Write
`[]{.index term="quorum"}`""",
        "L282": """An index term has an unknown attribute, or a range that neither starts nor ends. `term` says what is
indexed, `see` and `see-also` name other entries, `range=start` and `range=end` enclose pages.""",
        "L283": """An index term has more than two levels, or one without words. A term and a sub-term are written
`term="quorum!read"`; an exclamation mark that belongs to the term is doubled.""",
        "L284": """An index term is in the text of a picture within a line. That text is read aloud but not printed, so
the index cannot name a page. Put the term after the picture.""",
    },
)
