"""Inline elements of HTML -> inline tokens; blocks among them become lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from compositor.markdown.html.elements import BLOCK, NOTHING, PAGE, PLAIN, WRAPS
from compositor.markdown.html.given import attributes_of, colour
from compositor.markdown.html.making import Making, Node, is_slot, marks, name_of, nodes
from compositor.markdown.html.parsing import PAIR, ROOT
from compositor.markdown.html.pictures import PLAYS, framed, image, of_picture

SPACES = re.compile(r"[ \t\r\n\f]+")
Rule = Callable[["Line", Element], Iterable[Token]]


class Line:
    """Makes the tokens of one line; within code, words are code."""

    def __init__(self, making: Making) -> None:
        self.making = making
        self.in_code = 0

    def made(self, line: Iterable[Node]) -> list[Token]:
        """Return the tokens of a whole line, without the line ends that blocks have left at its ends."""
        return _merged(_trimmed(list(self.of(line))))

    def of(self, line: Iterable[Node]) -> Iterator[Token]:
        """Yield the tokens of texts and elements."""
        for node in line:
            if isinstance(node, str):
                yield from self.text(SPACES.sub(" ", node))
            else:
                yield from self.element(node)

    def text(self, text: str) -> Iterator[Token]:
        """Yield a text, as code if it is in code."""
        if text:
            yield Token("code_inline", "code", 0, content=text) if self.in_code else Token("text", "", 0, content=text)

    def element(self, element: Element) -> Iterator[Token]:
        """Yield what an element becomes."""
        name = str(element.tag)
        self.making.check(element)
        if is_slot(element):
            yield from self._slot(element)
        elif name == PAIR:
            opening, closing = self.making.hole(element)
            yield from (opening, *self.of(nodes(element)), closing)
        elif name in BLOCK:
            yield from self._block(element)
        else:
            yield from marks(element, self.making.place(element)) if name != "a" or element.get("href") else ()
            rule = RULES.get(name)
            yield from rule(self, element) if rule else self._other(element)

    def _slot(self, element: Element) -> Iterator[Token]:
        for token in self.making.hole(element):
            if self.in_code and token.type in ("text", "text_special", "softbreak"):
                yield Token("code_inline", "code", 0, content=token.content or " ")
            else:
                yield token

    def _block(self, element: Element) -> Iterator[Token]:
        """Yield a block in a line: its words, between line ends."""
        name = str(element.tag)
        if name not in ("p", "div", "summary") and name != ROOT:
            self.making.telling.note("lines", f"<{name}>", self.making.place(element))
        yield _end()
        yield from marks(element, self.making.place(element))
        if name == "pre":
            yield from self._code_lines(element)
        else:
            yield from self.text("• " if name == "li" else "")
            yield from self.of(nodes(element))
            yield from self.text(" " if name in ("td", "th") else "")
        yield _end()

    def _code_lines(self, element: Element) -> Iterator[Token]:
        for number, line in enumerate("".join(element.itertext()).strip("\n").split("\n")):
            indent = len(line) - len(line.lstrip(" "))
            yield from [Token("hardbreak", "br", 0)] if number else ()
            yield Token("code_inline", "code", 0, content="\u00a0" * indent + line.strip())

    def _other(self, element: Element) -> Iterator[Token]:
        """Yield nothing for a script or a style, else the words of an unknown element, which is reported."""
        name, making = name_of(element), self.making
        if name in PAGE:
            making.telling.note("left out", f"<{name}>", making.place(element))
        elif name in PLAIN:
            yield from self.of(nodes(element))
        elif name not in NOTHING:
            yield from self.text(making.unknown(element))
            yield from self.of(nodes(element))


def _end() -> Token:
    return Token("hardbreak", "br", 0, meta={"of": "block"})


def _is_end(token: Token) -> bool:
    return token.type == "hardbreak" and token.meta.get("of") == "block"


def _trimmed(line: list[Token]) -> list[Token]:
    """Return a line without line ends of blocks at its ends and next to another, and without spaces there."""
    made: list[Token] = []
    for token in line:
        breaks = not made or made[-1].type == "hardbreak"
        if _is_end(token) and breaks:
            continue
        if token.type == "hardbreak" and made and _is_end(made[-1]):
            made[-1] = token
            continue
        bare = token.copy(content=token.content.lstrip(" ")) if token.type == "text" and breaks else token
        if bare.type != "text" or bare.content:
            made.append(bare)
    while made and (_is_end(made[-1]) or (made[-1].type == "text" and not made[-1].content.strip(" "))):
        made.pop()
    if made and made[-1].type == "text":
        made[-1] = made[-1].copy(content=made[-1].content.rstrip(" "))
    return made


def _is_code(token: Token) -> bool:
    """Return whether it is code from HTML, which has no marks around it."""
    return token.type == "code_inline" and not token.markup


def _merged(line: Iterable[Token]) -> list[Token]:
    """Join adjacent code of the same element."""
    made: list[Token] = []
    for token in line:
        if made and _is_code(token) and _is_code(made[-1]):
            made[-1] = made[-1].copy(content=made[-1].content + token.content)
        else:
            made.append(token)
    return made


def _wrapped(line: Line, element: Element) -> Iterator[Token]:
    """Yield the tokens of Markdown's signs around the words, for `<b>` and similar elements."""
    type_, tag, markup = WRAPS[str(element.tag)]
    inside = list(line.of(nodes(element)))
    if inside:
        yield Token(f"{type_}_open", tag, 1, markup=markup)
        yield from inside
        yield Token(f"{type_}_close", tag, -1, markup=markup)


def _span(line: Line, element: Element) -> Iterator[Token]:
    """Yield words with a class, a colour or a language; `<mark>` and `<ins>` are classes of Markdown."""
    found = attributes_of(element)
    tag = {"u": "ins"}.get(str(element.tag), str(element.tag))
    own = (tag,) if tag in ("mark", "ins", "small") else ()
    place, style = line.making.place(element), colour(element)
    found = type(found)("", (*own, *found.classes), found.pairs)
    if found == type(found)() and not style:
        yield from line.of(nodes(element))
        return
    meta: dict[str, Any] = {"attributes": found, "place": place, "braces_place": place, "colour": style}
    tag = tag if tag in ("mark", "ins") else "span"
    yield Token("span_open", tag, 1, meta=meta)
    yield from line.of(nodes(element))
    yield Token("span_close", tag, -1)


def _code(line: Line, element: Element) -> Iterator[Token]:
    line.in_code += 1
    yield from line.of(nodes(element))
    line.in_code -= 1


def _keys(line: Line, element: Element) -> Iterator[Token]:
    """Yield a key as braces make it; one with more than letters keeps its content."""
    inside = list(line.of(nodes(element)))
    if all(token.type in ("text", "text_special", "keys", "softbreak") for token in inside):
        yield Token("keys", "kbd", 0, content=" ".join("".join(token.content or " " for token in inside).split()))
    else:
        yield from inside


def _abbreviation(line: Line, element: Element) -> Iterator[Token]:
    opening = Token("html_abbr_open", "abbr", 1)
    if title := element.get("title", "").strip():
        opening.attrs["title"] = title
    yield opening
    yield from line.of(nodes(element))
    yield Token("html_abbr_close", "abbr", -1)


def _link(line: Line, element: Element) -> Iterator[Token]:
    """Yield a link for `<a href>`; without an address, it is a place around its words."""
    making, href = line.making, element.get("href", "").strip()
    if not href:
        yield from marks(element, making.place(element))
        yield from line.of(nodes(element))
        return
    attrs: dict[str, str | int | float] = {"href": making.md.normalizeLink(href)}
    if title := element.get("title", "").strip():
        attrs["title"] = title
    inside = list(line.of(nodes(element)))
    if inside:
        yield Token("link_open", "a", 1, attrs=attrs, meta={"place": making.place(element)})
        yield from inside
        yield Token("link_close", "a", -1)


def _quoted(line: Line, element: Element) -> Iterator[Token]:
    opening, closing = line.making.reading.context.language.quotes[:2]
    yield from line.text(opening)
    yield from line.of(nodes(element))
    yield from line.text(closing)


def _break(line: Line, element: Element) -> Iterator[Token]:
    yield Token("hardbreak", "br", 0)


def _image(line: Line, element: Element) -> Iterator[Token]:
    """Yield a picture; without an address, its words."""
    made = image(line.making, element)
    yield from [made] if made else line.text(" ".join(element.get("alt", "").split()))


def _picture(line: Line, element: Element) -> Iterator[Token]:
    yield from _image(line, of_picture(element))


def _plays(line: Line, element: Element) -> Iterator[Token]:
    yield from framed(line.making, element)


def _ruby(line: Line, element: Element) -> Iterator[Token]:
    """Yield words with their reading; brackets for browsers without ruby are left out."""
    yield Token("ruby_open", "ruby", 1, meta={"base": 0})
    for node in nodes(element):
        name = "" if isinstance(node, str) else str(node.tag)
        if name == "rt" and not isinstance(node, str):
            yield Token("rt_open", "rt", 1)
            yield from line.of(nodes(node))
            yield Token("rt_close", "rt", -1)
        elif name == "rb" and not isinstance(node, str):
            yield from line.of(nodes(node))
        elif name != "rp" and not (isinstance(node, str) and not node.strip()):
            yield from line.of([node])
    yield Token("ruby_close", "ruby", -1)


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(WRAPS, _wrapped),
    **dict.fromkeys(("span", "font", "mark", "ins", "u", "small"), _span),
    **dict.fromkeys(("code", "tt", "samp"), _code),
    **dict.fromkeys(("abbr", "acronym"), _abbreviation),
    **dict.fromkeys(PLAYS, _plays),
    "a": _link,
    "br": _break,
    "img": _image,
    "kbd": _keys,
    "picture": _picture,
    "q": _quoted,
    "ruby": _ruby,
}
"""Element -> how its tokens are made."""

