"""Works that a book cites -> their fields that no style prints, one finding for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from compositor.assemble.citations.citeproc import known_fields
from compositor.errors import warning
from compositor.model import Bibliography, Citation, Finding, Place, Work

SHOWN = 3
"""How many works a message names."""


def dropped_fields(citations: Iterable[Citation], bibliography: Bibliography) -> Iterator[Finding]:
    """Yield findings for data of cited works that is not printed, because no style can ask for it."""
    found: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    known = known_fields()
    for key in dict.fromkeys(cite.key for citation in citations for cite in citation.cites):
        for name, place in _dropped(bibliography.works[key], known):
            found[name].append((key, place))
    for name, works in found.items():
        several = "one work" if len(works) == 1 else f"{len(works)} works"
        keys = ", ".join(key for key, _ in works[:SHOWN]) + (" …" if len(works) > SHOWN else "")
        message = f"the field `{name}` of {several} is not printed: {keys}"
        remedy = "move what readers need to a printed field, such as publisher; the manual lists the fields"
        yield warning("A125", message, works[0][1], remedy)


def _dropped(work: Work, known: frozenset[str]) -> Iterator[tuple[str, Place]]:
    yield from work.dropped
    for name, value in work.fields.items():
        if value and name not in known and name.replace("_", "-") not in known:
            yield name, work.place


EXPLANATIONS = {
    "A125": """Works have a field that no citation style prints, because CSL has no name for it. Fields that a list of
works never needs, such as abstract, keywords and file, are ignored without a warning. The manual says which fields are
used.""",
}
