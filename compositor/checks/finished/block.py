"""What a finished file must show of one block of the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from compositor.checks.finished.runs import folded, letters
from compositor.model import PageMap, Place


@dataclass(frozen=True, slots=True)
class Block:
    """The expected text of one source block: its words, and its letters in the order in which they must be found."""

    kind: str
    place: Place
    words: str
    exact: bool = False
    """Whether upper and lower case count too, as in listings."""
    marks: tuple[tuple[str, ...], ...] = ()
    """For each list item that begins with it: the marks that a style may print there. One of them may appear, once."""
    note: bool = False
    cell: bool = False
    """Whether it is beside others, so that its height on the page says nothing: cells, images side by side, lists in
    columns, notes beside the text."""
    head: bool = False
    """Whether it is a cell of a table head, which may be repeated where the table continues."""
    optional: bool = False
    """Whether none of its words is the author's, so that a style may omit it: the kind of a callout without a title."""
    instead: str = ""
    """Other words that a template or a style may show instead: `18` for `Chapter 18`, or the reverse; the title of a
    callout without its kind."""

    @property
    def letters(self) -> str:
        """Its letters without spaces."""
        return letters(self.words)

    @property
    def folded(self) -> str:
        """Its letters as they are compared."""
        return folded(self.letters)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Its letters, and the alternatives that may replace them."""
        return (self.folded, *([folded(letters(self.instead))] if self.instead else ()))

    def word_at(self, start: int, end: int) -> str:
        """Return the whole words that contain these letters."""
        words = self.words.split()
        ends = list(accumulate(len(letters(word)) for word in words))
        chosen = [w for w, last, first in zip(words, ends, [0, *ends], strict=False) if last > start and first < end]
        return " ".join(chosen)


def lies_in(block: Block, position: str, after: str) -> bool:
    """Return whether a block belongs to one that was moved after the text that follows it, as a large figure is."""
    (file, _, first), (there, _, last) = position.rpartition(":"), after.rpartition(":")
    line = block.place.line or 0
    return block.place.file == file and int(first) <= line and (file != there or line < int(last))


def moved_of(blocks: Iterable[Block], pages: PageMap | None) -> tuple[tuple[str, str], ...]:
    """Return where something was moved, for `lies_in`, in the files of these blocks only."""
    if pages is None or not pages.moved:
        return ()
    files = {block.place.file for block in blocks}
    return tuple(lines for lines in pages.moved if lines[0].rpartition(":")[0] in files)
