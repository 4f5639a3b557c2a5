"""One unit of XHTML -> pages: the only place that knows WeasyPrint and what is inside it.

`Typesetter.typeset(unit)` gives the pages of one source file and what stands on each of them; `join` makes one PDF of
the pages of all units. A unit's pages depend on nothing but its XHTML, the look, and the context that it declares.
"""

from compositor.typeset.join import Outline, PageLabel, join
from compositor.typeset.unit import Context, LaidOut, LaidPage, Look, Typesetter, UnitText

__all__ = [
    "Context",
    "LaidOut",
    "LaidPage",
    "Look",
    "Outline",
    "PageLabel",
    "Typesetter",
    "UnitText",
    "join",
]
