"""Book + PDF -> the elements of its structure tree, kind by kind, beside those of the book's model.

Validators do not see that a table was split into two at a page break, or that a note has got lost from the tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pikepdf

from compositor.model import Book

ELEMENTS = {"table_open": "Table", "picture": "Figure"}
"""Token of the source -> element of the tree; one is one, however many pages it is on."""


def kinds(data: bytes) -> Counter[str]:
    """How many structure elements of each type a PDF has."""
    found: Counter[str] = Counter()
    with pikepdf.open(BytesIO(data)) as pdf:
        waiting = [pdf.Root.StructTreeRoot] if "/StructTreeRoot" in pdf.Root else []
        while waiting:
            children = waiting.pop().get("/K", pikepdf.Array())
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                    found[str(child.S)[1:]] += 1
                    waiting.append(child)
    return found


def compared(book: Book, data: bytes) -> Iterator[tuple[str, int, int]]:
    """Kind of element, how many the book has, how many the tree has."""
    found = kinds(data)
    tokens = Counter(token.type for unit in book.units for token in unit.chapter.tokens)
    for token, kind in ELEMENTS.items():
        yield kind, tokens[token], found[kind]
    yield "Note", sum(len(unit.chapter.notes) for unit in book.units), found["Note"]
