"""A dataclass -> the text below each field in its source: the description of the key in reference and schema."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise


def field_notes(kind: type) -> Mapping[str, str]:
    """Return field -> the string literal below it in the source, for this class and its parents."""
    notes: dict[str, str] = {}
    for parent in reversed(kind.__mro__[:-1]):
        tree = ast.parse(textwrap.dedent(inspect.getsource(parent))).body[0]
        assert isinstance(tree, ast.ClassDef)
        notes.update(_notes_below(tree.body))
    return notes


def _notes_below(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for one, below in pairwise(body):
        match one, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(note))):
                yield name, " ".join(note.split())
