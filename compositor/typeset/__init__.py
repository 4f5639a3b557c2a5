"""One unit of XHTML -> pages: the only place that knows WeasyPrint and what is inside it.

`typeset(unit)` gives what stands on the pages of one source file, `join(volume)` one PDF of the pages of all units. A
unit's pages depend on nothing but its XHTML, the look, and the context that it declares. `Typesetter` works where it is
made; builds use `ChildTypesetter`, which has some in processes of their own, with limits, and gives the same bytes, and
before it `CachedTypesetter`, which remembers what was set in earlier builds.
"""

from compositor.typeset.cached.typesetter import CachedTypesetter
from compositor.typeset.document.bleed import Trim
from compositor.typeset.processes.pool import ChildTypesetter
from compositor.typeset.processes.work import TypesettingFailed
from compositor.typeset.typesetter import Typesetter
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
