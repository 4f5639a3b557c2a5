"""One unit of XHTML -> pages: only this package uses WeasyPrint.

`typeset(unit)` returns the contents of the pages of one source file, `join(volume)` one PDF of the pages of all units.
A unit's pages depend only on its XHTML, the look, and the context that it declares. `Typesetter` works in the process
that created it. Builds use `ChildTypesetter`, which has several of them in processes of their own, with limits, and
returns the same bytes. `CachedTypesetter` wraps it, and remembers what was set in earlier builds. Only processes that
set pages import `Typesetter` and its libraries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compositor.typeset.cached.typesetter import CachedTypesetter
from compositor.typeset.document.bleed import Trim
from compositor.typeset.processes.pool import ChildTypesetter
from compositor.typeset.processes.work import TypesettingFailed
from compositor.typeset.values import (
    Chain,
    Context,
    Counts,
    LaidOut,
    LaidPage,
    Look,
    Outline,
    PageLabel,
    Typesetting,
    UnitText,
    Volume,
)

if TYPE_CHECKING:
    from compositor.typeset.typesetter import Typesetter

__all__ = [
    "CachedTypesetter",
    "Chain",
    "ChildTypesetter",
    "Context",
    "Counts",
    "LaidOut",
    "LaidPage",
    "Look",
    "Outline",
    "PageLabel",
    "Trim",
    "Typesetter",
    "Typesetting",
    "TypesettingFailed",
    "UnitText",
    "Volume",
]


def __getattr__(name: str) -> Any:
    if name == "Typesetter":
        from compositor.typeset.typesetter import Typesetter

        return Typesetter
    raise AttributeError(name)
