"""The works that a book cites -> their list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from compositor.assemble.citations.citeproc import SEEN
from compositor.assemble.citations.formatter import Formatter, quiet
from compositor.assemble.citations.works import anchor_of
from compositor.language.addresses import pieces
from compositor.model import ListedWork

_MARK = re.compile(r"\s*(\[?\d+\]?[.)]?)\s*")
SHORT = 40
"""Letters of an address that fits on a line."""
_SCHEME = "https://"
"""The scheme that every reader and browser assumes for an address without one."""
_HOST = re.compile(r"(?:http://)?[^/]*/?")
_ADDRESS = re.compile(r"https?://(?:[^\s<>])*[^\s<>.,;:)\]]")


def listed(formatter: Formatter) -> Iterator[ListedWork]:
    """Yield the entries in the order of the style; addresses in them are links."""
    with quiet():
        for key, whole in formatter.listed():
            mark = _MARK.match(whole) if formatter.has_marks else None
            rest = whole[mark.end() :] if mark else whole
            anchor = anchor_of(key, formatter.works)
            yield ListedWork(key, anchor, mark[1] if mark else "", _linked(rest).translate(SEEN))


def _linked(text: str) -> str:
    """Turn addresses into links."""
    return _ADDRESS.sub(lambda match: f'<a class="external" href="{match[0]}">{_breakable(match[0])}</a>', text)


def _breakable(address: str) -> str:
    """Return an address that may break after its host, after signs of its path, and within long parts without any."""
    address = address.removeprefix(_SCHEME)
    host = _HOST.match(address)
    start = host.end() if host else 0
    whole = f'<span class="host">{address[:start]}</span>' if len(address) > SHORT else address[:start]
    return whole + "<wbr/>".join(escape(piece, quote=False) for piece in pieces(unescape(address[start:])))
