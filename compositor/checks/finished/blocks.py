"""Chapter -> blocks: the letters of each paragraph, heading, cell, caption, listing and note that a file must show.

They come from the tokens, never from our own XHTML: otherwise, text that a render rule loses would be missing on both
sides. The one exception is text that Compositor itself adds (`PRINTED`): only the render rules know it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape

from markdown_it.token import Token

from compositor.checks.finished.block import Block
from compositor.checks.finished.exceptions import FORMULAS, NUMBERED, PRINTED, SILENT
from compositor.checks.finished.marks import LISTS, UNMARKED, marks_of
from compositor.formats import PAPER
from compositor.language import language_for
from compositor.markdown import render_rules
from compositor.markdown.book import conditional
from compositor.markdown.math.formulas import printed_number
from compositor.markdown.notes.asides import begins_with_words, has_blocks
from compositor.markdown.notes.footnotes import between_calls
from compositor.markdown.notes.several_calls import words_back
from compositor.markdown.reading import walk
from compositor.markdown.tables.parts import again
from compositor.model import Book, Medium, Note, PageMap, Place, Target, Unit
from compositor.render import UnitRendering
from compositor.render.preliminaries import opener_contents

FOLDED: Mapping[str, Callable[[Token, Medium], bool]] = {"conditional": conditional.is_shown}
"""Type of a token that is replaced by its children -> whether a medium shows them; the author may exclude a medium."""

NUMBER_OF_A_FORMULA = "number of a formula"
KINDS: Mapping[str, str] = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "th_open": "table cell",
    "td_open": "table cell",
    "caption_open": "caption",
    "figcaption_open": "caption",
    "callout_title_open": "title of a callout",
    "dt_open": "term",
    "dd_open": "definition",
    "fence": "listing",
    "code_block": "listing",
    "math_source": "source of a formula",
    "math_block": NUMBER_OF_A_FORMULA,
}
"""Type of the token that contains the text -> its name in messages; a type that is not listed is called a block."""

EXACT = {"fence", "code_block", "code_inline", "math_source"}
_TAGS = re.compile(r"<[^>]*>")
_BLOCK_TAGS = re.compile(
    r"</?(?:p|div|section|aside|h[1-6]|[oud]l|li|d[td]|table|t[rhd]|figure|figcaption|caption)\b[^>]*>"
)


class _Text:
    """The words that a medium must show of a unit's tokens."""

    def __init__(self, rendering: UnitRendering, whole: bool = False) -> None:
        self.whole = whole
        self.unit = rendering.origin or rendering.unit
        self.medium = rendering.medium
        self.rendering = rendering
        self.placing = replace(rendering, medium=replace(rendering.medium, positions=True))

    def place(self, token: Token) -> Place:
        """Return the place of a block as its rendering gives it: `file:line`, for included files too."""
        source = self.unit.chapter.source.path
        position = self.placing.position(token)
        if not position:
            return Place(source)
        file, _, line = unescape(position.split('"')[1]).rpartition(":")
        return Place(file, int(line)) if line.isdigit() else Place(source)

    def of(self, tokens: Sequence[Token], index: int) -> str:
        """Return the words of one token, without its children."""
        token = tokens[index]
        if token.type in PRINTED:
            return unescape(_TAGS.sub("", self.printed(tokens, index)))
        if token.type in FORMULAS:
            source = token.content if token.type in EXACT else ""
            return f"{source} {printed_number(token, self.rendering)}".strip()
        if token.type in NUMBERED:
            return f"{between_calls(tokens, index)}{self.rendering.note(token.meta['note']).number}"
        return "" if token.type in SILENT or token.nesting else token.content

    def printed(self, tokens: Sequence[Token], index: int) -> str:
        """Return what Compositor prints for a token, as XHTML."""
        return render_rules()[tokens[index].type](tokens, index, self.rendering)

    def inline(self, tokens: Sequence[Token]) -> str:
        """Return the words of inline tokens, with a space for each line end."""
        parts = []
        for here, index in self.shown(tokens):
            token = here[index]
            breaks = token.type in ("softbreak", "hardbreak")
            inner = self.inline(token.children or ()) if token.type not in SILENT else ""
            parts.append(" " if breaks else self.of(here, index) + inner)
        return "".join(parts)

    def shown(self, tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], int]]:
        """Yield the tokens that this medium shows, each as an index into its sequence."""
        for index, token in enumerate(tokens):
            if token.type not in FOLDED:
                yield tokens, index
            elif self.whole and "parted" in token.meta:
                yield from self.shown(token.meta["whole"])
            elif FOLDED[token.type](token, self.medium):
                yield from self.shown(token.children or ())


def title_of(book: Book, target: Target, medium: Medium, pages: PageMap | None) -> str:
    """Return the words of a heading or a caption: without its formulas, with the numbers of its notes."""
    rendering = UnitRendering(book, book.unit(target.unit), medium, language_for(book.metadata.language), pages)
    return _Text(rendering).inline(target.anchor.words)


def blocks_of(
    book: Book, unit: Unit, medium: Medium, pages: PageMap | None, whole: bool = False
) -> tuple[Block, ...]:
    """Return the blocks of a unit in the order of the text, followed by its notes.

    The blocks of a table that is split on paper come part by part; with `whole`, row by row as in the source.
    """
    text = _Text(UnitRendering(book, unit, medium, language_for(book.metadata.language), pages), whole)
    found = list(_blocks(text, unit.chapter.tokens))
    if unit.chapter.heading is not None and found:
        found[:1] = _opener(text, unit)
    found += _notes(text, unit)
    return tuple(block for block in found if block.folded or block.marks)


def again_of(book: Book, unit: Unit) -> Iterator[str]:
    """Yield the cells that are repeated in the parts of a table on paper: all words together, and each word."""
    text = _Text(UnitRendering(book, unit, PAPER, language_for(book.metadata.language)))
    for token in walk(unit.chapter.tokens):
        if token.type == "conditional" and "parted" in token.meta:
            for cell in token.children or ():
                words = text.inline(again(cell)) if cell.type == "again_words" else ""
                yield from dict.fromkeys((words, *words.split()))


def owes_what_stands_elsewhere(unit: Unit) -> bool:
    """Return whether the unit has a list that is made from other units or files."""
    return any(token.type in ELSEWHERE for token in walk(unit.chapter.tokens))


def _opener(text: _Text, unit: Unit) -> Iterator[Block]:
    """Yield number and title, the epigraph, and on paper the chapter's contents: what the template prints."""
    tokens, place = unit.chapter.tokens, text.place(unit.chapter.tokens[0])
    if unit.number:
        names = (unit.number, unit.label or unit.number)
        words, instead = names if text.medium.paged else names[::-1]
        yield Block("number of the unit", place, words, instead=instead)
    yield Block("heading", place, text.inline(tokens[1].children or ()))
    for number, token in enumerate(unit.chapter.epigraph if unit.chapter.front_matter.epigraph else ()):
        words = text.inline(token.children or ())
        dash = "— " if number and not words.startswith(("—", "–")) else ""
        yield Block("epigraph", text.place(token), dash + words)
    for entry in opener_contents(text.rendering.book, unit) if text.medium.paged else ():
        words = f"{entry.number} {entry.title} {text.rendering.folio(entry.anchor)}"
        yield Block("line of an opener", place, words, cell=True, optional=True)


def notes_of(book: Book, unit: Unit, medium: Medium, pages: PageMap | None) -> Iterator[tuple[Note, Block]]:
    """Yield each note of a unit, and what it begins with."""
    text = _Text(UnitRendering(book, unit, medium, language_for(book.metadata.language), pages))
    yield from ((note, next(_note(text, note))) for note in unit.chapter.notes)


def _notes(text: _Text, unit: Unit) -> Iterator[Block]:
    for note in unit.chapter.notes:
        yield from _note(text, note)


def _note(text: _Text, note: Note) -> Iterator[Block]:
    """Yield the blocks of a note: one if it consists of paragraphs, else several, the number on the first words."""
    number = f"{note.number} {words_back(note, text.rendering)}".strip()
    if not has_blocks(note):
        words = " ".join(text.inline(token.children or ()) for token in note.tokens if token.type == "inline")
        yield Block("note", text.place(note.tokens[0]), f"{number} {words}", note=True)
        return
    found = list(_blocks(text, note.tokens))
    if begins_with_words(note) and found:
        found[0] = replace(found[0], words=f"{number} {found[0].words}")
    else:
        found.insert(0, Block("note", text.place(note.tokens[0]), number))
    yield from (replace(block, note=True) for block in found)


def _blocks(text: _Text, tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield one block for each inline token and for each token that contains its text itself."""
    holders: list[Token] = []
    lists: list[int] = []
    marks: tuple[tuple[str, ...], ...] = ()
    before, head, beside = "", False, False
    for tokens_here, index in text.shown(tokens):
        token = tokens_here[index]
        head = token.type == "thead_open" or (head and token.type != "thead_close")
        beside = _stands_beside(token) or (beside and token.type not in ("panels_close", "side_note_close"))
        if marks and token.type in LISTS:  # a formula or a picture alone is in the line of the item
            yield Block("list item", text.place(token), "", marks=marks)
            marks = ()
        if token.type in LISTS:
            lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else LISTS[token.type])
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            marks += (marks_of(lists[-1]),) if lists[-1] != UNMARKED else ()
            lists[-1] += lists[-1] >= 0
        elif token.type == "list_item_close" and marks:
            yield Block("list item", text.place(token), "", marks=marks)
            marks = ()
        if token.nesting < 0 and holders:
            holders.pop()
        if token.type in ELSEWHERE:
            yield from ELSEWHERE[token.type](text)
            continue
        words, whole = _words(text, tokens_here, index)
        yield from (Block("block", text.place(token), one, cell=True) for one in whole)
        words, before = before + words, ""
        if token.nesting > 0:
            holders.append(token)
            before = words
        elif words.strip():
            holder = token if token.type != "inline" or not holders else holders[-1]
            made = _block(text, token, holder, words, marks)
            yield replace(made, head=head, cell=made.cell or beside)
            marks = ()


def _stands_beside(token: Token) -> bool:
    """Return whether the content that begins there has a height of its own on the page.

    This holds for images side by side, where the caption of a flat one is higher, and for a note beside the text.
    """
    return token.type == "side_note_open" or (token.type == "panels_open" and token.meta["columns"] != "1")


def _words(text: _Text, tokens: Sequence[Token], index: int) -> tuple[str, list[str]]:
    """Return the words of a token that are in one line with what follows, and those that are whole blocks before it."""
    token = tokens[index]
    if token.type == "inline":
        return text.inline(token.children or ()), []
    if token.type not in PRINTED:
        return text.of(tokens, index), []
    *whole, last = (unescape(_TAGS.sub("", part)) for part in _BLOCK_TAGS.split(text.printed(tokens, index)))
    return last, [words for words in whole if words.strip()]


def _answers(text: _Text) -> Iterator[Block]:
    """Yield the answers to all exercises, written in other units and printed here."""
    for key, answer in text.rendering.book.matter.answers:
        there = _Text(text.rendering.from_unit(key))
        title = f"{text.rendering.label(answer.exercise)} {text.inline(answer.title)}"
        yield Block("title of an answer", answer.place, title)
        yield from _blocks(there, answer.tokens)


def _works(text: _Text) -> Iterator[Block]:
    """Yield the works that are cited, each with the place of its entry in the bibliography."""
    book = text.rendering.book
    known = book.manuscript.bibliography.works if book.manuscript.bibliography is not None else {}
    for work in book.works:
        words = f"{work.mark} {unescape(_TAGS.sub('', work.text))}"
        yield Block("work", known[work.key].place, words, cell=True)


ELSEWHERE: Mapping[str, Callable[[_Text], Iterator[Block]]] = {"answers_list": _answers, "works": _works}
"""Token type -> the blocks that are printed at its place and were written elsewhere."""


def _block(text: _Text, token: Token, holder: Token, words: str, marks: tuple[tuple[str, ...], ...]) -> Block:
    kind = "list item" if marks and holder.type == "paragraph_open" else KINDS.get(holder.type, "block")
    exact, cell = token.type in EXACT, holder.type in ("th_open", "td_open")
    title = holder.type == "callout_title_open"
    own = text.inline(token.children or ()) if title and token.content else ""
    made = Block(kind, text.place(token if token.map else holder), words, exact, marks, cell=cell, instead=own)
    return replace(made, optional=title and not token.content)
