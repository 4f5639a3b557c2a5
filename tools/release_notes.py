"""CHANGELOG.md -> the notes of one release: the text under the heading of its version.

    python3 tools/release_notes.py v1.2.0

Prints the section under `## 1.2.0`, `## [1.2.0]` or `## v1.2.0`, with or without a date. Exit code 1 if there is no
such section or it is empty, so that no release comes without notes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
HEADING = re.compile(r"^## +\[?v?(?P<version>[^\]\s]+)\]?")


def main(arguments: Sequence[str]) -> int:
    """Print the notes of the tag; return the exit code."""
    if len(arguments) != 1:
        print("usage: release_notes.py TAG", file=sys.stderr)
        return 2
    notes = section(CHANGELOG.read_text(encoding="utf-8"), arguments[0])
    if not notes:
        print(f"CHANGELOG.md has no notes for {arguments[0]}: write them under '## {arguments[0].removeprefix('v')}'.",
              file=sys.stderr)
        return 1
    print(notes)
    return 0


def section(changelog: str, tag: str) -> str:
    """Return the lines between the heading of the tag's version and the next heading of that level; empty if none."""
    taken: list[str] = []
    inside = False
    for line in changelog.splitlines():
        heading = HEADING.match(line)
        if heading:
            inside = heading["version"] == tag.removeprefix("v")
        elif inside:
            taken.append(line)
    return "\n".join(taken).strip()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
