"""What one block of the source owes to a finished file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from compositor.checks.finished.runs import folded, letters
from compositor.model import Place


@dataclass(frozen=True, slots=True)
class Block:
    """What one source block owes: its words, and the letters in the order in which they must be found."""

    kind: str
    place: Place
    words: str
    exact: bool = False
    """Whether upper and lower case count too: they do in listings."""
    marks: tuple[tuple[str, ...], ...] = ()
    """For each list item that begins with it, the marks that a style may print there, once: one of them."""
    note: bool = False
    cell: bool = False
    """Whether it stands beside others, so that its height on the page says nothing: cells, images
    side by side, lists in columns, notes beside the text."""
    head: bool = False
    """Whether it is a cell of a table's head, which may stand again where the table goes on."""
    optional: bool = False
    """Whether no word of it is the author's, so that a style may leave it out: a callout's kind without a title."""
    instead: str = ""
    """Other words that a template or a style may show in its place: `18` for `Chapter 18`, or the other way round;
    the own title of a callout without its kind."""

    @property
    def letters(self) -> str:
        """Its letters without spaces."""
        return letters(self.words)

    @property
    def folded(self) -> str:
        """Its letters as they are looked for."""
        return folded(self.letters)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Its letters, and those that may stand in their place."""
        return (self.folded, *([folded(letters(self.instead))] if self.instead else ()))

    def word_at(self, start: int, end: int) -> str:
        """The whole words that hold these letters."""
        words = self.words.split()
        ends = list(accumulate(len(letters(word)) for word in words))
        chosen = [w for w, last, first in zip(words, ends, [0, *ends], strict=False) if last > start and first < end]
        return " ".join(chosen)


def lies_in(block: Block, position: str, after: str) -> bool:
    """Whether a block belongs to one that was moved behind the text that follows it: a figure that had no room."""
    (file, _, first), (there, _, last) = position.rpartition(":"), after.rpartition(":")
    line = block.place.line or 0
    return block.place.file == file and int(first) <= line and (file != there or line < int(last))
