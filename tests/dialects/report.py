"""What a test needs to know about a folder that was read."""

from __future__ import annotations

from compositor import dialects


def order(folder):
    """Return the paths of a book without errors, in reading order, with sections indented."""
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
    """Return code, place and message of each finding about a book."""
    return [f"{f.code} {f.place} {f.message}" for f in dialects.read(folder)[1]]


def only(folder):
    """Return the only finding about a book."""
    findings = dialects.read(folder)[1]
    assert len(findings) == 1, findings
    return findings[0]
