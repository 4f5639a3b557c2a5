"""Citations of the whole book + bibliography -> what is printed of them, by the rules of a CSL style.

Formatted by citeproc-py. What it lacks is added here: the author's name left out (`[-@key]`) or in the sentence
(`@key`), letters behind the year where two works would be cited alike, and which words belong to which work.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from html import escape
from io import BytesIO
from string import ascii_lowercase
from typing import Any

from lxml import etree

from compositor.errors import error, warning
from compositor.language import Language
from compositor.markdown.typography import keep_together
from compositor.model import Bibliography, Book, Cite, Cited, Finding, ListedWork, Place, Unit, Work
from compositor.works import AUTHOR, ROMAN, SEEN, YEAR, anonymous, clean, family, lettered, year_of

LOCALES = {"en": "en-US", "de": "de-DE", "de-AT": "de-AT", "de-CH": "de-CH", "en-GB": "en-GB"}
CSL = "{http://purl.org/net/xbiblio/csl}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ROMAN = re.compile(r"\b[ivxlcdm]+\b", re.IGNORECASE)
_MARK = re.compile(r"\s*(\[?\d+\]?[.)]?)\s*")
SHORT = 40
"""Letters of an address that fits on a line."""
_HOST = re.compile(r"https?://[^/]*/?")
_ADDRESS = re.compile(r"https?://(?:[^\s<>])*[^\s<>.,;:)\]]")
_JOINT = re.compile(r"(?<=\w)(?=[._]\w)")
_RUN = re.compile(r"[^/._&;<>-]{30}(?=[^/._&;<>-]{8})")


def cite_all(book: Book, words: Language) -> tuple[Book, tuple[Finding, ...]]:
    """The book with what its citations and its list of works print, and what is wrong with them."""
    bibliography = book.manuscript.bibliography
    if bibliography is None:
        return book, ()
    cites = [cite for unit in book.units for citation in unit.chapter.citations for cite in citation.cites]
    unknown = tuple(_unknown(cites, bibliography))
    lists = tuple(_lists(book.units))
    findings = (*unknown, *_unused(cites, bibliography), *_about_lists(book, cites, lists, bibliography))
    if unknown or not bibliography.style or not cites:
        return book, findings
    press = _Press(bibliography, words, [cite.key for cite in cites])
    citations = {
        citation.id: Cited(tuple(press.cited(citation.cites, citation.in_text)))
        for unit in book.units
        for citation in unit.chapter.citations
    }
    where = lists[0][0].key if lists else ""
    return replace(book, citations=citations, works=tuple(press.listed()), works_unit=where), findings


def _lists(units: Iterable[Unit]) -> Iterator[tuple[Unit, Place]]:
    """The blocks that list what is cited."""
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
            yield error("A121", f'the bibliography has no work "{cite.key}"', cite.place, remedy)


def _unused(cites: Iterable[Cite], bibliography: Bibliography) -> Iterator[Finding]:
    used = {cite.key for cite in cites}
    for key, work in bibliography.works.items():
        if key not in used:
            remedy = f"cite it, [@{key}], or take it out; only what is cited is listed"
            yield warning("A122", f'nothing cites the work "{key}"', work.place, remedy)


def _about_lists(
    book: Book, cites: list[Cite], lists: tuple[tuple[Unit, Place], ...], bibliography: Bibliography
) -> Iterator[Finding]:
    if cites and not lists:
        remedy = "write a heading and below it ::: {#refs} and ::: where they are to stand"
        yield error("A123", "works are cited, and no place lists them", cites[0].place, remedy)
    for _, place in lists[1:]:
        yield error("A124", "the works are listed twice", place, f"the other list stands at {lists[0][1]}")


@dataclass(frozen=True, slots=True)
class _Affixes:
    """What a style writes round and between the works of one citation."""

    before: str
    between: str
    after: str


class _Press:
    """citeproc with one style, one language, and the works that one book cites, in the order of their first use."""

    def __init__(self, bibliography: Bibliography, words: Language, keys: Iterable[str]) -> None:
        self.words = words
        self.works = {key: bibliography.works[key] for key in dict.fromkeys(keys)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._style = _style(bibliography.style, words)
            self._layout = self._style.root.citation.layout
            self._names = {key: f"work{number}" for number, key in enumerate(self.works)}
            self._sets: dict[tuple[str, bool, bool], Any] = {}
            self._order = self._sorted()
            self._letters = self._told_apart()

    def _sorted(self) -> list[str]:
        back = {name: key for key, name in self._names.items()}
        made = self._set(self.works, self.works)
        made.sort()
        return [back[name] for name in made.keys]

    def _set(self, works: Mapping[str, Work], order: Iterable[str]) -> Any:
        """A bibliography of citeproc over these works, in this order."""
        from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON([clean({**work.fields, "id": self._names[key]}) for key, work in works.items()])
        made = CitationStylesBibliography(self._style, source, formatter.html)
        made.register(Citation([CitationItem(self._names[key]) for key in order]))
        return made

    def _for(self, cite: Cite, has_letters: bool) -> Any:
        """The work that is cited, alone: with its letter behind the year, or without its author."""
        key = cite.key, cite.without_author, has_letters
        if key not in self._sets:
            work = lettered(self.works[cite.key], has_letters and cite.key in self._letters)
            work = anonymous(work) if cite.without_author else work
            self._sets[key] = self._set({cite.key: work}, ())
            self._sets[key].keys = [self._names[name] for name in self._order]
        return self._sets[key]

    def _told_apart(self) -> dict[str, str]:
        """The letter behind the year of each work that would be cited like another; none where numbers are cited."""
        shown = {key: self._one(Cite(key, Place("")), {}) for key in self._order}
        count: Counter[str] = Counter(shown.values())
        letters: dict[str, str] = {}
        for key in self._order:
            alike = [other for other in self._order if shown[other] == shown[key]]
            if count[shown[key]] > 1 and year_of(self.works[key]) is not None:
                letters[key] = ascii_lowercase[alike.index(key) % 26]
        return letters

    def _one(self, cite: Cite, letters: Mapping[str, str]) -> str:
        """One work in a citation, without what stands round the whole."""
        from citeproc import Citation, CitationItem, Locator

        made = self._for(cite, bool(letters))
        label, said = cite.locator or ("", "")
        romans = _ROMAN.findall(said)
        for number, roman in enumerate(romans):
            said = said.replace(roman, str(ROMAN + number), 1)
        locator = {"locator": Locator(label, said)} if label else {}
        citation = Citation([CitationItem(self._names[cite.key], **locator)])
        citation.bibliography = made
        text = str(made.cite(citation, lambda item: ""))
        affixes = self._affixes()
        text = text.removeprefix(affixes.before).removesuffix(affixes.after)
        text = re.sub(rf"{AUTHOR}[,.]?\s*", "", text)
        for number, roman in enumerate(romans):
            text = text.replace(str(ROMAN + number), roman)
        return self._with_letter(text or escape(self._title(cite.key), quote=False), cite.key, letters)

    def _with_letter(self, text: str, key: str, letters: Mapping[str, str]) -> str:
        year = year_of(self.works[key])
        return text.replace(str(YEAR + (year or 0)), f"{year}{letters.get(key, '')}")

    def _affixes(self) -> _Affixes:
        layout = self._layout
        return _Affixes(*(escape(layout.get(name, ""), quote=False) for name in ("prefix", "delimiter", "suffix")))

    def cited(self, cites: tuple[Cite, ...], in_text: bool) -> Iterator[tuple[str, str]]:
        """The pieces of a citation, each with the key of the work that it leads to."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            affixes = self._affixes()
            if in_text:
                yield escape(self._author(cites[0].key), quote=False), ""
                yield "\u00a0" if affixes.before == "[" else " ", ""
                cites = tuple(replace(cite, without_author=True) for cite in cites)
            yield affixes.before, ""
            for number, cite in enumerate(cites):
                if number:
                    yield affixes.between, ""
                yield escape(cite.prefix, quote=False), ""
                yield self._set_up(self._one(cite, self._letters)).translate(SEEN), cite.key
                yield escape(cite.suffix, quote=False), ""
            yield affixes.after, ""

    def _set_up(self, text: str) -> str:
        """citeproc's HTML in our words, with the spaces that hold: a page and its number stay together."""
        return keep_together(_plain(text), self.words)

    def _author(self, key: str) -> str:
        """The names as a sentence has them: one, two, or the first and others; without names the title."""
        fields = self.works[key].fields
        people = fields.get("author") or fields.get("editor") or []
        names = tuple(one.get("literal") or family(one) for one in people)
        if not names:
            return self._title(key)
        return self.words.join(names) if len(names) < 3 else f"{names[0]} {self.words.et_al}".replace(". a", ".\u00a0a")

    def _title(self, key: str) -> str:
        """What stands for a work of which the style finds nothing to print."""
        return self.words.quoted(self.works[key].fields["title"])

    def listed(self) -> Iterator[ListedWork]:
        """The list of works."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            works = {key: lettered(work, key in self._letters) for key, work in self.works.items()}
            made = self._set(works, self._order)
            marked = self._style.root.bibliography.get("second-field-align") is not None
            for key, text in zip(self._order, made.bibliography(), strict=True):
                whole = self._set_up(self._with_letter(str(text), key, self._letters))
                mark = _MARK.match(whole) if marked else None
                rest = whole[mark.end() :] if mark else whole
                yield ListedWork(
                    key, anchor_of(key, self.works), mark[1] if mark else "", _linked(rest).translate(SEEN)
                )


def anchor_of(key: str, works: Mapping[str, Work]) -> str:
    """The id of a work's entry, valid in XML and the same in every edition."""
    name = re.sub(r"[^\w.-]", "-", key)
    alike = [other for other in works if re.sub(r"[^\w.-]", "-", other).lower() == name.lower()]
    return f"ref-{name}" if len(alike) == 1 else f"ref-{name}-{sorted(alike).index(key) + 1}"


def _style(text: str, words: Language) -> Any:
    from citeproc import CitationStylesStyle

    language = words.tag.split("-")[0]
    locale = LOCALES.get(words.hyphenation) or LOCALES.get(language, "en-US")
    return CitationStylesStyle(BytesIO(_with_terms(text, language, words)), locale=locale, validate=False)


def _with_terms(text: str, language: str, words: Language) -> bytes:
    """The style with our words where those of CSL's table would not be understood; the style's own come first."""
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    locale = next((one for one in root.iterfind(f"{CSL}locale") if one.get(XML_LANG) == language), None)
    if locale is None:
        locale = etree.SubElement(root, f"{CSL}locale", {XML_LANG: language})
    terms = locale.find(f"{CSL}terms")
    terms = etree.SubElement(locale, f"{CSL}terms") if terms is None else terms
    known = {term.get("name") for term in terms}
    for name, forms in words.locator_terms.items():
        for form, (one, several) in zip(("long", "short"), forms, strict=True) if name not in known else ():
            term = etree.SubElement(terms, f"{CSL}term", {"name": name, "form": form})
            etree.SubElement(term, f"{CSL}single").text = one
            etree.SubElement(term, f"{CSL}multiple").text = several
    return etree.tostring(root)


def _plain(text: str) -> str:
    """citeproc's HTML in our words: emphasis is emphasis, small capitals have a class."""
    text = re.sub(r"<(/?)i>", r"<\1em>", text)
    text = re.sub(r"<(/?)b>", r"<\1strong>", text)
    text = text.replace('<span style="font-variant:small-caps;">', '<span class="smallcaps">')
    return re.sub(r"</?[lu]>", "", text)


def _linked(text: str) -> str:
    """Addresses become links."""
    return _ADDRESS.sub(lambda match: f'<a class="external" href="{match[0]}">{_breakable(match[0])}</a>', text)


def _breakable(address: str) -> str:
    """An address that may break behind its host, before the dots of its path, and in what has no joint for long."""
    host = _HOST.match(address)
    start = host.end() if host else 0
    whole = f'<span class="host">{address[:start]}</span>' if len(address) > SHORT else address[:start]
    return whole + _RUN.sub(r"\g<0><wbr/>", _JOINT.sub("<wbr/>", address[start:]))


EXPLANATIONS = {
    "A121": """A citation names a work that the bibliography does not have. Correct the key, or add the work.""",
    "A122": """The bibliography has a work that nothing cites. Only what is cited is listed, so no reader will see
it.""",
    "A123": """Works are cited and listed nowhere, so that no reader could find them. Put a heading and the block
`::: {#refs}` where the list is to stand, as a rule in the back matter.""",
    "A124": """The works are listed in two places. Citations lead to one list.""",
}
