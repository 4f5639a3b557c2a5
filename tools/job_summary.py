"""The output of a build for GitHub, and `stats --format json` -> the summary of a job, in Markdown.

    python3 tools/job_summary.py build.log stats.json

What it quotes from a book is shown literally: none of it becomes Markdown or HTML.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

SHOWN = 50
"""Findings in the table; the log has all."""
_FINDING = re.compile(r"::(?P<severity>error|warning) (?P<where>[^:]*),title=(?P<code>[^:]*)::(?P<message>.*)")
_SIGNS = re.compile(r"[\\`*_{}\[\]()<>#!|~$@&:]")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the summary; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("log", type=Path)
    parser.add_argument("stats", type=Path)
    asked = parser.parse_args(arguments)
    printed = asked.log.read_text(encoding="utf-8").splitlines() if asked.log.is_file() else []
    try:
        counted = json.loads(asked.stats.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        counted = None
    has_counts = isinstance(counted, dict) and "total" in counted  # of a book that cannot be read, it has the findings
    print("\n".join(summary(printed, counted if has_counts else None)))
    return 0


def summary(printed: Sequence[str], counted: Any) -> Iterator[str]:
    """Yield the lines of the summary; `counted` is None if nothing could be counted."""
    found = [match for line in printed if (match := _FINDING.fullmatch(line))]
    made = [Path(line) for line in printed if line and not line.startswith("::")]
    errors = sum(match["severity"] == "error" for match in found)
    yield f"## {shown(counted['total']['title']) if counted else 'The book'}"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| made | {', '.join(_file(path) for path in made) or 'nothing'} |"
    if counted:
        total = counted["total"]
        pages = total["pages"] if counted["pages_of"] and counted["pages_of"]["is_current"] else None
        yield from [f"| pages | {pages:,} |"] if pages is not None else []
        yield f"| words | {total['words']:,}, to be read in {total['minutes']:,} min |"
        yield from (f"| {kind} | {total[kind]:,} |" for kind in ("figures", "tables", "listings", "formulas"))
    yield f"| errors, warnings | {errors}, {len(found) - errors} |"
    yield from _table(found)


def _table(found: Sequence[re.Match[str]]) -> Iterator[str]:
    if found:
        yield from ("", "| where | what | |", "|---|---|---|")
    for match in sorted(found, key=lambda one: one["severity"])[:SHOWN]:
        yield f"| {shown(_place(match['where']))} | {match['severity']} {match['code']} | {shown(match['message'])} |"
    if found[SHOWN:]:
        yield from ("", f"And {len(found) - SHOWN} more: the log has them.")


def _file(path: Path) -> str:
    size = f" ({max(1, round(path.stat().st_size / 1000)):,} kB)" if path.is_file() else ""
    return f"{shown(path.name)}{size}"


def _place(where: str) -> str:
    parts = dict(part.split("=", 1) for part in where.split(",") if "=" in part)
    return ":".join(parts[key] for key in ("file", "line", "col") if key in parts)


def shown(text: str) -> str:
    """Return a literal text, on one line: GitHub's encoding is decoded, and every sign becomes a reference."""
    for code, letter in (("%0A", " "), ("%0D", " "), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, letter)
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(text.split()))


if __name__ == "__main__":
    raise SystemExit(main())
