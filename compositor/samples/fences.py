"""Book -> samples: every fence in reading order, with its text as printed, its places, and the outputs after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from compositor.errors import error
from compositor.markdown.code.code import code_of, lines_of
from compositor.markdown.reading import walk
from compositor.model import Book, Chapter, Finding, Place, inclusion_at
from compositor.samples.lines import Lines

OUTPUT, SHORTENED, ELSEWHERE = "output", "shortened", "elsewhere"
"""The classes of a sample's output, of a part of it, and of output that comes from elsewhere."""
SOURCE_FILE = "source-file"
"""The attribute that names a file of the book that contains the lines of an output from elsewhere."""
_VARIES = re.compile(r"""\bvaries="((?:[^"\\]|\\.)*)\"""")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence as it is printed, and where its lines are written."""

    chapter: str
    """The file of the book that it is printed in, even if it is written in an included one."""
    opened: Place
    """Where it is in the text."""
    language: str
    """Compositor's name of it, as `bash` for `sh`."""
    id: str
    classes: tuple[str, ...]
    attributes: Mapping[str, str]
    text: str
    lines: tuple[Place, ...]
    """Where each line of the text begins: in the chapter, an included file, or the file that the code comes from."""
    source: str = ""
    """The file that it comes from, if any."""
    varies: str = ""
    """A regular expression for what differs from run to run in an output."""

    def place(self, line: int, column: int | None = None) -> Place:
        """Return the place of a line and a column (from 1) of the text, or of the whole line; of the nearest line."""
        start = self.lines[min(max(line, 1), len(self.lines)) - 1]
        return start if column is None else replace(start, column=column + (start.column or 1) - 1, length=1)

    def without(self, key: str) -> str | None:
        """Return the reason in `norun` or `nocheck`; None if it is not there."""
        return self.attributes.get(key)


@dataclass(frozen=True, slots=True)
class Sample:
    """A fence with code, and the fences with its output."""

    fence: Fence
    outputs: tuple[Fence, ...] = ()


@dataclass(frozen=True, slots=True)
class Collected:
    """All samples of a book, in reading order, and faults in their attributes."""

    samples: tuple[Sample, ...]
    findings: tuple[Finding, ...]
    elsewhere: tuple[Fence, ...] = ()
    """Outputs from elsewhere, with or without a sample before them."""


@dataclass(slots=True)
class _Chapter:
    samples: list[Sample] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    elsewhere: list[Fence] = field(default_factory=list)


def collect(book: Book) -> Collected:
    """Collect every fence of the book, also in answers of exercises; outputs belong to the sample before them."""
    lines = Lines(book)
    chapters = [_chapter(unit.chapter, lines) for unit in book.units]
    samples = tuple(sample for chapter in chapters for sample in chapter.samples)
    elsewhere = tuple(fence for chapter in chapters for fence in chapter.elsewhere)
    return Collected(samples, tuple(finding for chapter in chapters for finding in chapter.findings), elsewhere)


def _chapter(chapter: Chapter, lines: Lines) -> _Chapter:
    found = _Chapter()
    for fence in fences(chapter, lines):
        found.findings += _doubts(fence)
        found.elsewhere += [fence] if is_output(fence) and ELSEWHERE in fence.classes else []
        if not is_output(fence):
            found.samples.append(Sample(fence))
        elif found.samples:
            last = found.samples[-1]
            found.samples[-1] = replace(last, outputs=(*last.outputs, fence))
        elif ELSEWHERE not in fence.classes:
            remedy = 'move it after the code that prints it, or write {.output .elsewhere source="…"}'
            found.findings.append(error("X111", "this output follows no sample", fence.opened, remedy))
    return found


def fences(chapter: Chapter, lines: Lines) -> Iterator[Fence]:
    """Yield the fences of one source, in text order; included text counts at the place of its include."""
    tokens = [*chapter.tokens, *(token for answer in chapter.matter.answers for token in answer.tokens)]
    found = [token for token in walk(tokens) if token.type in ("fence", "code_block")]
    for token in sorted(found, key=lambda token: _position(chapter, token.map[0] + 1 if token.map else 1)):
        yield _fence(chapter, token, lines)


def _position(chapter: Chapter, number: int) -> tuple[int, ...]:
    """Return where a line, in the count of tokens, is in the text."""
    inside = inclusion_at(chapter.inclusions, number)
    return (*_position(chapter, inside.at), number) if inside else (number,)


def _starts(chapter: Chapter, token: Token, lines: Lines) -> Iterator[Place]:
    """Yield where each line of the text begins, after the indents and quotation marks of its containers."""
    code = code_of(token)
    for number, text in zip(code.numbers, lines_of(token), strict=False):
        place = Place(code.file, number) if code.file else Place(*chapter.line_of(number))
        column = max(0, lines.at(place).find(text.rstrip())) + 1
        yield replace(place, column=column, length=max(1, len(text.rstrip())))


def _fence(chapter: Chapter, token: Token, lines: Lines) -> Fence:
    code = code_of(token)
    opened = Place(*chapter.line_of(token.map[0] + 1 if token.map else 1))
    written_as_output = (OUTPUT,) if code.written == OUTPUT else ()
    return Fence(
        chapter.source.path,
        opened,
        code.language.name,
        code.attributes.id,
        (*written_as_output, *code.attributes.classes),
        code.attributes.pairs,
        token.content,
        tuple(_starts(chapter, token, lines)) or (opened,),
        code.file,
        _varies(token),
    )


def is_output(fence: Fence) -> bool:
    """Return whether it is the output of a sample."""
    return OUTPUT in fence.classes


def pattern(fence: Fence) -> re.Pattern[str] | None:
    """Return what differs from run to run in an output; None if nothing is given, or it is invalid."""
    try:
        return re.compile(fence.varies, re.MULTILINE) if fence.varies else None
    except re.error:
        return None


def _varies(token: Token) -> str:
    """Return the regular expression of a fence as it is written: as an attribute, it has lost its backslashes."""
    match = _VARIES.search(token.info)
    return match[1].replace(r"\"", '"') if match is not None else code_of(token).attributes.pairs.get("varies", "")


def _doubts(fence: Fence) -> Iterable[Finding]:
    """Return findings for contradictions in the attributes of a fence."""
    for key in ("norun", "nocheck"):
        reason = fence.without(key)
        if reason is not None and not reason.strip():
            remedy = f'give the reason: {key}="needs an account"'
            yield error("X115", f"`{key}` without a reason", fence.opened, remedy)
    for key in ("norun", "nocheck") if is_output(fence) else ("varies", "source", "source-file"):
        if key in fence.attributes:
            what = "an output, which is neither checked nor run" if is_output(fence) else "code that is not an output"
            yield error("X114", f"`{key}` on {what}", fence.opened, "remove it, or mark the fence as {.output}")
    said = any(fence.attributes.get(key, "").strip() for key in ("source", SOURCE_FILE))
    if ELSEWHERE in fence.classes and is_output(fence) and not said:
        yield error("X114", "this output is from elsewhere, without a source", fence.opened, 'add source="…"')
    for class_ in (SHORTENED, ELSEWHERE):
        if class_ not in fence.classes or is_output(fence):
            continue
        remedy = f"write {{.output .{class_}}}"
        yield error("X114", f"`.{class_}` on code that is not an output", fence.opened, remedy)
    if fence.varies and is_output(fence) and pattern(fence) is None:
        remedy = r'write it as in Python: varies="\d{4}-\d{2}-\d{2}"'
        yield error("X114", "`varies` is not a regular expression", fence.opened, remedy)


EXPLANATIONS = {
    "X111": """A fence is marked as `.output`, but no code comes before it in its chapter. An output belongs to the
sample directly before it; mark one that no sample of the book has printed as `{.output .elsewhere source="…"}`.""",
    "X114": """The attributes of a fence contradict each other. `norun` and `nocheck` belong to code, `varies` to what
it prints; `.shortened` and `.elsewhere` need `.output`, and an output from elsewhere says where it is from, with
`source="…"` or `source-file="…"`. `varies` is a regular expression of Python.""",
    "X115": """Code is exempt from being checked or run, without a reason. The table of `samples` prints the reason.
Example: {norun="needs an account"}""",
}
