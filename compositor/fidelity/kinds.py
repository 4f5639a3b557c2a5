"""Findings -> what they say of a book: something is printed in another form, is missing, or could be better.

The code decides, since all findings of a kind share it. A code on neither list means a change, so that a new code is
never taken as less serious than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from compositor.model import Finding

Outcome = Literal["changed", "left out", "could be better"]
PLACES = 3
"""Places that are named for a kind."""
LEFT_OUT = frozenset({
    "C101", "C102", "C105", "C108", "L101", "L112", "L121", "L141", "L143", "L147", "L151", "L172", "L193", "L255",
    "L274", "L281", "L284", "L303", "L346", "M002", "M007", "M010", "M019", "M031", "M032", "T016", "T017", "T019",
})  # fmt: skip
"""Codes of content that is in no file, or is replaced by a frame."""
BETTER = frozenset({
    "A117", "A118", "A123", "E012", "L122", "L123", "L124", "L142", "L144", "L145", "L152", "L182", "M009", "M011",
    "M012", "M013", "M014", "M015", "M017", "M018", "S007", "S008", "S044", "T013", "T014", "T018",
})  # fmt: skip
"""Codes of content that is complete in the files and could be better; P2 is about the look of the pages."""
OF_THE_PAGE = "P2"
OF_CLAIMS = frozenset({"E013", "E014"})
"""Codes of claims that the EPUB does not make; reported as a promise."""
OF_THE_MACHINE = ("B", "F", "W", "X")
"""Prefixes of codes that say nothing about what became of a text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """All findings of a code."""

    code: str
    count: int
    files: int
    first: str
    """The message of the first."""
    places: tuple[str, ...]
    example: str
    """The source line of the first, as the author wrote it."""


def outcome(code: str) -> Outcome:
    """Return what a finding with this code says of a book."""
    if code in LEFT_OUT:
        return "left out"
    return "could be better" if code in BETTER or code.startswith(OF_THE_PAGE) else "changed"


def by_kind(findings: Iterable[Finding]) -> Mapping[Outcome, tuple[Kind, ...]]:
    """Return the kinds of each outcome, the most frequent first."""
    codes: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code not in OF_CLAIMS and not finding.code.startswith(OF_THE_MACHINE):
            codes.setdefault(finding.code, []).append(finding)
    kinds: dict[Outcome, list[Kind]] = {"changed": [], "left out": [], "could be better": []}
    for code, group in codes.items():
        kinds[outcome(code)].append(_kind(code, group))
    return {name: tuple(sorted(group, key=lambda one: (-one.count, one.code))) for name, group in kinds.items()}


def _kind(code: str, findings: list[Finding]) -> Kind:
    places = tuple(dict.fromkeys(str(one.place) for one in findings))
    files = len({one.place.file for one in findings})
    first = findings[0]
    count = sum(one.count for one in findings)
    return Kind(code, count, files, first.message, places[:PLACES], first.excerpt.strip())
