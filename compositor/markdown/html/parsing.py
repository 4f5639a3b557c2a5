"""HTML with holes for Markdown -> a tree: tinyhtml5 reads it as browsers do, even if tags are open, stray or crossed.

Text between the tags is Markdown that was already read: a hole (`SLOT`) for each token or block, and a pair of tags
(`PAIR`) for what opens and closes. So HTML and Markdown may be nested in any way.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from tinyhtml5.constants import Token as Kind
from tinyhtml5.parser import HTMLParser
from tinyhtml5.tokenizer import HTMLTokenizer

ROOT, SLOT, PAIR, AT = "press-root", "press-slot", "press-pair", "press-at"
"""Our own elements in the tree, and the attribute with the place where an element was opened."""
SLOTS = re.compile(f'<{SLOT} n="(\\d+)">')
OURS = re.compile("press-(?=slot|pair|root|at)", re.IGNORECASE)
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
OPTIONAL = frozenset(
    (
        *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"),
        *("caption", "rt", "rp", "html", "body", "head"),
    )
)
"""Elements that need not be closed."""
DEEPEST = 100
"""Depth of nested elements; beyond it, only the words are taken."""


@dataclass(slots=True)
class Tree:
    """The result, and the tags in it without a partner."""

    text: str
    root: Element
    unclosed: Sequence[int] = ()
    """Where elements were opened that are never closed."""
    stray: Sequence[int] = ()
    """Where tags end that close nothing."""
    starts: Sequence[int] = field(default_factory=list)
    is_flat: bool = False
    """Whether only the words could be taken."""

    def piece(self, at: int) -> int:
        """Return the number of the piece that a character belongs to."""
        return bisect_right(self.starts, at - 1) - 1

    def tag(self, at: int) -> str:
        """Return a tag as it is written, by the place after it."""
        return self.text[self.text.rfind("<", 0, max(at - 1, 0)) : at]

    def line(self, at: int) -> int:
        """Return the number of line ends between the start of its piece and a tag."""
        return self.text.count("\n", self.starts[self.piece(at)], at - len(self.tag(at)))


class _Tokens(HTMLTokenizer):  # type: ignore[misc]
    """The tokenizer, which also gives the places of tags, closes void elements, and keeps what it has given."""

    def __init__(self, text: str, parser: HTMLParser) -> None:
        super().__init__(text, parser=parser)
        self.lines = [0, *(i + 1 for i, letter in enumerate(text) if letter == "\n")]
        self.given: list[tuple[str, Any]] = []
        self.stray: list[int] = []

    @property
    def at(self) -> int:
        """The number of characters read."""
        line, column = self.stream.position()
        return int(self.lines[line - 1] + column)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if token["type"] in (Kind.CHARACTERS, Kind.SPACE_CHARACTERS):
                self.given.append(("", token["data"]))
            elif token["type"] == Kind.START_TAG:
                if len(self.parser.tree.open_elements) > DEEPEST:
                    raise _TooDeep
                token["data"][AT] = str(self.at)
                self.given.append((token["name"], dict(token["data"])))
                closes = token["selfClosing"] and token["name"] not in VOID and not self._in_drawing()
                token["selfClosing"] = token["selfClosing"] and not closes
                yield token
                if closes:
                    yield {"type": Kind.END_TAG, "name": token["name"], "data": {}, "selfClosing": False}
                continue
            elif token["type"] == Kind.END_TAG:
                open_ = {node.name for node in self.parser.tree.open_elements}
                if token["name"] not in (*open_, SLOT, PAIR, "br", *OPTIONAL):
                    self.stray.append(self.at)
            yield token

    def _in_drawing(self) -> bool:
        """Return whether SVG or MathML is open, where tags can close themselves."""
        open_ = self.parser.tree.open_elements
        return bool(open_) and open_[-1].namespace is not None


class _TooDeep(Exception):
    """Elements are nested more deeply than on any page."""


class _Parser(HTMLParser):  # type: ignore[misc]
    """The parser with that tokenizer."""

    def _parse(self, stream: str, container: str | None = None, scripting: bool = False, **_: object) -> None:
        self.container, self.scripting = container, scripting
        self.tokenizer = _Tokens(stream, self)
        self.reset()
        self.main_loop()


def parse(pieces: Sequence[str]) -> Tree:
    """Parse pieces of HTML, one after the other, into a tree; nothing in them is lost."""
    text = "".join((f"<{ROOT}>", *pieces))
    starts = list(itertools.accumulate(map(len, pieces), initial=len(f"<{ROOT}>")))[:-1]
    parser = _Parser(namespace_html_elements=False)
    try:
        fragment = parser.parse_fragment(text)
    except _TooDeep:
        return Tree(text, _flat(text), starts=starts, is_flat=True)
    unclosed = [int(node.attributes[AT]) for node in parser.tree.open_elements if _has_to_close(node)]
    root = fragment.find(ROOT)
    _drop_comments(fragment)
    if root is None or len(fragment) != 1 or not _has_all(root, parser.tokenizer.given, text):
        return Tree(text, _flat(text), starts=starts, is_flat=True)
    return Tree(text, root, tuple(dict.fromkeys(unclosed)), parser.tokenizer.stray, starts)


def written(html: str) -> str:
    """Return an author's HTML without our own names."""
    return OURS.sub("press_", html)


def _has_to_close(node: Any) -> bool:
    return AT in node.attributes and node.name not in (SLOT, PAIR, ROOT, *OPTIONAL)


def _drop_comments(root: Element) -> None:
    """Remove comments; the text after one is joined to what precedes it."""
    for parent in list(root.iter()):
        before: Element | None = None
        for child in list(parent):
            if str(child.tag) == child.tag:
                before = child
                continue
            if before is None:
                parent.text = (parent.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            parent.remove(child)


def _has_all(root: Element, given: Sequence[tuple[str, Any]], text: str) -> bool:
    """Return whether all letters and all holes are in the tree, each once."""
    letters = "".join(data for name, data in given if not name)
    here = "".join(root.itertext())
    slots = sorted(SLOTS.findall(text))
    same = sorted("".join(here.split())) == sorted("".join(letters.split()))
    return same and slots == sorted(element.get("n", "") for element in root.iter(SLOT))


def _flat(text: str) -> Element:
    """Return words, holes and unpaired tags, in text order: all that is left of too deep a tree."""
    root = Element(ROOT)
    for token in HTMLTokenizer(text):
        if token["type"] == Kind.START_TAG and token["name"] in (SLOT, "br", "img", "hr"):
            root.append(Element(token["name"], dict(token["data"])))
        elif token["type"] not in (Kind.CHARACTERS, Kind.SPACE_CHARACTERS):
            continue
        elif len(root):
            root[-1].tail = (root[-1].tail or "") + token["data"]
        else:
            root.text = (root.text or "") + token["data"]
    return root
