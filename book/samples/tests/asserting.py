"""The listings of the book -> how it is asserted what each does: by a run, or by a second record of what it asks for.

A run asserts where it is said what must be there or be printed afterwards; the runners refuse a listing about which
nothing is said. A listing that is never run is asserted where its requests stand a second time (wire.py).
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(SAMPLES), str(SAMPLES / "tests")]

import mutating  # noqa: E402 -- the folder of the checkers is none on the path

import wire  # noqa: E402
from fences import Fence  # noqa: E402

_STATES = {"bash": "", "sql.pg": "postgresql", "sql.my": "mysql", "yaml": "cloudformation", "json": "json"}
_RECORDS = {"bash": "", "sql.my": "mysql", "yaml": "cloudformation"}
_ASSERTIONS = ("prints", "state", "silent", "sent")


def standing(language: str, fence: Fence, text: str) -> str:
    """"run", "record", or nothing."""
    if language == "python":
        return "run" if (SAMPLES / "trials" / f"{fence.name}.py").exists() or "\nassert " in text else ""
    if language == "console":
        return "run"  # what is shown below its commands is compared
    if language == "hcl":
        known = tomllib.loads((SAMPLES / "terraform.toml").read_text(encoding="utf-8"))
        return "record" if known["listings"].get(fence.name) else ""
    if "norun" in fence.attributes:
        return "record" if wire.recorded(fence.chapter_name, _RECORDS.get(language, language)).get(fence.name) else ""
    states = SAMPLES / "states" / _STATES[language] / f"{fence.chapter_name}.toml"
    known = tomllib.loads(states.read_text(encoding="utf-8")) if states.exists() else {}
    return "run" if any(known.get(fence.name, {}).get(name) for name in _ASSERTIONS) else ""


def listings() -> Iterator[tuple[str, Fence, str]]:
    """Language, fence and standing of every listing."""
    for language in mutating.LANGUAGES:
        for fence, text in mutating.listings(language):
            yield language, fence, standing(language, fence, text)


def lines() -> Iterator[str]:
    """The share of asserted listings, and those that are not."""
    found = list(listings())
    how = Counter(one for _, _, one in found)
    asserted = how["run"] + how["record"]
    yield (
        f"asserted: {asserted} of {len(found)} listings ({100 * asserted / len(found):.1f} %): "
        f"{how['run']} by a run, {how['record']} by a record of what they ask for"
    )
    yield from (f"not asserted: {fence.chapter} {fence.name}" for _, fence, one in found if not one)


if __name__ == "__main__":
    print(*lines(), sep="\n")
