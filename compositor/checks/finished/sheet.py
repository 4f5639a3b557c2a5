"""Runs -> sheet: the letters of a unit in one string, with what belongs to which block."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, dropwhile, pairwise, takewhile

from compositor.checks.finished.block import Block
from compositor.checks.finished.runs import Run, folded

RISE = 8.0
"""Points by which a run is higher than the previous one if it is not in the same line or below it."""
SAME_LINE = 4.0
"""Points between the tops of runs in one line: a letter may be higher than another."""
FEW = 2
"""Characters that are found everywhere, so that they identify no place."""
CONTEXT = 12
"""Letters before a hyphen that identify it."""
HYPHEN = "\x02"
"""What pdfium writes for a hyphen at a line end, whether it is the author's or the typesetter's."""


@dataclass(slots=True)
class Sheet:
    """The letters of a unit in one string, where its runs begin and end, and which of them are claimed."""

    text: str
    exact: str
    starts: list[int]
    ends: list[int]
    runs: list[Run]
    claims: list[tuple[int, int, int]] = field(default_factory=list)
    """Start, end, number of the block; sorted."""
    lies: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Number of a block -> where its first letters begin and where its last ones end."""
    ahead: int = 1
    """Over how many of the next pages a block that ends on this page may continue: a note waits for those before it."""
    furniture: list[int] = field(init=False)
    """How many runs before each run are heads, folios or repetitions."""
    rises: list[int] = field(init=False)
    """How many runs up to each run are higher on their page than the run before; another cell may begin there."""

    def __post_init__(self) -> None:
        higher = (behind.page == run.page > 0 and behind.top < run.top - RISE for run, behind in pairwise(self.runs))
        self.furniture = list(accumulate((run.furniture for run in self.runs), initial=0))
        self.rises = list(accumulate(higher, initial=0))

    def claim(self, number: int, spans: Sequence[tuple[int, int]]) -> None:
        """Let a block claim letters."""
        self.lies[number] = spans[0][0], spans[-1][1]
        for start, end in spans:
            insort(self.claims, (start, end, number))

    def rename(self, names: Mapping[int, int]) -> None:
        """Give the letters of some blocks to others."""
        self.claims[:] = sorted((start, end, names.get(number, number)) for start, end, number in self.claims)
        self.lies = {names.get(number, number): spans for number, spans in self.lies.items()}

    def run(self, position: int) -> Run:
        """Return the run that contains a letter; there must be one."""
        return self.runs[max(0, min(bisect_right(self.starts, position) - 1, len(self.runs) - 1))]

    def page(self, position: int) -> int:
        """Return the page of a letter; 0 without pages."""
        return self.run(position).page if self.runs else 0

    def first_of(self, page: int, after: int) -> int:
        """Return the first run after a letter on this page or a later one; the pages are in order."""
        return bisect_left(self.runs, page, lo=bisect_left(self.starts, after), key=lambda run: run.page)

    def overleaf(self, position: int) -> int:
        """Return where the text of the next page begins."""
        page = self.page(position - 1)
        for index in range(bisect_left(self.starts, position), len(self.runs)):
            if self.runs[index].page > page and not self.runs[index].furniture:
                return self.starts[index]
        return position

    def behind_furniture(self, position: int) -> int:
        """Return where the text continues after a letter: not in a head, a folio, or a repeated cell."""
        for index in range(bisect_left(self.starts, position), len(self.runs)):
            if not self.runs[index].furniture:
                return self.starts[index]
        return position

    def free(self, start: int, end: int) -> bool:
        """Return whether a block may claim the letters between the two: they are not claimed and are text."""
        index = bisect_left(self.claims, (start, -1, -1))
        after = index < len(self.claims) and self.claims[index][0] < end
        if after or (index > 0 and self.claims[index - 1][1] > start):
            return False
        first, last = max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)
        return self.furniture[first] == self.furniture[max(first, last)]

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Yield stretches that no block has claimed."""
        position = 0
        for start, end, _ in self.claims:
            if start > position:
                yield position, start
            position = max(position, end)
        if position < len(self.text):
            yield position, len(self.text)


def sheet_of(blocks: Sequence[Block], runs: Iterable[Run]) -> Sheet:
    """Join the visible runs in one string; a hyphen at a line end is kept if the source has one there."""
    seen = [run for run in runs if not run.hidden]
    owed = "\n".join(block.letters for block in blocks) + "\n"
    parts, starts, ends, position = [], [], [], 0
    for index, run in enumerate(seen):
        text = run.letters
        if run.page and (HYPHEN in text or text.endswith("-")):
            before = seen[index - 1].letters if index and seen[index - 1].page == run.page else ""
            is_written = _is_written(seen, index, owed)
            followers = _followers(seen, index)
            text = text.replace(HYPHEN, "-") if is_written else _without_hyphen(text, before, followers, owed)
        starts.append(position)
        position += len(text)
        ends.append(position)
        parts.append(text)
    exact = "".join(parts)
    return Sheet(folded(exact), exact, starts, ends, seen)


def _is_written(runs: Sequence[Run], index: int, owed: str) -> bool:
    """Return whether the source has a hyphen followed by the rest of the line, or with many letters around it."""
    run, behind = runs[index], next(iter(runs[index + 1 : index + 2]), None)
    if behind is None or behind.page != run.page or len(run.letters) <= FEW:
        return False
    next_ones = behind.letters[:6].replace(HYPHEN, "-").rstrip("-")
    if abs(run.top - behind.top) <= SAME_LINE:
        return run.letters[-CONTEXT:].replace(HYPHEN, "-") + next_ones in owed
    here = (one.letters for one in runs[max(0, index - CONTEXT) : index + 1] if one.page == run.page)
    before = "".join(here).replace(HYPHEN, "-")[-2 * CONTEXT :]
    return len(before) == 2 * CONTEXT and len(next_ones) > FEW and before + next_ones in owed


def _followers(runs: Sequence[Run], index: int) -> Iterator[str]:
    """Yield how a word may continue: in its block, the next run, or one of the next page, where a note is lowest.

    On the next page, a letter or two do not count: the marks of a listing continue with anything.
    """
    yield "\n"
    page = runs[index].page
    yield from (run.letters for run in runs[index + 1 : index + 2])
    behind = list(dropwhile(lambda run: run.page <= page, runs[index + 1 :]))
    overleaf = (run.letters for run in takewhile(lambda run: run.page == behind[0].page, behind))
    yield from (words for words in overleaf if len(words) > FEW)


def _without_hyphen(text: str, before: str, followers: Iterable[str], owed: str) -> str:
    """Remove a hyphen at the end, unless the source has it there with these letters; inside a run, it stays.

    A few letters prove little: together with those before them, the source may have the word without a hyphen.
    """
    text = text.replace(HYPHEN, "-")
    beginnings = [follower[:6].replace(HYPHEN, "-").rstrip("-") for follower in followers]
    kept = text[-CONTEXT:] in owed and any(text[-CONTEXT:] + beginning in owed for beginning in beginnings)
    if kept and FEW < len(text) < CONTEXT and text[-2].isalpha():
        whole, telling = (before + text[:-1])[-2 * CONTEXT :], [one for one in beginnings if len(one) > FEW]
        if telling and telling[0] == beginnings[1] and text[-CONTEXT:] + telling[0] in owed:
            telling = telling[:1]  # the text beside or below proves more than that on the next page
        kept = not any(whole + beginning in owed for beginning in telling)
    return text if kept or not text.endswith("-") else text[:-1]
