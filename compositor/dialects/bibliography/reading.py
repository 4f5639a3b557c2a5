"""A file of BibTeX -> its works, their other names, and findings; each kind of unknown thing is reported once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from compositor.dialects.bibliography.bibtex import Entry, read_entries
from compositor.dialects.bibliography.entries import to_work
from compositor.dialects.bibliography.inheritance import with_inherited
from compositor.dialects.bibliography.vocabulary import TYPES
from compositor.errors import warning
from compositor.language import Language
from compositor.model import Finding, Place, Work

SHOWN = 3
"""How many keys a message names."""
Found = tuple[list[Work], list[tuple[str, str, Place]], list[Finding]]
"""Works; their other names, each with the key of its work; findings."""


def read_bibtex(text: str, path: str, words: Language) -> Found:
    """Return the works that a file lists, and its faults."""
    entries, findings = read_entries(text, path)
    known, faults = with_inherited(entries)
    works, others = [], []
    named = [one.said(name) for one in entries for name in ("crossref", "xref")]
    sources = {key.strip().lower() for keys in named for key in keys.split(",")}
    commands: dict[str, list[Entry]] = defaultdict(list)
    for entry in known:
        work, unknown = to_work(entry, words)
        works.append(replace(work, is_source=entry.key.lower() in sources))
        others += [(one.strip(), entry.key, entry.place) for one in entry.said("ids").split(",") if one.strip()]
        for command in sorted(unknown):
            commands[command].append(entry)
    return works, others, [*findings, *faults, *_kinds(known), *_commands(commands)]


def _kinds(entries: Iterable[Entry]) -> Iterable[Finding]:
    """Return the unknown types, each once."""
    unknown: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind not in TYPES and not entry.kind.startswith("custom"):
            unknown[entry.kind].append(entry)
    for kind, found in unknown.items():
        message = f"there is no type @{kind}, and {_named(found)} printed as @misc"
        remedy = "use a type of biblatex, such as @online or @report"
        yield warning("S026", message, found[0].place, remedy)


def _commands(commands: dict[str, list[Entry]]) -> Iterable[Finding]:
    for command, found in commands.items():
        where = ", ".join(dict.fromkeys(entry.key for entry in found[:SHOWN])) + (" …" if len(found) > SHOWN else "")
        if command == "…":
            message = f"the TeX in a field cannot be read; the field is printed without its commands: {where}"
        else:
            message = f"unknown TeX command \\{command}; its argument is printed as it is: {where}"
        yield warning("S027", message, found[0].place, "write the characters themselves, in UTF-8")


def _named(entries: list[Entry]) -> str:
    keys = ", ".join(f'"{entry.key}"' for entry in entries[:SHOWN]) + (" …" if len(entries) > SHOWN else "")
    return f"{keys} is" if len(entries) == 1 else f"{len(entries)} works are ({keys})"
