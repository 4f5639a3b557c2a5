"""Tokens -> XHTML, one render rule each: the book as those rules see it from inside one unit."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import quote

from markdown_it.token import Token

from compositor.language import Language
from compositor.language.addresses import ADDRESS, LONG, parts, pieces
from compositor.markdown import render_rules
from compositor.markdown.extension import attributes
from compositor.model import Book, Measure, Medium, Note, PageMap, Unit

TAG = re.compile("<[^>]*>")
STRAY = re.compile("(?:(?<=[\ufe00-\ufe0f\\s])|\\A)[\ufe00-\ufe0f]+")
"""Variation selectors that select nothing. A font may draw them as a space that is read as another letter."""
SHORT_WORD = 4
"""Letters and points of a word that may be shorter than the indent of a paragraph."""
SHORT_LINE = 20
"""Letters that fit in one line, however narrow."""


def _with_its_end(text: str) -> str:
    """Return a paragraph whose last word, if it is shorter than an indent, is not alone on the last line."""
    hidden = TAG.sub(lambda tag: "\0" * len(tag[0]), text)
    at = max(hidden.rfind(" "), hidden.rfind("\n"))
    last = hidden[at + 1 :].replace("\0", "")
    one_line = len(hidden[: max(at, 0)].replace("\0", "")) < SHORT_LINE
    whole = one_line or not last or len(last) > SHORT_WORD or "&" in last or text[:at].endswith("/>")
    return text if whole else f"{text[:at]}\u00a0{text[at + 1 :]}"


VOID = {"br", "hr", "img"}


@dataclass(frozen=True, slots=True)
class UnitRendering:
    """The book as the render rules see it from inside one unit (the `Rendering` of markdown/extension.py)."""

    book: Book
    unit: Unit
    medium: Medium
    words: Language
    pages: PageMap | None = None
    others: Mapping[int, str] = field(default_factory=dict)
    """Letters that the text font lacks -> the class of the font that has them; only on a screen."""
    measure: Measure = field(default_factory=Measure)
    origin: Unit | None = None
    """The unit that the tokens were written in, if they are printed in another."""

    def number(self, anchor: str) -> str:
        """Return `18.3`, or an empty text."""
        return self.book.targets[anchor].number

    def label(self, anchor: str) -> str:
        """Return `Figure 18.3`, or the title in quotation marks of what has no number."""
        return self.book.targets[anchor].label

    def href(self, target: str) -> str:
        """Return the target of a link: an anchor of the one file, or a file and its anchor."""
        anchor = self.book.links[target] if "#" in target else target
        if self.medium.one_file or self.book.targets[anchor].unit == self.unit.key:
            return f"#{anchor}"
        return f"{self.medium.file(self.book.targets[anchor].unit)}#{anchor}"

    def folio(self, anchor: str) -> str:
        """Return the printed page number of an anchor; empty without pages, or while it is unknown."""
        return self.locator(anchor) if self.medium.paged else ""

    def locator(self, anchor: str) -> str:
        """Return the same, also on a screen that shares the paper's pages: for indexes, not for words in a sentence."""
        return self.pages.folio(anchor) if self.pages is not None else ""

    def page(self, anchor: str) -> int | None:
        """Return the physical page of an anchor; None without pages, or while it is unknown."""
        return self.pages.page(anchor) if self.pages is not None else None

    def from_unit(self, key: str) -> UnitRendering:
        """Return the same for tokens that were written in another unit and are printed here."""
        return replace(self, origin=self.book.unit(key))

    def resource(self, path: str) -> str:
        """Return where a file of the book is, from the document; paths are escaped for an address."""
        return resource_href(path)

    def note(self, label: str) -> Note:
        """Return a note of this unit."""
        return next(note for note in self.unit.chapter.notes if note.label == label)

    def position(self, token: Token) -> str:
        """Return ` data-source="file:line"` if the medium carries positions, else an empty text."""
        if not self.medium.positions or not token.map:
            return ""
        written = self.origin or self.unit
        file, line = written.chapter.line_of(token.map[0] + 1)
        return attributes({"data-source": f"{file}:{line}"})

    def inline(self, tokens: Sequence[Token] | None) -> str:
        """Return the XHTML of inline tokens."""
        return self.blocks(tokens or ())

    def blocks(self, tokens: Sequence[Token]) -> str:
        """Return the XHTML of tokens, one rule each."""
        rules = render_rules()
        parts = []
        for index, token in enumerate(tokens):
            rule = rules.get(token.type)
            part = rule(tokens, index, self) if rule else self._plain(token)
            ends = self.medium.paged and token.type == "inline" and index and tokens[index - 1].type == "paragraph_open"
            parts.append(_with_its_end(part) if ends else part)
        return "".join(parts)

    def _plain(self, token: Token) -> str:
        """Render what CommonMark has and no extension changes."""
        if token.type == "inline":
            return self.inline(token.children)
        if token.type in ("text", "text_special"):
            return self._text(token.content)
        if token.type in ("softbreak", "hardbreak"):
            return "<br/>\n" if token.type == "hardbreak" else "\n"
        return self._tag(token)

    def _text(self, text: str) -> str:
        """Render a text; addresses in it may break at their joints, and abbreviations with a slash may not."""
        text = text if text.isascii() else STRAY.sub("", text)
        return "".join(_in_element(kind, self._part(kind, part)) for kind, part in parts(text) if part)

    def _part(self, kind: str, text: str) -> str:
        if kind != ADDRESS or len(text) <= LONG:
            return self._in_faces(text)
        return "<wbr/>".join(self._in_faces(piece) for piece in pieces(text))

    def _in_faces(self, text: str) -> str:
        """Return a text, with letters for a fallback font in an element of that font's class."""
        if not self.others or text.isascii():
            return escape(text, quote=False)
        faces = itertools.accumulate(text, self._face_after, initial="")
        runs = itertools.groupby(zip(text, itertools.islice(faces, 1, None), strict=False), lambda pair: pair[1])
        letters = ((face, "".join(letter for letter, _ in run)) for face, run in runs)
        return "".join(_in_element(face, escape(text, quote=False)) for face, text in letters)

    def _face_after(self, face: str, letter: str) -> str:
        """Return the font of a letter; a combining character stays with the letter before."""
        return face if unicodedata.category(letter) in ("Mn", "Me", "Cf") else self.others.get(ord(letter), "")

    def _tag(self, token: Token) -> str:
        if token.hidden or not token.tag:
            return ""
        end = "\n" if token.block and token.nesting < 0 else ""
        if token.nesting < 0:
            return f"</{token.tag}>{end}"
        position = self.position(token) if token.block else ""
        shown = attributes(token.attrs)
        return f"<{token.tag}{shown}{position}{'/' if token.tag in VOID else ''}>"


def _in_element(kind: str, shown: str) -> str:
    return f'<span class="{kind}">{shown}</span>' if kind else shown


def resource_href(path: str) -> str:
    """Return the address of a file of the book inside the outputs: its path, percent-encoded."""
    return quote(path, safe="/-._~")
