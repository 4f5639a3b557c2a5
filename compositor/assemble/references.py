"""Reference + the numbered book -> where it leads, or what it names that is not there, with the nearest that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from compositor.errors import warning
from compositor.markdown.references.references import REFERENCE
from compositor.model import Finding, Reference, Target, Unit


def resolve_reference(
    reference: Reference, units: tuple[Unit, ...], targets: Mapping[str, Target], links: dict[str, str]
) -> Iterator[Finding]:
    """What is wrong with one reference; where a link to a file leads is put into `links`."""
    if reference.kind == "term":
        return
    if reference.kind == "label":
        if reference.target not in targets:
            yield _unknown_label(reference, targets)
        return
    path, _, fragment = reference.target.partition("#")
    unit = next((unit for unit in units if unit.chapter.source.path == path), None)
    if unit is None:
        yield _unknown_file(reference, path, units)
        return
    anchor = _fragment(unit, fragment)
    if anchor is None:
        yield _unknown_fragment(reference, unit, fragment)
    else:
        links[reference.target] = anchor


def _fragment(unit: Unit, fragment: str) -> str | None:
    if not fragment:
        return unit.anchor
    anchors = unit.chapter.anchors
    by_id = next((anchor.id for anchor in anchors if anchor.id == fragment), None)
    return by_id or next((anchor.id for anchor in anchors if fragment.lower() in anchor.aliases), None)


def _unknown_label(reference: Reference, targets: Mapping[str, Target]) -> Finding:
    near = get_close_matches(reference.target, [name for name in targets if REFERENCE.fullmatch(f"@{name}")], 1)
    remedy = f"give it to the thing you mean: {{#{reference.target}}}"
    if near:
        remedy = f'did you mean "{near[0]}" ({targets[near[0]].anchor.place})?'
    message = f'nothing in the book is called "{reference.target}", so that "[{reference.target}?]" is printed'
    return warning("A101", message, reference.place, remedy)


def _unknown_file(reference: Reference, path: str, units: tuple[Unit, ...]) -> Finding:
    near = get_close_matches(path, [unit.chapter.source.path for unit in units], 1)
    remedy = f'did you mean "{near[0]}"?' if near else "link to a file that is part of the book"
    message = f'the book has no file "{path}", so that the words are no link'
    return warning("A102", message, reference.place, remedy)


def _unknown_fragment(reference: Reference, unit: Unit, fragment: str) -> Finding:
    anchors = unit.chapter.anchors
    known = [name for anchor in anchors for name in (anchor.id, *anchor.aliases)]
    near = get_close_matches(fragment, known, 1)
    remedy = f'did you mean "#{near[0]}"?' if near else "give the heading an id: {#" + fragment + "}"
    path = unit.chapter.source.path
    message = f'"{path}" has nothing called "#{fragment}", so that the words are no link'
    return warning("A103", message, reference.place, remedy)


EXPLANATIONS = {
    "A101": """A reference such as `@fig-pipeline` names something that the book does not have. It is
printed as `[fig-pipeline?]`, so that nobody overlooks it. Correct the label, or give it to the figure, table, listing
or heading.""",
    "A102": """A link goes to a file that is not part of the book: it is misspelt, or not in the order, or a draft
that is left out. The link would be dead in every output, so its words are printed without it.""",
    "A103": """A link goes to a file of the book and to a fragment that the file does not have. Headings are found by
their id and by the fragment that GitHub gives them. The words are printed without a link.""",
}
