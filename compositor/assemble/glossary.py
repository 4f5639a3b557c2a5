"""Terms in the text -> their entries in the glossary, wherever that stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from difflib import get_close_matches

from compositor.errors import warning
from compositor.markdown.book.glossary import entry_key
from compositor.model import Finding, Target, Unit


def resolve_terms(
    units: Sequence[Unit], targets: Mapping[str, Target], links: MutableMapping[str, str]
) -> Iterator[Finding]:
    """Each use of a term finds its entry in the glossary, wherever that stands."""
    entries = {entry_key(t.anchor.title): t for t in targets.values() if t.anchor.kind == "entry"}
    for unit in units:
        for reference in unit.chapter.references:
            if reference.kind != "term":
                continue
            name = reference.target.removeprefix("glossary#")
            if name in entries:
                links[reference.target] = entries[name].anchor.id
                continue
            near = get_close_matches(name, entries, 1)
            remedy = 'write an entry for it, or name one: {.term term="..."}'
            if near:
                found = entries[near[0]].anchor
                remedy = f'did you mean "{found.title}" ({found.place})?'
            message = f'the glossary has no "{name}", so that the words are no link'
            yield warning("A111", message, reference.place, remedy)


EXPLANATIONS = {
    "A111": """A term is marked in the text and the glossary has no such entry. Write the entry, or name the one
that is meant, where the text inflects it: `[quorums]{.term term="quorum"}`. Until then the words are no link.""",
}
