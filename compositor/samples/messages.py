"""What a command printed -> findings at the lines of the book that it names, in its own words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compositor.errors import error, printable
from compositor.model import Finding, Place
from compositor.samples.calls import Call
from compositor.samples.fences import Sample
from compositor.samples.running import MOST, Ended

CODES = {"check": "X101", "run": "X102"}
MOST_LINES = 40
"""Last lines of a tool's output that are quoted: the verdict is at the end."""
MOST_JOINED = 4
"""Lines about one place that are quoted."""
SHAPES = (
    r"{path}:(?P<line>\d+)(?::(?P<column>\d+))?:?(?:\s+(?P<words>.*))?$",
    r"{path}: line (?P<line>\d+):?(?:\s+(?P<words>.*))?$",
)
"""How tools name a line: in the form of compilers, and in that of shells."""
TRACEBACK = r'\s*File "{path}", line (?P<line>\d+)'
"""Python's form; the error is in the last line of all."""


@dataclass(frozen=True, slots=True)
class Said:
    """A failed call: how it ended, and the file of each sample."""

    call: Call
    ended: Ended
    files: Mapping[str, Sample]
    """Absolute path -> sample."""
    folders: Mapping[str, str]
    """Absolute folder -> what replaces it in a message."""

    @property
    def lines(self) -> list[str]:
        """All its output, errors last."""
        return [*self.ended.output.splitlines(), *self.ended.errors.splitlines()]


def faults(said: Said) -> tuple[list[Finding], list[Sample]]:
    """Return a finding for each line of the book that the command names, else one that quotes it; and the samples."""
    if said.ended.limit:
        return [_limit(said)], list(said.call.samples)
    named = list(_named(said)) or list(_traceback(said))
    if named:
        at_fault = [sample for sample in said.call.samples if any(one == sample for one, _ in named)]
        return list(_joined(finding for _, finding in named)), at_fault
    return [_whole(said)], list(said.call.samples)


def _joined(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Join several messages about one place to one finding; of very many, the first are quoted."""
    by_place: dict[Place, list[Finding]] = {}
    for finding in findings:
        by_place.setdefault(finding.place, []).append(finding)
    for group in by_place.values():
        words = list(dict.fromkeys(finding.message for finding in group))
        more = [f"… {len(words) - MOST_JOINED} lines more"] if len(words) > MOST_JOINED else []
        yield replace(group[0], message="; ".join([*words[:MOST_JOINED], *more]))


def _named(said: Said) -> Iterator[tuple[Sample, Finding]]:
    """Yield lines of the form `path:line:column: words`."""
    for pattern, sample in _patterns(said, SHAPES):
        for text in said.lines:
            if match := pattern.match(text):
                found = match.groupdict()
                column = int(found["column"]) if found.get("column") else None
                words = (match["words"] or "").strip() or f"the {said.call.kind} fails here"
                yield sample, _finding(said, sample, (int(match["line"]), column), words)


def _traceback(said: Said) -> Iterator[tuple[Sample, Finding]]:
    """Yield the innermost line of a sample in a traceback."""
    lines = said.lines
    found = [
        (number, sample, int(match["line"]))
        for pattern, sample in _patterns(said, (TRACEBACK,))
        for number, text in enumerate(lines)
        if (match := pattern.match(text))
    ]
    if found:
        _, sample, line = max(found, key=lambda one: one[0])
        verdict = next((text.strip() for text in reversed(lines) if text.strip()), "")
        yield sample, _finding(said, sample, (line, None), verdict)


def _patterns(said: Said, shapes: Sequence[str]) -> Iterator[tuple[re.Pattern[str], Sample]]:
    for path, sample in said.files.items():
        folder, name = (re.escape(part) for part in os.path.split(path))
        name = rf"(?:{folder}/|\S*/)?{name}"
        yield from ((re.compile(shape.replace("{path}", name)), sample) for shape in shapes)


def _finding(said: Said, sample: Sample, at: tuple[int, int | None], words: str) -> Finding:
    place = sample.fence.place(*at)
    helps = [f"said by: {' '.join(said.call.words)}"]
    if sample.fence.source:
        helps.append(f"it is printed at {sample.fence.opened}")
    return error(CODES[said.call.kind], _clean(said, words), place, *helps)


def _whole(said: Said) -> Finding:
    code = said.ended.code
    ended = f"exit code {code}" if code >= 0 else f"killed by signal {-code}"
    message = f"the {said.call.kind} of {_samples(said.call)} fails ({ended}) and names no line"
    return _quoting(said, error(CODES[said.call.kind], message, _first(said), *_about(said)))


def _limit(said: Said) -> Finding:
    if said.ended.limit == "time":
        limit = f"{said.call.language.timeout} seconds"
        message = f"the {said.call.kind} of {_samples(said.call)} was stopped after {limit}"
        remedy = f'make it faster, or allow more: timeout = … in [samples.languages."{said.call.name}"]'
    else:
        message = f"the {said.call.kind} of {_samples(said.call)} was stopped after it had printed {MOST // 10**6} MB"
        remedy = "look for an endless loop"
    return _quoting(said, error("X103", message, _first(said), remedy, *_about(said)))


def _samples(call: Call) -> str:
    count = len(call.samples)
    return "this sample" if count == 1 else f"{count} samples in {call.name}, of which this is the first,"


def _first(said: Said) -> Place:
    return said.call.samples[0].fence.opened


def _about(said: Said) -> list[str]:
    return [f"the command: {' '.join(said.call.words)}"]


def _quoting(said: Said, finding: Finding) -> Finding:
    """Return the finding with the end of the output."""
    lines = [text.rstrip() for text in said.lines if text.strip()]
    left_out = len(lines) - MOST_LINES
    shown = [f"… {left_out} lines", *lines[-MOST_LINES:]] if left_out > 0 else lines
    message = finding.message + (":" if shown else ", without output")
    return replace(finding, message=message, said=tuple(_clean(said, text) for text in shown))


def _clean(said: Said, text: str) -> str:
    """Return the words without colours, and without the folders of this machine and of this run."""
    for folder, name in said.folders.items():
        text = text.replace(folder + os.sep, name)
    return printable(re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text))


EXPLANATIONS = {
    "X101": """The command that checks the code of this language found a fault. The message is the tool's own; the
place is the line of your chapter, or of the file that contains the code. If the tool names no line, everything it
printed is quoted at the first fence that it was given. Correct the code, or exempt it: {nocheck="the reason"}.""",
    "X102": """The command that runs the code of this language failed: its exit code was not 0. The message is the
tool's own; the place is the line of your chapter, or of the file that contains the code. Correct the code, or exempt
it: {norun="the reason"}.""",
    "X103": """A call of a command took too long, or printed endlessly, and was stopped with everything that it had
started. The limit is `timeout`, in seconds, 120 by default; it applies to one call, which with {files} is all fences of
a chapter.""",
}
