"""Warnings about HTML that a book cannot have as it is written: once for each kind in a file, or at its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from compositor.markdown.reading import Reading
from compositor.model import Place

UNKNOWN, SIGN, LEFT_OUT, ATTRIBUTE, LINES = "unknown", "sign", "left out", "attribute", "lines"
GROUPED = {
    UNKNOWN: (
        "L171",
        "this HTML has no equivalent in a book; only its text is printed: {names}",
        r"remove the tags, or write the same in Markdown; if you mean the characters, write \< or use back-ticks",
    ),
    SIGN: (
        "L171",
        "this looks like HTML but is not; it is printed as it is: {names}",
        r"if you mean the characters, write \< or use back-ticks",
    ),
    LEFT_OUT: (
        "L172",
        "scripts and style sheets are left out of a book: {names}",
        "delete it; put styles into the style sheet of the book",
    ),
    ATTRIBUTE: ("L346", "this attribute works only on a web page, and is ignored: {names}", "delete it"),
    LINES: (
        "L174",
        "a line or a cell contains paragraphs or lists; they become lines: {names}",
        "move them into paragraphs of their own",
    ),
}
"""Kind -> code, message and remedy; the names are the tags, with their number in the file."""
EXPLANATIONS = {
    "L171": """The text has HTML that has no equivalent in a book, such as a form or a custom element. The words
inside are printed, the tags are not. If you mean the characters themselves, write `\\<` or put the code between
back-ticks.""",
    "L172": """The text contains a script or a style sheet. A book runs no program and looks as its own style sheets
say.""",
    "L173": """The text contains a video, a sound or an embedded web page. Paper cannot show it, and a build downloads
nothing, so a frame with its title and its address is printed instead.""",
    "L174": """HTML puts whole blocks into a line of Markdown or into a cell of a table, where only lines are possible.
Each block becomes a line. If a cell contains Markdown with blocks, the cells are printed one below the other.""",
    "L345": """An HTML tag has no partner. An opening tag applies to the end of its paragraph, its list item or the
file; a closing tag is ignored. Write its partner in the same paragraph.""",
    "L346": """An HTML tag has an attribute that only works on a web page, such as `onclick`.""",
}


class Telling:
    """Collects warnings that are given once for a file."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.found: dict[str, Counter[str]] = {}
        self.places: dict[str, Place] = {}

    def note(self, kind: str, name: str, place: Place) -> None:
        """Count one more of a kind."""
        self.found.setdefault(kind, Counter())[name] += 1
        self.places.setdefault(kind, place)

    def alone(self, tag: str, place: Place) -> None:
        """Report a tag without a partner."""
        name = tag.strip("</> \n").split()[0] if tag.strip("</> \n") else tag
        done = "closes nothing, and is ignored"
        if not tag.startswith("</"):
            done = "is never closed; it continues to the end of the element around it"
        self.reading.warning("L345", f"{_short(tag)} {done}", place, f"write <{name}>…</{name}>")

    def flood(self, place: Place) -> None:
        """Report HTML that is too large for a page, or that has no readable structure."""
        message = "this HTML is too complex to keep; only its text is printed"
        self.reading.warning("L171", message, place, "write it in Markdown")

    def frame(self, tag: str, place: Place) -> None:
        """Report what moves, sounds, or is on the web."""
        message = f"<{tag}> cannot be printed; a frame with its title and its address is printed instead"
        self.reading.warning("L173", message, place, "use a picture and a link instead: [words](address)")

    def report(self) -> None:
        """Report one warning for each kind."""
        for kind, names in self.found.items():
            code, message, remedy = GROUPED[kind]
            listed = ", ".join(name if count == 1 else f"{name} ({count} times)" for name, count in names.items())
            self.reading.warning(code, message.format(names=listed), self.places[kind], remedy)
            self.reading.findings[-1] = replace(self.reading.findings[-1], count=names.total())
        self.found.clear()


def _short(tag: str) -> str:
    line = tag.strip().split("\n")[0]
    return line if len(line) <= 40 else f"{line[:40]}…"
