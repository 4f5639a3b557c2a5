"""The line box of a paragraph -> its text as one row of places, each with its distance from the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from compositor.typeset.lines.known import OBJECT, Kind, UnknownError, first_letter, kind_of, refuse
from compositor.typeset.lines.marks import at_end, at_start
from compositor.typeset.lines.plan import AT_NEED, JOINT, TORN, Break, Column, Line, plan, plan_of
from compositor.typeset.lines.ragged import plan_ragged
from compositor.typeset.lines.shapes import Shape, is_between, is_torn, shape
from compositor.typeset.lines.wishes import give, share
from compositor.typeset.repairs import WORD_JOINER, is_call, is_code

HYPHENS = (b"-", "\u2010".encode())
JOINT_OF_CODE = "\u200b"
"""What stands in a piece of code where it may be broken."""
SHORT_LAST = 1.4
"""Ems from which on a last line is not too short, if the indent is not wider."""


@dataclass(slots=True)
class Leaf:
    """A text box of the paragraph, and where it begins in the whole text, in bytes."""

    box: Any
    said: str
    """The text of the box when it was shaped; WeasyPrint may change it later."""
    start: int
    text: bytes
    shape: Shape
    stiff: bool
    """Whether its spaces belong to code and keep their width."""
    first_break: int | None = None
    """The first place inside, in bytes, at which a line may end."""


class Paragraph:
    """A paragraph that has been shaped. Raises UnknownError for one that contains something unknown."""

    def __init__(self, context: Any, box: Any, column: Any) -> None:
        self._context, self._column = context, column
        self.box, self.kind = box, kind_of(box.style, column)
        self.leaves: dict[int, Leaf] = {}
        self._starts: dict[int, int] = {}
        self._text, self._pen, self._spaces, self._last = b"", 0.0, 0, ""
        self._hang, self._share = 0.0, share(box.style) if self.kind is Kind.JUSTIFIED else 0.0
        self._end, self._end_spaces = 0.0, 0
        self._space, self._stiff = 0.0, 0.0
        self._hyphens: dict[str, float] = {}
        self._breaks = [Break(0, 0.0, 0.0, 0, 0)]
        self._walk(box, False)
        if not self._space and (self.kind is Kind.JUSTIFIED or JOINT_OF_CODE.encode() not in self._text):
            raise UnknownError("no spaces")
        self._breaks.append(replace(self._here(), forced=True))
        self._plans: dict[tuple[float, float, int], Line] = {}
        self._first: tuple[float, float, int] | None = None
        self.is_changed = self._is_forbidden = False
        """Whether it was made to have other lines than its own."""

    def is_stale(self) -> bool:
        """Return whether its text was changed after it was shaped: a space that joined words can break again."""
        return any(leaf.box.text != leaf.said for leaf in self.leaves.values())

    def line(self, start: int, width: float, indent: float) -> Line | None:
        """Return the line that begins at a place in a column of this width; None if no plan could be made."""
        key = (width, 0.0, start)
        if indent or key not in self._plans:
            key = (width, indent, start)
        if key not in self._plans:
            self._plan(start, width, indent)
        self._first = self._first or key
        return self._plans.get(key)

    def varied(self, more: int) -> tuple[float, list[Line]] | None:
        """Return its lines where there are `more` of them, and the stress of the worst; None if the change would be
        seen.
        """
        if self._first is None or self._first[2] != self._behind_spaces(0) or self.kind is not Kind.JUSTIFIED:
            return None
        width, indent, start = self._first
        ahead, count, place = self._ahead(start), 0, start
        while place < ahead[-1].place and (line := self.line(place, width, indent if place == start else 0.0)):
            count, place = count + 1, line.end.place
        return plan_of(ahead, self.column(width, indent), count + more) if count + more > 1 else None

    def take(self, lines: list[Line] | None) -> None:
        """Use these lines; with None, its own again."""
        self._plans.clear()
        self.is_changed = bool(lines) or self._is_forbidden
        if lines and self._first:
            self._keep(lines, *self._first)

    def is_as_begun(self) -> bool:
        """Return whether its lines are those that were planned for the whole paragraph from its beginning."""
        return not self.is_changed and self._first is not None and self._first[2] == self._behind_spaces(0)

    def hyphen_at(self, place: int) -> bool:
        """Return whether a line that ends at a place ends with a hyphen that hyphenation added."""
        return any(one.hyphen for one in self._breaks if one.place == place)

    def forbid(self, place: int) -> None:
        """Let no line end at this place any more."""
        self.is_changed = self._is_forbidden = True
        self._breaks = [one for one in self._breaks if one.place != place]
        self._plans.clear()

    def column(self, width: float, indent: float = 0.0) -> Column:
        """Return the column in which the lines are set."""
        style = self.box.style
        return Column(width, indent, self._space, max(indent, SHORT_LAST * style["font_size"]), give(style))

    def _plan(self, start: int, width: float, indent: float) -> None:
        if ahead := self._ahead(start):
            column = self.column(width, indent)
            is_title = self.kind is Kind.TITLE
            lines = plan(ahead, column) if self.kind is Kind.JUSTIFIED else plan_ragged(ahead, column, is_title)
            self._keep(lines or (), width, indent, start)

    def _ahead(self, start: int) -> list[Break]:
        """Return the breaks from this place on; none if no line may end at this place."""
        ahead = [one for one in self._breaks if one.place >= start]
        return ahead if ahead and ahead[0].place == start else []

    def _keep(self, lines: Sequence[Line], width: float, indent: float, start: int) -> None:
        place = start
        for line in lines:
            self._plans[width, indent if place == start else 0.0, place] = line
            place = line.end.place

    def place(self, stack: Any) -> int:
        """Return the place at which a line of WeasyPrint's begins, after the spaces there."""
        if stack is None:
            return self._behind_spaces(0)
        box, found = self.box, 0
        while stack is not None:
            (index, stack), = stack.items()
            if id(box) in self.leaves:
                found += index
                break
            if index >= len(box.children):
                return len(self._text)
            box = box.children[index]
            found = self._starts[id(box)]
        return self._behind_spaces(found)

    def _behind_spaces(self, place: int) -> int:
        while self._text[place : place + 1] == b" ":
            place += 1
        return place

    def _walk(self, box: Any, stiff: bool) -> None:
        """Read the children of a box; if it is `stiff`, its spaces belong to code."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.inline import resolve_percentages

        wraps = box.style["white_space"] in ("normal", "pre-line", "pre-wrap")
        for child in box.children:
            if not child.is_in_normal_flow():
                if child.is_floated() or self._text:
                    raise UnknownError("a box out of the flow")
                self._starts[id(child)] = 0
                continue
            if child.is_leader:
                raise UnknownError("a leader")
            self._starts[id(child)] = len(self._text)
            self._between(child, wraps, stiff)
            if is_call(child):
                self._last = WORD_JOINER
            if isinstance(child, boxes.TextBox):
                self._read(child, stiff)
            elif isinstance(child, boxes.InlineBox):
                resolve_percentages(child, self._column)
                for side in ("left", "right"):
                    if getattr(child, f"margin_{side}") == "auto":
                        setattr(child, f"margin_{side}", 0)
                self._move(child.padding_left + child.margin_left + child.border_left_width)
                self._walk(child, stiff or is_code(child))
                self._move(child.padding_right + child.margin_right + child.border_right_width)
            else:
                self._pass(child)

    def _move(self, width: float) -> None:
        if width:
            self._pen += width
            self._end, self._end_spaces, self._hang = self._pen, self._spaces, 0.0

    def _between(self, child: Any, wraps: bool, stiff: bool) -> None:
        """Add a break before a box, if WeasyPrint would break there: that depends on the letters on both sides."""
        from weasyprint.text.line_break import can_break_text

        first = first_letter(child)
        if wraps and self._last and first and can_break_text(self._last + first, child.style["lang"]):
            cost = JOINT if self._last == JOINT_OF_CODE and (stiff or self.kind is Kind.JUSTIFIED) else 0.0
            self._add(replace(self._here(), cost=cost, hang=self._hang))

    def _here(self) -> Break:
        """Return a break at the end of what was read."""
        return Break(len(self._text), self._end, self._pen, self._end_spaces, self._spaces, self._stiff)

    def _add(self, one: Break) -> None:
        if one.place > self._breaks[-1].place:
            self._breaks.append(one)

    def _read(self, box: Any, stiff: bool) -> None:
        text = box.text
        if not text:
            return
        refuse(text, box.style)
        raw = text.encode()
        start, self._text = len(self._text), self._text + raw
        shaped = shape(text, box.style, self._context)
        self.leaves[id(box)] = leaf = Leaf(box, text, start, raw, shaped, stiff)
        pen, spaces = self._pen, self._spaces
        if not stiff and not self._space and " " in text:
            at = text.index(" ")
            byte = len(text[:at].encode())
            self._space = shaped.at(byte + 1) - shaped.at(byte)
        for byte, hyphen in shaped.breaks:
            inside = stiff and raw[byte - 1 : byte] != b" "
            if inside and not is_between(raw, byte):
                continue
            leaf.first_break = leaf.first_break or byte
            cost = AT_NEED if inside else TORN if not hyphen and is_torn(raw, byte) else 0.0
            self._end_inside(leaf, byte, hyphen, cost)
        bare = raw.rstrip(b" ")
        self._pen += shaped.width
        self._spaces += 0 if stiff else _spaces(raw)
        if bare:
            self._end = pen + shaped.at(len(bare))
            self._end_spaces = spaces if stiff else spaces + _spaces(bare)
            self._hang = 0.0 if stiff else self._share * at_end(bare, shaped)
        self._last = text[-1]

    def _end_inside(self, leaf: Leaf, byte: int, hyphen: bool, cost: float) -> None:
        """Add a break at this place of a text."""
        raw, shaped, stiff = leaf.text, leaf.shape, leaf.stiff
        line = raw[:byte].rstrip(b" ")
        if hyphen and not line:
            return
        width = self.hyphen(leaf.box.style) if hyphen else 0.0
        end = self._pen + shaped.at(len(line)) + width if line or self._pen > self._end else self._end
        hang = self._share * (width if hyphen else at_end(line, shaped) if line and not stiff else 0.0)
        lead = 0.0 if stiff else self._share * at_start(raw, byte, shaped)
        before = self._spaces if stiff else self._spaces + _spaces(line)
        after = self._spaces if stiff else self._spaces + _spaces(raw[:byte])
        begin = self._pen + shaped.at(byte)
        one = Break(leaf.start + byte, end, begin, before, after, self._stiff, hyphen)
        dashed = not hyphen and line.endswith(HYPHENS)
        if cost or hang or lead or dashed:
            one = replace(one, cost=cost, hang=hang, lead=lead, dashed=dashed)
        self._add(one)

    def hyphen(self, style: Any) -> float:
        """Return the width of the hyphen of a style, in pixels."""
        from weasyprint.text.line_break import _font_style_cache_key

        key = _font_style_cache_key(style, include_size=True) + style["hyphenate_character"]
        if key not in self._hyphens:
            self._hyphens[key] = shape(style["hyphenate_character"], style, self._context).width
        return self._hyphens[key]

    def _pass(self, box: Any) -> None:
        """Add a picture, a formula or another box that is never divided."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout import inline

        if not isinstance(box, boxes.AtomicInlineLevelBox):
            raise UnknownError("a box of another kind")
        if any(getattr(one, "footnote", None) is not None for one in box.descendants()):
            raise UnknownError("a note in a box")
        inline.resolve_percentages(box, self._column)
        trial = inline.atomic_box(self._context, box, 0, None, self._column, [], [])
        self._text += OBJECT.encode()
        self._move(trial.margin_width())
        self._stiff += trial.margin_width()
        self._last = OBJECT


def _spaces(raw: bytes) -> int:
    return raw.count(b" ") + raw.count("\u00a0".encode())
