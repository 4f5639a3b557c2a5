"""`{math}`, and dollars followed by a name, `$$ … $$ (name)`: formulas that links find by name.

Between two dollars, MyST allows empty lines too. Source: https://mystmd.org/guide/math.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from compositor.markdown.guests.myst.forms import Directive, line_of, put_place

LABELS = ("label", "name")
"""Options with the name of a formula."""
_CLOSES = re.compile(r"(?P<tex>.*?)\$\$[ \t]*(?:\((?P<label>[^()\s]+)\))?[ \t]*\Z")
_IDENTIFIER = re.compile(r"[A-Za-z][\w-]*\Z")
_OTHERS = re.compile(r"[^\w-]+")
LONGEST = 200
"""Lines of one formula."""


def formula(state: StateBlock, found: Directive) -> None:
    """Make a formula with its name as id, and with a number."""
    label = next((found.options[key] for key in LABELS if found.options.get(key)), "")
    tex = "\n".join(line for line in (found.argument, *found.lines(state)) if line.strip())
    _put(state, tex, label, (found.first - 1, found.last))


def dollars(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: from `$$` to `$$`, if a name follows it or empty lines are between."""
    first = line_of(state, start)
    if not first.startswith("$$") or state.is_code_block(start):
        return False
    lines = [first[2:]]
    closing = _CLOSES.match(first[2:])
    number = start
    while closing is None and number + 1 < min(end, start + LONGEST) and not _is_outside(state, number + 1):
        number += 1
        lines.append(line_of(state, number))
        closing = _CLOSES.match(lines[-1])
    if closing is None or not (closing["label"] or any(not line.strip() for line in lines[1:-1])):
        return False
    if not silent:
        tex = "\n".join(line for line in (*lines[:-1], closing["tex"]) if line.strip())
        _put(state, tex, closing["label"] or "", (start, number + 1))
        state.line = number + 1
    return True


def _is_outside(state: StateBlock, number: int) -> bool:
    """Return whether a line is outside the container of the formula."""
    return not state.isEmpty(number) and state.sCount[number] < state.blkIndent


def _put(state: StateBlock, tex: str, label: str, lines: tuple[int, int]) -> None:
    name = _OTHERS.sub("-", label).strip("-")
    inside = f"#{name}" if _IDENTIFIER.match(name) else None
    if label and inside is None:
        put_place(state, label, lines[0])
    token = state.push("math_block", "", 0)
    token.map, token.meta = list(lines), {"closed": True, "inside": inside}
    token.meta["names"] = [label] if name != label else []
    token.content = tex
