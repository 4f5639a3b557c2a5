"""`[import:"marker", title:"a.js"](a.js)` of GitBook's plugin include-codeblock -> the code of a file, or a part of it.

Source: https://github.com/azu/gitbook-plugin-include-codeblock.
"""

from __future__ import annotations

import re
from textwrap import dedent

IMPORT = re.compile(r"\[import(?P<words>[:, \t][^\]\n]*|)\]\((?P<path>[^()\s]+)\)[ \t]*\Z")
_LINES = re.compile(r":\s*(?P<first>\d+)?-(?P<last>\d+)?")
_OPTION = re.compile(r"\b(?P<key>title|marker|unindent|lang)\s*[:=]\s*(?:\"(?P<double>[^\"]*)\"|(?P<bare>[^\s,\"]+))")
_MARKER = re.compile(r":\s*\"(?P<name>[^\"]+)\"")
_MARK = re.compile(r"\s*(?://|#|--|;|%|<!--|/\*)[!\s]*\[(?P<name>[^\]]+)\]\s*(?:-->|\*/)?\s*\Z")
"""A comment at the beginning or end of a part of a file, `//! [name]`."""


def options(words: str) -> dict[str, str]:
    """Return the options after the word `import`: `title`, `marker`, `unindent`, `lang`."""
    found = {match["key"]: match["double"] or match["bare"] or "" for match in _OPTION.finditer(words)}
    marker = _MARKER.match(words)
    return {**found, "marker": marker["name"]} if marker else found


def chosen(text: str, words: str) -> str:
    """Return the chosen lines, without the comments that mark parts; all of them if the part does not exist."""
    lines, said = text.split("\n"), options(words)
    marks = [number for number, line in enumerate(lines) if _names(line, said.get("marker", ""))]
    if numbers := _LINES.match(words):
        lines = lines[int(numbers["first"] or 1) - 1 : int(numbers["last"]) if numbers["last"] else None]
    elif len(marks) > 1:
        lines = lines[marks[0] + 1 : marks[1]]
    kept = "\n".join(line for line in lines if said.get("marker") is None or not _MARK.match(line))
    return dedent(kept) if said.get("unindent") == "true" else kept


def _names(line: str, name: str) -> bool:
    match = _MARK.match(line) if name else None
    return match is not None and match["name"] == name
