"""Citations -> the printed text of them and of their works, even if citeproc fails on a style or a work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from compositor.assemble.citations.formatter import Formatter
from compositor.assemble.citations.in_text import cited
from compositor.assemble.citations.list import listed
from compositor.cache import canonical, remembered
from compositor.errors import warning
from compositor.language import Language
from compositor.model import Bibliography, Citation, Cite, Cited, Finding, ListedWork, Place, Work

FEW = ("title", "author", "editor", "issued", "URL")
"""The fields that are kept of a work that cannot be printed with all of them."""


Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """Each citation by its id, and the list of works."""

    citations: Mapping[str, Cited]
    works: tuple[ListedWork, ...]


def printed_works(
    bibliography: Bibliography, words: Language, citations: Sequence[Citation]
) -> tuple[Printed, tuple[Finding, ...]]:
    """Return what the book's style prints; ours if that fails, and reduced data for works on which both fail."""
    ours = replace(bibliography, style=bibliography.fallback or bibliography.style)
    failed = ""
    for attempt in (bibliography, ours):
        try:
            return _printed(attempt, words, citations), _about_style(bibliography, failed)
        except Exception as wrong:  # citeproc raises anything when its code meets an unexpected style or work
            failed = type(wrong).__name__
    works, findings = _reduced(ours, words, citations)
    try:
        return _printed(replace(bibliography, works=works), words, citations), findings
    except Exception:  # as above
        return _printed(replace(ours, works=works), words, citations), (*_about_style(bibliography, failed), *findings)


def _printed(bibliography: Bibliography, words: Language, citations: Sequence[Citation]) -> Printed:
    """Return citeproc's output, or that of an earlier build with the same input, in which places do not count."""

    def made() -> tuple[list[Pieces], list[tuple[str, ...]]]:
        formatter = Formatter(bibliography, words, [cite.key for one in citations for cite in one.cites])
        found = [tuple(cited(one.cites, one.in_text, formatter)) for one in citations]
        return found, [(one.key, one.anchor, one.mark, one.text) for one in listed(formatter)]

    try:
        said = canonical(([_unplaced(one) for one in citations], bibliography.style, words))
        works = canonical([(key, work.key, work.fields) for key, work in bibliography.works.items()])
        pieces, works_listed = remembered(made, "citations", said, works)
    except TypeError:  # a field that is not a plain value
        pieces, works_listed = made()
    by_id = {one.id: Cited(printed) for one, printed in zip(citations, pieces, strict=True)}
    return Printed(by_id, tuple(ListedWork(*one) for one in works_listed))


def _unplaced(citation: Citation) -> tuple[object, ...]:
    cites = [replace(cite, place=Place("")) for cite in citation.cites]
    return cites, citation.in_text


def _about_style(bibliography: Bibliography, failed: str) -> tuple[Finding, ...]:
    if not failed:
        return ()
    message = f'citeproc fails on this style ({failed}); the book uses "ieee" instead'
    remedy = "take a style from https://github.com/citation-style-language/styles, or another version of this style"
    return (warning("A126", message, Place(bibliography.style_name), remedy),)


def _reduced(
    bibliography: Bibliography, words: Language, citations: Sequence[Citation]
) -> tuple[Mapping[str, Work], tuple[Finding, ...]]:
    """Return the works, with those on which citeproc fails reduced to what it can print, and findings for these."""
    works, findings = dict(bibliography.works), []
    for key in dict.fromkeys(cite.key for one in citations for cite in one.cites):
        if _fails(bibliography, words, key):
            work = works[key]
            kept = {name: work.fields[name] for name in FEW if name in work.fields}
            works[key] = replace(work, fields={"id": key, "type": "document", **kept})
            if _fails(replace(bibliography, works=works), words, key):
                works[key] = replace(work, fields={"id": key, "type": "document", "title": str(kept.get("title", key))})
            message = f'citeproc fails on the work "{key}"; only its title, names and date are printed'
            findings.append(warning("A127", message, work.place, "check its numbers, dates and names"))
    return works, tuple(findings)


def _fails(bibliography: Bibliography, words: Language, key: str) -> bool:
    """Return whether a work cannot be printed even alone."""
    try:
        _printed(bibliography, words, (Citation("one", (Cite(key, Place("")),)),))
    except Exception:  # as above
        return True
    return False


EXPLANATIONS = {
    "A126": """The citation style is CSL, but the program that applies it fails. The book uses the built-in style ieee
instead, so that all cited works are listed. Use another style.""",
    "A127": """The program that applies the citation style fails on one work, because of something unusual in its
fields. Only the title, names and date of this work are printed.""",
}
