"""Values that pass between the steps of a drawing: the tree while it is changed, and the changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XLINK = "http://www.w3.org/1999/xlink"
HREFS = ("href", f"{{{XLINK}}}href")
Kind = Literal["left out", "labels", "dots", "mended"]
"""Removed from the drawing; HTML set as text; painted in dots on paper; made well-formed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a drawing, and where in the file."""

    kind: Kind
    what: str
    line: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as it goes into a book, on paper or on a screen."""

    data: bytes
    changes: tuple[Change, ...] = ()
    fault: str = ""
    """What is wrong with an unusable file, as the end of a sentence."""

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """Return the changes of this kind, in file order."""
        return tuple(sorted((one for one in self.changes if one.kind == kind), key=lambda one: one.line))


@dataclass(slots=True)
class Work:
    """A drawing while it is changed."""

    root: etree._Element
    changed: bool = False
    """Whether its bytes have to be written again."""
    changes: list[Change] = field(default_factory=list)
    _ids: frozenset[str] | None = None

    @property
    def ids(self) -> frozenset[str]:
        """The ids that the drawing had when they were first asked for."""
        if self._ids is None:
            self._ids = frozenset(element.get("id", "") for element in self.root.iter("{*}*")) - {""}
        return self._ids

    def say(self, kind: Kind, what: str, element: etree._Element) -> None:
        """Record a change."""
        line: Any = element.sourceline
        self.changes.append(Change(kind, what, line or 0))
        self.changed = True


def is_element(node: Any) -> bool:
    """Return whether it is an element, rather than a comment."""
    return isinstance(node.tag, str)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return str(element.tag).rpartition("}")[2] if is_element(element) else ""


def namespace(element: etree._Element) -> str:
    """Return the namespace of an element; empty if it has none."""
    return str(element.tag)[1:].rpartition("}")[0] if is_element(element) else ""


def named(root: etree._Element, name: str) -> etree._Element | None:
    """Return the first element with this id."""
    found: Any = root.xpath("//*[@id=$id]", id=name) if name else []
    return next(iter(found), None)


def is_drawn(element: etree._Element, *names: str) -> bool:
    """Return whether it is an element of SVG with one of these names."""
    space, _, name = str(element.tag)[1:].rpartition("}")
    return space == SVG and name in names


def take_out(element: etree._Element) -> None:
    """Remove an element from its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)
