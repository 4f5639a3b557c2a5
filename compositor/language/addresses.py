"""Prose -> words, addresses, abbreviations with a slash: an address breaks after its signs, without a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONG = 20
"""Letters of an address from which on it may be broken."""
WORDS, ADDRESS, WHOLE = "", "address", "whole"
"""The kinds of parts of a text: words, an address, or letters that stay in one line. The classes of their elements."""
_END = r"""[^\s<>"“”„‘’‚«»‹›]"""
_ADDRESSES = (
    rf"(?:https?|ftp)://{_END}+",
    rf"www\.{_END}+",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    rf"(?=[\w.-]{{12}})[\w-]+(?:\.[\w-]+)*\.[A-Za-z][\w-]+(?:[/?#]{_END}*)?",
    r"(?=[\w./-]{24})\.{0,2}/?[\w.-]+(?:/[\w.-]+){2,}",
    r"(?=\w{24})[^\W_]+(?:_+[^\W_]+)+",
)
"""Addresses with a scheme, of the web, of mail, and names of hosts and files that are long enough to break; long paths,
and long names with underscores."""
_SLASHED = r"(?<![\w/])\w{1,3}(?:/\w{1,3}){1,2}(?![\w/])[.,;:!?)]*"
"""`I/O`, `km/h`, `24/7`: together with a full stop, the part for the next line would be no word."""
_PARTS = re.compile(rf"(?P<address>(?<![\w.+@/-])(?:{'|'.join(_ADDRESSES)}))|(?P<whole>{_SLASHED})")
_SIGNS = "-/._=?&@:;,+#"
_JOINT = re.compile(rf"(?<=[{_SIGNS}])(?<!//)(?<!\A.)(?=\w.)")
RUN, LEAST = 30, 8
"""Letters without a sign between them that are kept together, and the least that move to the next line."""


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind of each part of a text, and its letters."""
    start = 0
    for match in _PARTS.finditer(text):
        yield WORDS, text[start : match.start()]
        yield ADDRESS if match["address"] else WHOLE, match[0]
        start = match.end()
    yield WORDS, text[start:]


def pieces(address: str) -> list[str]:
    """Return an address in the pieces between which it may break: after its signs, and within long parts."""
    return [piece for joined in _JOINT.split(address) for piece in _cut(joined)]


def _cut(piece: str) -> Iterator[str]:
    while len(piece) >= RUN + LEAST:
        yield piece[:RUN]
        piece = piece[RUN:]
    yield piece
