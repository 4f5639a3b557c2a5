"""Boxes that were laid out <-> plain values: what the layout changed in the box from which each was made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from compositor.typeset.resumed.index import NUMBER, Index

OWN = frozenset({NUMBER, "children", "column_groups", "style", "element", "pango_layout"})
"""Attributes that are kept in special ways."""
LATER = frozenset({"background", "canvas_background", "transformation_matrix", "link_annotation", "get_cells"})
"""Attributes that are set when all pages exist."""
DURING = frozenset({"part", "waits_at", "resume_at"})
"""Attributes that matter only during the layout."""
LEFT_OUT = OWN | LATER | DURING
ANONYMOUS = frozenset({"BlockBox", "LineBox"})
"""Kinds of boxes that are created inside notes during the layout."""
OF_THE_LAYOUT = frozenset({
    *("break_inside", "break_after", "break_before", "orphans", "widows", "text_indent"),
    *("margin_left", "margin_right", "margin_top", "margin_bottom"),
})
"""Properties that are changed while a unit is laid out."""
SIMPLE = frozenset({int, float, str, bool, type(None)})
SHAPED = "text", "justification_spacing", "max_width", "first_line_direction"
"""What is known of a shaped text between two uses."""


class NotPlainError(Exception):
    """Something that cannot be kept as plain values; the message says what."""


class Freezer:
    """Boxes of one unit -> plain values; the names of their attributes are in a table."""

    def __init__(self, index: Index, names: Sequence[Sequence[str]]) -> None:
        self._index = index
        self.names = [*names]
        self._known = {tuple(one): number for number, one in enumerate(names)}

    def box(self, box: Any, parent: Any = None) -> list[Any]:
        """Return a box and everything in it as a plain value."""
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            if not box._layout_done:
                raise NotPlainError("a box that is not laid out")
            return [self.box(box._box)]
        place = box.__dict__.get(NUMBER)
        if place is None:
            return self._anonymous(box, parent)
        before = self._index.before[place]
        if box.element is not before["element"]:
            raise NotPlainError("an element that the layout has changed")
        groups = box.__dict__.get("column_groups", ())
        return [
            *place,
            *self.attributes(box, before),
            _changed(box.style, before["style"]),
            self._text(box),
            [self.box(child, box) for child in box.children],
            [self.box(child) for child in groups],
        ]

    def _anonymous(self, box: Any, parent: Any) -> list[Any]:
        """Return a box around the content of a line of a note: a note gets such boxes at the foot of the page."""
        kind = type(box).__name__
        if parent is None or kind not in ANONYMOUS or box.style is not parent.style.anonymous_style:
            raise NotPlainError("a box that the layout has made")
        children = [self.box(child, box) for child in box.children]
        return [kind, *self.attributes(box, {"element_tag": parent.element_tag}), children]

    def attributes(self, box: Any, before: dict[str, Any]) -> list[Any]:
        """Return the attributes that have changed: the number of their names in the table, and their values."""
        found = {
            name: value if type(value) in SIMPLE else plain(value)
            for name, value in box.__dict__.items()
            if name not in LEFT_OUT and not (name in before and _is_same(value, before[name]))
        }
        names = tuple(found)
        if names not in self._known:
            self._known[names] = len(self.names)
            self.names.append(names)
        return [self._known[names], list(found.values())]

    def _text(self, box: Any) -> list[Any] | None:
        layout = box.__dict__.get("pango_layout")
        return None if layout is None else [getattr(layout, name) for name in SHAPED]


class Thawer:
    """Plain values -> boxes, each made from the box of an index from which it was made before."""

    def __init__(self, index: Index, names: Sequence[Sequence[str]]) -> None:
        self._index, self._names = index, names
        self.shift = 0
        """What is added to the number of a block."""

    def box(self, kept: Sequence[Any], parent: Any = None) -> Any:
        """Return a box, with everything in it."""
        if len(kept) == 1:
            return self._placeholder(self.box(kept[0]))
        if isinstance(kept[0], str):
            return self._anonymous(kept, parent)
        block, number, names, values, style, text, children, groups = kept
        place = (block + self.shift if block >= 0 else block), number
        source = self._index.boxes[place]
        box = object.__new__(type(source))
        box.__dict__.update(self._index.before[place])
        box.__dict__[NUMBER] = place
        self.give(box, names, values)
        if style:
            box.style = _with(box.style, style)
        if text is not None:
            box.pango_layout = self._shaped(box, text)
        box.children = [self.box(child, box) for child in children]
        if groups:
            box.column_groups = tuple(self.box(child) for child in groups)
            for column in (column for group in box.column_groups for column in group.children):
                column.get_cells = partial(_cells, box, column)
        return box

    def _anonymous(self, kept: Sequence[Any], parent: Any) -> Any:
        from weasyprint.formatting_structure import boxes

        kind, names, values, children = kept
        if kind not in ANONYMOUS:
            raise ValueError(kind)
        box = getattr(boxes, kind).anonymous_from(parent, [])
        self.give(box, names, values)
        box.children = [self.box(child, box) for child in children]
        return box

    def give(self, box: Any, names: int, values: Sequence[Any]) -> None:
        """Give a box its attributes."""
        box.__dict__.update(zip(self._names[names], map(value_of, values), strict=True))

    def _placeholder(self, box: Any) -> Any:
        from weasyprint.layout.absolute import AbsolutePlaceholder

        made = AbsolutePlaceholder(box)
        made.set_laid_out_box(box)
        return made

    def _shaped(self, box: Any, text: Sequence[Any]) -> Any:
        """Return a shaped text in the state between two uses; an underlined text is measured now, for the line."""
        from weasyprint.text.line_break import Layout

        said, spacing, width, direction = text
        if box.style["text_decoration_line"] != "none":
            layout = Layout(box.style, spacing, width)
            layout.deactivate()
        else:
            layout = Layout.__new__(Layout)
        layout.text, layout.justification_spacing = said, spacing
        layout.max_width, layout.first_line_direction = width, direction
        return layout


def _cells(table: Any, column: Any) -> list[Any]:
    """Return the cells that begin in a column."""
    cells = (cell for group in table.children for row in group.children for cell in row.children)
    return [cell for cell in cells if cell.grid_x == column.grid_x]


def _changed(style: Any, before: Any) -> list[Any]:
    """Return what the layout has changed in a style: names, values, and the units of lengths."""
    if style is before:
        return []
    found = [(name, value) for name, value in dict(style).items() if before[name] != value]
    if not {name for name, _ in found} <= OF_THE_LAYOUT:
        raise NotPlainError("a style that the layout has changed")
    return [[name, plain(getattr(value, "value", value)), getattr(value, "unit", None)] for name, value in found]


def _with(style: Any, changed: Sequence[Sequence[Any]]) -> Any:
    from weasyprint.css.properties import Dimension

    made = style.copy()
    for name, value, unit in changed:
        made[name] = value if unit is None else Dimension(value, unit)
    return made


def _is_same(value: Any, before: Any) -> bool:
    return value is before or (type(value) is type(before) is set and value == before)


def plain(value: Any) -> Any:
    """Return a value in a form for JSON; raises NotPlainError."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    for kind, name in ((tuple, "t"), (list, "l"), (set, "s")):
        if type(value) is kind:
            values = sorted(value) if kind is set else value
            return {name: [plain(one) for one in values]}
    if type(value).__name__ == "Dimension":
        return {"m": [plain(one) for one in value]}
    if type(value) is dict:
        return {"d": [[plain(name), plain(one)] for name, one in value.items()]}
    raise NotPlainError(f"a value of the kind {type(value).__name__}")


def value_of(said: Any) -> Any:
    """Return the value of a form that `plain` returned."""
    if not isinstance(said, dict):
        return said
    ((kind, values),) = said.items()
    if kind == "d":
        return {value_of(name): value_of(one) for name, one in values}
    made = [value_of(one) for one in values]
    if kind == "m":
        from weasyprint.css.properties import Dimension

        return Dimension(*made)
    return tuple(made) if kind == "t" else set(made) if kind == "s" else made
