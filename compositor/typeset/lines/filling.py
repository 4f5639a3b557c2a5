"""A line as it was laid out -> a line as wide as its column: its letters change a little, its spaces take the rest.

Source: Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system" (2000): nobody notices letters that
are wider or narrower by two per cent, and they take over most of the change of the spaces.
"""

from __future__ import annotations

import re
from typing import Any

from compositor.typeset.document.letters import SHAPED
from compositor.typeset.lines.plan import Column, stress

PLAIN = re.compile("[\u0020-\u021f\u0370-\u052f\u1e00-\u1eff\u2009-\u2044]*")
"""Letters that WeasyPrint draws itself, and that are never pictures."""


def fill(context: Any, line: Any, width: float, column: Column) -> None:
    """Make a line as wide as its column."""
    from weasyprint.layout import inline

    natural = line.width
    spaces = inline.count_expandable_spaces(line)
    wanted = width - natural
    given = sum(box.width for box in _texts(line))
    asked = stress(column, wanted, given, spaces)
    part = column.give * max(-1.0, min(1.0, asked)) if spaces and given else 0.0
    inline.justify_line(context, line, (wanted - part * given) / (1 + part))
    if part and line.width != natural:
        _widen(line, part)


def _texts(box: Any) -> list[Any]:
    """Return the text boxes of a line whose letters may change their width."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return [box] if PLAIN.fullmatch(box.text) and not SHAPED.search(box.text) else []
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        return []
    return [text for child in box.children for text in _texts(child)]


def _widen(line: Any, part: float) -> None:
    """Change the widths of the text boxes of a line, and move the boxes after them."""
    from weasyprint.formatting_structure import boxes

    giving = {id(box) for box in _texts(line)}

    def widen(box: Any, moved: float) -> float:
        if isinstance(box, boxes.TextBox):
            box.position_x += moved
            more = box.width * part if id(box) in giving else 0.0
            if more:
                box.letter_width = 1 + part
            box.width += more
            return moved + more
        if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            box.translate(moved, 0)
            return moved
        start = moved
        box.position_x += moved
        for child in box.children:
            moved = widen(child, moved)
        box.width += moved - start
        return moved

    widen(line, 0.0)


def draw_letters_as_wide() -> None:
    """Wrap WeasyPrint's function that draws a text, so that letters can have another width; called once in a process.
    """
    from weasyprint.draw import text

    original = text.draw_first_line

    def draw_first_line(stream: Any, box: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        matrix[0][0] *= getattr(box, "letter_width", 1.0)
        return original(stream, box, text_overflow, block_ellipsis, matrix)

    text.draw_first_line = draw_first_line
