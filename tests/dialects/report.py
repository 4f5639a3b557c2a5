"""What a test wants to know about a folder that was read."""

from __future__ import annotations

from compositor import dialects


def order(folder):
    """The paths of a book that has no fault, in reading order, sections indented."""
    manuscript, findings = dialects.read(folder)
    assert findings == ()
    assert manuscript is not None
    return list(lines(manuscript.entries))


def lines(entries, depth=0):
    for entry in entries:
        yield "  " * depth + entry.source.path
        yield from lines(entry.children, depth + 1)


def flat(entries):
    for entry in entries:
        yield entry
        yield from flat(entry.children)


def said(folder):
    """What is said about a book: code, place and message of each finding."""
    return [f"{f.code} {f.place} {f.message}" for f in dialects.read(folder)[1]]


def only(folder):
    """The only finding about a book."""
    findings = dialects.read(folder)[1]
    assert len(findings) == 1, findings
    return findings[0]
