"""Objects of pydyf that are numbered late: a reference contains the number that its object has when it is written."""

from __future__ import annotations

from typing import Any

import pydyf


class Reference(pydyf.Object):  # type: ignore[misc]
    """A reference to an object."""

    def __init__(self, target: Any) -> None:
        self.target = target

    @property
    def data(self) -> bytes:
        """Return the reference as bytes for the file."""
        return b"%d 0 R" % self.target.number


class Name(pydyf.Object):  # type: ignore[misc]
    """An identifier that no other object of the file has, made from the number of an object."""

    def __init__(self, word: str, target: Any) -> None:
        self.word, self.target = word, target

    @property
    def data(self) -> bytes:
        """Return the identifier as bytes for the file."""
        return bytes(pydyf.String(f"{self.word}-{self.target.number}").data)


def number_late() -> None:
    """Give every object of pydyf one such reference, always the same; called once in a process."""

    def reference(self: Any) -> Reference:
        known = self.__dict__.get("late")
        if known is None:
            known = self.__dict__["late"] = Reference(self)
        assert isinstance(known, Reference)
        return known

    pydyf.Object.reference = property(reference)
