"""What a rule says of a page: a plain value that can be sent from process to process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from compositor.typeset.layout.sheets import Setting


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a page, as its rule describes it."""

    page: int
    """Index in the unit, from 0."""
    position: str
    """`file:line` of the source block; empty where no author wrote it."""
    message: str
    """What is wrong; which page it is, is said before it."""
    remedy: str
    code: str = ""


Rule = Callable[[Setting], Iterable[Fault]]
"""Looks at a unit's pages; its docstring is what `explain` prints."""
