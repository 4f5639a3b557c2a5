"""Every listing of the book with one thing changed -> the share of changes that its proof finds, by kind.

    python book/samples/tests/mutations.py                      # everything; some minutes
    python book/samples/tests/mutations.py sql.pg --every 10    # every tenth change of one language

It starts itself again in the environment of the checkers, which `build.py samples book` makes. What is not found is
printed, for somebody to look at: it is a gap, or it changes nothing and belongs into equivalents.toml with the reason.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent
sys.path[:0] = [str(SAMPLES), str(HERE)]

import asserting  # noqa: E402 -- the folder of the checkers is none on the path
import mutating  # noqa: E402
from mutating import KINDS, LANGUAGES, Mutant  # noqa: E402

from fences import Fence  # noqa: E402

LEAST, MOST_EQUIVALENT = 95, 5
"""Percent of the changes that must be found, of those that change something; percent that may change nothing."""
AGAIN = "COMPOSITOR_MUTATIONS"
"""Set where it runs in the environment of the checkers."""


@dataclass(slots=True)
class Tally:
    """What has become of the changes, by language and kind."""

    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    equivalent: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Listings at fault as they are, of which every change would count as found, and reasons that hold for nothing."""
    untried: list[str] = field(default_factory=list)
    """Languages of which this machine cannot run the listings."""

    def share(self, keys: Iterable[tuple[str, str]]) -> float:
        """Percent that was found of the changes that change something."""
        keys = list(keys)
        counted = sum(self.made[key] - self.equivalent[key] for key in keys)
        return 100 * sum(self.found[key] for key in keys) / counted if counted else 100.0

    def lines(self) -> Iterator[str]:
        """The table, the sums by kind, and everything that somebody has to look at."""
        yield f"{'':<9}{'kind':<9}{'changes':>8}{'found':>7}{'equal':>7}{'share':>9}"
        rows = [(language, [(language, kind)]) for language in LANGUAGES for kind in KINDS]
        rows += [("in all", [(language, kind) for language in LANGUAGES]) for kind in KINDS]
        rows += [("in all", list(self.made))]
        for name, keys in rows:
            made, found, equal = (sum(count[key] for key in keys) for count in (self.made, self.found, self.equivalent))
            kinds = {kind for _, kind in keys}
            if made:
                kind = kinds.pop() if len(kinds) == 1 else ""
                yield f"{name:<9}{kind:<9}{made:>8}{found:>7}{equal:>7}{self.share(keys):>7.1f} %"
        yield from (f"not found: {name}" for name in self.left)
        yield from (*self.broken, *self.untried)

    @property
    def good(self) -> bool:
        """Whether enough is found, of every kind, and little enough is said to change nothing."""
        few = 100 * self.equivalent.total() <= MOST_EQUIVALENT * self.made.total()
        kinds = ([key for key in self.made if key[1] == kind] for kind in KINDS)
        return few and not self.broken and all(self.share(keys) >= LEAST for keys in kinds)


def equivalents() -> dict[str, str]:
    """Name of a change that changes nothing -> the reason."""
    table = tomllib.loads((HERE / "equivalents.toml").read_text(encoding="utf-8"))
    return {name: group["reason"] for group in table["equivalent"] for name in group["changes"]}


def tallied(languages: Iterable[str], every: int) -> Tally:
    """Make the changes and have each looked at; of every `every` one."""
    import proofs  # noqa: PLC0415 -- only in the environment of the checkers

    import servers  # noqa: PLC0415

    tally, known = Tally(), equivalents()
    with tempfile.TemporaryDirectory() as folder:
        for language in languages:
            try:
                with proofs.proof(language, Path(folder)) as proof:
                    _tally(tally, language, every, _Look(proof, Path(folder)), known)
            except servers.NoServer as problem:
                tally.untried.append(f"{language} is not tried: {problem}")
    return tally


@dataclass(frozen=True, slots=True)
class _Look:
    """A proof, and where it finds the listings."""

    proof: Callable[[Fence], Iterator[object]]
    folder: Path

    def at(self, mutant: Mutant) -> list[str]:
        """The first thing that is said about a mutant, if anything is."""
        file = self.folder / f"mutant.{mutant.fence.language}"
        file.write_text(mutant.text, encoding="utf-8")
        first = next(iter(self.proof(replace(mutant.fence, file=file))), None)
        return [] if first is None else [str(first)]


def _tally(tally: Tally, language: str, every: int, look: _Look, known: dict[str, str]) -> None:
    for fence, text in mutating.listings(language):
        faults = look.at(Mutant("", fence, text, "", "", ""))
        tally.broken += [f"{fence.chapter} {fence.name}, as it is: {fault}" for fault in faults]
    for mutant in list(mutating.mutants(language))[::every]:
        _count(tally, (language, mutant.kind), mutant, look.at(mutant), known)


def _count(tally: Tally, key: tuple[str, str], mutant: Mutant, faults: list[str], known: dict[str, str]) -> None:
    tally.made[key] += 1
    if faults:
        tally.found[key] += 1
        if mutant.name in known:
            tally.broken.append(f"it is found, so it changes something: {mutant.name}")
    elif mutant.name in known:
        tally.equivalent[key] += 1
    else:
        tally.left.append(mutant.name)


def environments() -> dict[str, Path]:
    """The environments of the book that have been made, each known by its lock."""
    found: dict[str, Path] = {}
    for folder in (SAMPLES.parent / ".samples" / "environments").glob("*/"):
        for name, kept, lock in (
            ("checkers", "requirements.lock", SAMPLES / "requirements.lock"),
            ("emulator", "emulator.lock", SAMPLES / "emulator.lock"),
            ("mysql", "package-lock.json", SAMPLES / "npm" / "package-lock.json"),
        ):
            if (folder / kept).exists() and (folder / kept).read_bytes() == lock.read_bytes():
                found[name] = folder
    return found


def again(arguments: list[str]) -> int:
    """Start it in the environment of the checkers."""
    made = environments()
    if "checkers" not in made:
        print("the environment of the checkers is not there; `build.py samples book` makes it", file=sys.stderr)
        return 3
    path = [str(made["checkers"] / "bin"), os.environ["PATH"]]
    environment = os.environ | {AGAIN: "1"}
    if "mysql" in made:
        modules = made["mysql"] / "node_modules"
        path.insert(1, str(modules / ".bin"))
        environment["NODE_PATH"] = str(modules)
    environment["PATH"] = os.pathsep.join(path)
    if "emulator" in made:
        environment["COMPOSITOR_ENVIRONMENT_EMULATOR"] = str(made["emulator"])
    python = str(made["checkers"] / "bin" / "python")
    return subprocess.run([python, __file__, *arguments], env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Print the shares, and each change that nobody has found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("languages", nargs="*", choices=[*LANGUAGES, []])
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args(arguments)
    if not os.environ.get(AGAIN):
        return again(arguments)
    tally = tallied(asked.languages or LANGUAGES, asked.every)
    print(*tally.lines(), *asserting.lines(), sep="\n")
    return 0 if tally.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
