"""What replaces an author is printed only once: citeproc forgets this for names, and for what macros print.

Source: CSL 1.0.2, section Substitute.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

CSL = "{http://purl.org/net/xbiblio/csl}"


@cache
def mend_substitutes() -> None:
    """Make citeproc remember everything that it has printed for an author, until the next work."""
    from citeproc import model

    items: list[Any] = []
    process, render = model.Names.process, model.Substitute.render

    def names(self: Any, item: Any, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        given = self.get("variable")
        self.set("variable", " ".join(_left(given, self, context)))
        try:
            return process(self, item, names_context, context, **options)
        finally:
            self.set("variable", given)

    def substitute(self: Any, item: Any, context: Any = None, **options: Any) -> Any:
        items.append(item)
        try:
            return render(self, item, context, **options)
        finally:
            items.pop()

    def remember(self: Any, child: Any, context: Any) -> None:
        gone = context.get_layout().repressed
        for tag, name in _printed(child, items[-1], context):
            gone.setdefault(tag, []).append(name)

    model.Names.process, model.Substitute.render = names, substitute
    model.Substitute.add_to_repressed_list = remember


def _left(roles: str, names: Any, context: Any) -> list[str]:
    """Return the roles that have not been printed for an author; if there are none, nothing is to be printed."""
    from citeproc.source import VariableError

    layouts = (names if context is None else context).xpath_search("./ancestor-or-self::cs:layout[1]")
    gone = layouts[0].repressed.get(names.tag, []) if layouts else []
    left = [role for role in roles.split() if role not in gone]
    if not left:
        raise VariableError
    return left


def _printed(child: Any, item: Any, context: Any) -> Iterator[tuple[str, str]]:
    """Yield element and variable of all that may replace the author; macros print some of what they could."""
    text = "" if child.tag == f"{CSL}names" else str(child.render(item, context=context))
    for element in _called(child):
        for name in element.get("variable", "").split():
            said = str(item.reference.get(name.replace("-", "_"), ""))
            if element.tag == f"{CSL}names" or (said and said in text):
                yield element.tag, name


def _called(element: Any) -> Iterator[Any]:
    """Yield what prints variables in an element and in the macros that it calls."""
    for one in element.iter(f"{CSL}text", f"{CSL}names", f"{CSL}number"):
        yield one
        if one.get("macro"):
            yield from _called(one.get_macro(one.get("macro")))
