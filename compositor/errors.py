"""Findings -> what people and programs read: one shape for every message, and the exit codes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import NoReturn

import click

from compositor.model import Finding, Meant, Place, Source, Strictness

WIDTH = 100
"""Most characters of a source line that a message shows."""
STAND_IN = "\N{REPLACEMENT CHARACTER}"
SHOWN = "\t\N{SOFT HYPHEN}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Python calls these not printable; they are harmless in file names and words."""
REFERENCE = "docs/manual/reference.md"
"""The page in Compositor's repository that explains every code."""
FINE, PROBLEMS, USAGE, ENVIRONMENT, PARTLY, BUG = 0, 1, 2, 3, 4, 70


class BookError(click.ClickException):
    """The book cannot be built. Carries all findings of this run, sorted by place."""

    exit_code = PROBLEMS

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__("\n".join(printable(f"[{one.code}] {one.place}: {one.message}") for one in self.findings))


class EnvironmentMissing(click.ClickException):
    """Something is missing on this machine; the message says how to get it."""

    exit_code = ENVIRONMENT

LONG_LINE, QUOTED = 10_000, 20
"""From so many characters on, a line is quoted for only so many findings: each would quote all of it."""


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without duplicates, sorted by file, line and column."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.place.file, f.place.line or 0, f.place.column or 0, f.code)))


def with_excerpts(findings: Iterable[Finding], sources: Mapping[str, Source]) -> tuple[Finding, ...]:
    """Return the findings in order, each with its source line. A very long line is quoted only a few times."""
    quoted = Counter[tuple[str, int | None]]()

    def quoting(finding: Finding) -> Finding:
        place, source = finding.place, sources.get(finding.place.file)
        line = finding.excerpt or (source.line(place.line) if source is not None else "")
        quoted[place.file, place.line] += len(line) > LONG_LINE
        return replace(finding, excerpt=line if quoted[place.file, place.line] <= QUOTED else "")

    return tuple(map(quoting, in_order(findings)))


def error(code: str, message: str, place: Place, *helps: str, meant: Meant = ("", "")) -> Finding:
    """Make a finding that stops the build."""
    return Finding(code, message, place, "error", helps, meant=meant)


def warning(code: str, message: str, place: Place, *helps: str, meant: Meant = ("", "")) -> Finding:
    """Make a finding that stops the build only if warnings do (`--strict`)."""
    return Finding(code, message, place, "warning", helps, meant=meant)


def strictly(findings: Iterable[Finding], strictness: Strictness) -> tuple[Finding, ...]:
    """Return the findings; those that this book does not allow become errors."""
    return tuple(replace(f, severity="error") if strictness.stops(f.code) else f for f in findings)


def stop(code: str, message: str, place: Place, *helps: str) -> NoReturn:
    """End this run with one finding, if nothing sensible can follow."""
    raise BookError([error(code, message, place, *helps)]) from None


def refuse(findings: Iterable[Finding]) -> None:
    """Raise BookError if there are findings."""
    found = tuple(findings)
    if found:
        raise BookError(found)


def as_text(finding: Finding, colour: bool = False) -> str:
    """Format a finding for a terminal: headline, place, the source line with its underline, remedies."""
    hue = "red" if finding.severity == "error" else "yellow"

    def paint(text: str, **style: str | bool) -> str:
        return click.style(text, **style) if colour else text  # type: ignore[arg-type]

    lines = [
        paint(f"{finding.severity}[{finding.code}]", fg=hue, bold=True) + f": {finding.message}",
        *(f"    {text}" for text in finding.said),
        paint("  --> ", fg="blue") + str(finding.place),
    ]
    lines += _excerpt(finding, lambda text: paint(text, fg=hue))
    lines += [paint("   = ", fg="blue") + f"help: {remedy}" for remedy in finding.helps]
    return "\n".join(lines)


def _excerpt(finding: Finding, paint: Callable[[str], str]) -> list[str]:
    if not finding.excerpt or finding.place.line is None:
        return []
    number = str(finding.place.line)
    margin = " " * len(number)
    text, column = _window(finding.excerpt, finding.place.column)
    shown = [f"{margin} |", f"{number} | {text}"]
    if column is not None:
        indent = "".join("\t" if letter == "\t" else " " for letter in text[: column - 1])
        length = max(1, min(finding.place.length, len(text) - column + 1))
        shown.append(f"{margin} | {indent}{paint('^' * length)}")
    return shown


def _window(text: str, column: int | None) -> tuple[str, int | None]:
    """Return the part of a long line around the column. In Markdown, a paragraph may be one line."""
    start = max(0, (column or 1) - WIDTH // 2) if len(text) > WIDTH else 0
    start = min(start, max(0, len(text) - WIDTH))
    part = text[start : start + WIDTH]
    before, after = "…" if start else "", "…" if start + WIDTH < len(text) else ""
    return before + part + after, None if column is None else column - start + len(before)


def printable(text: str) -> str:
    """Return the text with a visible stand-in for everything that would control a terminal or a log.

    That is: control characters except the tab, line ends, characters that change the direction of writing, and `##[`,
    which begins a command in GitHub's logs anywhere in a line. Letters keep their places.
    """
    shown = "".join(letter if _is_shown(letter) else STAND_IN for letter in text)
    return shown.replace("##[", f"##{STAND_IN}")


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter in SHOWN or unicodedata.category(letter) in ("Zs", "Co", "Cn")


def one_line(text: str) -> str:
    """Return a text that is printed on a line of its own; it must not begin with `::`, a command in GitHub's logs."""
    shown = printable(text)
    return shown.replace("::", f"{STAND_IN}:", 1) if shown.lstrip().startswith("::") else shown


def written(finding: Finding, style: str, colour: bool) -> str:
    """Return a finding as it is printed: what it quotes from a book is shown and controls nothing."""
    shown = replace(
        finding,
        message=printable(finding.message),
        place=replace(finding.place, file=printable(finding.place.file)),
        helps=tuple(map(printable, finding.helps)),
        excerpt=printable(finding.excerpt),
        said=tuple(map(one_line, finding.said)),
    )
    return WRITERS[style](shown, colour)


def as_json(finding: Finding, colour: bool = False) -> str:
    """Format a finding as one line of JSON, for editors and scripts."""
    place = finding.place
    return json.dumps(
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.whole,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "length": place.length,
            "end_line": place.line,
            "end_column": None if place.column is None else place.column + place.length,
            "helps": list(finding.helps),
            "fixes": fixes(finding),
            "address": address(finding.code),
        },
        ensure_ascii=False,
    )


def fixes(finding: Finding) -> list[dict[str, int | str]]:
    """Return edits of the file, any one of which fixes the finding. There are none if the text does not tell where."""
    place, (wrong, right) = finding.place, finding.meant
    if not wrong or place.line is None or place.column is None or printable(right) != right:
        return []  # never insert an empty text, or one that controls a terminal
    start = place.column - 1
    inside = [match.start() for match in re.finditer(re.escape(wrong), finding.excerpt[start : start + place.length])]
    if len(inside) != 1:
        word = (r"(?<![\w-])" if wrong[0].isalnum() else "") + re.escape(wrong) + r"(?![\w-])"
        inside = [match.start() for match in re.finditer(word, finding.excerpt[start:])]
    if len(inside) != 1:
        return []
    column = start + inside[0] + 1
    line = {"line": place.line, "column": column, "end_line": place.line, "end_column": column + len(wrong)}
    return [{**line, "text": right}]


def address(code: str) -> str:
    """Return where a code is explained: the page in the repository, with its full address if the package has one."""
    where = f"{REFERENCE}#{code.lower()}"
    repository, version = _repository()
    return f"{repository}/blob/v{version}/{where}" if repository else where


@cache
def _repository() -> tuple[str, str]:
    """Return the address of the repository that the package names, or an empty text; and the version of the package."""
    from importlib import metadata  # few commands print an address, and this is slow to import

    try:
        told = metadata.metadata("compositor")
    except metadata.PackageNotFoundError:
        return "", ""
    urls = dict(one.split(", ", 1) for one in told.get_all("Project-URL") or () if ", " in one)
    return urls.get("Repository", "").rstrip("/"), told["Version"]


def as_short(finding: Finding, colour: bool = False) -> str:
    """Format a finding as one line in the form that editors know from compilers: `01-one.md:3:7: L142 message`."""
    return f"{finding.place}: {finding.code} {' '.join(finding.whole.split())}"


def as_github(finding: Finding, colour: bool = False) -> str:
    """Format a finding as a workflow command that GitHub shows next to the line.

    Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    place = finding.place
    where = [f"file={_property(place.file)}"]
    where += [f"line={place.line}"] if place.line is not None else []
    where += [f"col={place.column}"] if place.column is not None else []
    message = ". ".join([finding.whole, *finding.helps])
    message = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{finding.severity} {','.join(where)},title={_property(finding.code)}::{message}"


def _property(text: str) -> str:
    for letter, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(letter, code)
    return text


WRITERS: dict[str, Callable[[Finding, bool], str]] = {
    "text": as_text,
    "short": as_short,
    "json": as_json,
    "github": as_github,
}
