"""Running heads that are longer than their line -> cut, with an ellipsis, where a style says `text-overflow: ellipsis`.

WeasyPrint does this while it paints, and only outside the margins of a page.
"""

from __future__ import annotations

from typing import Any

ELLIPSIS = "…"


def cut_long_heads() -> None:
    """Wrap WeasyPrint's function; called once in a process."""
    from weasyprint.layout import page

    original = page.compute_variable_dimension

    def compute_variable_dimension(context: Any, side_boxes: Any, vertical: bool, available: float) -> Any:
        """Set the widths of the boxes in a margin, after cutting their words to the room that there is."""
        shown = [] if vertical else [box for box in side_boxes if box.is_generated]
        for box in shown:
            if box.style["text_overflow"] == "ellipsis":
                others = sum(map(_wanted, (other for other in shown if other is not box)))
                _cut(box, available - others)
        return original(context, side_boxes, vertical, available)

    page.compute_variable_dimension = compute_variable_dimension


def _texts(box: Any) -> list[Any]:
    from weasyprint.formatting_structure import boxes

    return [one for one in box.descendants() if isinstance(one, boxes.TextBox) and one.text]


def _width(text: str, style: Any) -> float:
    from weasyprint.text.line_break import split_first_line

    return float(split_first_line(text, style, None, None, 0)[3])


def _wanted(box: Any) -> float:
    """Return the width in pixels of all words of a box in one line, with a space after them; 0 without words."""
    texts = _texts(box)
    return sum(_width(one.text, one.style) for one in texts) + (box.style["font_size"] if texts else 0.0)


def _cut(box: Any, room: float) -> None:
    """Cut the longest text to its last word that leaves room for an ellipsis; a long word to its last such letter."""
    texts = _texts(box)
    widths = [_width(one.text, one.style) for one in texts]
    if not texts or sum(widths) <= room:
        return
    longest = max(texts, key=lambda one: len(one.text))
    room -= sum(width for one, width in zip(texts, widths, strict=True) if one is not longest)
    fits, fails = 0, len(longest.text)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        if _width(longest.text[:middle].rstrip() + ELLIPSIS, longest.style) <= room:
            fits = middle
        else:
            fails = middle
    kept = longest.text[:fits]
    whole, space, _ = kept.rpartition(" ")
    if space and not longest.text[fits : fits + 1].isspace() and 2 * len(whole) >= len(kept):
        kept = whole
    longest.text = kept.rstrip(" ,;:–—-") + ELLIPSIS
