"""Units -> BackMatter: the index, the answers of exercises in order, and the units that contain these lists."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import replace

from compositor.assemble.index import index_of
from compositor.errors import warning
from compositor.language import Language
from compositor.model import Finding, Place, Target, Unit
from compositor.model.apparatus import BackMatter


def gather_back_matter(
    units: Sequence[Unit], targets: MutableMapping[str, Target], words: Language
) -> tuple[BackMatter, tuple[Finding, ...]]:
    """Return index and answers of the book; targets in an answer move, in `targets`, to where answers are printed."""
    lists = _Lists(units)
    findings = list(lists.findings())
    answers = tuple((unit.key, answer) for unit in units for answer in unit.chapter.matter.answers)
    home = lists.unit("answers")
    if home is None and answers:
        message = "no file says where to print the answers; they are at the end of the last file with exercises"
        findings.append(warning("A118", message, answers[0][1].place, "write ::: {#answers} and ::: where they belong"))
    for _, answer in answers if home is not None else ():
        for anchor in answer.anchors:
            targets[anchor] = replace(targets[anchor], unit=home.key if home else "")
    index, faults = index_of(units, targets, lists.unit("index"), words)
    return BackMatter(index, answers), (*findings, *faults)


class _Lists:
    """Where the lists of the book are."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._all = [(name, place, unit) for unit in units for name, place in unit.chapter.matter.lists]

    def unit(self, name: str) -> Unit | None:
        """Return the unit that contains a list."""
        return next((unit for listed, _, unit in self._all if listed == name), None)

    def findings(self) -> Iterator[Finding]:
        """Yield findings for a list that is there twice, since everything in it would have two places."""
        first: dict[str, Place] = {}
        for name, place, _ in self._all:
            known = first.setdefault(name, place)
            if known is not place:
                remedy = f"delete this one; the first is at {known}"
                message = f'the book has two lists "#{name}"; only the first is filled'
                yield warning("A119", message, place, remedy)


EXPLANATIONS = {
    "A118": """Exercises have answers, but no block `::: {#answers}` says where to print them. They are printed at the
end of the last file that has exercises with answers.""",
    "A119": """The book asks for the same generated list twice. Each entry would then exist in two places under one id,
so the second list stays empty.""",
}
