"""A style -> its values, in the shortest way: most are those of its parent, or the initial values of CSS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"{bound}{size}" for size in ("width", "height") for bound in ("", "min_", "max_")),
)
"""Properties whose values WeasyPrint resolves for each box."""
RESOLVED = (*LENGTHS, *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")))
UNUSUAL = frozenset({"page", "position", "float", "display", "direction"})
"""Properties whose values depend on others."""


def compute_styles_at_once() -> None:
    """Wrap WeasyPrint's method; called once in a process."""
    from weasyprint.css import ComputedStyle
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    original = ComputedStyle.__missing__
    usual = {key for key in INITIAL_VALUES if not key.startswith("text_decoration_")} - UNUSUAL
    inherited = (usual & {*INHERITED}) - {*PHYSICAL_FUNCTIONS}
    initial = {key: INITIAL_VALUES[key] for key in usual - {*INHERITED, *INITIAL_NOT_COMPUTED}}
    initial = {key: value for key, value in initial.items() if value != "inherit" and not check_math(value)}
    logical = {key: _logical(PHYSICAL_FUNCTIONS[key]) if key in PHYSICAL_FUNCTIONS else () for key in initial}

    def missing(self: Any, key: str) -> Any:
        """Return the value of WeasyPrint's method, which goes through everything that can be declared for any value."""
        if key not in self.cascaded and self.parent_style is not None:
            if key in initial and self.cascaded.keys().isdisjoint(logical[key]):
                value = self[key] = initial[key]
                return value
            if key in inherited and not check_math(value := self.parent_style[key]):
                self[key] = value
                return value
        return original(self, key)

    ComputedStyle.__missing__ = missing


def _logical(name_of: Callable[..., str]) -> tuple[str, ...]:
    """Return the logical names of a property in both directions of writing: the left margin is that at the start or at
    the end."""
    return tuple(name_of(block="ttb", inline=inline) for inline in ("ltr", "rtl"))


def resolve_lengths_once() -> None:
    """Wrap WeasyPrint's function for what stands in a line; called once in a process."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    original = inline.resolve_percentages
    kinds = (boxes.TextBox, boxes.LineBox, boxes.InlineBox)

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        """Do what WeasyPrint does; lengths that do not depend on the containing block are the same for all boxes of a
        style."""
        style = box.style
        known = style.__dict__.get("resolved")
        if known and isinstance(box, kinds):
            box.__dict__.update(known)
            return
        original(box, containing_block)
        if known is None and isinstance(box, kinds):
            style.resolved = {name: getattr(box, name) for name in RESOLVED} if _is_absolute(style) else {}

    inline.resolve_percentages = resolve_percentages


def _is_absolute(style: Any) -> bool:
    """Return whether all lengths of a style are in pixels, or `auto`."""
    values = (style[name] for name in LENGTHS)
    is_known = all(value == "auto" or getattr(value, "unit", None) == "px" for value in values)
    return is_known and style["border_collapse"] != "collapse"
