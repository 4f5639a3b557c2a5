"""Helpers of the tests for book.toml."""

from __future__ import annotations

from compositor.settings import read_settings

HEAD = 'format = 1\ntitle = "A Book"\nauthors = ["Ada"]\n'
"""A correct book.toml; the lines that a test adds begin on line 4."""


def read(text):
    """Return the settings of a text without faults."""
    found, findings = read_settings(text, "book.toml")
    assert findings == ()
    assert found is not None
    return found


def only(text):
    """Return the only finding about a text."""
    findings = read_settings(text, "book.toml")[1]
    assert len(findings) == 1, findings
    return findings[0]


def said(finding):
    """Return a finding in one line: code, line and column, message."""
    return f"{finding.code} {finding.place.line}:{finding.place.column} {finding.message}"
