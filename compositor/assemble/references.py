"""Reference + the numbered book -> its target, or a finding about the missing one, with the most similar name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from compositor.assemble.guest_links import GuestFiles, Lost, labels_of, place_in, places_of
from compositor.errors import warning
from compositor.markdown.references.references import REFERENCE
from compositor.model import Finding, Manuscript, Reference, Target, Unit

ONE_DOCUMENT = "bookdown"
"""The extension of texts that are one document for their tool."""
GUESSES = 100
"""How often a missing name is compared with all names; if more are wrong, suggestions help nobody."""


def resolve_references(
    units: tuple[Unit, ...], targets: Mapping[str, Target], links: dict[str, str], guest: Manuscript | None = None
) -> Iterator[Finding]:
    """Yield findings about the references of a book; the targets of links to files are put into `links`.

    `guest` is the manuscript of a book that was written for another tool.
    """
    if guest is not None:
        yield from _of_guest(units, guest, links)
        return
    files = {unit.chapter.source.path: unit for unit in reversed(units)}
    places = {path: _fragments(unit) for path, unit in files.items()}
    guesses = iter(range(GUESSES))
    for unit in units:
        for reference in unit.chapter.references:
            path, _, fragment = reference.target.partition("#")
            if reference.kind == "label" and reference.target not in targets:
                yield _unknown_label(reference, targets if next(guesses, None) is not None else {})
            elif reference.kind == "link" and path not in files:
                yield _unknown_file(reference, path, list(files) if next(guesses, None) is not None else [])
            elif reference.kind == "link":
                anchor = _found(places[path], fragment)
                if anchor is None:
                    known = places[path] if next(guesses, None) is not None else {}
                    yield _unknown_fragment(reference, files[path], fragment, known)
                else:
                    links[reference.target] = anchor


def _of_guest(units: tuple[Unit, ...], guest: Manuscript, links: dict[str, str]) -> Iterator[Finding]:
    """Yield the same for a book of another tool, whose links mean its pages."""
    units_by_path = {unit.chapter.source.path: unit for unit in reversed(units)}
    texts = {path: unit.chapter.source.text for path, unit in units_by_path.items()}
    first = next((unit.chapter.source.path for unit in units if "#" not in unit.chapter.source.path), "")
    files, lost = GuestFiles(texts, guest.sources, first=first), Lost()
    places = {path: places_of(_fragments(unit)) for path, unit in units_by_path.items()}
    labels = labels_of(units, headings=ONE_DOCUMENT in guest.extensions)
    for unit in units:
        for reference in (one for one in unit.chapter.references if one.kind == "link"):
            path, _, fragment = reference.target.partition("#")
            file = files.meant(path, unit.chapter.source.path)
            anchor = place_in(places[file], fragment) if file else None
            if not file:
                named = labels.get(_label(path, unit.chapter.source.path)) if not fragment else None
                lost.files += [] if named else [reference]
                links |= {reference.target: named} if named else {}
                continue
            if anchor is None and file == unit.chapter.source.path:
                anchor = labels.get(fragment)
            if anchor is None:
                lost.places.append(reference)
            links[reference.target] = anchor or units_by_path[file].anchor
    yield from lost.told()


def _label(path: str, by: str) -> str:
    """Return the name of a place in a link, if it may be one: without folder and ending."""
    folder, name = posixpath.split(path)
    return name if folder == posixpath.dirname(by) and "." not in name else path


def _fragments(unit: Unit) -> Mapping[str, str]:
    """Return every id and every other name of a file's places, with the id that it means; ids come first."""
    anchors = unit.chapter.anchors
    names = {name: anchor.id for anchor in reversed(anchors) for name in reversed(anchor.aliases[1:])}
    names |= {anchor.aliases[0]: anchor.id for anchor in reversed(anchors) if anchor.aliases}
    return names | {anchor.id: anchor.id for anchor in anchors} | {"": unit.anchor}


def _found(places: Mapping[str, str], fragment: str) -> str | None:
    return places.get(fragment) or places.get(fragment.lower())


def _unknown_label(reference: Reference, targets: Mapping[str, Target]) -> Finding:
    near = get_close_matches(reference.target, [name for name in targets if REFERENCE.fullmatch(f"@{name}")], 1)
    remedy = f"give this id to the thing you mean: {{#{reference.target}}}"
    if near:
        remedy = f'did you mean "{near[0]}" ({targets[near[0]].anchor.place})?'
    message = f'nothing in the book is called "{reference.target}"; "[{reference.target}?]" is printed'
    return warning("A101", message, reference.place, remedy, meant=(reference.target, near[0]) if near else ("", ""))


def _unknown_file(reference: Reference, path: str, files: Sequence[str]) -> Finding:
    near = get_close_matches(path, files, 1)
    remedy = f'did you mean "{near[0]}"?' if near else "link to a file of the book, or remove the link"
    message = f'the book has no file "{path}"; the words are printed without a link'
    folder = posixpath.dirname(reference.place.file) or "."
    meant = (posixpath.relpath(path, folder), posixpath.relpath(near[0], folder)) if near else ("", "")
    return warning("A102", message, reference.place, remedy, meant=meant)


def _unknown_fragment(reference: Reference, unit: Unit, fragment: str, known: Iterable[str]) -> Finding:
    near = get_close_matches(fragment, [name for name in known if name], 1)
    remedy = f'did you mean "#{near[0]}"?' if near else f"give the right heading an id: {{#{fragment}}}"
    if (listing := next((one for one in unit.chapter.findings if one.code == "L157"), None)) is not None:
        remedy = f"close the listing that begins at {listing.place}: the heading may be inside it"
    path = unit.chapter.source.path
    message = f'"{path}" has nothing called "#{fragment}"; the words are printed without a link'
    meant = (f"#{fragment}", f"#{near[0]}") if near else ("", "")
    return warning("A103", message, reference.place, remedy, meant=meant)


EXPLANATIONS = {
    "A101": """A reference such as `@fig-pipeline` names something that the book does not have. It is printed as
`[fig-pipeline?]`, so that you cannot overlook it. Correct the label, or give it to the figure, table, listing or
heading that you mean.""",
    "A102": """A link goes to a file that is not part of the book: it is misspelt, missing from the order, or a draft
that is left out. The link would be dead in every output, so its words are printed without it.""",
    "A103": """A link goes to a file of the book, but the file has no such fragment. Headings are found by their id and
by the fragment that GitHub gives them. The words are printed without a link; in a book of another tool, the link leads
to the beginning of the file.""",
}
