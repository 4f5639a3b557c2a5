"""Findings and finished files -> whether each promise of Compositor holds for this book, as far as a build can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from compositor.fidelity.kinds import OF_CLAIMS
from compositor.model import Finding

Standing = Literal["holds", "fails", "claimed", "withheld", "not made"]
OF_WORDS = ("C20", "C21", "C22", "C24")
"""Prefixes of the codes of the checks of finished files: words, facts, links and pages."""
ASKED = "a validator checks this: check --full --report"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, and whether it holds for this book."""

    promise: str
    standing: Standing
    why: str = ""


def promises(findings: Sequence[Finding], files: Sequence[str], missing: Sequence[str]) -> tuple[Promise, ...]:
    """Return every promise, in a fixed order."""
    endings = {PurePath(name).suffix for name in files}
    return (
        _words(findings, missing),
        _tagged(endings),
        *_accessible(findings, endings),
        Promise("the same sources give the same bytes", "holds", "the SHA-256 of each file is in fidelity.json")
        if files
        else Promise("the same sources give the same bytes", "not made"),
    )


def _words(findings: Sequence[Finding], missing: Sequence[str]) -> Promise:
    promise = "every word of the sources is in each file once, in order and visible"
    lost = [one for one in findings if one.code.startswith(OF_WORDS)]
    if lost:
        more = f" (and {len(lost) - 1} more)" if lost[1:] else ""
        return Promise(promise, "fails", f"{lost[0].place}: {lost[0].message}{more}")
    return Promise(promise, "not made", f"without {', '.join(missing)}") if missing else Promise(promise, "holds")


def _tagged(endings: set[str]) -> Promise:
    promise = "the PDF is tagged, as PDF/UA-1 and PDF/A-2a"
    return Promise(promise, "claimed", ASKED) if ".pdf" in endings else Promise(promise, "not made")


def _accessible(findings: Sequence[Finding], endings: set[str]) -> Iterator[Promise]:
    promise = "the EPUB claims all the accessibility that can be checked automatically"
    withheld = [one.message.removeprefix("the EPUB does not claim ") for one in findings if one.code in OF_CLAIMS]
    if ".epub" not in endings:
        yield Promise(promise, "not made")
    elif withheld:
        yield Promise(promise, "withheld", "; ".join(withheld))
    else:
        yield Promise(promise, "holds")
