"""Links of a book that was written for another tool -> the files they mean; dead links are reported together.

Authors link to what their tool makes of a text: `x.html`, `x/`, `x` without an ending, a folder for its README.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from compositor.dialects.titles import matter_of
from compositor.errors import warning
from compositor.model import Finding, Reference, Unit

PAGES = (".html", ".htm", ".mdx", ".markdown")
TEXTS = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
ADDRESSES = ("slug", "permalink")
"""Keys of front matter that set the address of a page."""
OPENING = ("README", "index", "Index", "readme", "_index")
_NUMBER = re.compile(r"\A\d+(?:\.\d+)*[-_. ]+(?=[^\W\d_])")
SHOWN = 3
"""Addresses that a finding names."""


@dataclass(slots=True)
class GuestFiles:
    """The files of a book, by every form of address that a link may use."""

    texts: Mapping[str, str]
    """Path -> text, which may set the address of its page."""
    sources: str = ""
    folded: dict[str, str] = field(default_factory=dict)
    first: str = ""
    """The text that the site begins with if it has no index."""

    def __post_init__(self) -> None:
        for path in self.texts:
            self.folded.setdefault(path.casefold(), path)
        for path, text in self.texts.items():
            for name in _pages(path, text, self.sources):
                self.folded.setdefault(name.casefold(), path)
        for path in self.texts:
            self.folded.setdefault(_without_numbers(path).casefold(), path)

    def meant(self, path: str, by: str) -> str:
        """Return the file that a path in another one means; empty if there is none."""
        if path in self.texts:
            return path
        page, top = posixpath.splitext(by)[0], self.sources or "."
        as_page = posixpath.normpath(posixpath.join(page, posixpath.relpath(path or ".", posixpath.dirname(by) or ".")))
        choices = (*_names(path), *_of_site(path, top))
        found = next((self.folded[name.casefold()] for name in choices if name.casefold() in self.folded), "")
        if found or path == top or _opens(path, self.sources):
            return found or self.first
        choices = tuple(_names(as_page))
        return next((self.folded[name.casefold()] for name in choices if name.casefold() in self.folded), "")


def _pages(path: str, text: str, sources: str) -> Iterator[str]:
    """Yield the address of a text's page from its front matter: from the top with a slash, else from its folder."""
    told = matter_of(text) if text.startswith("---") else {}
    for key in ADDRESSES:
        if isinstance(said := told.get(key), str) and said.strip("/"):
            above = sources if said.startswith("/") or key != "slug" else posixpath.dirname(path)
            page = posixpath.normpath(posixpath.join(above, said.strip("/")))
            yield from (page, posixpath.splitext(page)[0])


def _opens(path: str, sources: str) -> bool:
    """Return whether a path is that of the first page of a site, which some tools make of the first text."""
    above, _, name = path.rpartition("/")
    return above == sources and posixpath.splitext(name)[0].lower() in ("index", "readme")


def _of_site(path: str, top: str) -> Iterator[str]:
    """Yield the target of a path that begins with the name of the folder of the texts, as on some sites."""
    name, inside = posixpath.basename(top), path.removeprefix(f"{top}/")
    if inside.startswith(f"{name}/"):
        yield from _names(posixpath.join(posixpath.dirname(top), inside))


def _without_numbers(path: str) -> str:
    """Return the path without the numbers that give the order; some tools leave them out of addresses."""
    return "/".join(_NUMBER.sub("", name) or name for name in path.split("/"))


def _names(path: str) -> Iterator[str]:
    """Yield the files that a path may mean, the likeliest first."""
    stem, ending = posixpath.splitext(path)
    bare = stem if ending.lower() in (*PAGES, *TEXTS) else path
    yield path
    yield from (f"{bare}{kind}" for kind in TEXTS)
    yield from (posixpath.normpath(posixpath.join(bare, f"{name}.md")) for name in OPENING)
    if posixpath.basename(bare).lower() in ("index", "readme"):
        yield from (posixpath.normpath(posixpath.join(posixpath.dirname(bare), f"{name}.md")) for name in OPENING)


@dataclass(slots=True)
class Lost:
    """Links that lead nowhere, and those that lead to the beginning of a file, for a finding of each kind."""

    files: list[Reference] = field(default_factory=list)
    places: list[Reference] = field(default_factory=list)

    def told(self) -> Iterator[Finding]:
        """Yield at most one finding of each kind."""
        if self.files:
            what = f"{_counted(self.files)} to a file that is not in the book ({_some(self.files)})"
            message = f"{what}; the words are printed without a link"
            remedy = "link to a file of the book, or write the full address"
            yield replace(warning("A102", message, self.files[0].place, remedy), count=len(self.files))
        if self.places:
            message = f"{_counted(self.places)} to a heading that the file does not have ({_some(self.places)})"
            leads = "they lead" if len(self.places) > 1 else "it leads"
            remedy = f"{leads} to the beginning of the file, as in a browser; correct it, or give the heading this id"
            yield replace(warning("A103", message, self.places[0].place, remedy), count=len(self.places))


def _counted(references: Sequence[Reference]) -> str:
    return f"{len(references)} links lead" if len(references) > 1 else "a link leads"


def _some(references: Sequence[Reference]) -> str:
    names = list(dict.fromkeys(one.target.removesuffix("#") or "an empty address" for one in references))
    return ", ".join(names[:SHOWN]) + (", …" if names[SHOWN:] else "")


def places_of(names: Mapping[str, str]) -> Mapping[str, str]:
    """Return the names of the places of a file, each also in forms that differ in case or spelling."""
    return {_loose(name): anchor for name, anchor in reversed(list(names.items())) if name} | dict(names)


def labels_of(units: Sequence[Unit], headings: bool = False) -> Mapping[str, str]:
    """Return names that texts define for places, if only one text has them: some tools find them from everywhere.

    `headings`: also those that a tool makes of headings, if all texts are one document for it.
    """
    found: dict[str, list[str]] = {}
    made: dict[str, list[str]] = {}
    for anchor in (anchor for unit in units for anchor in unit.chapter.anchors):
        names = anchor.aliases[:1] if anchor.kind == "place" else (anchor.id,) if anchor.given else ()
        names += anchor.aliases if anchor.kind == "equation" else ()
        for name in names:
            found.setdefault(name, []).append(anchor.id)
        for name in dict.fromkeys(anchor.aliases) if headings and anchor.level else ():
            made.setdefault(name, []).append(anchor.id)
    return {name: anchors[0] for name, anchors in (made | found).items() if len(anchors) == 1}


def place_in(places: Mapping[str, str], fragment: str) -> str | None:
    """Return the place that a fragment means in a file; None if there is no such place."""
    fragment = fragment.removeprefix("user-content-")
    return places.get(fragment) or places.get(fragment.lower()) or places.get(_loose(fragment))


def _loose(name: str) -> str:
    return "~" + "".join(letter for letter in name.casefold() if letter.isalnum())
