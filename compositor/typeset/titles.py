"""Headings of several lines, balanced: as many lines as they need, all of similar length.

WeasyPrint fills a line before it begins the next, so that a title of two lines often ends in a single word. Here, the
heading is laid out in the narrowest measure in which it needs no more lines and no word is hyphenated for it. In the
contents and in lists, a leader fills the rest of a line, so nothing is balanced: the last two words stay together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
STEPS = 7
"""How often the range between the narrowest and the widest measure is halved."""
FEWEST = 4
"""Words of a title in the contents from which on it may need a second line."""
LONGEST = 20
"""The most letters of two words that are kept together."""
RUN_IN = "run-in"
"""The class of titles that follow each other in one paragraph."""
NO_BREAK_SPACE = "\u00a0"


def balance_headings() -> None:
    """Wrap WeasyPrint's function; called once in a process."""
    from weasyprint.layout import block

    original = block.iter_line_boxes

    def iter_line_boxes(*given: Any) -> Any:
        """Return the lines of a block; those of a heading in the measure that balances them."""
        context, box, _, _, skip, column, *rest = given
        if skip is None and _is_heading(column) and not context.excluded_shapes and not _has_notes(box):
            column = _balanced(original, given[:5], column)
        return original(*given[:5], column, *rest)

    block.iter_line_boxes = iter_line_boxes


def _is_heading(column: Any) -> bool:
    name = (column.element_tag or "").rpartition("}")[2].partition("::")[0]
    title = name == "span" and column.element is not None and column.element.get("class") == "title"
    return (name in HEADINGS or title) and column.style["text_align_all"] in ("left", "start")


def _has_notes(box: Any) -> bool:
    """Return whether a trial would put a note at the foot of the page."""
    return any(getattr(one, "footnote", None) is not None for one in box.descendants())


def _balanced(lay_out: Any, given: tuple[Any, ...], column: Any) -> Any:
    """Return the block with the width that its lines need."""

    def lines(width: float) -> list[str]:
        trial = copy(column)
        trial.width = width
        made = lay_out(*given, trial, [], [], None, None)
        return [" ".join(_words(line).split()) for line, _ in made]

    whole = lines(column.width)
    if len(whole) < 2:
        return column
    words = " ".join(whole).split()
    narrow, wide = column.width / len(whole) / 2, column.width
    for _ in range(STEPS):
        middle = (narrow + wide) / 2
        found = lines(middle)
        if len(found) == len(whole) and " ".join(found).split() == words:
            wide = middle
        else:
            narrow = middle
    balanced = copy(column)
    balanced.width = wide
    return balanced


def _words(line: Any) -> str:
    return "".join(_texts([line]))


def _texts(boxes: Sequence[Any]) -> Iterator[str]:
    for box in boxes:
        text = getattr(box, "text", None)
        if text is not None:
            yield text
        else:
            yield from _texts(getattr(box, "children", ()))


def hold_last_words(root: Any) -> None:
    """Put a no-break space before the last word of each title that is plain text and has a line of its own."""
    for nav in root.iter("nav"):
        if "contents" in (nav.get("class") or "").split():
            one_behind_another = {title for run in nav.iter("ol") if run.get("class") == RUN_IN for title in run.iter()}
            for title in nav.iter("span"):
                if title.get("class") == "title" and not len(title) and title not in one_behind_another:
                    title.text = _held(title.text or "")


def _held(title: str) -> str:
    before, _, last = title.rstrip().rpartition(" ")
    words = before.split(" ")
    if len(words) + 1 < FEWEST or len(words[-1]) + len(last) > LONGEST:
        return title
    return f"{before}{NO_BREAK_SPACE}{last}"
