"""Links and images that Markdown prints as text: an address with a space, a label without an address; and the reverse.

CommonMark has no errors: `[words][label]` without a line `[label]: address` is text, and a line `[label]: address`
without a use is not printed (CommonMark 0.31, section 4.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.markdown.texts import places, texts
from compositor.model import Place

_ADDRESS = re.compile(r"\]\((?:[^()\n]*[./#][^()\n]*\)|\Z)")
_LABEL = re.compile(r"(?:(?<![\w\]])\[(?P<words>[^\[\]\n]+)|\A[^\[\]\n\0]*)\]\[(?P<label>[^\[\]\n]*)\]")


class Addresses(dict[str, Any]):
    """Label -> address, as markdown-it keeps them; records which labels were looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.called: set[object] = set()

    def get(self, label: str, default: Any = None) -> Any:
        """As `dict.get`."""
        self.called.add(label)
        return super().get(label, default)


def syntax(md: MarkdownIt) -> None:
    """Texts are checked while an escaped bracket is still apart; labels, when every caption has been read."""
    md.core.ruler.before("block", "addresses", keep_calls)
    md.core.ruler.after("places", "broken_links", report_text)
    md.core.ruler.push("unused_addresses", report_addresses)


def keep_calls(state: StateCore) -> None:
    """Put a dictionary of our own in place before markdown-it makes one."""
    state.env["references"] = Addresses()


def report_text(state: StateCore) -> None:
    """Report what is left of a link or an image in the text of a line."""
    reading = reading_of(state)
    for block in state.tokens:
        parts = enumerate(texts(block.children or ()))
        found = [one for i, text in parts for one in _broken(text, goes_on=i > 0)]
        for (message, remedy, _), place in zip(found, places(reading, block, (one[2] for one in found)), strict=True):
            reading.warning("L134", message, place, remedy)


def _broken(text: str, goes_on: bool) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong, the remedy, the letters; `goes_on` if the bracket may have been opened before the text."""
    for match in _ADDRESS.finditer(text):
        address = match[0][2:-1]
        remedy = r"put an address with spaces into <…>, write the value of a variable, or \] for the bracket"
        if " " in address.strip():
            remedy = rf"write (<{address}>) for an address with spaces, or \] for the bracket"
        yield "this is neither a link nor an image, and is printed as it is", remedy, match[0]
    for match in _LABEL.finditer(text):
        label = match["label"] or match["words"]
        if label and (match["words"] or goes_on):
            remedy = f"write `[{label}]: https://…` on a line of its own, or \\[ for the bracket"
            yield f'"{label}" has no address; the brackets are printed', remedy, match[0]


def report_addresses(state: StateCore) -> None:
    """Report addresses that are not printed, and that no link uses."""
    reading = reading_of(state)
    addresses: Addresses = state.env["references"]
    for label, address in addresses.items():
        if label not in addresses.called and not reading.of_guest:
            message = "nothing uses this address; it is not printed"
            remedy = r"use it, [words][label], or delete it; a line of text that begins like this is written \[label]:"
            reading.warning("L135", message, _line(reading, address), remedy)
    for again in state.env.get("duplicate_refs", ()):
        message, remedy = f'"{again["label"].lower()}" already has an address, which counts', "take one of them out"
        reading.warning("L135", message, _line(reading, again), remedy)


def _line(reading: Reading, address: dict[str, Any]) -> Place:
    return reading.line_place(Token("", "", 0, map=address["map"]))


EXTENSION = Extension(
    "broken_links",
    syntax,
    explanations={
        "L134": """The text looks like a link or an image but is not, so its brackets are printed. Either its address
contains a space: then write it between `<` and `>`. Or it uses a label, `[words][label]`, and no line `[label]:
address` says where that leads.""",
        "L135": """A line `[label]: address` is never used by `[words][label]`, or the same label has two of them. Such
lines are not printed, so a sentence that begins by chance like one would be lost.""",
    },
)
