"""The samples -> what they ask for, held to a second record of it: requests/18.01-architecture.txt.

A value that is valid and wrong passes every parser, every model and every emulator: a failover without
`--allow-data-loss`, a time without its zone, a full copy for a clone. So each request stands a second time, as words,
in a file of the chapter, also for samples that no emulator can run. Statements of SQL that only Aurora takes stand in
requests/mysql, the values of a template in requests/cloudformation, the commands of a session in requests/console. An
exclamation mark stands before what is no call of AWS and matters all the same.

The files were taken from the listings once and read against the text; whoever changes a listing changes them by hand.
A program that wrote them anew would agree with every mistake.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

FOLDER = Path(__file__).with_name("requests")
_HEAD = re.compile(r"\[([\w-]+)\]")
_TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_RECENT = 3 * 86_400
"""Seconds: a time nearer than this to now was computed."""


def recorded(chapter: str, kind: str = "") -> dict[str, list[str]]:
    """Name of a sample -> its requests as the file of a chapter has them, one a line; `kind` is a folder."""
    path = FOLDER / kind / f"{chapter}.txt"
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        head = _HEAD.fullmatch(line)
        if head:
            name = head[1]
            found[name] = []
        elif line.strip():
            found[name].append(line)
    return found


def line_of(words: Sequence[str]) -> str:
    """A request as the file has it; a time that was computed is told by its distance from now."""
    return _TIME.sub(_told, shlex.join(words)).replace("'!' ", "! ", 1)


def faults_of(
    record: dict[str, list[str]], name: str, requests: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    """Line of the sample, and where it sends something else than its record says; `requests` have their lines."""
    if name not in record:
        yield 1, f'the file of the chapter in samples/requests has no "{name}", so nothing says what it is to send'
        return
    last, asked = 1, list(requests)
    for sent, wanted in zip_longest(asked, record[name]):
        line = sent[1] if sent else ""
        last = sent[0] if sent else last
        if line != (wanted or ""):
            yield last, (
                f"it sends `{line}`, and samples/requests has `{wanted or 'nothing more'}`" if sent
                else f"it does not send `{wanted}`, which samples/requests has"
            )  # fmt: skip
            if len(asked) != len(record[name]):
                return  # the rest has only moved


def _told(match: re.Match[str]) -> str:
    seconds = (datetime.now(UTC) - datetime.fromisoformat(match[0])).total_seconds()
    return f"now-{round(seconds / 60)}min" if abs(seconds) < _RECENT else match[0]
