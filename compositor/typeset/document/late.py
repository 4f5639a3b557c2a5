"""Objects of pydyf whose numbers are given late: a reference says the number that its object has when it is written."""

from __future__ import annotations

from typing import Any

import pydyf


class Reference(pydyf.Object):  # type: ignore[misc]
    """How one object names another."""

    def __init__(self, target: Any) -> None:
        self.target = target

    @property
    def data(self) -> bytes:
        """As it stands in the file."""
        return b"%d 0 R" % self.target.number


class Name(pydyf.Object):  # type: ignore[misc]
    """An identifier that no other object of the file has, made of the number of one."""

    def __init__(self, word: str, target: Any) -> None:
        self.word, self.target = word, target

    @property
    def data(self) -> bytes:
        """As it stands in the file."""
        return bytes(pydyf.String(f"{self.word}-{self.target.number}").data)


def number_late() -> None:
    """Let every object of pydyf be named so, by one reference that is always the same; called once in a process."""

    def reference(self: Any) -> Reference:
        known = self.__dict__.get("late")
        if known is None:
            known = self.__dict__["late"] = Reference(self)
        assert isinstance(known, Reference)
        return known

    pydyf.Object.reference = property(reference)
