"""What a run printed, and the output in the book -> findings if the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from compositor.errors import error, printable
from compositor.folder.paths import list_files, locate
from compositor.folder.text import read_text
from compositor.model import Finding
from compositor.samples.fences import ELSEWHERE, SHORTENED, SOURCE_FILE, Fence, Sample, pattern

ELLIPSES = ("…", "...")
VARIED = "\N{BLACK SQUARE}"
"""Stands for what differs from run to run."""


def differences(sample: Sample, printed: str | None) -> Iterator[Finding]:
    """Yield every output of a sample that its run did not print; None: the runner has not recorded the output."""
    for output in sample.outputs:
        if ELSEWHERE in output.classes:
            continue
        if printed is None:
            remedy = "a runner with {files} writes the output of a sample into a file next to it, ending in .out"
            yield error("X113", "the run does not say what this sample printed", output.opened, remedy)
            continue
        lines, wanted = _lines(output, printed), _lines(output, output.text)
        if SHORTENED in output.classes:
            yield from _missing(output, lines, wanted, "the run does not print this line")
        else:
            yield from _first_difference(output, lines, wanted)


def not_from_a_run(sample: Sample, why: str) -> Iterator[Finding]:
    """Yield the outputs of a sample that is never run, if they do not say where else they come from."""
    for output in sample.outputs:
        if ELSEWHERE not in output.classes:
            remedy = 'write where it is from: {.output .elsewhere source="…"}'
            yield error("X112", f"this output is not from a run: {why}", output.opened, remedy)


def not_in_their_files(outputs: Iterable[Fence], folder: Path) -> Iterator[Finding]:
    """Yield the outputs from elsewhere with a line that is not in the file of the book that they name."""
    named = [(output, output.attributes.get(SOURCE_FILE, "").strip()) for output in outputs]
    names = list_files(folder)
    for output, path in named:
        if not path:
            continue
        file, findings = locate(folder, path, output.opened, names)
        yield from findings
        text, findings = read_text(file, path, output.opened) if file else (None, [])
        yield from findings
        if text is not None:
            message = f'"{path}" does not have this line'
            yield from _missing(output, _lines(output, text), _lines(output, output.text), message)


def _lines(output: Fence, text: str) -> list[str]:
    """Return lines without trailing spaces, without empty ones at the end, with varying text replaced."""
    varies = pattern(output)
    if varies is not None:
        text = varies.sub(VARIED, text)
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n").split("\n")


def _first_difference(output: Fence, lines: Sequence[str], wanted: Sequence[str]) -> Iterator[Finding]:
    for number, (line, want) in enumerate(zip_longest(lines, wanted), 1):
        if line == want:
            continue
        if want is None:
            message = f"the run continues, and prints {_shown(line)} next"
        elif line is None:
            message = "the run has ended here"
        else:
            message = f"the run prints {_shown(line)} here"
        yield _differs(output, number, message)
        return


def _missing(output: Fence, lines: Sequence[str], wanted: Sequence[str], message: str) -> Iterator[Finding]:
    rest = iter(lines)
    for number, want in enumerate(wanted, 1):
        if want.strip() not in ELLIPSES and all(line != want for line in rest):
            where = " after the lines above it" if want in lines else ""
            yield _differs(output, number, f"{message}{where}")
            return


def _differs(output: Fence, number: int, message: str) -> Finding:
    remedy = "print what the sample prints; for a part, write {.output .shortened}, with … for omitted lines"
    varies = () if pattern(output) else ('what differs from run to run is matched by varies="…"',)
    return error("X110", message, output.place(number), remedy, *varies)


def _shown(line: str) -> str:
    return f'"{printable(line)}"' if line else "an empty line"


EXPLANATIONS = {
    "X110": """The output in the book differs from what the sample before it printed when it was run. Spaces at the ends
of lines do not count. A part of an output is {.output .shortened}: each of its lines except `…` must be a line of the
run, in the same order; in the same way, the lines of an output from elsewhere must be lines of the file that its
`source-file` names. What differs from run to run, such as dates and ids, is matched by a regular expression,
varies="…", and then counts as equal.""",
    "X112": """An output follows a sample that is never run: its language has no `run`, or `norun` exempts it. Nobody
would notice when it becomes wrong. Say where it is from: {.output .elsewhere source="a cluster in eu-west-1, May
2026"}.""",
    "X113": """A runner that gets all fences of a chapter succeeded, but did not record what this one printed. It has to
write that into a file next to the file of the sample, with `.out` after its name. With {file} in the command,
everything it prints is the output of the sample.""",
}
