"""Glossary: a definition list inside `::: {#glossary}`; `[quorum]{.term}` in the text leads to its entry."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.divs import make_lists
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.markdown.slugs import slugify
from compositor.markdown.spans import Span, spans_with
from compositor.model import Anchor, Reference

LINKS = {"link_open", "reference", "reference_group", "citation", "footnote_ref"}
"""Tokens that cannot be in a link."""
ENTRY = "entry"
"""Key in the `meta` of a `dt_open` that is an entry outside such a block."""


def syntax(md: MarkdownIt) -> None:
    """Entries and uses are collected when the text is finished."""
    md.core.ruler.push("glossary", gather_terms)


def gather_terms(state: StateCore) -> None:
    """Give entries their anchors; the first use of each term in a file becomes a link."""
    reading = reading_of(state)
    known: set[str] = set()
    for block in make_lists(state, "glossary"):
        terms = [i for i in block if state.tokens[i].type == "dt_open"]
        for i in terms:
            _entry(reading, state.tokens[i], state.tokens[i + 1], known)
        if not terms:
            place = reading.line_place(state.tokens[block.start])
            message = "this glossary has no entries, and is printed as it is"
            reading.warning("L292", message, place, "write a term, and below it `: what it means`")
        _check_order(reading, [state.tokens[i + 1] for i in terms])
    for i, token in enumerate(state.tokens):
        if token.type == "dt_open" and token.meta.get(ENTRY):
            _entry(reading, token, state.tokens[i + 1], known)
    seen: set[str] = set()
    for span in spans_with(state, "term"):
        _use(reading, span, seen)


def _entry(reading: Reading, opening: Token, inline: Token, known: set[str]) -> None:
    name = " ".join(plain_text(inline.children).split())
    place = reading.inline_place(inline, 0, len(inline.content))
    if entry_key(name) in known:
        message = f'"{name}" is explained twice; links lead to the last entry'
        reading.warning("L291", message, place, "merge the two entries")
    known.add(entry_key(name))
    identifier = reading.free_id(f"{reading.source.key}-entry-{slugify(name) or 'term'}")
    opening.attrs["id"] = identifier
    reading.add_anchor(Anchor(identifier, "entry", place, name, numbered=False), inline)


def _check_order(reading: Reading, terms: list[Token]) -> None:
    """Report entries that are not sorted. The author sorts them, so that source and book agree."""
    key = reading.context.language.sort_key
    for before, after in pairwise(terms):
        first, second = plain_text(before.children), plain_text(after.children)
        if key(first) > key(second):
            place = reading.inline_place(after, 0, len(after.content))
            reading.warning("L293", f'"{second}" comes after "{first}"', place, f'put "{second}" before "{first}"')


def entry_key(name: str) -> str:
    """Return the key under which a term is looked up, in one case."""
    return " ".join(name.split()).casefold()


def _use(reading: Reading, span: Span, seen: set[str]) -> None:
    span.opening.meta["claimed"] = True
    found = span.attributes
    name = found.pairs.get("term") or plain_text(span.inside())
    if not name.strip() or set(found.pairs) - {"term"}:
        remedy = 'write `[quorums]{.term term="quorum"}`'
        message = "a term needs words, and nothing but term= in its braces; these words are printed without a link"
        reading.warning("L294", message, span.place, remedy)
        return
    target = f"glossary#{entry_key(name)}"
    reading.references.append(Reference(target, span.place, "term"))
    span.opening.meta["attributes"] = Attributes(found.id, tuple(c for c in found.classes if c != "term"))
    if target not in seen and not span.in_link and not LINKS & {token.type for token in span.inside()}:
        seen.add(target)
        span.opening.type, span.closing.type = "term_open", "term_close"
        span.opening.meta["target"], span.closing.tag = target, "a"
    elif not any((found.id, span.opening.meta["attributes"].classes)):
        span.unwrap()


def term_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render a link to the entry."""
    meta = tokens[index].meta
    found: Attributes = meta["attributes"]
    role = {} if rendering.medium.paged else {"epub:type": "glossref", "role": "doc-glossref"}
    shown = {"id": found.id, "class": " ".join(("term", *found.classes)), "href": rendering.href(meta["target"])}
    return f"<a{attributes(shown | role)}>"


def glossary_list(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render nothing: the entries stay in the block as the author wrote them."""
    return ""


EXTENSION = Extension(
    "glossary",
    syntax,
    {"term_open": term_open, "glossary_list": glossary_list},
    {
        "L291": """A glossary has two entries with the same name; upper and lower case do not count. A link can lead to
only one of them.""",
        "L292": """The block of the glossary contains no definition list. An entry is a line with the term, and below it
a line that begins with a colon and a space.""",
        "L293": """An entry of the glossary is out of alphabetical order. Accents and umlauts count as their base
letters, upper and lower case do not count, and a space comes before every letter.""",
        "L294": """A marked term of the glossary has no words, or an unknown attribute. If the text inflects the term,
name the entry: `[quorums]{.term term="quorum"}`.""",
    },
)
