"""A citation -> its pieces, each with the work that it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from compositor.assemble.citations.citeproc import SEEN
from compositor.assemble.citations.formatter import Formatter, quiet
from compositor.assemble.citations.works import names_of
from compositor.model import Cite


def cited(cites: tuple[Cite, ...], in_text: bool, formatter: Formatter) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a citation, each with the key of its work; `in_text`: it is part of a sentence."""
    with quiet():
        affixes = formatter.affixes()
        if in_text:
            yield escape(names_of(formatter.works[cites[0].key], formatter.words), quote=False), ""
            yield "\u00a0" if affixes.before == "[" else " ", ""
            cites = tuple(replace(cite, without_author=True) for cite in cites)
        yield affixes.before, ""
        for number, cite in enumerate(cites):
            if number:
                yield affixes.between, ""
            yield escape(cite.prefix, quote=False), ""
            yield formatter.cited(cite).translate(SEEN), cite.key
            yield escape(cite.suffix, quote=False), ""
        yield affixes.after, ""
