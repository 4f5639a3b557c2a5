"""Terms in the text -> their entries in the glossary, wherever it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from compositor.errors import warning
from compositor.markdown.book.glossary import entry_key
from compositor.model import Finding, Reference, Target, Unit

SHOWN = 3
"""Words that a finding names."""


def resolve_terms(
    units: Sequence[Unit], targets: Mapping[str, Target], links: MutableMapping[str, str], is_guest: bool = False
) -> Iterator[Finding]:
    """Find the entry of each use of a term, wherever the glossary is; report the others.

    `is_guest`: in a book that was written for another tool, all of them are reported together.
    """
    entries = {entry_key(t.anchor.title): t for t in targets.values() if t.anchor.kind == "entry"}
    unknown: list[Reference] = []
    for reference in (one for unit in units for one in unit.chapter.references if one.kind == "term"):
        name = _name(reference)
        if name in entries:
            links[reference.target] = entries[name].anchor.id
        else:
            unknown.append(reference)
    yield from _told_at_once(unknown) if is_guest else (_told(one, entries) for one in unknown)


def _name(reference: Reference) -> str:
    return reference.target.removeprefix("glossary#")


def _told(reference: Reference, entries: Mapping[str, Target]) -> Finding:
    near = get_close_matches(_name(reference), entries, 1)
    remedy = 'write an entry for it, or name an entry: {.term term="..."}'
    if near:
        found = entries[near[0]].anchor
        remedy = f'did you mean "{found.title}" ({found.place})?'
    message = f'the glossary has no "{_name(reference)}"; the words are printed without a link'
    return warning("A111", message, reference.place, remedy)


def _told_at_once(unknown: Sequence[Reference]) -> Iterator[Finding]:
    """Yield at most one finding, with the first of the words."""
    if unknown:
        names = list(dict.fromkeys(f'"{_name(one)}"' for one in unknown))
        some = ", ".join(names[:SHOWN]) + (", …" if names[SHOWN:] else "")
        message = f"no glossary of the book has {some}; the words are printed without a link"
        remedy = "write an entry for it into a {glossary}"
        yield replace(warning("A111", message, unknown[0].place, remedy), count=len(unknown))


EXPLANATIONS = {
    "A111": """A term is marked in the text, but the glossary has no such entry. Write the entry. If the text inflects
a term, name its entry: `[quorums]{.term term="quorum"}`. Until then the words are printed without a link.""",
}
