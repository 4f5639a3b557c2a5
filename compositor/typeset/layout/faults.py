"""What a rule finds on a page: a plain value that can be sent from process to process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from compositor.typeset.layout.sheets import Setting


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a page, as its rule describes it."""

    page: int
    """The index of the page in the unit, from 0."""
    position: str
    """`file:line` of the source block; empty for a generated block."""
    message: str
    """What is wrong; the number of the page is printed before it."""
    remedy: str
    code: str = ""


Rule = Callable[[Setting], Iterable[Fault]]
"""A function that examines a unit's pages; its docstring is what `explain` prints."""
