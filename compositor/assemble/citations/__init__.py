"""Citations of the whole book + bibliography -> their printed text, by the rules of a CSL style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from compositor.assemble.citations import dropped, printing
from compositor.assemble.citations.dropped import dropped_fields
from compositor.assemble.citations.printing import printed_works
from compositor.errors import warning
from compositor.language import Language
from compositor.model import Bibliography, Book, Citation, Cite, Finding, Place, Unit


def cite_all(book: Book, words: Language) -> tuple[Book, tuple[Finding, ...]]:
    """Return the book with the text of its citations and its list of works, and findings."""
    bibliography = book.manuscript.bibliography
    if bibliography is None:
        return book, ()
    citations = [
        replace(citation, cites=tuple(_as_work(cite, bibliography) for cite in citation.cites))
        for unit in book.units
        for citation in unit.chapter.citations
    ]
    cites = [cite for citation in citations for cite in citation.cites]
    unknown = tuple(_unknown(cites, bibliography))
    lists = tuple(_lists(book.units))
    findings = (*unknown, *_unused(cites, bibliography), *_about_lists(book, cites, lists, bibliography))
    living = tuple(_living(citations, bibliography))
    if not bibliography.style or not living:
        return book, findings
    printed, faults = printed_works(bibliography, words, living)
    where = lists[0][0].key if lists else ""
    book = replace(book, citations=printed.citations, works=printed.works, works_unit=where)
    return book, (*findings, *dropped_fields(living, bibliography), *faults)


def _living(citations: Iterable[Citation], bibliography: Bibliography) -> Iterator[Citation]:
    """Yield the citations without works that do not exist."""
    for citation in citations:
        known = tuple(cite for cite in citation.cites if cite.key in bibliography.works)
        if known:
            yield replace(citation, cites=known)


def _as_work(cite: Cite, bibliography: Bibliography) -> Cite:
    """Return a citation by another name of a work as one of that work."""
    work = bibliography.works.get(cite.key)
    return cite if work is None or work.key == cite.key else replace(cite, key=work.key)


def _lists(units: Iterable[Unit]) -> Iterator[tuple[Unit, Place]]:
    """Yield the blocks that list the cited works."""
    for unit in units:
        for token in unit.chapter.tokens:
            if token.meta.get("works"):
                file, line = unit.chapter.line_of((token.map or [0, 0])[0] + 1)
                yield unit, Place(file, line, 1)


def _unknown(cites: Iterable[Cite], bibliography: Bibliography) -> Iterator[Finding]:
    for cite in cites:
        if cite.key not in bibliography.works:
            near = get_close_matches(cite.key, bibliography.works, 1)
            remedy = f"add it to {' or '.join(bibliography.files) or 'the bibliography'}"
            if near:
                remedy = f'did you mean "{near[0]}" ({bibliography.works[near[0]].place})?'
            message = f'the bibliography has no work "{cite.key}"; "[{cite.key}?]" is printed'
            yield warning("A121", message, cite.place, remedy, meant=(cite.key, near[0]) if near else ("", ""))


def _unused(cites: Iterable[Cite], bibliography: Bibliography) -> Iterator[Finding]:
    used = {cite.key for cite in cites}
    for key, work in bibliography.works.items():
        if key not in used and key == work.key and not work.is_source:
            remedy = f"cite it, [@{key}], or delete it; only cited works are listed"
            yield warning("A122", f'nothing cites the work "{key}"', work.place, remedy)


def _about_lists(
    book: Book, cites: list[Cite], lists: tuple[tuple[Unit, Place], ...], bibliography: Bibliography
) -> Iterator[Finding]:
    if cites and not lists:
        remedy = "write a heading, and below it ::: {#refs} and :::, where the list belongs"
        message = "works are cited, but no file lists them; the citations are not links"
        yield warning("A123", message, cites[0].place, remedy)
    for _, place in lists[1:]:
        message = "the book lists its works twice; only the first list is printed"
        yield warning("A124", message, place, f"delete this list; the other is at {lists[0][1]}")


EXPLANATIONS = {
    "A121": """A citation names a work that the bibliography does not have. It is printed as `[key?]`, so that you
cannot overlook it. Correct the key, or add the work.""",
    "A122": """The bibliography has a work that nothing cites. Only cited works are listed, so no reader will see
it.""",
    "A123": """Works are cited but not listed, so readers cannot find them. Put a heading and the block `::: {#refs}`
where you want the list, usually in the back matter. Until then citations are not links.""",
    "A124": """The works are listed in two places. Citations lead to the first list; the other stays empty.""",
    **dropped.EXPLANATIONS,
    **printing.EXPLANATIONS,
}
