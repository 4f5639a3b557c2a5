"""What WeasyPrint changes while it lays out a block, besides its result -> restored, to try again."""

from __future__ import annotations

from typing import Any

NOTES = ("footnotes", "current_page_footnotes", "reported_footnotes")


class Trial:
    """Keeps the state at its creation, and can restore it."""

    def __init__(self, context: Any, box: Any, arguments: tuple[Any, ...]) -> None:
        self._context, self._box = context, box
        self._top, self._children = box.position_y, box.children
        inside = [one for child in box.children for one in (child, *getattr(child, "children", ())[:1])]
        self._styles = [(one, one.style) for one in inside]
        self._lists = [one for one in arguments if isinstance(one, list)]
        self._values = [[*one] for one in self._lists]
        self._notes = [[*getattr(context, name)] for name in NOTES]
        self._shapes = [*context.excluded_shapes]
        self._broken = dict(context.broken_out_of_flow)

    def is_moved(self) -> bool:
        """Return whether the blocks of the box have another order now."""
        return self._box.children is not self._children

    def undo(self) -> None:
        """Restore the state."""
        context = self._context
        self._box.position_y, self._box.children = self._top, self._children
        for one, style in self._styles:  # these blocks may be breakable now; paragraphs were moved, with their indents
            one.style = style
        for one, values in zip(self._lists, self._values, strict=True):
            one[:] = values
        changed = False
        for name, notes in zip(NOTES, self._notes, strict=True):
            changed |= getattr(context, name) != notes
            getattr(context, name)[:] = notes
        context.excluded_shapes = [*self._shapes]
        context.broken_out_of_flow.clear()
        context.broken_out_of_flow.update(self._broken)
        if changed:
            context._update_footnote_area()
