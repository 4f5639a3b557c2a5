"""Headings as they are written -> a title at the top, and below it levels without a gap; changes are reported."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.reading import Reading, plain_text

DEEPEST = 6
"""Levels of headings in HTML."""
BESIDE = ("html_block", "epigraph")
"""Tokens that may precede the title: comments, and those from the front matter."""


NO_WORDS = ("html_inline", "softbreak", "span_open", "span_close")
"""Inline tokens that show nothing."""


def put_in_order(reading: Reading, tokens: list[Token]) -> list[Token]:
    """Return the same blocks with the title first, and with heading levels without a gap."""
    tokens = _without_empty(reading, tokens)
    tokens = _titled_by_guest(reading, tokens) if reading.of_guest else _titled(reading, tokens)
    _level(reading, tokens)
    return tokens


def _without_empty(reading: Reading, tokens: list[Token]) -> list[Token]:
    """Turn headings without words into paragraphs with the rest of their content."""
    made = list(tokens)
    for place in reversed([i for i, token in enumerate(tokens) if token.type == "heading_open"]):
        three = made[place : place + 3]
        if plain_text(three[1].children).strip():
            continue
        where = reading.line_place(three[0])
        reading.warning("L121", "this heading has no words, and is ignored", where, "write a title, or delete the line")
        if not three[1].children:
            del made[place : place + 3]
            continue
        for token in (three[0], three[2]):
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"
    return made


def _titled(reading: Reading, tokens: list[Token]) -> list[Token]:
    """Put the title first: as it is written, or made from what there is."""
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open"), None)
    given = reading.front_matter.title.strip()
    before = tokens[: first or 0]
    whole = first is not None and tokens[first].level == 0
    if first is None or not whole or (tokens[first].tag != "h1" and (given or _has_text(before))):
        return [*_made(reading, tokens, given), *tokens]
    title = tokens[first : first + 3]
    if title[0].tag != "h1":
        message = "the file's first heading is not at level 1 (#), but is used as its title"
        place = reading.line_place(title[0], title[0].markup)
        reading.warning("L122", message, place, "begin the file with `# Title`")
        title[0].tag = title[2].tag = "h1"
    elif _has_text(before):
        message = "there is text before the title; it is printed below it"
        reading.warning("L122", message, reading.line_place(before[0]), "begin the file with `# Title`")
    return [*title, *before, *tokens[(first or 0) + 3 :]]


def _titled_by_guest(reading: Reading, tokens: list[Token]) -> list[Token]:
    """Return the title of another tool's text: its first heading if the text opens with it, else its name in the order.

    Headings that are written below the title keep their distance to it, so that a text whose title is `##` is like any
    other.
    """
    tokens = _without_book(reading, tokens)
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open"), None)
    given = reading.front_matter.title.strip() or reading.source.title.strip()
    is_title = first is not None and not tokens[first].level and _is_title(tokens, first, given)
    if first is None or not is_title or _is_below(tokens, first, reading.front_matter.title):
        return [*_made(reading, tokens, given), *tokens]
    title, written = tokens[first : first + 3], int(tokens[first].tag[1])
    if _has_text(tokens[:first]):
        message = "there is text before the title; it is printed below it"
        reading.warning("L122", message, reading.line_place(tokens[0]), "begin the file with `# Title`")
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and written > 1:
            token.tag = tokens[place + 2].tag = f"h{max(1, int(token.tag[1]) - written + 1)}"
    return [*title, *tokens[:first], *tokens[first + 3 :]]


def _without_book(reading: Reading, tokens: list[Token]) -> list[Token]:
    """Return the text without the title of the book, if that is directly above the text's own."""
    heads = [token.type == "heading_open" and token.tag == "h1" for token in tokens[:4]]
    if heads[:1] != [True] or heads[3:] != [True] or _plain(tokens[1]) != reading.context.title.casefold():
        return tokens
    message = "the title of the book is above the title of the text, and is left out"
    reading.warning("L123", message, reading.line_place(tokens[0]), "delete it; the title page has it")
    return tokens[3:]


def _is_title(tokens: Sequence[Token], first: int, given: str) -> bool:
    """Return whether the first heading is the title: a `#`, or one that opens the text with all others below it."""
    level = tokens[first].tag
    if level == "h1" or not given:
        return level == "h1" or not _has_text(tokens[:first])
    if _plain(tokens[first + 1]) == given.casefold():
        return True
    others = [token.tag for token in tokens[first + 1 :] if token.type == "heading_open"]
    return not _has_text(tokens[:first]) and bool(others) and all(tag > level for tag in others)


def _is_below(tokens: Sequence[Token], first: int, told: str) -> bool:
    """Return whether the front matter has the title, and the first heading is that of a section."""
    return bool(told.strip()) and tokens[first].tag != "h1" and _plain(tokens[first + 1]) != told.strip().casefold()


def _plain(inline: Token) -> str:
    return " ".join(plain_text(inline.children).split()).casefold()


def _has_text(before: Sequence[Token]) -> bool:
    """Return whether any of these blocks is printed; the words of an epigraph are separate from the text."""
    made = [token for i, token in enumerate(before) if not (i and before[i - 1].type == "epigraph")]
    places = {id(token) for i, token in enumerate(made) for token in made[max(i - 1, 0) : i + 2] if _is_place(made[i])}
    return any(token.type not in BESIDE and id(token) not in places for token in made)


def _is_place(inline: Token) -> bool:
    """Return whether a line has nothing but tags, such as `<a id="here"></a>`."""
    children = inline.children or []
    return inline.type == "inline" and bool(children) and all(one.type in NO_WORDS for one in children)


def _made(reading: Reading, tokens: Sequence[Token], given: str) -> list[Token]:
    """Return a title that the text lacks: that of the front matter, else the name of the file."""
    name = reading.source.key.replace("-", " ").replace("_", " ").strip()
    words = given or name[:1].upper() + name[1:]
    place = reading.line_place(tokens[0] if tokens else Token("", "", 0))
    if not _has_text(tokens) and not reading.of_guest:
        message = f'the file has no text; it becomes a page with its title, "{words}"'
        reading.warning("L191", message, place, "write the text, or remove the file from the book")
    elif not given and not reading.of_guest:
        message = f'the file has no title; it is called "{words}", from its name'
        reading.warning("L122", message, place, "begin it with `# Title`")
    lines = [0, 1]
    inline = Token("inline", "", 0, content=words, map=lines, level=1, block=True)
    inline.children = [Token("text", "", 0, content=words)]
    opening = Token("heading_open", "h1", 1, markup="#", map=lines, block=True)
    return [opening, inline, Token("heading_close", "h1", -1, markup="#", block=True)]


def _level(reading: Reading, tokens: Sequence[Token]) -> None:
    """Set each heading one level below the nearest higher one above it."""
    above: list[tuple[int, int]] = []
    before = 1
    for place, token in enumerate(tokens):
        if token.type != "heading_open" or not place:
            continue
        written = int(token.tag[1])
        _tell(reading, token, written, before)
        before = written
        while above and above[-1][0] >= written:
            above.pop()
        level = min(above[-1][1] + 1 if above else 2, DEEPEST)
        above.append((written, level))
        if level != written:
            token.tag = tokens[place + 2].tag = f"h{level}"
            found: Attributes = token.meta.get("attributes", Attributes())
            classes = (*found.classes, f"level-{written}")
            token.meta["attributes"] = Attributes(found.id, classes, found.pairs)


def _tell(reading: Reading, token: Token, written: int, before: int) -> None:
    place = reading.line_place(token, token.markup)
    if reading.of_guest:
        return
    if written == 1:
        message = "this is a second title; it becomes a heading below the first"
        remedy = "one file is one chapter or section: use `##`, or a file of its own"
        reading.warning("L123", message, place, remedy)
    elif written > before + 1:
        missing = "#" * (before + 1)
        message = f"the heading skips a level: {missing} is missing; the contents show it one level below the last"
        reading.warning("L124", message, place, f"write `{missing}` here")
