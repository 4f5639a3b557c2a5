"""A page as WeasyPrint lays it out -> the page laid out again, if its foot is better with other lines in a paragraph.

Facing pages of text end on the same line. A page of text is full if a paragraph can be a line longer or shorter without
anybody noticing. No right-hand page ends with a hyphen. A page is examined when it has been laid out, together with the
facing page only: what follows a spread does not change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from compositor.typeset.floats import classes_of, tag_of
from compositor.typeset.lines.filled import (
    MOST,
    TEXT,
    Change,
    Gap,
    Given,
    above_headings,
    filled,
    set_so,
    spaced,
    take_back,
)
from compositor.typeset.lines.paragraph import Paragraph
from compositor.typeset.lines.state import State, changed_in
from compositor.typeset.lines.trial import Trial
from compositor.typeset.lines.wishes import is_wanted
from compositor.typeset.margins.side_notes import is_beside

NEEDS = {"p": 2, "h2": 5}
"""Lines that must fit at the foot of a page for a block to begin there, its own and those that it keeps with it; a
heading of a lower level needs 4.
"""
HYPHENS = 2
"""How often a page is laid out again for a hyphen at its foot."""


@dataclass(slots=True)
class Feet:
    """What is known of the pages that were laid out, by their numbers."""

    white: dict[int, int]
    """Lines left white at the foot of a page of text without footnotes."""
    wanted: dict[int, int]
    """Lines that are to be left white there."""
    left: tuple[int, Any] = (0, None)
    """The last left-hand page: its number and the page."""
    with_notes: int = 0
    """The number of the last left-hand page of text that ends with footnotes: it is full."""

    def is_longer(self, number: int) -> bool:
        """Return whether a page has a line or two more than the one after it."""
        return number != self.with_notes and self.white.get(number, MOST) < self.white.get(number + 1, 0) <= MOST


def look_at_pages() -> None:
    """Wrap WeasyPrint's functions; called once in a process, after everything else that wraps functions for blocks."""
    from weasyprint.layout import block, page

    laid_out = page.remake_page

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        """Lay out a page; if it is a right-hand page that ends shorter than the left-hand page, lay out both again."""
        made = laid_out(index, context, root_box, html)
        feet, number = feet_of(context), index + 1
        if not context.page_maker[index][2]:
            feet.left = number, made[0]
        elif number <= State.wishes.even and feet.left[0] == index and feet.is_longer(index):
            changed_in(context).even |= {index, number}
            return _both(laid_out, index, context, root_box, html)
        return made

    page.remake_page = remake_page

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; lay out the block of a unit again where the foot of the page can be better."""
        if named or "unit" not in classes_of(box) or not is_wanted(box.style) or context.in_column:
            return original(context, box, bottom_space, *arguments, **named)
        return _Page(original, context, box, bottom_space, arguments).best()

    block.block_container_layout = block_container_layout


def feet_of(context: Any) -> Feet:
    """Return what is known of the pages of a document."""
    found: Feet = context.__dict__.setdefault("feet", Feet({}, {}))
    return found


def _both(lay_out: Any, index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Lay out two facing pages again, the first as short as the second was; if that does not help, as they were."""
    feet = feet_of(context)
    for wanted in (feet.white[index + 1], 0):
        feet.wanted[index] = wanted
        left, _ = lay_out(index - 1, context, root_box, html)
        context.page_maker[index][-1]["content_changed"] = False  # it is laid out next, and not again at the end
        made = lay_out(index, context, root_box, html)
        if feet.white.get(index, -1) == feet.white.get(index + 1):
            break
    feet.left[1].__dict__.update(left.__dict__)
    return made


class _Page:
    """The part of a unit on one page."""

    def __init__(self, original: Any, context: Any, box: Any, bottom: float, arguments: tuple[Any, ...]) -> None:
        from weasyprint.text.line_break import strut

        self._original, self.context, self.box = original, context, box
        self.bottom, self._arguments = bottom, arguments
        self.leading = float(strut(box.style)[0])
        self.first = next(iter(arguments[0])) if arguments[0] else 0
        self._trial = Trial(context, box, arguments)
        self._feet, self.number = feet_of(context), context.current_page
        self.spaces: Sequence[Gap] = ()
        self._is_right = bool(context.page_maker[self.number - 1][2])

    def best(self) -> Any:
        """Return the best layout that was found."""
        feet, number = self._feet, self.number
        facing = feet.white.get(number - 1) if self._is_right else None
        owed = facing or 0 if self._is_right else feet.wanted.get(number, 0)
        owed = owed if owed <= MOST and number <= State.wishes.even else 0
        if owed:
            changed_in(self.context).even.add(number)
        made = self._laid(owed)
        if owed and not self._is_text(made):
            made, owed = self.again(0), 0
        made = filled(self, made, owed)
        feet.white.pop(number, None)
        if self._is_text(made) and not self.context.current_page_footnotes:
            if self._white(made) != owed and number <= State.wishes.even and (facing is not None or not self._is_right):
                made = self._mended(made, owed)
            feet.white[number] = self._white(made)
        elif self._is_text(made) and not self._is_right:
            feet.white[number], feet.with_notes = 0, number
        return self._without_hyphen(made, owed) if self._is_right else made

    def _laid(self, owed: float) -> Any:
        with spaced(self.spaces):
            return self._original(self.context, self.box, self.bottom + owed * self.leading, *self._arguments)

    def again(self, owed: float) -> Any:
        """Undo the last layout, and return a new one of the page with so many lines left white at its foot."""
        self._trial.undo()
        return self._laid(owed)

    def _is_text(self, made: Any) -> bool:
        """Return whether the page contains only text, ends with a paragraph, and is not ended by a style."""
        laid, resume, following = made[:3]
        if laid is None or not resume or following["break"] != "any" or not laid.children:
            return False
        blocks = [child for child in laid.children if not is_beside(child)]
        return all(tag_of(child) in TEXT for child in blocks) and tag_of(laid.children[-1]) == "p"

    def _white(self, made: Any) -> int:
        """Return how many lines are left white at the foot."""
        last = made[0].children[-1]
        room = self.context.page_bottom - self.bottom - last.content_box_y() - last.height
        return int(room / self.leading + 0.1)

    def _mended(self, made: Any, owed: int) -> Any:
        """Return the page with one or two paragraphs or spaces changed, if it ends where it should then; else `made`.
        """
        again = made
        for changes, given in self._changes(made, self._white(made) - owed):
            again = set_so(self, owed, changes, given)
            if self._is_text(again) and self._white(again) == owed:
                changed_in(self.context).even.add(self.number)
                return again
            take_back(self, changes)
        return made if again is made else self.again(owed)

    def _changes(self, made: Any, short: int) -> Iterator[tuple[list[Change], list[Given]]]:
        """Yield possible changes, the best first: to paragraphs, or to the spaces above headings, each by a line."""
        lack = self._needed(made) - short
        heads = above_headings(self, made)
        high = [gap for gap in heads if gap[2] > 1.5 * self.leading]
        if 0 < short <= MOST and len(longer := self.varied(made, 1)) >= short:
            yield longer[:short], []
        if 0 < lack <= MOST and len(shorter := self.varied(made, -1)) >= lack:
            yield shorter[:lack], []
        if 0 < short <= min(MOST, len(heads)):
            yield [], [(gap, -1) for gap in heads[:short]]
        if 0 < lack <= min(MOST, len(high)):
            yield [], [(gap, 1) for gap in high[:lack]]

    def _needed(self, made: Any) -> int:
        """Return how many lines would have to be free at the foot for the next block, or more of this one, to fit."""
        (index, inside), = made[1].items()
        if inside is not None:
            return 2
        tag = tag_of(self.box.children[index])
        return NEEDS.get(tag, 4) if tag in TEXT else 0

    def varied(self, made: Any, more: int) -> list[Change]:
        """Return the paragraphs that begin here and can be so many lines longer unseen; the least visible first."""
        known = self.context.__dict__.get("paragraph_of", {})
        skip = self._arguments[0]
        goes_on = bool(skip) and next(iter(skip.values())) is not None
        found = []
        for child in made[0].children[1:] if goes_on else made[0].children:
            paragraph = known.get(id(child.element)) if tag_of(child) == "p" else None
            if paragraph is not None and (varied := paragraph.varied(more)):
                found.append((varied[0], paragraph, varied[1]))
        found.sort(key=lambda one: one[0])
        return [(paragraph, lines) for _, paragraph, lines in found]

    def _without_hyphen(self, made: Any, owed: int) -> Any:
        """Return the page without a hyphen at its foot, if its last paragraph can be broken elsewhere."""
        for _ in range(HYPHENS):
            foot = self._hyphen_at_foot(made)
            if foot is None or self._trial.is_moved():
                return made
            paragraph, place = foot
            paragraph.forbid(place)
            made = self.again(owed)
        return made

    def _hyphen_at_foot(self, made: Any) -> tuple[Paragraph, int] | None:
        laid, resume = made[:2]
        if laid is None or not resume or not laid.children:
            return None
        (index, inside), = resume.items()
        block = self.box.children[index]
        if not inside or tag_of(block) != "p" or not block.children:
            return None
        (at, stack), = inside.items()
        paragraph = self.context.__dict__.get("paragraphs", {}).get(id(block.children[at]), (None, None))[1]
        if paragraph is None or stack is None:
            return None
        place = paragraph.place(stack)
        return (paragraph, place) if paragraph.hyphen_at(place) else None
