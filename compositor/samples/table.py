"""Samples and the state of each -> the table that people and programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compositor.model import Place
from compositor.samples.calls import KINDS, Kind

DONE: dict[Kind, str] = {"check": "checked", "run": "executed"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a sample: an empty reason is "yes"."""

    language: str
    """The name of its commands, else of its language."""
    place: Place
    unchecked: str
    """Why it was not checked."""
    unexecuted: str
    """Why it was not executed."""

    def reason(self, kind: Kind) -> str:
        """Return why it was not; empty if it was."""
        return self.unchecked if kind == "check" else self.unexecuted


def share(standings: Sequence[Standing], kind: Kind) -> float:
    """Return the percentage that were checked, or run; 100 for none."""
    done = sum(1 for one in standings if not one.reason(kind))
    return 100 * done / len(standings) if standings else 100.0


def as_lines(standings: Sequence[Standing]) -> Iterator[str]:
    """Yield the table, then the reason for each sample that was not checked or not run, and its place."""
    names = sorted({one.language for one in standings})
    width = max(map(len, (*names, "language")))
    yield f"{'language':<{width}}  samples  checked  executed"
    for name in (*names, ""):
        rows = [one for one in standings if name in ("", one.language)]
        checked, executed = (sum(1 for one in rows if not one.reason(kind)) for kind in KINDS)
        yield f"{name or 'in all':<{width}}  {len(rows):>7}  {checked:>7}  {executed:>8}"
    checked_share, executed_share = (f"{rounded_down(share(standings, kind))} %" for kind in KINDS)
    yield f"{'':<{width}}  {'':>7}  {checked_share:>7}  {executed_share:>8}"
    for kind in KINDS:
        yield from _reasons(standings, kind)


def rounded_down(percent: float) -> str:
    """Return a percentage with one digit, rounded down, so that it never looks as if a threshold were reached."""
    return f"{int(percent * 10) / 10:.1f}"


def _reasons(standings: Sequence[Standing], kind: Kind) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Place]] = {}
    for one in standings:
        if one.reason(kind):
            groups.setdefault((one.language, one.reason(kind)), []).append(one.place)
    if groups:
        yield ""
        yield f"not {DONE[kind]}:"
    for (language, reason), places in sorted(groups.items()):
        yield f"  {language}: {reason}"
        yield from (f"    {file}:{', :'.join(lines)}" for file, lines in _by_file(places).items())


def _by_file(places: Sequence[Place]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for place in places:
        files.setdefault(place.file, []).append(str(place.line))
    return files


def as_json(standings: Sequence[Standing]) -> str:
    """Return the same as one line of JSON."""
    shares = {DONE[kind]: round(share(standings, kind), 2) for kind in KINDS}
    return json.dumps({"samples": [_row(one) for one in standings], "percent": shares}, ensure_ascii=False)


def _row(one: Standing) -> dict[str, str | int | None]:
    return {
        "language": one.language,
        "file": one.place.file,
        "line": one.place.line,
        "unchecked": one.unchecked,
        "unexecuted": one.unexecuted,
    }
