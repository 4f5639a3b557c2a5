"""Paths in a folder -> their texts: what has been read of a book so far, and the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from compositor.errors import in_order
from compositor.folder.paths import locate, not_in_utf8
from compositor.folder.text import read_loosely, read_text
from compositor.model import Finding, Place, Source

OUTSIDE = "M003"
"""A path that leads out of the book."""


@dataclass(slots=True)
class Desk:
    """What has been read so far, and the findings."""

    folder: Path
    names: Sequence[str]
    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.findings += not_in_utf8(self.folder)

    def look_for(self, path: str, asked: Place) -> Path | None:
        """Return the file on disk; report a finding if it does not exist or may not be read."""
        file, findings = locate(self.folder, path, asked, self.names)
        self.findings += findings
        return file

    def open(self, path: str, asked: Place) -> None:
        """Read a file of the book, if it can be read."""
        file = self.look_for(path, asked)
        if file is None:
            return
        text, findings = read_text(file, path, asked)
        self.findings += findings
        if text is not None:
            self.texts[path] = text

    def given(self, path: str, asked: Place) -> str | None:
        """Return the text of a file other than a chapter, such as data; None, and a finding, if it cannot be read."""
        self.open(path, asked)
        return self.texts.get(path)

    def cited(self, path: str, asked: Place) -> str | None:
        """Return the text of a bibliography or a citation style, which the book can do without."""
        file, findings = locate(self.folder, path, asked, self.names)
        self.findings += [f if f.code == OUTSIDE else _bearable(f) for f in findings]
        if file is None:
            return None
        text, findings = read_loosely(file, path, asked)
        self.findings += findings
        if text is not None:
            self.texts[path] = text
        return text

    def drop(self, path: str) -> None:
        """Forget a file that is left out, and its findings."""
        self.findings = [finding for finding in self.findings if finding.place.file != path]

    def report(self) -> tuple[Finding, ...]:
        """Return the findings in order, with their source lines."""
        return in_order(_with_excerpt(finding, self.texts) for finding in self.findings)


def _with_excerpt(finding: Finding, texts: Mapping[str, str]) -> Finding:
    place = finding.place
    if finding.excerpt or place.line is None or place.file not in texts:
        return finding
    return replace(finding, excerpt=Source(place.file, texts[place.file], "").line(place.line))


def _bearable(finding: Finding) -> Finding:
    """Make a finding about a file without which the book can be built."""
    return replace(finding, message=f"{finding.message}, and the book is made without it", severity="warning")
