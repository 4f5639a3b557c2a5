"""Every link inside a finished file leads to its target; links to the web are followed only on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from compositor.checks.finished.facts import Facts, Link
from compositor.errors import error, warning
from compositor.markdown.reading import walk
from compositor.model import Book, Finding, Place

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

TIMEOUT = 10.0
"""Seconds that a web server has to answer."""
AT_ONCE = 8
NO_HEAD = {403, 405, 501}
"""Answers of servers that refuse HEAD requests: they are asked again with GET."""


def landing(book: Book, facts: Sequence[Facts]) -> Iterator[Finding]:
    """Find links that lead nowhere, or in the PDF to another page than that of their anchor."""
    for file in facts:
        for key, links in file.links.items():
            source = next((unit.chapter.source.path for unit in book.units if unit.key == key), "")
            yield from _dead(links, Place(source or f"templates/{key or 'contents'}.xhtml"))
        yield from _dead(file.others, Place("book.toml"))


def _dead(links: Iterable[Link], place: Place) -> Iterator[Finding]:
    for link in links:
        if not link.lands:
            message = f'the link to "{link.target}" leads nowhere ({link.where})'
            remedy = "check the templates of the book; if they are not the cause, report this"
            yield error("C221", message, place, remedy)


def external(book: Book, timeout: float = TIMEOUT) -> Iterator[Finding]:
    """Request every web address in the text, each once. Nothing else in a check uses a network."""
    uses: dict[str, Place] = {}
    for unit in book.units:
        for token in walk(unit.chapter.everything):
            href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            if href.startswith(("http://", "https://")):
                uses.setdefault(href.partition("#")[0], token.meta.get("place", Place(unit.chapter.source.path)))
    from concurrent.futures import ThreadPoolExecutor  # a build makes no requests, and does not need these imports

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda address: _answer(address, timeout), uses)
        for (address, place), answer in zip(uses.items(), answers, strict=True):
            if answer:
                yield warning("C231", f"{address} {answer}", place, "correct the address, or cite its replacement")


def _answer(address: str, timeout: float) -> str:
    """Return what is wrong with an address; empty if a server answers."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request

    for method in ("HEAD", "GET"):
        try:
            request = Request(address, method=method, headers={"User-Agent": "compositor"})
            with _opener().open(request, timeout=timeout):
                return ""
        except HTTPError as problem:
            if method == "GET" or problem.code not in NO_HEAD:
                return f"answers {problem.code}"
        except (OSError, ValueError, HTTPException) as problem:
            return f"does not answer: {getattr(problem, 'reason', problem) or type(problem).__name__}"
    return ""


def _opener() -> OpenerDirector:
    """Return an opener for the web alone: no files, no FTP, no proxies from the settings of the machine."""
    from urllib import request

    opener = request.OpenerDirector()
    opener.add_handler(request.HTTPHandler())
    opener.add_handler(request.HTTPSHandler())
    opener.add_handler(request.HTTPRedirectHandler())
    opener.add_handler(request.HTTPErrorProcessor())
    opener.add_handler(request.HTTPDefaultErrorHandler())
    return opener


EXPLANATIONS = {
    "C221": """A link in a finished file leads nowhere, or in the PDF to another page than that of its target. If the
link is in a template of the book, correct it there; otherwise this is a bug in Compositor.""",
    "C231": """An address on the web does not answer, or answers that nothing is there. Only `check --external` asks.
Servers come and go: open it in a browser before you change the text.""",
}
