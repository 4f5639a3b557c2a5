"""What is said of HTML that a book cannot have as it is written: once for each kind in a file, or where it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from compositor.markdown.reading import Reading
from compositor.model import Place

UNKNOWN, SIGN, LEFT_OUT, ATTRIBUTE, LINES = "unknown", "sign", "left out", "attribute", "lines"
GROUPED = {
    UNKNOWN: (
        "L171",
        "a book has no equivalent for this HTML, so only its text is printed: {names}",
        r"write it in Markdown; if you mean the characters themselves, write \< or put them between back-ticks",
    ),
    SIGN: (
        "L171",
        "this looks like HTML but is not, so it is printed as written: {names}",
        r"write \<, or put it between back-ticks, to say that you mean the characters themselves",
    ),
    LEFT_OUT: (
        "L172",
        "what a web page runs, or how it looks, has no place in a book and is left out: {names}",
        "take it out; how a book looks is for its style sheet",
    ),
    ATTRIBUTE: ("L346", "what acts on a web page does nothing in a book, and is left out: {names}", "take it out"),
    LINES: (
        "L174",
        "paragraphs, lists and the like stand in a line or a cell, which has lines for them instead: {names}",
        "put them into paragraphs of their own",
    ),
}
"""Kind -> code, message and remedy; the names are the tags, with how often they stand in the file."""
EXPLANATIONS = {
    "L171": """The text has HTML for which a book has no equivalent, such as a form or a custom element. The words
inside are printed, and the tags are not. Write `\\<`, or put the code between back-ticks, where you mean the characters
themselves.""",
    "L172": """A script or a style sheet stands in the text. A book runs nothing, and looks as its style sheets say.""",
    "L173": """A film, a sound or a page of the web stands in the text. Paper cannot show it, and a build fetches
nothing, so a frame has its title, and its address as a link.""",
    "L174": """HTML puts whole blocks into a line of Markdown or into a cell of a table, where there is room for lines
only. Each block becomes a line. Where a cell holds Markdown with blocks, the cells stand one below the other.""",
    "L345": """An HTML tag stands alone. What is opened is taken to end where its paragraph, its list item or the file
ends; an end without a beginning is left out. Write its partner in the same paragraph.""",
    "L346": """An HTML tag has an attribute that acts on a web page only, such as `onclick`.""",
}


class Telling:
    """Gathers what is told once for a file."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.found: dict[str, Counter[str]] = {}
        self.places: dict[str, Place] = {}

    def note(self, kind: str, name: str, place: Place) -> None:
        """One more of a kind."""
        self.found.setdefault(kind, Counter())[name] += 1
        self.places.setdefault(kind, place)

    def alone(self, tag: str, place: Place) -> None:
        """A tag without a partner."""
        name = tag.strip("</> \n").split()[0] if tag.strip("</> \n") else tag
        done = "closes nothing, and is left out"
        if not tag.startswith("</"):
            done = "is never closed, and goes on to the end of what it stands in"
        self.reading.warning("L345", f"{_short(tag)} {done}", place, f"write <{name}>…</{name}>")

    def flood(self, place: Place) -> None:
        """HTML that no page has room for, or that is read in no order."""
        message = "this HTML cannot be kept as it is, so only its text is printed"
        self.reading.warning("L171", message, place, "write it in Markdown")

    def frame(self, tag: str, place: Place) -> None:
        """What moves, sounds, or is on the web."""
        message = f"<{tag}> cannot be printed; its title and its address stand in a frame instead"
        self.reading.warning("L173", message, place, "put a picture there, and a link: [words](address)")

    def report(self) -> None:
        """One warning for each kind."""
        for kind, names in self.found.items():
            code, message, remedy = GROUPED[kind]
            listed = ", ".join(name if count == 1 else f"{name} ({count} times)" for name, count in names.items())
            self.reading.warning(code, message.format(names=listed), self.places[kind], remedy)
            self.reading.findings[-1] = replace(self.reading.findings[-1], count=names.total())
        self.found.clear()


def _short(tag: str) -> str:
    line = tag.strip().split("\n")[0]
    return line if len(line) <= 40 else f"{line[:40]}…"
