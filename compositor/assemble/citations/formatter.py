"""Works and citations of a book -> the text that a CSL style gives for each, by citeproc-py.

This adds what citeproc lacks: leaving out the author's name (`[-@key]`), and letters after the year if two works would
be cited alike.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from string import ascii_lowercase
from typing import Any

from compositor.assemble.citations.citeproc import AGAIN, AUTHOR, OTHERS, ROMAN, YEAR, anonymous, clean, lettered
from compositor.assemble.citations.style import load_style
from compositor.assemble.citations.works import title_of, year_of
from compositor.language import Language
from compositor.language.typography import keep_together
from compositor.model import Bibliography, Cite, Place, Work

_HYPHENED = ("number-of-volumes", "number-of-pages", "chapter-number", "collection-number", "container-author")
UNSPELT = {name: name.replace("-", "_") for name in (*_HYPHENED, "collection-editor", "editorial-director")}
"""Numbers and names whose CSL names citeproc does not convert to Python's spelling."""
TWICE = "\ue013"
"""Precedes the year at the end of a range that began in it."""
_END = re.compile(rf"{str(AGAIN)[:6]}(\d{{6}})")
_SAME = re.compile(rf"(?<![\w.])((?:[^\W\d]+\.? )?)(\d+[a-z]?)–\1{TWICE}\2\b")
_ROMAN = re.compile(r"\b[ivxlcdm]+\b", re.IGNORECASE)


@contextmanager
def quiet() -> Iterator[None]:
    """Silence citeproc's warnings, which are for authors of styles."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@dataclass(frozen=True, slots=True)
class Affixes:
    """What a style puts around and between the works of one citation."""

    before: str
    between: str
    after: str


class Formatter:
    """citeproc with one style, one language, and the works that one book cites, in the order of their first use."""

    def __init__(self, bibliography: Bibliography, words: Language, keys: Iterable[str]) -> None:
        self.words = words
        self.works = {key: bibliography.works[key] for key in dict.fromkeys(keys)}
        with quiet():
            self._style = load_style(bibliography.style, words)
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
        """Return a citeproc bibliography of these works, in this order."""
        from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON([clean({**work.fields, "id": self._names[key]}) for key, work in works.items()])
        for reference in source.values():
            reference.update({name: reference[own] for name, own in UNSPELT.items() if own in reference})
        made = CitationStylesBibliography(self._style, source, formatter.html)
        made.register(Citation([CitationItem(self._names[key]) for key in order]))
        return made

    def _for(self, cite: Cite, has_letters: bool) -> Any:
        """Return only the cited work: with its letter after the year, or without its author."""
        key = cite.key, cite.without_author, has_letters
        if key not in self._sets:
            work = lettered(self.works[cite.key], has_letters and cite.key in self._letters)
            work = anonymous(work) if cite.without_author else work
            self._sets[key] = self._set({cite.key: work}, ())
            self._sets[key].keys = [self._names[name] for name in self._order]
        return self._sets[key]

    def _told_apart(self) -> dict[str, str]:
        """Return the letter after the year of each work that would be cited like another; none if numbers are cited."""
        shown = {key: self._one(Cite(key, Place("")), {}) for key in self._order}
        count: Counter[str] = Counter(shown.values())
        letters: dict[str, str] = {}
        for key in self._order:
            alike = [other for other in self._order if shown[other] == shown[key]]
            if count[shown[key]] > 1 and year_of(self.works[key]) is not None:
                letters[key] = ascii_lowercase[alike.index(key) % 26]
        return letters

    def _one(self, cite: Cite, letters: Mapping[str, str]) -> str:
        """Return one work in a citation, without the affixes of the whole, as citeproc's HTML."""
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
        affixes = self.affixes()
        text = text.removeprefix(affixes.before).removesuffix(affixes.after)
        text = re.sub(rf"{AUTHOR}[,.]?\s*", "", text)
        for number, roman in enumerate(romans):
            text = text.replace(str(ROMAN + number), roman)
        if not text:
            text = escape(title_of(self.works[cite.key], self.words), quote=False)
        return self._with_letter(text, cite.key, letters)

    def _with_letter(self, text: str, key: str, letters: Mapping[str, str]) -> str:
        year = year_of(self.works[key])
        shown = f"{year}{letters.get(key, '')}"
        text = re.sub(_END, lambda match: f"{TWICE}{int(match[1])}", text).replace(str(YEAR + (year or 0)), shown)
        return _SAME.sub(r"\1\2", text).replace(TWICE, "")

    def affixes(self) -> Affixes:
        """Return what the style puts around a citation, escaped."""
        layout = self._style.root.citation.layout
        return Affixes(*(escape(layout.get(name, ""), quote=False) for name in ("prefix", "delimiter", "suffix")))

    def cited(self, cite: Cite) -> str:
        """Return one work in a citation, as XHTML."""
        return self._finished(self._one(cite, self._letters))

    def listed(self) -> Iterator[tuple[str, str]]:
        """Yield key and entry of each work in the order of the style, as XHTML."""
        works = {key: lettered(work, key in self._letters) for key, work in self.works.items()}
        made = self._set(works, self._order)
        for key, item in zip(self._order, tuple(made.items), strict=True):
            made.items = [item]  # one by one, since citeproc leaves out of its list what a style prints nothing of
            text = "".join(map(str, made.bibliography()))
            if not re.sub(r"<[^>]*>|[\W_]", "", text):
                text = escape(title_of(self.works[key], self.words), quote=False)
            yield key, self._finished(self._with_letter(text, key, self._letters))

    @property
    def has_marks(self) -> bool:
        """Whether an entry begins with a number in front of its other lines."""
        return self._style.root.bibliography.get("second-field-align") is not None

    def _finished(self, text: str) -> str:
        """Return citeproc's HTML as ours, with non-breaking spaces: a page and its number stay together."""
        text = _plain(self._with_others(text)).replace(". ,", ".,")
        return keep_together(re.sub(r"\.((?:</\w+>)+)\.", r".\1", text), self.words)

    def _with_others(self, text: str) -> str:
        """Put `et al.` for the unnamed authors, whatever the style writes before the last name."""
        if OTHERS not in text:
            return text
        term = escape(str(self._style.root.get_single_term(name="and") or "and"), quote=False)
        text = re.sub(rf"[,;]?\s*(?:(?:{re.escape(term)}|&amp;|&)\s+)?{OTHERS}", f" {self.words.et_al}", text)
        return text.replace(f"{self.words.et_al}.", self.words.et_al)


def _plain(text: str) -> str:
    """Return citeproc's HTML as ours: emphasis is emphasis, small capitals have a class."""
    text = re.sub(r"<(/?)i>", r"<\1em>", text, flags=re.IGNORECASE)
    text = re.sub(r"<(/?)b>", r"<\1strong>", text, flags=re.IGNORECASE)
    text = re.sub('<span style="font-variant:small-caps;">', '<span class="smallcaps">', text, flags=re.IGNORECASE)
    return re.sub(r"</?[lu]>", "", text)
