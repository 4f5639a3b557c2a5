"""An entry of BibTeX or biblatex -> a work in CSL's terms, and the fields for which CSL has no term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from compositor.dialects.bibliography.bibtex import Entry
from compositor.dialects.bibliography.dates import dated, written_date
from compositor.dialects.bibliography.latex import addresses, from_latex, plain, verbatim
from compositor.dialects.bibliography.names import names
from compositor.dialects.bibliography.vocabulary import (
    ARCHIVES,
    BOOKS,
    DATES,
    ENDINGS,
    FIELDS,
    IN_BOOKS,
    LANGUAGES,
    NAMES,
    PAPERS,
    PUBLISHERS,
    ROLES,
    TITLES,
    TYPES,
    UNNEEDED,
    VERBATIM,
)
from compositor.language import Language
from compositor.model import Place, Work

THESES = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "thesis": "thesis"}


def to_work(entry: Entry, words: Language) -> tuple[Work, frozenset[str]]:
    """Return the work, and the unknown TeX commands in it."""
    maker = _Maker(entry, words)
    fields = maker.work()
    dropped = tuple(maker.dropped())
    return Work(entry.key, fields, entry.place, dropped), frozenset(maker.unknown)


class _Maker:
    """What is known of one entry; every used field is recorded, so that the others can be reported."""

    def __init__(self, entry: Entry, words: Language) -> None:
        self.entry, self.words = entry, words
        self.used: set[str] = set()
        self.unknown: set[str] = set()
        self.told: dict[str, Any] = {}
        self.notes: list[str] = []

    def said(self, name: str) -> str:
        """Return a field as text, and record that it is used."""
        if name not in self.entry.fields:
            return ""
        self.used.add(name)
        text = self.entry.said(name)
        if name in VERBATIM:
            return verbatim(text)
        text, unknown = from_latex(text)
        self.unknown |= unknown
        return text

    def put(self, name: str, value: Any) -> None:
        """Set a field of the work, unless it is empty or already set."""
        if value and name not in self.told:
            self.told[name] = value

    def work(self) -> dict[str, Any]:
        """Return everything that CSL has a name for."""
        kind = TYPES.get(self.entry.kind, "document")
        subtype = self.entry.said("entrysubtype").lower()
        if kind == "article-journal" and subtype in ("magazine", "newspaper"):
            kind = f"article-{subtype}"
        if kind == "manuscript" and "eventtitle" in self.entry.fields:
            kind = "speech"
        self.told = {"id": self.entry.key, "type": kind}
        for step in (self._titles, self._people, self._dates, self._numbers, self._publishers, self._kind, self._links):
            step()
        for name, variable in FIELDS.items():
            if variable and name in self.entry.fields:
                self.put(variable, self.said(name))
        notes = [note for note in (self.said("note"), self.said("addendum"), *self.notes) if note]
        self.put("note", ". ".join([*(note.rstrip(".") for note in notes[:-1]), *notes[-1:]]))
        self.put("language", self._language())
        if "page" in self.told:
            self.told["page"] = _pages(self.told["page"])
        return self.told

    def dropped(self) -> Iterator[tuple[str, Place]]:
        """Yield the unused fields, except those that no style needs to print."""
        for name, value in self.entry.fields.items():
            unneeded = name in UNNEEDED or name.endswith(ENDINGS) or name.startswith(("bdsk-", "option", "jabref"))
            if not (name in self.used or unneeded or FIELDS.get(name) == "") and value.text.strip():
                yield name, value.place

    def _title(self, name: str) -> str:
        title, subtitle, addition = (self.said(part) for part in TITLES[name])
        if title and subtitle:
            title = f"{title} {subtitle}" if plain(title)[-1:] in "?!.:;…" else f"{title}: {subtitle}"
        return ". ".join(filter(None, (title.rstrip(".") if addition else title, addition)))

    def _titles(self) -> None:
        title, main, journal = self._title("title"), self._title("maintitle"), self._title("journaltitle")
        if "subtitle" in self.entry.fields and "shorttitle" not in self.entry.fields:
            self.put("title-short", self.said("title"))
        holder, whole = self._title("booktitle"), self.entry.kind in IN_BOOKS or "booktitle" in self.entry.fields
        if main and whole:
            holder = f"{main}. {holder}" if holder else main
        elif main:
            title = f"{main}. {title}" if title else main
        if self.entry.kind == "inbook" and not holder and "chapter" in self.entry.fields:
            title, holder = "", title
        issue = self._title("issuetitle")
        if issue and self.entry.kind == "periodical":
            title, journal = issue, title
        elif issue:
            journal = f"{journal}: {issue}"
        self.put("title", title)
        self.put("container-title", journal if self.entry.kind in PAPERS and journal else holder or journal)
        self.put("collection-title", self.said("series"))
        self.put("event-title", self._title("eventtitle"))
        self.put("event", self.told.get("event-title"))

    def _people(self) -> None:
        options = self.entry.said("options").replace(" ", "").lower()
        particle = not re.search(r"useprefix=false", options)
        for name, variable in NAMES.items():
            self._put_names(name, variable, particle)
        for name in ("editor", "editora", "editorb", "editorc"):
            role = self.said(f"{name}type").lower() or "editor"
            if name == "editor" and role != "editor" and ROLES.get(role, "editor") != "editor":
                self.put(ROLES[role], self.told.pop("editor", None))
            elif name != "editor":
                self._put_names(name, ROLES.get(role, "editor"), particle)
        if self.entry.kind == "patent":
            self._put_names("holder", "authority" if "author" in self.told else "author", particle)
            if isinstance(holder := self.told.get("authority"), list):
                self.told["authority"] = "; ".join(_whole(one) for one in holder)

    def _put_names(self, name: str, variable: str, particle: bool) -> None:
        if name in self.entry.fields and variable not in self.told:
            self.used.add(name)
            self.put(variable, list(names(self.entry.said(name), particle)))

    def _dates(self) -> None:
        for name, variable in DATES.items():
            if name in self.entry.fields:
                self._date(name, variable)
        if "issued" not in self.told:
            year, month, day = (plain(self.said(name)).replace("\u00a0", " ") for name in ("year", "month", "day"))
            date, whole = dated(year.strip("{} "), month, day)
            self.put("issued", date)
            self.used -= set() if whole else {"month", "day"}
        else:
            self.used |= {"year", "month", "day"}

    def _date(self, name: str, variable: str) -> None:
        self.used.add(name)
        written = written_date(self.entry.said(name).strip("{} "))
        self.put(variable, written or dated(plain(self.said(name)), "", "")[0])

    def _numbers(self) -> None:
        kind, number = self.entry.kind, self.said("number")
        volume, part = self.said("volume"), self.said("part")
        self.put("volume", f"{volume}.{part}" if volume and part else volume or part)
        if kind in PAPERS:
            issue = self.said("issue")
            self.put("issue", f"{number}, {issue}" if number and issue else number or issue)
        elif kind in BOOKS and ("series" in self.entry.fields or kind not in ("manual",)):
            self.put("collection-number", number)
        else:
            self.put("number", number)
        if eid := self.said("eid"):
            self.put("number" if kind in PAPERS and "pages" not in self.entry.fields else "page", eid)

    def _publishers(self) -> None:
        said = [plain(self.said(name)) for name in PUBLISHERS]
        way = self.said("howpublished")
        found = addresses(self.entry.said("howpublished"))
        if found:
            for address in found:
                way = way.replace(address, "")
            self.put("found", found[0])
            way = re.sub(r"\(\s*\)|^[\s:,;.]+|[\s:,;.]+$|(?i:available (?:at|from)|online at|url)\s*:?\s*$", "", way)
        elif re.fullmatch(r"https?://\S+", plain(way)):
            self.put("found", verbatim(self.entry.said("howpublished")))
            way = ""
        self.put("publisher", "; ".join(dict.fromkeys(filter(None, [*said, plain(way).strip()]))))
        self.put("jurisdiction" if self.entry.kind == "patent" else "publisher-place", plain(self._places()))

    def _places(self) -> str:
        place = re.sub(r"\s+and\s+", "; ", self.said("location"))
        return self.words.kinds_of_work.get(place, place) if place.startswith("country") else place

    def _kind(self) -> None:
        given, kinds = self.said("type"), self.words.kinds_of_work
        if not given and self.entry.kind in THESES:
            given = THESES[self.entry.kind]
        if not given and self.entry.kind == "techreport":
            given = "techreport"
        self.put("genre", kinds.get(given.lower(), given))
        state = self.said("pubstate")
        self.put("status", kinds.get(state.lower(), state))

    def _links(self) -> None:
        self.put("DOI", re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", self.said("doi"), flags=re.IGNORECASE))
        self.put("ISBN", self.said("isbn"))
        self.put("ISSN", self.said("issn"))
        self.put("URL", self.said("url"))
        found = self.told.pop("found", "")
        self.put("URL", found)
        arxiv = self.said("arxiv")
        kind = self.entry.said("eprinttype").lower() or ("arxiv" if _is_arxiv(self.said("eprint")) else "")
        number = self.said("eprint") or arxiv
        if number:
            self._archived("arxiv" if arxiv else kind, number)

    def _archived(self, kind: str, number: str) -> None:
        """Set where a copy in an archive is kept, and its address if the work has none."""
        name, address = ARCHIVES.get(kind, (self.entry.said("eprinttype"), ""))
        number = re.sub(rf"^{re.escape(kind)}:", "", number, flags=re.IGNORECASE) if kind else number
        self.put("archive", name)
        self.put("archive_location", number)
        if number.startswith(("http://", "https://")):
            self.put("URL", number)
        elif address:
            self.put("URL", address + number)
        else:
            self.notes.append(f"{name}: {number}" if name else number)

    def _language(self) -> str:
        for name in ("langid", "language"):
            said = self.entry.said(name).strip("{}").lower()
            if said in LANGUAGES:
                return LANGUAGES[said]
            if re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", said):
                return said
        return ""


def _is_arxiv(number: str) -> bool:
    return bool(re.fullmatch(r"(?i:arxiv:)?\d{4}\.\d{4,5}(v\d+)?|(?i:arxiv:).*", number))


def _whole(name: dict[str, str]) -> str:
    return name.get("literal") or " ".join(filter(None, (name.get("given"), name.get("family"))))


def _pages(text: str) -> str:
    """Return `10--12` as CSL has it, with one hyphen; several ranges stay separate."""
    return re.sub(r"\s*[-–—]+\s*", "-", plain(text))
