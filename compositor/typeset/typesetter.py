"""UnitText + Look -> LaidOut: one source file set into pages, and the contents of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Any

from compositor.typeset.boxes import laid_pages
from compositor.typeset.cramped import STEPS, is_cramped, is_long
from compositor.typeset.document.parts import Paint, Refill, Refilled, Task
from compositor.typeset.engine import fetcher, heard, no_garbage_collection, weasyprint
from compositor.typeset.faces import font_configuration
from compositor.typeset.files import FilesRead, of_the_book, roots_of
from compositor.typeset.floats import moved
from compositor.typeset.folios import let_go_of_layout, seeds
from compositor.typeset.layout import inspect
from compositor.typeset.lines.last_page import is_better, is_short, wished, wishes_for
from compositor.typeset.lists import add_words_again, starts
from compositor.typeset.margins.moved import refilled
from compositor.typeset.margins.side_notes import number_notes, without_room
from compositor.typeset.note_links import link_notes
from compositor.typeset.notes import take_to_calls
from compositor.typeset.painting import paint_in_order
from compositor.typeset.pictures.drawings import for_paper
from compositor.typeset.renumbering import NUMBER, Tree, may_change, renumber
from compositor.typeset.resumed.loop import CannotGoOnError
from compositor.typeset.resumed.record import read
from compositor.typeset.resumed.watch import Watch, watched
from compositor.typeset.titles import hold_last_words
from compositor.typeset.turned import ROUNDS, lengths_beside_notes, shorten
from compositor.typeset.values import (
    VARIANT,
    Chain,
    Context,
    Counts,
    LaidOut,
    Look,
    UnitText,
    Volume,
    place_of,
    unplaced,
)

SHORT = "its last page is short"
"""Why a unit is set as a whole: to lengthen its last page, its last paragraphs have to be known."""


@dataclass(frozen=True, slots=True)
class _How:
    """How a unit is laid out."""

    classes: str = ""
    """Additional classes of its root, for the style sheets."""
    lengths: Mapping[int, float] = field(default_factory=dict)
    """Lengths of turned tables that are shorter than the page, because of notes at its foot, in pixels."""
    crowded: frozenset[int] = frozenset()
    """Numbers of notes that are set in the text, since there is no room beside it."""


@dataclass(frozen=True, slots=True)
class _Set:
    """WeasyPrint's document of a unit, the tree from which it was made, and how."""

    document: Any
    tree: Tree
    how: _How
    watch: Watch | None = None
    """What was observed while it was set, if that was wanted."""

    @property
    def taken(self) -> int:
        """Return how many of its pages were taken from the unit as it was set last."""
        return self.watch.taken if self.watch is not None else 0

    @property
    def why_whole(self) -> str:
        """Return why the unit was set from its beginning."""
        return self.watch.why_whole if self.watch is not None else ""


class Typesetter:
    """WeasyPrint with the fonts and style sheets of one look, read once; it remembers what it has set.

    It works in the process that created it; builds use `ChildTypesetter` (`processes/pool.py`).
    """

    def __init__(self, look: Look, keeps_pages: bool = False) -> None:
        """`keeps_pages`: keep the pages of all units, and not only of those that may have to be changed."""
        engine = weasyprint()
        from compositor.typeset.document.painter import Painter

        self._engine = engine
        self._look, self._keeps_pages = look, keeps_pages
        self._fonts = font_configuration(dict(look.families), look.emoji)
        self._files = FilesRead(roots_of(look))
        self._fetcher = fetcher(roots_of(look), for_paper(look), self._files.note)
        self._done: dict[UnitText, LaidOut] = {}
        self._documents: dict[UnitText, _Set] = {}
        self._latest: dict[tuple[str, Context], UnitText] = {}
        self._with_targets = any("target-" in text for text, _ in look.sheets)
        self._painter = Painter(look, self._fetcher, self._fonts, self._files)
        with heard() as messages:
            self._sheets = [self._sheet(text, folder) for text, folder in look.sheets]
        self.messages = tuple(messages)
        """What is wrong with the style sheets."""
        self.files = self._files.taken()
        """The files that the style sheets name: faces and pictures."""

    def _sheet(self, text: str, folder: Path) -> Any:
        base = folder.resolve().as_uri() + "/"
        return self._engine.CSS(string=text, base_url=base, font_config=self._fonts, url_fetcher=self._fetcher)

    @property
    def read(self) -> tuple[str, ...]:
        """Return the files in the book's folder that were read for it, as paths in that folder."""
        return of_the_book([self.files, *(one.files for one in self._done.values())])

    @property
    def counts(self) -> Counts:
        """Return how much was set."""
        laid = [one for unit, one in self._done.items() if unit.key and not one.renumbered]
        return Counts(1, len(laid), sum(len(one.pages) for one in laid))

    def set_ahead(self, chains: Sequence[Chain]) -> None:
        """Do nothing: one process sets one unit after the other, when they are asked for."""

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit; a unit that was set before is not set again, whatever its folios are."""
        alike = unplaced(unit)
        if alike not in self._done:
            self._done[alike] = self._renumbered(alike) or self._typeset(alike)
            self._paint_early(alike)
        return replace(self._done[alike], unit=unit)

    def _renumbered(self, unit: UnitText) -> LaidOut | None:
        """Return a unit that was set, with other page numbers in its text; None if it has to be set again."""
        before = self._latest.get(place_of(unit))
        known, laid = (self._documents.get(before), self._done.get(before)) if before is not None else (None, None)
        if known is None or laid is None or laid.messages:
            return None
        told = {number for fault in laid.layout.faults for number in NUMBER.findall(fault.message)}
        made = renumber(known.document, known.tree, self._tree(unit, known.how).etree_element, told)
        if made is None:
            return None
        self._keep(unit, replace(known, tree=made))
        return replace(laid, unit=unit, pages=laid_pages(known.document), renumbered=True)

    def _typeset(self, unit: UnitText) -> LaidOut:
        with heard() as messages, no_garbage_collection():
            self._files.begin()
            made = self._first(unit)
            for step in STEPS:
                if is_cramped(made.document.pages):
                    messages.clear()
                    made = self._rendered(unit, _How(step))
            lengths: dict[int, float] = {}
            for _ in range(ROUNDS):
                found = lengths_beside_notes(made.document.pages)
                shorter = {one: length for one, length in found.items() if length < lengths.get(one, inf)}
                if not shorter:
                    break
                messages.clear()
                lengths |= shorter
                made = self._rendered(unit, _How(made.how.classes, dict(lengths)))
            was_short = False
            for wishes in wishes_for(made.document.pages):
                before, was_short = [*messages], True
                with wished(wishes):
                    again = self._rendered(unit, _How(f"{made.how.classes} {wishes.how}".strip(), lengths))
                messages[:] = before
                better = is_better(again.document.pages, made.document.pages)
                made, worse = (again, made) if better else (made, again)
                let_go_of_layout(worse.document, self._with_targets)
                if better:
                    break
            pages = made.document.pages
            layout = inspect(pages, self._fonts.declared, unit.context.side)
        record = made.watch.kept(() if messages or was_short else pages) if made.watch else None
        paint_in_order(pages)
        link_notes(pages)
        self._keep(unit, made)
        laid, shifted = laid_pages(made.document), tuple(moved(pages))
        done = LaidOut(unit, laid, tuple(messages), shifted, layout, self._files.taken())
        why = made.why_whole if unit.before else ""
        return replace(done, record=record, taken=made.taken, why_whole=why)

    def _first(self, unit: UnitText) -> _Set:
        """Return a unit as it is set first: from the page before the last edit, if that is possible."""
        if unit.before is None:
            return self._rendered(unit)
        watch, why = Watch(read(unit.before)), SHORT
        try:
            made = self._rendered(unit, watch=watch)
            if not (made.taken and is_short(made.document.pages)):
                return made
        except CannotGoOnError as problem:
            why = str(problem)
        return self._rendered(unit, watch=Watch(why_whole=why))

    def _paint_early(self, unit: UnitText) -> None:
        """Paint a unit that prints no page numbers, and free its pages: a page takes a megabyte."""
        if not self._keeps_pages and not may_change(unit.xhtml):
            with no_garbage_collection():
                self._painter.paint(unit, self._documents.pop(unit).document)

    def _keep(self, unit: UnitText, made: _Set) -> None:
        """Keep what was set, and drop what this unit was before its page numbers were known."""
        before = self._latest.get(place_of(unit), unit)
        self._documents.pop(before, None)
        self._painter.forget(before)
        self._latest[place_of(unit)], self._documents[unit] = unit, made
        let_go_of_layout(made.document, self._with_targets)

    def _rendered(self, unit: UnitText, how: _How | None = None, watch: Watch | None = None) -> _Set:
        """Return a unit as WeasyPrint sets it; notes without room beside the text are set in it."""
        made = self._rendered_once(unit, how or _How(), watch)
        while more := without_room(made.document.pages):
            made = self._rendered_once(unit, replace(made.how, crowded=made.how.crowded | more))
        return made

    def _rendered_once(self, unit: UnitText, how: _How, watch: Watch | None = None) -> _Set:
        """Return the same, with the crowded notes in the text."""
        html = self._tree(unit, how)
        tree = Tree(html.etree_element)
        return _Set(self._laid_out(unit, html, watch), tree, how, watch)

    def _laid_out(self, unit: UnitText, html: Any, watch: Watch | None = None) -> Any:
        """Return WeasyPrint's document of a unit, from its tree."""
        styles = seeds(unit.context) + starts(html.etree_element)
        sheets = [*self._sheets, self._sheet(styles, self._look.folder)]
        pictures = self._files.pictures
        with watched(watch, styles):
            return html.render(font_config=self._fonts, stylesheets=sheets, cache=pictures, pdf_variant=VARIANT)

    def _tree(self, unit: UnitText, how: _How) -> Any:
        """Return WeasyPrint's tree of a unit, as it is laid out."""
        base = self._look.folder.resolve().as_uri() + "/"
        html = self._engine.HTML(string=unit.xhtml, base_url=base, url_fetcher=self._fetcher)
        root = html.etree_element
        classes = how.classes or (STEPS[0] if is_long(root) else "")
        root.set("class", f"{root.get('class', '')} {classes}".strip())
        take_to_calls(root)
        shorten(root, how.lengths)
        number_notes(root, how.crowded)
        add_words_again(root)
        hold_last_words(root)
        return html

    def document(self, unit: UnitText) -> Any:
        """Return WeasyPrint's document of a unit that was set."""
        alike = unplaced(unit)
        if alike not in self._documents:
            self._typeset(alike)
        return self._documents[alike].document

    def join(self, volume: Volume) -> tuple[bytes, tuple[str, ...]]:
        """Return one PDF of the units' pages, and WeasyPrint's messages about it."""
        from compositor.typeset.document.join import join

        return join(volume, self, self._look.resample, self._look.trim)

    def do(self, tasks: Sequence[Task]) -> list[Any]:
        """Return the results of these tasks on parts of a PDF, in their order."""
        with no_garbage_collection():
            return [self.result(task) for task in tasks]

    def _refilled(self, task: Refill) -> Refilled | None:
        """Return the margins of a painted unit with other page numbers; if that fails in any way, it is set again."""
        with suppress(Exception):
            html = self._tree(task.unit, _How())
            return refilled(task, html, self._laid_out(task.unit, html))
        return None

    def result(self, task: Task) -> Any:
        """Return the result of a task; what the task needs was painted in this process."""
        if isinstance(task, Refill):
            return self._refilled(task)
        if isinstance(task, Paint) and not self._painter.has_begun(task):
            self._painter.begin(task, self.document(task.unit))
        return self._painter.result(task)
