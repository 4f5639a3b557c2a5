"""Chapter + Medium -> XHTML: tokens through the render rules, then the result into a template. Writes to no token."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from urllib.parse import quote

from markdown_it.token import Token
from markupsafe import Markup

from compositor.cover import LOW, design_cover
from compositor.language import Language, language_for
from compositor.markdown import render_rules
from compositor.markdown.extension import attributes
from compositor.markdown.footnotes import asides
from compositor.model import Book, Measure, Medium, Note, PageMap, Unit
from compositor.ornament import NO_ORNAMENT, ornament_of_book, ornament_of_cover, ornament_of_unit
from compositor.preliminaries import caption_lists, page_list
from compositor.theme import Theme

VOID = {"br", "hr", "img"}
TAG = re.compile("<[^>]*>")
SHORT_WORD = 4
"""Letters and points of a word that may be shorter than the indent of a paragraph."""
SHORT_LINE = 20
"""Letters that have room in one line, however narrow."""
FIRST_LINE = 100
"""Letters that a first line has at most."""


@dataclass(frozen=True, slots=True)
class UnitRendering:
    """The book as the render rules see it from inside one unit (the `Rendering` of markdown/extension.py)."""

    book: Book
    unit: Unit
    medium: Medium
    words: Language
    pages: PageMap | None = None
    others: Mapping[int, str] = field(default_factory=dict)
    """Letters that running text is not set in -> the class of the face that has them; on a screen alone."""
    measure: Measure = field(default_factory=Measure)
    origin: Unit | None = None
    """The unit that the tokens were written in, where they stand in another."""

    def number(self, anchor: str) -> str:
        """`18.3`, or empty."""
        return self.book.targets[anchor].number

    def label(self, anchor: str) -> str:
        """`Figure 18.3`, or the title in quotation marks of what has no number."""
        return self.book.targets[anchor].label

    def href(self, target: str) -> str:
        """Where a link goes: to an anchor of the one file, or to a file and its anchor."""
        anchor = self.book.links[target] if "#" in target else target
        if self.medium.one_file or self.book.targets[anchor].unit == self.unit.key:
            return f"#{anchor}"
        return f"{self.book.targets[anchor].unit}.xhtml#{anchor}"

    def folio(self, anchor: str) -> str:
        """The printed page number of an anchor; empty where there are no pages, or where it is not known yet."""
        return self.locator(anchor) if self.medium.paged else ""

    def locator(self, anchor: str) -> str:
        """The same, also on a screen that shares the pages of the paper: for indexes, not for words in a sentence."""
        return self.pages.folio(anchor) if self.pages is not None else ""

    def page(self, anchor: str) -> int | None:
        """The physical page of an anchor; None where there are no pages, or where it is not known yet."""
        return self.pages.page(anchor) if self.pages is not None else None

    def from_unit(self, key: str) -> UnitRendering:
        """The same place in the book, for tokens that were written in another unit and are printed here."""
        return replace(self, origin=self.book.unit(key))

    def resource(self, path: str) -> str:
        """Where a file of the book lies, from the document; paths are safe in an address."""
        return resource_href(path)

    def note(self, label: str) -> Note:
        """A note of this unit."""
        return next(note for note in self.unit.chapter.notes if note.label == label)

    def position(self, token: Token) -> str:
        """` data-source="file:line"` where the medium carries positions, else nothing."""
        if not self.medium.positions or not token.map:
            return ""
        written = self.origin or self.unit
        file, line = written.chapter.line_of(token.map[0] + 1)
        return attributes({"data-source": f"{file}:{line}"})

    def inline(self, tokens: Sequence[Token] | None) -> str:
        """The XHTML of inline tokens."""
        return self.blocks(tokens or ())

    def blocks(self, tokens: Sequence[Token]) -> str:
        """The XHTML of tokens, one rule each."""
        rules = render_rules()
        parts = []
        for index, token in enumerate(tokens):
            rule = rules.get(token.type)
            part = rule(tokens, index, self) if rule else self._plain(token)
            ends = self.medium.paged and token.type == "inline" and index and tokens[index - 1].type == "paragraph_open"
            parts.append(_with_its_end(part) if ends else part)
        return "".join(parts)

    def _plain(self, token: Token) -> str:
        """What CommonMark has, and extensions have nothing to add to."""
        if token.type == "inline":
            return self.inline(token.children)
        if token.type in ("text", "text_special"):
            return self._text(token.content)
        if token.type in ("softbreak", "hardbreak"):
            return "<br/>\n" if token.type == "hardbreak" else "\n"
        return self._tag(token)

    def _text(self, text: str) -> str:
        """A text, with what has to be set in a fallback face in an element of that face's class."""
        if not self.others or text.isascii():
            return escape(text, quote=False)
        faces = itertools.accumulate(text, self._face_after, initial="")
        runs = itertools.groupby(zip(text, itertools.islice(faces, 1, None), strict=False), lambda pair: pair[1])
        return "".join(_in_face(face, "".join(letter for letter, _ in run)) for face, run in runs)

    def _face_after(self, face: str, letter: str) -> str:
        """The face of a letter; what has no width of its own stays with the letter before."""
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


def _with_its_end(text: str) -> str:
    """A paragraph whose last word, if it is shorter than an indent, does not come to stand in a line of its own."""
    hidden = TAG.sub(lambda tag: "\0" * len(tag[0]), text)
    at = max(hidden.rfind(" "), hidden.rfind("\n"))
    last = hidden[at + 1 :].replace("\0", "")
    one_line = len(hidden[: max(at, 0)].replace("\0", "")) < SHORT_LINE
    whole = one_line or not last or len(last) > SHORT_WORD or "&" in last or text[:at].endswith("/>")
    return text if whole else f"{text[:at]}\u00a0{text[at + 1 :]}"


def _in_face(face: str, text: str) -> str:
    escaped = escape(text, quote=False)
    return f'<span class="{face}">{escaped}</span>' if face else escaped


def resource_href(path: str) -> str:
    """The address of a file of the book inside the outputs: its path, percent-encoded."""
    return quote(path, safe="/-._~")


def render_body(
    book: Book, unit: Unit, medium: Medium, pages: PageMap | None = None, theme: Theme | None = None
) -> str:
    """The XHTML of a unit without its title, which the template's opener shows."""
    rendering = _rendering(book, unit, medium, theme, pages)
    tokens = unit.chapter.tokens
    if unit.chapter.heading is not None and tokens[0].type == "heading_open":
        tokens = tokens[3:]
    return rendering.blocks(tokens) + asides(unit.chapter.notes, rendering)


def _rendering(
    book: Book, unit: Unit, medium: Medium, theme: Theme | None = None, pages: PageMap | None = None
) -> UnitRendering:
    others = theme.fallback_letters() if theme is not None and not medium.paged else {}
    measure = measure_of(book, theme) if theme is not None and medium.paged else Measure()
    return UnitRendering(book, unit, medium, language_for(book.metadata.language), pages, others, measure)


def measure_of(book: Book, theme: Theme) -> Measure:
    """How much room a page of this book has for a table; that of the default theme where only WeasyPrint could say."""
    page, size = theme.page(book.manuscript.style), theme.table_size(book.manuscript.style)
    return Measure(page.measure / size, page.lines * page.leading / size) if page is not None and size else Measure()


def render_title(book: Book, unit: Unit, medium: Medium, theme: Theme | None = None) -> str:
    """The XHTML of a unit's title, with its code and emphasis."""
    rendering = _rendering(book, unit, medium, theme)
    tokens = unit.chapter.tokens
    return rendering.inline(tokens[1].children) if tokens and tokens[0].type == "heading_open" else escape(unit.title)


def begins_plainly(unit: Unit) -> bool:
    """Whether the text begins with a paragraph whose first line has nothing in it but words, and marks of the index."""
    tokens = unit.chapter.tokens
    tokens = tokens[3:] if unit.chapter.heading is not None and tokens[0].type == "heading_open" else tokens
    if len(tokens) < 2 or tokens[0].type != "paragraph_open" or tokens[0].hidden:
        return False
    letters, marks = 0, 0
    for token in tokens[1].children or ():
        marks += token.type == "span_open" and not token.meta["attributes"].classes
        if token.type in ("text", "text_special", "softbreak"):
            letters += len(token.content) or 1
        elif not marks or token.type not in ("span_open", "span_close"):
            break
        marks -= token.type == "span_close"
    return letters > FIRST_LINE


def render_epigraph(
    book: Book, unit: Unit, medium: Medium, pages: PageMap | None = None, theme: Theme | None = None
) -> tuple[Markup, ...]:
    """The XHTML of what stands under the title, and of its source if it has one."""
    rendering = _rendering(book, unit, medium, theme, pages)
    return tuple(Markup(rendering.inline(token.children)) for token in unit.chapter.epigraph)


def render_unit(book: Book, unit: Unit, medium: Medium, theme: Theme, pages: PageMap | None = None) -> str:
    """A whole XHTML document: the unit in the template `unit.xhtml`."""
    accent = _accent(book, theme)
    return theme.fill(
        "unit.xhtml",
        unit=unit,
        body=Markup(render_body(book, unit, medium, pages, theme)),
        heading=Markup(render_title(book, unit, medium, theme)),
        epigraph=render_epigraph(book, unit, medium, pages, theme),
        lead=begins_plainly(unit),
        front_matter=unit.chapter.front_matter,
        ornament=ornament_of_unit(unit, medium, accent) if has_ornament(book, theme) else NO_ORNAMENT,
        **_names(book, medium, theme, pages),
    )


def render_page(book: Book, name: str, medium: Medium, theme: Theme, pages: PageMap | None = None) -> str:
    """A page that no author writes (title, copyright, contents, lists, nav …), by the template of its name."""
    accent = _accent(book, theme)
    ornament = ornament_of_book(book.metadata, medium, accent) if has_ornament(book, theme) else NO_ORNAMENT
    return theme.fill(f"{name}.xhtml", ornament=ornament, **_names(book, medium, theme, pages))


def has_ornament(book: Book, theme: Theme) -> bool:
    """Whether the theme, or the book, wants a mark made from each title."""
    return theme.value("ornament", book.manuscript.style, "squares") != "none"


def render_cover(book: Book, medium: Medium, theme: Theme) -> str:
    """The cover as a page: the picture that book.toml names, or our design in letters and squares."""
    names = _names(book, medium, theme, None)
    if not book.metadata.cover:
        names["design"] = design = design_cover(book, theme, LOW)
        drawn = ornament_of_cover(design.title, design.ink, design.ground)
        names["ornament"] = drawn if design.has_field else NO_ORNAMENT
    return theme.fill("cover.xhtml", **names)


def _accent(book: Book, theme: Theme) -> str:
    return theme.value("accent", book.manuscript.style, "#0a5a66")


def _names(book: Book, medium: Medium, theme: Theme, pages: PageMap | None) -> dict[str, object]:
    words = language_for(book.metadata.language)
    elsewhere = replace(book, manuscript=replace(book.manuscript, folder=Path()))
    return {
        "book": elsewhere,  # where the folder lies is nothing to print
        "metadata": book.metadata,
        "words": words,
        "lists": caption_lists(book, words),
        "medium": medium,
        "pages": pages,
        "page_list": page_list(pages),
        "stylesheets": medium.stylesheets,
        "typefaces": theme.typefaces(book.manuscript.style),
    }
