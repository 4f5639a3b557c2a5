"""EPUB -> runs: the text nodes of each document that a reading system shows, in document order.

A text is invisible inside `hidden`, or where a style sheet of the package says `display: none`, `visibility: hidden`,
no opacity, no size, or a colour that is none or that of the paper, for every screen and not only for some widths.
Letters inside pictures and formulas are compared by their alternative texts.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import cssselect2
import tinycss2
from lxml import etree

from compositor.cache import digest, remembered
from compositor.checks.finished.runs import Run, letters

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
PICTURES = {"{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/1998/Math/MathML}math"}
HIDING: Mapping[str, re.Pattern[str]] = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "opacity": re.compile(r"0?\.?0*%?"),
    "font-size": re.compile(r"0?\.?0*([a-z]+|%)?"),
    "color": re.compile(r"transparent|white|#fff|#ffffff|rgb\(255,255,255\)|rgba\(.*,0?\.?0*\)"),
}
"""Property -> values, in lower case without spaces, that make text invisible."""


@dataclass(frozen=True, slots=True)
class Package:
    """An opened EPUB: its documents by path, its style sheets, and the documents in reading order."""

    files: Mapping[str, bytes]
    documents: Mapping[str, etree._Element]
    spine: tuple[str, ...]

    def name(self, unit: str) -> str:
        """Return the path of a unit's document."""
        return posixpath.join(posixpath.dirname(self.spine[0]), f"{unit}.xhtml")

    def sheets(self, name: str) -> list[str]:
        """Return the paths of the style sheets that a document links to."""
        links = (str(link.get("href")) for link in self.documents[name].iter(f"{XHTML}link"))
        names = (posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(href))) for href in links)
        return [sheet for sheet in names if sheet.endswith(".css")]

    def seen(self, name: str) -> str:
        """Return a digest of everything that decides what a document shows: its bytes, and all style sheets."""
        sheets = sorted(one for one in self.files if one.endswith(".css"))
        return digest(self.files.get(name, b""), *(part for one in sheets for part in (one, self.files[one])))


@lru_cache(maxsize=2)
def package_of(data: bytes) -> Package:
    """Return the package. It raises nothing for faults that the EPUB's own checks report."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    container = etree.fromstring(files["META-INF/container.xml"])
    opf_name = next(str(e.get("full-path")) for e in container.iter("{*}rootfile"))
    opf, folder = etree.fromstring(files[opf_name]), posixpath.dirname(opf_name)
    paths = {
        str(item.get("id")): posixpath.join(folder, unquote(str(item.get("href")))) for item in opf.iter(f"{OPF}item")
    }
    spine = tuple(paths[str(item.get("idref"))] for item in opf.iter(f"{OPF}itemref"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return Package(files, _Trees(files, parser), spine)


class _Trees(Mapping[str, etree._Element]):
    """The documents, each parsed when it is first needed."""

    def __init__(self, files: Mapping[str, bytes], parser: etree.XMLParser) -> None:
        self._files, self._parser = files, parser
        names = (name for name in files if name.endswith(".xhtml"))
        self._parsed: dict[str, etree._Element | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> etree._Element:
        found = self._parsed[name]
        if found is None:
            found = self._parsed[name] = etree.fromstring(self._files[name], self._parser)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed)

    def __len__(self) -> int:
        return len(self._parsed)


@lru_cache(maxsize=2)
def runs_of(data: bytes) -> Mapping[str, tuple[Run, ...]]:
    """Return path of each document -> its runs, which are read when needed."""
    return _Runs(package_of(data))


class _Runs(Mapping[str, tuple[Run, ...]]):
    """The runs of each document; those with the same bytes and style sheets are remembered."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._rules: dict[str, _Rules] = {}
        self._read: dict[str, tuple[Run, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Run, ...]:
        if name not in self._read:
            known = remembered(lambda: self._made(name), "runs of a document", name, self._package.seen(name))
            self._read[name] = tuple(Run(shown, hidden=why) for shown, why in known)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._package.documents)

    def __len__(self) -> int:
        return len(self._package.documents)

    def _made(self, name: str) -> list[tuple[str, str]]:
        tree = self._package.documents[name]
        found = [rule for sheet in self._package.sheets(name) for rule in self._of_sheet(sheet)]
        return [(run.letters, run.hidden) for run in _document(self._package.files[name].decode(), tree, found)]

    def _of_sheet(self, name: str) -> _Rules:
        if name not in self._rules:
            sheet = self._package.files.get(name)
            self._rules[name] = tuple(rules_of(sheet.decode("utf-8-sig"))) if sheet is not None else ()
        return self._rules[name]


@dataclass(frozen=True, slots=True)
class _Hiding:
    """A selector of invisible elements, the names without which it matches nothing, and the reason."""

    selector: object
    names: tuple[str, ...]
    why: str


_Rules = tuple[_Hiding, ...]


def rules_of(sheet: str) -> _Rules:
    """Return the selectors of a style sheet that hide what they match, each with the reason."""
    return tuple(_hiding(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def _hiding(rules: list[Any]) -> Iterator[_Hiding]:
    for rule in rules:
        kind, content = getattr(rule, "type", ""), getattr(rule, "content", None)
        if (
            kind == "at-rule"
            and rule.lower_at_keyword in ("media", "supports")
            and content
            and "(" not in tinycss2.serialize(rule.prelude)
        ):
            yield from _hiding(tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True))
        elif kind == "qualified-rule" and content is not None and (why := _reason(tinycss2.serialize(content))):
            written = tinycss2.serialize(rule.prelude)
            names = () if set(written) & set("(,") else tuple(re.findall(r"[.#]([\w-]+)", written))
            try:
                for selector in cssselect2.compile_selector_list(rule.prelude):
                    if selector.pseudo_element is None and not selector.never_matches:
                        yield _Hiding(selector, names, why)
            except cssselect2.SelectorError:
                continue


def _reason(declarations: str) -> str:
    """Return the declaration that hides its element; a light colour does not if a background is set too."""
    found = [part.partition(":")[::2] for part in re.sub(r"/\*.*?\*/|!important", "", declarations).lower().split(";")]
    pairs = {name.strip(): "".join(value.split()) for name, value in found}
    for name, hides in HIDING.items():
        with_ground = name == "color" and any(other.startswith("background") for other in pairs)
        if pairs.get(name) and hides.fullmatch(pairs[name]) and not with_ground:
            return f"hidden by a style sheet ({name}: {pairs[name]})"
    return ""


def _document(source: str, tree: etree._Element, linked: Iterable[_Hiding]) -> Iterator[Run]:
    hidden = hidden_elements(tree, source, linked)
    body = tree.find(f"{XHTML}body")
    if body is not None:
        yield from runs_below(body, hidden)


def hidden_elements(tree: etree._Element, source: str, linked: Iterable[_Hiding]) -> dict[etree._Element, str]:
    """Return element of a document -> why it is invisible. `source`: its text, `linked`: rules of its style sheets."""
    rules = [rule for rule in linked if all(word in source for word in rule.names)]
    rules += [rule for style in tree.iter(f"{XHTML}style") for rule in rules_of(style.text or "")]
    if not rules:
        return {}
    matcher = cssselect2.Matcher()
    for rule in rules:
        matcher.add_selector(rule.selector, rule.why)
    wrapped = cssselect2.ElementWrapper.from_html_root(ElementTree.fromstring(etree.tostring(tree)))
    pairs = zip(tree.iter("{*}*"), wrapped.iter_subtree(), strict=True)
    found = ((element, matcher.match(wrapper)) for element, wrapper in pairs)
    return {element: str(matches[0][3]) for element, matches in found if matches}


def runs_below(element: etree._Element, rules: Mapping[etree._Element, str]) -> Iterator[Run]:
    """Yield the text nodes in an element, and why some are invisible.

    This uses its own stack instead of recursion, so that a deep document does not end it.
    """
    stack: list[tuple[etree._Element, str, bool]] = [(element, "", False)]
    while stack:
        here, why, leaving = stack.pop()
        if leaving:
            yield from _run(here.tail, why)
            continue
        inner = why or rules.get(here, "")
        if not why and (
            here.get("hidden") is not None or "display:none" in str(here.get("style", "")).replace(" ", "")
        ):
            inner = "hidden by an attribute"
        if here is not element:
            stack.append((here, why, True))
        if str(here.tag).startswith(XHTML) and not is_mark(here):
            yield from _run(here.text, inner)
            stack.extend((child, inner, False) for child in reversed(here))


def is_mark(element: etree._Element) -> bool:
    """Return whether it is the number of an annotation, which is among the letters of a listing."""
    if element.tag != f"{XHTML}a" or element.get("class") != "annotation":
        return False
    return any(above.tag == f"{XHTML}pre" for above in element.iterancestors())


def _run(text: str | None, why: str) -> Iterator[Run]:
    shown = letters(text) if text else ""
    if shown:
        yield Run(shown, hidden=why)
